package audience_test

import (
	"context"
	"encoding/json"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

// memory is a source over plain rows, in the form in which a store keeps them.
// The real store is joined with the engine in package workspace's tests.
type memory struct {
	seq      int64
	log      [][3]string // kind, name, details
	schema   contact.Schema
	people   []person
	segments map[string]string  // slug → JSON
	fixed    map[string][]int64 // slug → who is on its fixed list
}

type person struct {
	id       int64
	email    string
	created  time.Time
	values   map[string]contact.Value
	events   []happening
	consents []entry
}

type happening struct {
	id         int64
	event      string
	at         time.Time
	value      contact.Value
	properties map[string]contact.Value
}

type entry struct {
	purpose, state string
	at, expires    time.Time
}

func (m *memory) Changes(_ context.Context, after int64, f func(kind, name, details string)) (int64, error) {
	for _, c := range m.log[after:] {
		f(c[0], c[1], c[2])
	}
	return m.seq, nil
}

func (m *memory) Schema(context.Context) (contact.Schema, int64, error) { return m.schema, m.seq, nil }

func (m *memory) SegmentConditions(_ context.Context, f func(slug, name string, n condition.Node, problem error)) (int64, error) {
	slugs := make([]string, 0, len(m.segments))
	for s := range m.segments {
		slugs = append(slugs, s)
	}
	sort.Strings(slugs)
	for _, s := range slugs {
		n, err := condition.Parse([]byte(m.segments[s]))
		f(s, s, n, err)
	}
	return m.seq, nil
}

func (m *memory) FixedMembers(_ context.Context, slug string, f func(id int64)) (int64, error) {
	for _, id := range m.fixed[slug] {
		f(id)
	}
	return m.seq, nil
}

func (m *memory) ContactRows(_ context.Context, f func(id int64, email, externalID, source string, createdAt int64)) (int64, error) {
	for _, p := range m.people {
		f(p.id, p.email, "", "import", p.created.UnixMilli())
	}
	return m.seq, nil
}

// cell is the stored form of a value; money has two decimals here.
func cell(v contact.Value) any {
	switch v.Type() {
	case contact.Text:
		return v.String()
	case contact.Boolean:
		if v.Bool() {
			return int64(1)
		}
		return int64(0)
	case contact.DateType:
		return int64(v.Date())
	case contact.Datetime:
		return v.Millis()
	case contact.List:
		b, _ := json.Marshal(v.Items())
		return string(b)
	case contact.Money:
		whole, frac, _ := v.Decimal().Int64(2)
		return whole*100 + frac
	case contact.Number:
		if whole, _, ok := v.Decimal().Int64(0); ok && v.Decimal().Scale() == 0 {
			return whole
		}
		return v.Decimal().String()
	}
	return nil
}

func (m *memory) AttributeRows(_ context.Context, attribute string, f func(id int64, value any)) (int64, error) {
	for _, p := range m.people {
		if v := p.values[attribute]; v.IsSet() {
			f(p.id, cell(v))
		}
	}
	return m.seq, nil
}

func (m *memory) ContactRowsOf(ctx context.Context, ids []int64, f func(id int64, email, externalID, source string, createdAt int64)) (int64, error) {
	return m.ContactRows(ctx, func(id int64, email, externalID, source string, createdAt int64) {
		if slices.Contains(ids, id) {
			f(id, email, externalID, source, createdAt)
		}
	})
}

func (m *memory) AttributeRowsOf(ctx context.Context, attribute string, ids []int64, f func(id int64, value any)) (int64, error) {
	return m.AttributeRows(ctx, attribute, func(id int64, value any) {
		if slices.Contains(ids, id) {
			f(id, value)
		}
	})
}

func (m *memory) EventRows(_ context.Context, event string, part func(i int) func(contact, at, id int64, value any)) (int64, error) {
	const cut = 3 // people in a part
	for i := 0; i*cut < len(m.people); i++ {
		add := part(i)
		for _, p := range m.people[i*cut : min(len(m.people), (i+1)*cut)] {
			events := slices.Clone(p.events)
			sort.SliceStable(events, func(a, b int) bool { return events[a].at.Before(events[b].at) })
			for _, e := range events {
				if e.event == event {
					add(p.id, e.at.UnixMilli(), e.id, cell(e.value))
				}
			}
		}
	}
	return m.seq, nil
}

func (m *memory) EventProperties(_ context.Context, event string, first, last int64, part func(i int) func(id int64, properties string)) (int64, error) {
	adds := []func(id int64, properties string){part(0), part(1)}
	for i, p := range m.people {
		for _, e := range p.events {
			if e.event == event && len(e.properties) > 0 && e.id >= first && e.id <= last {
				adds[i%2](e.id, properties(e))
			}
		}
	}
	return m.seq, nil
}

func properties(e happening) string {
	var parts []string
	for name, v := range e.properties {
		if v.IsSet() {
			k, _ := json.Marshal(name)
			b, _ := json.Marshal(v)
			parts = append(parts, string(k)+": "+string(b))
		}
	}
	sort.Strings(parts)
	return "{" + strings.Join(parts, ", ") + "}"
}

func (m *memory) EventsBetween(_ context.Context, first, last int64, f func(event string, contact, at, id int64, value any, properties string)) (int64, error) {
	for _, p := range m.people {
		for _, e := range p.events {
			if e.id >= first && e.id <= last {
				f(e.event, p.id, e.at.UnixMilli(), e.id, cell(e.value), properties(e))
			}
		}
	}
	return m.seq, nil
}

func (m *memory) EventCounts(_ context.Context, f func(event string, n int64)) (int64, error) {
	counts := map[string]int64{}
	for _, p := range m.people {
		for _, e := range p.events {
			counts[e.event]++
		}
	}
	for name, n := range counts {
		f(name, n)
	}
	return m.seq, nil
}

func (m *memory) ConsentRows(_ context.Context, f func(contact int64, purpose, state string, at, expiresAt int64)) (int64, error) {
	for _, p := range m.people {
		list := slices.Clone(p.consents)
		sort.SliceStable(list, func(a, b int) bool {
			if list[a].purpose != list[b].purpose {
				return list[a].purpose < list[b].purpose
			}
			return list[a].at.Before(list[b].at)
		})
		for _, c := range list {
			expires := int64(0)
			if !c.expires.IsZero() {
				expires = c.expires.UnixMilli()
			}
			f(p.id, c.purpose, c.state, c.at.UnixMilli(), expires)
		}
	}
	return m.seq, nil
}

var _ audience.Source = (*memory)(nil)
