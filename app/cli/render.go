package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/render"
)

type renderCommand struct {
	Template string `arg:"" optional:"" help:"The template's slug."`
	Campaign string `placeholder:"SLUG" help:"Instead of a template: what the campaign sends, or has sent."`
	Contact  string `required:"" placeholder:"EMAIL" help:"Whose message."`
	Version  int    `help:"A version of the template; the newest when left out."`
	Part     string `enum:",html,text,subject,preheader,mime,trace" default:"" help:"Only one part: html, text, subject, preheader, mime or trace."`
}

// Run shows what one person gets, and why.
func (c renderCommand) Run(rt *runtime) error {
	if (c.Template == "") == (c.Campaign == "") {
		return fault.At(fault.Invalid, "template", "name a template or a campaign")
	}
	a, err := rt.open()
	if err != nil {
		return err
	}
	id, err := a.ContactID(rt.ctx, c.Contact)
	if err != nil {
		return err
	}
	p, err := a.Preview().Compose(rt.ctx, app.PreviewRequest{Slug: c.Template, Version: c.Version, Campaign: c.Campaign, ContactID: id})
	if err != nil {
		return err
	}
	if c.Part == "trace" {
		return rt.print(p.Trace, func(w io.Writer) { writeTrace(w, p.Trace) })
	}
	if p.Failed {
		return &fault.Error{Code: fault.Invalid, Message: p.Problem.Message, Field: p.Problem.Field}
	}
	if c.Part != "" {
		return c.part(rt, a, p)
	}
	return rt.print(p, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "To: %s\nSubject: %s\nPreheader: %s\n\n%s\n", p.Email, p.Subject, p.Preheader, p.Text)
		writeTrace(w, p.Trace)
	})
}

// part writes one part as it is; with --json as an object with that one field.
func (c renderCommand) part(rt *runtime, a *app.App, p app.PreviewResult) error {
	texts := map[string]string{"html": p.HTML, "text": p.Text, "subject": p.Subject, "preheader": p.Preheader}
	if c.Part == "mime" {
		if c.Campaign == "" {
			return fault.At(fault.Invalid, "part", "only a campaign's message has a sender, and so is a whole e-mail")
		}
		mime, err := a.Preview().MIME(rt.ctx, c.Campaign, p.ContactID)
		if err != nil {
			return err
		}
		texts["mime"] = mime
	}
	return rt.print(map[string]string{c.Part: texts[c.Part]}, func(w io.Writer) { _, _ = io.WriteString(w, texts[c.Part]) })
}

// writeTrace says for each block what was tried, taken and missing.
func writeTrace(w io.Writer, t render.Trace) {
	for _, m := range t.Missing {
		writeMissing(w, "", m)
	}
	for _, b := range t.Blocks {
		in := strings.Repeat("  ", b.Depth)
		_, _ = fmt.Fprintf(w, "%s%s (%s)\n", in, b.ID, b.Kind)
		if b.Rule != nil {
			for _, tried := range b.Rule.Tried {
				answer := "no"
				if tried.Holds {
					answer = "yes"
				}
				_, _ = fmt.Fprintf(w, "%s  %s? %s", in, name(tried.Name, tried.Path), answer)
				if tried.Because != nil && tried.Because.Seen != "" {
					_, _ = fmt.Fprintf(w, " (%s)", tried.Because.Seen)
				}
				_, _ = fmt.Fprintln(w)
			}
			_, _ = fmt.Fprintf(w, "%s  → %s\n", in, name(b.Variant, "nothing"))
		}
		if b.Fallback {
			_, _ = fmt.Fprintf(w, "%s  → fallback: %s\n", in, b.Reason)
		}
		for _, k := range b.Picks {
			_, _ = fmt.Fprintf(w, "%s  %s %s: %s\n", in, k.SKU, k.Title, k.Reason)
		}
		for _, m := range b.Missing {
			writeMissing(w, in+"  ", m)
		}
	}
}

func name(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func writeMissing(w io.Writer, in string, m render.Missing) {
	state := "missing"
	if m.Covered {
		state = "missing, covered"
	}
	_, _ = fmt.Fprintf(w, "%s%s: %s (%s, line %d, column %d)\n", in, m.Name, state, m.Where, m.Line, m.Column)
}

type liquidCommand struct {
	Data   string `placeholder:"FILE" help:"A JSON object with the variables."`
	Escape string `enum:"html,none" default:"none" help:"html escapes what is put out; none does not."`
}

// Run renders Liquid from stdin, without a workspace.
func (c liquidCommand) Run(rt *runtime) error {
	source, err := io.ReadAll(rt.stdin)
	if err != nil {
		return err
	}
	var data []byte
	if c.Data != "" {
		if data, err = rt.input(c.Data); err != nil {
			return err
		}
	}
	out, err := app.Liquid(rt.ctx, string(source), data, c.Escape == "html")
	if err != nil {
		return err
	}
	return rt.print(map[string]string{"output": out}, func(w io.Writer) { _, _ = io.WriteString(w, out) })
}
