package main

import (
	"fmt"
	"io"

	"github.com/mailwright/mailwright/app"
)

type consentCommands struct {
	Show consentShow `cmd:"" help:"Show what a person agreed to, and every line of the ledger."`
	Set  consentSet  `cmd:"" help:"Note a person's own word."`
}

type consentShow struct{ person }

// consents is what consent show answers.
type consents struct {
	Email      string                 `json:"email"`
	Consents   []app.ContactConsent   `json:"consents"`
	Suppressed *app.SuppressedAddress `json:"suppressed"`
	History    []app.ConsentLine      `json:"history"`
}

// Run shows consent.
func (c consentShow) Run(rt *runtime) error {
	a, id, err := c.open(rt)
	if err != nil {
		return err
	}
	return showConsent(rt, a, id)
}

func showConsent(rt *runtime, a *app.App, id int64) error {
	d, err := a.Contacts().Get(rt.ctx, id)
	if err != nil {
		return err
	}
	history, err := a.Contacts().ConsentHistory(rt.ctx, id)
	if err != nil {
		return err
	}
	return rt.print(consents{d.Email, d.Consents, d.Suppressed, history}, func(w io.Writer) {
		for _, x := range d.Consents {
			answer := "no (" + x.Reason + ")"
			if x.Allowed {
				answer = "yes"
			}
			_, _ = fmt.Fprintf(w, "%-16s %s\n", x.Purpose, answer)
		}
		for _, h := range history {
			taken := ""
			if h.TakenBack {
				taken = ", taken back"
			}
			_, _ = fmt.Fprintf(w, "  %s  %s %s: %s%s\n", day(h.At), h.Purpose, h.State, h.Source, taken)
		}
	})
}

type consentSet struct {
	person
	Purpose string `arg:"" help:"What for: marketing, recommendations, profiling."`
	State   string `arg:"" enum:"granted,withdrawn" help:"granted or withdrawn."`
	Source  string `required:"" placeholder:"S" help:"Where the person said so."`
}

// Run notes a person's word and shows what holds now.
func (c consentSet) Run(rt *runtime) error {
	a, id, err := c.open(rt)
	if err != nil {
		return err
	}
	if err := a.Contacts().SetConsent(rt.ctx, id, c.Purpose, c.State, c.Source); err != nil {
		return err
	}
	return showConsent(rt, a, id)
}
