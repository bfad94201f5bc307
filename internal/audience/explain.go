package audience

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/civil"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

// Explain says why a condition holds for one contact or not: the tree with the
// answer and what was seen at each node, and the smallest change that would turn
// it round. A segment's own condition is below the first node that names it.
func (v *View) Explain(ctx context.Context, n condition.Node, id contact.ID) (condition.Explanation, error) {
	c, err := v.check(ctx, n)
	if err != nil {
		return condition.Explanation{}, err
	}
	i, err := v.ordinal(id)
	if err != nil {
		return condition.Explanation{}, err
	}
	x := &explainer{scope: v.scope(), ordinal: i, segments: map[*condition.Checked]*turn{}}
	t := x.turn(c)
	e := x.tell(t)
	e.Flip = x.flipOf(t)
	return e, nil
}

// explainer explains conditions for one person.
type explainer struct {
	scope
	ordinal  int
	segments map[*condition.Checked]*turn
}

// turn answers every node, each segment once.
func (x *explainer) turn(c *condition.Checked) *turn {
	t := &turn{c: c}
	switch c.Node.Kind {
	case condition.All, condition.Any, condition.None:
		t.kind = c.Node.Kind
		for _, child := range c.Children {
			t.children = append(t.children, x.turn(child))
		}
	case condition.Segment:
		inner, told := x.segments[c.Segment]
		if !told {
			inner = x.turn(c.Segment)
			x.segments[c.Segment] = inner
		}
		t.kind, t.again, t.children = condition.All, told, []*turn{inner}
		if c.Node.Op == condition.NotIn {
			t.kind = condition.None
		}
	default:
		t.holds, t.key = x.leaf(c).make()(x.ordinal), c.Node.Key()
		x.analyse(t)
		return t
	}
	t.holds = t.kind != condition.Any
	for _, child := range t.children {
		if child.holds != (t.kind == condition.All) {
			t.holds = t.kind == condition.Any
			break
		}
	}
	return t
}

// longGroup is the number of nodes below a group from which on it is not said in a
// sentence of its own any more.
const longGroup = 40

func (x *explainer) tell(t *turn) condition.Explanation {
	n := t.c.Node
	e := condition.Explanation{Path: t.c.Path, Holds: t.holds, Children: []condition.Explanation{}}
	if t.kind != "" && n.Kind != condition.Segment && nodesBelow(n, longGroup) < 0 {
		e.Sentence = fmt.Sprintf("%s of these %d", n.Kind, len(n.Children))
	} else {
		e.Sentence = condition.Describe(n, x.frame.schema)
	}
	if !t.again {
		for _, child := range t.children {
			e.Children = append(e.Children, x.tell(child))
		}
	}
	switch {
	case n.Kind == condition.Segment:
		e.Seen = "not in the segment"
		if t.children[0].holds {
			e.Seen = "in the segment"
		}
		if t.again {
			e.Seen += "; its parts stand where it is named first"
		}
	case t.kind != "":
		holding := 0
		for _, child := range t.children {
			if child.holds {
				holding++
			}
		}
		e.Seen = fmt.Sprintf("%d of %d true", holding, len(t.children))
	default:
		e.Seen, e.Wanted = x.seen(t.c)(x.ordinal), condition.Wanted(n, x.frame.schema)
		e.Flip = leafFlip(t)
	}
	return e
}

// nodesBelow takes the nodes of a tree from what is left; below zero, there are
// more.
func nodesBelow(n condition.Node, left int) int {
	for i := 0; i < len(n.Children) && left >= 0; i++ {
		left = nodesBelow(n.Children[i], left-1)
	}
	return left
}

// leafFlip says what would turn one leaf round.
func leafFlip(t *turn) *condition.Flip {
	if !t.can {
		return &condition.Flip{Sentence: "nothing to change: " + t.how, Changes: []condition.Change{}}
	}
	return &condition.Flip{Sentence: t.how, Changes: []condition.Change{{Path: t.c.Path, What: t.how}}}
}

// seen makes what says, person by person, what a leaf saw.
func (s scope) seen(c *condition.Checked) func(i int) string {
	switch c.Node.Kind {
	case condition.Everyone:
		return func(int) string { return "true for everyone" }
	case condition.Attribute:
		return func(i int) string { return s.attributeSeen(c, i) }
	case condition.Event:
		e := s.eventLeaf(c)
		around := condition.Around(c.Node, s.frame.schema)
		return func(i int) string { return e.seen(s, around, i) }
	case condition.Sequence:
		return func(i int) string { return s.sequenceSeen(c, i) }
	case condition.Consent:
		return func(i int) string { return s.consentSeen(c, i) }
	case condition.Fixed:
		list := s.frame.fixedList(c.Node)
		return func(i int) string {
			if list.Has(i) {
				return "on the list"
			}
			return "not on the list"
		}
	case condition.Bucket:
		return func(i int) string {
			return fmt.Sprintf("part %d of %d", bucketOf(c.Node.Salt, s.frame.people.ids[i]), condition.Buckets)
		}
	}
	return func(int) string { return "" }
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
func (e *eventLeaf) seen(s scope, around string, i int) string {
	from, to := e.window(i)
	n := e.count(from, to, to-from)
	_, many := condition.Nouns(e.test.Type.Name)
	counted := fmt.Sprintf("%s%s: %d", many, around, n)
	if e.test.Measure != condition.Count {
		counted = fmt.Sprintf("%s (%s%s: %d", e.measuredWords(s, i), many, around, n)
	}
	last := ""
	if p, ok := e.latest(from, to); ok {
		last = "; last one " + s.moment(e.col.times[p])
	} else if p, ok := e.everLatest(i); ok {
		last = "; the last one ever was on " + s.moment(e.col.times[p])
	}
	if e.test.Measure != condition.Count {
		last += ")"
	}
	return counted + last
}

// everLatest gives the newest matching event up to now, whatever the window.
func (e *eventLeaf) everLatest(i int) (int, bool) {
	from, to := e.col.span(i)
	if from < to {
		from, to = e.col.between(from, to, math.MinInt64, e.asOf)
	}
	return e.latest(from, to)
}

func (e *eventLeaf) measuredWords(s scope, i int) string {
	amount := func(w wide, scale int) string {
		d, ok := w.decimal(scale)
		if !ok {
			return "a number too large to show"
		}
		if e.isMoney() {
			return d.Pad(s.frame.schema.Currency.Decimals).String() + " " + s.frame.schema.Currency.Code
		}
		return d.String()
	}
	from, to := e.window(i)
	switch e.test.Measure {
	case condition.DaysSinceFirst, condition.DaysSinceLast:
		p, ok := e.edge(i)
		if !ok {
			return "no value"
		}
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
