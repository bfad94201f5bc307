package app

import (
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
)

// withViewAt is withView at another instant, in Unix ms; 0 is now.
func (a *App) withViewAt(ctx context.Context, at int64, f func(*audience.View) error) error {
	return a.withView(ctx, func(v *audience.View) error {
		if at != 0 {
			v = v.As(time.UnixMilli(at))
		}
		return f(v)
	})
}

// CountAt is Count as of an instant in Unix ms: events and consent as they were
// then, attributes as they are now.
func (s *Segments) CountAt(ctx context.Context, c json.RawMessage, at int64) (SegmentCount, error) {
	n, problems, err := condition.ParseDraft(c)
	if err != nil {
		return SegmentCount{}, err
	}
	start := time.Now()
	answer := SegmentCount{Count: -1}
	err = s.app.withViewAt(ctx, at, func(v *audience.View) error {
		answer.Total, answer.AsOf = v.Total(), v.AsOf().UnixMilli()
		answer.Nodes, answer.Problems, err = v.NodeCounts(ctx, n, problems...)
		return err
	})
	if err != nil {
		return SegmentCount{}, err
	}
	if len(answer.Problems) == 0 {
		answer.Count, answer.Problems = answer.Nodes[0].Count, []condition.Problem{}
	}
	answer.MS = float64(time.Since(start).Microseconds()) / 1000
	return answer, nil
}

// SampleAt is Sample as of an instant in Unix ms.
func (s *Segments) SampleAt(ctx context.Context, c json.RawMessage, n int, at int64) ([]ContactRow, error) {
	parsed, err := condition.Parse(c)
	if err != nil {
		return nil, err
	}
	n = min(max(n, 1), maxSample)
	rows := []ContactRow{}
	err = s.app.withViewAt(ctx, at, func(v *audience.View) error {
		ids, err := v.Members(ctx, parsed)
		if err != nil {
			return err
		}
		var picked []contact.ID
		for i := range min(n, len(ids)) {
			picked = append(picked, ids[i*len(ids)/min(n, len(ids))])
		}
		rows, err = contactRows(ctx, v, picked, []string{"first_name", "last_name"})
		return err
	})
	return rows, err
}

// ExplainAt is Explain as of an instant in Unix ms.
func (s *Segments) ExplainAt(ctx context.Context, c json.RawMessage, id, at int64) (condition.Explanation, error) {
	n, err := condition.Parse(c)
	if err != nil {
		return condition.Explanation{}, err
	}
	var e condition.Explanation
	err = s.app.withViewAt(ctx, at, func(v *audience.View) error {
		e, err = v.Explain(ctx, n, contact.ID(id))
		return err
	})
	return e, err
}

// Review tells what of a condition may not be meant, as of an instant in Unix ms
// (0 is now): parts without effect, people without a value, windows that are longer
// than the data. A condition that is unfinished has no warnings.
func (s *Segments) Review(ctx context.Context, c json.RawMessage, at int64) ([]audience.Warning, error) {
	n, problems, err := condition.ParseDraft(c)
	if err != nil {
		return nil, err
	}
	list := []audience.Warning{}
	if len(problems) > 0 {
		return list, nil
	}
	err = s.app.withViewAt(ctx, at, func(v *audience.View) error {
		list, err = v.Review(ctx, n)
		return err
	})
	return list, err
}

// SegmentSpan asks who came into a segment, or a condition, and who left it between
// two instants in Unix ms; To 0 is now.
type SegmentSpan struct {
	Slug      string          `json:"slug"`
	Condition json.RawMessage `json:"condition" ts_type:"Condition | null"`
	From      int64           `json:"from"`
	To        int64           `json:"to"`
	Path      string          `json:"path"` // of the file, to export
}

// SegmentMover is a person who came or went, and the parts of the condition that
// turned for them.
type SegmentMover struct {
	Person ContactHit            `json:"person"`
	Came   bool                  `json:"came"`
	Why    []audience.Difference `json:"why"`
}

// SegmentMovers is who came and went. People are at most 200 of each side.
type SegmentMovers struct {
	From   int64          `json:"from"`
	To     int64          `json:"to"`
	Before int            `json:"before"` // how many at the first instant
	Now    int            `json:"now"`    // and at the second
	Came   int            `json:"came"`
	Went   int            `json:"went"`
	People []SegmentMover `json:"people"`
}

// maxMovers is how many people of each side are listed.
const maxMovers = 200

// Movers gives who came and went between two instants by the condition as it is
// now: events and consent count as of each instant, attributes as they are now.
func (s *Segments) Movers(ctx context.Context, q SegmentSpan) (SegmentMovers, error) {
	var m SegmentMovers
	err := s.app.movers(ctx, q, func(v *audience.View, c *audience.Comparison) error {
		m = SegmentMovers{From: q.From, To: v.AsOf().UnixMilli(), Before: c.Before, Now: c.Now, Came: len(c.Came), Went: len(c.Went), People: []SegmentMover{}}
		for _, side := range [][]contact.ID{c.Came, c.Went} {
			side = side[:min(len(side), maxMovers)]
			hits, err := contactHits(ctx, v, side)
			if err != nil {
				return err
			}
			for i, id := range side {
				why, err := c.Why(id)
				if err != nil {
					return err
				}
				m.People = append(m.People, SegmentMover{hits[i], len(m.People) < min(len(c.Came), maxMovers), why})
			}
		}
		return nil
	})
	return m, err
}

func (a *App) movers(ctx context.Context, q SegmentSpan, f func(*audience.View, *audience.Comparison) error) error {
	n, err := a.nodeOf(ctx, q.Slug, q.Condition)
	if err != nil {
		return err
	}
	if q.To != 0 && q.To < q.From {
		return fault.At(fault.Invalid, "from", "the first day comes after the last")
	}
	return a.withViewAt(ctx, q.To, func(v *audience.View) error {
		c, err := v.Compare(ctx, n, time.UnixMilli(q.From))
		if err != nil {
			return err
		}
		return f(v, c)
	})
}

// MoverRows gives all who came and went to f: a header, and then one row each, those
// who came first, by address.
func (a *App) MoverRows(ctx context.Context, q SegmentSpan, f func(row []string) error) error {
	return a.movers(ctx, q, func(v *audience.View, c *audience.Comparison) error {
		if err := f([]string{"email", "change", "why"}); err != nil {
			return err
		}
		for i, side := range [][]contact.ID{c.Came, c.Went} {
			byAddress(v, side)
			for _, id := range side {
				why, err := c.Why(id)
				if err != nil {
					return err
				}
				if err := f([]string{v.Email(id), []string{"came", "went"}[i], turnedWords(why)}); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// turnedWords says what turned: "not now: bought in the last 90 days (orders: 1 → orders: 0)".
func turnedWords(why []audience.Difference) string {
	parts := make([]string, len(why))
	for i, d := range why {
		sign := "not any more: "
		if d.Holds {
			sign = "now: "
		}
		parts[i] = sign + d.Sentence + " (" + d.Before + " → " + d.Now + ")"
	}
	return strings.Join(parts, "; ")
}

func byAddress(v *audience.View, ids []contact.ID) {
	slices.SortFunc(ids, func(a, b contact.ID) int { return cmp.Compare(v.Email(a), v.Email(b)) })
}

// ExportMovers writes all who came and went as a CSV file made for people to open.
func (s *Segments) ExportMovers(_ context.Context, q SegmentSpan) (JobStarted, error) {
	return s.app.exportRows(q.Path, func(ctx context.Context, f func(row []string) error) error { return s.app.MoverRows(ctx, q, f) })
}

// exportRows writes rows, the first of which is a header, as a job.
func (a *App) exportRows(path string, each func(ctx context.Context, f func(row []string) error) error) (JobStarted, error) {
	if !filepath.IsAbs(path) {
		return JobStarted{}, fault.At(fault.Invalid, "path", "name the file with its full path")
	}
	return a.start("export", "Export "+filepath.Base(path), func(ctx context.Context, p job.Progress) (any, error) {
		rows := -1
		err := writeFile(path, func(w io.Writer) error {
			out := csv.NewWriter(w)
			err := each(ctx, func(row []string) error {
				for i, cell := range row {
					row[i] = plainCell(cell)
				}
				rows++
				if rows%1000 == 0 {
					p.Set(int64(rows), 0, "rows")
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				return out.Write(row)
			})
			out.Flush()
			return cmp.Or(err, out.Error())
		})
		return Exported{max(rows, 0), path}, err
	}), nil
}

// Zone gives the workspace's time zone.
func (a *App) Zone(ctx context.Context) (*time.Location, error) {
	v, err := a.view(ctx)
	if err != nil {
		return nil, err
	}
	return v.Schema().Zone, nil
}
