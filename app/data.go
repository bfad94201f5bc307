package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/mailwright/mailwright/internal/batch"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/ingest"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/source/csv"
)

// Data brings contacts, events and products in, and takes them back.
type Data struct{ app *App }

// Data gives the service.
func (a *App) Data() *Data { return &Data{app: a} }

// ImportRequest describes an import. Empty fields are found or take the usual.
type ImportRequest struct {
	Path       string         `json:"path"`
	Kind       string         `json:"kind"` // contacts, events, products
	Delimiter  string         `json:"delimiter"`
	Encoding   string         `json:"encoding"`
	Quote      string         `json:"quote"`
	Columns    []ImportColumn `json:"columns"` // empty: matched by name
	Key        string         `json:"key"`     // email, external_id
	OnConflict string         `json:"on_conflict"`
	Event      string         `json:"event"`
	Consent    []ConsentClaim `json:"consent"`
	DateOrder  string         `json:"date_order"`
	DryRun     bool           `json:"dry_run"`
}

// ImportColumn is what a person decided about a column.
type ImportColumn struct {
	Index  int    `json:"index"`
	Target string `json:"target"`
	Type   string `json:"type"`
}

// ConsentClaim says that everybody in the file agreed to a purpose, and where.
type ConsentClaim struct {
	Purpose string `json:"purpose"`
	Source  string `json:"source"`
}

// ImportPlan is what was found in a file and what would become of it.
type ImportPlan struct {
	Path       string           `json:"path"`
	File       string           `json:"file"`
	Size       int64            `json:"size"`
	Kind       string           `json:"kind"`
	Delimiter  string           `json:"delimiter"`
	Encoding   string           `json:"encoding"`
	Quote      string           `json:"quote"`
	Rows       int64            `json:"rows"`
	Columns    []PlannedColumn  `json:"columns"`
	SampleRows [][]string       `json:"sample_rows"`
	BadRows    []BadRow         `json:"bad_rows"`
	BadCount   int64            `json:"bad_count"`
	Questions  []ImportQuestion `json:"questions"`
	Targets    []TargetChoice   `json:"targets"`
	Problem    string           `json:"problem"` // what must be decided before rows can be told apart; "" when it is ready
}

// PlannedColumn is a column of the file and what it would become.
type PlannedColumn struct {
	Index    int      `json:"index"`
	Header   string   `json:"header"`
	Target   string   `json:"target"`
	Type     string   `json:"type"`
	Stated   bool     `json:"stated"`
	Samples  []string `json:"samples"`
	Becomes  []string `json:"becomes"` // the samples as values of the type
	Filled   int      `json:"filled"`
	Empty    int      `json:"empty"`
	Distinct int      `json:"distinct"`
}

// BadRow is a row that cannot be read.
type BadRow struct {
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Field  string `json:"field"`
	Reason string `json:"reason"`
}

// ImportQuestion is something only a person can say.
type ImportQuestion struct {
	Field   string           `json:"field"`
	Message string           `json:"message"`
	Options []QuestionOption `json:"options"`
}

// QuestionOption is one answer.
type QuestionOption struct {
	Value   string `json:"value"`
	Label   string `json:"label"`
	Example string `json:"example"`
}

// TargetChoice is something that a column may become.
type TargetChoice struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// request checks what only this layer can and gives the importer's form.
func (r ImportRequest) request() (ingest.Request, error) {
	q := ingest.Request{Path: r.Path, Kind: batch.Kind(r.Kind), Key: r.Key, Event: contact.SnakeCase(r.Event), DryRun: r.DryRun,
		OnConflict: ingest.Conflict(r.OnConflict), DateOrder: ingest.Order(r.DateOrder)}
	if q.OnConflict == "" {
		q.OnConflict = ingest.Update
	}
	for _, c := range []struct {
		field, value string
		allowed      []string
	}{
		{"key", r.Key, []string{"", "email", "external_id"}},
		{"on_conflict", string(q.OnConflict), []string{"update", "keep", "fill"}},
		{"date_order", r.DateOrder, []string{"", "dmy", "mdy", "ymd"}},
		{"encoding", r.Encoding, append([]string{""}, csv.Encodings...)},
	} {
		if !slices.Contains(c.allowed, c.value) {
			return q, fault.At(fault.Invalid, c.field, "%q is none of %q", c.value, c.allowed)
		}
	}
	q.Format = csv.Format{Encoding: r.Encoding, Delimiter: firstRune(r.Delimiter), Quote: firstRune(r.Quote)}
	for _, c := range r.Columns {
		q.Columns = append(q.Columns, ingest.Choice{Index: c.Index, Target: ingest.Target(c.Target), Type: contact.Type(c.Type)})
	}
	if len(r.Consent) > 0 {
		q.Consent = map[string]string{}
	}
	for _, c := range r.Consent {
		if c.Source == "" {
			return q, fault.At(fault.Invalid, "consent", "say where the consent to %s was given", c.Purpose)
		}
		q.Consent[c.Purpose] = c.Source
	}
	return q, nil
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// inspect reads the whole file for its types.
func (s *Data) inspect(ctx context.Context, r ImportRequest, p job.Progress) (*ingest.Plan, contact.Schema, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, contact.Schema{}, err
	}
	req, err := r.request()
	if err != nil {
		return nil, contact.Schema{}, err
	}
	schema, err := w.Store.Schema(ctx)
	if err != nil {
		return nil, schema, err
	}
	plan, err := ingest.Inspect(ctx, req, schema, p)
	return plan, schema, err
}

// Inspect reads the file and says what each column would become. It may take
// seconds for millions of rows; StartInspect does it as a job.
func (s *Data) Inspect(ctx context.Context, r ImportRequest) (ImportPlan, error) {
	return s.look(ctx, r, job.Silent{})
}

// look gives the plan of a file. One that lacks a decision says so and is given
// all the same, so that a person can make it.
func (s *Data) look(ctx context.Context, r ImportRequest, p job.Progress) (ImportPlan, error) {
	plan, schema, err := s.inspect(ctx, r, p)
	switch {
	case err == nil:
		return planOf(plan, schema), nil
	case plan != nil && len(plan.Columns) > 0 && fault.Is(err, fault.Invalid):
		v := planOf(plan, schema)
		v.Problem = err.Error()
		return v, nil
	}
	return ImportPlan{}, err
}

// StartInspect is Inspect as a job, whose result is the plan.
func (s *Data) StartInspect(_ context.Context, r ImportRequest) (JobStarted, error) {
	if _, err := s.app.current(); err != nil {
		return JobStarted{}, err
	}
	return s.app.start("inspect", "Look at "+filepath.Base(r.Path), func(ctx context.Context, p job.Progress) (any, error) {
		return s.look(ctx, r, p)
	}), nil
}

func planOf(plan *ingest.Plan, schema contact.Schema) ImportPlan {
	v := ImportPlan{Path: plan.Request.Path, File: filepath.Base(plan.Request.Path), Kind: string(plan.Request.Kind), Encoding: plan.Format.Encoding,
		Delimiter: string(plan.Format.Delimiter), Quote: string(plan.Format.Quote), Rows: plan.Rows, SampleRows: plan.First, BadCount: plan.BadRows,
		Columns: []PlannedColumn{}, BadRows: []BadRow{}, Questions: []ImportQuestion{}, Targets: []TargetChoice{}}
	if info, err := os.Stat(plan.Request.Path); err == nil {
		v.Size = info.Size()
	}
	if v.SampleRows == nil {
		v.SampleRows = [][]string{}
	}
	for _, c := range plan.Columns {
		p := PlannedColumn{Index: c.Index, Header: c.Header, Target: string(c.Target), Type: string(c.Form.Type), Stated: c.Stated,
			Samples: c.Samples, Filled: c.Set, Empty: c.Empty, Distinct: c.Distinct, Becomes: []string{}}
		if p.Samples == nil {
			p.Samples = []string{}
		}
		for _, cell := range c.Samples {
			if value, ok := c.Form.Value(cell, schema.Zone); ok {
				p.Becomes = append(p.Becomes, value.String())
			} else {
				p.Becomes = append(p.Becomes, "")
			}
		}
		v.Columns = append(v.Columns, p)
	}
	for _, b := range plan.Bad {
		v.BadRows = append(v.BadRows, BadRow{Line: b.Line, Column: b.Column, Reason: b.Reason})
	}
	if c := plan.Undecided(); c != nil {
		v.Questions = append(v.Questions, dateQuestion(c, schema))
	}
	for _, t := range ingest.Choices(plan.Request.Kind, schema) {
		v.Targets = append(v.Targets, TargetChoice{Value: string(t), Label: t.Label(schema)})
	}
	return v
}

// dateQuestion asks for the order of day and month with the file's own example.
func dateQuestion(c *ingest.Column, schema contact.Schema) ImportQuestion {
	q := ImportQuestion{Field: "date_order", Message: fmt.Sprintf("In “%s”, does the day or the month come first?", c.Header)}
	for _, o := range []struct {
		order ingest.Order
		label string
	}{{ingest.DMY, "The day first"}, {ingest.MDY, "The month first"}} {
		form := c.Form
		form.Type, form.Order = contact.DateType, o.order
		v, _ := form.Value(c.Samples[0], schema.Zone)
		q.Options = append(q.Options, QuestionOption{Value: string(o.order), Label: o.label,
			Example: fmt.Sprintf("%s is %s", c.Samples[0], v.Date().Start(schema.Zone).Format("2 January 2006"))})
	}
	return q
}

// Start imports; the job's result is the report.
func (s *Data) Start(_ context.Context, r ImportRequest) (JobStarted, error) {
	w, err := s.app.current()
	if err != nil {
		return JobStarted{}, err
	}
	return s.app.start("import", "Import "+filepath.Base(r.Path), func(ctx context.Context, p job.Progress) (any, error) {
		plan, _, err := s.inspect(ctx, r, p)
		if err != nil {
			return nil, err
		}
		p.Say("Writing")
		report, err := ingest.Run(ctx, w.Store, plan, s.app.options.Actor, p)
		if report.State == "" {
			return nil, err
		}
		return reportOf(report), err
	}), nil
}
