package audience_test

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

var scoredNames = []string{contact.RFMRecency, contact.RFMFrequency, contact.RFMMonetary, contact.RFMRegion, contact.EngagementScore}

// scoredShop is a source with the scored attributes and no people yet.
func scoredShop(zone *time.Location) *memory {
	m := &memory{seq: 1, log: make([][3]string, 1)}
	m.schema = contact.Schema{
		Attributes: map[string]contact.Attribute{"email": contact.Derived[0]},
		Events: map[string]contact.EventType{
			"order_placed": {Name: "order_placed", ValueType: contact.Money}, "email_opened": {Name: "email_opened"},
		},
		Currency: contact.Currency{Code: "EUR", Decimals: 2}, Zone: zone, Scores: contact.DefaultScores(),
	}
	for _, a := range contact.Scored {
		m.schema.Attributes[a.Name] = a
	}
	return m
}

func (m *memory) customer(events ...happening) {
	id := int64(len(m.people) + 1)
	for i := range events {
		events[i].id = id*1000 + int64(i)
	}
	m.people = append(m.people, person{id: id, email: fmt.Sprintf("p%d@example.org", id), events: events})
}

func order(at time.Time, amount string) happening {
	d, err := contact.ParseDecimal(amount)
	if err != nil {
		panic(err)
	}
	return happening{event: "order_placed", at: at, value: contact.MoneyValue(d)}
}

func opened(at time.Time) happening { return happening{event: "email_opened", at: at} }

var paris = func() *time.Location {
	l, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		panic(err)
	}
	return l
}()

// fiveCustomers bought 1, 2, … 5 times, the last of them 50, 40, … 10 days ago.
func fiveCustomers(now time.Time) *memory {
	m := scoredShop(paris)
	for i := range 5 {
		var list []happening
		for k := range i + 1 {
			list = append(list, order(now.AddDate(0, 0, -(50-10*i)-k), "10"))
		}
		m.customer(list...)
	}
	return m
}

func scoredView(t rapid.TB, m *memory, asOf time.Time) *audience.View {
	t.Helper()
	v, err := audience.New(m).At(context.Background(), asOf)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestScoredAttributesInConditions(t *testing.T) {
	now := time.Date(2026, 3, 10, 9, 0, 0, 0, paris)
	m := fiveCustomers(now)
	m.customer()                                            // bought nothing
	m.customer(order(now.Add(-time.Hour), "99"))            // only today: counts from tomorrow
	m.customer(order(now.AddDate(0, 0, -400), "99"))        // before the period
	m.customer(order(now.AddDate(0, 0, -3), "-5"))          // only sent back
	m.customer(opened(now.AddDate(0, 0, -30)), opened(now)) // opened
	v := scoredView(t, m, now)
	for text, want := range map[string]string{
		`{"kind":"attribute","attribute":"rfm.recency","op":"eq","value":5}`:                      "5",
		`{"kind":"attribute","attribute":"rfm.frequency","op":"between","value":2,"to":3}`:        "2 3",
		`{"kind":"attribute","attribute":"rfm.monetary","op":"gte","value":4}`:                    "4 5",
		`{"kind":"attribute","attribute":"rfm.segment","op":"in","values":["Champions","lost"]}`:  "1 5",
		`{"kind":"attribute","attribute":"rfm.recency","op":"is_unset"}`:                          "6 7 8 9 10",
		`{"kind":"attribute","attribute":"engagement.score","op":"eq","value":0}`:                 "6 7 8",
		`{"kind":"attribute","attribute":"engagement.score","op":"between","value":3.3,"to":3.5}`: "10",
		`{"kind":"attribute","attribute":"engagement.score","op":"is_set"}`:                       "1 2 3 4 5 6 7 8 9 10",
	} {
		n, err := condition.Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		ids, err := v.Members(context.Background(), n)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Trim(fmt.Sprint(ids), "[]"); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
		for id := range contact.ID(10) {
			holds, err := v.Holds(context.Background(), n, id+1)
			if err != nil {
				t.Fatal(err)
			}
			if in := strings.Contains(" "+want+" ", fmt.Sprintf(" %d ", id+1)); holds != in {
				t.Errorf("%s: one person's answer for %d is %v", text, id+1, holds)
			}
		}
	}
}

func TestScoresSayHowTheyCameAbout(t *testing.T) {
	now := time.Date(2026, 3, 10, 9, 0, 0, 0, paris)
	m := fiveCustomers(now)
	m.customer()
	m.customer(opened(time.Date(2026, 2, 8, 0, 0, 0, 0, paris)))
	v := scoredView(t, m, now)
	for _, c := range []struct {
		id             contact.ID
		attribute, why string
	}{
		{4, contact.RFMRecency, "4: last order 20 days ago is in the 2nd fifth from the top: all 20 days"},
		{1, contact.RFMFrequency, "1: 1 order in 365 days is in the lowest fifth: all 1"},
		{3, contact.RFMMonetary, "3: 30.00 EUR in 365 days is in the middle fifth: all 30.00 EUR"},
		{5, contact.RFMRegion, "champions: recency 5 and frequency 5"},
		{6, contact.RFMRecency, "not set: no order in the 365 days before today"},
		{6, contact.EngagementScore, "0: did nothing that counts"},
		{7, contact.EngagementScore, "3.4: 1 opened e-mail worth 0.5; together 0.5 of which 10 score 50"},
	} {
		op := `"op":"is_set"`
		n, err := condition.Parse([]byte(`{"kind":"attribute","attribute":"` + c.attribute + `",` + op + `}`))
		if err != nil {
			t.Fatal(err)
		}
		e, err := v.Explain(context.Background(), n, c.id)
		if err != nil {
			t.Fatal(err)
		}
		if e.Seen != c.why {
			t.Errorf("%s of %d: %q, want %q", c.attribute, c.id, e.Seen, c.why)
		}
	}
}

func TestScoresFollowDataModelAndDay(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 3, 10, 9, 0, 0, 0, paris)
	m := fiveCustomers(now)
	engine := audience.New(m)
	scored := func(score int, asOf time.Time) string {
		t.Helper()
		n, err := condition.Parse(fmt.Appendf(nil, `{"kind":"attribute","attribute":"rfm.frequency","op":"eq","value":%d}`, score))
		if err != nil {
			t.Fatal(err)
		}
		v, err := engine.At(ctx, asOf)
		if err != nil {
			t.Fatal(err)
		}
		ids, err := v.Members(ctx, n)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(ids)
	}
	if got := scored(5, now); got != "[5]" {
		t.Errorf("today: %s", got)
	}
	for k := range 9 {
		e := order(now.Add(-time.Duration(k)*time.Minute), "1")
		e.id = int64(9000 + k)
		m.people[0].events = append(m.people[0].events, e)
	}
	m.seq, m.log = m.seq+1, append(m.log, [3]string{"events", "order_placed"})
	if got := scored(5, now.Add(14*time.Hour)); got != "[5]" {
		t.Errorf("what happened today changed the scores of today: %s", got)
	}
	if got := scored(5, now.Add(15*time.Hour)); got != "[1]" {
		t.Errorf("tomorrow: %s", got)
	}
	if got := scored(4, now.AddDate(0, 0, -28)); got != "[3]" {
		t.Errorf("as of a month ago: %s", got)
	}
	m.schema.Scores.RFM.Days = 15
	m.seq, m.log = m.seq+1, append(m.log, [3]string{"schema", "scores"})
	if got := scored(5, now); got != "[]" {
		t.Errorf("with one buyer in a shorter period: %s", got)
	}
}

// TestScoresByDefinition compares with the definitions, counted out person by
// person, on random events around days when clocks change.
func TestScoresByDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		asOf := time.Date(2026, 3, 28, 12, 0, 0, 0, paris).Add(time.Duration(rapid.IntRange(0, 96).Draw(t, "hours")) * time.Hour)
		m := scoredShop(paris)
		m.schema.Scores.RFM.Days = rapid.IntRange(1, 40).Draw(t, "days")
		m.schema.Scores.Engagement.HalfLife = rapid.Float64Range(0.5, 90).Draw(t, "half-life")
		for range rapid.IntRange(0, 12).Draw(t, "people") {
			var list []happening
			for range rapid.IntRange(0, 6).Draw(t, "events") {
				at := asOf.Add(-time.Duration(rapid.IntRange(-10, 45*24).Draw(t, "ago")) * time.Hour)
				if rapid.Bool().Draw(t, "order") {
					list = append(list, order(at, rapid.SampledFrom([]string{"10", "-3.5", "0", "99999999999.99"}).Draw(t, "amount")))
				} else {
					list = append(list, opened(at))
				}
			}
			m.customer(list...)
		}
		v := scoredView(t, m, asOf)
		if err := v.Load(context.Background(), scoredNames...); err != nil {
			t.Fatal(err)
		}
		want := naiveScores(m, asOf)
		for i, p := range m.people {
			for _, name := range scoredNames {
				got, err := v.Value(contact.ID(p.id), name)
				if err != nil {
					t.Fatal(err)
				}
				if got.String() != want[i][name] {
					t.Fatalf("%s of %d is %q, want %q", name, p.id, got.String(), want[i][name])
				}
			}
		}
	})
}

// naiveScores is docs/conditions.md, as plainly as can be.
func naiveScores(m *memory, asOf time.Time) []map[string]string {
	local := asOf.In(paris)
	today := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, paris)
	begin := time.Date(local.Year(), local.Month(), local.Day()-m.schema.Scores.RFM.Days, 0, 0, 0, 0, paris)
	midday := func(t time.Time) time.Time {
		t = t.In(paris)
		return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, time.UTC)
	}
	measures := make([]map[string]float64, len(m.people))
	out := make([]map[string]string, len(m.people))
	for i, p := range m.people {
		sums, raw := map[time.Time]float64{}, 0.0
		seen := map[string]bool{}
		for _, e := range p.events {
			if !e.at.Before(today) {
				continue
			}
			if key := e.event + e.at.String(); !seen[key] {
				seen[key] = true
				weight := map[string]float64{"order_placed": 10, "email_opened": 1}[e.event]
				raw += weight * math.Pow(2, -today.Sub(e.at).Hours()/24/m.schema.Scores.Engagement.HalfLife)
			}
			if e.event == "order_placed" && !e.at.Before(begin) {
				f, _ := e.value.Decimal().Float64()
				sums[e.at] += math.Round(f * 100)
			}
		}
		measures[i] = map[string]float64{}
		times, money, last := 0, 0.0, time.Time{}
		for at, sum := range sums {
			money += sum
			if sum >= 0 {
				times++
				if at.After(last) {
					last = at
				}
			}
		}
		if times > 0 {
			measures[i][contact.RFMRecency] = -math.Round(midday(today).Sub(midday(last)).Hours() / 24)
			measures[i][contact.RFMFrequency] = float64(times)
			measures[i][contact.RFMMonetary] = money
		}
		score := math.Round(1000*(1-math.Pow(2, -raw/10))) / 10
		out[i] = map[string]string{contact.EngagementScore: fmt.Sprint(score)}
	}
	for i, own := range measures {
		for name, v := range own {
			less, all := 0, 0
			for _, other := range measures {
				if w, ok := other[name]; ok {
					all++
					if w < v {
						less++
					}
				}
			}
			out[i][name] = fmt.Sprint(1 + min(less*5/all, 4))
		}
		if r := out[i][contact.RFMRecency]; r != "" {
			out[i][contact.RFMRegion] = regionByRule(r, out[i][contact.RFMFrequency])
		}
	}
	return out
}

// regionByRule is the map as people write it down: by recency and frequency.
func regionByRule(r, f string) string {
	in := func(s, of string) bool { return strings.Contains(of, s) }
	switch {
	case r == "1" && f == "1":
		return "lost"
	case in(r, "12") && in(f, "12"):
		return "hibernating"
	case in(r, "12") && in(f, "34"):
		return "at risk"
	case in(r, "12"):
		return "cannot lose"
	case r == "3" && in(f, "12"):
		return "about to sleep"
	case r == "3" && f == "3":
		return "need attention"
	case in(r, "34") && in(f, "45"):
		return "loyal"
	case r == "4" && f == "1":
		return "promising"
	case r == "5" && f == "1":
		return "new"
	case in(r, "45") && in(f, "23"):
		return "potential loyalists"
	}
	return "champions"
}
