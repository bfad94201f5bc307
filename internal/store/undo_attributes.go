package store

import (
	"fmt"

	"github.com/mailwright/mailwright/internal/contact"
)

// undoAttributes gives attributes that a batch widened to text their type back,
// and removes those it made that hold nothing and that no definition names. The
// batch's values have been taken back before.
func (tx *Tx) undoAttributes(batchID int64, rows []changeRow, u *Undone) error {
	for _, r := range rows {
		if r.Entity != "attribute" {
			continue
		}
		from, _ := plain(r.Before).(string)
		if err := tx.narrow(r.EntityID, r.Field, contact.Type(from), u); err != nil {
			return err
		}
	}
	res, err := tx.Exec(`DELETE FROM attributes WHERE batch_id = ?
		AND NOT EXISTS (SELECT 1 FROM contact_values v WHERE v.attribute_id = attributes.id)
		AND NOT EXISTS (SELECT 1 FROM definitions d WHERE instr(d.body, attributes.name) > 0)`, batchID)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	return tx.LogChange(ChangedSchema, "", "")
}

// narrow turns an attribute's texts into values of a type again, where all of
// them are such values in their canonical form; else it stays a text.
func (tx *Tx) narrow(id int64, name string, to contact.Type, u *Undone) error {
	var now []contact.Type
	if err := tx.Select(&now, `SELECT type FROM attributes WHERE id = ?`, id); err != nil || len(now) == 0 || now[0] != contact.Text {
		return err
	}
	schema, err := tx.Schema()
	if err != nil {
		return err
	}
	var cells []struct {
		ContactID int64 `db:"contact_id"`
		Value     string
	}
	if err := tx.Select(&cells, `SELECT contact_id, value FROM contact_values WHERE attribute_id = ?`, id); err != nil {
		return err
	}
	values := make([]any, len(cells))
	for i, c := range cells {
		v, err := contact.ReadText(c.Value, to, schema.Zone, schema.Currency)
		if err == nil && v.String() == c.Value {
			values[i], err = Cell(v, schema.Currency)
		}
		if err != nil || values[i] == nil {
			u.keep("the type of "+name, fmt.Sprintf("a value has come since that is no %s", to))
			return nil
		}
	}
	set, err := tx.Prepare(`UPDATE contact_values SET value = ? WHERE attribute_id = ? AND contact_id = ?`)
	if err != nil {
		return err
	}
	defer func() { _ = set.Close() }()
	for i, c := range cells {
		if _, err := set.Exec(values[i], id, c.ContactID); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(`UPDATE attributes SET type = ? WHERE id = ?`, to, id); err != nil {
		return err
	}
	return tx.LogChange(ChangedSchema, name, "")
}
