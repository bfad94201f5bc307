package audience

import (
	"context"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/rule"
)

// Judge gives a judge that has answered the conditions for everybody, for rules
// that are applied to many people. Other conditions it answers one by one. It
// may be used by many goroutines while ctx lives.
func (v *View) Judge(ctx context.Context, nodes ...condition.Node) (rule.Judge, error) {
	j := &judge{ctx: ctx, view: v, answers: make(map[string]Bitmap, len(nodes))}
	for _, n := range nodes {
		b, err := v.Bitmap(ctx, n)
		if err != nil {
			return nil, err
		}
		j.answers[n.Key()] = b
	}
	return j, nil
}

type judge struct {
	ctx     context.Context // of the whole run that the judge is made for
	view    *View
	answers map[string]Bitmap // by the condition's key
}

// Holds implements rule.Judge.
func (j *judge) Holds(n condition.Node, id contact.ID) (bool, error) {
	var space [512]byte
	b, ok := j.answers[string(n.AppendJSON(space[:0]))] // the conversion does not allocate
	if !ok {
		return j.view.Holds(j.ctx, n, id)
	}
	i, err := j.view.ordinal(id)
	if err != nil {
		return false, err
	}
	return b.Has(i), nil
}

// Explain implements rule.Judge.
func (j *judge) Explain(n condition.Node, id contact.ID) (condition.Explanation, error) {
	return j.view.Explain(j.ctx, n, id)
}

// Membership is a segment that a contact is in.
type Membership struct {
	Slug string `json:"slug"`
	Name string `json:"name"`
}

// Segments gives the segments a contact is in, in the order of the store.
// Segments that cannot be answered now are left out.
func (v *View) Segments(ctx context.Context, id contact.ID) ([]Membership, error) {
	i, err := v.ordinal(id)
	if err != nil {
		return nil, err
	}
	in := []Membership{}
	for _, s := range v.frame.segments {
		if s.problem != nil {
			continue
		}
		c, problems := condition.CheckNamed(s.slug, s.node, v.frame.schema, v.frame.segment)
		if len(problems) > 0 {
			continue
		}
		if err := v.load(ctx, c); err != nil {
			return nil, err
		}
		if v.scope().one(c, i) {
			in = append(in, Membership{s.slug, s.name})
		}
	}
	return in, nil
}
