package review

import (
	"fmt"
	"strings"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/rule"
	"github.com/mailwright/mailwright/internal/spelling"
)

// choice reviews the rule of a block: conditions that cannot be answered,
// variants that nobody gets, people who get nothing.
func (r *reviewer) choice(b content.Block, path string) {
	decides := b.Rule
	at := path + ".rule"
	if b.RuleSlug != "" {
		at = path + ".rule_slug"
		if r.known.Rule == nil {
			return
		}
		shared, ok := r.known.Rule(b.RuleSlug)
		if !ok {
			r.add(Error, b.ID, at, "There is no rule “%s”", b.RuleSlug)
			return
		}
		decides = &shared
	}
	if decides == nil {
		return
	}
	if b.RuleSlug == "" && r.known.Schema.Attributes != nil {
		r.conditions(*decides, b.ID, at)
	}
	reachable := map[string]bool{}
	always := r.reach(*decides, b.ID, at, reachable, true)
	for _, c := range content.Choices(*decides) {
		if _, ok := b.Variants[c.Name]; !ok && b.RuleSlug != "" {
			r.add(Error, b.ID, at, "The rule “%s” can choose “%s”, and the block has no such variant%s", b.RuleSlug, c.Name, spelling.Hint(c.Name, content.VariantNames(b)))
		}
	}
	for _, name := range content.VariantNames(b) {
		if !reachable[name] {
			r.add(Warning, b.ID, path+".variants."+name, "Nobody gets the variant “%s”: the rule never chooses it", name)
		}
	}
	if !always && b.Fallback == nil {
		r.add(Note, b.ID, path, "People whom no branch fits see nothing here: add a default or a fallback if that is not meant")
	}
}

func (r *reviewer) conditions(decides rule.Rule, block, path string) {
	for i, br := range decides.Branches {
		at := fmt.Sprintf("%s.branches[%d]", path, i)
		_, problems := condition.Check(br.When, r.known.Schema, r.known.Segments)
		for _, p := range problems {
			r.add(Error, block, at+".when"+strings.TrimPrefix(p.Path, "root"), "%s", p.Message)
		}
		if br.Then != nil {
			r.conditions(*br.Then, block, at+".then")
		}
	}
}

// reach collects what a rule can choose and reports whether it always chooses.
// What stands after a branch that everyone takes is out of reach.
func (r *reviewer) reach(decides rule.Rule, block, path string, into map[string]bool, open bool) bool {
	for i, br := range decides.Branches {
		at := fmt.Sprintf("%s.branches[%d]", path, i)
		if !open {
			r.add(Warning, block, at, "Nobody gets to this branch: everyone takes one before it")
			continue
		}
		always := br.When.Kind == condition.Everyone
		if br.Then != nil {
			always = r.reach(*br.Then, block, at+".then", into, true) && always
		} else {
			into[br.Choose] = true
		}
		open = !always
	}
	if open && decides.Default != "" {
		into[decides.Default] = true
	}
	return !open || decides.Default != ""
}
