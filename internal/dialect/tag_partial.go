package dialect

import (
	"errors"
	"maps"
	"strings"
)

// partialNode is include and render.
type partialNode struct {
	at
	name     expression
	isolated bool // render
	with     expression
	each     bool // for: once for each item of with
	alias    string
	args     []namedArg
	uses     []use
}

func (*partialNode) blank() bool { return false }

func includeTag(b *builder, t *token) (node, *Error) { return b.partial(t, false) }

func renderTag(b *builder, t *token) (node, *Error) { return b.partial(t, true) }

func (b *builder) partial(t *token, isolated bool) (node, *Error) {
	n := &partialNode{at: at(t.at), isolated: isolated}
	p, err := b.words(t)
	if err != nil {
		return nil, err
	}
	if w := p.peek(); isolated && w.kind != stringWord {
		return nil, b.src.errorf(w.at, "syntax error in “render”: the partial's name is a string in quotes")
	}
	if n.name, err = p.expression(); err != nil {
		return nil, err
	}
	if w := p.peek(); w.kind == nameWord && (w.text == "with" || w.text == "for") && !colonAfter(p) {
		p.next()
		n.each = w.text == "for"
		if n.with, err = p.expression(); err != nil {
			return nil, err
		}
	}
	if p.accept(nameWord, "as") {
		if n.alias, err = p.id("a name after “as”"); err != nil {
			return nil, err
		}
	}
	for p.peek().kind != endWord {
		if p.accept(markWord, ",") {
			continue
		}
		name, err := p.id("the name of an argument")
		if err != nil {
			return nil, err
		}
		if err := p.expect(":"); err != nil {
			return nil, err
		}
		v, err := p.expression()
		if err != nil {
			return nil, err
		}
		n.args = append(n.args, namedArg{name, v})
	}
	n.uses = p.uses
	return n, nil
}

func colonAfter(p *parser) bool {
	w := p.words[min(p.at+1, len(p.words)-1)]
	return w.kind == markWord && w.text == ":"
}

func (n *partialNode) render(r *run) (flow, error) {
	outer := r.chain
	r.chain = nil
	defer func() { r.chain = outer }()
	if r.isolated && !n.isolated {
		return onward, errors.New("include usage is not allowed in this context")
	}
	v, err := n.name.eval(r)
	if err != nil {
		return onward, err
	}
	if !isText(v) {
		return onward, errors.New("Illegal template name: a partial's name is a text") //nolint:staticcheck // Liquid's words
	}
	name := text(v)
	t, err := r.engine.partial(name)
	if err != nil {
		return onward, err
	}
	if r.depth >= maxDepth {
		return onward, errors.New("Nesting too deep: partials stand 100 deep in one another") //nolint:staticcheck // Liquid's words
	}
	var with any
	if n.with != nil {
		if with, err = n.with.eval(r); err != nil {
			return onward, err
		}
	}
	alias := n.alias
	if alias == "" {
		alias = name[strings.LastIndexByte(name, '/')+1:]
	}
	if n.isolated {
		return onward, n.renderIsolated(r, t, alias, with)
	}
	return n.include(r, t, alias, with)
}

// include renders within the scope it stands in.
func (n *partialNode) include(r *run, t *Template, alias string, with any) (flow, error) {
	r.frames = append(r.frames, frame{vars: map[string]any{}})
	mine := len(r.frames) - 1
	defer func() { r.frames = r.frames[:mine] }()
	for _, a := range n.args {
		v, err := a.value.eval(r)
		if err != nil {
			return onward, err
		}
		r.frames[mine].vars[a.name] = v
	}
	if list, ok := with.([]any); ok {
		for _, item := range list {
			r.frames[mine].vars[alias] = canon(item)
			if f, err := r.within(t); err != nil || f != onward {
				return f, err
			}
		}
		return onward, nil
	}
	if n.with == nil {
		with = r.lookup(alias)
	}
	r.frames[mine].vars[alias] = with
	return r.within(t)
}

// within renders a partial's nodes with its places.
func (r *run) within(t *Template) (flow, error) {
	if err := r.step(); err != nil {
		return onward, err
	}
	src := r.src
	r.src = t.src
	r.depth++
	f, err := r.nodes(t.nodes)
	r.depth--
	r.src = src
	return f, err
}

// renderIsolated renders in a scope of its own, which sees the bindings and the
// arguments and nothing that was assigned.
func (n *partialNode) renderIsolated(r *run, t *Template, alias string, with any) error {
	vars := map[string]any{}
	for _, a := range n.args {
		v, err := a.value.eval(r)
		if err != nil {
			return err
		}
		vars[a.name] = v
	}
	outer := r.scope
	defer func() { r.scope = outer }()
	if n.each {
		items, isList := loopItems(with)
		if isList {
			l := &loop{name: alias, length: len(items)}
			for i, item := range items {
				l.index = i
				if err := r.isolate(t, vars, alias, canon(item), l); err != nil {
					return err
				}
			}
			return nil
		}
	}
	if n.with != nil {
		return r.isolate(t, vars, alias, with, nil)
	}
	return r.isolate(t, vars, "", nil, nil)
}

// loopItems gives what "render … for" goes over.
func loopItems(v any) ([]any, bool) {
	switch v := v.(type) {
	case []any:
		return v, true
	case Range:
		if v.Len() > MaxSteps {
			return make([]any, MaxSteps+1), true // the steps' limit refuses it
		}
		items := make([]any, v.Len())
		for i := range items {
			items[i] = v.First + int64(i)
		}
		return items, true
	case nil:
		return nil, true
	}
	return nil, false
}

func (r *run) isolate(t *Template, args map[string]any, alias string, value any, l *loop) error {
	vars := make(map[string]any, len(args)+1)
	maps.Copy(vars, args)
	if alias != "" {
		vars[alias] = value
	}
	r.scope = scope{bindings: r.bindings, vars: vars, isolated: true}
	if l != nil {
		r.frames = append(r.frames, frame{loop: l})
	}
	_, err := r.within(t) // break and continue end at the partial's end
	return err
}
