package audience

import (
	"github.com/mailwright/mailwright/internal/condition"
)

// partSize is how many ordinals a goroutine takes at a time.
const partSize = 1 << 13

// evaluation answers one checked condition for everybody.
type evaluation struct {
	scope
	segments map[*condition.Checked]Bitmap
	each     func(c *condition.Checked, b Bitmap) // told of every node's answer; may be nil
}

// evaluate answers a condition; each, where there is one, is told of every node.
func (s scope) evaluate(c *condition.Checked, each func(*condition.Checked, Bitmap)) Bitmap {
	s.bulk = true
	e := &evaluation{scope: s, segments: map[*condition.Checked]Bitmap{}, each: each}
	if each != nil {
		return e.node(c)
	}
	return e.whole(c)
}

// whole keeps the answer of a group or segment too, for who asks again at once.
func (e *evaluation) whole(c *condition.Checked) Bitmap {
	switch c.Node.Kind {
	case condition.All, condition.Any, condition.None, condition.Segment:
	default:
		return e.node(c)
	}
	key := "whole " + e.exact(c)
	if old := e.frame.answers.get(key); old != nil && old.seq == e.frame.seq {
		return old.b
	}
	b := e.node(c)
	e.frame.answers.put(&answer{key, e.frame.seq, e.asOf, b})
	return b
}

// node gives the people for whom a node that is not bad is true.
func (e *evaluation) node(c *condition.Checked) Bitmap {
	b := e.answer(c)
	if e.each != nil {
		e.each(c, b)
	}
	return b
}

func (e *evaluation) answer(c *condition.Checked) Bitmap {
	alive := e.frame.people.alive
	switch c.Node.Kind {
	case condition.All:
		return e.fold(c.Children, Bitmap.and)
	case condition.Any:
		return e.fold(c.Children, Bitmap.or)
	case condition.None:
		return e.fold(c.Children, Bitmap.or).within(alive)
	case condition.Everyone:
		return alive
	case condition.Segment:
		b, ok := e.segments[c.Segment]
		if !ok {
			inner := *e
			inner.each = nil
			b = inner.answer(c.Segment)
			e.segments[c.Segment] = b
		}
		if c.Node.Op == condition.NotIn {
			return b.within(alive)
		}
		return b
	}
	return e.leafOver(c)
}

func (e *evaluation) fold(children []*condition.Checked, join func(b, c Bitmap)) Bitmap {
	out := e.node(children[0]).clone()
	for _, c := range children[1:] {
		join(out, e.node(c))
	}
	return out
}

// fill asks a leaf about everybody.
func (e *evaluation) fill(l leaf) Bitmap {
	n := e.frame.people.n
	b := newBitmap(n)
	inParallelEach(n, partSize, func() func(from, to int) {
		part := l.parts()
		return func(from, to int) { part(b, from, to) }
	})
	b.and(e.frame.people.alive)
	return b
}

func fillPart(b Bitmap, p predicate, from, to int) {
	for w := from; w < to; w += 64 {
		var word uint64
		end := min(64, to-w)
		for bit := range end {
			if p(w + bit) {
				word |= 1 << bit
			}
		}
		b[w>>6] = word
	}
}

// one answers a checked condition for one living person.
func (s scope) one(c *condition.Checked, ordinal int) bool {
	switch c.Node.Kind {
	case condition.All:
		for _, child := range c.Children {
			if !s.one(child, ordinal) {
				return false
			}
		}
		return true
	case condition.Any, condition.None:
		for _, child := range c.Children {
			if s.one(child, ordinal) {
				return c.Node.Kind == condition.Any
			}
		}
		return c.Node.Kind == condition.None
	case condition.Segment:
		if s.answered == nil { // segments that name segments are answered once for a person
			s.answered = map[*condition.Checked]bool{}
		}
		in, ok := s.answered[c.Segment]
		if !ok {
			in = s.one(c.Segment, ordinal)
			s.answered[c.Segment] = in
		}
		return in == (c.Node.Op == condition.In)
	}
	return s.leaf(c).make()(ordinal)
}
