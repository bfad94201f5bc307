package audience_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/govalues/decimal"
	"pgregory.net/rapid"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

// What turns by itself has the other answer at the instant that is named, by the
// plain reading, and none of the moments before it turns the answer.
func TestWhatTurnsByItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		w := drawWorld(t)
		w.data.segments["drawn"] = w.condition(1).Key()
		n, err := condition.Parse([]byte(w.condition(2).Key()))
		if err != nil {
			t.Fatal(err)
		}
		v := viewOf(t, w)
		for _, p := range w.data.people {
			e, err := v.Explain(ctx, n, contact.ID(p.id))
			if err != nil {
				t.Fatal(err)
			}
			until := w.asOf.AddDate(0, 3, 0)
			if e.Flip.ByItself != nil {
				at := time.UnixMilli(e.Flip.ByItself.At)
				if (reference{w.data, at}).holds(n, p) == e.Holds {
					t.Fatalf("%d does not turn at %s: %s\n%s", p.id, at, e.Flip.ByItself.Why, n.Key())
				}
				until = at
			}
			if strings.Contains(n.Key()+w.data.segments["drawn"], `"where"`) { // dates of properties pass too, and are not looked ahead for
				continue
			}
			for range 5 {
				at := w.instant()
				if at.After(w.asOf) && at.Before(until) && (reference{w.data, at}).holds(n, p) != e.Holds {
					t.Fatalf("%d turns at %s already, not at %v\n%s", p.id, at, e.Flip.ByItself, n.Key())
				}
			}
		}
	})
}

// shopOf is a shop with one person who bought on some days before noon of 1 June 2026.
func shopOf(daysAgo ...int) (*memory, time.Time) {
	asOf := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	p := person{id: 1, email: "ann@example.org", created: asOf.AddDate(-1, 0, 0), values: map[string]contact.Value{"country": contact.TextValue("ES")}}
	for i, d := range daysAgo {
		p.events = append(p.events, happening{id: int64(i + 1), event: "order_placed", at: asOf.AddDate(0, 0, -d), value: contact.MoneyValue(decimal.MustParse("20.50"))})
	}
	return &memory{people: []person{p}, segments: map[string]string{}, schema: contact.Schema{
		Attributes: map[string]contact.Attribute{"country": {Name: "country", Label: "Country", Type: contact.Text}, "contact.created_at": {Name: "contact.created_at", Label: "Known since", Type: contact.Datetime}},
		Events:     map[string]contact.EventType{"order_placed": {Name: "order_placed", ValueType: contact.Money}},
		Purposes:   []string{"marketing"}, Currency: contact.Currency{Code: "EUR", Decimals: 2}, Zone: time.UTC,
	}}, asOf
}

func TestWhatWouldTurnAnAnswer(t *testing.T) {
	const buys = `{"kind":"event","event":"order_placed"`
	for _, c := range []struct {
		name, json           string
		days                 []int
		seen, wanted, change string
		byItself             string
	}{
		{"one order short", buys + `,"op":"gte","value":2,"window":{"last":90,"unit":"day"}}`, []int{20},
			"orders in the last 90 days: 1; last one 12 May 2026 12:00", "at least 2", "one more order in the last 90 days", ""},
		{"the newest is too old", buys + `,"window":{"last":10,"unit":"day"}}`, []int{20},
			"orders in the last 10 days: 0; the last one ever was on 12 May 2026 12:00", "at least 1", "one more order in the last 10 days", ""},
		{"enough until one falls out", buys + `,"op":"gte","value":2,"window":{"last":90,"unit":"day"}}`, []int{18, 3},
			"orders in the last 90 days: 2; last one 29 May 2026 12:00", "at least 2",
			"by itself on 12 August 2026 12:00, when the order of 14 May 2026 falls out of the window", "leaves by itself on 12 August 2026 12:00, when the order of 14 May 2026 falls out of the window"},
		{"what was done stays done", buys + `,"op":"eq","value":0}`, []int{3}, "orders: 1; last one 29 May 2026 12:00", "0", "nothing to change: the order stays as it is", ""},
		{"a sum", buys + `,"measure":"sum","op":"gte","value":100}`, []int{3, 9}, "41.00 EUR (orders: 2; last one 29 May 2026 12:00)", "at least 100 EUR", "orders worth 59.00 EUR more", ""},
		{"another country", `{"kind":"attribute","attribute":"country","op":"in","values":["FR","DE"]}`, nil, "ES", "one of FR or DE", "country would have to be one of FR or DE", ""},
		{"not that country", `{"kind":"attribute","attribute":"country","op":"is","value":"ES"}`, nil, "ES", "ES", "country would have to be other than ES", ""},
		{"last bought long ago", buys + `,"measure":"days_since_last","op":"gt","value":30}`, []int{20}, "20.0 days (orders: 1; last one 12 May 2026 12:00)", "more than 30",
			"by itself on 11 June 2026 12:00, when 30 days have passed since the order of 12 May 2026", "joins by itself on 11 June 2026 12:00, when 30 days have passed since the order of 12 May 2026"},
		{"consent", `{"kind":"consent","purpose":"marketing","op":"granted"}`, nil, "nothing in the ledger", "consent", "consent to marketing would have to be given", ""},
		{"everyone", `{"kind":"everyone"}`, nil, "true for everyone", "", "nothing to change: it is true for everyone", ""},
		{"the easier of two", `{"kind":"any","children":[{"kind":"attribute","attribute":"country","op":"is","value":"FR"},` + buys + `}]}`, nil, "0 of 2 true", "", "one more order", ""},
		{"both are needed", `{"kind":"all","children":[{"kind":"attribute","attribute":"country","op":"is","value":"FR"},` + buys + `}]}`, nil, "0 of 2 true", "",
			"country would have to be FR; and one more order", ""},
		{"known for long enough", `{"kind":"attribute","attribute":"contact.created_at","op":"not_in_last","value":400,"unit":"day"}`, nil, "1 June 2025 12:00", "not in the last 400 days",
			"by itself on 6 July 2026 12:00, when their “known since” falls out of the period", "joins by itself on 6 July 2026 12:00, when their “known since” falls out of the period"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data, asOf := shopOf(c.days...)
			v, err := audience.New(data).At(context.Background(), asOf)
			if err != nil {
				t.Fatal(err)
			}
			n, err := condition.Parse([]byte(c.json))
			if err != nil {
				t.Fatal(err)
			}
			e, err := v.Explain(context.Background(), n, 1)
			if err != nil {
				t.Fatal(err)
			}
			byItself := ""
			if e.Flip.ByItself != nil {
				byItself = e.Flip.ByItself.Sentence
			}
			got := strings.Join([]string{e.Seen, e.Wanted, e.Flip.Sentence, byItself}, "\n")
			want := strings.Join([]string{c.seen, c.wanted, c.change, c.byItself}, "\n")
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
