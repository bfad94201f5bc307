package app

import (
	"context"
	"slices"
	"strings"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/civil"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/membership"
	"github.com/mailwright/mailwright/internal/segment"
	"github.com/mailwright/mailwright/internal/store"
)

// SegmentCare is who looks after a segment, and by when.
type SegmentCare struct {
	Owner    string `json:"owner"`
	ReviewOn string `json:"review_on"` // a date, 2026-05-03; "" for none
}

// review reads the date.
func (c SegmentCare) review() (*int64, error) {
	if c.ReviewOn == "" {
		return nil, nil
	}
	d, err := civil.ParseDate(c.ReviewOn)
	if err != nil {
		return nil, fault.At(fault.Invalid, "review_on", "%q is no date such as 2026-05-03", c.ReviewOn)
	}
	day := int64(d)
	return &day, nil
}

func careOf(s store.SegmentState) SegmentCare {
	c := SegmentCare{Owner: s.Owner}
	if s.ReviewOn != nil {
		c.ReviewOn = civil.Date(*s.ReviewOn).String()
	}
	return c
}

// value gives what a pointer points to, 0 for nil.
func value(p *int64) int64 {
	if p == nil {
		return 0
	}
	return *p
}

// trendDays is how many days a segment's line in the list goes back.
const trendDays = 30

// lives is what is kept of segments beside their definitions.
type lives struct {
	states map[string]store.SegmentState
	places map[string]SegmentPlace
	days   map[int64][]segment.Day
	today  civil.Date
}

func readLives(tx *store.Tx) (l lives, err error) {
	info, err := tx.Info()
	if err != nil {
		return l, err
	}
	l.today = civil.DateOf(tx.Now(), info.Zone)
	states, err := tx.SegmentStates()
	if err != nil {
		return l, err
	}
	l.states = make(map[string]store.SegmentState, len(states))
	for _, s := range states {
		l.states[s.Slug] = s
	}
	if l.places, err = readPlaces(tx); err != nil {
		return l, err
	}
	l.days, err = tx.SegmentDays(int64(l.today) - trendDays)
	return l, err
}

// fill puts what is kept of a segment into its line.
func (l lives) fill(s *SegmentSummary) {
	state := l.states[s.Slug]
	s.SegmentCare, s.FrozenAt, s.AsOf, s.Place = careOf(state), value(state.FrozenAt), state.AsOf, l.places[s.Slug]
	s.Trend = trend(l.days[state.ID], int64(l.today))
}

// trend gives the size on each day from the first that was noted to today; a day
// on which nothing was noted has the size of the one before.
func trend(days []segment.Day, today int64) []int {
	sizes := []int{}
	for i, d := range days {
		until := today + 1
		if i+1 < len(days) {
			until = days[i+1].Date
		}
		for range until - d.Date {
			sizes = append(sizes, d.Size)
		}
	}
	return sizes
}

// Refresh notes who joined and left all segments since the last time.
func (s *Segments) Refresh(ctx context.Context) (membership.Report, error) {
	w, err := s.app.current()
	if err != nil {
		return membership.Report{}, err
	}
	return w.Segments.Refresh(ctx)
}

// LookAfter keeps a segment's note, who looks after it and by when it is to be
// looked at again. Its definition stays as it is.
func (s *Segments) LookAfter(ctx context.Context, slug, note string, care SegmentCare) error {
	w, err := s.app.current()
	if err != nil {
		return err
	}
	review, err := care.review()
	if err != nil {
		return err
	}
	return w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error {
		if err := tx.NoteDefinition(store.SegmentKind, slug, note); err != nil {
			return err
		}
		return tx.LookAfterSegment(slug, strings.TrimSpace(care.Owner), review)
	})
}

// SegmentDay is how a segment moved on one local day.
type SegmentDay struct {
	Date   string `json:"date"`
	Size   int    `json:"size"`
	Joined int    `json:"joined"` // through data and time, not by an edit
	Left   int    `json:"left"`
	Edited bool   `json:"edited"` // the definition was changed
}

// SegmentChange is one moment at which people joined or left.
type SegmentChange struct {
	At      int64         `json:"at"`
	Cause   segment.Cause `json:"cause" ts_type:"string"` // first, data, time, definition
	Version int           `json:"version"`                // of the definition
	Size    int           `json:"size"`
	Joined  int           `json:"joined"`
	Left    int           `json:"left"`
	Who     []SegmentMove `json:"who"` // some of the people, at most ten
}

// SegmentMove is one person's joining or leaving.
type SegmentMove struct {
	Slug   string        `json:"slug"`
	Name   string        `json:"name"` // of the segment
	Person ContactHit    `json:"person"`
	Joined bool          `json:"joined"`
	At     int64         `json:"at"`
	Cause  segment.Cause `json:"cause" ts_type:"string"`
}

// SegmentHistory is how a segment moved.
type SegmentHistory struct {
	Segment Segment         `json:"segment"`
	AsOf    int64           `json:"as_of"` // when joins and leaves were noted last; 0: never yet
	Size    int             `json:"size"`
	Error   string          `json:"error"` // why it cannot be answered
	Days    []SegmentDay    `json:"days"`  // on which something was noted, the oldest first
	Changes []SegmentChange `json:"changes"`
}

// maxChanges and maxWho bound what a history lists.
const (
	maxChanges = 200
	maxWho     = 10
)

// History gives how a segment moved: its size day by day, and the newest changes
// (at most 200) with some of the people.
func (s *Segments) History(ctx context.Context, slug string, changes int) (SegmentHistory, error) {
	h := SegmentHistory{Days: []SegmentDay{}, Changes: []SegmentChange{}}
	w, err := s.app.current()
	if err != nil {
		return h, err
	}
	var list []segment.Change
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		if h.Segment, err = segmentOf(tx, slug); err != nil {
			return err
		}
		state, err := tx.SegmentState(slug)
		if err != nil {
			return err
		}
		h.AsOf, h.Size, h.Error = state.AsOf, state.Size, state.Problem
		days, err := tx.SegmentDays(0)
		if err != nil {
			return err
		}
		for _, d := range days[state.ID] {
			h.Days = append(h.Days, SegmentDay{civil.Date(d.Date).String(), d.Size, d.Joined, d.Left, d.Edited})
		}
		changes = min(max(changes, 0), maxChanges)
		return tx.SegmentChanges(state.ID, func(c segment.Change) bool {
			if changes > len(list) {
				list = append(list, c)
			}
			return changes > len(list)
		})
	})
	if err != nil {
		return h, err
	}
	h.Changes, err = s.changes(ctx, h.Segment, list)
	return h, err
}

// changes names some of the people of changes.
func (s *Segments) changes(ctx context.Context, of Segment, list []segment.Change) ([]SegmentChange, error) {
	all := make([]SegmentChange, 0, len(list))
	err := s.app.withView(ctx, func(v *audience.View) error {
		all = all[:0]
		for _, c := range list {
			one := SegmentChange{At: c.At, Cause: c.Cause, Version: c.Version, Size: c.Size, Joined: c.Joined.Len(), Left: c.Left.Len(), Who: []SegmentMove{}}
			for _, side := range []segment.People{c.Joined, c.Left} {
				hits, err := contactHits(ctx, v, some(v, side, maxWho-len(one.Who)))
				if err != nil {
					return err
				}
				for _, hit := range hits {
					one.Who = append(one.Who, SegmentMove{of.Slug, of.Name, hit, c.Joined.Has(contact.ID(hit.ID)), c.At, c.Cause})
				}
			}
			all = append(all, one)
		}
		return nil
	})
	return all, err
}

// some gives the first few of the people who are still contacts.
func some(v *audience.View, people segment.People, most int) (ids []contact.ID) {
	people.Each(func(id contact.ID) bool {
		if v.Email(id) != "" && len(ids) < most {
			ids = append(ids, id)
		}
		return len(ids) < most
	})
	return ids
}

// MovesOf gives when a person joined and left segments, the newest first.
func (s *Segments) MovesOf(ctx context.Context, id int64) ([]SegmentMove, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, err
	}
	list := []SegmentMove{}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.Definitions(store.SegmentKind)
		if err != nil {
			return err
		}
		moves, err := tx.MovesOf(contact.ID(id))
		for _, m := range moves {
			i := slices.IndexFunc(all, func(d store.Definition) bool { return d.Slug == m.Segment })
			if i < 0 {
				continue
			}
			list = append(list, SegmentMove{m.Segment, all[i].Name, ContactHit{ID: id}, m.Joined, m.At, m.Cause})
		}
		return err
	})
	return list, err
}
