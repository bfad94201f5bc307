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
	col   *eventColumn
	where predicate
}

func (s scope) sequenceLeaf(c *condition.Checked) *sequenceLeaf {
	q := &sequenceLeaf{scope: s}
	q.lo, q.hi = c.Node.Window.Range(s.asOf, s.frame.schema.Zone)
	for _, step := range c.Steps {
		q.steps = append(q.steps, boundStep{step, s.frame.event(step.Type.Name), s.where(step.Type.Name, step.Where)})
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
		budget := searchBudget
		return q.from(i, 0, math.MinInt64, used[:0], &budget)
	}
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
		hi = min(hi, q.after(t, step.Within))
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
	end := q.after(t, step.Within)
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
