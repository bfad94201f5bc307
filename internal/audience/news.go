package audience

import (
	"context"
	"fmt"
	"maps"
	"slices"
)

// mostNews is how many new ids are read one change at a time; more are better read
// as a whole column, when it is next needed.
const mostNews = 50_000

// news is the loaded columns that were brought up to date.
type news struct {
	attributes map[string]*column
	events     map[string]grown
}

// readNews reads what came or changed since the frame, where few did, of what is
// loaded, and gives those columns brought up to date. It gives false when the file
// is at another position than next.
func (f *frame) readNews(ctx context.Context, src Source, next *frame, c changes) (fresh news, ok bool, err error) {
	if fresh.attributes, ok, err = f.readEdited(ctx, src, next, c); err != nil || !ok {
		return fresh, false, err
	}
	fresh.events, ok, err = f.readHappened(ctx, src, next, c)
	return fresh, ok, err
}

// readHappened is readNews for events.
func (f *frame) readHappened(ctx context.Context, src Source, next *frame, c changes) (map[string]grown, bool, error) {
	f.mu.RLock()
	columns := maps.Clone(f.events)
	properties := maps.Clone(f.properties)
	f.mu.RUnlock()
	fresh := map[string]grown{}
	if c.allEvents {
		return fresh, true, nil
	}
	rows := map[string][]eventChange{}
	var wanted []idRange
	total := int64(0)
	for name, ranges := range c.ranges {
		if columns[name] == nil || c.unknown[name] {
			continue
		}
		rows[name] = nil
		for _, r := range ranges {
			if !slices.Contains(wanted, r) {
				wanted = append(wanted, r)
				total += r.last - r.first + 1
			}
		}
	}
	for name := range c.cleared {
		if columns[name] != nil && !c.unknown[name] {
			rows[name] = rows[name][:0:0]
		}
	}
	if len(rows) == 0 || total > mostNews {
		return fresh, true, nil
	}
	for _, r := range wanted {
		seq, err := src.EventsBetween(ctx, r.first, r.last, func(event string, contact, at, id int64, value any, properties string) {
			list, loaded := rows[event]
			if who, known := slices.BinarySearch(next.people.ids, contact); known && loaded {
				rows[event] = append(list, eventChange{int32(who), at, id, value, properties})
			}
		})
		if err != nil {
			return nil, false, fmt.Errorf("read the newest events: %w", err)
		}
		if seq != next.seq {
			return nil, false, nil
		}
	}
	for name, list := range rows {
		own := map[string]*column{}
		for p, col := range properties {
			if p.event == name {
				own[p.name] = col
			}
		}
		ranges := c.ranges[name]
		list = slices.DeleteFunc(list, func(e eventChange) bool {
			return !slices.ContainsFunc(ranges, func(r idRange) bool { return e.id >= r.first && e.id <= r.last })
		})
		list = onceEach(list)
		if g, ok := columns[name].follow(next.people.n, ranges, next.people.ordinals(c.cleared[name]), list, own, next.schema.Currency.Decimals); ok {
			fresh[name] = g
		}
	}
	return fresh, true, nil
}

// onceEach drops events that were read by more than one range.
func onceEach(list []eventChange) []eventChange {
	seen := make(map[int64]bool, len(list))
	return slices.DeleteFunc(list, func(e eventChange) bool {
		again := seen[e.id]
		seen[e.id] = true
		return again
	})
}

// inherit takes over the answers of an earlier frame, and tells what changed since.
func (f *frame) inherit(earlier *frame, c changes, fresh news) {
	f.answers, f.born, f.histories = earlier.answers, earlier.born, maps.Clone(earlier.histories)
	if !c.names {
		f.checked = maps.Clone(earlier.checked)
	}
	broken := func(kind string) { f.histories[kind] = history{from: f.seq} }
	if c.allEvents {
		for name := range f.schema.Events {
			broken(eventHistory(name))
		}
	}
	for name := range c.events {
		if g, ok := fresh.events[name]; ok {
			f.histories[eventHistory(name)] = f.histories[eventHistory(name)].with(step{f.seq, g.who})
		} else {
			broken(eventHistory(name))
		}
	}
	for name := range f.schema.Attributes {
		who := c.people[name]
		if f.people.column(name) != nil {
			who = c.came
			if !c.contacts {
				continue
			}
		} else if !c.allAttributes && !c.attributes[name] {
			continue
		}
		if c.allAttributes || !who.few() {
			broken(attributeHistory(name))
			continue
		}
		f.histories[attributeHistory(name)] = f.histories[attributeHistory(name)].with(step{f.seq, f.people.ordinals(who.list)})
	}
	if c.consent {
		broken(consentHistory)
	}
	if c.contacts {
		f.histories[peopleHistory] = f.histories[peopleHistory].with(step{f.seq, f.people.unlike(earlier.people)})
	}
}

// unlike gives the ordinals of those who came since an earlier reading, and of those
// who were there in only one of both.
func (p *people) unlike(earlier *people) (who []int32) {
	for i := range p.n {
		if i >= earlier.n || p.alive.Has(i) != earlier.alive.Has(i) {
			who = append(who, int32(i))
		}
	}
	return who
}
