package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
)

type messageRow struct {
	ID        int64
	RunID     int64 `db:"run_id"`
	ContactID int64 `db:"contact_id"`
	Email     string
	State     campaign.MessageState
	Key       string
	Subject   string
	Hash      []byte
	Error     string
	Remote    string
	UpdatedAt int64 `db:"updated_at"`
}

const messageColumns = `id, run_id, contact_id, email, state, key, subject, hash, error, remote, updated_at`

func (r messageRow) message() campaign.Message {
	m := campaign.Message{
		ID: r.ID, Run: r.RunID, Contact: contact.ID(r.ContactID), Email: r.Email, State: r.State, Key: r.Key, Subject: r.Subject,
		Error: r.Error, Remote: r.Remote, UpdatedAt: time.UnixMilli(r.UpdatedAt).UTC(),
	}
	copy(m.Hash[:], r.Hash)
	return m
}

// OutboxRow is a message to keep: what it is, and its compressed parts.
type OutboxRow struct {
	campaign.Message
	Body []byte
}

// AddMessages keeps planned and failed messages.
func (tx *Tx) AddMessages(rows []OutboxRow) error {
	insert, err := tx.Prepare(`INSERT INTO messages (run_id, contact_id, email, state, key, subject, hash, body, error, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer func() { _ = insert.Close() }()
	now := tx.Now().UnixMilli()
	for _, r := range rows {
		if _, err := insert.Exec(r.Run, r.Contact, r.Email, r.State, r.Key, r.Subject, r.Hash[:], r.Body, r.Error, now); err != nil {
			return err
		}
	}
	return nil
}

// Outgoing gives the next planned messages of a run after a message, with their
// bodies, in the order of planning.
func (tx *Tx) Outgoing(run, after int64, limit int) ([]OutboxRow, error) {
	var rows []struct {
		messageRow
		Body []byte
	}
	err := tx.Select(&rows, `SELECT `+messageColumns+`, body FROM messages WHERE run_id = ? AND state = ? AND id > ? ORDER BY id LIMIT ?`,
		run, campaign.MessagePlanned, after, limit)
	list := make([]OutboxRow, len(rows))
	for i, r := range rows {
		list[i] = OutboxRow{r.message(), r.Body}
	}
	return list, err
}

const setMessage = `UPDATE messages SET state = ?, error = ?, remote = ?, updated_at = ? WHERE id = ?`

// SetMessages moves messages on. error and remote of each are written too.
func (tx *Tx) SetMessages(list []campaign.Message) error { return tx.setMessages(setMessage, list) }

// SettleMessages writes the fates of messages that were under way. One that was
// decided otherwise meanwhile stays as it is.
func (tx *Tx) SettleMessages(list []campaign.Message) error {
	return tx.setMessages(setMessage+` AND state IN ('sending', 'unknown')`, list)
}

func (tx *Tx) setMessages(statement string, list []campaign.Message) error {
	if len(list) == 0 {
		return nil
	}
	set, err := tx.Prepare(statement)
	if err != nil {
		return err
	}
	defer func() { _ = set.Close() }()
	now := tx.Now().UnixMilli()
	for _, m := range list {
		if _, err := set.Exec(m.State, m.Error, m.Remote, now, m.ID); err != nil {
			return err
		}
	}
	return nil
}

// RecoverSending moves the messages that a dead sender left under way, and gives
// how many there were. The caller holds the run's lease.
func (tx *Tx) RecoverSending(run int64, to campaign.MessageState, why string) (int64, error) {
	r, err := tx.Exec(`UPDATE messages SET state = ?, error = ?, updated_at = ? WHERE run_id = ? AND state = ?`, to, why, tx.Now().UnixMilli(), run, campaign.MessageSending)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// KeptMessage finds a message of a run by its contact, with its body, or returns
// fault.NotFound.
func (tx *Tx) KeptMessage(run int64, id contact.ID) (OutboxRow, error) {
	return tx.oneMessage(`WHERE run_id = ? AND contact_id = ?`, run, id)
}

// MessageByID finds a message with its body, or returns fault.NotFound.
func (tx *Tx) MessageByID(id int64) (OutboxRow, error) { return tx.oneMessage(`WHERE id = ?`, id) }

// MessagesByID finds messages without their bodies; one that is not there is
// fault.NotFound.
func (tx *Tx) MessagesByID(ids []int64) ([]campaign.Message, error) {
	wanted, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	var rows []messageRow
	if err := tx.Select(&rows, `SELECT `+messageColumns+` FROM messages WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`, string(wanted)); err != nil {
		return nil, err
	}
	list := make([]campaign.Message, len(rows))
	there := make(map[int64]bool, len(rows))
	for i, r := range rows {
		list[i], there[r.ID] = r.message(), true
	}
	for _, id := range ids {
		if !there[id] {
			return nil, fault.New(fault.NotFound, "there is no message %d", id)
		}
	}
	return list, nil
}

func (tx *Tx) oneMessage(where string, args ...any) (OutboxRow, error) {
	var r struct {
		messageRow
		Body []byte
	}
	err := tx.Get(&r, `SELECT `+messageColumns+`, body FROM messages `+where, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return OutboxRow{}, fault.New(fault.NotFound, "there is no such message")
	}
	return OutboxRow{r.message(), r.Body}, err
}

// Messages gives a page of a run's messages, of one state when one is named, whose
// address or subject holds search, and how many there are.
func (tx *Tx) Messages(run int64, state, search string, offset, limit int) (list []campaign.Message, total int, err error) {
	const of = ` FROM messages WHERE run_id = ?1 AND (?2 = '' OR state = ?2) AND (?3 = '%%' OR email LIKE ?3 ESCAPE '\' OR subject LIKE ?3 ESCAPE '\')`
	if err := tx.Get(&total, `SELECT COUNT(*)`+of, run, state, likePattern(search)); err != nil {
		return nil, 0, err
	}
	var rows []messageRow
	err = tx.Select(&rows, `SELECT `+messageColumns+of+` ORDER BY id LIMIT ?4 OFFSET ?5`, run, state, likePattern(search), limit, offset)
	for _, r := range rows {
		list = append(list, r.message())
	}
	return list, total, err
}

// MessagesOf gives the messages of one contact, newest first.
func (tx *Tx) MessagesOf(id contact.ID) (list []campaign.Message, err error) {
	var rows []messageRow
	err = tx.Select(&rows, `SELECT `+messageColumns+` FROM messages WHERE contact_id = ? ORDER BY id DESC`, id)
	for _, r := range rows {
		list = append(list, r.message())
	}
	return list, err
}

// StandingsAmong gives what the ledger says of some contacts for a purpose at an
// instant, in one statement.
func (tx *Tx) StandingsAmong(purpose consent.Purpose, ids []contact.ID, at time.Time) (map[contact.ID]consent.Standing, error) {
	var rows []standingRow
	if err := tx.Select(&rows, standing+` AND e.purpose = ?2 AND e.contact_id IN (SELECT value FROM json_each(?3)) ORDER BY e.at, e.id`, at.UnixMilli(), purpose, idList(ids)); err != nil {
		return nil, err
	}
	all := make(map[contact.ID]consent.Standing, len(ids))
	for _, r := range rows {
		all[contact.ID(r.ContactID)] = r.standing()
	}
	return all, nil
}

// Present is a contact as it stands just before something is sent.
type Present struct {
	ID         contact.ID
	Email      string
	Suppressed bool
}

// PresentAmong gives which of some contacts are still there, their addresses, and
// whether those are suppressed.
func (tx *Tx) PresentAmong(ids []contact.ID) (map[contact.ID]Present, error) {
	var rows []Present
	err := tx.Select(&rows, `SELECT c.id, c.email, s.email IS NOT NULL AS suppressed
		FROM contacts c LEFT JOIN suppressions s ON s.email = c.email WHERE c.id IN (SELECT value FROM json_each(?))`, idList(ids))
	all := make(map[contact.ID]Present, len(rows))
	for _, r := range rows {
		all[r.ID] = r
	}
	return all, err
}
