package audience

import (
	"context"
	"slices"

	"github.com/mailwright/mailwright/internal/contact"
)

// Doings are all events of one type with some of their properties, person by
// person, each person's oldest first. They share the columns of the view they came
// from, and stay as they are.
type Doings struct {
	ids     []int64 // of ordinals, ascending
	alive   Bitmap
	events  *eventColumn
	columns []*column // by property; nil for one that no event has
}

// Doings gives the events of a type, those to come included, with properties. A
// type that nobody has ever done gives none.
func (v *View) Doings(ctx context.Context, event string, properties ...string) (*Doings, error) {
	d := &Doings{ids: v.frame.people.ids, alive: v.frame.people.alive, columns: make([]*column, len(properties))}
	typ, known := v.frame.schema.Events[event]
	if !known {
		return d, nil
	}
	n := newNeeds()
	n.event(event)
	for _, p := range properties {
		if _, ok := typ.Property(p); ok {
			n.events[event][p] = true
		}
	}
	if err := v.loadNeeds(ctx, n); err != nil {
		return nil, err
	}
	d.events = v.frame.event(event)
	for i, p := range properties {
		d.columns[i] = v.frame.property(event, p)
	}
	return d, nil
}

// Same reports whether both were made of the same columns, so that what follows
// from one follows from the other: people may have come and gone between.
func (d *Doings) Same(other *Doings) bool {
	return other != nil && d.events == other.events && slices.Equal(d.columns, other.columns)
}

// People gives the number of ordinals; see Ordinal.
func (d *Doings) People() int { return len(d.ids) }

// Len gives the number of events.
func (d *Doings) Len() int {
	if d.events == nil {
		return 0
	}
	return d.events.len()
}

// Ordinal gives the place of a contact among the people, -1 for one who is not
// there.
func (d *Doings) Ordinal(id contact.ID) int {
	i, ok := slices.BinarySearch(d.ids, int64(id))
	if !ok {
		return -1
	}
	return i
}

// Contact gives the contact at a place.
func (d *Doings) Contact(ordinal int) contact.ID { return contact.ID(d.ids[ordinal]) }

// Span gives the positions of a person's events.
func (d *Doings) Span(ordinal int) (from, to int) {
	if d.events == nil || !d.alive.Has(ordinal) {
		return 0, 0
	}
	return d.events.span(ordinal)
}

// Time gives the instant of an event, in Unix ms.
func (d *Doings) Time(position int) int64 { return d.events.times[position] }

// Text gives a property of an event by the property's place, "" where it has none.
func (d *Doings) Text(position, property int) string {
	c := d.columns[property]
	switch {
	case c == nil || !c.isSet(position):
		return ""
	case c.codes != nil:
		return c.dict.words[c.codes[position]]
	}
	return c.at(position).String()
}

// Negative reports whether a numeric property of an event is below zero.
func (d *Doings) Negative(position, property int) bool {
	c := d.columns[property]
	if c == nil || !c.isSet(position) {
		return false
	}
	switch c.typ {
	case contact.Number, contact.Money:
		return c.at(position).Decimal().IsNeg()
	}
	return false
}

// NegativeValue reports whether an event's value is below zero.
func (d *Doings) NegativeValue(position int) bool {
	c := d.events.value
	return c != nil && c.isSet(position) && c.at(position).Decimal().IsNeg()
}
