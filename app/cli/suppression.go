package main

import (
	"fmt"
	"io"

	"github.com/mailwright/mailwright/app"
)

type suppressionCommands struct {
	Add  suppressionAdd    `cmd:"" help:"Never write to an address, whatever was agreed."`
	List suppressionList   `cmd:"" help:"List the addresses that are never written to."`
	Rm   suppressionRemove `cmd:"" help:"Take an address off the list."`
}

type suppressionAdd struct {
	Email  string `arg:"" help:"The address; there need be no contact of it."`
	Reason string `default:"manual" help:"Why: unsubscribed, bounced, complained, manual."`
}

// Run puts an address on the list.
func (c suppressionAdd) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	if err := a.Contacts().Suppress(rt.ctx, c.Email, c.Reason); err != nil {
		return err
	}
	return rt.print(map[string]string{"suppressed": c.Email}, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "%s is never written to now.\n", c.Email)
	})
}

type suppressionList struct {
	Search string `placeholder:"Q" help:"Only addresses with this in them."`
}

// Run lists the addresses, page by page.
func (c suppressionList) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	const page = 500
	for offset := 0; ; offset += page {
		got, err := a.Contacts().Suppressions(rt.ctx, c.Search, offset, page)
		if err != nil {
			return err
		}
		header := []string{"EMAIL", "REASON", "SOURCE", "SINCE"}
		if offset > 0 {
			header = nil
		}
		if err := list(rt, got.Rows, header, func(x app.SuppressedAddress) []string {
			return []string{x.Email, x.Reason, x.Source, day(x.At)}
		}); err != nil {
			return err
		}
		if offset+len(got.Rows) >= got.Total {
			return nil
		}
	}
}

type suppressionRemove struct {
	Email string `arg:"" help:"The address."`
}

// Run takes an address off the list.
func (c suppressionRemove) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	if err := a.Contacts().Unsuppress(rt.ctx, c.Email); err != nil {
		return err
	}
	return rt.print(map[string]string{"removed": c.Email}, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "%s is off the list; what they agreed to holds again.\n", c.Email)
	})
}
