// Package rule holds ordered choices over conditions: the first branch whose
// condition holds is taken, a nested rule that chooses nothing falls through to
// the next branch, and then the default is taken. It decides with any judge of
// conditions and keeps the trace of what it tried; whether a choice names
// something that exists is content's business.
package rule

import (
	"fmt"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

// Rule is an ordered list of branches with a default.
type Rule struct {
	Branches []Branch `json:"branches"`
	Default  string   `json:"default,omitempty"` // "" chooses nothing
}

// Branch either chooses or holds a nested rule.
type Branch struct {
	Name   string         `json:"name,omitempty"`
	When   condition.Node `json:"when"`
	Choose string         `json:"choose,omitempty"`
	Then   *Rule          `json:"then,omitempty"`
}

// Judge answers conditions for one person. audience.View is one; its Judge
// method gives one that has answered for everybody beforehand.
type Judge interface {
	// Holds reports whether the condition is true for the contact. It fails with
	// fault.Invalid for a condition that cannot be answered.
	Holds(n condition.Node, id contact.ID) (bool, error)
	// Explain says why.
	Explain(n condition.Node, id contact.ID) (condition.Explanation, error)
}

// Choice is what a rule chose, and how.
type Choice struct {
	Chosen string // "" when nothing was chosen
	Path   string // branches[0].then.branches[1], branches[0].then.default or default
	Tried  []Tried
}

// Tried is one branch that was looked at.
type Tried struct {
	Path   string
	Name   string
	Choose string
	Holds  bool
	When   condition.Node
}

// Choose walks the rule for one person. The trace lists the branches in the
// order in which they were tried; those after the taken one are not in it.
func Choose(r Rule, j Judge, id contact.ID) (Choice, error) {
	c := Choice{}
	err := c.walk(r, "", j, id)
	return c, err
}

func (c *Choice) walk(r Rule, path string, j Judge, id contact.ID) error {
	for i, b := range r.Branches {
		at := fmt.Sprintf("%sbranches[%d]", path, i)
		holds, err := j.Holds(b.When, id)
		if err != nil {
			return fmt.Errorf("%s: %w", at, err)
		}
		c.Tried = append(c.Tried, Tried{Path: at, Name: b.Name, Choose: b.Choose, Holds: holds, When: b.When})
		if !holds {
			continue
		}
		if b.Then == nil {
			c.Chosen, c.Path = b.Choose, at
			return nil
		}
		if err := c.walk(*b.Then, at+".then.", j, id); err != nil || c.Chosen != "" {
			return err
		}
	}
	if r.Default != "" {
		c.Chosen, c.Path = r.Default, path+"default"
	}
	return nil
}

// Explain says why a tried branch held or not.
func (t Tried) Explain(j Judge, id contact.ID) (condition.Explanation, error) {
	return j.Explain(t.When, id)
}

// Conditions gives the conditions of all branches, outer ones first: what a
// judge for everybody answers beforehand.
func (r Rule) Conditions() []condition.Node {
	var nodes []condition.Node
	for _, b := range r.Branches {
		nodes = append(nodes, b.When)
		if b.Then != nil {
			nodes = append(nodes, b.Then.Conditions()...)
		}
	}
	return nodes
}

// Choices gives what the rule may choose, in order and each once.
func (r Rule) Choices() []string {
	var names []string
	seen := map[string]bool{"": true}
	add := func(name string) {
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	for _, b := range r.Branches {
		add(b.Choose)
		if b.Then != nil {
			for _, name := range b.Then.Choices() {
				add(name)
			}
		}
	}
	add(r.Default)
	return names
}
