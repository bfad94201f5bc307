package audience

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
)

// View is the data at one moment, seen at an instant. It is immutable: while it
// is kept, its answers do not change. A column that a View first needs after
// the data have moved on under it cannot be read as it was; such a question
// fails with ErrMoved, and a new View must be asked.
type View struct {
	engine *Engine
	frame  *frame
	asOf   time.Time
	made   sync.Map // the columns of scored attributes that Value was asked for
}

// ErrMoved tells that a column was first needed after the data changed.
var ErrMoved = fault.New(fault.Conflict, "the data changed while they were read; try again")

// Retry calls f with a view of the newest data, again where the data moved on
// while f looked at them.
func (e *Engine) Retry(ctx context.Context, asOf time.Time, f func(*View) error) error {
	for range attempts {
		v, err := e.At(ctx, asOf)
		if err != nil {
			return err
		}
		if err = f(v); !errors.Is(err, ErrMoved) {
			return err
		}
	}
	return errBusy
}

// AsOf gives the view's instant.
func (v *View) AsOf() time.Time { return v.asOf }

// Version grows with every change of the data.
func (v *View) Version() int64 { return v.frame.seq }

// Schema gives the types of attributes and events.
func (v *View) Schema() contact.Schema { return v.frame.schema }

// Total gives the number of contacts.
func (v *View) Total() int { return v.frame.people.total }

// Segment finds a segment's condition by its slug: a condition.Segments.
func (v *View) Segment(slug string) (condition.Node, bool) { return v.frame.segment(slug) }

func (v *View) scope() scope { return scope{frame: v.frame, asOf: v.asOf} }

// check reads a condition that must be whole and loads what it looks at.
func (v *View) check(ctx context.Context, n condition.Node) (*condition.Checked, error) {
	key := n.Key()
	f := v.frame
	f.mu.RLock()
	c := f.checked[key]
	f.mu.RUnlock()
	if c == nil {
		var problems []condition.Problem
		c, problems = condition.Check(n, f.schema, f.segment)
		if err := condition.Broken(problems); err != nil {
			return nil, err
		}
		f.mu.Lock()
		if len(f.checked) > keptAnswers {
			clear(f.checked)
		}
		f.checked[key] = c
		f.mu.Unlock()
	}
	return c, v.load(ctx, c)
}

func (v *View) load(ctx context.Context, conditions ...*condition.Checked) error {
	n := newNeeds()
	for _, c := range conditions {
		n.add(c)
	}
	fresh, err := v.frame.load(ctx, v.engine.source, n)
	if err == nil && !fresh {
		return ErrMoved
	}
	return err
}

// Bitmap gives the ordinals of the contacts for whom a condition is true. The
// caller must not change it.
func (v *View) Bitmap(ctx context.Context, n condition.Node) (Bitmap, error) {
	c, err := v.check(ctx, n)
	if err != nil {
		return nil, err
	}
	return v.scope().evaluate(c, nil), nil
}

// Count gives the number of contacts for whom a condition is true.
func (v *View) Count(ctx context.Context, n condition.Node) (int, error) {
	b, err := v.Bitmap(ctx, n)
	return b.Count(), err
}

// Members gives the contacts for whom a condition is true, by ascending id.
func (v *View) Members(ctx context.Context, n condition.Node) ([]contact.ID, error) {
	b, err := v.Bitmap(ctx, n)
	if err != nil {
		return nil, err
	}
	return v.IDs(b), nil
}

// IDs gives the contacts of a bitmap of this view, by ascending id.
func (v *View) IDs(b Bitmap) []contact.ID {
	ids := make([]contact.ID, 0, b.Count())
	b.Each(func(i int) bool {
		ids = append(ids, contact.ID(v.frame.people.ids[i]))
		return true
	})
	return ids
}

// Email gives a contact's address, "" for one that is not there.
func (v *View) Email(id contact.ID) string {
	i, ok := v.frame.people.ordinal(id)
	if !ok {
		return ""
	}
	return v.frame.people.email.word(i)
}

// Holds reports whether a condition is true for one contact.
func (v *View) Holds(ctx context.Context, n condition.Node, id contact.ID) (bool, error) {
	c, err := v.check(ctx, n)
	if err != nil {
		return false, err
	}
	i, err := v.ordinal(id)
	if err != nil {
		return false, err
	}
	return v.scope().one(c, i), nil
}

func (v *View) ordinal(id contact.ID) (int, error) {
	i, ok := v.frame.people.ordinal(id)
	if !ok {
		return 0, fault.New(fault.NotFound, "there is no contact %d", id)
	}
	return i, nil
}

// NodeCount is the count at one node of a condition; -1 where the node cannot be
// answered.
type NodeCount struct {
	Path  string `json:"path"`
	Count int    `json:"count"`
}

// NodeCounts answers a condition that may be unfinished: the count at every
// node, parents first, and what is wrong. Nodes that are whole have their
// counts whatever is wrong elsewhere. Problems of a draft's text are handed in.
func (v *View) NodeCounts(ctx context.Context, n condition.Node, earlier ...condition.Problem) ([]NodeCount, []condition.Problem, error) {
	c, problems := condition.Check(n, v.frame.schema, v.frame.segment, earlier...)
	if err := v.load(ctx, c); err != nil {
		return nil, problems, err
	}
	counts := map[string]int{}
	tell := func(c *condition.Checked, b Bitmap) { counts[c.Path] = b.Count() }
	v.scope().wholeParts(c, tell)
	var list []NodeCount
	c.Walk(func(c *condition.Checked) {
		n, ok := counts[c.Path]
		if !ok {
			n = -1
		}
		list = append(list, NodeCount{c.Path, n})
	})
	return list, problems, nil
}

// wholeParts evaluates the largest parts of a tree that are not bad.
func (s scope) wholeParts(c *condition.Checked, tell func(*condition.Checked, Bitmap)) {
	if !c.Bad {
		s.evaluate(c, tell)
		return
	}
	for _, child := range c.Children {
		s.wholeParts(child, tell)
	}
}

// Forget drops kept answers, so that the next question is answered from the columns.
func (v *View) Forget() { v.frame.answers.drop() }
