package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/civil"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/fault"
)

// writeExplanation writes the tree with yes or no before each line, and below it
// what would turn the answer.
func writeExplanation(w io.Writer, e condition.Explanation) {
	writeExplained(w, e, 0)
	if e.Flip == nil {
		return
	}
	turn := "To be in: "
	if e.Holds {
		turn = "To be out: "
	}
	_, _ = fmt.Fprintf(w, "\n%s%s.\n", turn, e.Flip.Sentence)
	if e.Flip.ByItself != nil {
		said := e.Flip.ByItself.Sentence
		_, _ = fmt.Fprintf(w, "%s%s.\n", strings.ToUpper(said[:1]), said[1:])
	}
}

func writeExplained(w io.Writer, e condition.Explanation, depth int) {
	mark := "no "
	if e.Holds {
		mark = "yes"
	}
	seen := e.Seen
	if e.Wanted != "" {
		seen += "; wanted " + e.Wanted
	}
	_, _ = fmt.Fprintf(w, "%s %s%s [%s]\n", mark, strings.Repeat("  ", depth), e.Sentence, seen)
	for _, c := range e.Children {
		writeExplained(w, c, depth+1)
	}
}

type segmentCheck struct{ who }

// Run prints what of a condition may not be meant.
func (c segmentCheck) Run(rt *runtime) error {
	a, raw, err := c.open(rt)
	if err != nil {
		return err
	}
	if c.Slug != "" { // its own condition, so that paths are those of its file
		s, err := a.Segments().Get(rt.ctx, c.Slug)
		if err != nil {
			return err
		}
		raw = s.Condition
	}
	counted, err := a.Segments().Count(rt.ctx, raw)
	if err != nil {
		return err
	}
	if err := condition.Broken(counted.Problems); err != nil {
		return err
	}
	warnings, err := a.Segments().Review(rt.ctx, raw, 0)
	if err != nil {
		return err
	}
	if !rt.json && len(warnings) == 0 {
		_, _ = fmt.Fprintf(rt.stdout, "Nothing to remark: %d of %d contacts.\n", counted.Count, counted.Total)
		return nil
	}
	return list(rt, warnings, []string{"PATH", "KIND", "WHAT"}, func(w audience.Warning) []string {
		what := w.Message
		if w.Offer != "" {
			what += " (add: " + w.Offer + ")"
		}
		return []string{w.Path, string(w.Kind), what}
	})
}

type segmentChanges struct {
	who
	From string `required:"" placeholder:"DATE" help:"The first instant: a date (its beginning), or a time with an offset."`
	To   string `placeholder:"DATE" help:"The last instant: a date (its end), or a time; now when left out."`
	CSV  bool   `name:"csv" help:"Print all people as CSV."`
}

// Run prints who came and who went between two instants.
func (c segmentChanges) Run(rt *runtime) error {
	a, raw, err := c.open(rt)
	if err != nil {
		return err
	}
	zone, err := a.Zone(rt.ctx)
	if err != nil {
		return err
	}
	q := app.SegmentSpan{Condition: raw}
	if q.From, err = momentOf("from", c.From, false, zone); err != nil {
		return err
	}
	if c.To != "" {
		if q.To, err = momentOf("to", c.To, true, zone); err != nil {
			return err
		}
	}
	if c.CSV {
		out := csv.NewWriter(rt.stdout)
		if err := a.MoverRows(rt.ctx, q, out.Write); err != nil {
			return err
		}
		out.Flush()
		return out.Error()
	}
	m, err := a.Segments().Movers(rt.ctx, q)
	if err != nil {
		return err
	}
	return rt.print(m, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "%s: %d people. %s: %d people. %d came, %d went.\nAttributes count as they are now, events and consent as they were.\n",
			instant(m.From), m.Before, instant(m.To), m.Now, m.Came, m.Went)
		for _, p := range m.People {
			sign := "-"
			if p.Came {
				sign = "+"
			}
			why := make([]string, len(p.Why))
			for i, d := range p.Why {
				why[i] = d.Sentence + ": " + d.Before + " → " + d.Now
			}
			_, _ = fmt.Fprintf(w, "%s %s  %s\n", sign, p.Person.Email, strings.Join(why, "; "))
		}
	})
}

// momentOf reads a local date, or an instant with an offset, as Unix ms. The last of
// a span ends with its day.
func momentOf(field, text string, last bool, zone *time.Location) (int64, error) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t.UnixMilli(), nil
	}
	d, err := civil.ParseDate(text)
	if err != nil {
		return 0, fault.At(fault.Invalid, field, "%q is no date such as 2026-05-03", text)
	}
	if last {
		return d.End(zone).UnixMilli() - 1, nil
	}
	return d.Start(zone).UnixMilli(), nil
}

type segmentAudit struct{ who }

// Run checks a segment against the stored rows; a difference is a failure.
func (c segmentAudit) Run(rt *runtime) error {
	a, raw, err := c.open(rt)
	if err != nil {
		return err
	}
	started, err := a.Segments().Audit(rt.ctx, "", raw)
	if err != nil {
		return err
	}
	var found app.SegmentAudit
	if err := rt.wait(a, started, &found); err != nil {
		return err
	}
	err = rt.print(found, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "%d people checked, %d are in by the stored rows: %d missing, %d too many.\n", found.Checked, found.Members, found.Missing, found.Extra)
		for _, p := range found.People {
			_, _ = fmt.Fprintf(w, "%s should be in: %t\n", p.Person.Email, p.Member)
		}
	})
	if err == nil && found.Missing+found.Extra > 0 {
		return fault.New(fault.Internal, "the answer for %s people differs from the stored rows", strconv.Itoa(found.Missing+found.Extra))
	}
	return err
}

// withReasons prints people with the values that decided.
func (c segmentMembers) withReasons(rt *runtime, a *app.App, n condition.Node) error {
	var head []string
	out := csv.NewWriter(rt.stdout)
	err := a.ReasonRows(rt.ctx, n, c.Everyone, 0, func(row []string) error {
		if !rt.json {
			return out.Write(row)
		}
		if head == nil {
			head = row
			return nil
		}
		object := make(map[string]string, len(row))
		for i, name := range head {
			object[name] = row[i]
		}
		return rt.line(object)
	})
	out.Flush()
	if err != nil {
		return err
	}
	return out.Error()
}
