package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/fault"
)

type segmentCommands struct {
	Put     segmentPut     `cmd:"" help:"Save a segment from a file that holds its condition."`
	List    segmentList    `cmd:"" help:"List the segments with their counts."`
	Show    segmentShow    `cmd:"" help:"Show a segment."`
	Rm      segmentRemove  `cmd:"" help:"Remove a segment."`
	Count   segmentCount   `cmd:"" help:"Count the people in a segment or of a condition."`
	Members segmentMembers `cmd:"" help:"Print the people as CSV, sorted by address."`
	Explain segmentExplain `cmd:"" help:"Say why a contact is in or out."`
	Overlap segmentOverlap `cmd:"" help:"Size every intersection of segments."`
	Bench   segmentBench   `cmd:"" help:"Time conditions: cold, warm and cached."`
	Check   segmentCheck   `cmd:"" help:"Tell what of a condition may not be meant."`
	Changes segmentChanges `cmd:"" help:"Show who came and who went between two days, and why."`
	Audit   segmentAudit   `cmd:"" help:"Check the answer against the stored rows, person by person."`

	Refresh  segmentRefresh       `cmd:"" help:"Note who joined and left since the last time."`
	History  segmentHistory       `cmd:"" help:"Show how a segment moved: sizes, joins and leaves."`
	Versions segmentVersions      `cmd:"" help:"List the saved versions of a segment."`
	Restore  segmentRestore       `cmd:"" help:"Save an older version again, as the newest."`
	Freeze   segmentFreeze        `cmd:"" help:"Make a fixed list of who is in a segment now."`
	Thaw     segmentThaw          `cmd:"" help:"Make a fixed list a live segment again."`
	Group    segmentGroupCommands `cmd:"" help:"Exclusive groups: a person counts in the first segment that fits."`
}

type segmentPut struct {
	Slug string `arg:"" help:"How files and other conditions name it."`
	File string `arg:"" help:"The condition as JSON; - is stdin."`
	Name string `help:"For people; the slug when left out."`
	Note string `help:"What it is for."`

	Owner  string `help:"Who looks after it."`
	Review string `placeholder:"DATE" help:"The day by which to look at it again, such as 2026-05-03; none for no day."`
}

// Run saves a segment as a new version.
func (c segmentPut) Run(rt *runtime) error {
	body, a, err := rt.fileFor(c.File)
	if err != nil {
		return err
	}
	s := app.Segment{Slug: c.Slug, Name: c.Name, Note: c.Note, Condition: body}
	old, err := existing(a.Segments().Get(rt.ctx, c.Slug))
	if err != nil {
		return err
	}
	s.Name, s.Note = keep(s.Name, old.Name), keep(s.Note, old.Note)
	s.Name = keep(s.Name, c.Slug)
	s.Owner, s.ReviewOn = keep(c.Owner, old.Owner), keep(c.Review, old.ReviewOn)
	if c.Review == "none" {
		s.ReviewOn = ""
	}
	saved, err := a.Segments().Put(rt.ctx, s, old.Version)
	if err != nil {
		return err
	}
	return rt.print(saved, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "Saved the segment %s, version %d.\n", saved.Slug, saved.Version)
	})
}

// keep gives now, or before where now says nothing.
func keep(now, before string) string {
	if now == "" {
		return before
	}
	return now
}

type segmentList struct{}

// Run lists the segments.
func (segmentList) Run(rt *runtime) error {
	return listOf(rt, func(a *app.App) ([]app.SegmentSummary, error) { return a.Segments().List(rt.ctx) }, []string{"SLUG", "NAME", "COUNT", "MEANING"}, func(s app.SegmentSummary) []string {
		if s.Error != "" {
			return []string{s.Slug, s.Name, "-", s.Error}
		}
		return []string{s.Slug, s.Name, strconv.Itoa(s.Count), s.Sentence}
	})
}

type segmentShow struct {
	Slug string `arg:"" help:"The segment."`
}

// Run shows a segment.
func (c segmentShow) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	s, err := a.Segments().Get(rt.ctx, c.Slug)
	if err != nil {
		return err
	}
	meaning, err := a.Segments().Describe(rt.ctx, s.Condition)
	if err != nil {
		return err
	}
	return rt.print(s, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "%s (%s, version %d)\n%s\n%s\n", s.Name, s.Slug, s.Version, meaning.Sentence, s.Condition)
		writeStanding(w, s)
	})
}

type segmentRemove struct {
	Slug string `arg:"" help:"The segment."`
}

// Run removes a segment.
func (c segmentRemove) Run(rt *runtime) error {
	return removed(rt, "segment", c.Slug, func(a *app.App) error { return a.Segments().Remove(rt.ctx, c.Slug) })
}

// who names people: a segment by its slug, or a condition in a file.
type who struct {
	Slug string `arg:"" optional:"" help:"The segment."`
	File string `placeholder:"F" help:"A condition as JSON instead of a segment; - is stdin."`
}

// condition gives the condition as JSON.
func (c who) condition(rt *runtime) (json.RawMessage, error) {
	switch {
	case (c.Slug == "") == (c.File == ""):
		return nil, fault.New(fault.Invalid, "name either a segment or a condition with --file")
	case c.File != "":
		return rt.input(c.File)
	}
	return condition.Node{Kind: condition.Segment, Segment: c.Slug, Op: condition.In}.AppendJSON(nil), nil
}

// open opens the workspace and gives the condition; a segment that is not there
// is fault.NotFound.
func (c who) open(rt *runtime) (*app.App, json.RawMessage, error) {
	n, err := c.condition(rt)
	if err != nil {
		return nil, nil, err
	}
	a, err := rt.open()
	if err != nil || c.Slug == "" {
		return a, n, err
	}
	_, err = a.Segments().Get(rt.ctx, c.Slug)
	return a, n, err
}

type segmentCount struct{ who }

// Run counts people.
func (c segmentCount) Run(rt *runtime) error {
	a, n, err := c.open(rt)
	if err != nil {
		return err
	}
	got, err := a.Segments().Count(rt.ctx, n)
	if err != nil {
		return err
	}
	if err := condition.Broken(got.Problems); err != nil {
		return err
	}
	answer := struct {
		Count int     `json:"count"`
		Total int     `json:"total"`
		AsOf  string  `json:"as_of"`
		MS    float64 `json:"ms"`
	}{got.Count, got.Total, time.UnixMilli(got.AsOf).UTC().Format(time.RFC3339), got.MS}
	return rt.print(answer, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "%d of %d contacts\n", got.Count, got.Total)
	})
}

type segmentMembers struct {
	who
	Fields []string `placeholder:"a,b" xor:"columns" help:"Attributes to print; only the address when left out."`

	Why      bool `xor:"columns" help:"Print the values that decided: a column for each part of the condition."`
	Everyone bool `help:"With --why: also who is out."`
}

// Run prints people as CSV, or one object a line with --json.
func (c segmentMembers) Run(rt *runtime) error {
	a, raw, err := c.open(rt)
	if err != nil {
		return err
	}
	n, err := condition.Parse(raw)
	if err != nil {
		return err
	}
	if c.Why {
		return c.withReasons(rt, a, n)
	}
	rows, err := a.MemberRows(rt.ctx, n, c.Fields)
	if err != nil {
		return err
	}
	if !rt.json {
		return csv.NewWriter(rt.stdout).WriteAll(rows)
	}
	for _, row := range rows[1:] {
		object := make(map[string]string, len(row))
		for i, name := range rows[0] {
			object[name] = row[i]
		}
		if err := rt.line(object); err != nil {
			return err
		}
	}
	return nil
}

type segmentExplain struct {
	who
	Contact string `required:"" placeholder:"EMAIL" help:"Whom to look at."`
}

// Run says why a contact is in or out.
func (c segmentExplain) Run(rt *runtime) error {
	a, n, err := c.open(rt)
	if err != nil {
		return err
	}
	id, err := a.ContactID(rt.ctx, c.Contact)
	if err != nil {
		return err
	}
	e, err := a.Segments().Explain(rt.ctx, n, id)
	if err != nil {
		return err
	}
	return rt.print(e, func(w io.Writer) { writeExplanation(w, e) })
}

type segmentOverlap struct {
	Slugs []string `arg:"" help:"The segments."`
}

// Run sizes every intersection.
func (c segmentOverlap) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	o, err := a.Segments().Overlap(rt.ctx, c.Slugs)
	if err != nil {
		return err
	}
	return rt.print(o, func(w io.Writer) {
		for _, s := range o.Sets {
			_, _ = fmt.Fprintf(w, "%8d  %s\n", s.Count, s.Slug)
		}
		for _, p := range o.Parts {
			_, _ = fmt.Fprintf(w, "%8d  only in %s\n", p.Count, strings.Join(p.In, " and "))
		}
	})
}

type segmentBench struct {
	File   string `required:"" placeholder:"F" help:"A JSON list of conditions; - is stdin."`
	Repeat int    `default:"7" help:"How often the warm answer is asked; its median is printed."`
}

// Run times conditions. It prints one JSON array, with --json or without.
func (c segmentBench) Run(rt *runtime) error {
	body, err := rt.input(c.File)
	if err != nil {
		return err
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(body, &raw); err != nil {
		return fault.New(fault.Invalid, "%s holds no JSON list of conditions: %w", c.File, err)
	}
	nodes := make([]condition.Node, len(raw))
	for i, r := range raw {
		if nodes[i], err = condition.Parse(r); err != nil {
			return fmt.Errorf("condition %d: %w", i, err)
		}
	}
	a, err := rt.open()
	if err != nil {
		return err
	}
	timings, err := a.BenchConditions(rt.ctx, nodes, c.Repeat)
	if err != nil {
		return err
	}
	return rt.line(timings)
}
