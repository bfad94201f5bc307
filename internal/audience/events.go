package audience

import (
	"math"
	"slices"

	"github.com/mailwright/mailwright/internal/contact"
)

// eventColumn holds all events of one type, contact-major: those of ordinal i
// are at the positions offsets[i] to offsets[i+1], in the order of their times.
// Ordinals beyond its length have none. Immutable.
type eventColumn struct {
	typ     contact.EventType
	offsets []uint32
	times   []int64 // milliseconds
	value   *column // by position; nil when no event has a value
	ids     []uint32
	base    int64 // the id of position p is base + ids[p]
	newest  int64 // the largest id

	first, last int64 // the bounds of all times

	assembled int // positions from here on were added later
	tail      *tail
	index     *lazyIndex
}

// span gives the positions of a contact's events.
func (e *eventColumn) span(ordinal int) (from, to int) {
	if e.tail != nil {
		if s, moved := e.tail.of(ordinal); moved {
			return int(s.from), int(s.to)
		}
	}
	if ordinal+1 >= len(e.offsets) {
		return 0, 0
	}
	return int(e.offsets[ordinal]), int(e.offsets[ordinal+1])
}

// between narrows a contact's positions to those whose times are in [lo, hi].
func (e *eventColumn) between(from, to int, lo, hi int64) (int, int) {
	if hi < e.last {
		to = from + countTo(e.times[from:to], hi)
	}
	if lo > e.first && from < to {
		if e.times[from] >= lo {
			return from, to
		}
		from += countTo(e.times[from:to], lo-1)
	}
	return from, to
}

// countTo gives how many of the sorted times are at most t.
func countTo(times []int64, t int64) int {
	if len(times) > 16 {
		n, _ := slices.BinarySearch(times, t+1)
		return n
	}
	n := len(times)
	for n > 0 && times[n-1] > t {
		n--
	}
	return n
}

// eventPart is what one reader gathered: whole contacts in the order of their ids.
type eventPart struct {
	contacts []int64 // distinct, ascending
	counts   []uint32
	times    []int64
	ids      []int64
	values   *builder
}

func newEventPart(t contact.EventType, decimals int) *eventPart {
	typ := t.ValueType
	if typ == "" {
		typ = contact.Number
	}
	return &eventPart{values: newBuilder(typ, decimals)}
}

func (p *eventPart) add(id, at, event int64, value any) {
	if n := len(p.contacts); n == 0 || p.contacts[n-1] != id {
		p.contacts = append(p.contacts, id)
		p.counts = append(p.counts, 0)
	}
	p.counts[len(p.counts)-1]++
	if value != nil {
		p.values.cell(len(p.times), value)
	}
	p.times = append(p.times, at)
	p.ids = append(p.ids, event)
}

// assembleEvents joins parts, in the order of their contacts, into a column.
// Events of contacts that are not among the people stay in no contact's span.
func assembleEvents(t contact.EventType, people *people, parts []*eventPart) *eventColumn {
	e := &eventColumn{typ: t, offsets: make([]uint32, people.n+1), first: math.MaxInt64, last: math.MinInt64, index: &lazyIndex{}}
	total := 0
	smallest := int64(math.MaxInt64)
	for _, p := range parts {
		total += len(p.times)
		for _, id := range p.ids {
			smallest = min(smallest, id)
			e.newest = max(e.newest, id)
		}
	}
	e.base = smallest
	e.assembled = total
	e.times = make([]int64, 0, roomy(total))
	e.ids = make([]uint32, 0, roomy(total))
	values := make([]part, 0, len(parts))
	ordinal := 0
	hasValue := false
	for _, p := range parts {
		values = append(values, part{p.values, len(e.times)})
		hasValue = hasValue || len(p.values.at) > 0
		position := len(e.times)
		for i, id := range p.contacts {
			for ordinal < people.n && people.ids[ordinal] < id {
				e.offsets[ordinal+1] = uint32(position)
				ordinal++
			}
			if ordinal < people.n && people.ids[ordinal] == id {
				e.offsets[ordinal] = uint32(position)
				position += int(p.counts[i])
				e.offsets[ordinal+1] = uint32(position)
				ordinal++
				continue
			}
			position += int(p.counts[i])
		}
		e.times = append(e.times, p.times...)
		for _, id := range p.ids {
			e.ids = append(e.ids, uint32(id-e.base))
		}
		p.times, p.ids = nil, nil
	}
	for ; ordinal < people.n; ordinal++ {
		e.offsets[ordinal+1] = e.offsets[ordinal]
	}
	for _, t := range e.times {
		e.first, e.last = min(e.first, t), max(e.last, t)
	}
	if hasValue {
		e.value = assemble(parts[0].values.typ, total, values...)
	}
	return e
}

// roomy gives the capacity for a number of positions and some that come later.
func roomy(n int) int { return n + n/64 }

// positions gives a function from an event's id to its position, -1 for others.
func (e *eventColumn) positions() func(id int64) int {
	dead := e.deadPositions()
	var highest uint32
	for _, id := range e.ids {
		highest = max(highest, id)
	}
	if int(highest) < 8*len(e.ids)+1<<20 {
		table := make([]int32, int(highest)+1)
		for i := range table {
			table[i] = -1
		}
		for p, id := range e.ids {
			if !dead.Has(p) {
				table[id] = int32(p)
			}
		}
		return func(id int64) int {
			if r := id - e.base; r >= 0 && r < int64(len(table)) {
				return int(table[r])
			}
			return -1
		}
	}
	order := make([]int32, 0, len(e.ids))
	for i := range e.ids {
		if !dead.Has(i) {
			order = append(order, int32(i))
		}
	}
	slices.SortFunc(order, func(a, b int32) int { return int(int64(e.ids[a]) - int64(e.ids[b])) })
	return func(id int64) int {
		i, found := slices.BinarySearchFunc(order, id-e.base, func(p int32, want int64) int {
			return int(int64(e.ids[p]) - want)
		})
		if !found {
			return -1
		}
		return int(order[i])
	}
}
