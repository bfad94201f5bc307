package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync/atomic"

	"github.com/jmoiron/sqlx"
	"golang.org/x/sync/errgroup"

	"github.com/mailwright/mailwright/internal/contact"
)

// Columns reads whole columns for the audience engine. It goes around
// database/sql's conversions, which cost more than SQLite itself when rows come
// in millions; each method sees one state of the file and gives the position of
// the change log in it.
type Columns struct {
	store *Store
	turn  chan struct{} // bounds how many connections load at once
}

// Columns gives the reader of columns.
func (s *Store) Columns() *Columns {
	return &Columns{store: s, turn: make(chan struct{}, columnReaders)}
}

// Mixed is the position that a reading in parts gives when its parts saw
// different states of the file: it must be done again.
const Mixed = -1

// Changes calls f with every entry of the change log after a position, oldest
// first, and gives the newest position.
func (c *Columns) Changes(ctx context.Context, after int64, f func(kind, name, details string)) (int64, error) {
	newest := int64(0)
	seq, err := c.pass(ctx, `SELECT seq, kind, name, details FROM changes WHERE seq > ? ORDER BY seq`, []any{after},
		func(row []driver.Value) {
			newest = integer(row[0])
			f(text(row[1]), text(row[2]), text(row[3]))
		})
	return max(seq, newest), err
}

// Schema gives the types of attributes and events.
func (c *Columns) Schema(ctx context.Context) (schema contact.Schema, seq int64, err error) {
	err = c.store.Read(ctx, func(tx *Tx) error {
		if schema, err = tx.Schema(); err != nil {
			return err
		}
		seq, err = tx.DataVersion()
		return err
	})
	return schema, seq, err
}

// ContactRows calls f for every contact by ascending id.
func (c *Columns) ContactRows(ctx context.Context, f func(id int64, email, externalID, source string, createdAt int64)) (int64, error) {
	return c.column(ctx, `SELECT id, email, external_id, source, created_at FROM contacts ORDER BY id`, nil,
		func(row []driver.Value) {
			f(integer(row[0]), text(row[1]), text(row[2]), text(row[3]), integer(row[4]))
		})
}

// AttributeRows calls f with every contact that has the attribute.
func (c *Columns) AttributeRows(ctx context.Context, attribute string, f func(id int64, value any)) (int64, error) {
	return c.column(ctx, `SELECT contact_id, value FROM contact_values
		WHERE attribute_id = (SELECT id FROM attributes WHERE name = ?) ORDER BY contact_id`, []any{attribute},
		func(row []driver.Value) { f(integer(row[0]), row[1]) })
}

// ContactRowsOf is ContactRows for those of some people who are there.
func (c *Columns) ContactRowsOf(ctx context.Context, ids []int64, f func(id int64, email, externalID, source string, createdAt int64)) (int64, error) {
	return c.pass(ctx, `SELECT id, email, external_id, source, created_at FROM contacts
		WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`, []any{listed(ids)},
		func(row []driver.Value) {
			f(integer(row[0]), text(row[1]), text(row[2]), text(row[3]), integer(row[4]))
		})
}

// AttributeRowsOf is AttributeRows for some people.
func (c *Columns) AttributeRowsOf(ctx context.Context, attribute string, ids []int64, f func(id int64, value any)) (int64, error) {
	return c.pass(ctx, `SELECT contact_id, value FROM contact_values
		WHERE attribute_id = (SELECT id FROM attributes WHERE name = ?) AND contact_id IN (SELECT value FROM json_each(?))`, []any{attribute, listed(ids)},
		func(row []driver.Value) { f(integer(row[0]), row[1]) })
}

// listed writes ids as a JSON array, which one parameter holds however many they are.
func listed(ids []int64) string {
	b, _ := json.Marshal(ids) // of numbers: never fails
	return string(b)
}

// EventCounts calls f with the number of events of each type.
func (c *Columns) EventCounts(ctx context.Context, f func(event string, n int64)) (int64, error) {
	return c.column(ctx, `SELECT t.name, (SELECT COUNT(*) FROM events INDEXED BY events_identity WHERE type_id = t.id) FROM event_types t`, nil,
		func(row []driver.Value) { f(text(row[0]), integer(row[1])) })
}

// ConsentRows calls f with every entry of the ledger that stands by ascending
// contact, and for one contact and purpose in the order in which entries take
// effect. Entries that an undo took back, and the undo's own, are left out.
func (c *Columns) ConsentRows(ctx context.Context, f func(contact int64, purpose, state string, at, expiresAt int64)) (int64, error) {
	return c.column(ctx, `SELECT contact_id, purpose, state, at, expires_at FROM consent_entries
		WHERE reverts_id IS NULL AND id NOT IN (SELECT reverts_id FROM consent_entries WHERE reverts_id IS NOT NULL)
		ORDER BY contact_id, purpose, at, id`, nil,
		func(row []driver.Value) {
			f(integer(row[0]), text(row[1]), text(row[2]), integer(row[3]), integer(row[4]))
		})
}

// parts is into how many parts events are divided. There are more than readers,
// since early contacts have more events than late ones.
const parts = 8

// columnReaders is how many connections load columns at once. The other readers
// are left for the questions of pages, which must not wait for a load.
const columnReaders = 2

// EventRows gives all events of a type by ascending contact and time, from the
// covering index, in parts that are read at once. It gives Mixed when the file
// changed between the readers' beginnings.
func (c *Columns) EventRows(ctx context.Context, event string, part func(i int) func(contact, at, id int64, value any)) (int64, error) {
	bounds := `SELECT t.id,
		(SELECT MIN(contact_id) FROM events WHERE type_id = t.id),
		(SELECT MAX(contact_id) FROM events WHERE type_id = t.id) FROM event_types t WHERE t.name = ?`
	return c.inParts(ctx, bounds, event, func(ctx context.Context, conn *sqlx.Conn, i int, typ, from, to int64) error {
		add := part(i)
		return each(ctx, conn, `SELECT contact_id, occurred_at, id, value FROM events INDEXED BY events_identity
			WHERE type_id = ? AND contact_id >= ? AND contact_id < ? ORDER BY contact_id, occurred_at, key`,
			[]any{typ, from, to}, func(row []driver.Value) {
				add(integer(row[0]), integer(row[1]), integer(row[2]), row[3])
			})
	})
}

// EventProperties gives the properties of the events of a type with ids in a range
// that have any, in the order of the table, in parts that are read at once. What an
// import brought lies together, so that a range is much less than the table. It gives Mixed
// when the file changed between the readers' beginnings.
func (c *Columns) EventProperties(ctx context.Context, event string, first, last int64, part func(i int) func(id int64, properties string)) (int64, error) {
	bounds := fmt.Sprintf(`SELECT t.id, %d, %d FROM event_types t WHERE t.name = ?`, first, last)
	return c.inParts(ctx, bounds, event, func(ctx context.Context, conn *sqlx.Conn, i int, typ, from, to int64) error {
		add := part(i)
		return each(ctx, conn, `SELECT id, properties FROM events NOT INDEXED
			WHERE id >= ? AND id < ? AND type_id = ? AND properties IS NOT NULL`,
			[]any{from, to, typ}, func(row []driver.Value) { add(integer(row[0]), text(row[1])) })
	})
}

// EventsBetween calls f with all events whose ids are in a range, of all types.
func (c *Columns) EventsBetween(ctx context.Context, first, last int64, f func(event string, contact, at, id int64, value any, properties string)) (int64, error) {
	return c.pass(ctx, `SELECT t.name, e.contact_id, e.occurred_at, e.id, e.value, e.properties
		FROM events e NOT INDEXED JOIN event_types t ON t.id = e.type_id WHERE e.id BETWEEN ? AND ?`, []any{first, last},
		func(row []driver.Value) {
			f(text(row[0]), integer(row[1]), integer(row[2]), integer(row[3]), row[4], text(row[5]))
		})
}

// inParts divides the range that bounds gives for an event type, and reads the
// parts with several readers, each in one transaction.
func (c *Columns) inParts(ctx context.Context, bounds, event string,
	read func(ctx context.Context, conn *sqlx.Conn, i int, typ, from, to int64) error) (int64, error) {
	var typ, low, high int64
	found := false
	seq, err := c.pass(ctx, bounds, []any{event}, func(row []driver.Value) {
		typ, low, high, found = integer(row[0]), integer(row[1]), integer(row[2]), row[1] != nil
	})
	if err != nil || !found {
		return seq, err
	}
	var next atomic.Int64
	var mixed atomic.Bool
	step := (high-low)/parts + 1
	group, ctx := errgroup.WithContext(ctx)
	for range columnReaders {
		group.Go(func() error {
			own, err := c.load(ctx, func(conn *sqlx.Conn) error {
				for i := next.Add(1) - 1; i < parts; i = next.Add(1) - 1 {
					if err := read(ctx, conn, int(i), typ, low+i*step, low+(i+1)*step); err != nil {
						return err
					}
				}
				return nil
			})
			if own != seq {
				mixed.Store(true)
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return 0, err
	}
	if mixed.Load() {
		return Mixed, nil
	}
	return seq, nil
}

// load is transaction for what reads much: it waits its turn.
func (c *Columns) load(ctx context.Context, f func(conn *sqlx.Conn) error) (int64, error) {
	select {
	case c.turn <- struct{}{}:
		defer func() { <-c.turn }()
		return c.transaction(ctx, f)
	case <-ctx.Done():
		return 0, asFault(ctx.Err())
	}
}

// pass runs one query in a transaction of its own.
func (c *Columns) pass(ctx context.Context, query string, args []any, f func(row []driver.Value)) (int64, error) {
	return c.transaction(ctx, func(conn *sqlx.Conn) error { return each(ctx, conn, query, args, f) })
}

// column is pass for what reads much.
func (c *Columns) column(ctx context.Context, query string, args []any, f func(row []driver.Value)) (int64, error) {
	return c.load(ctx, func(conn *sqlx.Conn) error { return each(ctx, conn, query, args, f) })
}

// transaction runs f in one read transaction and gives its position of the
// change log.
func (c *Columns) transaction(ctx context.Context, f func(conn *sqlx.Conn) error) (seq int64, err error) {
	conn, err := c.store.reader.Connx(ctx)
	if err != nil {
		return 0, asFault(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.ExecContext(ctx, "BEGIN"); err != nil {
		return 0, asFault(err)
	}
	// The transaction must end even when ctx has: the connection is used again.
	defer func() { _, _ = conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK") }()
	err = each(ctx, conn, `SELECT COALESCE(MAX(seq), 0) FROM changes`, nil,
		func(row []driver.Value) { seq = integer(row[0]) })
	if err != nil {
		return 0, asFault(err)
	}
	return seq, asFault(f(conn))
}

// each calls f with every row of a query, straight from the driver. The row is
// only valid during the call, its texts beyond it.
func each(ctx context.Context, conn *sqlx.Conn, query string, args []any, f func(row []driver.Value)) error {
	named := make([]driver.NamedValue, len(args))
	for i, a := range args {
		named[i] = driver.NamedValue{Ordinal: i + 1, Value: a}
	}
	return conn.Raw(func(raw any) error {
		q, ok := raw.(driver.QueryerContext)
		if !ok {
			return fmt.Errorf("the driver %T does not query", raw)
		}
		rows, err := q.QueryContext(ctx, query, named)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		row := make([]driver.Value, len(rows.Columns()))
		for n := 0; ; n++ {
			if err := rows.Next(row); err != nil {
				if errors.Is(err, io.EOF) || errors.Is(err, sql.ErrNoRows) {
					return nil
				}
				return err
			}
			f(row)
			if n&0x3fff == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
		}
	})
}

func integer(v driver.Value) int64 {
	i, _ := v.(int64)
	return i
}

func text(v driver.Value) string {
	switch s := v.(type) {
	case string:
		return s
	case []byte:
		return string(s)
	}
	return ""
}
