package audience

import (
	"crypto/sha256"
	"encoding/binary"
	"strconv"

	"github.com/mailwright/mailwright/internal/condition"
)

// leaf is a node without children, bound to its columns. make gives its
// predicate over ordinals, a new one for every goroutine; parts its loop over the
// ordinals from a multiple of 64 to another, or to the last.
type leaf struct {
	make  func() predicate
	parts func() func(b Bitmap, from, to int)
}

func same(p predicate) leaf { return leafOf(func() predicate { return p }) }

func leafOf(make func() predicate) leaf {
	return leaf{make, func() func(b Bitmap, from, to int) {
		p := make()
		return func(b Bitmap, from, to int) { fillPart(b, p, from, to) }
	}}
}

// leaf binds a node that is not bad to the columns, which must be loaded.
func (s scope) leaf(c *condition.Checked) leaf {
	switch c.Node.Kind {
	case condition.Everyone:
		return same(func(int) bool { return true })
	case condition.Attribute:
		return s.attributeLeaf(s.attribute(c.Node.Attribute), c.Test)
	case condition.Event:
		e := s.eventLeaf(c)
		return leaf{e.predicate, e.parts}
	case condition.Sequence:
		return leafOf(s.sequenceLeaf(c).predicate)
	case condition.Consent:
		col, at := s.frame.consent(c.Node.Purpose), s.asOf.UnixMilli()
		p := func(i int) bool { return col.at(i, at) }
		if c.Node.Op == condition.NotGranted {
			return same(not(p))
		}
		return same(p)
	case condition.Fixed:
		return same(s.frame.fixedList(c.Node).Has)
	case condition.Bucket:
		return same(s.bucket(c.Node.Salt, *c.Node.From, *c.Node.BucketTo))
	}
	return same(func(int) bool { return false })
}

func (s scope) bucket(salt string, from, to int) predicate {
	ids := s.frame.people.ids
	if s.bulk {
		b := s.frame.bucketsOf(salt)
		return func(i int) bool { return int(b[i]) >= from && int(b[i]) < to }
	}
	return func(i int) bool {
		b := bucketOf(salt, ids[i])
		return b >= from && b < to
	}
}

// bucketOf gives the bucket of a contact: the first 8 bytes, big-endian, of
// SHA-256(salt ‖ 0x00 ‖ contact id in decimal), modulo Buckets.
func bucketOf(salt string, id int64) int {
	b := make([]byte, 0, 64)
	b = append(b, salt...)
	b = append(b, 0)
	b = strconv.AppendInt(b, id, 10)
	sum := sha256.Sum256(b)
	return int(binary.BigEndian.Uint64(sum[:8]) % condition.Buckets)
}

// bucketsOf gives everybody's bucket for a salt.
func (f *frame) bucketsOf(salt string) []uint16 {
	f.mu.RLock()
	b := f.buckets[salt]
	f.mu.RUnlock()
	if b != nil {
		return b
	}
	b = make([]uint16, f.people.n)
	inParallel(len(b), 1<<13, func(from, to int) {
		for i := from; i < to; i++ {
			b[i] = uint16(bucketOf(salt, f.people.ids[i]))
		}
	})
	f.mu.Lock()
	f.buckets[salt] = b
	f.mu.Unlock()
	return b
}

// attribute gives a loaded column.
func (f *frame) attribute(name string) *column {
	if c := f.people.column(name); c != nil {
		return c
	}
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.attributes[name]
}

func (f *frame) event(name string) *eventColumn {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.events[name]
}

func (f *frame) property(event, name string) *column {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.properties[property{event, name}]
}

func (f *frame) consent(purpose string) *consentColumn {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.consents[purpose]
}
