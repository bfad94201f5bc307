// Package rule holds ordered choices over conditions: the first branch whose
// condition holds is taken, a nested rule that chooses nothing falls through,
// and then the default. It decides with any judge of conditions, and keeps the
// trace of what it tried.
package rule

import "github.com/mailwright/mailwright/internal/condition"

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
