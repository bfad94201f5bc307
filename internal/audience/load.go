package audience

import (
	"context"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/mailwright/mailwright/internal/condition"
)

// needs is which columns conditions look at.
type needs struct {
	attributes map[string]bool
	events     map[string]map[string]bool // event → properties
	consents   bool
	salts      map[string]bool
	fixed      map[string]string           // fixed lists: the key of the node → the segment
	seen       map[*condition.Checked]bool // segments already gone through
}

func newNeeds() *needs {
	return &needs{
		attributes: map[string]bool{}, events: map[string]map[string]bool{},
		salts: map[string]bool{}, fixed: map[string]string{}, seen: map[*condition.Checked]bool{},
	}
}

// add goes through a condition and the segments it names. Bad nodes need nothing.
func (n *needs) add(c *condition.Checked) {
	for _, child := range c.Children {
		n.add(child)
	}
	if c.Bad {
		return
	}
	switch c.Node.Kind {
	case condition.Attribute:
		n.attributes[c.Node.Attribute] = true
	case condition.Event:
		n.event(c.Event.Type.Name)
		if c.Event.Property != "" {
			n.events[c.Event.Type.Name][c.Event.Property] = true
		}
		n.where(c.Event.Type.Name, c.Event.Where)
	case condition.Sequence:
		for _, s := range c.Steps {
			n.event(s.Type.Name)
			n.where(s.Type.Name, s.Where)
		}
	case condition.Segment:
		if !n.seen[c.Segment] {
			n.seen[c.Segment] = true
			n.add(c.Segment)
		}
	case condition.Consent:
		n.consents = true
	case condition.Fixed:
		n.fixed[c.Node.Key()] = c.Node.Segment
	case condition.Bucket:
		n.salts[c.Node.Salt] = true
	}
}

func (n *needs) event(name string) {
	if n.events[name] == nil {
		n.events[name] = map[string]bool{}
	}
}

func (n *needs) where(event string, tests []condition.WhereTest) {
	for _, w := range tests {
		if w.Property != "" {
			n.events[event][w.Property] = true
		}
		n.where(event, w.Any)
		n.where(event, w.None)
	}
}

// missing gives what of the needs the frame has not read yet.
func (f *frame) missing(n *needs) []loading {
	f.mu.RLock()
	defer f.mu.RUnlock()
	var list []loading
	for name := range n.attributes {
		if f.people.column(name) == nil && f.attributes[name] == nil {
			list = append(list, loading{attribute: name})
		}
	}
	for name, properties := range n.events {
		l := loading{event: name, typed: f.events[name] == nil}
		for p := range properties {
			if f.properties[property{name, p}] == nil {
				l.properties = append(l.properties, p)
			}
		}
		if l.typed || len(l.properties) > 0 {
			slices.Sort(l.properties)
			list = append(list, l)
		}
	}
	for key, slug := range n.fixed {
		if f.fixed[key] == nil {
			list = append(list, loading{fixed: slug, key: key})
		}
	}
	if n.consents && !f.consented {
		list = append(list, loading{consents: true})
	}
	return list
}

// loading is one reading that is to be done: an attribute, the ledger, or an
// event type (typed) with properties.
type loading struct {
	attribute  string
	event      string
	typed      bool
	properties []string
	consents   bool
	fixed, key string // a segment and the key of its list
}

// atOnce is how many columns are read at the same time; an event type takes
// readers of its own for its parts.
const atOnce = 2

// load reads what is missing into the frame. It gives false when the file has
// moved on in a way that touches what was read: then a newer frame must be asked.
func (f *frame) load(ctx context.Context, src Source, n *needs) (bool, error) {
	n.scored(f.schema)
	f.uses.note(n)
	if len(f.missing(n)) == 0 {
		return true, nil
	}
	f.loading.Lock()
	defer f.loading.Unlock()
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	stale := false
	for _, l := range f.missing(n) {
		group.Go(func() error {
			fresh, err := f.read(ctx, src, l)
			if !fresh {
				f.mu.Lock()
				stale = true
				f.mu.Unlock()
			}
			return err
		})
	}
	err := group.Wait()
	return !stale, err
}

// read does one loading; false when what it read is not of this frame.
func (f *frame) read(ctx context.Context, src Source, l loading) (bool, error) {
	switch {
	case l.attribute != "":
		return f.readAttribute(ctx, src, l.attribute)
	case l.consents:
		return f.readConsents(ctx, src)
	case l.fixed != "":
		return f.readFixed(ctx, src, l.fixed, l.key)
	}
	f.mu.RLock()
	events := f.events[l.event]
	f.mu.RUnlock()
	if events == nil {
		fresh, err := f.readEvents(ctx, src, l.event)
		if err != nil || !fresh {
			return fresh, err
		}
	}
	if len(l.properties) == 0 {
		return true, nil
	}
	return f.readProperties(ctx, src, l.event, l.properties)
}

// isOf reports whether what was read at seq is as it was at the frame's
// position: nothing that touches it happened between.
func (f *frame) isOf(ctx context.Context, src Source, seq int64, touches func(changes) bool) (bool, error) {
	if seq == f.seq {
		return true, nil
	}
	if seq < 0 {
		return false, nil // its parts were of different states
	}
	c, _, err := changesSince(ctx, src, f.seq)
	return err == nil && !c.schema && !touches(c), err
}

func (f *frame) readAttribute(ctx context.Context, src Source, name string) (bool, error) {
	typ := f.schema.Attributes[name].Type
	b := newBuilder(typ, f.schema.Currency.Decimals)
	next, p := 0, f.people // rows come by ascending id, so ordinals are found by merging
	seq, err := src.AttributeRows(ctx, name, func(id int64, value any) {
		for next < p.n && p.ids[next] < id {
			next++
		}
		if next < p.n && p.ids[next] == id {
			b.cell(next, value)
		}
	})
	if err != nil {
		return true, fmt.Errorf("read the attribute %s: %w", name, err)
	}
	ok, err := f.isOf(ctx, src, seq, func(c changes) bool { return c.allAttributes || c.attributes[name] })
	if ok {
		col := assemble(typ, p.n, part{b, 0})
		f.mu.Lock()
		f.attributes[name] = col
		f.mu.Unlock()
	}
	return ok, err
}

func (f *frame) readEvents(ctx context.Context, src Source, name string) (bool, error) {
	typ := f.schema.Events[name]
	var parts []*eventPart
	seq, err := src.EventRows(ctx, name, func(i int) func(contact, at, id int64, value any) {
		f.mu.Lock()
		defer f.mu.Unlock()
		for len(parts) <= i {
			parts = append(parts, newEventPart(typ, f.schema.Currency.Decimals))
		}
		return parts[i].add
	})
	if err != nil {
		return true, fmt.Errorf("read the events %s: %w", name, err)
	}
	ok, err := f.isOf(ctx, src, seq, func(c changes) bool { return c.allEvents || c.events[name] })
	if ok {
		col := assembleEvents(typ, f.people, parts)
		go col.index.get(col) // the first move of the clock shall not wait for it
		f.mu.Lock()
		f.events[name] = col
		f.mu.Unlock()
	}
	return ok, err
}

func (f *frame) readProperties(ctx context.Context, src Source, event string, names []string) (bool, error) {
	f.mu.RLock()
	col := f.events[event]
	f.mu.RUnlock()
	position := col.positions()
	typ := f.schema.Events[event]
	var readers []*propertyReader
	seq, err := src.EventProperties(ctx, event, col.base, col.newest, func(int) func(id int64, properties string) {
		r := &propertyReader{names: names, position: position}
		for _, name := range names {
			p, _ := typ.Property(name)
			// Amounts in JSON are in major units: decimals do not matter here.
			r.builders = append(r.builders, newBuilder(p.Type, 0))
		}
		f.mu.Lock()
		readers = append(readers, r)
		f.mu.Unlock()
		return r.add
	})
	if err != nil {
		return true, fmt.Errorf("read the properties of %s: %w", event, err)
	}
	ok, err := f.isOf(ctx, src, seq, func(c changes) bool { return c.allEvents || c.events[event] })
	if !ok || err != nil {
		return ok, err
	}
	for i, name := range names {
		p, _ := typ.Property(name)
		parts := make([]part, len(readers))
		for j, r := range readers {
			parts[j] = part{r.builders[i], 0}
		}
		if len(parts) == 0 {
			parts = []part{{newBuilder(p.Type, 0), 0}}
		}
		c := assemble(p.Type, len(col.times), parts...)
		f.mu.Lock()
		f.properties[property{event, name}] = c
		f.mu.Unlock()
	}
	return true, nil
}

// propertyReader takes the wanted properties out of the events of one part.
type propertyReader struct {
	names    []string
	builders []*builder
	position func(id int64) int
}

func (r *propertyReader) add(id int64, properties string) {
	at := r.position(id)
	if at < 0 {
		return
	}
	scanObject(properties, func(name, raw string) {
		for i, want := range r.names {
			if want == name {
				r.builders[i].token(at, raw)
				return
			}
		}
	})
}

func (f *frame) readConsents(ctx context.Context, src Source) (bool, error) {
	b := &consentBuilder{people: f.people, all: map[string]*consentColumn{}}
	seq, err := src.ConsentRows(ctx, b.add)
	if err != nil {
		return true, fmt.Errorf("read the consents: %w", err)
	}
	ok, err := f.isOf(ctx, src, seq, func(c changes) bool { return c.consent })
	if ok {
		all := b.build()
		f.mu.Lock()
		f.consents, f.consented = all, true
		f.mu.Unlock()
	}
	return ok, err
}
