package app

import (
	"context"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/store"
)

// Vocabulary is everything a condition can be built from.
type Vocabulary struct {
	Attributes []VocabularyAttribute         `json:"attributes"`
	Events     []VocabularyEvent             `json:"events"`
	Segments   []VocabularySegment           `json:"segments"`
	Purposes   []string                      `json:"purposes"`
	Ops        map[string][]condition.OpInfo `json:"ops"` // by type
	Measures   []condition.MeasureInfo       `json:"measures"`
	Units      []condition.Unit              `json:"units"`
	Currency   string                        `json:"currency"`
	EventOps   []condition.OpInfo            `json:"event_ops"` // of measures
}

// VocabularyAttribute is an attribute with how many contacts have it.
type VocabularyAttribute struct {
	Name   string       `json:"name"`
	Label  string       `json:"label"`
	Type   contact.Type `json:"type"`
	Filled int          `json:"filled"` // -1 where it is not counted
}

// filledOf gives how many contacts have an attribute; -1 for scores, whose making
// reads events.
func filledOf(a contact.Attribute, filled map[string]int) int {
	if contact.IsScored(a.Name) {
		return -1
	}
	return filled[a.Name]
}

// VocabularyEvent is a type of event with how many there are.
type VocabularyEvent struct {
	Name       string             `json:"name"`
	Count      int                `json:"count"`
	ValueType  contact.Type       `json:"value_type"`
	Properties []contact.Property `json:"properties"`
}

// VocabularySegment names a segment.
type VocabularySegment struct {
	Slug string `json:"slug"`
	Name string `json:"name"`
}

// Vocabulary gives everything a condition can be built from in this workspace.
func (s *Segments) Vocabulary(ctx context.Context) (Vocabulary, error) {
	var list Vocabulary
	err := s.app.withView(ctx, func(v *audience.View) error {
		filled, err := v.Filled(ctx)
		if err != nil {
			return err
		}
		counts, err := v.EventCounts(ctx)
		if err != nil {
			return err
		}
		list = vocabulary(v.Schema(), filled, counts)
		return nil
	})
	if err != nil {
		return list, err
	}
	w, err := s.app.current()
	if err != nil {
		return list, err
	}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.Definitions(store.SegmentKind)
		for _, d := range all {
			list.Segments = append(list.Segments, VocabularySegment{d.Slug, d.Name})
		}
		return err
	})
	return list, err
}

func vocabulary(schema contact.Schema, filled, counts map[string]int) Vocabulary {
	list := Vocabulary{
		Attributes: []VocabularyAttribute{}, Events: []VocabularyEvent{}, Segments: []VocabularySegment{},
		Purposes: append([]string{}, schema.Purposes...), Ops: map[string][]condition.OpInfo{},
		Measures: condition.Measures(), Units: condition.Units, Currency: schema.Currency.Code, EventOps: condition.EventOps(),
	}
	for _, a := range schema.AttributeList() {
		list.Attributes = append(list.Attributes, VocabularyAttribute{a.Name, a.Label, a.Type, filledOf(a, filled)})
	}
	for _, e := range schema.EventList() {
		properties := append([]contact.Property{}, e.Properties...)
		list.Events = append(list.Events, VocabularyEvent{e.Name, counts[e.Name], e.ValueType, properties})
	}
	for _, t := range contact.Types {
		ops := condition.Ops(t)
		for i := range ops {
			if ops[i].Arity == condition.OneOrMany {
				ops[i].Arity = condition.ManyValue // pages offer a list, which is taken as well
			}
		}
		list.Ops[string(t)] = ops
	}
	return list
}

// ValuesOf names the attribute, or the property of an event, whose values are
// asked for.
type ValuesOf struct {
	Attribute string `json:"attribute"`
	Event     string `json:"event"`
	Property  string `json:"property"`
}

// maxValues is how many values are suggested at most.
const maxValues = 200

// Values suggests values from the data, the most frequent first; those that
// begin with the text come before those that only have it in them.
func (s *Segments) Values(ctx context.Context, of ValuesOf, text string, limit int) ([]audience.ValueCount, error) {
	limit = min(max(limit, 1), maxValues)
	list := []audience.ValueCount{}
	err := s.app.withView(ctx, func(v *audience.View) (err error) {
		if of.Attribute != "" {
			list, err = v.AttributeValues(ctx, of.Attribute, text, limit)
			return err
		}
		list, err = v.PropertyValues(ctx, of.Event, of.Property, text, limit)
		return err
	})
	return list, err
}
