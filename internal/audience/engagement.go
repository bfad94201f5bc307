package audience

import (
	"math"
	"weak"

	"github.com/mailwright/mailwright/internal/contact"
)

// engagement is the engagement score of everybody on one local day, as
// contact.Engagement says. Immutable.
type engagement struct {
	score *column // 0 to 100 with one decimal
}

// forgotten is the number of half-lives after which an event counts nothing: by
// then it counts less than a part in 10^15 of its weight.
const forgotten = 50

// deeds reads what one person did that counts.
type deeds struct {
	model contact.Engagement
	types []deedType
	today int64 // the first millisecond of the day
	since int64 // events before are forgotten
}

// deedType is the events of one weighted type.
type deedType struct {
	contact.Weight
	col *eventColumn
}

func (s scope) deeds(model contact.Engagement) deeds {
	_, start := s.today()
	d := deeds{model: model, today: start, since: start - int64(forgotten*model.HalfLife*dayMillis)}
	for _, w := range model.Weights {
		if col := s.frame.event(w.Event); col != nil && w.Weight > 0 {
			d.types = append(d.types, deedType{w, col})
		}
	}
	return d
}

// each calls f with every type, how many events of it count, and their sum. The
// types come in the order of the model and events in that of time, so that sums
// are the same to the last bit whoever asks.
func (d *deeds) each(ordinal int, f func(t *deedType, n int, sum float64)) {
	per := 1 / (d.model.HalfLife * dayMillis)
	for k := range d.types {
		t := &d.types[k]
		from, to := t.col.span(ordinal)
		if from == to {
			continue
		}
		from, to = t.col.between(from, to, d.since, d.today-1)
		n, sum := 0, 0.0
		for p := from; p < to; p++ {
			at := t.col.times[p]
			if p > from && at == t.col.times[p-1] {
				continue // another line of the same order
			}
			n++
			sum += float64(t.Weight.Weight * math.Exp2(float64(at-d.today)*per))
		}
		if n > 0 {
			f(t, n, sum)
		}
	}
}

// raw gives the sum of all that a person did.
func (d *deeds) raw(ordinal int) float64 {
	total := 0.0
	d.each(ordinal, func(_ *deedType, _ int, sum float64) { total += sum })
	return total
}

// tenths gives the score of a sum, in tenths of a point.
func (d *deeds) tenths(raw float64) int64 {
	return int64(math.Round(1000 * (1 - math.Exp2(-raw/d.model.Middle))))
}

// engagement gives everybody's scores by a model; the columns must be loaded.
func (s scope) engagement(model contact.Engagement) *engagement {
	d := s.deeds(model)
	day, _ := s.today()
	of := &scoring{people: weak.Make(s.frame.people)}
	for _, t := range d.types {
		of.events = append(of.events, weak.Make(t.col))
	}
	return s.frame.scorings.make(model, day, of, func() any { return makeEngagement(d, s.frame.people) }).(*engagement)
}

func makeEngagement(d deeds, p *people) *engagement {
	c := &column{typ: contact.Number, scale: 1, nums: make([]int64, p.n), most: 1000}
	inParallel(p.n, partSize, func(from, to int) {
		for i := from; i < to; i++ {
			c.nums[i] = unset
			if p.alive.Has(i) {
				c.nums[i] = d.tenths(d.raw(i))
			}
		}
	})
	return &engagement{c}
}
