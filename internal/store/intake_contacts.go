package store

import (
	"database/sql"
	"reflect"

	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
)

// Directory finds contacts by address and external id without a query each. It
// holds every contact's address, about 100 bytes a contact.
type Directory struct {
	ByEmail    map[string]contact.ID
	ByExternal map[string]contact.ID
}

// Directory reads all addresses and external ids.
func (tx *Tx) Directory() (*Directory, error) {
	rows, err := tx.Query(`SELECT id, email, external_id FROM contacts`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	d := &Directory{ByEmail: map[string]contact.ID{}, ByExternal: map[string]contact.ID{}}
	for rows.Next() {
		var id contact.ID
		var email string
		var external sql.NullString
		if err := rows.Scan(&id, &email, &external); err != nil {
			return nil, err
		}
		d.ByEmail[email] = id
		if external.Valid {
			d.ByExternal[external.String] = id
		}
	}
	return d, rows.Err()
}

// Intake writes the contacts of one chunk of a batch: new ones, their values, what
// they agreed to, and what to know to take it back; batch 0 keeps nothing for taking back. It belongs
// to one transaction.
type Intake struct {
	tx       *Tx
	batch    int64
	currency contact.Currency
	insert   *sql.Stmt
	touch    *sql.Stmt
	values   *bulk
	changes  *bulk
	ledger   *bulk
	touched  map[string][]contact.ID // for the change log: by attribute, whose changed
	contacts []contact.ID            // who came, or has another customer number
}

// Intake begins a chunk.
func (tx *Tx) Intake(batchID int64, currency contact.Currency) (*Intake, error) {
	in := &Intake{tx: tx, batch: batchID, currency: currency, touched: map[string][]contact.ID{},
		values: tx.bulk(`INSERT INTO contact_values (attribute_id, contact_id, value) VALUES`, `(?,?,?)`, `ON CONFLICT DO UPDATE SET value = excluded.value`),
		// The first value before the batch counts, and the last after it.
		changes: tx.bulk(`INSERT INTO batch_changes (batch_id, entity, entity_id, field, before, after) VALUES`, `(?,?,?,?,?,?)`, `ON CONFLICT DO UPDATE SET after = excluded.after`),
		ledger:  tx.bulk(insertConsent, consentRow, ``),
	}
	for _, p := range []struct {
		to  **sql.Stmt
		sql string
	}{
		{&in.insert, `INSERT INTO contacts (email, external_id, source, created_at, updated_at, batch_id) VALUES (?, NULLIF(?, ''), ?, ?, ?, NULLIF(?, 0)) ON CONFLICT DO NOTHING`},
		{&in.touch, `UPDATE contacts SET updated_at = ? WHERE id = ?`},
	} {
		var err error
		if *p.to, err = tx.Prepare(p.sql); err != nil { //nolint:sqlclosecheck // it ends with the transaction
			return nil, err
		}
	}
	return in, nil
}

// Create adds a contact. Where somebody took the person in while the import ran,
// it gives that contact, and made is false.
func (in *Intake) Create(c contact.Contact) (id contact.ID, made bool, err error) {
	r, err := in.insert.Exec(c.Email, c.ExternalID, c.Source, c.CreatedAt.UnixMilli(), in.tx.Now().UnixMilli(), in.batch)
	if err != nil {
		return 0, false, err
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		if id, err = in.tx.PersonByEmail(c.Email); fault.Is(err, fault.NotFound) { // the customer number was taken
			c.ExternalID = ""
			return in.Create(c)
		}
		return id, false, err
	}
	n, err := r.LastInsertId()
	in.contacts = append(in.contacts, contact.ID(n))
	return contact.ID(n), true, err
}

// Set writes one value. before is what the contact had, nil for nothing.
func (in *Intake) Set(id contact.ID, attribute int64, name string, before, after any) error {
	if err := in.values.add(attribute, id, after); err != nil {
		return err
	}
	in.touched[name] = append(in.touched[name], id)
	if in.batch == 0 {
		return nil
	}
	return in.changes.add(in.batch, "value", id, name, before, after)
}

// SetExternalID gives a contact the id it has in the business's own system, and
// tells what it had before; with fill it changes nothing where there is one.
func (in *Intake) SetExternalID(id contact.ID, after string, fill bool) (before string, changed bool, err error) {
	var had sql.NullString
	if err := in.tx.Get(&had, `SELECT external_id FROM contacts WHERE id = ?`, id); err != nil {
		return "", false, err
	}
	if had.String == after || (had.Valid && fill) {
		return had.String, false, nil
	}
	if _, err := in.tx.Exec(`UPDATE contacts SET external_id = ? WHERE id = ?`, after, id); err != nil {
		return "", false, err
	}
	in.contacts = append(in.contacts, id)
	return had.String, true, in.changes.add(in.batch, "external_id", id, "", had, after)
}

// Touch notes that a contact was changed now.
func (in *Intake) Touch(id contact.ID) error {
	_, err := in.touch.Exec(in.tx.Now().UnixMilli(), id)
	return err
}

// Agree appends to the ledger.
func (in *Intake) Agree(e consent.Entry) error { return in.ledger.add(consentArgs(e)...) }

// Finish writes what is left, and logs what the chunk changed, once for each
// column.
func (in *Intake) Finish() error {
	for _, b := range []*bulk{in.values, in.changes, in.ledger} {
		if err := b.flush(); err != nil {
			return err
		}
	}
	if len(in.contacts) > 0 {
		if err := in.tx.LogPeople(ChangedContacts, "", in.contacts...); err != nil {
			return err
		}
	}
	for name, ids := range in.touched {
		if err := in.tx.LogPeople(ChangedAttribute, name, ids...); err != nil {
			return err
		}
	}
	return nil
}

// ValuesOf gives the cells that contacts have for an attribute.
func (tx *Tx) ValuesOf(attribute int64, ids []contact.ID) (map[contact.ID]any, error) {
	rows, err := tx.Query(`SELECT v.contact_id, v.value FROM json_each(?) j CROSS JOIN contact_values v ON v.attribute_id = ? AND v.contact_id = j.value`, idList(ids), attribute)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	all := make(map[contact.ID]any, len(ids))
	for rows.Next() {
		var id contact.ID
		var cell any
		if err := rows.Scan(&id, &cell); err != nil {
			return nil, err
		}
		all[id] = plain(cell)
	}
	return all, rows.Err()
}

// plain gives the driver's byte slices as strings, so that cells compare.
func plain(cell any) any {
	if b, ok := cell.([]byte); ok {
		return string(b)
	}
	return cell
}

// SameCell reports whether two cells hold the same.
func SameCell(a, b any) bool { return reflect.DeepEqual(plain(a), plain(b)) }
