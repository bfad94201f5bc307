package app

import (
	"context"
	"encoding/json"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/store"
)

// VersionInfo is a line of a list of versions.
type VersionInfo struct {
	Version int    `json:"version"`
	At      int64  `json:"at"`
	Author  string `json:"author"`
	Note    string `json:"note"`
}

// Versions gives every saved version, newest first.
func (s *Segments) Versions(ctx context.Context, slug string) ([]VersionInfo, error) {
	return s.app.definitionVersions(ctx, store.SegmentKind, slug)
}

func (a *App) definitionVersions(ctx context.Context, kind, slug string) ([]VersionInfo, error) {
	w, err := a.current()
	if err != nil {
		return nil, err
	}
	list := []VersionInfo{}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.DefinitionVersions(kind, slug)
		for _, v := range all {
			list = append(list, VersionInfo{Version: v.Version, At: v.At, Author: v.Author, Note: v.Note})
		}
		return err
	})
	return list, err
}

// SegmentVersion is a segment as it was saved once.
type SegmentVersion struct {
	VersionInfo
	Name      string          `json:"name"`
	Condition json.RawMessage `json:"condition" ts_type:"Condition"`
	Sentence  string          `json:"sentence"`
}

// Version gives one saved version of a segment.
func (s *Segments) Version(ctx context.Context, slug string, version int) (SegmentVersion, error) {
	w, err := s.app.current()
	if err != nil {
		return SegmentVersion{}, err
	}
	var d store.DefinitionVersion
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		d, err = tx.DefinitionVersion(store.SegmentKind, slug, version)
		return err
	})
	if err != nil {
		return SegmentVersion{}, err
	}
	said, err := s.Describe(ctx, json.RawMessage(d.Body))
	return SegmentVersion{
		VersionInfo: VersionInfo{Version: d.Version, At: d.At, Author: d.Author, Note: d.Note},
		Name:        d.Name, Condition: json.RawMessage(d.Body), Sentence: said.Sentence,
	}, err
}

// Restore saves an older version of a segment again, as the newest.
func (s *Segments) Restore(ctx context.Context, slug string, version int) (Segment, error) {
	old, err := s.Version(ctx, slug, version)
	if err != nil {
		return Segment{}, err
	}
	now, err := s.Get(ctx, slug)
	if err != nil {
		return Segment{}, err
	}
	n, err := condition.Parse(old.Condition)
	if err != nil {
		return Segment{}, err
	}
	v, err := s.app.view(ctx)
	if err != nil {
		return Segment{}, err
	}
	if _, problems := condition.CheckNamed(slug, n, v.Schema(), v.Segment); len(problems) > 0 {
		return Segment{}, fault.New(fault.Invalid, "version %d cannot be answered any more: %w", version, problems[0].Error())
	}
	now.Name = old.Name
	return s.save(ctx, now, n, now.Version, restored(version))
}

// save writes a checked segment as a new version, with who looks after it. Who
// joined and left before is noted first, so that what the new definition does is
// told apart.
func (s *Segments) save(ctx context.Context, g Segment, n condition.Node, base int, why string) (Segment, error) {
	w, err := s.app.current()
	if err != nil {
		return Segment{}, err
	}
	review, err := g.review()
	if err != nil {
		return Segment{}, err
	}
	if base != 0 {
		if _, err := w.Segments.Refresh(ctx, g.Slug); err != nil {
			return Segment{}, err
		}
	}
	var saved Segment
	err = w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error {
		state, err := tx.SegmentState(g.Slug)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if state.FrozenAt != nil {
			return fault.New(fault.Conflict, "the segment %q is a fixed list, which its condition does not change; make it live first", g.Slug)
		}
		d := store.Definition{Kind: store.SegmentKind, Slug: g.Slug, Name: g.Name, Note: g.Note, Body: n.Key()}
		if _, err := tx.PutDefinition(d, base, why, s.app.options.Actor); err != nil {
			return err
		}
		if err := tx.LookAfterSegment(g.Slug, g.Owner, review); err != nil {
			return err
		}
		saved, err = segmentOf(tx, g.Slug)
		return err
	})
	if err != nil {
		return Segment{}, err
	}
	_, err = w.Segments.Refresh(ctx, g.Slug)
	return saved, err
}
