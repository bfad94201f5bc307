package audience

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/mailwright/mailwright/internal/condition"
)

// Warning is something about one node of a condition that who wrote it may not have
// meant.
type Warning struct {
	Path    string          `json:"path"`
	Kind    WarningKind     `json:"kind" ts_type:"string"`
	Message string          `json:"message"`
	People  int             `json:"people"` // whom it concerns
	Offer   string          `json:"offer"`  // what Also says, as a button: "and is set"; "" without one
	Also    *condition.Node `json:"also" ts_type:"Condition | null"`
}

// WarningKind names a kind of warning.
type WarningKind string

// The kinds of warnings.
const (
	AlwaysTrue    WarningKind = "always_true"
	AlwaysFalse   WarningKind = "always_false"
	Redundant     WarningKind = "redundant"       // without it the same people are found
	Exclusive     WarningKind = "exclusive"       // two parts that share nobody must both hold
	WithoutValue  WarningKind = "without_value"   // a negative test that people without a value pass
	Newcomers     WarningKind = "newcomers"       // "did not" that people pass who are known for less time
	BeforeTheData WarningKind = "before_the_data" // a window that begins before the data do
)

// maxReviewed is how many nodes a condition may have to be reviewed: every node's
// answer is in memory at once.
const maxReviewed = 400

// Review tells what of a whole condition may not be meant. Everything is computed
// from the answers at this instant. A condition of more than 400 nodes is not
// reviewed, which its only warning says.
func (v *View) Review(ctx context.Context, n condition.Node) ([]Warning, error) {
	c, err := v.check(ctx, n)
	if err != nil {
		return nil, err
	}
	r := &review{View: v, s: v.scope(), answers: map[*condition.Checked]Bitmap{}, warnings: []Warning{}}
	if nodesBelow(n, maxReviewed) < 0 {
		r.warn(c, Redundant, 0, "the condition has more than %d parts; they are counted, but not looked through", maxReviewed)
		return r.warnings, nil
	}
	r.s.evaluate(c, func(c *condition.Checked, b Bitmap) { r.answers[c] = b })
	r.node(c, nil, v.frame.people.alive)
	return r.warnings, nil
}

type review struct {
	*View
	s        scope
	answers  map[*condition.Checked]Bitmap
	warnings []Warning
}

func (r *review) warn(c *condition.Checked, kind WarningKind, people int, format string, args ...any) *Warning {
	r.warnings = append(r.warnings, Warning{Path: c.Path, Kind: kind, People: people, Message: fmt.Sprintf(format, args...)})
	return &r.warnings[len(r.warnings)-1]
}

// node looks at a node and those below it. matters are the people whose answer
// would turn if the node's answer did.
func (r *review) node(c, parent *condition.Checked, matters Bitmap) {
	b := r.answers[c]
	n := b.Count()
	told := true
	switch {
	case c.Node.Kind == condition.Everyone:
		told = parent != nil && r.redundant(c, parent, b, matters)
	case n == 0:
		r.never(c, parent)
	case n == r.Total():
		r.warn(c, AlwaysTrue, n, "true for everybody now")
	case parent != nil && r.redundant(c, parent, b, matters):
	default:
		told = false
	}
	r.leaf(c, parent, b, matters)
	if told && n > 0 {
		return
	}
	r.children(c, matters)
}

// redundant tells when leaving a node out finds the same people: a child of "all"
// is then true for all to whom it matters, another false.
func (r *review) redundant(c, parent *condition.Checked, b, matters Bitmap) bool {
	if len(parent.Children) == 1 || r.answers[parent].Count() == 0 {
		return false
	}
	changed := matters.clone()
	if parent.Node.Kind == condition.All {
		changed = b.within(changed)
	} else {
		changed.and(b)
	}
	if changed.Count() > 0 {
		return false
	}
	for _, other := range parent.Children {
		if other != c && other.Node.Key() == c.Node.Key() {
			r.warn(c, Redundant, 0, "the same is said twice")
			return true
		}
	}
	r.warn(c, Redundant, 0, "leaving this out finds the same people")
	return true
}

// never speaks of a node that is true for nobody, and of what excludes itself in it.
func (r *review) never(c, parent *condition.Checked) {
	r.exclusive(c)
	if parent != nil && parent.Node.Kind == condition.All && r.answers[parent].Count() == 0 {
		r.warn(c, AlwaysFalse, 0, "true for nobody now, and so is the whole group")
		return
	}
	r.warn(c, AlwaysFalse, 0, "true for nobody now")
}

// comparedParts is how many parts of a group are compared with each other.
const comparedParts = 32

// exclusive names the first two parts of an "all" that share nobody.
func (r *review) exclusive(c *condition.Checked) {
	if c.Node.Kind != condition.All {
		return
	}
	first := c.Children[:min(len(c.Children), comparedParts)]
	for i, one := range first {
		for _, other := range first[i+1:] {
			if r.apart(one, other) {
				r.warn(other, Exclusive, 0, "nobody is both: %s, and %s", r.says(one), r.says(other))
				return
			}
		}
	}
}

// apart reports whether two nodes have people each, but none in common.
func (r *review) apart(one, other *condition.Checked) bool {
	a, b := r.answers[one], r.answers[other]
	if a.Count() == 0 || b.Count() == 0 {
		return false
	}
	both := a.clone()
	both.and(b)
	return both.Count() == 0
}

func (r *review) says(c *condition.Checked) string { return condition.Describe(c.Node, r.Schema()) }

// children goes down. A child of "all" matters where all its siblings are true, one
// of "any" or "none" where all are false.
func (r *review) children(c *condition.Checked, matters Bitmap) {
	if len(c.Children) == 0 {
		return
	}
	alive := r.frame.people.alive
	others := func(child *condition.Checked) Bitmap {
		if c.Node.Kind == condition.All {
			return r.answers[child]
		}
		return r.answers[child].within(alive)
	}
	after := make([]Bitmap, len(c.Children)+1) // what the children from i on leave over
	after[len(c.Children)] = alive
	for i := len(c.Children) - 1; i > 0; i-- {
		after[i] = after[i+1].clone()
		after[i].and(others(c.Children[i]))
	}
	before := matters.clone()
	for i, child := range c.Children {
		own := before.clone()
		own.and(after[i+1])
		r.node(child, c, own)
		before.and(others(child))
	}
}

// leaf looks at what a leaf asks.
func (r *review) leaf(c, parent *condition.Checked, b, matters Bitmap) {
	relevant := b.clone()
	relevant.and(matters)
	switch c.Node.Kind {
	case condition.Attribute:
		r.withoutValue(c, relevant)
	case condition.Event:
		e := r.s.eventLeaf(c)
		r.beforeTheData(c, e)
		r.newcomers(c, parent, e, b, matters)
	}
}

func (r *review) withoutValue(c *condition.Checked, relevant Bitmap) {
	if _, negative := c.Test.Negative(); !negative || c.Test.Op == condition.IsUnset {
		return
	}
	col := r.s.attribute(c.Node.Attribute)
	n := 0
	relevant.Each(func(i int) bool {
		if !col.isSet(i) {
			n++
		}
		return true
	})
	if n == 0 {
		return
	}
	w := r.warn(c, WithoutValue, n, "also true for %s without a value", peopleWords(n))
	w.Offer = "and is set"
	w.Also = &condition.Node{Kind: condition.Attribute, Attribute: c.Node.Attribute, Op: condition.IsSet}
}

// newcomers speaks of "did not, in the last 90 days", said as a count of 0 or by
// "none of".
func (r *review) newcomers(c, parent *condition.Checked, e *eventLeaf, b, matters Bitmap) {
	w := c.Node.Window
	if w == nil || w.Last == 0 || e.test.Measure != condition.Count {
		return
	}
	at := c
	passes := b
	passed := func(count int64) bool {
		n := wideOf(count).times(powers[maxScale])
		return satisfies(e.positiveOp(), n.cmp(nanos(e.test.Nums[0])), n.cmp(nanos(e.test.Nums[1]))) != (e.test.Op == condition.Ne)
	}
	zero := passed(0)
	if zero == passed(1) { // "fewer than 3" is not said of newcomers more than of others
		return
	}
	if !zero {
		if parent == nil || parent.Node.Kind != condition.None || len(parent.Children) > 1 {
			return
		}
		at, passes = parent, r.answers[parent]
	}
	passes = passes.clone()
	passes.and(matters)
	created := r.frame.people.created
	n := 0
	passes.Each(func(i int) bool {
		if created.isSet(i) && created.nums[i] >= e.lo {
			n++
		}
		return true
	})
	if n == 0 {
		return
	}
	time := fmt.Sprintf("%d %ss", w.Last, w.Unit)
	if w.Last == 1 {
		time = "1 " + string(w.Unit)
	}
	warning := r.warn(at, Newcomers, n, "also true for %s known for less than %s", peopleWords(n), time)
	warning.Offer = "and known for at least " + time
	warning.Also = &condition.Node{Kind: condition.Attribute, Attribute: "contact.created_at", Op: condition.NotInLast,
		Value: json.RawMessage(fmt.Sprint(w.Last)), Unit: w.Unit}
}

func (r *review) beforeTheData(c *condition.Checked, e *eventLeaf) {
	w := c.Node.Window
	_, many := condition.Nouns(c.Node.Event)
	switch {
	case len(e.col.times) == 0 || e.col.first > e.asOf:
		r.warn(c, BeforeTheData, 0, "there are no %s yet", many)
	case w == nil:
	case w.Last > 0 && e.lo+dayMillis < e.col.first, w.From != "" && e.lo+dayMillis < e.col.first:
		r.warn(c, BeforeTheData, 0, "the time looked at begins on %s, but the first of all %s is of %s", r.s.day(e.lo), many, r.s.day(e.col.first))
	case (w.BeforeLast > 0 || w.To != "") && e.hi < e.col.first:
		r.warn(c, BeforeTheData, 0, "the time looked at ends on %s, before the first of all %s on %s", r.s.day(e.hi), many, r.s.day(e.col.first))
	}
}

func peopleWords(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

// As gives the same data seen at another instant, cut to milliseconds.
func (v *View) As(asOf time.Time) *View {
	return &View{engine: v.engine, frame: v.frame, asOf: time.UnixMilli(asOf.UnixMilli()).In(v.frame.schema.Zone)}
}
