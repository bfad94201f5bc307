package audience

import (
	"math/bits"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

// worthwhile is the part of a column's time, as a divisor, that a window must span
// for it to pay to test all events at once rather than those of each person.
const worthwhile = 8

// passing gives the positions of the events that pass the tests on properties,
// found property by property; nil where there are none, where few people are asked
// about, or where the window is short.
func (s scope) passing(e *eventLeaf, c *condition.Checked) Bitmap {
	if !s.bulk || len(c.Event.Where) == 0 || len(e.col.times) == 0 {
		return nil
	}
	lo, hi := max(e.lo, e.col.first), min(e.hi, e.col.last)
	if hi < lo || (hi-lo) < (e.col.last-e.col.first)/worthwhile {
		return nil
	}
	return s.passingAll(c.Event.Type.Name, c.Event.Where, len(e.col.times))
}

func (s scope) passingAll(event string, tests []condition.WhereTest, n int) Bitmap {
	var out Bitmap
	for _, w := range tests {
		out = joined(out, s.passingOne(event, w, n), Bitmap.and)
	}
	return out
}

// joined joins b into a, or is b where there is no a yet.
func joined(a, b Bitmap, join func(a, b Bitmap)) Bitmap {
	if a == nil {
		return b
	}
	join(a, b)
	return a
}

func (s scope) passingOne(event string, w condition.WhereTest, n int) Bitmap {
	if w.Property != "" {
		return s.passingTest(s.frame.property(event, w.Property), w.Test, n)
	}
	group := w.Any
	if len(group) == 0 {
		group = w.None
	}
	var out Bitmap
	for _, g := range group {
		out = joined(out, s.passingOne(event, g, n), Bitmap.or)
	}
	if len(w.Any) == 0 {
		out.turn()
	}
	return out
}

// turn makes a set its complement, with what lies beyond its last ordinal.
func (b Bitmap) turn() {
	for i := range b {
		b[i] = ^b[i]
	}
}

// passingTest asks a test of all positions.
func (s scope) passingTest(c *column, t condition.Test, n int) Bitmap {
	out := newBitmap(n)
	fill := s.attributeLeaf(c, t).parts()
	inParallel(n, partSize, func(from, to int) { fill(out, from, to) })
	return out
}

// attributeLeaf is a test bound to a column, with a loop of its own where that is of
// texts or plain numbers.
func (s scope) attributeLeaf(c *column, t condition.Test) leaf {
	if !s.bulk {
		return same(s.test(c, t))
	}
	op, negative := t.Negative()
	t.Op = op
	var p predicate
	var fill func(b Bitmap, from, to int)
	if t.Type != contact.Text || t.Op == condition.IsSet {
		p = s.positive(c, t)
	}
	switch {
	case t.Op == condition.IsSet:
	case t.Type == contact.List && t.Op != condition.HasAll:
		hits := c.dict.matching(matcher(condition.Test{Op: condition.Is, Texts: t.Texts}))
		fill = func(b Bitmap, from, to int) { fillLists(b, c, hits, from, to) }
	case t.Type == contact.Text:
		hits := c.dict.matching(matcher(t))
		p = func(i int) bool { return i < len(c.codes) && hits[c.codes[i]] }
		fill = func(b Bitmap, from, to int) { fillHits(b, c.codes, hits, from, to) }
	case c.nums != nil && t.Op != condition.AnniversaryInNext:
		if lo, hi, ok := s.bounds(c, t); ok {
			fill = func(b Bitmap, from, to int) { fillBetween(b, c.nums, lo, hi, from, to) }
		}
	}
	if negative {
		p = not(p)
	}
	if fill == nil {
		return same(p)
	}
	return leaf{func() predicate { return p }, func() func(b Bitmap, from, to int) {
		return func(b Bitmap, from, to int) {
			if known := within(to, c.len()); from < known {
				fill(b, from, known)
				if negative {
					b[from>>6 : (known+63)>>6].turn()
				}
				from = known
			}
			if from < to {
				fillPart(b, p, from, to)
			}
		}
	}}
}

// bounds gives the integers that satisfy a positive test, both ends included; false
// where none does.
func (s scope) bounds(c *column, t condition.Test) (lo, hi int64, ok bool) {
	switch t.Type {
	case contact.Number, contact.Money:
		from, to := interval(t.Op, nanos(t.Nums[0]), nanos(t.Nums[1]))
		from, to = atScale(from, to, c.scale)
		if from.cmp(to) > 0 || (!from.fits() && from.hi >= 0) || (!to.fits() && to.hi < 0) {
			return 0, 0, false
		}
		return from.narrow(), to.narrow(), true
	case contact.Boolean:
		if t.Op == condition.IsTrue {
			return 1, 1, true
		}
		return 0, 0, true
	case contact.DateType, contact.Datetime:
		from, to := t.Range(s.asOf, s.frame.schema.Zone)
		return from, to, true
	}
	return 0, 0, false
}

func fillBetween(b Bitmap, nums []int64, lo, hi int64, from, to int) {
	if lo > hi {
		clear(b[from>>6 : (to+63)>>6])
		return
	}
	width := uint64(hi) - uint64(lo) // lo ≤ v ≤ hi in one comparison
	for w := from; w < to; w += 64 {
		var word uint64
		for i, v := range nums[w:min(w+64, to)] {
			if uint64(v)-uint64(lo) <= width {
				word |= 1 << i
			}
		}
		b[w>>6] = word
	}
}

func fillHits(b Bitmap, codes []uint32, hits []bool, from, to int) {
	for w := from; w < to; w += 64 {
		var word uint64
		for i, code := range codes[w:min(w+64, to)] {
			if hits[code] {
				word |= 1 << i
			}
		}
		b[w>>6] = word
	}
}

func fillLists(b Bitmap, c *column, hits []bool, from, to int) {
	for w := from; w < to; w += 64 {
		var word uint64
		start := c.starts[w]
		for i, end := range c.starts[w+1 : min(w+64, to)+1] {
			for _, code := range c.items[start:end] {
				if hits[code] {
					word |= 1 << i
				}
			}
			start = end
		}
		b[w>>6] = word
	}
}

// between counts the members from one ordinal to another.
func (b Bitmap) between(from, to int) int {
	if from >= to {
		return 0
	}
	first, last := from>>6, (to-1)>>6
	head, tail := ^uint64(0)<<(from&63), ^uint64(0)>>(63-(to-1)&63)
	if first == last {
		return bits.OnesCount64(b[first] & head & tail)
	}
	n := bits.OnesCount64(b[first]&head) + bits.OnesCount64(b[last]&tail)
	for _, w := range b[first+1 : last] {
		n += bits.OnesCount64(w)
	}
	return n
}
