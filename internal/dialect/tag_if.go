package dialect

// ifNode is if and unless: the first branch whose test holds is rendered.
type ifNode struct {
	at
	branches []branch
	isBlank  bool
}

// branch is one of if's or case's; test nil is else.
type branch struct {
	test   *test
	negate bool
	values []expression // case: any of these
	body   []node
}

func (n *ifNode) blank() bool { return n.isBlank }

func (n *ifNode) render(r *run) (flow, error) {
	outer := r.chain
	r.chain = nil // asking whether something is there is no use of it
	defer func() { r.chain = outer }()
	for i := range n.branches {
		b := &n.branches[i]
		if b.test != nil {
			ok, err := b.test.holds(r)
			if err != nil {
				return onward, err
			}
			if ok == b.negate {
				continue
			}
		}
		return r.nodes(b.body)
	}
	return onward, nil
}

func ifTag(b *builder, t *token) (node, *Error) { return conditional(b, t, false) }

func unlessTag(b *builder, t *token) (node, *Error) { return conditional(b, t, true) }

func conditional(b *builder, t *token, negate bool) (node, *Error) {
	n := &ifNode{at: at(t.at)}
	part := t
	for {
		br := branch{negate: negate && part == t}
		if part.name != "else" {
			p, err := b.words(part)
			if err != nil {
				return nil, err
			}
			if br.test, err = p.test(); err != nil {
				return nil, err
			}
		}
		body, next, err := b.body("elsif", "else", "end"+t.name)
		if err != nil {
			return nil, err
		}
		if next == nil {
			return nil, b.unclosed(t)
		}
		br.body = body
		n.branches = append(n.branches, br)
		if next.name == "end"+t.name {
			break
		}
		part = next
	}
	n.isBlank = blankBranches(n.branches)
	return n, nil
}

func blankBranches(branches []branch) bool {
	bodies := make([]*[]node, len(branches))
	all := true
	for i := range branches {
		bodies[i] = &branches[i].body
		all = all && allBlank(branches[i].body)
	}
	withoutBlanks(bodies...)
	return all
}

// caseNode renders every when that has the value, or else.
type caseNode struct {
	at
	subject  expression
	uses     []use
	branches []branch
	isBlank  bool
}

func (n *caseNode) blank() bool { return n.isBlank }

func (n *caseNode) render(r *run) (flow, error) {
	outer := r.chain
	r.chain = nil
	defer func() { r.chain = outer }()
	subject, err := n.subject.eval(r)
	if err != nil {
		return onward, err
	}
	met := false
	for i := range n.branches {
		b := &n.branches[i]
		times := 0
		if b.values == nil && !met {
			times = 1
		}
		for _, e := range b.values {
			v, err := e.eval(r)
			if err != nil {
				return onward, err
			}
			if equal(subject, v) {
				met = true
				times++
			}
		}
		for range times {
			if f, err := r.nodes(b.body); err != nil || f != onward {
				return f, err
			}
		}
	}
	return onward, nil
}

func caseTag(b *builder, t *token) (node, *Error) {
	n := &caseNode{at: at(t.at)}
	p, err := b.words(t)
	if err != nil {
		return nil, err
	}
	if n.subject, err = p.expression(); err != nil {
		return nil, err
	}
	if err = p.done(); err != nil {
		return nil, err
	}
	n.uses = p.uses
	// What stands before the first when is never rendered.
	_, part, err := b.body("when", "else", "endcase")
	for {
		if err != nil {
			return nil, err
		}
		if part == nil {
			return nil, b.unclosed(t)
		}
		if part.name == "endcase" {
			break
		}
		br := branch{}
		if part.name == "when" {
			if br.values, err = b.when(part, n); err != nil {
				return nil, err
			}
		}
		var next *token
		br.body, next, err = b.body("when", "else", "endcase")
		n.branches = append(n.branches, br)
		part = next
	}
	n.isBlank = blankBranches(n.branches)
	return n, nil
}

// when reads values separated by commas or or.
func (b *builder) when(t *token, n *caseNode) ([]expression, *Error) {
	p, err := b.words(t)
	if err != nil {
		return nil, err
	}
	values := []expression{}
	for {
		v, err := p.expression()
		if err != nil {
			return nil, err
		}
		values = append(values, v)
		if !p.accept(markWord, ",") && !p.accept(nameWord, "or") {
			break
		}
	}
	n.uses = append(n.uses, p.uses...)
	return values, p.done()
}
