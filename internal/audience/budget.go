package audience

import (
	"cmp"
	"maps"
	"slices"
	"sync"
)

// DefaultBudget is how many bytes columns may take. A workspace of a million
// contacts and 20 million events takes about half of it.
const DefaultBudget = 2 << 30

// SetBudget limits the bytes that columns of attributes and events take, about.
// Where a question makes them more, those that were not used for longest are
// dropped before the next, and read again when they are needed. Nothing is dropped
// while it is in use, so that a question may need more than the budget.
func (e *Engine) SetBudget(bytes int64) {
	e.refreshing.Lock()
	defer e.refreshing.Unlock()
	e.budget = bytes
}

// uses tells when columns were last used, in questions. Frames share it.
type uses struct {
	mu   sync.Mutex
	now  int64
	last map[unit]int64
}

// unit is what is read and dropped as one: an attribute, or a type of event with
// its properties.
type unit struct{ attribute, event string }

func newUses() *uses { return &uses{last: map[unit]int64{}} }

// note marks what a question needs as used.
func (u *uses) note(n *needs) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.now++
	for name := range n.attributes {
		u.last[unit{attribute: name}] = u.now
	}
	for name := range n.events {
		u.last[unit{event: name}] = u.now
	}
}

// sizes gives the bytes of what is loaded.
func (f *frame) sizes() (map[unit]int64, int64) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	all, total := map[unit]int64{}, int64(0)
	add := func(u unit, n int64) { all[u], total = all[u]+n, total+n }
	for name, c := range f.attributes {
		add(unit{attribute: name}, c.size())
	}
	for name, e := range f.events {
		add(unit{event: name}, e.size())
	}
	for p, c := range f.properties {
		add(unit{event: p.event}, c.size())
	}
	return all, total
}

// within gives the frame without what was used least recently, so that the rest is
// within a budget; f itself where it is.
func (f *frame) within(budget int64) *frame {
	all, total := f.sizes()
	if total <= budget {
		return f
	}
	f.uses.mu.Lock()
	units := slices.SortedFunc(maps.Keys(all), func(a, b unit) int { return cmp.Compare(f.uses.last[a], f.uses.last[b]) })
	f.uses.mu.Unlock()
	drop := map[unit]bool{}
	for _, u := range units {
		if total <= budget {
			break
		}
		drop[u] = true
		total -= all[u]
	}
	return f.without(func(u unit) bool { return drop[u] })
}

// without gives the same data with some columns not loaded. Answers are kept: they
// are of the data, whichever columns are in memory.
func (f *frame) without(drop func(unit) bool) *frame {
	next := emptyFrame(f.seq)
	next.schema, next.segments, next.bySlug, next.people = f.schema, f.segments, f.bySlug, f.people
	next.born, next.histories, next.answers, next.uses, next.scorings = f.born, f.histories, f.answers, f.uses, f.scorings
	f.mu.RLock()
	defer f.mu.RUnlock()
	next.checked, next.fixed, next.buckets = maps.Clone(f.checked), maps.Clone(f.fixed), maps.Clone(f.buckets)
	next.consents, next.consented = f.consents, f.consented
	for name, c := range f.attributes {
		if !drop(unit{attribute: name}) {
			next.attributes[name] = c
		}
	}
	for name, c := range f.events {
		if !drop(unit{event: name}) {
			next.events[name] = c
		}
	}
	for p, c := range f.properties {
		if !drop(unit{event: p.event}) {
			next.properties[p] = c
		}
	}
	return next
}

func (e *eventColumn) size() int64 {
	n := int64(4*cap(e.offsets) + 12*cap(e.times)) // times and ids
	n += int64(4 * e.assembled)                    // the index by time
	if e.value != nil {
		n += e.value.size()
	}
	return n
}

// wordOverhead is what a text takes beside its bytes: headers as written and folded.
const wordOverhead = 32

func (c *column) size() int64 {
	c.weigh.Do(func() {
		c.bytes = int64(8*cap(c.nums) + 16*cap(c.wides) + 4*cap(c.codes) + 4*cap(c.starts) + 4*cap(c.items))
		if c.dict == nil {
			return
		}
		for _, w := range c.dict.words {
			c.bytes += int64(2*len(w) + wordOverhead)
		}
	})
	return c.bytes
}
