package audience

import (
	"slices"
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/civil"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

// predicate answers a question for one ordinal or one position.
type predicate func(i int) bool

// scope is what predicates are made for: the data, the instant, and whether they
// will be asked about everybody, so that it pays to answer once for each
// distinct text.
type scope struct {
	frame *frame
	asOf  time.Time
	bulk  bool

	answered map[*condition.Checked]bool // segments, while one person is asked about
}

func not(p predicate) predicate { return func(i int) bool { return !p(i) } }

// test makes the predicate of an op on a column.
func (s scope) test(c *column, t condition.Test) predicate {
	op, negative := t.Negative()
	t.Op = op
	p := s.positive(c, t)
	if negative {
		return not(p)
	}
	return p
}

func (s scope) positive(c *column, t condition.Test) predicate {
	if t.Op == condition.IsSet {
		return c.isSet
	}
	switch t.Type {
	case contact.Text:
		return s.text(c, matcher(t))
	case contact.List:
		return s.list(c, t)
	case contact.Number, contact.Money:
		lo, hi := interval(t.Op, nanos(t.Nums[0]), nanos(t.Nums[1]))
		return numberBetween(c, lo, hi)
	case contact.Boolean:
		if t.Op == condition.IsTrue {
			return between(c, 1, 1)
		}
		return between(c, 0, 0)
	}
	if t.Op == condition.AnniversaryInNext {
		return s.anniversary(c, t)
	}
	from, to := t.Range(s.asOf, s.frame.schema.Zone)
	return between(c, from, to)
}

// between tests integers, both ends included; from is above unset.
func between(c *column, from, to int64) predicate {
	nums := c.nums
	return func(i int) bool { return i < len(nums) && nums[i] >= from && nums[i] <= to }
}

// interval gives the numbers that satisfy a comparison as an interval at the
// highest scale, both ends included. It is exact, since no number has more
// decimals than that.
func interval(op condition.Op, value, to wide) (lo, hi wide) {
	one := wideOf(1)
	switch op {
	case condition.Lt:
		return lowest, value.add(one.neg())
	case condition.Lte:
		return lowest, value
	case condition.Gt:
		return value.add(one), highest
	case condition.Gte:
		return value, highest
	case condition.Between:
		return value, to
	}
	return value, value
}

// at brings an interval from the highest scale to another.
func atScale(lo, hi wide, scale int) (wide, wide) {
	if d := powers[maxScale-scale]; d > 1 {
		if lo != lowest {
			lo = lo.ceilDiv(d)
		}
		if hi != highest {
			hi = hi.floorDiv(d)
		}
	}
	return lo, hi
}

func numberBetween(c *column, lo, hi wide) predicate {
	lo, hi = atScale(lo, hi, c.scale)
	if c.wides != nil {
		return func(i int) bool {
			return i < len(c.wides) && c.wides[i].cmp(lo) >= 0 && c.wides[i].cmp(hi) <= 0
		}
	}
	if lo.cmp(hi) > 0 || (!lo.fits() && lo.hi >= 0) || (!hi.fits() && hi.hi < 0) {
		return func(int) bool { return false }
	}
	return between(c, lo.narrow(), hi.narrow())
}

// matcher gives the test of one folded text.
func matcher(t condition.Test) func(folded string) bool {
	anyOf := func(f func(s, part string) bool) func(string) bool {
		if len(t.Texts) == 1 {
			part := t.Texts[0]
			return func(s string) bool { return f(s, part) }
		}
		return func(s string) bool {
			return slices.ContainsFunc(t.Texts, func(part string) bool { return f(s, part) })
		}
	}
	switch t.Op {
	case condition.Contains:
		return anyOf(strings.Contains)
	case condition.StartsWith:
		return anyOf(strings.HasPrefix)
	case condition.EndsWith:
		return anyOf(strings.HasSuffix)
	}
	if len(t.Texts) <= 4 {
		return anyOf(func(s, w string) bool { return s == w })
	}
	words := make(map[string]bool, len(t.Texts))
	for _, w := range t.Texts {
		words[w] = true
	}
	return func(s string) bool { return words[s] }
}

func (s scope) text(c *column, match func(string) bool) predicate {
	codes := c.codes
	if !s.bulk {
		return func(i int) bool { return i < len(codes) && codes[i] != 0 && match(c.dict.folded[codes[i]]) }
	}
	hits := c.dict.matching(match)
	return func(i int) bool { return i < len(codes) && hits[codes[i]] }
}

// matching tells for each code whether its word matches.
func (d *dictionary) matching(match func(folded string) bool) []bool {
	hits := make([]bool, len(d.folded))
	inParallel(len(hits), 1<<14, func(from, to int) {
		for i := from; i < to; i++ {
			hits[i] = match(d.folded[i])
		}
	})
	hits[0] = false
	return hits
}

func (s scope) list(c *column, t condition.Test) predicate {
	if t.Op == condition.HasAll {
		tests := make([]predicate, len(t.Texts))
		for i, word := range t.Texts {
			tests[i] = s.hasAny(c, condition.Test{Op: condition.Is, Texts: []string{word}})
		}
		return allOf(tests)
	}
	return s.hasAny(c, condition.Test{Op: condition.Is, Texts: t.Texts})
}

func (s scope) hasAny(c *column, t condition.Test) predicate {
	match := matcher(t)
	hit := func(code uint32) bool { return match(c.dict.folded[code]) }
	if s.bulk {
		hits := c.dict.matching(match)
		hit = func(code uint32) bool { return hits[code] }
	}
	return func(i int) bool {
		if i+1 >= len(c.starts) {
			return false
		}
		return slices.ContainsFunc(c.items[c.starts[i]:c.starts[i+1]], hit)
	}
}

func allOf(tests []predicate) predicate {
	if len(tests) == 1 {
		return tests[0]
	}
	return func(i int) bool {
		for _, t := range tests {
			if !t(i) {
				return false
			}
		}
		return true
	}
}

func (s scope) anniversary(c *column, t condition.Test) predicate {
	zone := s.frame.schema.Zone
	today := civil.DateOf(s.asOf, zone)
	if s.bulk && c.typ == contact.DateType && c.most < mostDays {
		return anniversaries(c, t, today)
	}
	return func(i int) bool {
		if !c.isSet(i) {
			return false
		}
		d := civil.Date(c.nums[i])
		if c.typ == contact.Datetime {
			d = civil.DateOf(time.UnixMilli(c.nums[i]), zone)
		}
		return t.Anniversary(d, today)
	}
}

// mostDays is up to which distance from 1970, in days, each day is asked about
// only once.
const mostDays = 60_000

// anniversaries asks once about each day that the column may have.
func anniversaries(c *column, t condition.Test, today civil.Date) predicate {
	zero := int64(c.most)
	hits := make([]bool, 2*zero+1)
	inParallel(len(hits), 1<<12, func(from, to int) {
		for i := from; i < to; i++ {
			hits[i] = t.Anniversary(civil.Date(int64(i)-zero), today)
		}
	})
	nums := c.nums
	return func(i int) bool { return i < len(nums) && nums[i] != unset && hits[nums[i]+zero] }
}

// where makes the predicate over the positions of a type's events; nil when
// every event passes.
func (s scope) where(event string, tests []condition.WhereTest) predicate {
	if len(tests) == 0 {
		return nil
	}
	list := make([]predicate, len(tests))
	for i, w := range tests {
		list[i] = s.whereOne(event, w)
	}
	return allOf(list)
}

func (s scope) whereOne(event string, w condition.WhereTest) predicate {
	if w.Property != "" {
		return s.test(s.frame.property(event, w.Property), w.Test)
	}
	group := w.Any
	if len(group) == 0 {
		group = w.None
	}
	list := make([]predicate, len(group))
	for i, g := range group {
		list[i] = s.whereOne(event, g)
	}
	some := func(i int) bool {
		for _, p := range list {
			if p(i) {
				return true
			}
		}
		return false
	}
	if len(w.Any) == 0 {
		return not(some)
	}
	return some
}
