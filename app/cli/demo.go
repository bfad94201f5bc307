package main

import (
	"fmt"
	"io"

	"github.com/mailwright/mailwright/app"
)

type demoCommand struct {
	Contacts int    `default:"2000" help:"How many contacts."`
	Events   int    `help:"How many events; 20 a contact when left out."`
	Seed     uint64 `default:"1" help:"The same seed makes the same shop."`
}

// Run makes a workspace with a made-up shop.
func (c demoCommand) Run(rt *runtime) error {
	path, err := rt.path()
	if err != nil {
		return err
	}
	a, err := rt.services()
	if err != nil {
		return err
	}
	started, err := a.Workspace().CreateDemo(rt.ctx, app.NewDemo{Path: path, Contacts: c.Contacts, Events: c.Events, Seed: c.Seed})
	if err != nil {
		return err
	}
	var status app.Status
	if err := rt.wait(a, started, &status); err != nil {
		return err
	}
	return rt.print(status, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "Made the demo shop %s: %d contacts, %d events, %d products.\n", status.Path, status.Contacts, status.Events, status.Products)
	})
}
