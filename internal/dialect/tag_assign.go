package dialect

import (
	"strconv"
	"strings"
)

// assignNode is assign; capture is captureNode.
type assignNode struct {
	at
	name  string
	chain *chain
}

func (*assignNode) blank() bool { return true }

func (n *assignNode) render(r *run) (flow, error) {
	outer := r.chain
	r.chain = nil
	v, err := n.chain.value(r)
	r.chain = outer
	if err == nil {
		r.assign(n.name, v)
	}
	return onward, err
}

func assignTag(b *builder, t *token) (node, *Error) {
	name, rest, ok := strings.Cut(t.body, "=")
	name = strings.TrimSpace(name)
	if !ok || !isName(name) {
		return nil, b.src.errorf(t.from, "syntax error in “assign”: it is written “assign name = value”")
	}
	value := *t
	value.body, value.from = rest, t.from+len(t.body)-len(rest)
	c, err := b.chain(&value)
	if err != nil {
		return nil, err
	}
	return &assignNode{at(t.at), name, c}, nil
}

// isName reports whether a text can name a variable.
func isName(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isWord(s[i]) && s[i] != '-' && s[i] < 0x80 {
			return false
		}
	}
	return s != ""
}

// captureNode keeps what its body writes.
type captureNode struct {
	at
	name string
	body []node
}

func (*captureNode) blank() bool { return true }

func (n *captureNode) render(r *run) (flow, error) {
	s, f, err := r.captured(n.body)
	if err != nil {
		return onward, err
	}
	// Values are escaped already where the engine escapes.
	if r.engine.options.Escape == EscapeHTML {
		r.assign(n.name, HTML(s))
	} else {
		r.assign(n.name, s)
	}
	return f, nil
}

func captureTag(b *builder, t *token) (node, *Error) {
	name := strings.Trim(strings.TrimSpace(t.body), `'"`)
	if !isName(name) {
		return nil, b.src.errorf(t.from, "syntax error in “capture”: it is written “capture name”")
	}
	body, end, err := b.body("endcapture")
	if err != nil {
		return nil, err
	}
	if end == nil {
		return nil, b.unclosed(t)
	}
	return &captureNode{at(t.at), name, body}, nil
}

// countNode is increment and decrement. Their counters are apart from variables.
type countNode struct {
	at
	name string
	down bool
}

func (*countNode) blank() bool { return false }

func (n *countNode) render(r *run) (flow, error) {
	if r.counters == nil {
		r.counters = map[string]int64{}
	}
	v, ok := r.counters[n.name]
	if !ok {
		if bound, isInt := canon(r.bindings[n.name]).(int64); isInt {
			v = bound
		}
	}
	if n.down {
		r.counters[n.name] = v - 1
		return onward, r.write(strconv.FormatInt(v-1, 10))
	}
	r.counters[n.name] = v + 1
	return onward, r.write(strconv.FormatInt(v, 10))
}

func countTag(b *builder, t *token) (node, *Error) {
	name := strings.TrimSpace(t.body)
	if !isName(name) {
		return nil, b.src.errorf(t.from, "syntax error in “%s”: it is written “%s name”", t.name, t.name)
	}
	return &countNode{at(t.at), name, t.name == "decrement"}, nil
}

// cycleNode writes its values in turn.
type cycleNode struct {
	at
	group  expression // nil: key tells which
	key    string
	values []expression
	uses   []use
}

func (*cycleNode) blank() bool { return false }

func (n *cycleNode) render(r *run) (flow, error) {
	key := n.key
	if n.group != nil {
		v, err := n.group.eval(r)
		if err != nil {
			return onward, err
		}
		key = "named " + text(v)
	}
	if r.cycles == nil {
		r.cycles = map[string]int{}
	}
	i := r.cycles[key]
	if i >= len(n.values) {
		i = 0
	}
	v, err := n.values[i].eval(r)
	if err != nil {
		return onward, err
	}
	if i++; i >= len(n.values) {
		i = 0
	}
	r.cycles[key] = i
	return onward, r.put(v)
}

func cycleTag(b *builder, t *token) (node, *Error) {
	n := &cycleNode{at: at(t.at)}
	p, err := b.words(t)
	if err != nil {
		return nil, err
	}
	first, err := p.expression()
	if err != nil {
		return nil, err
	}
	if p.accept(markWord, ":") {
		n.group = first
	} else {
		n.values = append(n.values, first)
		if !p.accept(markWord, ",") && p.peek().kind != endWord {
			return nil, p.unexpected(p.peek(), "“,” or “:”")
		}
	}
	for p.peek().kind != endWord {
		v, err := p.expression()
		if err != nil {
			return nil, err
		}
		n.values = append(n.values, v)
		if !p.accept(markWord, ",") {
			break
		}
	}
	if len(n.values) == 0 {
		return nil, p.unexpected(p.peek(), "a value to cycle through")
	}
	// Equal lists of literals share their turn; a list with variables has its own.
	n.key = "list " + strings.TrimSpace(t.body)
	if len(p.uses) > 0 {
		n.key = "tag " + b.src.name + " " + strconv.Itoa(t.at)
	}
	n.uses = p.uses
	return n, p.done()
}

// changedNode writes its body when it differs from what it was.
type changedNode struct {
	at
	body []node
}

func (n *changedNode) blank() bool { return allBlank(n.body) }

func (n *changedNode) render(r *run) (flow, error) {
	s, f, err := r.captured(n.body)
	if err != nil {
		return onward, err
	}
	// One memory for all ifchanged tags, as Liquid has it.
	if r.changed != nil && *r.changed == s {
		return f, nil
	}
	r.changed = &s
	return f, r.write(s)
}

func changedTag(b *builder, t *token) (node, *Error) {
	body, end, err := b.body("endifchanged")
	if err != nil {
		return nil, err
	}
	if end == nil {
		return nil, b.unclosed(t)
	}
	return &changedNode{at(t.at), body}, nil
}
