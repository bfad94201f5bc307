package store

import (
	"encoding/json"
	"fmt"

	"github.com/mailwright/mailwright/internal/contact"
)

// AttributeID gives the number of an attribute's column and the type it now
// has. It is made when it is new, and widened to text, its cells rewritten, when
// it has another type than a's and widen is asked. Built-in ones keep their type.
func (tx *Tx) AttributeID(a contact.Attribute, batch int64, widen bool) (id int64, now contact.Type, made bool, err error) {
	var rows []struct {
		ID      int64
		Type    contact.Type
		BuiltIn bool `db:"built_in"`
	}
	if err := tx.Select(&rows, `SELECT id, type, built_in FROM attributes WHERE name = ?`, a.Name); err != nil {
		return 0, "", false, err
	}
	if len(rows) == 0 {
		r, err := tx.Exec(`INSERT INTO attributes (name, label, type, batch_id) VALUES (?, ?, ?, NULLIF(?, 0))`, a.Name, a.Label, a.Type, batch)
		if err != nil {
			return 0, "", false, err
		}
		id, err := r.LastInsertId()
		if err == nil {
			err = tx.LogChange(ChangedSchema, a.Name, "")
		}
		return id, a.Type, true, err
	}
	row := rows[0]
	if row.Type != a.Type && row.Type != contact.Text && widen && !row.BuiltIn {
		return row.ID, contact.Text, false, tx.widen(row.ID, a.Name, row.Type, batch)
	}
	return row.ID, row.Type, false, nil
}

// widen makes an attribute a text and rewrites its cells. The batch it is for, if
// any, remembers the type, so that an undo can give it back.
func (tx *Tx) widen(id int64, name string, from contact.Type, batch int64) error {
	if batch != 0 {
		if _, err := tx.Exec(`INSERT INTO batch_changes (batch_id, entity, entity_id, field, before, after) VALUES (?, 'attribute', ?, ?, ?, 'text')
			ON CONFLICT DO NOTHING`, batch, id, name, from); err != nil {
			return err
		}
	}
	schema, err := tx.Schema()
	if err != nil {
		return err
	}
	var cells []struct {
		ContactID int64 `db:"contact_id"`
		Value     any
	}
	if err := tx.Select(&cells, `SELECT contact_id, value FROM contact_values WHERE attribute_id = ?`, id); err != nil {
		return err
	}
	update, err := tx.Prepare(`UPDATE contact_values SET value = ? WHERE attribute_id = ? AND contact_id = ?`)
	if err != nil {
		return err
	}
	defer func() { _ = update.Close() }()
	for _, c := range cells {
		v, err := ReadCell(c.Value, from, schema.Currency)
		if err != nil {
			return fmt.Errorf("widen %s: %w", name, err)
		}
		if _, err := update.Exec(v.String(), id, c.ContactID); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(`UPDATE attributes SET type = 'text' WHERE id = ?`, id); err != nil {
		return err
	}
	return tx.LogChange(ChangedSchema, name, "")
}

// EventTypeID gives the number of an event type, making it when it is new. A
// value type that does not fit the one there is makes both numbers.
func (tx *Tx) EventTypeID(name string, value contact.Type) (id int64, now contact.Type, err error) {
	var rows []struct {
		ID        int64
		ValueType contact.Type `db:"value_type"`
	}
	if err := tx.Select(&rows, `SELECT id, value_type FROM event_types WHERE name = ?`, name); err != nil {
		return 0, "", err
	}
	if len(rows) == 0 {
		r, err := tx.Exec(`INSERT INTO event_types (name, value_type) VALUES (?, ?)`, name, value)
		if err != nil {
			return 0, "", err
		}
		if id, err = r.LastInsertId(); err != nil {
			return 0, "", err
		}
		return id, value, tx.LogChange(ChangedSchema, name, "")
	}
	id, now = rows[0].ID, rows[0].ValueType
	switch {
	case value == "" || value == now || now == contact.Number:
		return id, now, nil
	case now == "":
		now = value
	default: // amounts that turn out to have more decimals than money may
		now = contact.Number
		if err := tx.moneyToNumbers(id); err != nil {
			return 0, "", err
		}
	}
	if _, err := tx.Exec(`UPDATE event_types SET value_type = ? WHERE id = ?`, now, id); err != nil {
		return 0, "", err
	}
	return id, now, tx.LogChange(ChangedSchema, name, "")
}

func (tx *Tx) moneyToNumbers(id int64) error {
	info, err := tx.Info()
	if err != nil {
		return err
	}
	var cells []int64
	if err := tx.Select(&cells, `SELECT DISTINCT value FROM events WHERE type_id = ? AND value IS NOT NULL`, id); err != nil {
		return err
	}
	for i := len(cells) - 1; i >= 0; i-- {
		v, err := readInteger(cells[i], contact.Money, info.Currency)
		if err != nil {
			return err
		}
		// Written to a text first, so that a number made here is not taken for
		// minor units by a later round.
		if _, err := tx.Exec(`UPDATE events SET value = ? WHERE type_id = ? AND value = ? AND typeof(value) = 'integer'`, "m"+v.String(), id, cells[i]); err != nil {
			return err
		}
	}
	_, err = tx.Exec(`UPDATE events SET value = CASE WHEN instr(value, '.') = 0 THEN CAST(substr(value, 2) AS INTEGER) ELSE substr(value, 2) END WHERE type_id = ? AND typeof(value) = 'text'`, id)
	return err
}

// SetProperty gives a property of an event type its type, widening it to text
// when it had another. The events keep their written values, which read as text.
func (tx *Tx) SetProperty(typeID int64, p contact.Property) (now contact.Type, err error) {
	var had []contact.Type
	if err := tx.Select(&had, `SELECT type FROM event_properties WHERE type_id = ? AND name = ?`, typeID, p.Name); err != nil {
		return "", err
	}
	now = p.Type
	switch {
	case len(had) == 0:
		_, err = tx.Exec(`INSERT INTO event_properties (type_id, name, type) VALUES (?, ?, ?)`, typeID, p.Name, p.Type)
	case had[0] == p.Type || had[0] == contact.Text:
		return had[0], nil
	default:
		now = widest(had[0], p.Type)
		_, err = tx.Exec(`UPDATE event_properties SET type = ? WHERE type_id = ? AND name = ?`, now, typeID, p.Name)
	}
	if err != nil {
		return "", err
	}
	return now, tx.LogChange(ChangedSchema, p.Name, "")
}

// widest is the type that holds what both hold: numbers hold amounts, text all.
func widest(a, b contact.Type) contact.Type {
	if (a == contact.Number && b == contact.Money) || (a == contact.Money && b == contact.Number) {
		return contact.Number
	}
	return contact.Text
}

// idList gives numbers as a JSON array for json_each, which binds any number of
// them as one value.
func idList[T ~int64](ids []T) string {
	b, _ := json.Marshal(ids) // integers always marshal
	return string(b)
}
