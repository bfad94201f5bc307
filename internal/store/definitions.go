package store

import (
	"database/sql"
	"errors"

	"github.com/mailwright/mailwright/internal/fault"
)

// Kinds of definitions.
const (
	SegmentKind  = "segment"
	GroupKind    = "group" // of segments
	RuleKind     = "rule"
	BlockKind    = "block"
	ServiceKind  = "service" // of content
	TemplateKind = "template"
	CampaignKind = "campaign"
	ESPKind      = "esp"

	RecommendationKind = "recommendation"
)

// Definition is a named document: a segment, rule, block, template, campaign or
// ESP. Body is its JSON; every save adds a version.
type Definition struct {
	Kind      string
	Slug      string
	Name      string
	Note      string // about the thing
	Body      string
	Version   int
	CreatedAt int64 `db:"created_at"` // Unix ms
	UpdatedAt int64 `db:"updated_at"`
}

// DefinitionVersion is one saved state of a definition.
type DefinitionVersion struct {
	Version int
	Name    string
	Body    string
	Note    string // why it was saved
	Author  string
	At      int64 // Unix ms
}

// AnyVersion as the base of PutDefinition saves whatever was there before.
const AnyVersion = -1

const definitionColumns = `kind, slug, name, note, body, version, created_at, updated_at`

// Definitions gives the definitions of a kind, by name.
func (tx *Tx) Definitions(kind string) (list []Definition, err error) {
	err = tx.Select(&list, `SELECT `+definitionColumns+` FROM definitions WHERE kind = ? ORDER BY name, slug`, kind)
	return list, err
}

// Definition finds one by its slug, or returns fault.NotFound.
func (tx *Tx) Definition(kind, slug string) (d Definition, err error) {
	err = tx.Get(&d, `SELECT `+definitionColumns+` FROM definitions WHERE kind = ? AND slug = ?`, kind, slug)
	if errors.Is(err, sql.ErrNoRows) {
		return d, fault.New(fault.NotFound, "there is no %s %q", kind, slug)
	}
	return d, err
}

// PutDefinition saves d as a new version. base is the version that was edited, 0
// for a new definition, AnyVersion to save without looking; it returns
// fault.Conflict when another version is the newest. note says why and author
// who, for the list of versions.
func (tx *Tx) PutDefinition(d Definition, base int, note, author string) (Definition, error) {
	old, err := tx.Definition(d.Kind, d.Slug)
	switch {
	case fault.Is(err, fault.NotFound):
		if base > 0 {
			return d, fault.New(fault.Conflict, "the %s %q was removed meanwhile; nothing was saved", d.Kind, d.Slug)
		}
	case err != nil:
		return d, err
	case base == 0:
		return d, fault.At(fault.Conflict, "slug", "there is a %s %q already", d.Kind, d.Slug)
	case base != AnyVersion && base != old.Version:
		return d, fault.New(fault.Conflict, "the %s %q was saved by someone else meanwhile (version %d); nothing was saved", d.Kind, d.Slug, old.Version)
	}
	now := tx.Now().UnixMilli()
	// A removed definition's versions stay, since runs are pinned to them: the
	// numbers go on.
	if err := tx.Get(&d.Version, `SELECT COALESCE(MAX(version), 0) + 1 FROM definition_versions WHERE kind = ? AND slug = ?`, d.Kind, d.Slug); err != nil {
		return d, err
	}
	d.CreatedAt, d.UpdatedAt = old.CreatedAt, now
	if d.CreatedAt == 0 {
		d.CreatedAt = now
	}
	if _, err := tx.NamedExec(`INSERT INTO definitions (`+definitionColumns+`)
		VALUES (:kind, :slug, :name, :note, :body, :version, :created_at, :updated_at)
		ON CONFLICT (kind, slug) DO UPDATE SET name = excluded.name, note = excluded.note, body = excluded.body,
			version = excluded.version, updated_at = excluded.updated_at`, d); err != nil {
		return d, err
	}
	if _, err := tx.Exec(`INSERT INTO definition_versions (kind, slug, version, name, body, note, author, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		d.Kind, d.Slug, d.Version, d.Name, d.Body, note, author, now); err != nil {
		return d, err
	}
	return d, tx.LogChange(ChangedDefinition, d.Kind+"/"+d.Slug, "")
}

// NoteDefinition keeps a note about a definition, which is no new version of it.
// It returns fault.NotFound when there is none.
func (tx *Tx) NoteDefinition(kind, slug, note string) error {
	d, err := tx.Definition(kind, slug)
	if err != nil || d.Note == note {
		return err
	}
	_, err = tx.Exec(`UPDATE definitions SET note = ? WHERE kind = ? AND slug = ?`, note, kind, slug)
	return err
}

// RemoveDefinition takes a definition away; its versions stay for what is
// pinned to them. It returns fault.NotFound when there is none.
func (tx *Tx) RemoveDefinition(kind, slug string) error {
	r, err := tx.Exec(`DELETE FROM definitions WHERE kind = ? AND slug = ?`, kind, slug)
	if err != nil {
		return err
	}
	n, err := r.RowsAffected()
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.NotFound, "there is no %s %q", kind, slug)
	}
	if kind == SegmentKind {
		if err := tx.forgetSegment(slug); err != nil {
			return err
		}
	}
	return tx.LogChange(ChangedDefinition, kind+"/"+slug, "")
}

// DefinitionVersions gives every version, newest first.
func (tx *Tx) DefinitionVersions(kind, slug string) (list []DefinitionVersion, err error) {
	err = tx.Select(&list, `SELECT version, name, body, note, author, at FROM definition_versions
		WHERE kind = ? AND slug = ? ORDER BY version DESC`, kind, slug)
	return list, err
}

// DefinitionVersion finds one version, also of a removed definition, or returns
// fault.NotFound.
func (tx *Tx) DefinitionVersion(kind, slug string, version int) (v DefinitionVersion, err error) {
	err = tx.Get(&v, `SELECT version, name, body, note, author, at FROM definition_versions
		WHERE kind = ? AND slug = ? AND version = ?`, kind, slug, version)
	if errors.Is(err, sql.ErrNoRows) {
		return v, fault.New(fault.NotFound, "the %s %q has no version %d", kind, slug, version)
	}
	return v, err
}
