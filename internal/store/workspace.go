package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
)

// Totals are how much a workspace holds.
type Totals struct {
	Contacts, Events, Products int64
}

// Totals counts contacts, events and products.
func (tx *Tx) Totals() (t Totals, err error) {
	err = tx.QueryRowx(`SELECT (SELECT COUNT(*) FROM contacts), (SELECT events FROM workspace), (SELECT COUNT(*) FROM products)`).
		Scan(&t.Contacts, &t.Events, &t.Products)
	return t, err
}

// countEvents notes that there are so many events more, or fewer.
func (tx *Tx) countEvents(more int64) error {
	_, err := tx.Exec(`UPDATE workspace SET events = events + ?`, more)
	return err
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
