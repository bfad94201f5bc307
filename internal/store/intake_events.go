package store

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
)

// EventRow is an event as the table holds it.
type EventRow struct {
	Type       int64
	Contact    int64
	At         int64 // Unix ms
	Value      any
	Properties string // JSON object, "" for none
	SourceID   string
	Key        int64
}

// eventsPerInsert is how many rows one statement carries: enough to make the cost
// of a call small beside that of its rows.
const eventsPerInsert = 64

const eventParams = 8

// InsertEvents adds the events that are not there yet and gives how many it
// added and the range of their ids. Rows in the order of the identity index
// (type, contact, time) are written fastest; no two of them may have one identity.
func (tx *Tx) InsertEvents(batchID int64, rows []EventRow) (added, first, last int64, err error) {
	if err := tx.Get(&first, `SELECT COALESCE(MAX(id), 0) + 1 FROM events`); err != nil {
		return 0, 0, 0, err
	}
	valued, bare := make([]EventRow, 0, len(rows)), []EventRow(nil)
	for _, r := range rows {
		if r.Value == nil {
			bare = append(bare, r)
			continue
		}
		valued = append(valued, r)
	}
	for _, part := range []struct {
		rows []EventRow
		sql  func(n int) string
	}{{valued, insertEvents}, {bare, insertBareEvents}} {
		n, err := tx.insertEvents(batchID, part.rows, part.sql)
		if err != nil {
			return 0, 0, 0, err
		}
		added += n
	}
	if err := tx.countEvents(added); err != nil {
		return 0, 0, 0, err
	}
	err = tx.Get(&last, `SELECT COALESCE(MAX(id), 0) FROM events`)
	return added, first, last, err
}

func (tx *Tx) insertEvents(batchID int64, rows []EventRow, statement func(n int) string) (added int64, err error) {
	for size := eventsPerInsert; len(rows) > 0; size = len(rows) {
		if len(rows) < size {
			continue
		}
		n, err := tx.insertSize(batchID, rows, size, statement)
		if err != nil {
			return added, err
		}
		added, rows = added+n, rows[len(rows)/size*size:]
	}
	return added, nil
}

// insertSize inserts the first rows, size at a time, and leaves those that do not
// fill a statement.
func (tx *Tx) insertSize(batchID int64, rows []EventRow, size int, statement func(n int) string) (added int64, err error) {
	s, err := tx.Prepare(statement(size))
	if err != nil {
		return 0, err
	}
	defer func() { _ = s.Close() }()
	args := make([]any, 0, size*eventParams)
	for ; len(rows) >= size; rows = rows[size:] {
		n, err := execEvents(s, args, batchID, rows[:size])
		if err != nil {
			return added, err
		}
		added += n
	}
	return added, nil
}

const eventColumns = `INSERT INTO events (type_id, contact_id, occurred_at, value, properties, source_id, key, batch_id) `

func insertEvents(n int) string {
	return eventColumns + `VALUES (?,?,?,?,?,?,?,?)` + strings.Repeat(`,(?,?,?,?,?,?,?,?)`, n-1) + ` ON CONFLICT DO NOTHING`
}

// insertBareEvents is insertEvents for events without a value. The identity index
// ends with the value, and SQL holds no NULL equal to another, so that those that
// are there must be looked for.
func insertBareEvents(n int) string {
	return eventColumns + `SELECT * FROM (VALUES (?,?,?,?,?,?,?,?)` + strings.Repeat(`,(?,?,?,?,?,?,?,?)`, n-1) + `) v
		WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.type_id = v.column1 AND e.contact_id = v.column2 AND e.occurred_at = v.column3 AND e.key = v.column7)
		ON CONFLICT DO NOTHING`
}

func execEvents(s *sql.Stmt, args []any, batchID int64, rows []EventRow) (int64, error) {
	args = args[:0]
	for i := range rows {
		r := &rows[i]
		var properties, source, batch any
		if r.Properties != "" {
			properties = r.Properties
		}
		if r.SourceID != "" {
			source = r.SourceID
		}
		if batchID != 0 {
			batch = batchID
		}
		args = append(args, r.Type, r.Contact, r.At, r.Value, properties, source, r.Key, batch)
	}
	res, err := s.Exec(args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// LogEvents notes new events of types in the change log, with the range of ids
// they lie in.
func (tx *Tx) LogEvents(types []string, first, last int64) error {
	for _, t := range types {
		if err := tx.LogChange(ChangedEvents, t, fmt.Sprintf(`{"first":%d,"last":%d}`, first, last)); err != nil {
			return err
		}
	}
	return nil
}

// ExtendBatchEvents widens the range of ids that a batch's events lie in.
func (tx *Tx) ExtendBatchEvents(batchID, first, last int64) error {
	_, err := tx.Exec(`UPDATE batches SET first_event_id = CASE WHEN first_event_id = 0 THEN ?2 ELSE first_event_id END, last_event_id = MAX(last_event_id, ?3) WHERE id = ?1`, batchID, first, last)
	return err
}

// KnownEvents gives the events of a type that have one of the source's ids.
func (tx *Tx) KnownEvents(typeID int64, sourceIDs string) (map[string]KnownEvent, error) {
	rows, err := tx.Query(`SELECT e.source_id, e.id, e.contact_id, e.occurred_at, e.value, COALESCE(e.properties, '')
		FROM json_each(?) j CROSS JOIN events e ON e.type_id = ? AND e.source_id = j.value AND e.source_id IS NOT NULL`, sourceIDs, typeID)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	all := map[string]KnownEvent{}
	for rows.Next() {
		var source string
		var k KnownEvent
		if err := rows.Scan(&source, &k.ID, &k.Row.Contact, &k.Row.At, &k.Row.Value, &k.Row.Properties); err != nil {
			return nil, err
		}
		k.Row.Type, k.Row.SourceID, k.Row.Value = typeID, source, plain(k.Row.Value)
		all[source] = k
	}
	return all, rows.Err()
}

// KnownEvent is an event that is there already.
type KnownEvent struct {
	ID  int64
	Row EventRow
}

// ReplaceEvent writes the newer form of an event that its source sent again, and
// keeps the older one for undo.
func (tx *Tx) ReplaceEvent(batchID int64, known KnownEvent, r EventRow) error {
	before, err := json.Marshal(known.Row)
	if err != nil {
		return err
	}
	after, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`INSERT INTO batch_changes (batch_id, entity, entity_id, field, before, after) VALUES (?, 'event', ?, '', ?, ?)
		ON CONFLICT DO UPDATE SET after = excluded.after`, batchID, known.ID, string(before), string(after)); err != nil {
		return err
	}
	if err := tx.writeEvent(known.ID, r); err != nil {
		return err
	}
	return tx.LogChange(ChangedEvents, "", "")
}

func (tx *Tx) writeEvent(id int64, r EventRow) error {
	var properties any
	if r.Properties != "" {
		properties = r.Properties
	}
	_, err := tx.Exec(`UPDATE events SET contact_id = ?, occurred_at = ?, value = ?, properties = ? WHERE id = ?`, r.Contact, r.At, r.Value, properties, id)
	return err
}
