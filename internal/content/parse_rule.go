package content

import (
	"encoding/json"
	"sort"
	"strings"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/rule"
	"github.com/mailwright/mailwright/internal/spelling"
)

func (p *parser) variants(raw json.RawMessage, path string, pl place) map[string]Block {
	members, _ := p.members(raw, path, "", nil)
	inner := pl.within()
	inner.choices++
	variants := make(map[string]Block, len(members))
	for _, m := range members {
		if !isID(m.name) {
			p.problem(m.path, "the name of a variant is 1 to 64 letters, digits, -, _ and .")
			continue
		}
		variants[m.name] = p.block(m.raw, m.path, inner)
	}
	return variants
}

// choiceLaws holds a choice to one rule whose every choice is a variant.
func (p *parser) choiceLaws(b Block, given map[string]bool, path string) {
	switch {
	case given["rule"] && given["rule_slug"]:
		p.problem(join(path, "rule_slug"), "a choice has a rule of its own or a shared one, not both")
	case !given["rule"] && !given["rule_slug"]:
		p.problem(join(path, "rule"), "a choice needs a rule, or the slug of a shared one in rule_slug")
	}
	if len(b.Variants) == 0 && given["variants"] {
		p.problem(join(path, "variants"), "a choice needs at least one variant")
	}
	if b.Rule == nil {
		return
	}
	for _, c := range Choices(*b.Rule) {
		if _, ok := b.Variants[c.Name]; !ok {
			p.problem(join(path, "rule."+c.Path), "there is no variant “%s”%s", c.Name, spelling.Hint(c.Name, VariantNames(b)))
		}
	}
}

// VariantNames gives the names of a choice's variants, sorted.
func VariantNames(b Block) []string {
	names := make([]string, 0, len(b.Variants))
	for name := range b.Variants {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// NamedChoice is one thing a rule can choose and where it does.
type NamedChoice struct {
	Name string
	Path string // branches[0].then.branches[1].choose, or default
}

// Choices gives everything a rule can choose, in the order it tries them.
func Choices(r rule.Rule) []NamedChoice {
	return choices(r, "", nil)
}

func choices(r rule.Rule, path string, list []NamedChoice) []NamedChoice {
	for i, b := range r.Branches {
		at := index(join(path, "branches"), i)
		if b.Then != nil {
			list = choices(*b.Then, at+".then", list)
			continue
		}
		list = append(list, NamedChoice{Name: b.Choose, Path: at + ".choose"})
	}
	if r.Default != "" {
		list = append(list, NamedChoice{Name: r.Default, Path: join(path, "default")})
	}
	return list
}

func (p *parser) rule(raw json.RawMessage, path string, depth int) (r rule.Rule) {
	if depth > maxRule {
		p.problem(path, "rules nest more than %d deep", maxRule)
		return r
	}
	r.Branches = []rule.Branch{}
	members, _ := p.members(raw, path, "a rule", []string{"branches", "default"})
	for _, m := range members {
		switch m.name {
		case "default":
			r.Default = p.line(m.raw, m.path)
		case "branches":
			items, _ := p.list(m.raw, m.path, "a list of branches [ ]")
			for i, item := range items {
				r.Branches = append(r.Branches, p.branch(item, index(m.path, i), depth))
			}
		}
	}
	return r
}

func (p *parser) branch(raw json.RawMessage, path string, depth int) (b rule.Branch) {
	members, ok := p.members(raw, path, "a branch", []string{"name", "when", "choose", "then"})
	if !ok {
		return b
	}
	when := false
	for _, m := range members {
		switch m.name {
		case "name":
			b.Name = p.line(m.raw, m.path)
		case "choose":
			b.Choose = p.line(m.raw, m.path)
		case "then":
			then := p.rule(m.raw, m.path, depth+1)
			b.Then = &then
		case "when":
			when = true
			b.When = p.condition(m.raw, m.path)
		}
	}
	if !when {
		p.problem(join(path, "when"), "a branch needs its condition")
	}
	if (b.Choose == "") == (b.Then == nil) {
		p.problem(path, "a branch either chooses or holds a nested rule in then")
	}
	return b
}

// condition reads a condition and puts its path before the node's own.
func (p *parser) condition(raw json.RawMessage, path string) condition.Node {
	n, problems, err := condition.ParseDraft(raw)
	if err != nil {
		p.problem(path, "%s", err)
	}
	for _, pr := range problems {
		p.problem(path+strings.TrimPrefix(pr.Path, "root"), "%s", pr.Message)
	}
	return n
}
