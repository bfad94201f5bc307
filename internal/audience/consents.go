package audience

import "github.com/mailwright/mailwright/internal/consent"

// consentColumn holds the ledger of one purpose, contact-major like events, each
// contact's entries in the order in which they take effect. Immutable.
type consentColumn struct {
	offsets []uint32
	times   []int64
	expires []int64 // 0: does not expire
	granted []bool  // granted or confirmed
}

// at reports whether consent is granted at an instant, in milliseconds: by the
// newest entry that is not later, unless it has expired by then.
func (c *consentColumn) at(ordinal int, asOf int64) bool {
	i := c.entry(ordinal, asOf)
	return i >= 0 && c.granted[i] && (c.expires[i] == 0 || c.expires[i] > asOf)
}

// entry gives the place of the newest entry that is not later, -1 for none.
func (c *consentColumn) entry(ordinal int, asOf int64) int {
	if c == nil || ordinal+1 >= len(c.offsets) {
		return -1
	}
	from, to := int(c.offsets[ordinal]), int(c.offsets[ordinal+1])
	i := from + countTo(c.times[from:to], asOf) - 1
	if i < from {
		return -1
	}
	return i
}

// consentBuilder gathers entries that come by contact, and within one contact by
// time and then id.
type consentBuilder struct {
	people *people
	all    map[string]*consentColumn
	next   int // the first ordinal whose id is not below the current contact's
}

func (b *consentBuilder) add(id int64, purpose, state string, at, expires int64) {
	for b.next < b.people.n && b.people.ids[b.next] < id {
		b.next++
	}
	if b.next == b.people.n || b.people.ids[b.next] != id {
		return
	}
	c := b.all[purpose]
	if c == nil {
		c = &consentColumn{}
		b.all[purpose] = c
	}
	for len(c.offsets) <= b.next {
		c.offsets = append(c.offsets, uint32(len(c.times)))
	}
	c.times = append(c.times, at)
	c.expires = append(c.expires, expires)
	c.granted = append(c.granted, consent.State(state) == consent.Granted || consent.State(state) == consent.Confirmed)
}

func (b *consentBuilder) build() map[string]*consentColumn {
	for _, c := range b.all {
		for len(c.offsets) <= b.people.n {
			c.offsets = append(c.offsets, uint32(len(c.times)))
		}
	}
	return b.all
}
