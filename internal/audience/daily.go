package audience

import (
	"context"
	"sort"

	"github.com/govalues/decimal"

	"github.com/mailwright/mailwright/internal/civil"
)

// DayTotal is what happened on one local day.
type DayTotal struct {
	Date      civil.Date
	Events    int
	Occasions int             // events of one person at one instant, such as the lines of an order, are one
	Sum       decimal.Decimal // of the events' values, in major units
}

// Daily adds up the events of a type on each of the local days from first to last,
// both included, up to the view's instant. An event that nobody has ever done
// gives days without any.
func (v *View) Daily(ctx context.Context, event string, first, last civil.Date) ([]DayTotal, error) {
	zone := v.frame.schema.Zone
	days := make([]DayTotal, 0, last-first+1)
	starts := make([]int64, 0, cap(days))
	for d := first; d <= last; d++ {
		days = append(days, DayTotal{Date: d})
		starts = append(starts, d.Start(zone).UnixMilli())
	}
	if _, known := v.frame.schema.Events[event]; !known || len(days) == 0 {
		return days, nil
	}
	if err := v.loadEvents(ctx, event); err != nil {
		return nil, err
	}
	e := v.frame.event(event)
	sums := make([]wide, len(days))
	end := min((last+1).Start(zone).UnixMilli()-1, v.asOf.UnixMilli())
	v.frame.people.alive.Each(func(i int) bool {
		from, to := e.span(i)
		if from == to {
			return true
		}
		from, to = e.between(from, to, starts[0], end)
		for p := from; p < to; p++ {
			// The last day that begins at or before the event.
			at := sort.Search(len(starts), func(k int) bool { return starts[k] > e.times[p] }) - 1
			days[at].Events++
			if p == from || e.times[p] != e.times[p-1] {
				days[at].Occasions++
			}
			if n, ok := e.value.number(p); ok {
				sums[at] = sums[at].add(n)
			}
		}
		return true
	})
	if e.value != nil {
		for i, s := range sums {
			days[i].Sum, _ = s.decimal(e.value.scale)
		}
	}
	return days, nil
}

// Happened counts the events of a type from an instant (Unix ms) to the view's.
func (v *View) Happened(ctx context.Context, event string, since int64) (n int, err error) {
	if err := v.loadEvents(ctx, event); err != nil {
		return 0, err
	}
	e, end := v.frame.event(event), v.asOf.UnixMilli()
	v.frame.people.alive.Each(func(i int) bool {
		from, to := e.span(i)
		if from < to {
			from, to = e.between(from, to, since, end)
			n += to - from
		}
		return true
	})
	return n, nil
}

func (v *View) loadEvents(ctx context.Context, event string) error {
	n := newNeeds()
	n.event(event)
	return v.loadNeeds(ctx, n)
}
