package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"sync"
)

// Totals are how much a workspace holds.
type Totals struct {
	Contacts, Events, Products int64
}

// Totals counts contacts, events and products.
func (tx *Tx) Totals() (t Totals, err error) {
	err = tx.QueryRowx(`SELECT (SELECT COUNT(*) FROM contacts), (SELECT COUNT(*) FROM events), (SELECT COUNT(*) FROM products)`).
		Scan(&t.Contacts, &t.Events, &t.Products)
	return t, err
}

// Totals counts contacts, events and products, and gives the version of the data
// they belong to. They are counted once for a version: the page asks every second.
func (s *Store) Totals(ctx context.Context) (t Totals, version int64, err error) {
	s.counted.Lock()
	defer s.counted.Unlock()
	err = s.Read(ctx, func(tx *Tx) error {
		if version, err = tx.DataVersion(); err != nil || s.counted.known && version == s.counted.version {
			return err
		}
		t, err := tx.Totals()
		if err == nil {
			s.counted.known, s.counted.version, s.counted.totals = true, version, t
		}
		return err
	})
	return s.counted.totals, version, err
}

// counted keeps the totals of a version of the data.
type counted struct {
	sync.Mutex
	known   bool
	version int64
	totals  Totals
}

// Setting reads a setting into value; what was never set leaves it as it is.
func (tx *Tx) Setting(name string, value any) error {
	var text string
	err := tx.Get(&text, `SELECT value FROM settings WHERE name = ?`, name)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(text), value)
}

// SetSetting keeps a setting.
func (tx *Tx) SetSetting(name string, value any) error {
	b, err := json.Marshal(value)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, string(b))
	return err
}

// Rename changes the workspace's name, zone and currency; "" keeps what there is.
func (s *Store) Rename(ctx context.Context, name, zone string) error {
	return s.Write(ctx, Full, func(tx *Tx) error {
		if _, err := tx.Exec(`UPDATE workspace SET name = COALESCE(NULLIF(?, ''), name), timezone = COALESCE(NULLIF(?, ''), timezone)`, name, zone); err != nil {
			return err
		}
		return tx.LogChange(ChangedSchema, "", "")
	})
}
