package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
)

// Person reads one contact with its attributes, or returns fault.NotFound.
func (tx *Tx) Person(id contact.ID, schema contact.Schema) (contact.Contact, error) {
	var row struct {
		Email      string
		ExternalID string `db:"external_id"`
		Source     string
		CreatedAt  int64 `db:"created_at"`
	}
	err := tx.Get(&row, `SELECT email, COALESCE(external_id, '') AS external_id, source, created_at FROM contacts WHERE id = ?`, id)
	if errors.Is(err, sql.ErrNoRows) {
		return contact.Contact{}, fault.New(fault.NotFound, "there is no contact %d", id)
	}
	if err != nil {
		return contact.Contact{}, err
	}
	c := contact.Contact{ID: id, Email: row.Email, ExternalID: row.ExternalID, Source: row.Source,
		CreatedAt: time.UnixMilli(row.CreatedAt).UTC(), Attributes: map[string]contact.Value{}}
	var cells []struct {
		Name  string
		Value any
	}
	if err := tx.Select(&cells, `SELECT a.name, v.value FROM attributes a CROSS JOIN contact_values v ON v.attribute_id = a.id AND v.contact_id = ?`, id); err != nil {
		return c, err
	}
	for _, cell := range cells {
		if c.Attributes[cell.Name], err = ReadCell(cell.Value, schema.Attributes[cell.Name].Type, schema.Currency); err != nil {
			return c, err
		}
	}
	return c, nil
}

// PersonByEmail gives the number of the contact with a normalised address, or
// returns fault.NotFound.
func (tx *Tx) PersonByEmail(email string) (id contact.ID, err error) {
	err = tx.Get(&id, `SELECT id FROM contacts WHERE email = ?`, email)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, fault.New(fault.NotFound, "there is no contact %s", email)
	}
	return id, err
}

// theirs joins one contact's events to their types by a look-up in the identity
// index for each type: left alone, SQLite walks all events of everybody.
const theirs = `CROSS JOIN events e INDEXED BY events_identity ON e.type_id = t.id AND e.contact_id = ?1`

// EventCount is how often a contact did something, and when last.
type EventCount struct {
	Event  string `json:"event"`
	Count  int64  `json:"count"`
	LastAt int64  `db:"last_at" json:"last_at"` // Unix ms
}

// EventCountsOf counts a contact's events by type, the latest type first.
func (tx *Tx) EventCountsOf(id contact.ID) (list []EventCount, err error) {
	err = tx.Select(&list, `SELECT t.name AS event, COUNT(*) AS count, MAX(e.occurred_at) AS last_at
		FROM event_types t `+theirs+` GROUP BY t.id ORDER BY last_at DESC, t.name`, id)
	return list, err
}

// Timeline gives a contact's events before an instant (Unix ms), newest first:
// at least limit of them where there are as many. Events of one instant, such as
// the lines of an order, are never parted, so that the next page begins before
// the last one's instant.
func (tx *Tx) Timeline(id contact.ID, before int64, limit int, schema contact.Schema) ([]contact.Event, error) {
	const of = ` FROM event_types t ` + theirs + ` AND e.occurred_at < ?2`
	var earliest int64
	err := tx.Get(&earliest, `SELECT e.occurred_at`+of+` ORDER BY e.occurred_at DESC LIMIT 1 OFFSET ?3`, id, before, limit-1)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	if errors.Is(err, sql.ErrNoRows) {
		earliest = minTime
	}
	var rows []struct {
		ID         int64
		Name       string
		OccurredAt int64 `db:"occurred_at"`
		Value      any
		Properties string
		SourceID   string `db:"source_id"`
	}
	if err := tx.Select(&rows, `SELECT e.id, t.name, e.occurred_at, e.value, COALESCE(e.properties, '') AS properties, COALESCE(e.source_id, '') AS source_id`+of+`
		AND e.occurred_at >= ?3 ORDER BY e.occurred_at DESC, t.name, e.key`, id, before, earliest); err != nil {
		return nil, err
	}
	list := make([]contact.Event, len(rows))
	for i, r := range rows {
		e := contact.Event{ID: r.ID, Contact: id, Type: r.Name, At: time.UnixMilli(r.OccurredAt).UTC(), SourceID: r.SourceID}
		if r.Properties != "" {
			e.Properties = json.RawMessage(r.Properties)
		}
		if e.Value, err = ReadCell(r.Value, schema.Events[r.Name].ValueType, schema.Currency); err != nil {
			return nil, err
		}
		list[i] = e
	}
	return list, nil
}

// minTime and MaxTime are before and after every instant of an event, in Unix ms.
const (
	minTime = -1 << 62
	MaxTime = 1 << 62
)
