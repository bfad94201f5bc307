package audience_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

// The size of the made-up workspace; -contacts=1000000 -events=20000000 is the
// design's bar.
var (
	benchContacts = flag.Int("contacts", 100_000, "contacts of the benchmarks")
	benchEvents   = flag.Int("events", 2_000_000, "events of the benchmarks")
)

var benchNow = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

// crowd is a source that makes its rows up as it is read, the same each time.
type crowd struct {
	memory
	contacts, events int
	reading          sync.Mutex
	reads            map[string]int // how often the events of a type were read
}

func newCrowd(contacts, events int) *crowd {
	c := &crowd{contacts: contacts, events: events, reads: map[string]int{}}
	c.schema = contact.Schema{
		Attributes: map[string]contact.Attribute{
			"email": contact.Derived[0], "first_name": {Name: "first_name", Type: contact.Text},
			"country": {Name: "country", Type: contact.Text}, "spent": {Name: "spent", Type: contact.Money},
			"birthday": {Name: "birthday", Type: contact.DateType},
		},
		Events: map[string]contact.EventType{
			"order_placed": {Name: "order_placed", ValueType: contact.Money, Properties: []contact.Property{
				{Name: "sku", Type: contact.Text}, {Name: "category", Type: contact.Text}, {Name: "quantity", Type: contact.Number}}},
			"email_opened": {Name: "email_opened"},
		},
		Purposes: []string{"marketing"}, Currency: contact.Currency{Code: "EUR", Decimals: 2}, Zone: time.UTC,
	}
	return c
}

func (c *crowd) ContactRows(_ context.Context, f func(id int64, email, externalID, source string, createdAt int64)) (int64, error) {
	for i := range c.contacts {
		f(int64(i+1), fmt.Sprintf("person.%d@example%d.org", i, i%50), "", "import", 0)
	}
	return 0, nil
}

func (c *crowd) AttributeRows(_ context.Context, name string, f func(id int64, value any)) (int64, error) {
	r := rand.New(rand.NewPCG(1, uint64(len(name))))
	for i := range c.contacts {
		switch name {
		case "first_name":
			f(int64(i+1), "Name"+strconv.Itoa(r.IntN(5000)))
		case "country":
			f(int64(i+1), []string{"France", "Germany", "Spain", "Italy", "Iceland"}[r.IntN(5)])
		case "spent":
			f(int64(i+1), int64(r.IntN(100_000)))
		case "birthday":
			f(int64(i+1), int64(r.IntN(20_000)))
		}
	}
	return 0, nil
}

// share is the part of the events that are orders.
func (c *crowd) share(event string) int {
	if event == "order_placed" {
		return c.events / 2
	}
	return c.events - c.events/2
}

func (c *crowd) EventRows(_ context.Context, event string, part func(i int) func(contact, at, id int64, value any)) (int64, error) {
	c.reading.Lock()
	c.reads[event]++
	c.reading.Unlock()
	r := rand.New(rand.NewPCG(2, uint64(len(event))))
	add := part(0)
	n, id := c.share(event), int64(0)
	for i := range c.contacts {
		count := r.IntN(2*n/c.contacts + 1)
		at := benchNow.UnixMilli() - int64(count+1)*36*86_400_000
		for range count {
			id++
			at += int64(r.IntN(72 * 86_400_000))
			add(int64(i+1), at, id, int64(r.IntN(20_000)))
		}
	}
	return 0, nil
}

func (c *crowd) EventProperties(_ context.Context, event string, _, _ int64, part func(i int) func(id int64, properties string)) (int64, error) {
	r := rand.New(rand.NewPCG(3, uint64(len(event))))
	add := part(0)
	for id := range c.share(event) {
		sku := r.IntN(3000)
		add(int64(id+1), fmt.Sprintf(`{"sku":"SKU-%d","category":"Category %d","quantity":%d}`, sku, sku%12, r.IntN(9)+1))
	}
	return 0, nil
}

var benchConditions = []struct{ name, text string }{
	{"attribute", `{"kind":"attribute","attribute":"country","op":"in","values":["France","Germany"]}`},
	{"email_contains", `{"kind":"attribute","attribute":"email","op":"contains","value":"77@example7"}`},
	{"count", `{"kind":"event","event":"order_placed","op":"gte","value":2,"window":{"last":90,"unit":"day"}}`},
	{"never", `{"kind":"event","event":"order_placed","op":"eq","value":0,"window":{"last":90,"unit":"day"}}`},
	{"sum", `{"kind":"event","event":"order_placed","measure":"sum","op":"gte","value":500.50}`},
	{"sum_window", `{"kind":"event","event":"order_placed","measure":"sum","op":"gte","value":100,"window":{"last":6,"unit":"month"}}`},
	{"avg", `{"kind":"event","event":"order_placed","measure":"avg","op":"lt","value":99.99}`},
	{"max", `{"kind":"event","event":"order_placed","measure":"max","op":"gt","value":190}`},
	{"distinct", `{"kind":"event","event":"order_placed","measure":"distinct","property":"sku","op":"gte","value":3,"window":{"last":365,"unit":"day"}}`},
	{"distinct_number", `{"kind":"event","event":"order_placed","measure":"distinct","property":"quantity","op":"gte","value":5}`},
	{"days_since", `{"kind":"event","event":"email_opened","measure":"days_since_last","op":"lte","value":30}`},
	{"where_text", `{"kind":"event","event":"order_placed","op":"gte","value":2,"where":[{"property":"category","op":"is","value":"category 3"}]}`},
	{"where_two", `{"kind":"event","event":"order_placed","measure":"sum","op":"gte","value":100,"where":[{"property":"sku","op":"contains","value":"9"},{"property":"quantity","op":"gt","value":3}]}`},
	{"bucket", `{"kind":"bucket","salt":"a","from":0,"to":5000}`},
	{"sequence", `{"kind":"sequence","steps":[{"event":"email_opened"},{"event":"order_placed","within":{"last":2,"unit":"day"}}],"window":{"last":90,"unit":"day"}}`},
	{"nested", `{"kind":"all","children":[{"kind":"attribute","attribute":"country","op":"is_not","value":"Spain"},
		{"kind":"any","children":[{"kind":"event","event":"order_placed","measure":"sum","op":"gte","value":500},{"kind":"attribute","attribute":"spent","op":"gt","value":700}]},
		{"kind":"none","children":[{"kind":"event","event":"order_placed","window":{"last":60,"unit":"day"}},{"kind":"attribute","attribute":"birthday","op":"anniversary_in_next","value":7,"unit":"day"}]}]}`},
}

// BenchmarkCount answers with loaded columns and without kept answers: what one
// edit of a condition costs.
func BenchmarkCount(b *testing.B) {
	ctx := context.Background()
	v, err := audience.New(newCrowd(*benchContacts, *benchEvents)).At(ctx, benchNow)
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range benchConditions {
		n, err := condition.Parse([]byte(c.text))
		if err != nil {
			b.Fatal(err)
		}
		count, err := v.Count(ctx, n)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				v.Forget()
				if _, err := v.Count(ctx, n); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(count), "people")
		})
	}
	b.Run("search", func(b *testing.B) {
		for b.Loop() {
			if _, err := v.Find(ctx, audience.Query{Search: "name12 example3", Sort: "first_name", Limit: 100}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
