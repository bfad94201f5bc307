package app

import (
	"context"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/segment"
	"github.com/mailwright/mailwright/internal/store"
)

// FreezeSegment says what to make a fixed list of. As names a new segment that
// becomes the list, with a name; without it the segment itself becomes the list.
type FreezeSegment struct {
	Slug string `json:"slug"`
	As   string `json:"as"`
	Name string `json:"name"` // of the new segment; its slug is made from it where As is empty
}

// Freeze makes a fixed list of who is in a segment now. Who is erased vanishes
// from it; nobody else leaves, and nobody joins.
func (s *Segments) Freeze(ctx context.Context, f FreezeSegment) (Segment, error) {
	w, err := s.app.current()
	if err != nil {
		return Segment{}, err
	}
	from, err := s.Get(ctx, f.Slug)
	if err != nil {
		return Segment{}, err
	}
	if f.As == "" && f.Name != "" {
		f.As = segment.Slug(f.Name)
	}
	target := from.Slug
	if f.As != "" {
		if err := segment.CheckSlug(f.As); err != nil {
			return Segment{}, err
		}
		target = f.As
	}
	var frozen Segment
	// The list is of the data that the transaction sees: what changed since they
	// were read has them read again.
	err = s.app.withView(ctx, func(v *audience.View) error {
		ids, err := v.Members(ctx, condition.Node{Kind: condition.Segment, Segment: from.Slug, Op: condition.In})
		if err != nil {
			return err
		}
		return w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error {
			if now, err := tx.DataVersion(); err != nil || now != v.Version() {
				return moved(err)
			}
			if target != from.Slug {
				d := store.Definition{Kind: store.SegmentKind, Slug: target, Name: f.Name, Note: from.Note, Body: string(from.Condition)}
				if d.Name == "" {
					d.Name = target
				}
				if _, err := tx.PutDefinition(d, 0, "Fixed list of "+from.Slug, s.app.options.Actor); err != nil {
					return err
				}
			}
			if err := tx.FreezeSegment(target, segment.PeopleOf(ids...)); err != nil {
				return err
			}
			frozen, err = segmentOf(tx, target)
			return err
		})
	})
	if err != nil {
		return Segment{}, err
	}
	_, err = w.Segments.Refresh(ctx, target)
	return frozen, err
}

// moved gives an error, or that the data moved on.
func moved(err error) error {
	if err != nil {
		return err
	}
	return audience.ErrMoved
}

// Thaw makes a fixed list a live segment again, by its condition.
func (s *Segments) Thaw(ctx context.Context, slug string) (Segment, error) {
	w, err := s.app.current()
	if err != nil {
		return Segment{}, err
	}
	var live Segment
	err = w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error {
		if _, err := tx.Definition(store.SegmentKind, slug); err != nil {
			return err
		}
		if err := tx.ThawSegment(slug); err != nil {
			return err
		}
		live, err = segmentOf(tx, slug)
		return err
	})
	if err != nil {
		return Segment{}, err
	}
	_, err = w.Segments.Refresh(ctx, slug)
	return live, err
}
