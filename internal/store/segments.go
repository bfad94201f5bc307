package store

import (
	"database/sql"
	"errors"

	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/segment"
)

// SegmentState is what is kept of a segment beside its definition.
type SegmentState struct {
	ID       int64
	Slug     string
	Owner    string
	ReviewOn *int64 `db:"review_on"` // days since 1970; nil: no date
	FrozenAt *int64 `db:"frozen_at"` // Unix ms; nil: it is live

	Basis       string // the condition that the members were answered for; "" before the first time
	AsOf        int64  `db:"as_of"` // Unix ms; 0 before the first time
	DataVersion int64  `db:"data_version"`
	Size        int
	Problem     string // why it cannot be answered
	ChangeID    int64  `db:"change_id"` // its newest change
	Revision    int64  // grows when an erasure rewrites its history
	Version     int    // of the definition
	KeptVersion int    `db:"kept_version"` // the definition's version at the newest change; 0 before the first
}

const stateColumns = `s.id, s.slug, s.owner, s.review_on, s.frozen_at, s.basis, s.as_of, s.data_version, s.size, s.problem, s.change_id, s.revision, d.version,
	COALESCE((SELECT c.version FROM segment_changes c WHERE c.id = s.change_id), 0) AS kept_version`

// SegmentStates gives the state of every segment that has one, by slug.
func (tx *Tx) SegmentStates() (list []SegmentState, err error) {
	err = tx.Select(&list, `SELECT `+stateColumns+` FROM segments s JOIN definitions d ON d.kind = 'segment' AND d.slug = s.slug ORDER BY s.slug`)
	return list, err
}

// SegmentState finds the state of a segment; one that was never counted has the
// zero state. It returns fault.NotFound when there is no such segment.
func (tx *Tx) SegmentState(slug string) (s SegmentState, err error) {
	err = tx.Get(&s, `SELECT `+stateColumns+` FROM segments s JOIN definitions d ON d.kind = 'segment' AND d.slug = s.slug WHERE s.slug = ?`, slug)
	if !errors.Is(err, sql.ErrNoRows) {
		return s, err
	}
	d, err := tx.Definition(SegmentKind, slug)
	return SegmentState{Slug: slug, Version: d.Version}, err
}

// AddSegmentStates gives every segment that has none a state, so that it can be
// kept current.
func (tx *Tx) AddSegmentStates() error {
	_, err := tx.Exec(`INSERT INTO segments (slug) SELECT slug FROM definitions WHERE kind = 'segment' ON CONFLICT (slug) DO NOTHING`)
	return err
}

// LookAfterSegment keeps who looks after a segment and by which day it is to be
// looked at again (days since 1970; nil: no date).
func (tx *Tx) LookAfterSegment(slug, owner string, reviewOn *int64) error {
	_, err := tx.Exec(`INSERT INTO segments (slug, owner, review_on) VALUES (?, ?, ?)
		ON CONFLICT (slug) DO UPDATE SET owner = excluded.owner, review_on = excluded.review_on`, slug, owner, reviewOn)
	return err
}

// FreezeSegment makes a segment the fixed list of some people. It returns
// fault.Conflict when it is one already.
func (tx *Tx) FreezeSegment(slug string, people segment.People) error {
	if err := tx.AddSegmentStates(); err != nil {
		return err
	}
	r, err := tx.Exec(`UPDATE segments SET frozen_at = ?, frozen = ? WHERE slug = ? AND frozen_at IS NULL`, tx.Now().UnixMilli(), people.Bytes(), slug)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, fault.New(fault.Conflict, "the segment %q is a fixed list already", slug))
	}
	return tx.LogChange(ChangedDefinition, SegmentKind+"/"+slug, "")
}

// ThawSegment makes a fixed list a live segment again. It returns fault.Conflict
// when it is live.
func (tx *Tx) ThawSegment(slug string) error {
	r, err := tx.Exec(`UPDATE segments SET frozen_at = NULL, frozen = NULL WHERE slug = ? AND frozen_at IS NOT NULL`, slug)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, fault.New(fault.Conflict, "the segment %q is live; it is no fixed list", slug))
	}
	return tx.LogChange(ChangedDefinition, SegmentKind+"/"+slug, "")
}

// forgetSegment takes away what was kept of a segment that is removed.
func (tx *Tx) forgetSegment(slug string) error {
	_, err := tx.Exec(`DELETE FROM segments WHERE slug = ?`, slug)
	return err
}
