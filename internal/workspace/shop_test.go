package workspace_test

import (
	"compress/gzip"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/workspace"
)

// shopper is a customer of the real shop as the files have them.
type shopper struct {
	id      int64
	email   string
	country string
	seen    time.Time
	lines   []line
}

type line struct {
	order, sku, product string
	at                  time.Time
	quantity            int64
	price, value        *big.Rat
	raw                 []string
}

func records(t testing.TB, name string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", name))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the shop's data, %s, are not here", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(z).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func rat(t testing.TB, s string) *big.Rat {
	v, ok := new(big.Rat).SetString(s)
	if !ok {
		t.Fatalf("no number: %q", s)
	}
	return v
}

// readShop reads the files without any of the program.
func readShop(t testing.TB) []*shopper {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04:05", s, london)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	var all []*shopper
	byEmail := map[string]*shopper{}
	for i, r := range records(t, "shop_contacts.csv.gz") {
		s := &shopper{id: int64(i + 1), email: r[0], country: r[2], seen: at(r[3])}
		all, byEmail[r[0]] = append(all, s), s
	}
	for _, r := range records(t, "shop_orders.csv.gz") {
		q, err := strconv.ParseInt(r[5], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		s := byEmail[r[0]]
		s.lines = append(s.lines, line{order: r[1], at: at(r[2]), sku: r[3], product: r[4], quantity: q, price: rat(t, r[6]), value: rat(t, r[7]), raw: r})
	}
	return all
}

// openShop makes a workspace that holds the shop, by SQL alone.
func openShop(t testing.TB, all []*shopper, asOf time.Time) *workspace.Workspace {
	t.Helper()
	ctx := context.Background()
	w, err := workspace.Create(ctx, filepath.Join(t.TempDir(), "shop.mailwright"),
		store.Options{Name: "Shop", Zone: "Europe/London", Currency: "GBP"},
		workspace.Options{Now: func() time.Time { return asOf }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	err = w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error { return insertShop(tx, all) })
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func insertShop(tx *store.Tx, all []*shopper) error {
	country, _, _, err := tx.AttributeID(contact.Attribute{Name: "country", Label: "Country", Type: contact.Text}, 0, false)
	if err != nil {
		return err
	}
	for _, q := range []string{
		`INSERT INTO event_types (id, name, value_type) VALUES (1, 'order_placed', 'money')`,
		`INSERT INTO event_properties (type_id, name, type) VALUES (1,'order_id','text'), (1,'sku','text'), (1,'product','text'), (1,'quantity','number'), (1,'unit_price','number')`,
	} {
		if _, err := tx.Exec(q); err != nil {
			return err
		}
	}
	person, err := tx.Prepare(`INSERT INTO contacts (id, email, source, created_at, updated_at) VALUES (?, ?, 'import', ?, 0)`)
	if err != nil {
		return err
	}
	value, err := tx.Prepare(`INSERT INTO contact_values (attribute_id, contact_id, value) VALUES (?, ?, ?)`)
	if err != nil {
		return err
	}
	key := int64(0)
	var rows []store.EventRow
	for _, s := range all {
		if _, err := person.Exec(s.id, s.email, s.seen.UnixMilli()); err != nil {
			return err
		}
		if _, err := value.Exec(country, s.id, s.country); err != nil {
			return err
		}
		for _, l := range s.lines {
			key++
			pence := new(big.Rat).Mul(l.value, big.NewRat(100, 1))
			rows = append(rows, store.EventRow{Type: 1, Contact: s.id, At: l.at.UnixMilli(), Value: pence.Num().Int64(), Properties: propertiesOf(l), Key: key})
		}
	}
	if _, _, _, err := tx.InsertEvents(0, rows); err != nil {
		return err
	}
	for _, kind := range []string{store.ChangedSchema, store.ChangedContacts, store.ChangedEvents} {
		if err := tx.LogChange(kind, "", ""); err != nil {
			return err
		}
	}
	return nil
}

func propertiesOf(l line) string {
	quoted := func(s string) string { b, _ := json.Marshal(s); return string(b) }
	return `{"order_id":` + quoted(l.order) + `,"sku":` + quoted(l.sku) + `,"product":` + quoted(l.product) +
		`,"quantity":` + l.raw[5] + `,"unit_price":` + l.raw[6] + `}`
}

// count, sum and distinct are the whole of what the expectations need.
func count(s *shopper, f func(line) bool) (n int) {
	for _, l := range s.lines {
		if f(l) {
			n++
		}
	}
	return n
}

func sum(s *shopper, f func(line) bool) *big.Rat {
	total := new(big.Rat)
	for _, l := range s.lines {
		if f(l) {
			total.Add(total, l.value)
		}
	}
	return total
}

func distinct(s *shopper, f func(line) bool, of func(line) string) int {
	seen := map[string]bool{}
	for _, l := range s.lines {
		if f(l) {
			seen[strings.ToLower(of(l))] = true
		}
	}
	return len(seen)
}

// Counts and members on the real shop are those of plain computation over its
// files, for every kind of node, at an instant at which every case says something and
// on the days on which London's clocks change.
func TestShopToThePerson(t *testing.T) {
	if testing.Short() {
		t.Skip("reads the real shop, which takes a minute under the race detector")
	}
	all := readShop(t)
	london := all[0].seen.Location()
	main := time.Date(2011, 11, 15, 12, 50, 0, 0, london)
	w := openShop(t, all, main)
	if err := w.Store.Write(context.Background(), store.Normal, func(tx *store.Tx) error { return addPermissions(tx, all) }); err != nil {
		t.Fatal(err)
	}
	for _, asOf := range []time.Time{
		main,
		time.Date(2011, 3, 27, 2, 30, 0, 0, london),
		time.Date(2011, 6, 1, 0, 0, 0, 0, london),
		time.Date(2011, 10, 30, 1, 30, 0, 0, london),
	} {
		t.Run(asOf.Format(time.RFC3339), func(t *testing.T) { compareShop(t, w, all, asOf, asOf.Equal(main)) })
	}
}

// compareShop answers every case at an instant; telling cases have some people and
// not all.
func compareShop(t *testing.T, w *workspace.Workspace, all []*shopper, asOf time.Time, telling bool) {
	view, err := w.Audience.At(context.Background(), asOf)
	if err != nil {
		t.Fatal(err)
	}
	past := func(l line) bool { return !l.at.After(asOf) }
	last := func(days int) func(line) bool {
		from := asOf.Add(-time.Duration(days) * 24 * time.Hour)
		return func(l line) bool { return past(l) && !l.at.Before(from) }
	}
	both := func(f, g func(line) bool) func(line) bool { return func(l line) bool { return f(l) && g(l) } }
	pounds := func(n int64) *big.Rat { return big.NewRat(n, 1) }
	cancelled := func(l line) bool { return strings.HasPrefix(l.order, "C") }
	product := func(part string) func(line) bool {
		return func(l line) bool { return strings.Contains(strings.ToLower(l.product), part) }
	}
	cases := append(shopCases(asOf, past, last, both, pounds, cancelled, product), permissionCases(asOf)...)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			n, err := condition.Parse([]byte(c.condition))
			if err != nil {
				t.Fatal(err)
			}
			got, err := view.Members(context.Background(), n)
			if err != nil {
				t.Fatal(err)
			}
			want := []contact.ID{}
			for _, s := range all {
				if c.want(s) {
					want = append(want, contact.ID(s.id))
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%d people, want %d", len(got), len(want))
			}
			if telling && (len(want) == 0 || len(want) == len(all)) {
				t.Errorf("the case says nothing: %d of %d", len(want), len(all))
			}
		})
	}
}

type shopCase struct {
	name, condition string
	want            func(s *shopper) bool
}

func shopCases(asOf time.Time, past func(line) bool, last func(int) func(line) bool,
	both func(f, g func(line) bool) func(line) bool, pounds func(int64) *big.Rat,
	cancelled func(line) bool, product func(string) func(line) bool) []shopCase {
	sku := func(l line) string { return l.sku }
	in := func(s *shopper, of ...string) bool { return slices.Contains(of, s.country) }
	month := func(from, to string) func(line) bool {
		return func(l line) bool {
			d := l.at.Format(time.DateOnly)
			return past(l) && d >= from && d <= to
		}
	}
	return []shopCase{
		{"in two countries", `{"kind":"attribute","attribute":"country","op":"in","values":["france","GERMANY "]}`,
			func(s *shopper) bool { return in(s, "France", "Germany") }},
		{"not in Britain", `{"kind":"attribute","attribute":"country","op":"is_not","value":"united kingdom"}`,
			func(s *shopper) bool { return !in(s, "United Kingdom") }},
		{"bought twice in 90 days", `{"kind":"event","event":"order_placed","op":"gte","value":2,"window":{"last":90,"unit":"day"}}`,
			func(s *shopper) bool { return count(s, last(90)) >= 2 }},
		{"did not buy in 90 days", `{"kind":"event","event":"order_placed","op":"eq","value":0,"window":{"last":90,"unit":"day"}}`,
			func(s *shopper) bool { return count(s, last(90)) == 0 }},
		{"spent 1,000 in all", `{"kind":"event","event":"order_placed","measure":"sum","op":"gte","value":1000}`,
			func(s *shopper) bool { return sum(s, past).Cmp(pounds(1000)) >= 0 }},
		{"took back as much as they bought", `{"kind":"event","event":"order_placed","measure":"sum","op":"lte","value":0}`,
			func(s *shopper) bool { return sum(s, past).Sign() <= 0 }},
		{"five different things with a heart", `{"kind":"event","event":"order_placed","measure":"distinct","property":"sku","op":"gte","value":5,"where":[{"property":"product","op":"contains","value":"Heart"}]}`,
			func(s *shopper) bool { return distinct(s, both(past, product("heart")), sku) >= 5 }},
		{"cancelled something in October", `{"kind":"event","event":"order_placed","window":{"from":"2011-10-01","to":"2011-10-31"},"where":[{"property":"order_id","op":"starts_with","value":"c"},{"property":"quantity","op":"lt","value":0}]}`,
			func(s *shopper) bool {
				return count(s, both(month("2011-10-01", "2011-10-31"), func(l line) bool { return cancelled(l) && l.quantity < 0 })) > 0
			}},
		{"orders on the day that is as_of's", `{"kind":"event","event":"order_placed","window":{"from":"2011-11-15"}}`,
			func(s *shopper) bool { return count(s, month("2011-11-15", "2011-11-15")) > 0 }},
		{"last bought 30 to 60 days ago", `{"kind":"event","event":"order_placed","measure":"days_since_last","op":"between","value":30,"to":60}`,
			func(s *shopper) bool {
				return count(s, both(past, func(l line) bool { return asOf.Sub(l.at) < 30*24*time.Hour })) == 0 &&
					count(s, both(past, func(l line) bool { return asOf.Sub(l.at) <= 60*24*time.Hour })) > 0
			}},
		{"first bought over 300.5 days ago", `{"kind":"event","event":"order_placed","measure":"days_since_first","op":"gt","value":300.5}`,
			func(s *shopper) bool {
				return count(s, func(l line) bool { return asOf.Sub(l.at) > 7212*time.Hour }) > 0
			}},
		{"line worth 20 on average, of sales", `{"kind":"event","event":"order_placed","measure":"avg","op":"gte","value":20,"where":[{"property":"quantity","op":"gt","value":0}]}`,
			func(s *shopper) bool {
				sale := both(past, func(l line) bool { return l.quantity > 0 })
				n := count(s, sale)
				return n > 0 && sum(s, sale).Cmp(pounds(int64(20*n))) >= 0
			}},
		{"cheapest thing exactly 0.42", `{"kind":"event","event":"order_placed","measure":"min","property":"unit_price","op":"eq","value":0.42}`,
			func(s *shopper) bool {
				price := big.NewRat(42, 100)
				return count(s, past) > 0 && count(s, both(past, func(l line) bool { return l.price.Cmp(price) < 0 })) == 0 &&
					count(s, both(past, func(l line) bool { return l.price.Cmp(price) == 0 })) > 0
			}},
		{"never more than 100 for a line", `{"kind":"event","event":"order_placed","measure":"max","op":"lte","value":100}`,
			func(s *shopper) bool {
				return count(s, past) > 0 && count(s, both(past, func(l line) bool { return l.value.Cmp(pounds(100)) > 0 })) == 0
			}},
		{"nested: good, quiet, abroad, no postage", `{"kind":"all","children":[
			{"kind":"event","event":"order_placed","measure":"sum","op":"gt","value":300.30},
			{"kind":"any","children":[
				{"kind":"event","event":"order_placed","op":"eq","value":0,"window":{"last":2,"unit":"month"}},
				{"kind":"event","event":"order_placed","measure":"distinct","property":"sku","op":"lt","value":10,"window":{"last":26,"unit":"week"}}]},
			{"kind":"none","children":[
				{"kind":"attribute","attribute":"country","op":"is","values":["France","Germany","Spain"]},
				{"kind":"event","event":"order_placed","where":[{"any":[{"property":"sku","op":"is","value":"post"},{"property":"product","op":"ends_with","value":"postage"}]}]}]}]}`,
			func(s *shopper) bool {
				months := asOf.AddDate(0, -2, 0)
				quiet := count(s, func(l line) bool { return past(l) && !l.at.Before(months) }) == 0
				few := distinct(s, last(26*7), sku) < 10
				post := count(s, both(past, func(l line) bool {
					return strings.EqualFold(l.sku, "POST") || strings.HasSuffix(strings.ToLower(strings.TrimSpace(l.product)), "postage")
				})) > 0
				return sum(s, past).Cmp(big.NewRat(30030, 100)) > 0 && (quiet || few) && !in(s, "France", "Germany", "Spain") && !post
			}},
		{"before half a year ago, but not since", `{"kind":"all","children":[
			{"kind":"event","event":"order_placed","window":{"before_last":6,"unit":"month"}},
			{"kind":"none","children":[{"kind":"event","event":"order_placed","window":{"last":6,"unit":"month"}}]}]}`,
			func(s *shopper) bool {
				half := asOf.AddDate(0, -6, 0)
				return count(s, func(l line) bool { return l.at.Before(half) }) > 0 &&
					count(s, func(l line) bool { return past(l) && !l.at.Before(half) }) == 0
			}},
		{"neither bags nor boxes, sold dear", `{"kind":"event","event":"order_placed","op":"between","value":3,"to":8,"where":[
			{"none":[{"property":"product","op":"contains","values":["bag","box"]}]},{"property":"unit_price","op":"between","value":4.95,"to":12.75}]}`,
			func(s *shopper) bool {
				low, high := big.NewRat(495, 100), big.NewRat(1275, 100)
				n := count(s, both(past, func(l line) bool {
					return !product("bag")(l) && !product("box")(l) && l.price.Cmp(low) >= 0 && l.price.Cmp(high) <= 0
				}))
				return n >= 3 && n <= 8
			}},
		{"known since summer", `{"kind":"attribute","attribute":"contact.created_at","op":"between","value":"2011-06-01","to":"2011-08-31"}`,
			func(s *shopper) bool {
				d := s.seen.Format(time.DateOnly)
				return d >= "2011-06-01" && d <= "2011-08-31"
			}},
		{"bought, then cancelled within a week", `{"kind":"sequence","steps":[
			{"event":"order_placed","where":[{"property":"quantity","op":"gt","value":0}]},
			{"event":"order_placed","within":{"last":1,"unit":"week"},"where":[{"property":"order_id","op":"starts_with","value":"C"}]}]}`,
			func(s *shopper) bool {
				return count(s, both(past, func(a line) bool {
					return a.quantity > 0 && count(s, both(past, func(b line) bool {
						return cancelled(b) && b.quantity < 0 && !b.at.Before(a.at) && b.at.Sub(a.at) <= 7*24*time.Hour
					})) > 0
				})) > 0
			}},
	}
}
