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
	"slices"

	"github.com/mailwright/mailwright/internal/batch"
	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/source/csv"
)

// Conflict says what an import does to values that a contact has already. An
// empty cell never changes anything.
type Conflict string

// What an import can do to known values.
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
	Source     string // what lists of imports call it; the file's name when empty
	Feed       string // products: the feed they come from
	MarkGone   bool   // products of the feed that are not in it any more are marked as gone
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

	people *repeats
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
	table, done, err := tableOf(req)
	if err != nil {
		return nil, err
	}
	defer done()
	format, err := csv.Detect(table, req.Format)
	if err != nil {
		return nil, err
	}
	r, err := csv.Open(table, format)
	if errors.Is(err, io.EOF) {
		return nil, fault.New(fault.Invalid, "%s has no rows", filepath.Base(req.Path))
	}
	if err != nil {
		return nil, fault.New(fault.Invalid, "%s: %w", filepath.Base(req.Path), err)
	}
	defer func() { _ = r.Close() }()
	plan := &Plan{Request: req, Format: format}
	targets, stated, err := plan.targets(r.Header)
	if err != nil {
		return nil, err
	}
	plan.people = repeatsIn(req, targets)
	tallies := make([]*tally, len(r.Header))
	for i := range tallies {
		tallies[i] = newTally()
	}
	p.Say("Reading the whole file for its types")
	if err := plan.pass(ctx, r, tallies, p); err != nil {
		return nil, err
	}
	plan.people.done()
	return plan, plan.decide(r.Header, targets, stated, tallies, schema)
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
		plan.people.see(rec)
		for i, t := range tallies {
			t.add(rec.Cells[i])
		}
	}
}

// targets gives what each column becomes, and the types that a person stated.
func (plan *Plan) targets(headers []string) ([]Target, map[int]contact.Type, error) {
	targets := match(plan.Request.Kind, headers)
	stated := map[int]contact.Type{}
	if plan.Request.Columns == nil {
		return targets, stated, nil
	}
	for i := range targets {
		targets[i] = Ignore
	}
	for _, c := range plan.Request.Columns {
		if c.Index < 0 || c.Index >= len(targets) {
			return nil, nil, fault.At(fault.Invalid, "columns", "there is no column %d; the file has %d", c.Index+1, len(targets))
		}
		if err := plan.possible(c); err != nil {
			return nil, nil, err
		}
		targets[c.Index], stated[c.Index] = c.Target, c.Type
	}
	return targets, stated, nil
}

// possible refuses a choice that no column of the kind can become.
func (plan *Plan) possible(c Choice) error {
	if c.Type != "" && !slices.Contains(contact.Types, c.Type) {
		return fault.At(fault.Invalid, "columns", "%q is no type; the types are %v", c.Type, contact.Types)
	}
	kind := plan.Request.Kind
	if c.Target == Ignore || slices.ContainsFunc(fields[kind], func(f field) bool { return f.target == c.Target }) {
		return nil
	}
	attribute, isAttribute := c.Target.Attribute()
	property, isProperty := c.Target.Property()
	purpose, isConsent := c.Target.Consent()
	switch {
	case isAttribute && kind == batch.Contacts && attribute != "" && contact.SnakeCase(attribute) == attribute && !derived(attribute):
		return nil
	case isProperty && kind == batch.Events && property != "" && contact.SnakeCase(property) == property:
		return nil
	case isConsent && kind == batch.Contacts && slices.Contains(consent.Purposes, consent.Purpose(purpose)):
		return nil
	}
	return fault.At(fault.Invalid, "columns", "column %d cannot become %q in an import of %s", c.Index+1, c.Target, kind)
}

// derived reports whether an attribute is read from the contact itself.
func derived(name string) bool {
	return slices.ContainsFunc(contact.Derived, func(a contact.Attribute) bool { return a.Name == name })
}

// decide settles the types of columns.
func (plan *Plan) decide(headers []string, targets []Target, stated map[int]contact.Type, tallies []*tally, schema contact.Schema) error {
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
	case "email", "external_id", "event", "event_id", "sku", "title", "url", "image", "category", "availability":
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
	if (c.Target == "price" || c.Target == "sale_price") && want == "" && c.Form.Type != contact.Money {
		c.Form.Type, c.Undecided = contact.Money, false
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
