package condition

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/mailwright/mailwright/internal/fault"
)

// Problem is one thing that is wrong or unfinished in a condition.
type Problem struct {
	Path    string `json:"path"` // root.children[1].values[0]
	Message string `json:"message"`
	Node    string `json:"-"` // the path of the node it belongs to
}

// Error gives the problem as a coded error.
func (p Problem) Error() error { return fault.At(fault.Invalid, p.Path, "%s", p.Message) }

// Parse reads a condition: a bare node, or {"version":1,"root":NODE}. What is not
// of the language is refused with fault.Invalid and its path: unknown or
// repeated fields, kinds and ops, fields that the kind does not have, more than
// MaxDepth levels or MaxLeaves leaves. Whether it fits a schema is told by Check.
func Parse(data []byte) (Node, error) {
	n, problems, err := ParseDraft(data)
	if err != nil {
		return Node{}, err
	}
	if len(problems) > 0 {
		return Node{}, problems[0].Error()
	}
	return n, nil
}

// ParseDraft reads a condition that someone is still building: what Parse would
// refuse in a node is listed, and the rest of the tree is kept. It fails only
// for what has no tree: no JSON, another version, a size beyond the bounds.
func ParseDraft(data []byte) (Node, []Problem, error) {
	t, err := decodeTree(data)
	if err != nil {
		return Node{}, nil, err
	}
	t, err = unwrap(t)
	if err != nil {
		return Node{}, nil, err
	}
	p := &parser{}
	n := p.node(t, "root", 1)
	if p.tooBig != nil {
		return Node{}, nil, p.tooBig
	}
	return n, p.problems, nil
}

// unwrap takes the node out of its versioned envelope.
func unwrap(t tree) (tree, error) {
	if t.kind != '{' {
		return t, fault.At(fault.Invalid, "root", "a condition is an object, not %s", t.names())
	}
	enveloped := slices.ContainsFunc(t.members, func(m member) bool { return m.name == "version" || m.name == "root" })
	if !enveloped {
		return t, nil
	}
	var root *tree
	version := "1"
	for i, m := range t.members {
		switch {
		case slices.ContainsFunc(t.members[:i], func(o member) bool { return o.name == m.name }):
			return t, fault.At(fault.Invalid, m.name, "the field %q is there twice", m.name)
		case m.name == "version":
			version = m.value.text
		case m.name == "root":
			root = &t.members[i].value
		default:
			return t, fault.At(fault.Invalid, m.name, "there is no field %q beside version and root", m.name)
		}
	}
	if version != "1" {
		return t, fault.At(fault.Invalid, "version", "version %s of conditions is newer than this program, which reads version 1", version)
	}
	if root == nil {
		return t, fault.At(fault.Invalid, "root", "the condition has no root")
	}
	return *root, nil
}

// fieldsOf tells which fields each kind has besides kind itself.
func fieldsOf(k Kind) ([]string, bool) {
	switch k {
	case Everyone:
		return nil, true
	case All, Any, None:
		return []string{"children"}, true
	case Attribute:
		return []string{"attribute", "op", "value", "values", "to", "unit"}, true
	case Event:
		return []string{"event", "measure", "property", "op", "value", "to", "window", "where"}, true
	case Sequence:
		return []string{"steps", "window"}, true
	case Segment:
		return []string{"segment", "op"}, true
	case Consent:
		return []string{"purpose", "op"}, true
	case Bucket:
		return []string{"salt", "from", "to"}, true
	}
	return nil, false
}

type parser struct {
	problems []Problem
	leaves   int
	tooBig   error
	owner    string // the path of the node being read
}

func (p *parser) problem(path, format string, args ...any) {
	for i, a := range args {
		switch v := a.(type) {
		case string:
			args[i] = shown(v)
		case Kind:
			args[i] = Kind(shown(string(v)))
		case Op:
			args[i] = Op(shown(string(v)))
		case Measure:
			args[i] = Measure(shown(string(v)))
		case Unit:
			args[i] = Unit(shown(string(v)))
		}
	}
	p.problems = append(p.problems, Problem{Path: path, Message: fmt.Sprintf(format, args...), Node: p.owner})
}

func (p *parser) node(t tree, path string, depth int) (n Node) {
	outer := p.owner
	p.owner = path
	defer func() { p.owner = outer }()
	if depth > MaxDepth {
		p.tooBig = fault.At(fault.Invalid, path, "the condition is nested deeper than %d levels", MaxDepth)
	}
	if p.tooBig != nil {
		return n
	}
	if t.kind != '{' {
		p.problem(path, "a condition is an object, not %s", t.names())
		return n
	}
	i := slices.IndexFunc(t.members, func(m member) bool { return m.name == "kind" })
	if i < 0 {
		p.problem(path+".kind", "the condition has no kind")
		return n
	}
	n.Kind = Kind(p.text(t.members[i].value, path+".kind"))
	fields, known := fieldsOf(n.Kind)
	if !known {
		p.problem(path+".kind", "there is no kind of condition %q", n.Kind)
		return n
	}
	p.fields(t, path, fields, "kind", fmt.Sprintf("a condition of kind %s", n.Kind), func(name string, v tree, at string) {
		p.nodeField(&n, name, v, at, depth)
	})
	if len(n.Children) == 0 {
		p.leaf(path)
	}
	return n
}

// fields calls one for each member that the kind of object has, and reports the
// unknown and the repeated.
func (p *parser) fields(t tree, path string, known []string, also, what string, one func(name string, v tree, at string)) {
	seen := make(map[string]bool, len(t.members))
	for _, m := range t.members {
		at := path + "." + shown(m.name)
		switch {
		case seen[m.name]:
			p.problem(at, "the field %q is there twice", m.name)
		case m.name == also:
		case !slices.Contains(known, m.name):
			p.problem(at, "%s has no field %q", what, m.name)
		default:
			one(m.name, m.value, at)
		}
		seen[m.name] = true
	}
}

func (p *parser) nodeField(n *Node, name string, v tree, at string, depth int) {
	switch name {
	case "children":
		n.Children = list(p, v, at, func(c tree, at string) Node { return p.node(c, at, depth+1) })
	case "attribute":
		n.Attribute = p.text(v, at)
	case "event":
		n.Event = p.text(v, at)
	case "measure":
		n.Measure = Measure(p.text(v, at))
		if n.Measure != "" && !slices.Contains(measures(), n.Measure) {
			p.problem(at, "there is no measure %q", n.Measure)
		}
	case "property":
		n.Property = p.text(v, at)
	case "op":
		n.Op = p.op(v, at, opsOfKind(n.Kind))
	case "value":
		n.Value = p.literal(v, at)
	case "values":
		n.Values = p.values(v, at)
	case "to":
		if n.Kind == Bucket {
			n.BucketTo = p.whole(v, at)
			return
		}
		n.To = p.literal(v, at)
	case "unit":
		n.Unit = p.unit(v, at)
	case "window":
		n.Window = p.window(v, at)
	case "where":
		n.Where = list(p, v, at, func(w tree, at string) Where { return p.where(w, at, 1) })
	case "steps":
		n.Steps = list(p, v, at, p.step)
	case "segment":
		n.Segment = p.text(v, at)
	case "purpose":
		n.Purpose = p.text(v, at)
	case "salt":
		n.Salt = p.text(v, at)
	case "from":
		n.From = p.whole(v, at)
	}
}

func list[T any](p *parser, t tree, path string, one func(tree, string) T) []T {
	if t.kind != '[' {
		p.problem(path, "this must be a list, not %s", t.names())
		return nil
	}
	items := make([]T, 0, len(t.items))
	for i, item := range t.items {
		items = append(items, one(item, path+"["+strconv.Itoa(i)+"]"))
	}
	return items
}

func (p *parser) text(t tree, path string) string {
	switch {
	case t.kind != '"':
		p.problem(path, "this must be a text, not %s", t.names())
		return ""
	case len(t.text) > MaxName:
		p.problem(path, "the name is longer than %d bytes", MaxName)
		return ""
	}
	return t.text
}

func (p *parser) literal(t tree, path string) json.RawMessage {
	if !t.isScalar() {
		p.problem(path, "this must be a text, a number, true or false, not %s", t.names())
		return nil
	}
	switch {
	case t.kind == '"' && len(t.text) > MaxText:
		p.problem(path, "the text is longer than %d bytes", MaxText)
		return nil
	case t.kind == '0' && len(t.text) > maxDigits:
		p.problem(path, "the number has more than %d characters", maxDigits)
		return nil
	}
	return t.raw()
}

func (p *parser) values(t tree, path string) []json.RawMessage {
	if len(t.items) > MaxValues {
		p.problem(path, "the list has more than %d values", MaxValues)
		return nil
	}
	return list(p, t, path, p.literal)
}

// leaf counts one more of what a condition may only have so many of.
func (p *parser) leaf(path string) {
	p.leaves++
	if p.leaves > MaxLeaves && p.tooBig == nil {
		p.tooBig = fault.At(fault.Invalid, path, "the condition has more than %d leaves", MaxLeaves)
	}
}

func (p *parser) whole(t tree, path string) *int {
	n, err := strconv.Atoi(t.text)
	if t.kind != '0' || err != nil {
		p.problem(path, "this must be a whole number")
		return nil
	}
	return &n
}

func (p *parser) op(t tree, path string, known []Op) Op {
	op := Op(p.text(t, path))
	if op != "" && !slices.Contains(known, op) {
		p.problem(path, "there is no operator %q here", op)
	}
	return op
}

func (p *parser) unit(t tree, path string) Unit {
	u := Unit(p.text(t, path))
	if u != "" && !slices.Contains(Units, u) {
		p.problem(path, "there is no unit %q; use minute, hour, day, week or month", u)
	}
	return u
}
