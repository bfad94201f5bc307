package dialect

// inlined is nodes that stand where their tag stood.
type inlined struct {
	at
	nodes []node
}

func (n *inlined) blank() bool { return allBlank(n.nodes) }

func (n *inlined) render(r *run) (flow, error) { return r.nodes(n.nodes) }

func echoTag(b *builder, t *token) (node, *Error) { return b.output(t) }

// liquidTag reads a tag a line.
func liquidTag(b *builder, t *token) (node, *Error) {
	inner := &builder{
		engine: b.engine, src: b.src, depth: b.depth,
		lex: &lexer{src: b.src, at: t.at, line: &lineLexer{src: b.src, text: t.body, at: t.from}},
	}
	nodes, end, err := inner.body()
	if err != nil {
		return nil, err
	}
	if end != nil {
		return nil, inner.stray(end)
	}
	return &inlined{at(t.at), nodes}, nil
}

func rawTag(b *builder, t *token) (node, *Error) {
	p, err := b.words(t)
	if err != nil {
		return nil, err
	}
	if err := p.done(); err != nil {
		return nil, err
	}
	body, err := b.lex.enclosed("raw", t)
	if err != nil {
		return nil, err
	}
	return &rawNode{textNode{at(t.at), body}}, nil
}

// rawNode is text that stays even where white space is dropped.
type rawNode struct{ textNode }

func (n *rawNode) blank() bool { return n.text == "" }

// hiddenTag is comment and doc.
func hiddenTag(b *builder, t *token) (node, *Error) {
	_, err := b.lex.enclosed(t.name, t)
	return nil, err
}

// noteTag is {% # a note %}.
func noteTag(*builder, *token) (node, *Error) { return nil, nil }
