package dialect

import (
	"fmt"
	"unicode/utf8"
)

func (l literal) eval(*run) (any, error) { return l.value, nil }

func (l rangeLiteral) eval(r *run) (any, error) {
	first, err := l.bound(r, l.first)
	if err != nil {
		return nil, err
	}
	last, err := l.bound(r, l.last)
	if err != nil {
		return nil, err
	}
	return Range{first, last}, nil
}

func (rangeLiteral) bound(r *run, e expression) (int64, error) {
	v, err := e.eval(r)
	if err != nil {
		return 0, err
	}
	switch n := asNumber(v).(type) {
	case int64:
		return n, nil
	default:
		if f, ok := v.(float64); ok && (f != f || f > 1e15 || f < -1e15) {
			return 0, fmt.Errorf("a range cannot reach to %s", text(v))
		}
		return int64(asFloat(n)), nil
	}
}

// eval gives the variable's value. What is missing is nil, and is reported when
// the chain's value is about to be written.
func (v *variable) eval(r *run) (any, error) {
	var value any
	if v.root != nil {
		root, err := v.root.eval(r)
		if err != nil {
			return nil, err
		}
		value = root
		if _, isLiteral := v.root.(literal); !isLiteral {
			value = nil
			if isText(root) {
				value = r.lookup(text(root))
			}
		}
	} else {
		value = r.lookup(v.name)
	}
	for i := range v.steps {
		if value == nil {
			break
		}
		next, err := v.steps[i].in(r, value)
		if err != nil {
			return nil, err
		}
		value = next
	}
	if value == nil && r.chain != nil {
		r.missed(v)
	}
	return value, nil
}

// in looks the step up in a value.
func (s *step) in(r *run, value any) (any, error) {
	if s.index == nil {
		return property(value, s.name), nil
	}
	index, err := s.index.eval(r)
	if err != nil {
		return nil, err
	}
	switch i := index.(type) {
	case int64:
		return item(value, i), nil
	case float64:
		return item(value, int64(i)), nil
	case string:
		return key(value, i), nil
	case HTML:
		return key(value, string(i)), nil
	}
	return nil, nil
}

// key looks a name up in an object; for other values it is a property.
func key(value any, name string) any {
	if m, ok := value.(*Map); ok {
		v, _ := m.Get(name)
		return canon(v)
	}
	if _, list := value.([]any); list {
		return nil
	}
	return property(value, name)
}

// property gives what a value has under a name: an object's key, or size, first
// and last, and what loops know of themselves.
func property(value any, name string) any {
	switch v := value.(type) {
	case *Map:
		if x, ok := v.Get(name); ok {
			return canon(x)
		}
		switch name {
		case "size":
			return int64(len(v.values))
		case "first":
			if keys := v.Keys(); len(keys) > 0 {
				return []any{keys[0], v.values[keys[0]]}
			}
		}
	case []any:
		switch name {
		case "size":
			return int64(len(v))
		case "first":
			return item(v, 0)
		case "last":
			return item(v, -1)
		}
	case string:
		if name == "size" {
			return int64(utf8.RuneCountInString(v))
		}
	case HTML:
		if name == "size" {
			return int64(utf8.RuneCountInString(string(v)))
		}
	case Range:
		switch name {
		case "size":
			return int64(v.Len())
		case "first":
			return v.First
		case "last":
			return v.Last
		}
	case *loop:
		return v.property(name)
	case *tableLoop:
		return v.property(name)
	}
	return nil
}

// item gives an item of a list; negative indices count from the end.
func item(value any, i int64) any {
	switch v := value.(type) {
	case []any:
		if i < 0 {
			i += int64(len(v))
		}
		if i >= 0 && i < int64(len(v)) {
			return canon(v[i])
		}
	case Range:
		n := int64(v.Len())
		if i < 0 {
			i += n
		}
		if i >= 0 && i < n {
			return v.First + i
		}
	case *Map:
		x, _ := v.Get(text(i))
		return canon(x)
	}
	return nil
}

// value runs the chain.
func (c *chain) value(r *run) (any, error) {
	v, err := c.input.eval(r)
	if err != nil {
		return nil, err
	}
	for i := range c.calls {
		if v, err = c.calls[i].apply(r, v); err != nil {
			return nil, c.placed(&c.calls[i], err)
		}
	}
	return v, nil
}

func (c *chain) placed(f *call, err error) error {
	e := c.src.errorf(f.at, "%s", err)
	if l, ok := err.(*limitError); ok { //nolint:errorlint // apply returns it bare
		e.Limit, e.Message = true, l.message+" (at the filter “"+f.name+"”)"
	}
	return e
}

func (c *call) apply(r *run, input any) (any, error) {
	if c.filter == nil {
		return input, nil
	}
	in := filterInput{run: r, value: input}
	if len(c.args) > 0 {
		in.args = make([]any, len(c.args))
		for i, a := range c.args {
			v, err := a.eval(r)
			if err != nil {
				return nil, err
			}
			in.args[i] = v
		}
	}
	for _, n := range c.named {
		v, err := n.value.eval(r)
		if err != nil {
			return nil, err
		}
		if in.named == nil {
			in.named = map[string]any{}
		}
		in.named[n.name] = v
	}
	v, err := c.filter.apply(in)
	if err != nil {
		return nil, err
	}
	return v, r.spend(v)
}

// test is a condition: comparisons joined by and and or, from the right.
type test struct {
	left, right expression
	op          string // "" when left stands alone
	join        string // and, or
	rest        *test
	uses        []use
}

func (t *test) holds(r *run) (bool, error) {
	for {
		ok, err := t.compare(r)
		if err != nil || t.rest == nil || t.join == "and" && !ok || t.join == "or" && ok {
			return ok, err
		}
		t = t.rest
	}
}

func (t *test) compare(r *run) (bool, error) {
	a, err := t.left.eval(r)
	if err != nil {
		return false, err
	}
	if t.op == "" {
		return truthy(a), nil
	}
	b, err := t.right.eval(r)
	if err != nil {
		return false, err
	}
	switch t.op {
	case "==":
		return equal(a, b), nil
	case "!=", "<>":
		return !equal(a, b), nil
	case "contains":
		return has(a, b), nil
	}
	return relation(t.op, a, b)
}

// test reads a condition up to the end of the tag.
func (p *parser) test() (*test, *Error) {
	first, err := p.tests(0)
	if err != nil {
		return nil, err
	}
	first.uses = p.uses
	return first, p.done()
}

// maxTests is how many comparisons one condition may join.
const maxTests = 500

func (p *parser) tests(n int) (*test, *Error) {
	t := &test{}
	var err *Error
	if t.left, err = p.expression(); err != nil {
		return nil, err
	}
	if w := p.peek(); w.kind == opWord || w.kind == nameWord && w.text == "contains" {
		t.op = p.next().text
		if t.right, err = p.expression(); err != nil {
			return nil, err
		}
	}
	if w := p.peek(); w.kind == nameWord && (w.text == "and" || w.text == "or") {
		if n >= maxTests {
			return nil, p.src.errorf(w.at, "more than %d comparisons in one condition", maxTests)
		}
		t.join = p.next().text
		t.rest, err = p.tests(n + 1)
	}
	return t, err
}
