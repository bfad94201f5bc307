package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/fault"
)

type templateCommands struct {
	Put      templatePut      `cmd:"" help:"Save a template from a file."`
	List     templateList     `cmd:"" help:"List the templates."`
	Show     templateShow     `cmd:"" help:"Show a template."`
	Rm       templateRemove   `cmd:"" help:"Remove a template; its versions stay."`
	Versions templateVersions `cmd:"" help:"List the versions of a template."`
	Diff     templateDiff     `cmd:"" help:"Show what differs between two versions."`
	Restore  templateRestore  `cmd:"" help:"Save an older version again as the newest."`
	Check    templateCheck    `cmd:"" help:"Say what is wrong or unwise in a template."`
	Proof    templateProof    `cmd:"" help:"Render everybody's message and sum up what came out."`

	TestPeople templateTestPeople `cmd:"" help:"List or set the people for whom a template must always come out."`
}

type templatePut struct {
	Slug string `arg:"" help:"How campaigns name it."`
	File string `arg:"" help:"The template as JSON; - is stdin."`
	Note string `help:"Why it is saved."`

	Anyway bool `help:"Save it though a test person would get no e-mail."`
}

// Run saves a template as a new version.
func (c templatePut) Run(rt *runtime) error {
	body, err := rt.input(c.File)
	if err != nil {
		return err
	}
	t, err := content.Parse(body)
	if err != nil {
		return err
	}
	a, err := rt.open()
	if err != nil {
		return err
	}
	old, err := existing(a.Content().Template(rt.ctx, c.Slug, 0))
	if err != nil {
		return err
	}
	saved, err := a.Content().PutTemplate(rt.ctx, app.PutTemplate{Slug: c.Slug, Template: t, Note: c.Note, BaseVersion: old.Version, Anyway: c.Anyway})
	if err != nil {
		return err
	}
	return rt.print(saved, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "Saved the template %s, version %d.\n", saved.Slug, saved.Version)
	})
}

type templateList struct{}

// Run lists the templates.
func (templateList) Run(rt *runtime) error {
	return listOf(rt, func(a *app.App) ([]app.TemplateSummary, error) { return a.Content().Templates(rt.ctx) }, []string{"SLUG", "NAME", "VERSION", "BLOCKS", "SUBJECT"}, func(t app.TemplateSummary) []string {
		return []string{t.Slug, t.Name, strconv.Itoa(t.Version), strconv.Itoa(t.Blocks), t.Subject}
	})
}

type templateShow struct {
	Slug    string `arg:"" help:"The template."`
	Version int    `help:"A version; the newest when left out."`
}

// Run shows a version of a template.
func (c templateShow) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	t, err := a.Content().Template(rt.ctx, c.Slug, c.Version)
	if err != nil {
		return err
	}
	body, err := json.MarshalIndent(t.Template, "", "  ")
	if err != nil {
		return err
	}
	return rt.print(t, func(w io.Writer) { _, _ = fmt.Fprintf(w, "%s\n", body) })
}

type templateRemove struct {
	Slug string `arg:"" help:"The template."`
}

// Run removes a template.
func (c templateRemove) Run(rt *runtime) error {
	return removed(rt, "template", c.Slug, func(a *app.App) error { return a.Content().RemoveTemplate(rt.ctx, c.Slug) })
}

type templateVersions struct {
	Slug string `arg:"" help:"The template."`
}

// Run lists versions, newest first.
func (c templateVersions) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	all, err := a.Content().Versions(rt.ctx, c.Slug)
	if err != nil {
		return err
	}
	return listVersions(rt, all)
}

func listVersions(rt *runtime, all []app.VersionInfo) error {
	return list(rt, all, []string{"VERSION", "WHEN", "WHO", "WHY"}, func(v app.VersionInfo) []string {
		return []string{strconv.Itoa(v.Version), time.UnixMilli(v.At).Format(time.DateTime), v.Author, v.Note}
	})
}

type templateDiff struct {
	Slug string `arg:"" help:"The template."`
	From int    `arg:"" help:"The older version."`
	To   int    `arg:"" optional:"" help:"The newer version; the newest when left out."`
}

// Run lists what differs.
func (c templateDiff) Run(rt *runtime) error {
	return listOf(rt, func(a *app.App) ([]content.Change, error) { return a.Content().Diff(rt.ctx, c.Slug, c.From, c.To) }, []string{"WHAT", "WHERE", "BEFORE", "AFTER"}, func(x content.Change) []string {
		return []string{x.What, x.Path, x.Before, x.After}
	})
}

type templateRestore struct {
	Slug    string `arg:"" help:"The template."`
	Version int    `arg:"" help:"The version to save again."`
}

// Run restores a version.
func (c templateRestore) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	saved, err := a.Content().Restore(rt.ctx, c.Slug, c.Version)
	if err != nil {
		return err
	}
	return rt.print(saved, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "Version %d of %s is version %d now.\n", c.Version, c.Slug, saved.Version)
	})
}

type templateCheck struct {
	File string `arg:"" help:"The template as JSON; - is stdin."`
}

// Run lists findings, worst first; errors make the exit code 3.
func (c templateCheck) Run(rt *runtime) error {
	body, a, err := rt.fileFor(c.File)
	if err != nil {
		return err
	}
	found, err := a.Content().Check(rt.ctx, body)
	if err != nil {
		return err
	}
	broken := 0
	for _, f := range found {
		if f.Severity == "error" {
			broken++
		}
	}
	if err := list(rt, found, []string{"", "WHERE", "LINE", "WHAT"}, func(f app.ContentFinding) []string {
		return []string{f.Severity, f.Place, strconv.Itoa(f.Line), f.Message}
	}); err != nil || broken == 0 {
		return err
	}
	return fault.New(fault.Invalid, "the template has %d errors", broken)
}
