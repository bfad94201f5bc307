package condition

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/govalues/decimal"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/spelling"
)

// Segments finds the condition of a segment by its slug.
type Segments func(slug string) (Node, bool)

// Checked is a node with its literals read for one schema: what an engine
// answers. Bad nodes are wrong or unfinished, or have such a node below them;
// nothing else of a bad node may be relied on but its path and children.
type Checked struct {
	Node     Node
	Path     string // root.children[0]; segment:SLUG.root… inside of a segment
	Bad      bool
	Children []*Checked // all, any, none
	Test     Test       // attribute
	Event    EventTest  // event
	Steps    []StepTest // sequence
	Segment  *Checked   // segment: its condition, shared by all nodes that name it
}

// EventTest is what an event node looks at.
type EventTest struct {
	Type     contact.EventType
	Measure  Measure
	Property string       // "" is the event's value
	Of       contact.Type // the type of what is measured; "" for counts and days
	Op       Op
	Nums     [2]decimal.Decimal
	Where    []WhereTest
}

// WhereTest is one test on an event's property, or any or none of others.
type WhereTest struct {
	Property string
	Test     Test
	Any      []WhereTest
	None     []WhereTest
}

// StepTest is one step of a sequence.
type StepTest struct {
	Type   contact.EventType
	Not    bool
	Within *Window // nil: at any time after the step before
	Where  []WhereTest
}

// Check reads a tree for a schema. Every problem is listed with its path, and
// the nodes that have none can be answered. Problems found when the draft was
// parsed are handed in, so that their nodes are known as bad.
func Check(n Node, s contact.Schema, segments Segments, earlier ...Problem) (*Checked, []Problem) {
	return CheckNamed("", n, s, segments, earlier...)
}

// CheckNamed is Check for the condition of the segment slug itself, which must
// not refer to itself by way of others.
func CheckNamed(slug string, n Node, s contact.Schema, segments Segments, earlier ...Problem) (*Checked, []Problem) {
	c := &checker{schema: s, segments: segments, done: map[string]segmentCheck{}, problems: slices.Clone(earlier), refused: map[string]bool{}}
	for _, p := range earlier {
		c.refused[p.Node] = true
	}
	if slug != "" {
		c.visiting = []string{slug}
	}
	return c.node(n, "root"), c.problems
}

// Validate is Check for a condition that must be whole: it gives the first
// problem as fault.Invalid with its path.
func Validate(n Node, s contact.Schema, segments Segments) (*Checked, error) {
	c, problems := Check(n, s, segments)
	if len(problems) > 0 {
		return nil, problems[0].Error()
	}
	return c, nil
}

type checker struct {
	schema   contact.Schema
	segments Segments
	visiting []string
	done     map[string]segmentCheck
	problems []Problem
	refused  map[string]bool // the paths of the nodes that the parser refused
	owner    string          // the path of the node being checked
}

type segmentCheck struct {
	checked *Checked
	problem string // why it cannot be answered
}

func (c *checker) problem(path, format string, args ...any) {
	c.problems = append(c.problems, Problem{Path: path, Message: fmt.Sprintf(format, args...), Node: c.owner})
}

// at gives a report for fields below a path.
func (c *checker) at(path string) report {
	return func(field, format string, args ...any) { c.problem(path+field, format, args...) }
}

func (c *checker) node(n Node, path string) *Checked {
	out := &Checked{Node: n, Path: path}
	if n.Kind == All || n.Kind == Any || n.Kind == None {
		out.Children = make([]*Checked, len(n.Children))
		for i, child := range n.Children {
			out.Children[i] = c.node(child, fmt.Sprintf("%s.children[%d]", path, i))
			out.Bad = out.Bad || out.Children[i].Bad
		}
	}
	if c.refused[path] { // the draft's parser refused it
		out.Bad = true
		return out
	}
	before := len(c.problems)
	c.owner = path
	c.kind(out, n, path)
	out.Bad = out.Bad || len(c.problems) > before
	return out
}

func (c *checker) kind(out *Checked, n Node, path string) {
	switch n.Kind {
	case Everyone, Fixed:
	case All, Any, None:
		if len(n.Children) == 0 {
			c.problem(path+".children", "a group needs at least one condition")
		}
	case Attribute:
		c.attribute(out, n, path)
	case Event:
		c.event(out, n, path)
	case Sequence:
		c.sequence(out, n, path)
	case Segment:
		c.segment(out, n, path)
	case Consent:
		c.consent(n, path)
	case Bucket:
		c.bucket(n, path)
	default:
		c.problem(path+".kind", "there is no kind of condition %q", n.Kind)
	}
}

func (c *checker) attribute(out *Checked, n Node, path string) {
	a, ok := c.schema.Attributes[n.Attribute]
	switch {
	case n.Attribute == "":
		c.problem(path+".attribute", "choose an attribute")
	case !ok:
		c.problem(path+".attribute", "there is no attribute %q%s", n.Attribute, meant(n.Attribute, slices.Sorted(maps.Keys(c.schema.Attributes))))
	default:
		o := operands{n.Op, n.Value, n.Values, n.To, n.Unit}
		out.Test = o.test(a.Type, c.schema.Zone, c.at(path))
	}
}

// meant ends a message with the known name that is nearest.
func meant(name string, known []string) string {
	near, ok := spelling.Nearest(name, known)
	if !ok {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", near)
}

func (c *checker) segment(out *Checked, n Node, path string) {
	if n.Segment == "" {
		c.problem(path+".segment", "choose a segment")
		return
	}
	if n.Op == "" { // a bare segment means its members
		out.Node.Op = In
	}
	checked, why := c.resolve(n.Segment)
	out.Segment = checked
	if why != "" {
		c.owner = path
		c.problem(path+".segment", "%s", why)
	}
}

// resolve checks the condition of a segment once, and tells why it cannot be answered.
func (c *checker) resolve(slug string) (*Checked, string) {
	if i := slices.Index(c.visiting, slug); i >= 0 {
		return nil, fmt.Sprintf("the segments name each other in a circle: %s → %s", strings.Join(c.visiting[i:], " → "), slug)
	}
	if done, ok := c.done[slug]; ok {
		return done.checked, done.problem
	}
	var n Node
	ok := c.segments != nil
	if ok {
		n, ok = c.segments(slug)
	}
	if !ok {
		return nil, fmt.Sprintf("there is no segment %q", slug)
	}
	inner := &checker{schema: c.schema, segments: c.segments, done: c.done, visiting: append(slices.Clone(c.visiting), slug)}
	result := segmentCheck{checked: inner.node(n, "segment:"+slug+".root")}
	if len(inner.problems) > 0 {
		p := inner.problems[0]
		result.problem = p.Message
		if !strings.HasPrefix(p.Message, "the segments name each other") {
			result.problem = fmt.Sprintf("the segment %q cannot be answered: %s", slug, p.Message)
		}
	}
	c.done[slug] = result
	return result.checked, result.problem
}

func (c *checker) consent(n Node, path string) {
	switch {
	case n.Purpose == "":
		c.problem(path+".purpose", "choose a purpose")
	case !slices.Contains(c.schema.Purposes, n.Purpose):
		c.problem(path+".purpose", "there is no purpose %q", n.Purpose)
	}
	if n.Op == "" {
		c.problem(path+".op", "say granted or not_granted")
	}
}

// Buckets is how many parts bucket divides people into.
const Buckets = 10000

func (c *checker) bucket(n Node, path string) {
	switch {
	case n.From == nil || n.BucketTo == nil:
		c.problem(path, "a bucket needs from and to")
	case *n.From < 0 || *n.From >= *n.BucketTo || *n.BucketTo > Buckets:
		c.problem(path, "a bucket needs 0 ≤ from < to ≤ %d", Buckets)
	}
}

// Walk calls f for the node and every node below it, parents first, without
// going into segments.
func (c *Checked) Walk(f func(*Checked)) {
	f(c)
	for _, child := range c.Children {
		child.Walk(f)
	}
}

// Broken gives the error for a condition that must be whole, nil when there is
// no problem.
func Broken(problems []Problem) error {
	if len(problems) == 0 {
		return nil
	}
	p := problems[0]
	if len(problems) == 1 {
		return p.Error()
	}
	return fault.At(fault.Invalid, p.Path, "%s (and %d more)", p.Message, len(problems)-1)
}
