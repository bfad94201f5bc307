package audience

import (
	"cmp"
	"slices"
	"weak"

	"github.com/mailwright/mailwright/internal/civil"
	"github.com/mailwright/mailwright/internal/contact"
)

// The measures of RFM.
const (
	recency = iota
	frequency
	monetary
	measures
)

// rfm is the RFM scores of everybody on one local day, as contact.RFM says.
// Immutable.
type rfm struct {
	people  int               // who has scores
	scale   int               // decimals of money
	scores  [measures]*column // 1 to 5
	region  *column
	steps   [measures]steps
	cells   [5][5]rfmCell // by frequency and recency
	revenue wide          // of all cells, at the scale of money
}

// rfmCell is the people of one pair of scores.
type rfmCell struct {
	people  int
	revenue wide
}

// steps says which values have which score: those of a score s are from low[s-1]
// to high[s-1]. Recency is in negative days, since less is more.
type steps struct {
	low, high [5]wide
	people    [5]int
}

func (r *rfm) column(name string) *column {
	switch name {
	case contact.RFMRecency:
		return r.scores[recency]
	case contact.RFMFrequency:
		return r.scores[frequency]
	case contact.RFMMonetary:
		return r.scores[monetary]
	}
	return r.region
}

// habits reads the buying of one person in the period.
type habits struct {
	col    *eventColumn // nil where nobody has such an event
	amount *column      // what is added up; nil where no event has it
	narrow bool         // no sum of amounts can leave 64 bits
	lo, hi int64        // the period, both ends included
	today  civil.Date
	days   []int64 // the first millisecond of each local day of the period, and of today
}

// habit is the buying of one person.
type habit struct {
	last  int64 // milliseconds
	times int
	money wide // at the scale of the amounts
	paid  bool // an event has an amount
}

func (s scope) habits(model contact.RFM) habits {
	day, start := s.today()
	zone := s.frame.schema.Zone
	h := habits{col: s.frame.event(model.Event), today: day, hi: start - 1}
	for d := day - civil.Date(model.Days); d <= day; d++ {
		h.days = append(h.days, d.Start(zone).UnixMilli())
	}
	h.lo = h.days[0]
	switch {
	case h.col == nil:
	case model.Property != "":
		h.amount = s.frame.property(model.Event, model.Property)
	default:
		h.amount = h.col.value
	}
	h.narrow = sumsFit(h.amount)
	return h
}

// of gives a person's habit; false for one who bought nothing in the period.
func (h *habits) of(ordinal int) (habit, bool) {
	var b habit
	if h.col == nil {
		return b, false
	}
	from, to := h.col.span(ordinal)
	if from < to {
		from, to = h.col.between(from, to, h.lo, h.hi)
	}
	for from < to {
		at := h.col.times[from]
		end := from + 1
		for end < to && h.col.times[end] == at {
			end++
		}
		sum, paid := h.sum(from, end)
		if sum.hi >= 0 {
			b.times++
			b.last = at
		}
		b.money, b.paid = b.money.add(sum), b.paid || paid
		from = end
	}
	return b, b.times > 0
}

// sum adds up the amounts of some positions.
func (h *habits) sum(from, to int) (sum wide, paid bool) {
	if h.amount == nil {
		return sum, false
	}
	if h.narrow {
		narrow := int64(0)
		for _, v := range h.amount.nums[min(from, len(h.amount.nums)):min(to, len(h.amount.nums))] {
			if v != unset {
				narrow += v
				paid = true
			}
		}
		return wideOf(narrow), paid
	}
	for p := from; p < to; p++ {
		if v, ok := h.amount.number(p); ok {
			sum, paid = sum.add(v), true
		}
	}
	return sum, paid
}

// ago gives the number of local days from an instant of the period to today.
func (h *habits) ago(at int64) int {
	// A day is between 23 and 25 hours long: the guess is at most one day off.
	i := min(int((at-h.lo)/dayMillis), len(h.days)-1)
	for i > 0 && h.days[i] > at {
		i--
	}
	for i+1 < len(h.days) && h.days[i+1] <= at {
		i++
	}
	return len(h.days) - 1 - i
}

// rfm gives everybody's scores by a model; the columns must be loaded.
func (s scope) rfm(model contact.RFM) *rfm {
	h := s.habits(model)
	of := &scoring{people: weak.Make(s.frame.people), events: []weak.Pointer[eventColumn]{weak.Make(h.col)}, values: weak.Make(h.amount)}
	return s.frame.scorings.make(model, h.today, of, func() any { return makeRFM(h, s.frame.people, model.Cuts) }).(*rfm)
}

// makeRFM scores everybody.
func makeRFM(h habits, p *people, cuts []int) *rfm {
	r := &rfm{}
	if h.amount != nil {
		r.scale = h.amount.scale
	}
	raw := [measures]*column{}
	for m := range raw {
		raw[m] = &column{typ: contact.Number, nums: make([]int64, p.n)}
	}
	money := make([]wide, p.n)
	inParallel(p.n, partSize, func(from, to int) {
		for i := from; i < to; i++ {
			b, ok := habit{}, p.alive.Has(i)
			if ok {
				b, ok = h.of(i)
			}
			raw[recency].nums[i], raw[frequency].nums[i], money[i] = unset, unset, notSet
			if ok {
				raw[recency].nums[i], raw[frequency].nums[i] = -int64(h.ago(b.last)), int64(b.times)
				if b.paid {
					money[i] = b.money
				}
			}
		}
	})
	raw[monetary] = moneyColumn(raw[monetary], money)
	for m := range raw {
		r.scores[m], r.steps[m] = score(raw[m], cuts)
	}
	r.people = sumOf(r.steps[recency].people)
	r.draw(money)
	return r
}

func sumOf(n [5]int) int { return n[0] + n[1] + n[2] + n[3] + n[4] }

// moneyColumn makes a column of sums, narrow where all fit.
func moneyColumn(c *column, money []wide) *column {
	for i, v := range money {
		switch {
		case v == notSet:
			c.nums[i] = unset
		case v.fits() && v.narrow() != unset:
			c.nums[i] = v.narrow()
		default:
			return &column{typ: contact.Number, wides: money}
		}
	}
	return c
}

// score gives each value of a column its score, and which values have which.
func score(c *column, cuts []int) (*column, steps) {
	if c.wides != nil {
		return scoreOf(c.wides, notSet, cuts, func(list []wide) { slices.SortFunc(list, wide.cmp) }, wide.cmp, func(v wide) wide { return v })
	}
	return scoreOf(c.nums, unset, cuts, slices.Sort[[]int64], cmp.Compare[int64], wideOf)
}

// scoreOf is score for one kind of number: 1 plus the number of cuts c with a
// value above the ⌈c·n/100⌉-th smallest.
func scoreOf[T comparable](values []T, none T, cuts []int, sort func([]T), compare func(a, b T) int, widen func(T) wide) (*column, steps) {
	var s steps
	sorted := make([]T, 0, len(values))
	for _, v := range values {
		if v != none {
			sorted = append(sorted, v)
		}
	}
	out := &column{typ: contact.Number, nums: make([]int64, len(values))}
	n := len(sorted)
	if n == 0 {
		for i := range out.nums {
			out.nums[i] = unset
		}
		return out, s
	}
	sort(sorted)
	bounds := make([]T, len(cuts))
	for k, c := range cuts {
		bounds[k] = sorted[max((c*n+99)/100, 1)-1]
	}
	of := func(v T) int64 {
		score := int64(1)
		for _, b := range bounds {
			if compare(v, b) > 0 {
				score++
			}
		}
		return score
	}
	inParallel(len(values), partSize, func(from, to int) {
		for i := from; i < to; i++ {
			out.nums[i] = unset
			if values[i] != none {
				out.nums[i] = of(values[i])
			}
		}
	})
	for from := 0; from < n; {
		k := of(sorted[from])
		to := from + searchFrom(sorted[from:], func(v T) bool { return of(v) > k })
		s.low[k-1], s.high[k-1], s.people[k-1] = widen(sorted[from]), widen(sorted[to-1]), to-from
		from = to
	}
	return out, s
}

// searchFrom gives the first place of a list for which f holds, its length for none.
func searchFrom[T any](list []T, f func(T) bool) int {
	lo, hi := 0, len(list)
	for lo < hi {
		mid := int(uint(lo+hi) / 2)
		if f(list[mid]) {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo
}

// draw fills in the map: regions, and the people and revenue of each cell.
func (r *rfm) draw(money []wide) {
	words := []string{""}
	for _, g := range contact.Regions {
		words = append(words, g.Name)
	}
	rs, fs := r.scores[recency].nums, r.scores[frequency].nums
	r.region = &column{typ: contact.Text, codes: make([]uint32, len(rs)), dict: newDictionary(words)}
	for i, v := range rs {
		if v == unset {
			continue
		}
		r.region.codes[i] = uint32(contact.RegionOf(int(v), int(fs[i])) + 1)
		cell := &r.cells[fs[i]-1][v-1]
		cell.people++
		if money[i] != notSet {
			cell.revenue = cell.revenue.add(money[i])
			r.revenue = r.revenue.add(money[i])
		}
	}
}
