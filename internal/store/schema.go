package store

import (
	"context"
	"slices"

	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/contact"
)

// Schema reads what the workspace knows about types.
func (s *Store) Schema(ctx context.Context) (schema contact.Schema, err error) {
	err = s.Read(ctx, func(tx *Tx) error {
		schema, err = tx.Schema()
		return err
	})
	return schema, err
}

// Schema reads what the workspace knows about types, in this transaction.
func (tx *Tx) Schema() (contact.Schema, error) {
	info, err := tx.Info()
	if err != nil {
		return contact.Schema{}, err
	}
	s := contact.Schema{
		Attributes: map[string]contact.Attribute{},
		Events:     map[string]contact.EventType{},
		Currency:   info.Currency,
		Zone:       info.Zone,
	}
	for _, p := range consent.Purposes {
		s.Purposes = append(s.Purposes, string(p))
	}
	for _, a := range append(slices.Clone(contact.Derived), contact.Scored...) {
		s.Attributes[a.Name] = a
	}
	s.Scores = contact.DefaultScores()
	if err := tx.Setting(scoresSetting, &s.Scores); err != nil {
		return s, err
	}
	rows := []struct {
		Name, Label string
		Type        contact.Type
		BuiltIn     bool `db:"built_in"`
	}{}
	if err := tx.Select(&rows, `SELECT name, label, type, built_in FROM attributes`); err != nil {
		return s, err
	}
	for _, r := range rows {
		s.Attributes[r.Name] = contact.Attribute{Name: r.Name, Label: r.Label, Type: r.Type, BuiltIn: r.BuiltIn}
	}
	return s, tx.eventTypes(s.Events)
}

func (tx *Tx) eventTypes(into map[string]contact.EventType) error {
	var types []struct {
		Name      string
		ValueType contact.Type `db:"value_type"`
	}
	if err := tx.Select(&types, `SELECT name, value_type FROM event_types`); err != nil {
		return err
	}
	for _, t := range types {
		into[t.Name] = contact.EventType{Name: t.Name, ValueType: t.ValueType, Properties: []contact.Property{}}
	}
	var properties []struct {
		Event, Name string
		Type        contact.Type
	}
	if err := tx.Select(&properties, `SELECT t.name AS event, p.name, p.type
		FROM event_properties p JOIN event_types t ON t.id = p.type_id ORDER BY t.name, p.name`); err != nil {
		return err
	}
	for _, p := range properties {
		e := into[p.Event]
		e.Properties = append(e.Properties, contact.Property{Name: p.Name, Type: p.Type})
		into[p.Event] = e
	}
	return nil
}
