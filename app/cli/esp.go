package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/fault"
)

type espCommands struct {
	Put      espPut      `cmd:"" help:"Save a sender's settings from a file."`
	List     espList     `cmd:"" help:"List the senders."`
	Show     espShow     `cmd:"" help:"Show a sender's settings."`
	Rm       espRemove   `cmd:"" help:"Remove a sender."`
	Test     espTest     `cmd:"" help:"Try a sender without sending."`
	Adapters espAdapters `cmd:"" help:"List the ways of sending and their settings."`
}

type espPut struct {
	Slug string `arg:"" help:"How campaigns name it."`
	File string `arg:"" help:"The settings as JSON; - is stdin."`
	Name string `help:"For people; the slug when left out."`
}

// Run saves a sender.
func (c espPut) Run(rt *runtime) error {
	body, a, err := rt.fileFor(c.File)
	if err != nil {
		return err
	}
	old, err := existing(a.Senders().Get(rt.ctx, c.Slug))
	if err != nil {
		return err
	}
	p := app.PutSender{Slug: c.Slug, Name: keep(c.Name, old.Name), Settings: body, BaseVersion: old.Version}
	saved, err := a.Senders().Put(rt.ctx, p)
	if err != nil {
		return err
	}
	return rt.print(saved, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "Saved the sender %s, version %d.\n", saved.Slug, saved.Version)
	})
}

type espList struct{}

// Run lists the senders.
func (espList) Run(rt *runtime) error {
	return listOf(rt, func(a *app.App) ([]app.SenderSummary, error) { return a.Senders().List(rt.ctx) }, []string{"SLUG", "NAME", "ADAPTER", "WHAT"}, func(s app.SenderSummary) []string {
		return []string{s.Slug, s.Name, s.Adapter, s.Summary}
	})
}

// espArg names a sender.
type espArg struct {
	Slug string `arg:"" help:"The sender."`
}

type espShow struct{ espArg }

// Run shows a sender's settings.
func (c espShow) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	s, err := a.Senders().Get(rt.ctx, c.Slug)
	if err != nil {
		return err
	}
	return rt.print(s, func(w io.Writer) { _, _ = fmt.Fprintf(w, "%s\n", s.Settings) })
}

type espRemove struct{ espArg }

// Run removes a sender.
func (c espRemove) Run(rt *runtime) error {
	return removed(rt, "sender", c.Slug, func(a *app.App) error { return a.Senders().Remove(rt.ctx, c.Slug) })
}

type espTest struct{ espArg }

// Run tries a sender.
func (c espTest) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	r, err := a.Senders().Test(rt.ctx, c.Slug)
	if err != nil {
		return err
	}
	return rt.print(r, func(w io.Writer) { _, _ = fmt.Fprintln(w, r.Answer) })
}

type espAdapters struct{}

// Run lists the adapters.
func (espAdapters) Run(rt *runtime) error {
	a, err := rt.services()
	if err != nil {
		return err
	}
	all, err := a.Senders().Adapters(rt.ctx)
	if err != nil {
		return err
	}
	return list(rt, all, []string{"ADAPTER", "WHAT", "SETTINGS"}, func(x app.AdapterInfo) []string {
		var fields []string
		for _, f := range x.Fields {
			fields = append(fields, f.Name)
		}
		return []string{x.Name, x.About, strings.Join(fields, ", ")}
	})
}

type secretCommands struct {
	Set secretSet `cmd:"" help:"Keep a password under a name; it is asked for, or read from stdin or MAILWRIGHT_SECRET."`
	Rm  secretRm  `cmd:"" help:"Remove a password."`
}

type secretSet struct {
	Name string `arg:"" help:"The name that senders' settings give."`
}

// Run keeps a secret. It never comes as an argument.
func (c secretSet) Run(rt *runtime) error {
	value := os.Getenv("MAILWRIGHT_SECRET")
	if value == "" {
		var err error
		if value, err = askSecret(rt, c.Name); err != nil {
			return err
		}
	}
	if value == "" {
		return fault.At(fault.Invalid, "value", "the secret is empty; nothing was kept")
	}
	a, err := rt.services()
	if err != nil {
		return err
	}
	if err := a.Senders().SetSecret(rt.ctx, c.Name, value); err != nil {
		return err
	}
	return rt.print(map[string]string{"secret": c.Name}, func(w io.Writer) { _, _ = fmt.Fprintf(w, "Kept the secret %s.\n", c.Name) })
}

// askSecret prompts on a terminal, without showing what is typed, and reads a line
// from anything else.
func askSecret(rt *runtime, name string) (string, error) {
	if f, ok := rt.stdin.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		_, _ = fmt.Fprintf(rt.stderr, "Secret %s: ", name)
		b, err := term.ReadPassword(int(f.Fd()))
		_, _ = fmt.Fprintln(rt.stderr)
		return string(b), err
	}
	b, err := io.ReadAll(rt.stdin)
	return strings.TrimRight(string(b), "\r\n"), err
}

type secretRm struct {
	Name string `arg:"" help:"The name."`
}

// Run removes a secret.
func (c secretRm) Run(rt *runtime) error {
	a, err := rt.services()
	if err != nil {
		return err
	}
	if err := a.Senders().SetSecret(rt.ctx, c.Name, ""); err != nil {
		return err
	}
	return rt.print(map[string]string{"removed": c.Name}, func(w io.Writer) { _, _ = fmt.Fprintf(w, "Removed the secret %s.\n", c.Name) })
}
