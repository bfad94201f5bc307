package audience

import (
	"math"
	"time"

	"github.com/mailwright/mailwright/internal/condition"
)

// sequenceLeaf is a sequence bound to its columns.
type sequenceLeaf struct {
	scope  scope
	steps  []boundStep
	lo, hi int64
}

type boundStep struct {
	condition.StepTest
	col    *eventColumn
	where  predicate
	within int64 // milliseconds, where the unit has a fixed length; else 0
}

func (s scope) sequenceLeaf(c *condition.Checked) *sequenceLeaf {
	q := &sequenceLeaf{scope: s}
	q.lo, q.hi = c.Node.Window.Range(s.asOf, s.frame.schema.Zone)
	for _, step := range c.Steps {
		b := boundStep{StepTest: step, col: s.frame.event(step.Type.Name), where: s.where(step.Type.Name, step.Where)}
		if step.Within != nil && step.Within.Unit != condition.Month {
			epoch := time.UnixMilli(0)
			b.within = step.Within.Unit.Shift(epoch, step.Within.Last, time.UTC).UnixMilli()
		}
		q.steps = append(q.steps, b)
	}
	return q
}

// occurrence is an event by its type's column and position.
type occurrence struct {
	col *eventColumn
	at  int
}

// predicate makes the test over ordinals. A contact's events are few, so the
// events of the steps are searched with backtracking; a step that failed from
// one time on is not tried again from a later one unless distinctness matters.
func (q *sequenceLeaf) predicate() predicate {
	used := make([]occurrence, 0, len(q.steps))
	return func(i int) bool {
		if !q.possible(i) {
			return false
		}
		budget := searchBudget
		return q.from(i, 0, math.MinInt64, used[:0], &budget)
	}
}

// possible reports whether the window has an event of every step that happened.
func (q *sequenceLeaf) possible(ordinal int) bool {
	for k := len(q.steps) - 1; k >= 0; k-- { // later steps are rarer
		step := &q.steps[k]
		if step.Not {
			continue
		}
		from, to := step.col.span(ordinal)
		if from < to {
			from, to = step.col.between(from, to, q.lo, q.hi)
		}
		if from >= to {
			return false
		}
	}
	return true
}

// searchBudget bounds the places one contact's search looks at. It is only
// reached by repeated steps over thousands of events at one instant.
const searchBudget = 5_000_000

// from looks for the steps from n on; t is the time of the last event taken.
func (q *sequenceLeaf) from(ordinal, n int, t int64, used []occurrence, budget *int) bool {
	if n == len(q.steps) {
		return true
	}
	step := q.steps[n]
	if step.Not {
		return q.didNot(ordinal, step, t) && q.from(ordinal, n+1, t, used, budget)
	}
	lo, hi := max(q.lo, t), q.hi
	if step.Within != nil {
		hi = min(hi, q.end(t, step))
	}
	from, to := step.col.span(ordinal)
	if from < to {
		from, to = step.col.between(from, to, lo, hi)
	}
	for p := from; p < to && *budget > 0; p++ {
		*budget--
		if (step.where != nil && !step.where(p)) || taken(used, step.col, p) {
			continue
		}
		if q.from(ordinal, n+1, step.col.times[p], append(used, occurrence{step.col, p}), budget) {
			return true
		}
	}
	return false
}

// didNot reports whether no event of the step lies in (t, t + within], and that
// time has passed.
func (q *sequenceLeaf) didNot(ordinal int, step boundStep, t int64) bool {
	end := q.end(t, step)
	if end > q.scope.asOf.UnixMilli() {
		return false
	}
	from, to := step.col.span(ordinal)
	if from < to {
		from, to = step.col.between(from, to, t+1, end)
	}
	for p := from; p < to; p++ {
		if step.where == nil || step.where(p) {
			return false
		}
	}
	return true
}

// end gives the last instant within a step's time after t.
func (q *sequenceLeaf) end(t int64, step boundStep) int64 {
	if step.within > 0 {
		return t + step.within
	}
	return q.after(t, step.Within)
}

func (q *sequenceLeaf) after(t int64, within *condition.Window) int64 {
	return within.Unit.Shift(time.UnixMilli(t), within.Last, q.scope.frame.schema.Zone).UnixMilli()
}

func taken(used []occurrence, col *eventColumn, p int) bool {
	for _, u := range used {
		if u.col == col && u.at == p {
			return true
		}
	}
	return false
}
