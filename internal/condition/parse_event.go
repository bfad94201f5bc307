package condition

import (
	"slices"

	"github.com/mailwright/mailwright/internal/fault"
)

func (p *parser) window(t tree, path string) *Window {
	if t.kind != '{' {
		p.problem(path, "a window is an object, not %s", t.names())
		return nil
	}
	w := &Window{}
	p.fields(t, path, []string{"last", "before_last", "unit", "from", "to"}, "", "a window", func(name string, v tree, at string) {
		switch name {
		case "last":
			w.Last = p.positive(v, at)
		case "before_last":
			w.BeforeLast = p.positive(v, at)
		case "unit":
			w.Unit = p.unit(v, at)
		case "from":
			w.From = p.text(v, at)
		case "to":
			w.To = p.text(v, at)
		}
	})
	return w
}

func (p *parser) positive(t tree, path string) int {
	n := p.whole(t, path)
	if n == nil {
		return 0
	}
	if *n < 1 {
		p.problem(path, "this must be 1 or more")
	}
	return *n
}

func (p *parser) where(t tree, path string, depth int) (w Where) {
	if depth > MaxDepth {
		p.tooBig = fault.At(fault.Invalid, path, "the tests are nested deeper than %d levels", MaxDepth)
	}
	if p.tooBig != nil {
		return w
	}
	if t.kind != '{' {
		p.problem(path, "a test of an event's property is an object, not %s", t.names())
		return w
	}
	deeper := func(t tree, at string) Where { return p.where(t, at, depth+1) }
	known := []string{"property", "op", "value", "values", "to", "unit"}
	if slices.ContainsFunc(t.members, func(m member) bool { return m.name == "any" || m.name == "none" }) {
		known = []string{t.members[0].name}
	} else {
		p.leaf(path)
	}
	p.fields(t, path, known, "", "a test of an event's property", func(name string, v tree, at string) {
		switch name {
		case "property":
			w.Property = p.text(v, at)
		case "op":
			w.Op = p.op(v, at, opsOfKind(Attribute))
		case "value":
			w.Value = p.literal(v, at)
		case "values":
			w.Values = p.values(v, at)
		case "to":
			w.To = p.literal(v, at)
		case "unit":
			w.Unit = p.unit(v, at)
		case "any":
			w.Any = list(p, v, at, deeper)
		case "none":
			w.None = list(p, v, at, deeper)
		}
	})
	return w
}

func (p *parser) step(t tree, path string) (s Step) {
	if p.leaf(path); p.tooBig != nil {
		return s
	}
	if t.kind != '{' {
		p.problem(path, "a step is an object, not %s", t.names())
		return s
	}
	p.fields(t, path, []string{"event", "op", "within", "where"}, "", "a step", func(name string, v tree, at string) {
		switch name {
		case "event":
			s.Event = p.text(v, at)
		case "op":
			s.Op = p.op(v, at, []Op{Did, DidNot})
		case "within":
			s.Within = p.window(v, at)
		case "where":
			s.Where = list(p, v, at, func(w tree, at string) Where { return p.where(w, at, 1) })
		}
	})
	return s
}
