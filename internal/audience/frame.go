package audience

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
)

// The kinds of entries of the change log.
const (
	changedContacts  = "contacts"
	changedAttribute = "attribute"
	changedEvents    = "events"
	changedConsent   = "consent"
	changedSchema    = "schema"
	changedNames     = "definition"
)

// frame is the data at one position of the change log: its people, its schema
// and the columns that were needed so far. Columns are only ever added.
type frame struct {
	seq      int64
	schema   contact.Schema
	people   *people
	segments []namedCondition
	bySlug   map[string]int

	mu         sync.RWMutex
	loading    sync.Mutex // one goroutine adds columns at a time
	attributes map[string]*column
	events     map[string]*eventColumn
	properties map[property]*column
	consents   map[string]*consentColumn
	consented  bool // consents are loaded
	buckets    map[string][]uint16
	fixed      map[string]Bitmap // the lists that segments were frozen as, by the key of their node
	answers    *answers
	scorings   *scorings
	checked    map[string]*condition.Checked

	uses      *uses
	born      int64              // the position at which this line of frames began
	histories map[string]history // since then; of what never changed there is none

	eventCounts map[string]int // guarded by loading; nil until asked for
}

// namedCondition is a segment; problem says why its text is no condition.
type namedCondition struct {
	slug, name string
	node       condition.Node
	problem    error
}

// property names a property of a type of event.
type property struct{ event, name string }

func emptyFrame(seq int64) *frame {
	return &frame{
		seq: seq, born: seq, uses: newUses(), histories: map[string]history{}, attributes: map[string]*column{}, events: map[string]*eventColumn{},
		properties: map[property]*column{}, consents: map[string]*consentColumn{},
		buckets: map[string][]uint16{}, fixed: map[string]Bitmap{}, scorings: &scorings{}, answers: newAnswers(), checked: map[string]*condition.Checked{},
	}
}

// attempts is how often a reading is begun again because the file changed
// while it ran. Imports commit in large steps, so few are ever needed.
const attempts = 8

var errBusy = fault.New(fault.Unavailable, "the data keep changing while they are read; try again in a moment")

// newFrame reads schema, segments and people of one state.
func newFrame(ctx context.Context, src Source) (*frame, error) {
	for range attempts {
		f := emptyFrame(0)
		ok, err := f.readGround(ctx, src, nil)
		if err != nil {
			return nil, err
		}
		f.born = f.seq
		if ok {
			return f, nil
		}
	}
	return nil, errBusy
}

// readGround reads what every frame has. It gives false when the file changed
// between its readings.
func (f *frame) readGround(ctx context.Context, src Source, earlier *people) (bool, error) {
	var err error
	if f.schema, f.seq, err = src.Schema(ctx); err != nil {
		return false, fmt.Errorf("read the schema: %w", err)
	}
	seq, err := f.readSegments(ctx, src)
	if err != nil || seq != f.seq {
		return false, err
	}
	p, seq, err := readPeople(ctx, src, earlier)
	f.people = p
	return seq == f.seq, err
}

func (f *frame) readSegments(ctx context.Context, src Source) (int64, error) {
	f.segments, f.bySlug = nil, map[string]int{}
	seq, err := src.SegmentConditions(ctx, func(slug, name string, n condition.Node, problem error) {
		f.bySlug[slug] = len(f.segments)
		f.segments = append(f.segments, namedCondition{slug: slug, name: name, node: n, problem: problem})
	})
	if err != nil {
		return 0, fmt.Errorf("read the segments: %w", err)
	}
	return seq, nil
}

// readPeople reads the contacts, onto earlier ordinals where that can be.
func readPeople(ctx context.Context, src Source, earlier *people) (*people, int64, error) {
	b := newPeopleBuilder(earlier)
	seq, err := src.ContactRows(ctx, b.add)
	if err != nil {
		return nil, 0, fmt.Errorf("read the contacts: %w", err)
	}
	p, ok := b.build()
	if !ok && earlier != nil {
		return readPeople(ctx, src, nil)
	}
	if !ok {
		return nil, 0, fault.New(fault.Internal, "contacts are not in the order of their numbers")
	}
	return p, seq, nil
}

// segment finds a segment's condition.
func (f *frame) segment(slug string) (condition.Node, bool) {
	i, ok := f.bySlug[slug]
	if !ok || f.segments[i].problem != nil {
		return condition.Node{}, false
	}
	return f.segments[i].node, true
}

// advance gives the frame at the newest position: f itself when nothing
// changed, else one that keeps what is still true.
func (f *frame) advance(ctx context.Context, src Source) (*frame, error) {
	for range attempts {
		c, seq, err := changesSince(ctx, src, f.seq)
		if err != nil {
			return nil, err
		}
		if seq == f.seq {
			return f, nil
		}
		if seq < f.seq { // another file was put in its place
			return newFrame(ctx, src)
		}
		next := emptyFrame(seq)
		ok, err := f.follow(ctx, src, next, c)
		if err != nil {
			return nil, err
		}
		if ok {
			return next, nil
		}
	}
	return nil, errBusy
}

// follow fills next with what is kept of f and reads the rest of the ground. It
// gives false when the file changed meanwhile.
func (f *frame) follow(ctx context.Context, src Source, next *frame, c changes) (bool, error) {
	next.schema, next.segments, next.bySlug, next.people = f.schema, f.segments, f.bySlug, f.people
	next.scorings, next.uses = f.scorings, f.uses
	at := next.seq
	var err error
	if c.schema {
		if next.schema, at, err = src.Schema(ctx); err != nil {
			return false, fmt.Errorf("read the schema: %w", err)
		}
	}
	if c.names && at == next.seq {
		if at, err = next.readSegments(ctx, src); err != nil {
			return false, err
		}
	}
	if c.contacts && at == next.seq {
		if next.people, at, err = f.readCame(ctx, src, c.came); err != nil {
			return false, err
		}
	}
	if at != next.seq {
		return false, nil
	}
	if !sameOrdinals(f.people, next.people) {
		return true, nil
	}
	if c.schema { // types may be others: no answer is kept
		f.mu.RLock()
		defer f.mu.RUnlock()
		next.keep(f, c, news{})
		return true, nil
	}
	fresh, ok, err := f.readNews(ctx, src, next, c)
	if err != nil || !ok {
		return false, err
	}
	f.mu.RLock()
	defer f.mu.RUnlock()
	next.keep(f, c, fresh)
	next.inherit(f, c, fresh)
	return true, nil
}

// keep takes over the columns of an earlier frame that are still true.
func (f *frame) keep(earlier *frame, c changes, news news) {
	if !c.allEvents && len(c.events) == 0 && !c.contacts && earlier.loading.TryLock() {
		f.eventCounts = earlier.eventCounts
		earlier.loading.Unlock()
	}
	for name, col := range earlier.attributes {
		if g := news.attributes[name]; g != nil {
			f.attributes[name] = g
			continue
		}
		if !c.allAttributes && !c.attributes[name] && f.schema.Attributes[name].Type == col.typ {
			f.attributes[name] = col
		}
	}
	for name, col := range earlier.events {
		if g, ok := news.events[name]; ok {
			f.events[name] = g.col
			continue
		}
		if !c.allEvents && !c.events[name] && f.schema.Events[name].ValueType == col.typ.ValueType {
			f.events[name] = col
		}
	}
	for p, col := range earlier.properties {
		if g, ok := news.events[p.event]; ok {
			if col := g.properties[p.name]; col != nil {
				f.properties[p] = col
			}
			continue
		}
		_, kept := f.events[p.event]
		now, _ := f.schema.Events[p.event].Property(p.name)
		if kept && now.Type == col.typ {
			f.properties[p] = col
		}
	}
	if !c.consent {
		f.consents, f.consented = earlier.consents, earlier.consented
	}
	if !c.names { // freezing is a change of the definition
		f.fixed = maps.Clone(earlier.fixed)
	}
	if earlier.people.n == f.people.n {
		f.buckets = maps.Clone(earlier.buckets)
	}
}

// sameOrdinals reports whether the ordinals of a are those of b.
func sameOrdinals(a, b *people) bool {
	return a == b || (a.n <= b.n && slices.Equal(a.ids, b.ids[:a.n]))
}
