package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/mailwright/mailwright/internal/audit"
	"github.com/mailwright/mailwright/internal/contact"
)

// Chronicle appends audit entries within one transaction. It reads the chain's
// end once and writes many rows to a statement, so that an import can write an
// entry for each person; Flush writes what is left.
type Chronicle struct {
	tx       *Tx
	actor    string
	last     int64
	previous []byte
	entries  *bulk
	keys     *bulk
	made     map[contact.ID][]byte // keys not yet written
	keyOf    *sql.Stmt
}

// Chronicle begins appending as actor.
func (tx *Tx) Chronicle(actor string) (*Chronicle, error) {
	c := &Chronicle{tx: tx, actor: actor, made: map[contact.ID][]byte{},
		entries: tx.bulk(`INSERT INTO audit (id, at, actor, action, contact_id, open, sealed, previous, hash) VALUES`, `(?,?,?,?,?,?,?,?,?)`, ``),
		keys:    tx.bulk(`INSERT INTO audit_keys (contact_id, key) VALUES`, `(?,?)`, ``),
	}
	err := tx.QueryRowx(`SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1`).Scan(&c.last, &c.previous)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	c.keyOf, err = tx.Prepare(`SELECT key FROM audit_keys WHERE contact_id = ?`)
	return c, err
}

// Add appends an entry and writes it. open is written as JSON and must hold no
// personal values; personal, when not nil, is sealed with the contact's key, which
// is made when there is none yet.
func (c *Chronicle) Add(action string, id contact.ID, open, personal any) error {
	if err := c.Note(action, id, open, personal, false); err != nil {
		return err
	}
	return c.Flush()
}

// Note is Add for many entries: they are sure to be written after Flush. fresh
// tells that the contact was made in this transaction and has no key yet.
func (c *Chronicle) Note(action string, id contact.ID, open, personal any, fresh bool) error {
	e := audit.Entry{ID: c.last + 1, At: c.tx.Now(), Actor: c.actor, Action: action, Contact: id, Previous: c.previous}
	var err error
	if e.Open, err = json.Marshal(open); err != nil {
		return err
	}
	if personal != nil {
		if e.Sealed, err = c.seal(id, personal, fresh); err != nil {
			return err
		}
	}
	hash := e.Hash()
	var who any
	if id != 0 {
		who = id
	}
	if err := c.entries.add(e.ID, e.At.UnixMilli(), e.Actor, e.Action, who, string(e.Open), e.Sealed, orEmpty(e.Previous), hash); err != nil {
		return fmt.Errorf("audit entry: %w", err)
	}
	c.last, c.previous = e.ID, hash
	return nil
}

// Flush writes the entries and keys that are noted.
func (c *Chronicle) Flush() error {
	clear(c.made)
	return errors.Join(c.keys.flush(), c.entries.flush())
}

func (c *Chronicle) seal(id contact.ID, personal any, fresh bool) ([]byte, error) {
	text, err := json.Marshal(personal)
	if err != nil {
		return nil, err
	}
	raw := c.made[id]
	if raw == nil && !fresh {
		err = c.keyOf.QueryRow(id).Scan(&raw)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, err
		}
	}
	if raw == nil {
		raw = audit.NewKey()
		c.made[id] = raw
		if err := c.keys.add(id, raw); err != nil {
			return nil, err
		}
	}
	key, err := audit.OpenKey(raw, id)
	if err != nil {
		return nil, err
	}
	return key.Seal(text), nil
}

func orEmpty(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// auditRow is a row of the audit table.
type auditRow struct {
	ID        int64
	At        int64
	Actor     string
	Action    string
	ContactID sql.NullInt64 `db:"contact_id"`
	Open      string
	Sealed    []byte
	Previous  []byte
	Hash      []byte
}

func (r auditRow) entry() audit.Entry {
	return audit.Entry{
		ID: r.ID, At: time.UnixMilli(r.At).UTC(), Actor: r.Actor, Action: r.Action,
		Contact: contact.ID(r.ContactID.Int64), Open: []byte(r.Open), Sealed: r.Sealed, Previous: r.Previous,
	}
}

const auditColumns = `id, at, actor, action, contact_id, open, sealed, previous, hash`

// AuditEntries gives entries newest first, of one contact when id is not 0, and
// how many there are.
func (tx *Tx) AuditEntries(id contact.ID, offset, limit int) (entries []audit.Entry, total int, err error) {
	const of = ` FROM audit WHERE ?1 = 0 OR contact_id = ?1`
	if err := tx.Get(&total, `SELECT COUNT(*)`+of, id); err != nil {
		return nil, 0, err
	}
	var rows []auditRow
	if err := tx.Select(&rows, `SELECT `+auditColumns+of+` ORDER BY id DESC LIMIT ?2 OFFSET ?3`, id, limit, offset); err != nil {
		return nil, 0, err
	}
	for _, r := range rows {
		entries = append(entries, r.entry())
	}
	return entries, total, nil
}

// VerifyAudit walks the chain and gives how many entries it has and the number of
// the first that is not what was written, 0 when all are.
func (s *Store) VerifyAudit(ctx context.Context) (entries, brokenAt int64, err error) {
	err = s.Read(ctx, func(tx *Tx) error {
		rows, err := tx.Queryx(`SELECT ` + auditColumns + ` FROM audit ORDER BY id`)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		var previous []byte
		for rows.Next() {
			var r auditRow
			if err := rows.StructScan(&r); err != nil {
				return err
			}
			entries++
			if r.ID != entries || !bytes.Equal(r.Previous, previous) || !bytes.Equal(r.Hash, r.entry().Hash()) {
				brokenAt = entries
				return nil
			}
			previous = r.Hash
		}
		return rows.Err()
	})
	return entries, brokenAt, err
}
