package main

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/store"
)

type auditCommands struct {
	List   auditList   `cmd:"" help:"List the history, newest first."`
	Verify auditVerify `cmd:"" help:"Prove that the history is as it was written."`
}

type auditList struct {
	Contact string `placeholder:"EMAIL" help:"Only what is about this person."`
	Limit   int    `default:"100" help:"How many entries; 0 for all."`
}

// Run lists the history.
func (c auditList) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	q := app.AuditQuery{}
	if c.Contact != "" {
		if q.ContactID, err = a.ContactID(rt.ctx, c.Contact); err != nil {
			return err
		}
	}
	const page = 500
	left := c.Limit
	for {
		q.Limit = page
		if c.Limit > 0 {
			q.Limit = min(page, left)
		}
		got, err := a.Audit().List(rt.ctx, q)
		if err != nil {
			return err
		}
		header := []string{"ENTRY", "WHEN", "WHO", "WHAT", "CONTACT", "DETAILS"}
		if q.Offset > 0 {
			header = nil
		}
		if err := list(rt, got.Rows, header, auditCells); err != nil {
			return err
		}
		q.Offset += len(got.Rows)
		left -= len(got.Rows)
		if q.Offset >= got.Total || len(got.Rows) == 0 || (c.Limit > 0 && left <= 0) {
			return nil
		}
	}
}

func auditCells(r app.AuditRow) []string {
	who := ""
	if r.ContactID != 0 {
		who = strconv.FormatInt(r.ContactID, 10)
	}
	return []string{strconv.FormatInt(r.ID, 10), time.UnixMilli(r.At).UTC().Format(time.RFC3339), r.Actor, r.Action, who, string(r.Open)}
}

type auditVerify struct{}

// Run proves the history; a broken one is a failure.
func (auditVerify) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	v, err := a.Audit().Verify(rt.ctx)
	if err != nil {
		return err
	}
	if err := rt.print(v, func(w io.Writer) { _, _ = fmt.Fprintln(w, v.Message) }); err != nil {
		return err
	}
	if !v.OK {
		return errFound
	}
	return nil
}

type backupCommand struct {
	File string `arg:"" help:"Where to write the copy; there must be nothing yet."`
}

// Run writes a whole copy, also while the workspace is in use.
func (c backupCommand) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	started, err := a.Workspace().Backup(rt.ctx, c.File)
	if err != nil {
		return err
	}
	if err := rt.wait(a, started, nil); err != nil {
		return err
	}
	return rt.print(map[string]string{"backup": c.File}, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "The whole workspace is in %s.\n", c.File)
	})
}

type restoreCommand struct {
	File string `arg:"" help:"The copy to restore from."`
}

// Run puts a copy of a backup in the workspace's place.
func (c restoreCommand) Run(rt *runtime) error {
	path, err := rt.path()
	if err != nil {
		return err
	}
	a, err := rt.services()
	if err != nil {
		return err
	}
	r, err := a.RestoreWorkspace(rt.ctx, c.File, path)
	if err != nil {
		return err
	}
	return rt.print(r, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "Restored %s.\n", r.Path)
		if r.Kept != "" {
			_, _ = fmt.Fprintf(w, "What was there is kept as %s.\n", r.Kept)
		}
	})
}

type doctorCommand struct{}

// Run looks whether the workspace is whole; a finding is a failure.
func (doctorCommand) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	found, err := a.Workspace().Doctor(rt.ctx)
	if err != nil {
		return err
	}
	ok := true
	for _, c := range found {
		ok = ok && c.OK
	}
	if err := rt.print(map[string]any{"ok": ok, "checks": found}, func(w io.Writer) { writeCheckups(w, found) }); err != nil {
		return err
	}
	if !ok {
		return errFound
	}
	return nil
}

func writeCheckups(w io.Writer, found []store.Checkup) {
	for _, c := range found {
		mark := "ok   "
		if !c.OK {
			mark = "WRONG"
		}
		_, _ = fmt.Fprintf(w, "%s  %-10s %s\n", mark, c.Check, c.Message)
	}
}

// errFound ends a command that looked for something wrong and found it; what it
// is has been printed.
var errFound = errors.New("something is wrong")
