package dialect

import (
	"fmt"
	"strings"
)

// loop is what forloop names.
type loop struct {
	name   string
	length int
	index  int // from 0
	parent *loop
}

func (l *loop) property(name string) any {
	switch name {
	case "length":
		return int64(l.length)
	case "index":
		return int64(l.index + 1)
	case "index0":
		return int64(l.index)
	case "rindex":
		return int64(l.length - l.index)
	case "rindex0":
		return int64(l.length - l.index - 1)
	case "first":
		return l.index == 0
	case "last":
		return l.index == l.length-1
	case "name":
		return l.name
	case "parentloop":
		if l.parent != nil {
			return l.parent
		}
	}
	return nil
}

// looping is what for and tablerow share: what is looped over, and which part.
type looping struct {
	variable   string
	collection expression
	reversed   bool
	limit      expression
	start      expression
	goOn       bool // offset:continue
	key        string
	uses       []use
}

// forNode is a for loop.
type forNode struct {
	at
	looping
	body, otherwise []node
	isBlank         bool
}

func (n *forNode) blank() bool { return n.isBlank }

func forTag(b *builder, t *token) (node, *Error) {
	n := &forNode{at: at(t.at)}
	var err *Error
	if n.looping, err = b.looping(t, nil); err != nil {
		return nil, err
	}
	var end *token
	if n.body, end, err = b.body("else", "endfor"); err != nil {
		return nil, err
	}
	if end != nil && end.name == "else" {
		if n.otherwise, end, err = b.body("endfor"); err != nil {
			return nil, err
		}
	}
	if end == nil {
		return nil, b.unclosed(t)
	}
	n.isBlank = allBlank(n.body) && allBlank(n.otherwise)
	withoutBlanks(&n.body, &n.otherwise)
	return n, nil
}

// looping reads "item in list reversed limit:2 offset:1", and what else takes.
func (b *builder) looping(t *token, also map[string]*expression) (l looping, err *Error) {
	p, err := b.words(t)
	if err != nil {
		return l, err
	}
	if l.variable, err = p.id("the name of a variable after “" + t.name + "”"); err != nil {
		return l, err
	}
	if !p.accept(nameWord, "in") {
		return l, p.unexpected(p.peek(), "“in” after the variable")
	}
	from := p.peek().at
	if l.collection, err = p.expression(); err != nil {
		return l, err
	}
	written := strings.TrimSpace(t.body[from-t.from : max(from, p.peek().at)-t.from])
	l.key = l.variable + "-" + written
	for p.peek().kind != endWord {
		if p.accept(nameWord, "reversed") {
			l.reversed = true
			continue
		}
		if p.accept(markWord, ",") {
			continue
		}
		if err := p.loopOption(&l, also); err != nil {
			return l, err
		}
	}
	l.uses = p.uses
	return l, nil
}

func (p *parser) loopOption(l *looping, also map[string]*expression) *Error {
	w := p.peek()
	name, err := p.id("limit, offset or reversed")
	if err != nil {
		return err
	}
	target := also[name]
	switch name {
	case "limit":
		target = &l.limit
	case "offset":
		target = &l.start
	}
	if target == nil {
		return p.src.errorf(w.at, "syntax error: a loop has no option “%s”; it has limit, offset and reversed", name)
	}
	if err := p.expect(":"); err != nil {
		return err
	}
	if name == "offset" && p.accept(nameWord, "continue") {
		l.goOn = true
		return nil
	}
	*target, err = p.expression()
	return err
}

// series is the part of a collection that is looped over.
type series struct {
	list  []any
	whole *Range // instead of list
	from  int
	count int
	back  bool
}

func (s *series) at(i int) any {
	if s.back {
		i = s.count - 1 - i
	}
	if s.whole != nil {
		return s.whole.First + int64(s.from+i)
	}
	return canon(s.list[s.from+i])
}

// series cuts the part out. It remembers where offset:continue goes on.
func (l *looping) series(r *run) (s series, err error) {
	v, err := l.collection.eval(r)
	if err != nil {
		return s, err
	}
	var total int
	switch v := v.(type) {
	case Range:
		s.whole, total = &v, v.Len()
	default:
		s.list = iterated(v)
		total = len(s.list)
	}
	switch {
	case l.goOn:
		s.from = r.offsets[l.key]
	case l.start != nil:
		if s.from, err = whole(r, l.start); err != nil {
			return s, err
		}
	}
	s.from = min(max(s.from, 0), total)
	s.count = total - s.from
	if l.limit != nil {
		limit, err := whole(r, l.limit)
		if err != nil {
			return s, err
		}
		s.count = min(s.count, max(limit, 0))
	}
	s.back = l.reversed
	if r.offsets == nil {
		r.offsets = map[string]int{}
	}
	r.offsets[l.key] = s.from + s.count
	return s, nil
}

// iterated gives what a loop goes over: a list's items, an object's pairs, a
// text as one item.
func iterated(v any) []any {
	switch v := v.(type) {
	case []any:
		return v
	case *Map:
		pairs := make([]any, 0, len(v.values))
		for _, k := range v.Keys() {
			pairs = append(pairs, []any{k, v.values[k]})
		}
		return pairs
	case string, HTML:
		if text(v) != "" {
			return []any{v}
		}
	}
	return nil
}

// whole evaluates to a whole number, which limits and offsets must be.
func whole(r *run, e expression) (int, error) {
	v, err := e.eval(r)
	if err != nil {
		return 0, err
	}
	n, ok := toInteger(v)
	if !ok && v != nil {
		return 0, fmt.Errorf("invalid integer: %s", inspect(v))
	}
	return int(n), nil
}

// toInteger gives a whole number, also out of a text that is one.
func toInteger(v any) (int64, bool) {
	switch v := v.(type) {
	case int64:
		return v, true
	case float64:
		if v >= -1e15 && v <= 1e15 {
			return int64(v), true
		}
	case string:
		return wholeText(v)
	case HTML:
		return wholeText(string(v))
	}
	if d, ok := asDecimal(v); ok {
		n, _, ok := d.Int64(0)
		return n, ok
	}
	return 0, false
}

func (n *forNode) render(r *run) (flow, error) {
	outer := r.chain
	r.chain = nil
	defer func() { r.chain = outer }()
	s, err := n.series(r)
	if err != nil {
		return onward, err
	}
	if s.count == 0 {
		return r.nodes(n.otherwise)
	}
	l := &loop{name: n.key, length: s.count}
	if len(r.loops) > 0 {
		l.parent = r.loops[len(r.loops)-1]
	}
	r.loops = append(r.loops, l)
	r.frames = append(r.frames, frame{name: n.variable, loop: l})
	mine := len(r.frames) - 1
	defer func() {
		r.loops = r.loops[:len(r.loops)-1]
		r.frames = r.frames[:mine]
	}()
	for i := range s.count {
		if err := r.step(); err != nil {
			return onward, err
		}
		l.index = i
		r.frames[mine].value = s.at(i)
		f, err := r.nodes(n.body)
		if err != nil {
			return onward, err
		}
		if f == breaking {
			break
		}
	}
	return onward, nil
}

// jumpNode is break and continue.
type jumpNode struct {
	at
	flow flow
}

func (*jumpNode) blank() bool { return false }

func (n *jumpNode) render(*run) (flow, error) { return n.flow, nil }

func breakTag(b *builder, t *token) (node, *Error) { return b.jump(t, breaking) }

func continueTag(b *builder, t *token) (node, *Error) { return b.jump(t, continuing) }

func (b *builder) jump(t *token, f flow) (node, *Error) {
	p, err := b.words(t)
	if err != nil {
		return nil, err
	}
	return &jumpNode{at(t.at), f}, p.done()
}
