package app

import (
	"bufio"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/store"
)

// Members gives a page of the people for whom a condition is true, by number.
func (s *Segments) Members(ctx context.Context, c json.RawMessage, columns []string, offset, limit int) (ContactPage, error) {
	return s.app.Contacts().List(ctx, ContactQuery{Condition: c, Columns: columns, Offset: offset, Limit: limit})
}

// maxSample is how many people a sample has at most.
const maxSample = 100

// Sample gives some of the people for whom a condition is true, spread evenly
// over them, so that the same question gives the same people.
func (s *Segments) Sample(ctx context.Context, c json.RawMessage, n int) ([]ContactRow, error) {
	return s.SampleAt(ctx, c, n, 0)
}

// OverlapSet is a segment in an overlap.
type OverlapSet struct {
	Slug  string `json:"slug"`
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// OverlapPart is the people who are in exactly these segments.
type OverlapPart struct {
	In    []string `json:"in"`
	Count int      `json:"count"`
}

// Overlap is how segments lie over each other.
type Overlap struct {
	Sets  []OverlapSet  `json:"sets"`
	Parts []OverlapPart `json:"parts"`
}

// Overlap gives the size of every intersection of segments.
func (s *Segments) Overlap(ctx context.Context, slugs []string) (Overlap, error) {
	w, err := s.app.current()
	if err != nil {
		return Overlap{}, err
	}
	names := map[string]string{}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.Definitions(store.SegmentKind)
		for _, d := range all {
			names[d.Slug] = d.Name
		}
		return err
	})
	if err != nil {
		return Overlap{}, err
	}
	nodes := make([]condition.Node, len(slugs))
	for i, slug := range slugs {
		if _, ok := names[slug]; !ok {
			return Overlap{}, fault.New(fault.NotFound, "there is no segment %q", slug)
		}
		nodes[i] = condition.Node{Kind: condition.Segment, Segment: slug, Op: condition.In}
	}
	o := Overlap{Sets: []OverlapSet{}, Parts: []OverlapPart{}}
	err = s.app.withView(ctx, func(v *audience.View) error {
		counts, parts, err := v.Overlap(ctx, nodes)
		o.Sets, o.Parts = o.Sets[:0], o.Parts[:0]
		for i, n := range counts {
			o.Sets = append(o.Sets, OverlapSet{slugs[i], names[slugs[i]], n})
		}
		for _, p := range parts {
			in := []string{}
			for _, i := range p.In {
				in = append(in, slugs[i])
			}
			o.Parts = append(o.Parts, OverlapPart{in, p.Count})
		}
		return err
	})
	return o, err
}

// SegmentExport says what to write where. Slug or Condition tells who.
type SegmentExport struct {
	Slug      string          `json:"slug"`
	Condition json.RawMessage `json:"condition" ts_type:"Condition | null"`
	Columns   []string        `json:"columns"` // after the address; none: only the address
	Path      string          `json:"path"`
}

// Exported is the result of an export.
type Exported struct {
	Rows int    `json:"rows"`
	Path string `json:"path"`
}

// Export writes people as a CSV file made for people to open: sorted by address,
// and texts that look like formulas with an apostrophe before them. The file
// appears when it is whole.
func (s *Segments) Export(ctx context.Context, r SegmentExport) (JobStarted, error) {
	n, err := s.app.nodeOf(ctx, r.Slug, r.Condition)
	if err != nil {
		return JobStarted{}, err
	}
	if !filepath.IsAbs(r.Path) {
		return JobStarted{}, fault.At(fault.Invalid, "path", "name the file with its full path")
	}
	return s.app.start("export", "Export "+filepath.Base(r.Path), func(ctx context.Context, p job.Progress) (any, error) {
		rows, err := s.app.MemberRows(ctx, n, r.Columns)
		if err != nil {
			return nil, err
		}
		for i, row := range rows[1:] {
			for j, cell := range row {
				rows[i+1][j] = plainCell(cell)
			}
		}
		p.Set(0, int64(len(rows)-1), "rows")
		return Exported{len(rows) - 1, r.Path}, writeCSV(r.Path, rows)
	}), nil
}

// nodeOf gives the condition of a segment, or a condition that is whole.
func (a *App) nodeOf(ctx context.Context, slug string, c json.RawMessage) (condition.Node, error) {
	if slug == "" {
		return condition.Parse(c)
	}
	d, err := a.definition(ctx, store.SegmentKind, slug)
	if err != nil {
		return condition.Node{}, err
	}
	return condition.Node{Kind: condition.Segment, Segment: d.Slug, Op: condition.In}, nil
}

// MemberRows gives the people for whom a condition is true as rows of text with
// a header, sorted by address, as they are. Without columns it gives addresses.
func (a *App) MemberRows(ctx context.Context, n condition.Node, columns []string) ([][]string, error) {
	if !slices.Contains(columns, "email") {
		columns = append([]string{"email"}, columns...)
	}
	var rows [][]string
	err := a.withView(ctx, func(v *audience.View) error {
		if err := v.Load(ctx, columns...); err != nil {
			return err
		}
		ids, err := v.Members(ctx, n)
		if err != nil {
			return err
		}
		rows = make([][]string, 0, len(ids)+1)
		for _, id := range ids {
			row := make([]string, len(columns))
			for i, name := range columns {
				value, err := v.Value(id, name)
				if err != nil {
					return err
				}
				row[i] = value.String()
			}
			rows = append(rows, row)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	at := slices.Index(columns, "email")
	slices.SortFunc(rows, func(a, b []string) int { return strings.Compare(a[at], b[at]) })
	return append([][]string{columns}, rows...), nil
}

// plainCell puts an apostrophe before a text that a spreadsheet would run as a
// formula; numbers stay numbers.
func plainCell(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return s
	}
	if _, err := contact.ParseDecimal(s); err == nil {
		return s
	}
	return "'" + s
}

func writeCSV(path string, rows [][]string) error {
	return writeFile(path, func(w io.Writer) error { return csv.NewWriter(w).WriteAll(rows) })
}

// writeFile makes a file that appears when it is whole.
func writeFile(path string, fill func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".mailwright-export-*")
	if err != nil {
		return fault.New(fault.Unavailable, "%s cannot be written: %w", path, err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	buffered := bufio.NewWriter(f)
	if err := fill(buffered); err != nil {
		_ = f.Close()
		return err
	}
	if err := cmp.Or(buffered.Flush(), f.Close()); err != nil {
		return fault.New(fault.Unavailable, "%s cannot be written: %w", path, err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("finish %s: %w", path, err)
	}
	return nil
}

// Random gives a contact, of a segment when its slug is given, for looking at
// how an e-mail comes out for someone.
func (s *Contacts) Random(ctx context.Context, slug string) (ContactHit, error) {
	n := condition.Node{Kind: condition.Everyone}
	if slug != "" {
		var err error
		if n, err = s.app.nodeOf(ctx, slug, nil); err != nil {
			return ContactHit{}, err
		}
	}
	var hit ContactHit
	err := s.app.withView(ctx, func(v *audience.View) error {
		ids, err := v.Members(ctx, n)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			return fault.New(fault.NotFound, "there is nobody to choose from")
		}
		hits, err := contactHits(ctx, v, ids[rand.IntN(len(ids)):][:1])
		if err != nil {
			return err
		}
		hit = hits[0]
		return nil
	})
	return hit, err
}
