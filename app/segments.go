package app

import (
	"context"
	"encoding/json"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/segment"
	"github.com/mailwright/mailwright/internal/store"
)

// Segments keeps named conditions and answers any condition.
type Segments struct{ app *App }

// Segments gives the service.
func (a *App) Segments() *Segments { return &Segments{app: a} }

// SegmentSummary is a line of the list of segments.
type SegmentSummary struct {
	Slug      string   `json:"slug"`
	Name      string   `json:"name"`
	Note      string   `json:"note"`
	Count     int      `json:"count"` // -1 when it cannot be answered
	Total     int      `json:"total"` // all contacts
	Sentence  string   `json:"sentence"`
	UpdatedAt int64    `json:"updated_at"`
	UsedBy    []string `json:"used_by"` // "campaign autumn", "segment loyal"
	Error     string   `json:"error"`   // why it cannot be answered

	SegmentCare
	FrozenAt int64        `json:"frozen_at"` // since when it is a fixed list; 0: it is live
	AsOf     int64        `json:"as_of"`     // when joins and leaves were noted last; 0: never yet
	Place    SegmentPlace `json:"place"`
	Trend    []int        `json:"trend"` // its size on each of the last days, as far as it was noted
}

// Segment is a segment as it is edited.
type Segment struct {
	Slug      string          `json:"slug"`
	Name      string          `json:"name"`
	Note      string          `json:"note"`
	Condition json.RawMessage `json:"condition" ts_type:"Condition"`
	Version   int             `json:"version"`
	UpdatedAt int64           `json:"updated_at"`

	SegmentCare
	FrozenAt int64        `json:"frozen_at"` // since when it is a fixed list; 0: it is live
	Place    SegmentPlace `json:"place"`
}

// view gives the newest data at the clock's instant.
func (a *App) view(ctx context.Context) (*audience.View, error) {
	w, err := a.current()
	if err != nil {
		return nil, err
	}
	return w.Audience.At(ctx, a.options.Now())
}

// withView calls f with a view, again where the data moved on under it.
func (a *App) withView(ctx context.Context, f func(*audience.View) error) error {
	w, err := a.current()
	if err != nil {
		return err
	}
	return w.Audience.Retry(ctx, a.options.Now(), f)
}

// List gives every segment with its count now.
func (s *Segments) List(ctx context.Context) ([]SegmentSummary, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, err
	}
	var all []store.Definition
	var users usage
	var lives lives
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		if all, err = tx.Definitions(store.SegmentKind); err != nil {
			return err
		}
		if users, err = readUsage(tx); err != nil {
			return err
		}
		lives, err = readLives(tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	list := make([]SegmentSummary, 0, len(all))
	err = s.app.withView(ctx, func(v *audience.View) error {
		list = list[:0]
		for _, d := range all {
			one, err := summary(ctx, v, d)
			if err != nil {
				return err
			}
			one.UsedBy = users.of(store.SegmentKind, d.Slug)
			lives.fill(&one)
			if one.FrozenAt != 0 {
				one.Sentence = condition.Describe(segment.Effective(d.Slug, condition.Node{}, one.FrozenAt, nil), v.Schema())
			}
			list = append(list, one)
		}
		return nil
	})
	return list, err
}

// summary answers one segment. One that cannot be answered says why; only a
// failure to read is an error.
func summary(ctx context.Context, v *audience.View, d store.Definition) (SegmentSummary, error) {
	one := SegmentSummary{Slug: d.Slug, Name: d.Name, Note: d.Note, Count: -1, Total: v.Total(), UpdatedAt: d.UpdatedAt}
	n, err := condition.Parse([]byte(d.Body))
	if err == nil {
		one.Sentence = condition.Describe(n, v.Schema())
		one.Count, err = v.Count(ctx, condition.Node{Kind: condition.Segment, Segment: d.Slug, Op: condition.In})
	}
	if fault.Is(err, fault.Invalid) {
		one.Count, one.Error = -1, err.Error()
		return one, nil
	}
	return one, err
}

// Get gives a segment for editing.
func (s *Segments) Get(ctx context.Context, slug string) (Segment, error) {
	w, err := s.app.current()
	if err != nil {
		return Segment{}, err
	}
	var g Segment
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		g, err = segmentOf(tx, slug)
		return err
	})
	return g, err
}

// segmentOf reads a segment with what is kept beside its definition.
func segmentOf(tx *store.Tx, slug string) (Segment, error) {
	d, err := tx.Definition(store.SegmentKind, slug)
	if err != nil {
		return Segment{}, err
	}
	state, err := tx.SegmentState(slug)
	if err != nil {
		return Segment{}, err
	}
	places, err := readPlaces(tx)
	return Segment{
		Slug: d.Slug, Name: d.Name, Note: d.Note, Condition: json.RawMessage(d.Body), Version: d.Version, UpdatedAt: d.UpdatedAt,
		SegmentCare: careOf(state), FrozenAt: value(state.FrozenAt), Place: places[slug],
	}, err
}

// definition reads one definition.
func (a *App) definition(ctx context.Context, kind, slug string) (d store.Definition, err error) {
	w, err := a.current()
	if err != nil {
		return d, err
	}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		d, err = tx.Definition(kind, slug)
		return err
	})
	return d, err
}

// Put saves a segment as a new version. base is the version that was edited, 0
// for a new segment; another newest version is fault.Conflict, and so is a fixed
// list, whose condition does not count. An empty slug is made from the name. The
// condition must be whole.
func (s *Segments) Put(ctx context.Context, g Segment, base int) (Segment, error) {
	n, err := condition.Parse(g.Condition)
	if err != nil {
		return Segment{}, err
	}
	if g.Slug == "" {
		g.Slug = segment.Slug(g.Name)
	}
	v, err := s.app.view(ctx)
	if err != nil {
		return Segment{}, err
	}
	made := segment.Segment{Slug: g.Slug, Name: g.Name, Note: g.Note, Condition: n}
	if err := made.Check(v.Schema(), v.Segment); err != nil {
		return Segment{}, err
	}
	return s.save(ctx, g, n, base, "")
}

// Remove takes a segment away; one that others use is fault.Conflict, naming them.
func (s *Segments) Remove(ctx context.Context, slug string) error {
	return s.app.removeDefinition(ctx, store.SegmentKind, slug)
}

// SegmentCount is the answer to a condition.
type SegmentCount struct {
	Count    int                  `json:"count"` // -1 while something is wrong or unfinished
	Total    int                  `json:"total"`
	AsOf     int64                `json:"as_of"`
	MS       float64              `json:"ms"`
	Nodes    []audience.NodeCount `json:"nodes"`
	Problems []condition.Problem  `json:"problems"`
}

// Count answers a condition that may be unfinished: its count and that of every
// node, and what is wrong with the others.
func (s *Segments) Count(ctx context.Context, c json.RawMessage) (SegmentCount, error) {
	return s.CountAt(ctx, c, 0)
}

// Sentence is a condition in English.
type Sentence struct {
	Sentence string `json:"sentence"`
}

// Describe says a condition, finished or not, in English.
func (s *Segments) Describe(ctx context.Context, c json.RawMessage) (Sentence, error) {
	n, _, err := condition.ParseDraft(c)
	if err != nil {
		return Sentence{}, err
	}
	v, err := s.app.view(ctx)
	if err != nil {
		return Sentence{}, err
	}
	return Sentence{condition.Describe(n, v.Schema())}, nil
}

// Explain says why a contact is in or out, and what would turn that.
func (s *Segments) Explain(ctx context.Context, c json.RawMessage, id int64) (condition.Explanation, error) {
	return s.ExplainAt(ctx, c, id, 0)
}
