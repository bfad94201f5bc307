package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/mailwright/mailwright/app"
)

type campaignProof struct{ campaignArg }

// Run checks everybody; messages that would fail make the exit code 6.
func (c campaignProof) Run(rt *runtime) error {
	return printProof(rt, func(a *app.App) (app.JobStarted, error) { return a.Campaigns().Check(rt.ctx, c.Slug) })
}

type templateProof struct {
	Slug    string `arg:"" help:"The template."`
	Segment string `help:"Whose messages; everybody's when left out."`
	Version int    `help:"Which version; the newest when left out."`
}

// Run checks everybody of a segment; messages that would fail make the exit code 6.
func (c templateProof) Run(rt *runtime) error {
	return printProof(rt, func(a *app.App) (app.JobStarted, error) {
		return a.Preview().Proof(rt.ctx, app.PreviewRequest{Slug: c.Slug, Version: c.Version}, c.Segment)
	})
}

func printProof(rt *runtime, start func(*app.App) (app.JobStarted, error)) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	started, err := start(a)
	if err != nil {
		return err
	}
	var p app.Proof
	if err := rt.wait(a, started, &p); err != nil {
		return err
	}
	if err := rt.print(p, func(w io.Writer) { writeProof(w, p) }); err != nil {
		return err
	}
	if p.Failed > 0 || len(p.Problems) > 0 {
		return errPartly
	}
	return nil
}

func writeProof(w io.Writer, p app.Proof) {
	_, _ = fmt.Fprintf(w, "%d of %d messages, %d fail, the largest has %d KB; %.0f a second\n", p.Messages, p.Total, p.Failed, p.BytesMax>>10, p.PerSecond)
	for _, problem := range p.Problems {
		_, _ = fmt.Fprintf(w, "  must be mended: %s\n", problem)
	}
	if p.Skipped > 0 {
		_, _ = fmt.Fprintf(w, "%8d are left out by decision\n", p.Skipped)
	}
	if p.Alike > 0 {
		_, _ = fmt.Fprintf(w, "%8d get the same message as somebody else\n", p.Alike)
	}
	if b := p.Before; b != nil {
		_, _ = fmt.Fprintf(w, "since the check before: %d joined, %d left, %d get another message\n", b.Joined, b.Left, b.Changed)
		for _, g := range b.Gone {
			_, _ = fmt.Fprintf(w, "%8d no longer: %s %s: %s\n", g.Was, g.Kind, g.Place, g.Message)
		}
	}
	for _, g := range p.Groups {
		_, _ = fmt.Fprintf(w, "%8d%s %s %s: %s", g.Count, since(g.Count, g.Was), g.Kind, g.Place, g.Message)
		if len(g.Contacts) > 0 {
			_, _ = fmt.Fprintf(w, " (first %s)", g.Contacts[0].Email)
		}
		_, _ = fmt.Fprintln(w, decided(g.Do))
	}
	for _, v := range p.Variants {
		_, _ = fmt.Fprintf(w, "%8d%s %s\n", v.Count, since(v.Count, v.Was), rowWords(v))
	}
	for _, s := range p.Specimens {
		_, _ = fmt.Fprintf(w, "%8d as %s: %s\n", s.Count, name(s.Contact.Email, "(erased)"), strings.Join(s.Ways, "; "))
	}
	if p.Others > 0 {
		_, _ = fmt.Fprintf(w, "%8d in rarer ways still\n", p.Others)
	}
}

// since says what there was before, where it was otherwise.
func since(now, was int) string {
	if was < 0 || was == now {
		return ""
	}
	return fmt.Sprintf(" (%d before)", was)
}

func decided(do string) string {
	if do == "" {
		return ""
	}
	return " [" + do + "]"
}

func rowWords(v app.ProofVariant) string {
	switch v.Sort {
	case "fallback":
		return "get the fallback of " + v.Block
	case "not_reached":
		return "do not come to " + v.Block
	}
	words := fmt.Sprintf("get %s in %s", name(v.Variant, "nothing"), v.Block)
	if by := name(v.Name, v.Branch); by != "" {
		words += " by " + by
	}
	return words
}

type campaignDecide struct {
	campaignArg
	Kind    string `arg:"" help:"The kind of problem, as the proof names it: missing, picture, error…"`
	Do      string `arg:"" enum:"block,skip,accept,none" help:"block: nothing is sent while anybody has it; skip: those people are left out; accept: it is sent; none: take the decision back."`
	Place   string `help:"Only the problem at this place, …"`
	Message string `help:"… with this message; every one of the kind when left out."`
}

// Run writes the decision into the campaign.
func (c campaignDecide) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	do := c.Do
	if do == "none" {
		do = ""
	}
	saved, err := a.Campaigns().Decide(rt.ctx, c.Slug, c.Kind, c.Place, c.Message, do)
	if err != nil {
		return err
	}
	return rt.print(saved, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "Saved the campaign %s, version %d.\n", saved.Slug, saved.Version)
	})
}
