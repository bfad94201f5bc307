// Package audience answers conditions over everybody, and over one person, from
// columns in memory.
//
// An Engine is made once for an open workspace. It reads a column from its
// Source when a condition first needs it and drops it when the change log says
// that it is out of date. At gives a View: the data as it is, at an instant. A
// View is immutable; newer data are seen by asking for a newer View.
//
// Contacts have dense ordinals. A leaf of a condition becomes a predicate over
// ordinals; for everybody the predicates fill bitmaps on all processors, groups
// are bitmap algebra, a count is a popcount. The same predicates answer one
// person, so that a segment, a rule and an explanation never disagree.
//
// What a condition means is in package condition and docs/conditions.md; storing
// and sending are left to others.
package audience

import (
	"context"
	"sync"
	"time"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

// Source is what the engine needs of a store. Each call reads one state of the
// file and gives the position of the change log that it saw. A value comes as
// the store keeps it: int64 for whole numbers, for money in minor units, for
// dates in days, datetimes in milliseconds and booleans; string for other
// numbers in decimals, for text, and for lists as JSON. A reading in parts
// gives a position of -1 when its parts saw different states.
type Source interface {
	// Changes calls f with every entry of the change log after a position,
	// oldest first, and gives the newest position. The details of events that
	// came, changed or went are the range of their ids, {"first":1,"last":9}, or
	// those who have no events of the type any more, {"contacts":[3]}; of others
	// that is not known. Those of contacts and attributes are whose changed, where
	// few did, {"contacts":[3,4]}.
	Changes(ctx context.Context, after int64, f func(kind, name, details string)) (int64, error)
	// Schema gives the types of attributes and events.
	Schema(ctx context.Context) (contact.Schema, int64, error)
	// SegmentConditions calls f with every segment and the condition of who counts
	// in it, or why its condition cannot be read.
	SegmentConditions(ctx context.Context, f func(slug, name string, n condition.Node, problem error)) (int64, error)
	// FixedMembers calls f with the contacts on a segment's fixed list by ascending id.
	FixedMembers(ctx context.Context, slug string, f func(id int64)) (int64, error)
	// ContactRows calls f for every contact by ascending id.
	ContactRows(ctx context.Context, f func(id int64, email, externalID, source string, createdAt int64)) (int64, error)
	// AttributeRows calls f with every contact that has the attribute.
	AttributeRows(ctx context.Context, attribute string, f func(id int64, value any)) (int64, error)
	// ContactRowsOf is ContactRows for those of some people who are there.
	ContactRowsOf(ctx context.Context, ids []int64, f func(id int64, email, externalID, source string, createdAt int64)) (int64, error)
	// AttributeRowsOf is AttributeRows for some people.
	AttributeRowsOf(ctx context.Context, attribute string, ids []int64, f func(id int64, value any)) (int64, error)
	// EventRows gives all events of a type by ascending contact and time, in
	// parts that may be read at once: part(i) takes the i-th part, whose
	// contacts all come after those of part i-1.
	EventRows(ctx context.Context, event string, part func(i int) func(contact, at, id int64, value any)) (int64, error)
	// EventProperties gives the properties of the events of a type whose ids lie
	// in a range, both ends included, a JSON object each, in any order and in parts
	// that may be read at once. Both functions are called for one part by one
	// goroutine.
	EventProperties(ctx context.Context, event string, first, last int64, part func(i int) func(id int64, properties string)) (int64, error)
	// EventsBetween calls f with all events whose ids are in a range, both ends
	// included, of all types. Properties are a JSON object or "".
	EventsBetween(ctx context.Context, first, last int64, f func(event string, contact, at, id int64, value any, properties string)) (int64, error)
	// EventCounts calls f with the number of events of each type.
	EventCounts(ctx context.Context, f func(event string, n int64)) (int64, error)
	// ConsentRows calls f with every standing entry of the ledger by ascending
	// contact, and for one contact in the order in which entries take effect.
	ConsentRows(ctx context.Context, f func(contact int64, purpose, state string, at, expiresAt int64)) (int64, error)
}

// Engine answers conditions. Its methods may be used by many goroutines.
type Engine struct {
	source Source

	refreshing sync.Mutex // one goroutine asks for changes at a time
	budget     int64      // bytes of columns; guarded by refreshing
	mu         sync.RWMutex
	frame      *frame
}

// New gives an engine that has read nothing yet.
func New(source Source) *Engine { return &Engine{source: source, budget: DefaultBudget} }

// At gives the data as they are now, seen at an instant (cut to milliseconds):
// events and consent as of the instant, attributes as they are.
func (e *Engine) At(ctx context.Context, asOf time.Time) (*View, error) {
	f, err := e.refresh(ctx)
	if err != nil {
		return nil, err
	}
	return &View{engine: e, frame: f, asOf: time.UnixMilli(asOf.UnixMilli()).In(f.schema.Zone)}, nil
}

// Drop forgets every column, so that the next question reads them anew.
func (e *Engine) Drop() {
	e.mu.Lock()
	e.frame = nil
	e.mu.Unlock()
}

// DropColumns forgets every column and kept answer but not the people, so that the
// next question reads what it needs anew.
func (e *Engine) DropColumns() {
	e.refreshing.Lock()
	defer e.refreshing.Unlock()
	old := e.current()
	if old == nil {
		return
	}
	f := old.without(func(unit) bool { return true })
	f.answers, f.buckets, f.consents, f.consented = newAnswers(), map[string][]uint16{}, map[string]*consentColumn{}, false
	e.mu.Lock()
	e.frame = f
	e.mu.Unlock()
}

func (e *Engine) current() *frame {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.frame
}

// refresh brings the frame up to date with the change log.
func (e *Engine) refresh(ctx context.Context) (*frame, error) {
	e.refreshing.Lock()
	defer e.refreshing.Unlock()
	old := e.current()
	var f *frame
	var err error
	if old == nil {
		f, err = newFrame(ctx, e.source)
	} else {
		f, err = old.advance(ctx, e.source)
	}
	if err != nil {
		return nil, err
	}
	if f = f.within(e.budget); f != old {
		e.mu.Lock()
		e.frame = f
		e.mu.Unlock()
	}
	return f, nil
}
