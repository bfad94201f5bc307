package store

import (
	"database/sql"
	"errors"
	"time"

	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/contact"
)

// The newest entry of a purpose at an instant, undone entries left out. The rows
// that an undo wrote (reverts_id) take their entry out and say nothing themselves.
const standing = `
	SELECT e.contact_id, e.purpose, e.state, e.source, e.at, COALESCE(e.expires_at, 0) AS expires_at
	FROM consent_entries e
	WHERE e.reverts_id IS NULL AND e.at <= ?1
	  AND NOT EXISTS (SELECT 1 FROM consent_entries r WHERE r.contact_id = e.contact_id AND r.reverts_id = e.id)`

type standingRow struct {
	ContactID int64 `db:"contact_id"`
	Purpose   consent.Purpose
	State     consent.State
	Source    string
	At        int64
	ExpiresAt int64 `db:"expires_at"`
}

func (r standingRow) standing() consent.Standing {
	s := consent.Standing{State: r.State, Source: r.Source, At: time.UnixMilli(r.At).UTC()}
	if r.ExpiresAt != 0 {
		s.ExpiresAt = time.UnixMilli(r.ExpiresAt).UTC()
	}
	return s
}

// Standings gives what the ledger says of everybody for one purpose at an
// instant, in one scan. Contacts without an entry are left out.
func (tx *Tx) Standings(purpose consent.Purpose, at time.Time) (map[contact.ID]consent.Standing, error) {
	rows, err := tx.Queryx(standing+` AND e.purpose = ?2 ORDER BY e.contact_id, e.at, e.id`, at.UnixMilli(), purpose)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	all := map[contact.ID]consent.Standing{}
	for rows.Next() {
		var r standingRow
		if err := rows.StructScan(&r); err != nil {
			return nil, err
		}
		all[contact.ID(r.ContactID)] = r.standing() // the last one wins
	}
	return all, rows.Err()
}

// StandingsOf gives what the ledger says of one contact, by purpose.
func (tx *Tx) StandingsOf(id contact.ID, at time.Time) (map[consent.Purpose]consent.Standing, error) {
	var rows []standingRow
	if err := tx.Select(&rows, standing+` AND e.contact_id = ?2 ORDER BY e.at, e.id`, at.UnixMilli(), id); err != nil {
		return nil, err
	}
	all := map[consent.Purpose]consent.Standing{}
	for _, r := range rows {
		all[r.Purpose] = r.standing()
	}
	return all, nil
}

const (
	insertConsent = `INSERT INTO consent_entries (contact_id, purpose, state, source, at, expires_at, batch_id, reverts_id) VALUES`
	consentRow    = `(?,?,?,?,?,?,?,?)`
)

// consentArgs gives an entry as a row.
func consentArgs(e consent.Entry) []any {
	var expires, batch, reverts any
	if !e.ExpiresAt.IsZero() {
		expires = e.ExpiresAt.UnixMilli()
	}
	if e.Batch != 0 {
		batch = e.Batch
	}
	if e.Reverts != 0 {
		reverts = e.Reverts
	}
	return []any{e.Contact, e.Purpose, e.State, e.Source, e.At.UnixMilli(), expires, batch, reverts}
}

// AddConsent appends an entry to the ledger.
func (tx *Tx) AddConsent(e consent.Entry) error {
	_, err := tx.Exec(insertConsent+consentRow, consentArgs(e)...)
	return err
}

// Ledger gives every entry of a contact, oldest first.
func (tx *Tx) Ledger(id contact.ID) ([]consent.Entry, error) {
	var rows []struct {
		ID, At    int64
		Purpose   consent.Purpose
		State     consent.State
		Source    string
		ExpiresAt sql.NullInt64 `db:"expires_at"`
		BatchID   sql.NullInt64 `db:"batch_id"`
		RevertsID sql.NullInt64 `db:"reverts_id"`
	}
	if err := tx.Select(&rows, `SELECT id, purpose, state, source, at, expires_at, batch_id, reverts_id FROM consent_entries WHERE contact_id = ? ORDER BY at, id`, id); err != nil {
		return nil, err
	}
	entries := make([]consent.Entry, len(rows))
	for i, r := range rows {
		entries[i] = consent.Entry{ID: r.ID, Contact: id, Purpose: r.Purpose, State: r.State, Source: r.Source,
			At: time.UnixMilli(r.At).UTC(), Batch: r.BatchID.Int64, Reverts: r.RevertsID.Int64}
		if r.ExpiresAt.Valid {
			entries[i].ExpiresAt = time.UnixMilli(r.ExpiresAt.Int64).UTC()
		}
	}
	return entries, nil
}

// Suppression is an address that is never written to, whatever was agreed.
type Suppression struct {
	Email  string
	Reason string
	Source string
	At     int64 // Unix ms
}

// Suppress puts an address on the list; one that is there keeps its first reason.
func (tx *Tx) Suppress(x Suppression) error {
	_, err := tx.Exec(`INSERT INTO suppressions (email, reason, source, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`, x.Email, x.Reason, x.Source, x.At)
	return err
}

// Unsuppress takes an address off the list and reports whether it was on it.
func (tx *Tx) Unsuppress(email string) (bool, error) {
	r, err := tx.Exec(`DELETE FROM suppressions WHERE email = ?`, email)
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

// Suppressed gives the list, by address, and how many it has in all.
func (tx *Tx) Suppressed(search string, offset, limit int) (list []Suppression, total int, err error) {
	const of = ` FROM suppressions WHERE ?1 = '' OR instr(email, ?1) > 0`
	if err := tx.Get(&total, `SELECT COUNT(*)`+of, search); err != nil {
		return nil, 0, err
	}
	err = tx.Select(&list, `SELECT email, reason, source, at`+of+` ORDER BY email LIMIT ?2 OFFSET ?3`, search, limit, offset)
	return list, total, err
}

// SuppressionOf gives why an address is on the list; ok is false when it is not.
func (tx *Tx) SuppressionOf(email string) (x Suppression, ok bool, err error) {
	err = tx.Get(&x, `SELECT email, reason, source, at FROM suppressions WHERE email = ?`, email)
	if errors.Is(err, sql.ErrNoRows) {
		return x, false, nil
	}
	return x, err == nil, err
}

// SuppressedContacts gives the contacts whose address is on the list.
func (tx *Tx) SuppressedContacts() (map[contact.ID]bool, error) {
	var ids []contact.ID
	if err := tx.Select(&ids, `SELECT c.id FROM suppressions s CROSS JOIN contacts c ON c.email = s.email`); err != nil {
		return nil, err
	}
	all := make(map[contact.ID]bool, len(ids))
	for _, id := range ids {
		all[id] = true
	}
	return all, nil
}
