package audience

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/civil"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

// Explain says why a condition holds for one contact or not: the tree with the
// answer and what was seen at each node. A segment's own condition is below the
// node that names it.
func (v *View) Explain(ctx context.Context, n condition.Node, id contact.ID) (condition.Explanation, error) {
	c, err := v.check(ctx, n)
	if err != nil {
		return condition.Explanation{}, err
	}
	i, err := v.ordinal(id)
	if err != nil {
		return condition.Explanation{}, err
	}
	return v.scope().explain(c, i), nil
}

func (s scope) explain(c *condition.Checked, i int) condition.Explanation {
	e := condition.Explanation{
		Path: c.Path, Sentence: condition.Describe(c.Node, s.frame.schema),
		Holds: s.one(c, i), Children: []condition.Explanation{},
	}
	holding := 0
	for _, child := range c.Children {
		x := s.explain(child, i)
		if x.Holds {
			holding++
		}
		e.Children = append(e.Children, x)
	}
	switch c.Node.Kind {
	case condition.Everyone:
		e.Seen = "true for everyone"
	case condition.All, condition.Any, condition.None:
		e.Seen = fmt.Sprintf("%d of %d true", holding, len(c.Children))
	case condition.Attribute:
		e.Seen = s.attributeSeen(c, i)
	case condition.Event:
		e.Seen = s.eventLeaf(c).seen(s, i)
	case condition.Sequence:
		e.Seen = s.sequenceSeen(c, i)
	case condition.Segment:
		inner := s.explain(c.Segment, i)
		e.Children = append(e.Children, inner)
		e.Seen = "not in the segment"
		if inner.Holds {
			e.Seen = "in the segment"
		}
	case condition.Consent:
		e.Seen = s.consentSeen(c, i)
	case condition.Fixed:
		e.Seen = "not on the list"
		if e.Holds {
			e.Seen = "on the list"
		}
	case condition.Bucket:
		e.Seen = fmt.Sprintf("part %d of %d", bucketOf(c.Node.Salt, s.frame.people.ids[i]), condition.Buckets)
	}
	return e
}

func (s scope) attributeSeen(c *condition.Checked, i int) string {
	if contact.IsScored(c.Node.Attribute) {
		return s.scoreSeen(c.Node.Attribute, i)
	}
	col := s.frame.attribute(c.Node.Attribute)
	if !col.isSet(i) {
		return "not set"
	}
	return s.words(col, i)
}

// words says a value that is set, for people.
func (s scope) words(c *column, i int) string {
	v := c.at(i)
	switch v.Type() {
	case contact.Money:
		return v.String() + " " + s.frame.schema.Currency.Code
	case contact.Boolean:
		if v.Bool() {
			return "yes"
		}
		return "no"
	case contact.Datetime:
		return s.moment(v.Millis())
	case contact.List:
		return strings.Join(v.Items(), ", ")
	}
	return v.String()
}

func (s scope) moment(ms int64) string {
	return time.UnixMilli(ms).In(s.frame.schema.Zone).Format("2 January 2006 15:04")
}

// at gives the value of position i.
func (c *column) at(i int) contact.Value {
	if !c.isSet(i) {
		return contact.Value{}
	}
	switch c.typ {
	case contact.Text:
		return contact.TextValue(c.word(i))
	case contact.List:
		return contact.ListValue(c.list(i))
	case contact.Boolean:
		return contact.BoolValue(c.nums[i] != 0)
	case contact.DateType:
		return contact.DateValue(civil.Date(c.nums[i]))
	case contact.Datetime:
		return contact.TimeValue(time.UnixMilli(c.nums[i]))
	}
	w, _ := c.number(i)
	d, _ := w.decimal(c.scale)
	if c.typ == contact.Money {
		return contact.MoneyValue(d)
	}
	return contact.NumberValue(d)
}

// seen says what was measured, over how many events, and when the last one was.
func (e *eventLeaf) seen(s scope, i int) string {
	from, to := e.window(i)
	n := e.count(from, to, to-from)
	if n == 0 {
		return "no such event"
	}
	last, _ := e.latest(from, to)
	events := fmt.Sprintf("%d events, the last on %s", n, s.moment(e.col.times[last]))
	if n == 1 {
		events = "one event, on " + s.moment(e.col.times[last])
	}
	if e.test.Measure == condition.Count {
		return events
	}
	return e.measuredWords(s, i) + " (" + events + ")"
}

func (e *eventLeaf) measuredWords(s scope, i int) string {
	amount := func(w wide, scale int) string {
		d, ok := w.decimal(scale)
		if !ok {
			return "a number too large to show"
		}
		if e.isMoney() {
			return d.String() + " " + s.frame.schema.Currency.Code
		}
		return d.String()
	}
	from, to := e.window(i)
	switch e.test.Measure {
	case condition.DaysSinceFirst, condition.DaysSinceLast:
		p, _ := e.edge(i)
		return fmt.Sprintf("%.1f days", float64(e.asOf-e.col.times[p])/dayMillis)
	case condition.Distinct:
		return fmt.Sprintf("%d different", e.distinct()(from, to, to-from))
	}
	sum, n := e.total(i)
	switch {
	case e.test.Measure == condition.Sum && n == 0:
		return "0"
	case n == 0:
		return "no value"
	case e.test.Measure == condition.Sum:
		return amount(sum, e.measured.scale)
	case e.test.Measure == condition.Avg:
		return "about " + amount(sum.times(powers[maxScale-e.measured.scale]).floorDiv(uint64(n)).floorDiv(powers[maxScale-4]), 4)
	}
	best, _ := e.extremeOf(i)
	return amount(best, e.measured.scale)
}

func (s scope) sequenceSeen(c *condition.Checked, i int) string {
	var parts []string
	for _, step := range s.sequenceLeaf(c).steps {
		from, to := step.col.span(i)
		n := 0
		for p := from; p < to; p++ {
			if step.where == nil || step.where(p) {
				n++
			}
		}
		parts = append(parts, fmt.Sprintf("%s: %d", step.Type.Name, n))
	}
	return strings.Join(parts, ", ")
}

func (s scope) consentSeen(c *condition.Checked, i int) string {
	col := s.frame.consent(c.Node.Purpose)
	asOf := s.asOf.UnixMilli()
	p := col.entry(i, asOf)
	switch {
	case p < 0:
		return "nothing in the ledger"
	case !col.granted[p]:
		return "withdrawn on " + s.moment(col.times[p])
	case !col.at(i, asOf):
		return "expired on " + s.moment(col.expires[p])
	}
	return "granted on " + s.moment(col.times[p])
}
