package store

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
)

// ErasedReason is why an erased person's address is on the suppression list,
// where it stands as a salted hash (erasedPrefix), so that the list can refuse
// the address without knowing it.
const (
	ErasedReason = "erased"
	erasedPrefix = "erased:"
	erasureSalt  = "erasure_salt"
)

// ErasedPeople knows the erased without their addresses.
type ErasedPeople struct {
	salt   []byte
	hashes map[string]bool
}

// Erased reads who was erased.
func (tx *Tx) Erased() (ErasedPeople, error) {
	var e ErasedPeople
	var list []string
	if err := tx.Select(&list, `SELECT email FROM suppressions WHERE email >= ? AND email < ?`, erasedPrefix, "erased;"); err != nil || len(list) == 0 {
		return e, err
	}
	e.hashes = make(map[string]bool, len(list))
	for _, h := range list {
		e.hashes[h] = true
	}
	return e, tx.Setting(erasureSalt, &e.salt)
}

// Has reports whether the person of a normalised address was erased.
func (e ErasedPeople) Has(email string) bool {
	return len(e.hashes) > 0 && e.hashes[hashed(e.salt, email)]
}

// hashed is HMAC-SHA256 (RFC 2104) of the address under the workspace's salt.
func hashed(salt []byte, email string) string {
	h := hmac.New(sha256.New, salt)
	h.Write([]byte(email))
	return erasedPrefix + hex.EncodeToString(h.Sum(nil))
}

// suppressedAs gives the form in which an address is on the suppression list: as
// it is, hashed, or "" when it is not.
func (tx *Tx) suppressedAs(email string) (string, error) {
	var salt []byte
	if err := tx.Setting(erasureSalt, &salt); err != nil {
		return "", err
	}
	var as string
	err := tx.Get(&as, `SELECT email FROM suppressions WHERE email IN (?, ?)`, email, hashed(salt, email))
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return as, err
}

// erasedWhy is what a message to an erased person says.
const erasedWhy = "the person was erased"

// Erase takes a person out for good: the row, values, events, what imports kept
// for undo or as rejects, the contents and addresses of messages, what checks
// kept, their place in the history of segments, and the key of their values in the
// audit. Freed pages are overwritten. What stays is without the person: the
// ledger's lines under a number nobody has, the fate of messages, the audit's
// chain, and a hash of the address that keeps imports from bringing them back. It
// returns fault.Conflict while a message to them is under way.
func (p *People) Erase(id contact.ID) error {
	had, err := p.tx.Person(id, p.schema)
	if err != nil {
		return err
	}
	if err := p.tx.quiet(); err != nil {
		return err
	}
	var leaving int
	if err := p.tx.Get(&leaving, `SELECT COUNT(*) FROM messages WHERE contact_id = ? AND state = ?`, id, campaign.MessageSending); err != nil {
		return err
	}
	if leaving > 0 {
		return fault.New(fault.Conflict, "an e-mail to this person is being sent at this moment; try again when it has left")
	}
	if _, err := p.tx.Exec(`PRAGMA secure_delete = ON`); err != nil {
		return err
	}
	counts, err := p.eraseRows(had)
	if _, e := p.tx.Exec(`PRAGMA secure_delete = OFF`); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	if err := p.remember(had.Email); err != nil {
		return err
	}
	if err := p.log.Add("contact.erased", id, counts, nil); err != nil {
		return err
	}
	return p.logErased(had, counts)
}

// quiet returns fault.Conflict while messages are being composed, since those
// hold what was known when their plan began.
func (tx *Tx) quiet() error {
	var holders []string
	if err := tx.Select(&holders, `SELECT holder FROM leases WHERE name LIKE 'campaign:%' AND expires_at > ?`, time.Now().UnixMilli()); err != nil || len(holders) == 0 {
		return err
	}
	return fault.New(fault.Conflict, "%s is planning a campaign; try again when that is done", holders[0])
}

// erasedCounts is what an erasure took, as the audit keeps it.
type erasedCounts struct {
	Values   int64 `json:"values"`
	Events   int64 `json:"events"`
	Messages int64 `json:"messages"`

	types []string
}

func (p *People) eraseRows(had contact.Contact) (n erasedCounts, err error) {
	const (
		types      = `(SELECT id FROM event_types)`
		batches    = `(SELECT id FROM batches)`
		attributes = `(SELECT id FROM attributes)`
	)
	if err := p.tx.Select(&n.types, `SELECT name FROM event_types t WHERE EXISTS (SELECT 1 FROM events e WHERE e.type_id = t.id AND e.contact_id = ?)`, had.ID); err != nil {
		return n, err
	}
	for _, step := range []struct {
		count *int64
		sql   string
		args  []any
	}{
		{nil, `DELETE FROM batch_changes WHERE batch_id IN ` + batches + ` AND entity = 'event' AND entity_id IN
			(SELECT id FROM events WHERE type_id IN ` + types + ` AND contact_id = ?)`, []any{had.ID}},
		{nil, `DELETE FROM batch_changes WHERE batch_id IN ` + batches + ` AND entity IN ('value', 'external_id') AND entity_id = ?`, []any{had.ID}},
		{nil, `UPDATE batch_rejects SET raw = '[]' WHERE instr(lower(raw), ?) > 0`, []any{strings.ToLower(had.Email)}},
		{&n.Events, `DELETE FROM events WHERE type_id IN ` + types + ` AND contact_id = ?`, []any{had.ID}},
		{&n.Values, `DELETE FROM contact_values WHERE attribute_id IN ` + attributes + ` AND contact_id = ?`, []any{had.ID}},
		{&n.Messages, `UPDATE messages SET email = '', subject = '', hash = NULL, body = NULL, remote = '',
			error = CASE WHEN state = ?2 THEN ?3 ELSE '' END, state = CASE WHEN state = ?2 THEN ?4 ELSE state END, updated_at = ?5 WHERE contact_id = ?1`,
			[]any{had.ID, campaign.MessagePlanned, erasedWhy, campaign.MessageHeld, p.tx.Now().UnixMilli()}},
		{nil, `DELETE FROM proof_people WHERE proof_id IN (SELECT id FROM proofs) AND contact_id = ?`, []any{had.ID}},
		{nil, `DELETE FROM contacts WHERE id = ?`, []any{had.ID}},
		{nil, `DELETE FROM audit_keys WHERE contact_id = ?`, []any{had.ID}},
		{nil, `DELETE FROM suppressions WHERE email = ?`, []any{had.Email}},
	} {
		r, err := p.tx.Exec(step.sql, step.args...)
		if err != nil {
			return n, err
		}
		if step.count != nil {
			if *step.count, err = r.RowsAffected(); err != nil {
				return n, err
			}
		}
	}
	if err := p.tx.eraseFromSegments(had.ID); err != nil {
		return n, err
	}
	return n, p.tx.countEvents(-n.Events)
}

// remember keeps the address's hash. The salt is made with the first.
func (p *People) remember(email string) error {
	var salt []byte
	if err := p.tx.Setting(erasureSalt, &salt); err != nil {
		return err
	}
	if len(salt) == 0 {
		salt = make([]byte, 32)
		_, _ = rand.Read(salt) // never fails: crypto/rand ends the program instead
		if err := p.tx.SetSetting(erasureSalt, salt); err != nil {
			return err
		}
	}
	return p.tx.Suppress(Suppression{Email: hashed(salt, email), Reason: ErasedReason, Source: "erasure", At: p.tx.Now().UnixMilli()})
}

// logErased has the person taken out of every column, here and in other processes.
func (p *People) logErased(had contact.Contact, n erasedCounts) error {
	for name := range had.Attributes {
		if err := p.tx.LogPeople(ChangedAttribute, name, had.ID); err != nil {
			return err
		}
	}
	for _, t := range n.types {
		if err := p.tx.LogPeople(ChangedEvents, t, had.ID); err != nil {
			return err
		}
	}
	return p.tx.LogPeople(ChangedContacts, "", had.ID)
}
