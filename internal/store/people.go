package store

import (
	"database/sql"
	"errors"
	"slices"
	"strings"

	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
)

// People changes one person at a time. Every change goes through it and writes
// its audit entry in the same transaction, with personal values sealed; imports
// have Intake, which does the same in bulk. It belongs to one transaction.
type People struct {
	tx     *Tx
	log    *Chronicle
	schema contact.Schema
}

// People begins changing as actor.
func (tx *Tx) People(actor string) (*People, error) {
	log, err := tx.Chronicle(actor)
	if err != nil {
		return nil, err
	}
	schema, err := tx.Schema()
	return &People{tx, log, schema}, err
}

// Schema gives the types as they are in this transaction.
func (p *People) Schema() contact.Schema { return p.schema }

// Create adds a contact with its attributes. It returns fault.Conflict where the
// address or the customer number is taken, and for one who was erased.
func (p *People) Create(c contact.Contact) (contact.ID, error) {
	if id, err := p.tx.PersonByEmail(c.Email); err == nil {
		return id, fault.At(fault.Conflict, "email", "there is a contact %s already", c.Email)
	} else if !fault.Is(err, fault.NotFound) {
		return 0, err
	}
	erased, err := p.tx.Erased()
	if err != nil {
		return 0, err
	}
	if erased.Has(c.Email) {
		return 0, fault.At(fault.Conflict, "email", "this person was erased and is not taken in again; take the address off the suppression list first if they ask for it")
	}
	r, err := p.tx.Exec(`INSERT INTO contacts (email, external_id, source, created_at, updated_at) VALUES (?, NULLIF(?, ''), ?, ?, ?)`,
		c.Email, c.ExternalID, c.Source, c.CreatedAt.UnixMilli(), p.tx.Now().UnixMilli())
	if err != nil {
		return 0, err
	}
	n, err := r.LastInsertId()
	if err != nil {
		return 0, err
	}
	id := contact.ID(n)
	if err := p.setValues(id, c.Attributes); err != nil {
		return 0, err
	}
	personal := map[string]any{"email": c.Email}
	for name, v := range c.Attributes {
		personal[name] = v
	}
	if err := p.log.Add("contact.created", id, map[string]any{}, personal); err != nil {
		return 0, err
	}
	return id, p.tx.LogPeople(ChangedContacts, "", id)
}

// Save sets attributes; an unset value takes one away. The audit keeps what there
// was before. It returns fault.NotFound for who is not there, and fault.Invalid
// for what is no attribute or only derived.
func (p *People) Save(id contact.ID, values map[string]contact.Value) error {
	had, err := p.tx.Person(id, p.schema)
	if err != nil {
		return err
	}
	before, after := map[string]any{}, map[string]any{}
	changed := map[string]contact.Value{}
	for name, v := range values {
		if had.Attributes[name].Equal(v) {
			continue
		}
		before[name], after[name], changed[name] = had.Attributes[name], v, v
	}
	if len(changed) == 0 {
		return nil
	}
	if err := p.setValues(id, changed); err != nil {
		return err
	}
	if _, err := p.tx.Exec(`UPDATE contacts SET updated_at = ? WHERE id = ?`, p.tx.Now().UnixMilli(), id); err != nil {
		return err
	}
	return p.log.Add("contact.updated", id, map[string]any{"attributes": sortedNames(changed)}, map[string]any{"before": before, "after": after})
}

func sortedNames[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for n := range m {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

func (p *People) setValues(id contact.ID, values map[string]contact.Value) error {
	for _, name := range sortedNames(values) {
		a, known := p.schema.Attributes[name]
		if !known || a.Computed {
			return fault.At(fault.Invalid, "attributes."+name, "there is no attribute %q that can be set", name)
		}
		cell, err := Cell(values[name], p.schema.Currency)
		if err != nil {
			return fault.At(fault.Invalid, "attributes."+name, "%w", err)
		}
		const number = `(SELECT id FROM attributes WHERE name = ?)`
		if cell == nil {
			_, err = p.tx.Exec(`DELETE FROM contact_values WHERE attribute_id = `+number+` AND contact_id = ?`, name, id)
		} else {
			_, err = p.tx.Exec(`INSERT INTO contact_values (attribute_id, contact_id, value) VALUES (`+number+`, ?, ?)
				ON CONFLICT DO UPDATE SET value = excluded.value`, name, id, cell)
		}
		if err != nil {
			return err
		}
		if err := p.tx.LogPeople(ChangedAttribute, name, id); err != nil {
			return err
		}
	}
	return nil
}

// SetExternalID gives a contact another customer number; "" takes it away. One
// that somebody else has is fault.Conflict.
func (p *People) SetExternalID(id contact.ID, external string) error {
	external = strings.TrimSpace(external)
	var had sql.NullString
	err := p.tx.Get(&had, `SELECT external_id FROM contacts WHERE id = ?`, id)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, "there is no contact %d", id)
	}
	if err != nil || had.String == external {
		return err
	}
	var others int
	if err := p.tx.Get(&others, `SELECT COUNT(*) FROM contacts WHERE external_id = ? AND id <> ?`, external, id); err != nil {
		return err
	}
	if others > 0 {
		return fault.At(fault.Conflict, "attributes.external_id", "another contact has the customer number %q", external)
	}
	if _, err := p.tx.Exec(`UPDATE contacts SET external_id = NULLIF(?, ''), updated_at = ? WHERE id = ?`, external, p.tx.Now().UnixMilli(), id); err != nil {
		return err
	}
	if err := p.log.Add("contact.updated", id, map[string]any{"attributes": []string{"external_id"}},
		map[string]any{"before": map[string]any{"external_id": had.String}, "after": map[string]any{"external_id": external}}); err != nil {
		return err
	}
	return p.tx.LogPeople(ChangedContacts, "", id)
}

// Agree appends to the ledger that a contact granted or withdrew consent. Only a
// person's own word does this; imports have a law of their own.
func (p *People) Agree(e consent.Entry) error {
	if _, err := p.tx.Person(e.Contact, p.schema); err != nil {
		return err
	}
	if err := p.tx.AddConsent(e); err != nil {
		return err
	}
	if err := p.log.Add("consent."+string(e.State), e.Contact, map[string]any{"purpose": e.Purpose}, map[string]any{"source": e.Source}); err != nil {
		return err
	}
	return p.tx.LogChange(ChangedConsent, "", "")
}

// Suppress puts an address on the list of those who are never written to; one
// that is there keeps its first reason. It tells whether it was new.
func (p *People) Suppress(x Suppression) (added bool, err error) {
	on, err := p.tx.suppressedAs(x.Email)
	if err != nil || on != "" {
		return false, err
	}
	if err := p.tx.Suppress(x); err != nil {
		return false, err
	}
	return true, p.suppression("suppression.added", x)
}

// Unsuppress takes an address off the list, also one of an erased person, who may
// then be taken in again. It returns fault.NotFound where it is not on it.
func (p *People) Unsuppress(email string) error {
	as, err := p.tx.suppressedAs(email)
	if err != nil {
		return err
	}
	if as == "" {
		return fault.At(fault.NotFound, "email", "%s is not on the suppression list", email)
	}
	x, _, err := p.tx.SuppressionOf(as)
	if err != nil {
		return err
	}
	if _, err := p.tx.Unsuppress(as); err != nil {
		return err
	}
	x.Email = email
	return p.suppression("suppression.removed", x)
}

// suppression writes the entry of a change of the list. The address is sealed
// where it is a contact's, and left out where there is nobody whose key could.
func (p *People) suppression(action string, x Suppression) error {
	id, err := p.tx.PersonByEmail(x.Email)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	var personal any
	if id != 0 {
		personal = map[string]any{"email": x.Email, "source": x.Source}
	}
	if err := p.log.Add(action, id, map[string]any{"reason": x.Reason}, personal); err != nil {
		return err
	}
	return p.tx.LogChange(ChangedConsent, "", "")
}

// AddAttribute makes an attribute. It returns fault.Conflict where there is one of
// that name.
func (p *People) AddAttribute(a contact.Attribute) error {
	if _, taken := p.schema.Attributes[a.Name]; taken {
		return fault.At(fault.Conflict, "name", "there is an attribute %q already", a.Name)
	}
	if _, _, _, err := p.tx.AttributeID(a, 0, false); err != nil {
		return err
	}
	p.schema.Attributes[a.Name] = a
	return p.log.Add("attribute.created", 0, map[string]any{"name": a.Name, "type": a.Type}, nil)
}
