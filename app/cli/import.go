package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/fault"
)

type importCommands struct {
	Contacts importContacts `cmd:"" help:"Import contacts from a CSV file."`
	Events   importEvents   `cmd:"" help:"Import events from a CSV file."`
	Products importProducts `cmd:"" help:"Import products from a CSV, TSV, JSON or Google Merchant XML file."`
	List     importsList    `cmd:"" help:"List the imports."`
	Undo     importUndo     `cmd:"" help:"Take an import back."`
}

type importFile struct {
	File       string   `arg:"" help:"The file."`
	Map        string   `placeholder:"FILE" help:"What the columns become, as JSON."`
	Key        string   `enum:"email,external_id," default:"" help:"What contacts are known by: email or external_id."`
	OnConflict string   `enum:"update,keep,fill" default:"update" help:"What to do with values a contact has already."`
	Event      string   `placeholder:"TYPE" help:"The type of the events, where no column says it."`
	Consent    []string `placeholder:"PURPOSE=SOURCE" help:"Everybody in the file agreed to this, there."`
	DateOrder  string   `enum:"dmy,mdy,ymd," default:"" help:"Whether day or month comes first."`
	DryRun     bool     `help:"Do everything but keep nothing."`
	Rejects    string   `placeholder:"FILE" help:"Write the rejected rows here."`
}

type (
	importContacts struct{ importFile }
	importEvents   struct{ importFile }
	importProducts struct{ importFile }
)

// Run imports contacts.
func (c importContacts) Run(rt *runtime) error { return c.run(rt, "contacts") }

// Run imports events.
func (c importEvents) Run(rt *runtime) error { return c.run(rt, "events") }

// Run imports products.
func (c importProducts) Run(rt *runtime) error { return c.run(rt, "products") }

func (c importFile) run(rt *runtime, kind string) error {
	req := app.ImportRequest{Path: c.File, Kind: kind, Key: c.Key, OnConflict: c.OnConflict, Event: c.Event, DateOrder: c.DateOrder, DryRun: c.DryRun}
	for _, s := range c.Consent {
		purpose, source, ok := strings.Cut(s, "=")
		if !ok {
			return fault.At(fault.Invalid, "--consent", "%q is not PURPOSE=SOURCE", s)
		}
		req.Consent = append(req.Consent, app.ConsentClaim{Purpose: purpose, Source: source})
	}
	a, err := rt.open()
	if err != nil {
		return err
	}
	if c.Map != "" {
		if err := c.readMap(rt, a, &req); err != nil {
			return err
		}
	}
	started, err := a.Data().Start(rt.ctx, req)
	if err != nil {
		return err
	}
	var report app.ImportReport
	if err := rt.wait(a, started, &report); err != nil {
		return err
	}
	if c.Rejects != "" && !c.DryRun {
		if err := a.Data().SaveRejects(rt.ctx, report.Batch.Batch, c.Rejects); err != nil {
			return err
		}
	}
	if err := rt.print(report, func(w io.Writer) { sayReport(w, report) }); err != nil {
		return err
	}
	if report.Rejected > 0 {
		return errPartly
	}
	return nil
}

// readMap reads {"columns":{"Header":"target" or {"target":…,"type":…}}}. Headers
// that it does not name are matched by name.
func (c importFile) readMap(rt *runtime, a *app.App, req *app.ImportRequest) error {
	text, err := rt.input(c.Map)
	if err != nil {
		return err
	}
	var m struct {
		Columns map[string]json.RawMessage `json:"columns"`
	}
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		return fault.At(fault.Invalid, "--map", "%s is no map of columns: %w", c.Map, err)
	}
	plan, err := a.Data().Inspect(rt.ctx, *req)
	if err != nil {
		return err
	}
	for _, col := range plan.Columns {
		choice := app.ImportColumn{Index: col.Index, Target: col.Target}
		if raw, ok := m.Columns[col.Header]; ok {
			delete(m.Columns, col.Header)
			if json.Unmarshal(raw, &choice.Target) != nil {
				var full struct{ Target, Type string }
				if err := json.Unmarshal(raw, &full); err != nil {
					return fault.At(fault.Invalid, "--map", "column %q: %w", col.Header, err)
				}
				choice.Target, choice.Type = full.Target, full.Type
			}
		}
		req.Columns = append(req.Columns, choice)
	}
	for header := range m.Columns {
		return fault.At(fault.Invalid, "--map", "the file has no column %q", header)
	}
	return nil
}

func sayReport(w io.Writer, r app.ImportReport) {
	if r.DryRun {
		_, _ = fmt.Fprintln(w, "Nothing was kept; this is what would happen:")
	}
	_, _ = fmt.Fprintf(w, "%d rows read in %s: %d created, %d updated, %d unchanged, %d rejected; %d new contacts (import %d).\n",
		r.Read, (time.Duration(r.Milliseconds) * time.Millisecond).Round(10*time.Millisecond), r.Created, r.Updated, r.Unchanged, r.Rejected, r.ContactsCreated, r.Batch.Batch)
	for _, g := range r.Reasons {
		_, _ = fmt.Fprintf(w, "  %d rejected: %s (first on line %d)\n", g.Count, g.Reason, g.FirstLine)
	}
}

type importsList struct{}

// Run lists the imports.
func (importsList) Run(rt *runtime) error {
	return listOf(rt, func(a *app.App) ([]app.Batch, error) { return a.Data().Batches(rt.ctx) }, []string{"IMPORT", "KIND", "STATE", "FROM", "READ", "CREATED", "UPDATED", "UNCHANGED", "REJECTED"}, func(b app.Batch) []string {
		n := func(v int64) string { return strconv.FormatInt(v, 10) }
		return []string{n(b.Batch), b.Kind, b.State, b.Source, n(b.Read), n(b.Created), n(b.Updated), n(b.Unchanged), n(b.Rejected)}
	})
}

type importUndo struct {
	Batch int64 `arg:"" help:"The import's number."`
}

// Run takes an import back.
func (c importUndo) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	started, err := a.Data().Undo(rt.ctx, c.Batch)
	if err != nil {
		return err
	}
	var undone app.Undone
	if err := rt.wait(a, started, &undone); err != nil {
		return err
	}
	return rt.print(undone, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "%d restored, %d removed, %d kept as they were changed since.\n", undone.Restored, undone.Removed, int64(len(undone.Kept))+undone.KeptMore)
		for _, k := range undone.Kept {
			_, _ = fmt.Fprintf(w, "  kept %s: %s\n", k.What, k.Reason)
		}
	})
}
