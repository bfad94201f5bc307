package audience_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

func (m *memory) note(kind, name, details string) {
	m.log = append(m.log, [3]string{kind, name, details})
	m.seq = int64(len(m.log))
}

// change does one of the things that happen to a workspace, and notes it as the
// store does.
func (w world) change(nextEvent *int64) {
	m := w.data
	who := func() *person { return &m.people[rapid.IntRange(0, len(m.people)-1).Draw(w.t, "who")] }
	switch rapid.IntRange(0, 9).Draw(w.t, "change") {
	case 0, 1, 2, 3: // an import of events
		first, types := *nextEvent+1, map[string]bool{}
		for range rapid.IntRange(1, 3).Draw(w.t, "new events") {
			*nextEvent++
			e := w.happening(*nextEvent)
			types[e.event] = true
			p := who()
			p.events = append(p.events, e)
		}
		for name := range types {
			m.note("events", name, fmt.Sprintf(`{"first":%d,"last":%d}`, first, *nextEvent))
		}
	case 4, 5: // events of a range are undone, or replaced by newer forms
		first := rapid.Int64Range(1, *nextEvent+1).Draw(w.t, "first")
		last := first + rapid.Int64Range(0, 3).Draw(w.t, "more")
		replaced := rapid.Bool().Draw(w.t, "replaced")
		for i := range m.people {
			p := &m.people[i]
			p.events = slices.DeleteFunc(slices.Clone(p.events), func(e happening) bool { return !replaced && e.id >= first && e.id <= last })
			for j, e := range p.events {
				if replaced && e.id >= first && e.id <= last {
					p.events[j] = w.happeningOf(e.event, e.id)
				}
			}
		}
		for _, name := range []string{"bought", "viewed", "left"} {
			m.note("events", name, fmt.Sprintf(`{"first":%d,"last":%d}`, first, last))
		}
	case 6: // a person is edited
		p := who()
		typ := pick(w.t, "type", contact.Types...)
		values := map[string]contact.Value{}
		for name, v := range p.values {
			values[name] = v
		}
		values["a_"+string(typ)] = w.value(typ)
		p.values = values
		m.note("attribute", "a_"+string(typ), fmt.Sprintf(`{"contacts":[%d]}`, p.id))
	case 7: // somebody comes
		p := person{id: m.people[len(m.people)-1].id + 2, created: w.asOf, values: map[string]contact.Value{}}
		p.email = fmt.Sprintf("new%d@example.org", p.id)
		m.people = append(m.people, p)
		m.note("contacts", "", fmt.Sprintf(`{"contacts":[%d]}`, p.id))
	case 8: // somebody is erased
		if len(m.people) > 1 {
			i := rapid.IntRange(0, len(m.people)-2).Draw(w.t, "erased")
			id := m.people[i].id
			m.people = slices.Delete(slices.Clone(m.people), i, i+1)
			for _, name := range []string{"bought", "viewed", "left"} {
				m.note("events", name, pick(w.t, "told", "", fmt.Sprintf(`{"contacts":[%d]}`, id)))
			}
			m.note("contacts", "", fmt.Sprintf(`{"contacts":[%d]}`, id))
		}
	case 9:
		p := who()
		p.consents = append(slices.Clone(p.consents), entry{purpose: "marketing", state: pick(w.t, "state", "granted", "withdrawn"), at: w.instant()})
		m.note("consent", "", "")
	}
}

// An engine that is kept current through imports, undo, edits, erasure, clocks that
// move and columns that are dropped answers as one that reads everything afresh, and
// as the plain reading.
func TestKeptCurrent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		w := drawWorld(t)
		next := int64(0)
		for _, p := range w.data.people {
			next += int64(len(p.events))
		}
		var conditions []condition.Node
		for range 4 {
			n, err := condition.Parse([]byte(w.condition(1).Key()))
			if err != nil {
				t.Fatal(err)
			}
			conditions = append(conditions, n)
		}
		engine := audience.New(w.data)
		for range rapid.IntRange(1, 8).Draw(t, "rounds") {
			switch rapid.IntRange(0, 6).Draw(t, "round") {
			case 0:
				engine.DropColumns()
			case 6:
				engine.SetBudget(rapid.Int64Range(0, 4000).Draw(t, "budget"))
			case 1, 2:
				w.asOf = w.instant()
			default:
				for range rapid.IntRange(1, 3).Draw(t, "changes") {
					w.change(&next)
				}
			}
			v, err := engine.At(ctx, w.asOf)
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range conditions {
				w.agree(ctx, v, n)
			}
			w.sameValues(ctx, v)
		}
	})
}

// sameValues compares the suggestions of values with those of a fresh engine.
func (w world) sameValues(ctx context.Context, v *audience.View) {
	w.t.Helper()
	for _, p := range []string{"p_text", "p_list", "p_number"} {
		got, err := v.PropertyValues(ctx, "bought", p, "", 100)
		if err != nil {
			w.t.Fatal(err)
		}
		want, err := viewOf(w.t, w).PropertyValues(ctx, "bought", p, "", 100)
		if err != nil {
			w.t.Fatal(err)
		}
		tally := func(list []audience.ValueCount) map[string]int {
			m := map[string]int{}
			for _, c := range list {
				m[condition.Fold(c.Value)] += c.Count
			}
			return m
		}
		if !maps.Equal(tally(got), tally(want)) {
			w.t.Fatalf("values of %s: %v, want %v", p, got, want)
		}
	}
}

// agree compares a view's answer with that of a fresh engine and the plain reading.
func (w world) agree(ctx context.Context, v *audience.View, n condition.Node) {
	w.t.Helper()
	got, err := v.Members(ctx, n)
	if err != nil {
		w.t.Fatal(err)
	}
	afresh, err := viewOf(w.t, w).Members(ctx, n)
	if err != nil {
		w.t.Fatal(err)
	}
	r, want := reference{w.data, w.asOf}, []contact.ID{}
	for _, p := range w.data.people {
		in := r.holds(n, p)
		if in {
			want = append(want, contact.ID(p.id))
		}
		if holds, err := v.Holds(ctx, n, contact.ID(p.id)); err != nil || holds != in {
			w.t.Fatalf("for one, %d: %v, %v; want %v of\n%s", p.id, holds, err, in, n.Key())
		}
	}
	if !slices.Equal(got, want) || !slices.Equal(afresh, want) {
		w.t.Fatalf("kept current %v, afresh %v, want %v, of\n%s", got, afresh, want, n.Key())
	}
}

// What was used least recently is dropped over the budget, and within it nothing is.
func TestBudget(t *testing.T) {
	ctx := context.Background()
	source := newCrowd(1000, 20_000)
	engine := audience.New(source)
	ask := func(text string) int {
		n, err := condition.Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		v, err := engine.At(ctx, benchNow)
		if err != nil {
			t.Fatal(err)
		}
		count, err := v.Count(ctx, n)
		if err != nil {
			t.Fatal(err)
		}
		return count
	}
	const orders, opened = `{"kind":"event","event":"order_placed","op":"gte","value":9}`, `{"kind":"event","event":"email_opened","op":"gte","value":9}`
	want := ask(orders)
	engine.SetBudget(300_000) // either type alone
	for range 3 {
		ask(opened)
		if got := ask(`{"kind":"event","event":"order_placed","op":"gte","value":10}`); got > want {
			t.Fatalf("%d people ordered 10 times, %d 9 times", got, want)
		}
	}
	if source.reads["order_placed"] < 3 || source.reads["email_opened"] < 2 {
		t.Fatalf("the columns were read %v times: nothing was dropped", source.reads)
	}
	engine.SetBudget(audience.DefaultBudget)
	before := source.reads["order_placed"]
	if first, second := ask(orders), ask(orders); first != want || second != want || source.reads["order_placed"] > before+1 {
		t.Fatalf("read %v times", source.reads)
	}
}
