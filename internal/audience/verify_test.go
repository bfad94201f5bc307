package audience_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

// What the engine keeps is compared with the rows: rows that change without a word
// in the change log are found, to the person.
func TestVerifyFindsWhatTheEngineDoesNotKnow(t *testing.T) {
	ctx := context.Background()
	data, asOf := shopOf(10)
	data.people = append(data.people, person{id: 2, email: "bob@example.org", created: asOf, values: map[string]contact.Value{"country": contact.TextValue("ES")}})
	engine := audience.New(data)
	n, err := condition.Parse([]byte(`{"kind":"attribute","attribute":"country","op":"is","value":"ES"}`))
	if err != nil {
		t.Fatal(err)
	}
	quiet := func(int, int) {}
	v, err := engine.Verify(ctx, n, asOf, quiet)
	if err != nil || v.Checked != 2 || v.Members != 2 || len(v.Missing)+len(v.Extra) != 0 {
		t.Fatalf("%+v, %v", v, err)
	}
	data.people[0].values["country"] = contact.TextValue("FR")
	if v, err = engine.Verify(ctx, n, asOf, quiet); err != nil || !slices.Equal(v.Extra, []contact.ID{1}) || len(v.Missing) != 0 || v.Members != 1 {
		t.Fatalf("%+v, %v", v, err)
	}
	stopped, stop := context.WithCancel(ctx)
	for id := range 2000 {
		data.people = append(data.people, person{id: int64(id + 3), created: asOf, values: map[string]contact.Value{}})
	}
	if _, err = audience.New(data).Verify(stopped, n, asOf, func(int, int) { stop() }); !errors.Is(err, context.Canceled) {
		t.Fatalf("cancelled: %v", err)
	}
}

// Who came and went between two instants is the difference of the two answers, and
// for each of them a leaf turned.
func TestWhoCameAndWent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		w := drawWorld(t)
		w.data.segments["drawn"] = w.condition(1).Key()
		n, err := condition.Parse([]byte(w.condition(2).Key()))
		if err != nil {
			t.Fatal(err)
		}
		from := w.instant()
		c, err := viewOf(t, w).Compare(ctx, n, from)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range w.data.people {
			was, is := (reference{w.data, from}).holds(n, p), (reference{w.data, w.asOf}).holds(n, p)
			id := contact.ID(p.id)
			if slices.Contains(c.Came, id) != (is && !was) || slices.Contains(c.Went, id) != (was && !is) {
				t.Fatalf("%d was %v and is %v: came %v, went %v\n%s", id, was, is, c.Came, c.Went, n.Key())
			}
			why, err := c.Why(id)
			if err != nil {
				t.Fatal(err)
			}
			if was != is && len(why) == 0 {
				t.Fatalf("no reason for %d\n%s", id, n.Key())
			}
		}
	})
}
