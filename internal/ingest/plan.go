// Package ingest brings rows into a workspace as batches: a source is read twice,
// once to learn how its columns are written (Inspect), once to clean, match and
// write its rows (Run) in chunks of one transaction each. A batch has a report,
// keeps the rows it could not take, and can be undone as a whole (Undo).
//
// A crash between two chunks leaves a batch that says it failed; importing the
// file again changes nothing that is in, and adds what is missing.
package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/mailwright/mailwright/internal/batch"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/source/csv"
)

// Conflict says what an import does to values that a contact has already. An
// empty cell never changes anything.
type Conflict string

const (
	Update Conflict = "update" // the file's value wins
	Keep   Conflict = "keep"   // known contacts are left alone
	Fill   Conflict = "fill"   // only what is unset is set
)

// Request describes an import.
type Request struct {
	Path       string
	Kind       batch.Kind
	Format     csv.Format // zero fields are found
	Columns    []Choice   // nil: matched by name
	Key        string     // email or external_id
	OnConflict Conflict
	Event      string            // the type of events whose file has no column for it
	Consent    map[string]string // purpose → source, stated for the whole file
	DateOrder  Order
	DryRun     bool
}

// Choice is what a person decided about a column.
type Choice struct {
	Index  int
	Target Target
	Type   contact.Type // "" is inferred
}

// Column is what is known of a column after the first pass.
type Column struct {
	Index     int
	Header    string
	Target    Target
	Form      Form
	Stated    bool // a person stated the type, so misfits are rejected
	Undecided bool // day or month first is open
	Set       int
	Empty     int
	Distinct  int // counted up to maxDistinct
	Samples   []string
}

// Plan is what Inspect found.
type Plan struct {
	Request Request
	Format  csv.Format
	Columns []Column
	Rows    int64
	First   [][]string // the first rows
	Bad     []csv.RowError
	BadRows int64
}

const (
	firstRows = 20
	firstBad  = 100
)

// Inspect reads the whole file once and says what each column would become. It
// returns fault.Invalid for what is no table or has no column to know people or
// products by.
func Inspect(ctx context.Context, req Request, schema contact.Schema, p job.Progress) (*Plan, error) {
	if _, known := fields[req.Kind]; !known {
		return nil, fault.At(fault.Invalid, "kind", "%q is not contacts, events or products", req.Kind)
	}
	format, err := csv.Detect(req.Path, req.Format)
	if err != nil {
		return nil, err
	}
	r, err := csv.Open(req.Path, format)
	if errors.Is(err, io.EOF) {
		return nil, fault.New(fault.Invalid, "%s has no rows", filepath.Base(req.Path))
	}
	if err != nil {
		return nil, fault.New(fault.Invalid, "%s: %w", filepath.Base(req.Path), err)
	}
	defer func() { _ = r.Close() }()
	plan := &Plan{Request: req, Format: format}
	tallies := make([]*tally, len(r.Header))
	for i := range tallies {
		tallies[i] = newTally()
	}
	p.Say("Reading the whole file for its types")
	if err := plan.pass(ctx, r, tallies, p); err != nil {
		return nil, err
	}
	return plan, plan.decide(r.Header, tallies, schema)
}

func (plan *Plan) pass(ctx context.Context, r *csv.Reader, tallies []*tally, p job.Progress) error {
	for {
		rec, err := r.Read()
		var bad *csv.RowError
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &bad):
			if plan.BadRows++; len(plan.Bad) < firstBad {
				plan.Bad = append(plan.Bad, *bad)
			}
			continue
		case err != nil:
			return fault.New(fault.Unavailable, "%w", err)
		}
		if plan.Rows++; plan.Rows%8192 == 0 {
			if ctx.Err() != nil {
				return fault.New(fault.Cancelled, "stopped; nothing was imported")
			}
			read, size := r.Progress()
			p.Set(read, size, "bytes")
		}
		if len(plan.First) < firstRows {
			plan.First = append(plan.First, rec.Cells)
		}
		for i, t := range tallies {
			t.add(rec.Cells[i])
		}
	}
}

// decide matches columns to targets and settles their types.
func (plan *Plan) decide(headers []string, tallies []*tally, schema contact.Schema) error {
	targets := match(plan.Request.Kind, headers)
	stated := map[int]contact.Type{}
	if plan.Request.Columns != nil {
		for i := range targets {
			targets[i] = Ignore
		}
		for _, c := range plan.Request.Columns {
			if c.Index < 0 || c.Index >= len(targets) {
				return fault.At(fault.Invalid, "columns", "there is no column %d; the file has %d", c.Index+1, len(targets))
			}
			targets[c.Index], stated[c.Index] = c.Target, c.Type
		}
	}
	seen := map[Target]string{}
	for i, t := range tallies {
		if other, twice := seen[targets[i]]; twice && targets[i] != Ignore {
			return fault.At(fault.Invalid, "columns", "the columns %q and %q would both become %s", other, headers[i], targets[i])
		}
		seen[targets[i]] = headers[i]
		c := Column{Index: i, Header: headers[i], Target: targets[i], Set: t.set, Empty: t.empty, Distinct: len(t.distinct), Samples: t.samples}
		c.Form, c.Undecided = t.form(headers[i], schema.Currency, plan.Request.DateOrder)
		c.fit(schema, stated[i])
		plan.Columns = append(plan.Columns, c)
	}
	return plan.usable()
}

// fit gives the column the type its target needs: a stated one, the fixed one of
// a field or a built-in attribute, else what was inferred.
func (c *Column) fit(schema contact.Schema, stated contact.Type) {
	want := stated
	switch c.Target {
	case "occurred_at", "created_at":
		want = contact.Datetime
	case "email", "external_id", "event", "event_id", "sku", "title", "url", "image", "category":
		want = contact.Text
	case "stock":
		want = contact.Number
	}
	if name, ok := c.Target.Attribute(); ok && want == "" && schema.Attributes[name].BuiltIn {
		want = schema.Attributes[name].Type
	}
	if _, ok := c.Target.Consent(); ok {
		want = contact.Boolean
	}
	c.Stated = want != ""
	if c.Target == "price" && c.Form.Type == contact.Number {
		c.Form.Type = contact.Money
	}
	if want != "" && want != c.Form.Type {
		dated := c.Form.Type == contact.DateType || c.Form.Type == contact.Datetime
		c.Form.Type = want
		if want != contact.DateType && want != contact.Datetime || !dated {
			c.Undecided = false
		}
	}
}

// usable refuses a plan whose rows could not be told apart.
func (plan *Plan) usable() error {
	req := plan.Request
	if req.Kind == batch.Products {
		if plan.column("sku") == nil {
			return fault.At(fault.Invalid, "columns", "no column holds the product's number; name one sku")
		}
		return nil
	}
	key := Target(req.Key)
	if key == "" {
		key = "email"
	}
	if plan.column(key) == nil && (req.Key != "" || plan.column("external_id") == nil) {
		return fault.At(fault.Invalid, "columns", "no column holds the %s of contacts; name one %q", key, key)
	}
	if req.Kind == batch.Events {
		if plan.column("occurred_at") == nil {
			return fault.At(fault.Invalid, "columns", "no column says when it happened; name one occurred_at")
		}
		if plan.column("event") == nil && req.Event == "" {
			return fault.At(fault.Invalid, "event", "no column says what kind of event a row is; name the kind, such as order_placed")
		}
	}
	return nil
}

// Undecided gives the first column whose days and months cannot be told apart.
func (plan *Plan) Undecided() *Column {
	for i := range plan.Columns {
		if c := &plan.Columns[i]; c.Undecided && c.Target != Ignore {
			return c
		}
	}
	return nil
}

// question is the error that asks for the order of day and month.
func (plan *Plan) question() error {
	c := plan.Undecided()
	if c == nil {
		return nil
	}
	return fault.At(fault.Invalid, "date_order", "the dates in %q (such as %s) may have the day or the month first; say which with --date-order dmy or mdy", c.Header, c.Samples[0])
}

func (plan *Plan) column(t Target) *Column {
	for i := range plan.Columns {
		if plan.Columns[i].Target == t {
			return &plan.Columns[i]
		}
	}
	return nil
}

// String names the plan for logs.
func (plan *Plan) String() string {
	return fmt.Sprintf("%s: %d rows, %d columns", filepath.Base(plan.Request.Path), plan.Rows, len(plan.Columns))
}
