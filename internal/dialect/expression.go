package dialect

import (
	"strconv"
	"strings"
)

// expression is something that has a value.
type expression interface {
	eval(*run) (any, error)
}

// literal is a value written in the source.
type literal struct{ value any }

// rangeLiteral is (first..last).
type rangeLiteral struct{ first, last expression }

// variable is a name with what is looked up in it.
type variable struct {
	name  string     // "" when dynamic
	root  expression // ['name'], for dynamic roots
	steps []step
	at    int
}

// step is one look-up: a property by name, or an index.
type step struct {
	name  string
	index expression // nil for .name
}

// path gives the variable as written, with literal indices; [ ] for others.
func (v *variable) path() string {
	if len(v.steps) == 0 {
		return v.name
	}
	var b strings.Builder
	b.WriteString(v.name)
	for _, s := range v.steps {
		switch l, ok := s.index.(literal); {
		case s.index == nil:
			b.WriteString("." + s.name)
		case ok:
			b.WriteString("[" + text(l.value) + "]")
		default:
			b.WriteString("[ ]")
		}
	}
	return b.String()
}

// chain is an expression and the filters it passes through.
type chain struct {
	src   *source
	input expression
	calls []call
	uses  []use // of variables, in the order of evaluation
}

// use is a variable in a chain and whether a later default filter covers it.
type use struct {
	variable *variable
	covered  bool
}

// call is one filter with its arguments.
type call struct {
	name   string
	at     int
	filter *filter // nil: unknown, passes its input through (lax)
	args   []expression
	named  []namedArg
}

type namedArg struct {
	name  string
	value expression
}

// parser reads the words of one expression or tag.
type parser struct {
	engine *Engine
	src    *source
	words  []word
	at     int
	depth  int
	uses   []use
}

func (e *Engine) words(src *source, body string, from int) (*parser, *Error) {
	w, err := words(src, body, from)
	if err != nil {
		return nil, err
	}
	return &parser{engine: e, src: src, words: w}, nil
}

func (p *parser) peek() word { return p.words[p.at] }

func (p *parser) next() word {
	w := p.words[p.at]
	if w.kind != endWord {
		p.at++
	}
	return w
}

// accept takes the next word when it is this mark or name.
func (p *parser) accept(kind wordKind, text string) bool {
	if w := p.peek(); w.kind == kind && w.text == text {
		p.at++
		return true
	}
	return false
}

func (p *parser) expect(mark string) *Error {
	if p.accept(markWord, mark) {
		return nil
	}
	return p.unexpected(p.peek(), "“"+mark+"”")
}

// unexpected says what stands where something else should.
func (p *parser) unexpected(w word, wanted string) *Error {
	return p.src.errorf(w.at, "syntax error: expected %s, found %s", wanted, w)
}

// done refuses what is left over.
func (p *parser) done() *Error {
	if w := p.peek(); w.kind != endWord {
		return p.src.errorf(w.at, "syntax error: did not expect %s here", w)
	}
	return nil
}

// id reads a plain name.
func (p *parser) id(what string) (string, *Error) {
	w := p.next()
	if w.kind != nameWord {
		return "", p.unexpected(w, what)
	}
	return w.text, nil
}

// chain reads an expression with its filters, up to the end of the tag.
func (p *parser) chain() (*chain, *Error) {
	c := &chain{src: p.src}
	if p.peek().kind == endWord {
		c.input = literal{nil}
		return c, nil
	}
	input, err := p.expression()
	if err != nil {
		return nil, err
	}
	c.input = input
	lastDefault := -1 // the uses before this index are covered
	for p.accept(markWord, "|") {
		if p.engine.options.Lax {
			for p.accept(markWord, "|") { // “||” counts as one
			}
			if p.peek().kind == endWord {
				break
			}
		}
		before := len(p.uses)
		f, err := p.call()
		if err != nil {
			return nil, err
		}
		if f.name == "default" {
			lastDefault = before
		}
		c.calls = append(c.calls, f)
	}
	for i := range p.uses {
		p.uses[i].covered = i < lastDefault
	}
	c.uses = p.uses
	return c, p.done()
}

func (p *parser) call() (call, *Error) {
	w := p.next()
	if w.kind != nameWord {
		return call{}, p.src.errorf(w.at, "syntax error: Expected id, the name of a filter, after “|”, found %s", w)
	}
	c := call{name: w.text, at: w.at}
	if p.accept(markWord, ":") {
		for {
			if err := p.argument(&c); err != nil {
				return c, err
			}
			if !p.accept(markWord, ",") || p.peek().kind == endWord {
				break
			}
		}
	}
	return c, p.engine.resolve(p.src, &c)
}

func (p *parser) argument(c *call) *Error {
	if w := p.peek(); w.kind == nameWord && p.words[p.at+1].kind == markWord && p.words[p.at+1].text == ":" {
		p.at += 2
		v, err := p.expression()
		if err != nil {
			return err
		}
		c.named = append(c.named, namedArg{w.text, v})
		return nil
	}
	v, err := p.expression()
	if err != nil {
		return err
	}
	c.args = append(c.args, v)
	return nil
}

// maxExpression is how deep indices may nest.
const maxExpression = 100

// expression reads a literal, a range or a variable.
func (p *parser) expression() (expression, *Error) {
	if p.depth++; p.depth > maxExpression {
		return nil, p.src.errorf(p.peek().at, "nesting too deep")
	}
	defer func() { p.depth-- }()
	w := p.next()
	switch w.kind {
	case stringWord:
		return p.noSteps(literal{w.text})
	case intWord:
		return p.noSteps(literal{intValue(w.text)})
	case floatWord:
		f, _ := strconv.ParseFloat(w.text, 64) // the lexer gives digits only; too large is Inf
		return p.noSteps(literal{f})
	case nameWord:
		if l, ok := keyword(w.text); ok && !p.stepAhead() {
			return l, nil
		}
		return p.variable(&variable{name: w.text, at: w.at})
	case markWord:
		switch w.text {
		case "(":
			return p.rangeLiteral()
		case "[":
			root, err := p.expression()
			if err != nil {
				return nil, err
			}
			if err := p.expect("]"); err != nil {
				return nil, err
			}
			v := &variable{root: root, at: w.at}
			if l, ok := root.(literal); ok {
				if s, ok := l.value.(string); ok {
					v.name, v.root = s, nil
				}
			}
			return p.variable(v)
		}
	}
	return nil, p.unexpected(w, "a value")
}

// noSteps passes a literal on; look-ups in it give nothing but are legal.
func (p *parser) noSteps(l literal) (expression, *Error) {
	if !p.stepAhead() {
		return l, nil
	}
	return p.variable(&variable{root: l, at: p.peek().at})
}

func (p *parser) stepAhead() bool {
	w := p.peek()
	return w.kind == markWord && (w.text == "." || w.text == "[")
}

func keyword(name string) (literal, bool) {
	switch name {
	case "nil", "null":
		return literal{nil}, true
	case "true":
		return literal{true}, true
	case "false":
		return literal{false}, true
	case "empty":
		return literal{empty}, true
	case "blank":
		return literal{blank}, true
	}
	return literal{}, false
}

func (p *parser) variable(v *variable) (expression, *Error) {
	p.uses = append(p.uses, use{variable: v})
	for {
		switch {
		case p.accept(markWord, "."):
			w := p.next()
			if w.kind != nameWord {
				return nil, p.unexpected(w, "the name of a property after “.”")
			}
			v.steps = append(v.steps, step{name: w.text})
		case p.accept(markWord, "["):
			index, err := p.expression()
			if err != nil {
				return nil, err
			}
			if err := p.expect("]"); err != nil {
				return nil, err
			}
			v.steps = append(v.steps, step{index: index})
		default:
			return v, nil
		}
	}
}

func (p *parser) rangeLiteral() (expression, *Error) {
	first, err := p.expression()
	if err != nil {
		return nil, err
	}
	if w := p.next(); w.kind != dotsWord {
		return nil, p.unexpected(w, "“..” of a range")
	}
	last, err := p.expression()
	if err != nil {
		return nil, err
	}
	return rangeLiteral{first, last}, p.expect(")")
}

func intValue(text string) any {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		f, _ := strconv.ParseFloat(text, 64)
		return f
	}
	return n
}
