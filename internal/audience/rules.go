package audience

import (
	"context"
	"fmt"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/rule"
)

// BranchCount tells how many people reach a branch and how many are settled by
// it. A nested default is a row of its own.
type BranchCount struct {
	Path    string `json:"path"` // branches[0].then.branches[1], branches[0].then.default
	Name    string `json:"name"`
	Choose  string `json:"choose"`
	Reached int    `json:"reached"`
	Chosen  int    `json:"chosen"`
}

// RuleCounts applies a rule to everybody: the rows in the order in which
// branches are tried, and how many are left to the rule's default.
func (v *View) RuleCounts(ctx context.Context, r rule.Rule) (rows []BranchCount, defaulted int, err error) {
	c := &ruleCounter{ctx: ctx, view: v, rows: []BranchCount{}}
	left := v.frame.people.alive.clone()
	if err := c.walk(r, "", left); err != nil {
		return nil, 0, err
	}
	return c.rows, left.Count(), nil
}

type ruleCounter struct {
	ctx  context.Context
	view *View
	rows []BranchCount
}

// walk takes those whom a branch settles out of left.
func (c *ruleCounter) walk(r rule.Rule, path string, left Bitmap) error {
	for i, b := range r.Branches {
		at := fmt.Sprintf("%sbranches[%d]", path, i)
		when, err := c.view.Bitmap(c.ctx, b.When)
		if err != nil {
			if f, ok := fault.As(err); ok {
				return fault.At(f.Code, at+".when"+condition.Below(f.Field), "%s", f.Message)
			}
			return err
		}
		row := len(c.rows)
		c.rows = append(c.rows, BranchCount{Path: at, Name: b.Name, Choose: b.Choose, Reached: left.Count()})
		in := when.clone()
		in.and(left)
		rest := newBitmap(c.view.frame.people.n)
		if b.Then != nil {
			rest = in.clone()
			if err := c.walk(*b.Then, at+".then.", rest); err != nil {
				return err
			}
			if b.Then.Default != "" {
				n := rest.Count()
				c.rows = append(c.rows, BranchCount{Path: at + ".then.default", Choose: b.Then.Default, Reached: n, Chosen: n})
				clear(rest)
			}
		}
		settled := rest.within(in)
		c.rows[row].Chosen = settled.Count()
		copy(left, settled.within(left))
	}
	return nil
}
