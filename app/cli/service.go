package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/mailwright/mailwright/app"
)

type serviceCommands struct {
	Put  servicePut    `cmd:"" help:"Save a content service from a file."`
	List serviceList   `cmd:"" help:"List the content services."`
	Show serviceShow   `cmd:"" help:"Show a content service."`
	Rm   serviceRemove `cmd:"" help:"Remove a content service and what it said."`
	Ask  serviceAsk    `cmd:"" help:"Ask a content service about one person, without keeping the answer."`
}

// serviceArg names a content service.
type serviceArg struct {
	Slug string `arg:"" help:"The content service."`
}

type servicePut struct {
	serviceArg
	File string `arg:"" help:"The settings as JSON; - is stdin."`
}

// Run saves a content service.
func (c servicePut) Run(rt *runtime) error {
	body, a, err := rt.fileFor(c.File)
	if err != nil {
		return err
	}
	old, err := existing(a.ContentServices().Get(rt.ctx, c.Slug))
	if err != nil {
		return err
	}
	saved, err := a.ContentServices().Put(rt.ctx, c.Slug, body, old.Version)
	if err != nil {
		return err
	}
	return rt.print(saved, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "Saved the content service %s, version %d: e-mails see it as services.%s.\n", saved.Slug, saved.Version, saved.Slug)
	})
}

type serviceList struct{}

// Run lists the content services.
func (serviceList) Run(rt *runtime) error {
	return listOf(rt, func(a *app.App) ([]app.ContentService, error) { return a.ContentServices().List(rt.ctx) }, []string{"SLUG", "NAME", "ADDRESS", "IS TOLD", "USED BY"}, func(s app.ContentService) []string {
		return []string{s.Slug, s.Name, s.Settings.URL, strings.Join(s.Settings.Fields, ", "), strings.Join(s.UsedBy, ", ")}
	})
}

type serviceShow struct{ serviceArg }

// Run shows a content service.
func (c serviceShow) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	s, err := a.ContentServices().Get(rt.ctx, c.Slug)
	if err != nil {
		return err
	}
	body, err := s.Settings.JSON()
	if err != nil {
		return err
	}
	return rt.print(s, func(w io.Writer) { _, _ = fmt.Fprintf(w, "%s\n", body) })
}

type serviceRemove struct{ serviceArg }

// Run removes a content service.
func (c serviceRemove) Run(rt *runtime) error {
	return removed(rt, "content service", c.Slug, func(a *app.App) error { return a.ContentServices().Remove(rt.ctx, c.Slug) })
}

type serviceAsk struct {
	serviceArg
	Contact string `required:"" help:"The person's address."`
}

// Run asks about one person.
func (c serviceAsk) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	s, err := a.ContentServices().Get(rt.ctx, c.Slug)
	if err != nil {
		return err
	}
	body, err := s.Settings.JSON()
	if err != nil {
		return err
	}
	id, err := a.ContactID(rt.ctx, c.Contact)
	if err != nil {
		return err
	}
	trial, err := a.ContentServices().Try(rt.ctx, body, id)
	if err != nil {
		return err
	}
	return rt.print(trial, func(w io.Writer) { _, _ = fmt.Fprintf(w, "told    %s\nanswers %s\n", trial.Told, trial.Answer) })
}
