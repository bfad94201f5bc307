package main

import (
	"fmt"
	"io"

	"github.com/mailwright/mailwright/app"
)

type initCommand struct {
	Name     string `help:"The business's name; the file's name when left out."`
	Timezone string `placeholder:"TZ" help:"The workspace's zone, such as Europe/Paris; the system's when left out."`
	Currency string `placeholder:"CUR" default:"EUR" help:"The workspace's currency."`
}

// Run makes an empty workspace.
func (c initCommand) Run(rt *runtime) error {
	path, err := rt.path()
	if err != nil {
		return err
	}
	a, err := rt.services()
	if err != nil {
		return err
	}
	status, err := a.Workspace().Create(rt.ctx, app.NewWorkspace{Path: path, Name: c.Name, Timezone: c.Timezone, Currency: c.Currency})
	if err != nil {
		return err
	}
	return rt.print(status, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "Made the workspace %s (%s, %s).\n", status.Path, status.Timezone, status.Currency)
	})
}
