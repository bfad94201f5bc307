package audience

import (
	"context"
	"time"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

// Reasons are the leaves of a condition, those of the segments it names among them,
// with what each sees of a person. They are for one goroutine.
type Reasons struct {
	view   *View
	whole  *condition.Checked
	leaves []boundReason
}

type boundReason struct {
	sentence string
	holds    predicate
	seen     func(i int) string
}

// Reasons binds the leaves of a condition. A leaf that is there twice is one.
func (v *View) Reasons(ctx context.Context, n condition.Node) (*Reasons, error) {
	c, err := v.check(ctx, n)
	if err != nil {
		return nil, err
	}
	r := &Reasons{view: v, whole: c}
	s := v.scope()
	for _, leaf := range leavesOf(c, map[*condition.Checked]bool{}, map[string]bool{}) {
		r.leaves = append(r.leaves, boundReason{condition.Describe(leaf.Node, v.Schema()), s.leaf(leaf).make(), s.seen(leaf)})
	}
	return r, nil
}

// leavesOf gives the leaves in order, going into each segment once.
func leavesOf(c *condition.Checked, segments map[*condition.Checked]bool, keys map[string]bool) []*condition.Checked {
	if c.Segment != nil {
		if segments[c.Segment] {
			return nil
		}
		segments[c.Segment] = true
		return leavesOf(c.Segment, segments, keys)
	}
	switch c.Node.Kind {
	case condition.All, condition.Any, condition.None:
		var list []*condition.Checked
		for _, child := range c.Children {
			list = append(list, leavesOf(child, segments, keys)...)
		}
		return list
	}
	if key := c.Node.Key(); !keys[key] {
		keys[key] = true
		return []*condition.Checked{c}
	}
	return nil
}

// Questions says what each leaf asks: the heads of the columns of Seen.
func (r *Reasons) Questions() []string {
	list := make([]string, len(r.leaves))
	for i, l := range r.leaves {
		list[i] = l.sentence
	}
	return list
}

// Seen says what each leaf saw of a contact.
func (r *Reasons) Seen(id contact.ID) ([]string, error) {
	i, err := r.view.ordinal(id)
	if err != nil {
		return nil, err
	}
	list := make([]string, len(r.leaves))
	for k, l := range r.leaves {
		list[k] = l.seen(i)
	}
	return list, nil
}

// Comparison is who came into a condition and who left it between two instants.
// Attributes are as they are now at both; events and consent as they were.
type Comparison struct {
	Before, Now int // how many at each instant
	Came, Went  []contact.ID

	before, now *Reasons
}

// Compare gives who came and went from an instant to the view's.
func (v *View) Compare(ctx context.Context, n condition.Node, from time.Time) (*Comparison, error) {
	earlier := v.As(from)
	was, err := earlier.Bitmap(ctx, n)
	if err != nil {
		return nil, err
	}
	is, err := v.Bitmap(ctx, n)
	if err != nil {
		return nil, err
	}
	c := &Comparison{Before: was.Count(), Now: is.Count(), Came: v.IDs(was.within(is)), Went: v.IDs(is.within(was))}
	if c.before, err = earlier.Reasons(ctx, n); err != nil {
		return nil, err
	}
	c.now, err = v.Reasons(ctx, n)
	return c, err
}

// Difference is a leaf that has another answer than before.
type Difference struct {
	Sentence string `json:"sentence"`
	Holds    bool   `json:"holds"` // now
	Before   string `json:"before"`
	Now      string `json:"now"`
}

// Why gives the leaves that turned for one contact.
func (c *Comparison) Why(id contact.ID) ([]Difference, error) {
	i, err := c.now.view.ordinal(id)
	if err != nil {
		return nil, err
	}
	list := []Difference{}
	for k, l := range c.now.leaves {
		if was := c.before.leaves[k]; l.holds(i) != was.holds(i) {
			list = append(list, Difference{l.sentence, l.holds(i), was.seen(i), l.seen(i)})
		}
	}
	return list, nil
}
