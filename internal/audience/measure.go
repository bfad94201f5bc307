package audience

import (
	"math"
	"slices"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

// eventLeaf is an event condition bound to the columns it looks at.
type eventLeaf struct {
	test     condition.EventTest
	col      *eventColumn
	measured *column // the property or value; nil for counts and days, and where no event has a value
	sumsFit  bool    // no sum of the measured values can leave 64 bits
	where    predicate
	passing  Bitmap // the positions for which where holds, where they are known
	lo, hi   int64  // the window, both ends included
	asOf     int64
}

func (s scope) eventLeaf(c *condition.Checked) *eventLeaf {
	e := &eventLeaf{test: c.Event, col: s.frame.event(c.Event.Type.Name), asOf: s.asOf.UnixMilli()}
	e.lo, e.hi = c.Node.Window.Range(s.asOf, s.frame.schema.Zone)
	if e.passing = s.passing(e, c); e.passing != nil {
		e.where = e.passing.Has
	} else {
		e.where = s.where(c.Event.Type.Name, c.Event.Where)
	}
	switch {
	case c.Event.Property != "":
		e.measured = s.frame.property(c.Event.Type.Name, c.Event.Property)
	case c.Event.Of != "":
		e.measured = e.col.value
	}
	e.sumsFit = sumsFit(e.measured)
	return e
}

// window gives the positions of a contact's events that lie in the window.
func (e *eventLeaf) window(ordinal int) (from, to int) {
	from, to = e.col.span(ordinal)
	if from == to {
		return from, to
	}
	return e.col.between(from, to, e.lo, e.hi)
}

// predicate makes the leaf's test over ordinals. Each goroutine needs one of its
// own, since distinct keeps notes.
func (e *eventLeaf) predicate() predicate {
	positive := e.positive()
	if e.test.Op == condition.Ne {
		return not(positive)
	}
	return positive
}

func (e *eventLeaf) positive() predicate {
	op := e.test.Op
	if op == condition.Ne {
		op = condition.Eq
	}
	lo, hi := interval(op, nanos(e.test.Nums[0]), nanos(e.test.Nums[1]))
	switch e.test.Measure {
	case condition.Count:
		return e.tallied(lo, hi, e.count)
	case condition.Distinct:
		return e.tallied(lo, hi, e.distinct())
	case condition.Sum:
		return e.sum(lo, hi)
	case condition.Min, condition.Max:
		return e.extreme(lo, hi)
	case condition.Avg:
		return e.average(op)
	}
	return e.days(op)
}

// tallied tests a whole number. It stops counting once the answer is known.
func (e *eventLeaf) tallied(lo, hi wide, tally func(from, to, enough int) int) predicate {
	lo, hi = atScale(lo, hi, 0)
	if lo.cmp(hi) > 0 || hi.hi < 0 {
		return func(int) bool { return false }
	}
	low, high := int(lo.narrow()), int(hi.narrow())
	enough := high // one more than this, and the answer is no
	if hi == highest {
		enough = low - 1 // one more than this, and the answer is yes
	}
	if enough < math.MaxInt {
		enough++
	}
	return func(i int) bool {
		from, to := e.window(i)
		if to-from < low {
			return false
		}
		n := tally(from, to, enough)
		return n >= low && n <= high
	}
}

func (e *eventLeaf) count(from, to, enough int) int {
	switch {
	case e.where == nil:
		return to - from
	case e.passing != nil:
		return e.passing.between(from, to)
	}
	n := 0
	for p := from; p < to && n < enough; p++ {
		if e.where(p) {
			n++
		}
	}
	return n
}

// distinct counts values that compare unequal.
func (e *eventLeaf) distinct() func(from, to, enough int) int {
	switch {
	case e.measured == nil:
		return func(int, int, int) int { return 0 }
	case e.measured.codes != nil:
		return e.distinctTexts()
	case e.measured.wides != nil:
		return e.distinctWides()
	}
	values := make([]int64, 0, 64)
	return func(from, to, _ int) int {
		values = values[:0]
		for p := from; p < to; p++ {
			if v := e.measured.nums[p]; v != unset && (e.where == nil || e.where(p)) {
				values = append(values, v)
			}
		}
		slices.Sort(values)
		return len(slices.Compact(values))
	}
}

// distinctTexts marks each class of equal texts with the run that saw it last,
// so that nothing has to be cleared between contacts.
func (e *eventLeaf) distinctTexts() func(from, to, enough int) int {
	class := e.measured.dict.classOf()
	codes := e.measured.codes
	seen := make([]uint32, len(class))
	run := uint32(0)
	return func(from, to, enough int) int {
		run++
		if run == 0 { // after 2^32 contacts
			clear(seen)
			run = 1
		}
		n := 0
		for p := from; p < to && n < enough; p++ {
			code := codes[p]
			if code == 0 || seen[class[code]] == run || (e.where != nil && !e.where(p)) {
				continue
			}
			seen[class[code]] = run
			n++
		}
		return n
	}
}

func (e *eventLeaf) distinctWides() func(from, to, enough int) int {
	return func(from, to, _ int) int {
		seen := map[wide]bool{}
		for p := from; p < to; p++ {
			if v, ok := e.measured.number(p); ok && (e.where == nil || e.where(p)) {
				seen[v] = true
			}
		}
		return len(seen)
	}
}

// total adds up the measured values of a contact, at the column's scale.
func (e *eventLeaf) total(ordinal int) (sum wide, n int) {
	from, to := e.window(ordinal)
	if e.measured == nil {
		return sum, 0
	}
	if e.sumsFit {
		narrow := int64(0)
		for p := from; p < to; p++ {
			if v := e.measured.nums[p]; v != unset && (e.where == nil || e.where(p)) {
				narrow += v
				n++
			}
		}
		return wideOf(narrow), n
	}
	for p := from; p < to; p++ {
		if v, ok := e.measured.number(p); ok && (e.where == nil || e.where(p)) {
			sum = sum.add(v)
			n++
		}
	}
	return sum, n
}

func (e *eventLeaf) sum(lo, hi wide) predicate {
	if e.measured == nil {
		zero := lo.cmp(wide{}) <= 0 && hi.cmp(wide{}) >= 0
		return func(int) bool { return zero }
	}
	lo, hi = atScale(lo, hi, e.measured.scale)
	return func(i int) bool {
		sum, _ := e.total(i)
		return sum.cmp(lo) >= 0 && sum.cmp(hi) <= 0
	}
}

// sumsFit reports whether no sum of values of a column can leave 64 bits.
func sumsFit(c *column) bool {
	if c == nil || c.wides != nil || c.nums == nil {
		return false
	}
	n := uint64(len(c.nums))
	return n == 0 || c.most < math.MaxInt64/n
}

func (e *eventLeaf) extreme(lo, hi wide) predicate {
	if e.measured == nil {
		return func(int) bool { return false }
	}
	lo, hi = atScale(lo, hi, e.measured.scale)
	return func(i int) bool {
		v, ok := e.extremeOf(i)
		return ok && v.cmp(lo) >= 0 && v.cmp(hi) <= 0
	}
}

// extremeOf gives a contact's smallest or largest value at the column's scale.
func (e *eventLeaf) extremeOf(ordinal int) (best wide, found bool) {
	sign := 1
	if e.test.Measure == condition.Max {
		sign = -1
	}
	from, to := e.window(ordinal)
	if e.measured.wides == nil {
		return e.narrowExtreme(from, to, int64(sign))
	}
	for p := from; p < to; p++ {
		v, ok := e.measured.number(p)
		if !ok || (e.where != nil && !e.where(p)) {
			continue
		}
		if !found || v.cmp(best)*sign < 0 {
			best, found = v, true
		}
	}
	return best, found
}

func (e *eventLeaf) narrowExtreme(from, to int, sign int64) (wide, bool) {
	best, found := int64(math.MaxInt64), false // values are turned round for the largest
	for p := from; p < to; p++ {
		v := e.measured.nums[p]
		if v == unset || v*sign >= best && found || (e.where != nil && !e.where(p)) {
			continue
		}
		best, found = v*sign, true
	}
	return wideOf(best * sign), found
}

// average compares without dividing: sum / n ≥ v is sum ≥ v × n.
func (e *eventLeaf) average(op condition.Op) predicate {
	if e.measured == nil {
		return func(int) bool { return false }
	}
	up := powers[maxScale-e.measured.scale]
	value, upper := nanos(e.test.Nums[0]), nanos(e.test.Nums[1])
	return func(i int) bool {
		sum, n := e.total(i)
		if n == 0 {
			return false
		}
		sum = sum.times(up)
		return satisfies(op, sum.cmp(value.times(uint64(n))), sum.cmp(upper.times(uint64(n))))
	}
}

// satisfies reads a comparison with the value and, for between, with its upper end.
func satisfies(op condition.Op, value, upper int) bool {
	switch op {
	case condition.Lt:
		return value < 0
	case condition.Lte:
		return value <= 0
	case condition.Gt:
		return value > 0
	case condition.Gte:
		return value >= 0
	case condition.Between:
		return value >= 0 && upper <= 0
	}
	return value == 0
}

const dayMillis = 86_400_000

// days compares elapsed time, not rounded, in units of 10^-9 milliseconds.
func (e *eventLeaf) days(op condition.Op) predicate {
	value, upper := nanos(e.test.Nums[0]).times(dayMillis), nanos(e.test.Nums[1]).times(dayMillis)
	return func(i int) bool {
		p, ok := e.edge(i)
		if !ok {
			return false
		}
		elapsed := wideOf(e.asOf - e.col.times[p]).times(powers[maxScale])
		return satisfies(op, elapsed.cmp(value), elapsed.cmp(upper))
	}
}

// edge gives the position of the first or last event that counts.
func (e *eventLeaf) edge(ordinal int) (int, bool) {
	from, to := e.window(ordinal)
	if e.test.Measure == condition.DaysSinceFirst {
		for p := from; p < to; p++ {
			if e.where == nil || e.where(p) {
				return p, true
			}
		}
		return 0, false
	}
	return e.latest(from, to)
}

func (e *eventLeaf) latest(from, to int) (int, bool) {
	for p := to - 1; p >= from; p-- {
		if e.where == nil || e.where(p) {
			return p, true
		}
	}
	return 0, false
}

// isMoney reports whether what is measured is an amount.
func (e *eventLeaf) isMoney() bool {
	return e.test.Of == contact.Money && e.test.Measure != condition.Distinct
}
