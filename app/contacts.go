package app

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/store"
)

// Contacts shows people and changes what is known of them.
type Contacts struct{ app *App }

// Contacts gives the service.
func (a *App) Contacts() *Contacts { return &Contacts{app: a} }

// NewContact is a person to take in.
type NewContact struct {
	Email      string                     `json:"email"`
	Attributes map[string]json.RawMessage `json:"attributes" ts_type:"Record<string, unknown>"`
}

// NewAttribute is an attribute to make. An empty name is made from the label.
type NewAttribute struct {
	Name  string `json:"name"`
	Label string `json:"label"`
	Type  string `json:"type"`
}

// externalID is the customer number, which stands in the contact's own row but is
// written like an attribute.
const externalID = "external_id"

// change runs f in one transaction that is flushed to the disk.
func (s *Contacts) change(ctx context.Context, f func(*store.People) error) error {
	w, err := s.app.current()
	if err != nil {
		return err
	}
	return w.Store.Write(ctx, store.Full, func(tx *store.Tx) error {
		p, err := tx.People(s.app.options.Actor)
		if err != nil {
			return err
		}
		return f(p)
	})
}

// Create takes a person in by hand and gives their number. Being there is not
// consent: nobody is written to before the ledger says so.
func (s *Contacts) Create(ctx context.Context, n NewContact) (id int64, err error) {
	email, err := contact.NormalizeEmail(n.Email)
	if err != nil {
		return 0, err
	}
	err = s.change(ctx, func(p *store.People) error {
		values, external, err := readAttributes(n.Attributes, p.Schema())
		if err != nil {
			return err
		}
		made, err := p.Create(contact.Contact{Email: email, Source: "manual", CreatedAt: s.app.options.Now(), Attributes: values})
		if err != nil {
			return err
		}
		id = int64(made)
		if external == nil {
			return nil
		}
		return p.SetExternalID(made, *external)
	})
	return id, err
}

// Save changes attributes of a person; null empties one.
func (s *Contacts) Save(ctx context.Context, id int64, attributes map[string]json.RawMessage) error {
	return s.change(ctx, func(p *store.People) error {
		values, external, err := readAttributes(attributes, p.Schema())
		if err != nil {
			return err
		}
		if err := p.Save(contact.ID(id), values); err != nil || external == nil {
			return err
		}
		return p.SetExternalID(contact.ID(id), *external)
	})
}

// readAttributes types values by the schema; the customer number comes apart.
func readAttributes(raw map[string]json.RawMessage, schema contact.Schema) (values map[string]contact.Value, external *string, err error) {
	values = map[string]contact.Value{}
	for name, text := range raw {
		a, known := schema.Attributes[name]
		field := "attributes." + name
		if !known || (a.Computed && name != externalID) {
			return nil, nil, fault.At(fault.Invalid, field, "there is no attribute %q that can be set", name)
		}
		v, err := contact.ReadJSON(text, a.Type, schema.Zone, schema.Currency)
		if err != nil {
			return nil, nil, fault.At(fault.Invalid, field, "%w", err)
		}
		if name == externalID {
			s := v.String()
			external = &s
			continue
		}
		values[name] = v
	}
	return values, external, nil
}

// Erase takes a person out for good: see store.People.Erase for what goes and
// what stays. It waits for no import: while one runs it is fault.Conflict.
func (s *Contacts) Erase(ctx context.Context, id int64) error {
	w, err := s.app.current()
	if err != nil {
		return err
	}
	lease, err := w.Store.Take(ctx, store.ImportLease, s.app.options.Actor)
	if err != nil {
		return err
	}
	defer lease.Release()
	return s.change(ctx, func(p *store.People) error { return p.Erase(contact.ID(id)) })
}

// SetConsent notes a person's own word: "granted" or "withdrawn", and where it
// was given.
func (s *Contacts) SetConsent(ctx context.Context, id int64, purpose, state, source string) error {
	source = strings.TrimSpace(source)
	switch {
	case state != string(consent.Granted) && state != string(consent.Withdrawn):
		return fault.At(fault.Invalid, "state", "%q is neither granted nor withdrawn", state)
	case source == "":
		return fault.At(fault.Invalid, "source", "say where this was given, such as “checkout form” or “by telephone”")
	}
	return s.change(ctx, func(p *store.People) error {
		if !slices.Contains(p.Schema().Purposes, purpose) {
			return fault.At(fault.Invalid, "purpose", "there is no purpose %q; choose one of %s", purpose, strings.Join(p.Schema().Purposes, ", "))
		}
		return p.Agree(consent.Entry{Contact: contact.ID(id), Purpose: consent.Purpose(purpose), State: consent.State(state),
			Source: source, At: s.app.options.Now()})
	})
}

// AddAttribute makes an attribute of contacts.
func (s *Contacts) AddAttribute(ctx context.Context, n NewAttribute) (Column, error) {
	label := strings.TrimSpace(n.Label)
	name := contact.SnakeCase(n.Name)
	if name == "" {
		name = contact.SnakeCase(label)
	}
	switch {
	case name == "":
		return Column{}, fault.At(fault.Invalid, "name", "give the attribute a name")
	case !slices.Contains(contact.Types, contact.Type(n.Type)):
		return Column{}, fault.At(fault.Invalid, "type", "%q is none of %q", n.Type, contact.Types)
	case label == "":
		label = name
	}
	a := contact.Attribute{Name: name, Label: label, Type: contact.Type(n.Type)}
	err := s.change(ctx, func(p *store.People) error { return p.AddAttribute(a) })
	return Column{Name: a.Name, Label: a.Label, Type: a.Type}, err
}
