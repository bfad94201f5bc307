package app

import (
	"context"
	"slices"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/segment"
	"github.com/mailwright/mailwright/internal/store"
)

// SegmentPlace is where a segment stands in its exclusive group.
type SegmentPlace struct {
	Group string `json:"group"` // slug; "" for none
	Name  string `json:"name"`  // of the group
	Place int    `json:"place"` // from 1
	Of    int    `json:"of"`
}

// readPlaces gives where segments stand in groups, by slug.
func readPlaces(tx *store.Tx) (map[string]SegmentPlace, error) {
	all, err := tx.Definitions(store.GroupKind)
	places := map[string]SegmentPlace{}
	for _, d := range all {
		g, err := segment.ParseGroup([]byte(d.Body))
		if err != nil {
			continue // it orders nothing, and the list of groups says why
		}
		for i, slug := range g.Segments {
			places[slug] = SegmentPlace{d.Slug, d.Name, i + 1, len(g.Segments)}
		}
	}
	return places, err
}

// SegmentGroup is an exclusive group: a person counts in the first segment that fits.
type SegmentGroup struct {
	Slug    string      `json:"slug"`
	Name    string      `json:"name"`
	Version int         `json:"version"`
	Rungs   []GroupRung `json:"rungs"` // in the order in which they count
	Count   int         `json:"count"` // of all: the counts of the rungs added up
	Total   int         `json:"total"` // all contacts
	Error   string      `json:"error"` // why it orders nothing
}

// GroupRung is a segment in a group.
type GroupRung struct {
	Slug  string `json:"slug"`
	Name  string `json:"name"`
	Fits  int    `json:"fits"`  // who fit its own condition; -1 when it cannot be answered
	Count int    `json:"count"` // who count in it: they fit none before it
	Error string `json:"error"`
}

// PutGroup is a group to save. An empty slug is made from the name.
type PutGroup struct {
	Slug        string   `json:"slug"`
	Name        string   `json:"name"`
	Segments    []string `json:"segments"`
	BaseVersion int      `json:"base_version"` // that was edited; 0 for a new one, −1 to save whatever was there
}

// Groups gives every exclusive group with its counts.
func (s *Segments) Groups(ctx context.Context) ([]SegmentGroup, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, err
	}
	var groups []store.Definition
	segments := map[string]store.Definition{}
	frozen := map[string]int64{}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		if groups, err = tx.Definitions(store.GroupKind); err != nil {
			return err
		}
		all, err := tx.Definitions(store.SegmentKind)
		if err != nil {
			return err
		}
		for _, d := range all {
			segments[d.Slug] = d
		}
		states, err := tx.SegmentStates()
		for _, state := range states {
			frozen[state.Slug] = value(state.FrozenAt)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	list := []SegmentGroup{}
	err = s.app.withView(ctx, func(v *audience.View) error {
		list = list[:0]
		for _, d := range groups {
			g := SegmentGroup{Slug: d.Slug, Name: d.Name, Version: d.Version, Rungs: []GroupRung{}, Total: v.Total()}
			parsed, err := segment.ParseGroup([]byte(d.Body))
			if err != nil {
				g.Error = err.Error()
			}
			for _, slug := range parsed.Segments {
				rung, err := rungOf(ctx, v, segments[slug], frozen[slug])
				if err != nil {
					return err
				}
				g.Count += max(rung.Count, 0)
				g.Rungs = append(g.Rungs, rung)
			}
			list = append(list, g)
		}
		return nil
	})
	return list, err
}

// rungOf counts a segment of a group by its own condition and in its place.
func rungOf(ctx context.Context, v *audience.View, d store.Definition, frozenAt int64) (GroupRung, error) {
	r := GroupRung{Slug: d.Slug, Name: d.Name, Fits: -1, Count: -1}
	own, err := condition.Parse([]byte(d.Body))
	if err == nil {
		r.Fits, err = v.Count(ctx, segment.Effective(d.Slug, own, frozenAt, nil))
	}
	if err == nil {
		r.Count, err = v.Count(ctx, condition.Node{Kind: condition.Segment, Segment: d.Slug, Op: condition.In})
	}
	if fault.Is(err, fault.Invalid) {
		r.Fits, r.Count, r.Error = -1, -1, err.Error()
		return r, nil
	}
	return r, err
}

// PutGroup saves an exclusive group. Its segments must be there and in no other
// group, and must not name each other in a circle once they exclude each other.
func (s *Segments) PutGroup(ctx context.Context, p PutGroup) (SegmentGroup, error) {
	w, err := s.app.current()
	if err != nil {
		return SegmentGroup{}, err
	}
	if p.Slug == "" {
		p.Slug = segment.Slug(p.Name)
	}
	g := segment.Group{Slug: p.Slug, Name: p.Name, Segments: p.Segments}
	if err := g.Check(); err != nil {
		return SegmentGroup{}, err
	}
	v, err := s.app.view(ctx)
	if err != nil {
		return SegmentGroup{}, err
	}
	if _, err := w.Segments.Refresh(ctx, g.Segments...); err != nil {
		return SegmentGroup{}, err
	}
	err = w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error {
		if err := checkGroup(tx, v, g); err != nil {
			return err
		}
		_, err := tx.PutDefinition(store.Definition{Kind: store.GroupKind, Slug: g.Slug, Name: g.Name, Body: g.Body()}, p.BaseVersion, "", s.app.options.Actor)
		return err
	})
	if err != nil {
		return SegmentGroup{}, err
	}
	if _, err := w.Segments.Refresh(ctx, g.Segments...); err != nil {
		return SegmentGroup{}, err
	}
	all, err := s.Groups(ctx)
	i := slices.IndexFunc(all, func(x SegmentGroup) bool { return x.Slug == g.Slug })
	if err != nil || i < 0 {
		return SegmentGroup{}, err
	}
	return all[i], nil
}

// checkGroup holds what a group needs of the segments that there are.
func checkGroup(tx *store.Tx, v *audience.View, g segment.Group) error {
	places, err := readPlaces(tx)
	if err != nil {
		return err
	}
	effective := map[string]condition.Node{}
	for _, slug := range g.Segments {
		d, err := tx.Definition(store.SegmentKind, slug)
		if err != nil {
			return err
		}
		if other := places[slug]; other.Group != "" && other.Group != g.Slug {
			return fault.At(fault.Conflict, "segments", "the segment %q is in the group %q already; a person could not count in the first of both", slug, other.Group)
		}
		state, err := tx.SegmentState(slug)
		if err != nil {
			return err
		}
		own, err := condition.Parse([]byte(d.Body))
		if err != nil {
			return err
		}
		earlier, _ := g.Before(slug)
		effective[slug] = segment.Effective(slug, own, value(state.FrozenAt), earlier)
	}
	then := func(slug string) (condition.Node, bool) {
		if n, ok := effective[slug]; ok {
			return n, true
		}
		return v.Segment(slug)
	}
	for _, slug := range g.Segments {
		if _, problems := condition.CheckNamed(slug, effective[slug], v.Schema(), then); len(problems) > 0 {
			return fault.At(fault.Invalid, "segments", "%s", problems[0].Message)
		}
	}
	return nil
}

// RemoveGroup takes an exclusive group away; its segments stay, each with
// everybody who fits it.
func (s *Segments) RemoveGroup(ctx context.Context, slug string) error {
	return s.app.removeDefinition(ctx, store.GroupKind, slug)
}
