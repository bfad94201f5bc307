package main

import (
	"fmt"
	"io"
	"strconv"

	"github.com/mailwright/mailwright/app"
)

type ruleCommands struct {
	Put  rulePut    `cmd:"" help:"Save a shared rule from a file."`
	List ruleList   `cmd:"" help:"List the shared rules."`
	Show ruleShow   `cmd:"" help:"Show a shared rule."`
	Rm   ruleRemove `cmd:"" help:"Remove a shared rule."`
}

type rulePut struct {
	Slug string `arg:"" help:"How choices name it."`
	File string `arg:"" help:"The rule as JSON; - is stdin."`
	Name string `help:"For people; the slug when left out."`
	Note string `help:"What it is for."`
}

// Run saves a rule as a new version.
func (c rulePut) Run(rt *runtime) error {
	body, a, err := rt.fileFor(c.File)
	if err != nil {
		return err
	}
	r := app.Rule{Slug: c.Slug, Name: c.Name, Note: c.Note, Rule: body}
	old, err := existing(a.Rules().Get(rt.ctx, c.Slug))
	if err != nil {
		return err
	}
	r.Name, r.Note = keep(r.Name, old.Name), keep(r.Note, old.Note)
	r.Name = keep(r.Name, c.Slug)
	saved, err := a.Rules().Put(rt.ctx, r, old.Version)
	if err != nil {
		return err
	}
	return rt.print(saved, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "Saved the rule %s, version %d.\n", saved.Slug, saved.Version)
	})
}

type ruleList struct{}

// Run lists the shared rules.
func (ruleList) Run(rt *runtime) error {
	return listOf(rt, func(a *app.App) ([]app.RuleSummary, error) { return a.Rules().List(rt.ctx) }, []string{"SLUG", "NAME", "BRANCHES", "MEANING"}, func(r app.RuleSummary) []string {
		return []string{r.Slug, r.Name, strconv.Itoa(r.Branches), r.Sentence}
	})
}

type ruleShow struct {
	Slug string `arg:"" help:"The rule."`
}

// Run shows a rule.
func (c ruleShow) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	r, err := a.Rules().Get(rt.ctx, c.Slug)
	if err != nil {
		return err
	}
	return rt.print(r, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "%s (%s, version %d)\n%s\n", r.Name, r.Slug, r.Version, r.Rule)
	})
}

type ruleRemove struct {
	Slug string `arg:"" help:"The rule."`
}

// Run removes a rule.
func (c ruleRemove) Run(rt *runtime) error {
	return removed(rt, "rule", c.Slug, func(a *app.App) error { return a.Rules().Remove(rt.ctx, c.Slug) })
}
