package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/contact"
)

// Undone is what taking a batch back did.
type Undone struct {
	Restored int64      `json:"restored"` // values, products and events that are what they were
	Removed  int64      `json:"removed"`  // contacts, events and products that are gone again
	Kept     []KeptItem `json:"kept"`     // what was changed since, and stays
	KeptMore int64      `json:"kept_more"`
}

// KeptItem is something an undo left alone, and why.
type KeptItem struct {
	What   string `json:"what"`
	Reason string `json:"reason"`
}

const keptListed = 200

func (u *Undone) keep(what, reason string) {
	if len(u.Kept) >= keptListed {
		u.KeptMore++
		return
	}
	u.Kept = append(u.Kept, KeptItem{what, reason})
}

// UndoEvents deletes up to limit events that a batch added, notes it in the change
// log, and gives how many it deleted; fewer than limit is the end.
func (tx *Tx) UndoEvents(batchID int64, limit int) (deleted int64, err error) {
	var types []string
	var ids struct{ First, Last int64 }
	const some = `SELECT id FROM events WHERE id BETWEEN (SELECT first_event_id FROM batches WHERE id = ?1) AND (SELECT last_event_id FROM batches WHERE id = ?1) AND batch_id = ?1 LIMIT ?2`
	if err := tx.Select(&types, `SELECT DISTINCT t.name FROM events e JOIN event_types t ON t.id = e.type_id WHERE e.id IN (`+some+`)`, batchID, limit); err != nil {
		return 0, err
	}
	if err := tx.Get(&ids, `SELECT COALESCE(MIN(id), 0) AS first, COALESCE(MAX(id), 0) AS last FROM events WHERE id IN (`+some+`)`, batchID, limit); err != nil {
		return 0, err
	}
	r, err := tx.Exec(`DELETE FROM events WHERE id IN (`+some+`)`, batchID, limit)
	if err != nil {
		return 0, err
	}
	if deleted, err = r.RowsAffected(); err != nil {
		return 0, err
	}
	return deleted, errors.Join(tx.countEvents(-deleted), tx.LogEvents(types, ids.First, ids.Last))
}

type changeRow struct {
	Entity   string
	EntityID int64 `db:"entity_id"`
	Field    string
	Before   any
	After    any
}

// UndoChanges takes back what a batch changed where it still is what the batch
// made it, and lists the rest in u.
func (tx *Tx) UndoChanges(batchID int64, u *Undone) error {
	var rows []changeRow
	if err := tx.Select(&rows, `SELECT entity, entity_id, field, before, after FROM batch_changes WHERE batch_id = ?`, batchID); err != nil {
		return err
	}
	touched := map[string][]contact.ID{}
	for _, r := range rows {
		undo := map[string]func(changeRow, *Undone) error{
			"value": tx.undoValue, "external_id": tx.undoExternal, "product": tx.undoProduct, "event": tx.undoEvent,
			"attribute": undoLater,
		}[r.Entity]
		if undo == nil {
			return fmt.Errorf("batch %d changed a %q, which nobody can undo", batchID, r.Entity)
		}
		if err := undo(r, u); err != nil {
			return err
		}
		if r.Entity == "value" {
			touched[r.Field] = append(touched[r.Field], contact.ID(r.EntityID))
		}
	}
	for name, ids := range touched {
		if err := tx.LogPeople(ChangedAttribute, name, ids...); err != nil {
			return err
		}
	}
	return tx.undoAttributes(batchID, rows, u)
}

// undoLater leaves a change to undoAttributes, which needs the values to be what
// they were.
func undoLater(changeRow, *Undone) error { return nil }

func (tx *Tx) undoValue(r changeRow, u *Undone) error {
	var attribute int64
	err := tx.Get(&attribute, `SELECT id FROM attributes WHERE name = ?`, r.Field)
	if errors.Is(err, sql.ErrNoRows) {
		u.keep(fmt.Sprintf("%s of contact %d", r.Field, r.EntityID), "there is no such attribute any more")
		return nil
	}
	if err != nil {
		return err
	}
	now, err := tx.ValuesOf(attribute, []contact.ID{contact.ID(r.EntityID)})
	if err != nil {
		return err
	}
	current, exists := now[contact.ID(r.EntityID)]
	if !exists && r.Before == nil {
		return nil
	}
	if !SameCell(current, r.After) {
		u.keep(fmt.Sprintf("%s of contact %d", r.Field, r.EntityID), "it was changed since")
		return nil
	}
	u.Restored++
	if r.Before == nil {
		_, err = tx.Exec(`DELETE FROM contact_values WHERE attribute_id = ? AND contact_id = ?`, attribute, r.EntityID)
		return err
	}
	_, err = tx.Exec(`UPDATE contact_values SET value = ? WHERE attribute_id = ? AND contact_id = ?`, plain(r.Before), attribute, r.EntityID)
	return err
}

func (tx *Tx) undoExternal(r changeRow, u *Undone) error {
	res, err := tx.Exec(`UPDATE contacts SET external_id = ? WHERE id = ? AND external_id IS ?`, plain(r.Before), r.EntityID, plain(r.After))
	if err != nil {
		return err
	}
	if n, _ := res.RowsAffected(); n == 0 {
		u.keep(fmt.Sprintf("customer number of contact %d", r.EntityID), "it was changed since")
		return nil
	}
	u.Restored++
	return tx.LogPeople(ChangedContacts, "", contact.ID(r.EntityID))
}

func (tx *Tx) undoProduct(r changeRow, u *Undone) error {
	var before, after, now productRow
	if err := decodeBoth(r, &before, &after); err != nil {
		return err
	}
	if err := tx.Get(&now, `SELECT `+productColumns+` FROM products WHERE id = ?`, r.EntityID); err != nil {
		return err
	}
	after.UpdatedAt, now.UpdatedAt = 0, 0
	if now != after {
		u.keep("product "+after.SKU, "it was changed since")
		return nil
	}
	u.Restored++
	return tx.writeProduct(before)
}

func (tx *Tx) undoEvent(r changeRow, u *Undone) error {
	var before, after EventRow
	if err := decodeBoth(r, &before, &after); err != nil {
		return err
	}
	what := fmt.Sprintf("event %d of contact %d", r.EntityID, after.Contact)
	var contacts int
	if err := tx.Get(&contacts, `SELECT COUNT(*) FROM contacts WHERE id = ?`, before.Contact); err != nil {
		return err
	}
	now, err := tx.eventRow(r.EntityID)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		u.keep(what, "it is not there any more")
		return nil
	case err != nil:
		return err
	case contacts == 0:
		u.keep(what, "the person it was of before is not there any more")
		return nil
	case now.Contact != after.Contact || now.At != after.At || now.Properties != after.Properties || !SameCell(now.Value, after.Value):
		u.keep(what, "it was changed since")
		return nil
	}
	u.Restored++
	if err := tx.writeEvent(r.EntityID, before); err != nil {
		return err
	}
	return tx.LogChange(ChangedEvents, "", "")
}

// eventRow reads what can change of an event.
func (tx *Tx) eventRow(id int64) (r EventRow, err error) {
	err = tx.QueryRow(`SELECT contact_id, occurred_at, value, COALESCE(properties, '') FROM events WHERE id = ?`, id).
		Scan(&r.Contact, &r.At, &r.Value, &r.Properties)
	return r, err
}

func decodeBoth(r changeRow, before, after any) error {
	for _, c := range []struct {
		from, to any
	}{{r.Before, before}, {r.After, after}} {
		text, _ := plain(c.from).(string)
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber() // amounts keep their last digit
		if err := d.Decode(c.to); err != nil {
			return err
		}
		if e, ok := c.to.(*EventRow); ok {
			if n, whole := e.Value.(json.Number); whole {
				e.Value, _ = n.Int64() // cells are whole numbers or texts
			}
		}
	}
	return nil
}

// UndoProducts removes the products a batch added and nobody changed since.
func (tx *Tx) UndoProducts(batchID int64, u *Undone) error {
	r, err := tx.Exec(`DELETE FROM products WHERE batch_id = ? AND updated_at = created_at`, batchID)
	if err != nil {
		return err
	}
	n, err := r.RowsAffected()
	u.Removed += n
	if err == nil && (n > 0 || u.Restored > 0) {
		err = tx.LogChange(ChangedProducts, "", "")
	}
	return err
}

// UndoConsents appends, for each entry the batch wrote to the ledger, one that
// takes its effect back.
func (tx *Tx) UndoConsents(batchID int64) error {
	var ids []int64
	if err := tx.Select(&ids, `SELECT id FROM consent_entries WHERE batch_id = ? AND reverts_id IS NULL`, batchID); err != nil {
		return err
	}
	for _, id := range ids {
		if _, err := tx.Exec(`INSERT INTO consent_entries (contact_id, purpose, state, source, at, batch_id, reverts_id)
			SELECT contact_id, purpose, ?, 'undo of import ' || batch_id, ?, batch_id, id FROM consent_entries WHERE id = ?`, consent.Withdrawn, tx.Now().UnixMilli(), id); err != nil {
			return err
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return tx.LogChange(ChangedConsent, "", "")
}

// UndoContacts removes the contacts a batch made that have nothing else: no
// event, no message, no value, and no word in the ledger but the batch's own, so
// that a withdrawal is never forgotten.
func (tx *Tx) UndoContacts(batchID int64, u *Undone) error {
	var ids []contact.ID
	if err := tx.Select(&ids, `SELECT id FROM contacts WHERE batch_id = ?`, batchID); err != nil {
		return err
	}
	var types, attributes []int64
	if err := tx.Select(&types, `SELECT id FROM event_types`); err != nil {
		return err
	}
	if err := tx.Select(&attributes, `SELECT id FROM attributes`); err != nil {
		return err
	}
	remove, err := tx.Prepare(`DELETE FROM contacts WHERE id = ?1
		AND NOT EXISTS (SELECT 1 FROM json_each(?2) t WHERE EXISTS (SELECT 1 FROM events e WHERE e.type_id = t.value AND e.contact_id = ?1))
		AND NOT EXISTS (SELECT 1 FROM json_each(?3) a WHERE EXISTS (SELECT 1 FROM contact_values v WHERE v.attribute_id = a.value AND v.contact_id = ?1))
		AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.contact_id = ?1)
		AND NOT EXISTS (SELECT 1 FROM consent_entries l WHERE l.contact_id = ?1 AND l.batch_id IS NOT ?4 AND l.reverts_id IS NULL
			AND NOT EXISTS (SELECT 1 FROM consent_entries r WHERE r.contact_id = ?1 AND r.reverts_id = l.id))`)
	if err != nil {
		return err
	}
	defer func() { _ = remove.Close() }()
	// Nobody can ask for the erasure of who is not there: the key of their values
	// in the audit goes with them.
	forget, err := tx.Prepare(`DELETE FROM audit_keys WHERE contact_id = ?`)
	if err != nil {
		return err
	}
	defer func() { _ = forget.Close() }()
	typeList, attributeList := idList(types), idList(attributes)
	for _, id := range ids {
		r, err := remove.Exec(id, typeList, attributeList, batchID)
		if err != nil {
			return err
		}
		if n, _ := r.RowsAffected(); n == 0 {
			u.keep(fmt.Sprintf("contact %d", id), "there is more about this person by now")
			continue
		}
		if _, err := forget.Exec(id); err != nil {
			return err
		}
		u.Removed++
	}
	if len(ids) == 0 {
		return nil
	}
	return tx.LogPeople(ChangedContacts, "", ids...)
}
