package dialect

import (
	"strings"
	"unicode"

	"github.com/mailwright/mailwright/internal/spelling"
)

// node is a part of a parsed template.
type node interface {
	render(*run) (flow, error)
	offset() int
	blank() bool // writes nothing, or white space at most
}

// at is where a node stands.
type at int

func (a at) offset() int { return int(a) }

type textNode struct {
	at
	text string
}

func (n *textNode) render(r *run) (flow, error) { return onward, r.write(n.text) }

func (n *textNode) blank() bool { return strings.TrimFunc(n.text, unicode.IsSpace) == "" }

// outputNode is {{ … }} and echo.
type outputNode struct {
	at
	chain *chain
}

func (*outputNode) blank() bool { return false }

func (n *outputNode) render(r *run) (flow, error) {
	outer := r.chain
	r.chain = n.chain
	v, err := n.chain.value(r)
	r.chain = outer
	if err != nil {
		return onward, err
	}
	return onward, r.put(v)
}

// tagParser reads a tag whose name was met.
type tagParser func(*builder, *token) (node, *Error)

// tags is the table of tags. Ends and middles (endif, else) are known to the
// tags they belong to.
func tags() map[string]tagParser {
	return map[string]tagParser{
		"if": ifTag, "unless": unlessTag, "case": caseTag,
		"for": forTag, "tablerow": tablerowTag, "break": breakTag, "continue": continueTag,
		"assign": assignTag, "capture": captureTag, "increment": countTag, "decrement": countTag,
		"cycle": cycleTag, "ifchanged": changedTag,
		"echo": echoTag, "liquid": liquidTag, "raw": rawTag, "comment": hiddenTag, "doc": hiddenTag, "#": noteTag,
		"include": includeTag, "render": renderTag,
	}
}

// builder makes nodes from tokens.
type builder struct {
	engine *Engine
	src    *source
	lex    *lexer
	depth  int
	open   []string // tags that wait for their end
}

// maxBlocks is how deep tags may nest.
const maxBlocks = 100

// body reads nodes until a tag that belongs to the tag around them (one of
// until), which it gives, or the end, for which it gives nil.
func (b *builder) body(until ...string) ([]node, *token, *Error) {
	if b.depth++; b.depth > maxBlocks {
		return nil, nil, b.src.errorf(b.lex.at, "nesting too deep: more than %d tags in one another", maxBlocks)
	}
	defer func() { b.depth-- }()
	list := []node{}
	for {
		t, err := b.lex.next()
		if err != nil {
			return nil, nil, err
		}
		if t == nil {
			return list, nil, nil
		}
		switch t.kind {
		case textToken:
			list = append(list, &textNode{at(t.at), t.body})
			continue
		case objectToken:
			n, err := b.output(t)
			if err != nil {
				return nil, nil, err
			}
			list = append(list, n)
			continue
		}
		for _, u := range until {
			if t.name == u {
				return list, t, nil
			}
		}
		n, err := b.tag(t)
		if err != nil {
			return nil, nil, err
		}
		if in, ok := n.(*inlined); ok {
			list = append(list, in.nodes...)
		} else if n != nil {
			list = append(list, n)
		}
	}
}

func (b *builder) tag(t *token) (node, *Error) {
	parse, ok := b.engine.tags[t.name]
	if !ok {
		return nil, b.stray(t)
	}
	b.open = append(b.open, t.name)
	n, err := parse(b, t)
	b.open = b.open[:len(b.open)-1]
	return n, err
}

// stray says what is wrong with a tag that nothing waits for.
func (b *builder) stray(t *token) *Error {
	if t.name == "" {
		return b.src.errorf(t.at, "syntax error: Tag '{%%' was not properly terminated: there is no name of a tag in it")
	}
	if opener, ok := strings.CutPrefix(t.name, "end"); ok {
		if _, known := b.engine.tags[opener]; known {
			if len(b.open) > 0 {
				return b.src.errorf(t.at, "syntax error: “%s” does not close “%s”, which is open here", t.name, b.open[len(b.open)-1])
			}
			return b.src.errorf(t.at, "syntax error: “%s” closes nothing: there is no “%s” before it", t.name, opener)
		}
	}
	switch t.name {
	case "else", "elsif", "when":
		return b.src.errorf(t.at, "syntax error: unexpected “%s” outside of if, unless, case or for", t.name)
	}
	return b.src.errorf(t.at, "syntax error: Unknown tag '%s'%s", t.name, spelling.Hint(t.name, b.tagNames()))
}

func (b *builder) tagNames() []string {
	names := make([]string, 0, len(b.engine.tags))
	for name := range b.engine.tags {
		names = append(names, name)
	}
	return sorted(names)
}

// unclosed says that a tag's end is missing.
func (b *builder) unclosed(t *token) *Error {
	return b.src.errorf(t.at, "syntax error: '%s' tag was never closed", t.name)
}

func (b *builder) words(t *token) (*parser, *Error) {
	return b.engine.words(b.src, t.body, t.from)
}

func (b *builder) output(t *token) (node, *Error) {
	c, err := b.chain(t)
	if err != nil {
		if !b.engine.options.Lax {
			return nil, err
		}
		c = &chain{src: b.src, input: literal{nil}}
	}
	return &outputNode{at(t.at), c}, nil
}

func (b *builder) chain(t *token) (*chain, *Error) {
	p, err := b.words(t)
	if err != nil {
		return nil, err
	}
	return p.chain()
}

// allBlank reports whether no node writes anything but white space.
func allBlank(list []node) bool {
	for _, n := range list {
		if !n.blank() {
			return false
		}
	}
	return true
}

// withoutBlanks drops the white space of bodies that write nothing else: a tag
// that only assigns leaves no empty lines behind.
func withoutBlanks(bodies ...*[]node) {
	for _, b := range bodies {
		if !allBlank(*b) {
			return
		}
	}
	for _, b := range bodies {
		kept := (*b)[:0]
		for _, n := range *b {
			if _, ok := n.(*textNode); !ok {
				kept = append(kept, n)
			}
		}
		*b = kept
	}
}
