package main

import (
	"fmt"
	"io"

	"github.com/mailwright/mailwright/app"
)

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(rt *runtime) error {
	return rt.print(map[string]string{"version": app.Version}, func(w io.Writer) {
		_, _ = fmt.Fprintln(w, "Mailwright", app.Version)
	})
}
