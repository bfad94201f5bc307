package audience

import (
	"cmp"
	"slices"
)

// tail is what was added to an event column since it was assembled. The events of
// a person for whom something changed stand anew at the column's end, in order;
// where they were before is dead. Immutable: a change makes a new one, which shares
// all pages that it leaves as they are.
type tail struct {
	pages []*tailPage // by ordinal; nil where nobody's events stand anew
	runs  [][]late    // the times of events that came, each run in their order
	dead  []place     // positions that are nobody's any more
	idle  int         // how many positions those are
}

const pageSize = 256

type tailPage [pageSize]place

// place is a range of positions; whole is set where it is somebody's.
type place struct {
	from, to uint32
	whole    bool
}

// late is an event that came: when it happened and whose it is.
type late struct {
	at  int64
	who int32
}

// of gives where a person's events stand anew.
func (t *tail) of(ordinal int) (place, bool) {
	if n := ordinal / pageSize; n < len(t.pages) {
		if p := t.pages[n]; p != nil {
			return p[ordinal%pageSize], p[ordinal%pageSize].whole
		}
	}
	return place{}, false
}

// copied gives a tail for some more people, with no page shared that is written to.
func (t *tail) copied(people int) *tail {
	out := &tail{pages: make([]*tailPage, people/pageSize+1)}
	if t != nil {
		copy(out.pages, t.pages)
		out.runs, out.dead, out.idle = t.runs[:len(t.runs):len(t.runs)], t.dead, t.idle
	}
	return out
}

// eventChange is an event as it is now, of those that came or changed.
type eventChange struct {
	who        int32
	at, id     int64
	value      any
	properties string
}

// idRange is a range of ids, both ends included.
type idRange struct{ first, last int64 }

// grown is an event column with the properties that are loaded of it, being
// brought up to date.
type grown struct {
	col        *eventColumn
	properties map[string]*column // nil for those that cannot take the new values
	who        []int32            // whose events changed, ascending
}

// mostChanged is the part of a column's positions, as a divisor, that may be dead
// before it is better read anew.
const mostChanged = 3

// follow gives the column after changes: events with ids in the ranges are now
// those of rows and no others, and the people who are cleared have no others either.
// It gives false where it must be read anew.
func (e *eventColumn) follow(people int, ranges []idRange, cleared []int32, rows []eventChange, properties map[string]*column, decimals int) (grown, bool) {
	g := grown{properties: map[string]*column{}}
	slices.SortFunc(rows, func(a, b eventChange) int {
		return cmp.Or(cmp.Compare(a.who, b.who), cmp.Compare(a.at, b.at), cmp.Compare(a.id, b.id))
	})
	gone := e.within(ranges)
	for _, r := range rows {
		g.who = append(g.who, r.who)
		if r.id < e.base || r.id-e.base > int64(^uint32(0)) {
			return g, false
		}
	}
	g.who = append(g.who, e.owners(gone)...)
	for _, ordinal := range cleared {
		g.who = append(g.who, ordinal)
		for p, to := e.span(int(ordinal)); p < to; p++ {
			gone = append(gone, uint32(p))
		}
	}
	slices.Sort(gone)
	slices.Sort(g.who)
	g.who = slices.Compact(g.who)
	t := e.tail.copied(people)
	sources := e.rewrite(t, g.who, gone, rows)
	if t.idle > len(e.times)/mostChanged+partSize || len(t.runs) >= toldSteps {
		return g, false
	}
	c := *e
	c.tail = t
	run := make([]late, 0, len(rows))
	for _, r := range rows {
		c.first, c.last = min(c.first, r.at), max(c.last, r.at)
		c.newest = max(c.newest, r.id)
		run = append(run, late{r.at, r.who})
	}
	slices.SortFunc(run, func(a, b late) int { return cmp.Compare(a.at, b.at) })
	t.runs = append(t.runs, run)
	for _, s := range sources {
		if s >= 0 {
			c.times, c.ids = append(c.times, e.times[s]), append(c.ids, e.ids[s])
		} else {
			c.times, c.ids = append(c.times, rows[^s].at), append(c.ids, uint32(rows[^s].id-e.base))
		}
	}
	var ok bool
	values := newEventPart(e.typ, decimals).values
	for i, r := range rows {
		if r.value != nil {
			values.cell(i, r.value)
		}
	}
	if e.value != nil || len(values.at) > 0 {
		if c.value, ok = e.value.extended(len(e.times), sources, assemble(values.typ, len(rows), part{values, 0})); !ok {
			return g, false
		}
	}
	for name, col := range properties {
		fresh := freshProperty(name, col, rows)
		if next, ok := col.extended(len(e.times), sources, fresh); ok {
			g.properties[name] = next
		}
	}
	g.col = &c
	return g, true
}

// freshProperty reads a property out of the new events.
func freshProperty(name string, col *column, rows []eventChange) *column {
	b := newBuilder(col.typ, 0)
	for i, r := range rows {
		scanObject(r.properties, func(found, raw string) {
			if found == name {
				b.token(i, raw)
			}
		})
	}
	return assemble(col.typ, len(rows), part{b, 0})
}

// within gives the positions of the ids in the ranges that are somebody's.
func (e *eventColumn) within(ranges []idRange) (list []uint32) {
	for _, r := range ranges {
		if r.first > e.newest {
			continue // all of them are new
		}
		for p, id := range e.ids {
			if at := e.base + int64(id); at >= r.first && at <= r.last {
				list = append(list, uint32(p))
			}
		}
	}
	slices.Sort(list)
	list = slices.Compact(list)
	if e.tail != nil {
		dead := e.deadPositions()
		list = slices.DeleteFunc(list, func(p uint32) bool { return dead.Has(int(p)) })
	}
	return list
}

// len gives the number of events that are somebody's, about: those of people who
// are gone may be among them.
func (e *eventColumn) len() int {
	if e.tail == nil {
		return len(e.times)
	}
	return len(e.times) - e.tail.idle
}

// deadPositions gives the positions that are nobody's since somebody's events stand
// anew; nil for none.
func (e *eventColumn) deadPositions() Bitmap {
	if e.tail == nil {
		return nil
	}
	b := newBitmap(len(e.times))
	for _, d := range e.tail.dead {
		for p := d.from; p < d.to; p++ {
			b.set(int(p))
		}
	}
	return b
}

// owners gives whose the positions are.
func (e *eventColumn) owners(positions []uint32) []int32 {
	if len(positions) == 0 {
		return nil
	}
	of := map[uint32]int32{} // of positions in the tail
	if e.tail != nil {
		for n, page := range e.tail.pages {
			if page == nil {
				continue
			}
			for i, s := range page {
				for p := s.from; s.whole && p < s.to; p++ {
					of[p] = int32(n*pageSize + i)
				}
			}
		}
	}
	var list []int32
	for _, p := range positions {
		if who, ok := of[p]; ok {
			list = append(list, who)
			continue
		}
		// The last ordinal that begins at or before the position.
		i, _ := slices.BinarySearch(e.offsets, p+1)
		if i > 0 && i < len(e.offsets) {
			list = append(list, int32(i-1))
		}
	}
	return list
}

// rewrite gives each of the people a new place at the column's end, and tells for
// each position there whence it comes: a position, or the complement of a row.
func (e *eventColumn) rewrite(t *tail, who []int32, gone []uint32, rows []eventChange) (sources []int32) {
	at := uint32(len(e.times))
	next := 0
	owned := map[int]bool{} // pages that are this tail's own
	for _, ordinal := range who {
		from, to := e.span(int(ordinal))
		place := place{from: at + uint32(len(sources)), whole: true}
		for p := from; p < to; p++ {
			if _, dropped := slices.BinarySearch(gone, uint32(p)); dropped {
				continue
			}
			for next < len(rows) && rows[next].who == ordinal && rows[next].at < e.times[p] {
				sources = append(sources, int32(^next))
				next++
			}
			sources = append(sources, int32(p))
		}
		for next < len(rows) && rows[next].who == ordinal {
			sources = append(sources, int32(^next))
			next++
		}
		place.to = at + uint32(len(sources))
		t.put(int(ordinal), place, owned)
		if from < to {
			t.dead = append(t.dead, tailDead(from, to))
			t.idle += to - from
		}
	}
	return sources
}

func tailDead(from, to int) place { return place{from: uint32(from), to: uint32(to)} }

func (t *tail) put(ordinal int, s place, owned map[int]bool) {
	n := ordinal / pageSize
	if !owned[n] {
		owned[n] = true
		page := &tailPage{}
		if t.pages[n] != nil {
			*page = *t.pages[n]
		}
		t.pages[n] = page
	}
	t.pages[n][ordinal%pageSize] = s
}
