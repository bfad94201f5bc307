package segment

import (
	"fmt"
	"math"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/mailwright/mailwright/internal/contact"
)

// People is a set of contacts, a compressed bitmap of their numbers
// (https://roaringbitmap.org). The zero value is the empty set. Numbers go up to
// 4,294,967,295.
type People struct{ bits *roaring.Bitmap }

// PeopleOf makes a set; numbers that are no contact's are left out.
func PeopleOf(ids ...contact.ID) People {
	p := People{roaring.New()}
	for _, id := range ids {
		if id > 0 && int64(id) <= math.MaxUint32 {
			p.bits.Add(uint32(id))
		}
	}
	return p
}

// ParsePeople reads what Bytes wrote; none is the empty set.
func ParsePeople(b []byte) (People, error) {
	p := People{roaring.New()}
	if len(b) == 0 {
		return p, nil
	}
	if _, err := p.bits.FromBuffer(append([]byte(nil), b...)); err != nil {
		return People{}, fmt.Errorf("a set of people is damaged: %w", err)
	}
	return p, nil
}

// Bytes gives the set in the portable format of roaring bitmaps, nil for the
// empty set.
func (p People) Bytes() []byte {
	if p.Len() == 0 {
		return nil
	}
	p.bits.RunOptimize()
	b, _ := p.bits.ToBytes() // fails only where a writer does, and this writes into memory
	return b
}

// Len gives how many there are.
func (p People) Len() int {
	if p.bits == nil {
		return 0
	}
	return int(p.bits.GetCardinality())
}

// Has tells whether a contact is in the set.
func (p People) Has(id contact.ID) bool {
	return p.bits != nil && id > 0 && int64(id) <= math.MaxUint32 && p.bits.Contains(uint32(id))
}

// Each calls f with every contact by ascending number, until f gives false.
func (p People) Each(f func(contact.ID) bool) {
	if p.bits == nil {
		return
	}
	p.bits.Iterate(func(x uint32) bool { return f(contact.ID(x)) })
}

// IDs gives the contacts by ascending number.
func (p People) IDs() []contact.ID {
	ids := make([]contact.ID, 0, p.Len())
	p.Each(func(id contact.ID) bool {
		ids = append(ids, id)
		return true
	})
	return ids
}

// After gives the set once some have joined and some have left.
func (p People) After(joined, left People) People {
	out := roaring.New()
	if p.bits != nil {
		out.Or(p.bits)
	}
	if joined.bits != nil {
		out.Or(joined.bits)
	}
	if left.bits != nil {
		out.AndNot(left.bits)
	}
	return People{out}
}

// Without gives the set without one contact.
func (p People) Without(id contact.ID) People { return p.After(People{}, PeopleOf(id)) }
