package demo

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/store"
)

// The types of events, as indexes of eventTypes.
const (
	visited = iota
	viewed
	carted
	ordered
	returned
	opened
	clicked
	reviewed
	kinds
)

var productProperties = []contact.Property{{Name: "category", Type: contact.Text}, {Name: "product", Type: contact.Text}, {Name: "sku", Type: contact.Text}}

func withProduct(more ...contact.Property) []contact.Property {
	return append(slices.Clone(productProperties), more...)
}

// eventTypes are what people do in the shop.
var eventTypes = [kinds]contact.EventType{
	visited: {Name: "site_visited", Properties: []contact.Property{{Name: "source", Type: contact.Text}}},
	viewed:  {Name: "product_viewed", Properties: withProduct()},
	carted:  {Name: "cart_updated", ValueType: contact.Money, Properties: withProduct(contact.Property{Name: "quantity", Type: contact.Number})},
	ordered: {Name: "order_placed", ValueType: contact.Money, Properties: withProduct(contact.Property{Name: "order_id", Type: contact.Text},
		contact.Property{Name: "quantity", Type: contact.Number}, contact.Property{Name: "unit_price", Type: contact.Money})},
	returned: {Name: "order_returned", ValueType: contact.Money, Properties: withProduct(contact.Property{Name: "order_id", Type: contact.Text},
		contact.Property{Name: "reason", Type: contact.Text})},
	opened:   {Name: "email_opened", Properties: []contact.Property{{Name: "campaign", Type: contact.Text}}},
	clicked:  {Name: "email_clicked", Properties: []contact.Property{{Name: "campaign", Type: contact.Text}}},
	reviewed: {Name: "review_written", Properties: withProduct(contact.Property{Name: "stars", Type: contact.Number})},
}

// item is a product as events name it.
type item struct {
	sku, title, category string
	cents                int64
}

// life collects what one person did.
type life struct {
	m    *maker
	r    *rand.Rand
	who  person
	left int // events that may still be made up
	rows *[kinds][]store.EventRow
}

// live makes up quota events of a person. Visits are spread over the time the
// person was there; what does not fill a visit becomes page visits.
func (m *maker) live(r *rand.Rand, who person, quota int, rows *[kinds][]store.EventRow) {
	l := &life{m: m, r: r, who: who, left: quota, rows: rows}
	from := [kinds]int{}
	for k := range rows {
		from[k] = len(rows[k])
	}
	if who.cart && quota >= 6 {
		l.leaveCart()
	}
	bought := who.habit.buys == 0
	for l.left > 0 {
		at := l.moment()
		switch n := r.IntN(100); {
		case n < 22:
			l.read(at)
		case !bought || n < 22+who.habit.buys*3/4:
			// Whoever is a customer has bought at least once.
			l.buy(at)
			bought = true
		default:
			l.browse(at)
		}
	}
	for k := range rows {
		slices.SortStableFunc(rows[k][from[k]:], func(a, b store.EventRow) int { return cmp.Compare(a.At, b.At) })
	}
}

// moment gives an instant at which the person was there: more in the evening, more
// before Christmas, never later than now.
func (l *life) moment() time.Time {
	for {
		at := between(l.r, l.who.joined, l.who.last).In(l.m.zone)
		hour := []int{8, 9, 10, 12, 13, 14, 17, 18, 19, 20, 20, 21, 21, 22}[l.r.IntN(14)]
		at = time.Date(at.Year(), at.Month(), at.Day(), hour, l.r.IntN(60), l.r.IntN(60), 0, l.m.zone)
		if at.After(l.m.now) || at.Before(l.who.joined) {
			at = between(l.r, l.who.joined, l.who.last).Truncate(time.Second)
		}
		season := at.Month() >= time.November || at.Month() == time.May
		if season || l.r.IntN(10) < 7 {
			return at.UTC()
		}
	}
}

func (l *life) add(kind int, at time.Time, cents any, properties map[string]any) {
	if l.left == 0 {
		return
	}
	l.left--
	l.m.key++
	text, _ := json.Marshal(properties) // texts and numbers only
	l.rows[kind] = append(l.rows[kind], store.EventRow{Type: l.m.types[kind], Contact: int64(l.who.id), At: at.UnixMilli(), Value: cents, Properties: string(text), Key: l.m.key})
}

func (l *life) choose() item {
	for range 12 {
		g := l.m.goods[l.r.IntN(len(l.m.goods))]
		// Some sell better than others, and people keep to what they like.
		liked := g.category == l.who.tastes[0] || g.category == l.who.tastes[1]
		if liked || l.r.IntN(6) == 0 {
			return g
		}
	}
	return l.m.goods[l.r.IntN(len(l.m.goods))]
}

func (g item) properties() map[string]any {
	return map[string]any{"sku": g.sku, "product": g.title, "category": g.category}
}

func (g item) with(name string, value any) map[string]any {
	p := g.properties()
	p[name] = value
	return p
}

func (l *life) visit(at time.Time) {
	l.add(visited, at, nil, map[string]any{"source": pick(l.r, []string{"direct", "search", "search", "e-mail", "social", "social"})})
}

func (l *life) browse(at time.Time) {
	l.visit(at)
	for i := range l.r.IntN(4) {
		g := l.choose()
		l.add(viewed, at.Add(time.Duration(i*40+20)*time.Second), nil, g.properties())
		if i > 0 && l.r.IntN(6) == 0 {
			l.add(carted, at.Add(time.Duration(i*40+35)*time.Second), g.cents, g.with("quantity", 1))
		}
	}
}

func (l *life) read(at time.Time) {
	letter := map[string]any{"campaign": at.Format("January 2006") + " letter"}
	if l.r.IntN(100) >= l.who.reads {
		l.browse(at)
		return
	}
	l.add(opened, at, nil, letter)
	if l.r.IntN(3) == 0 {
		l.add(clicked, at.Add(30*time.Second), nil, letter)
		l.browse(at.Add(time.Minute))
	}
}

// buy makes a visit that ends with an order; where there is no room for all of
// it, it ends as a visit.
func (l *life) buy(at time.Time) {
	lines := 1 + l.r.IntN(max(l.who.habit.lines, 1))
	if l.left < lines+1 {
		l.browse(at)
		return
	}
	if l.left > lines+3 {
		l.visit(at.Add(-10 * time.Minute))
	}
	l.m.order++
	order := fmt.Sprintf("T%d", l.m.order)
	var first item
	for i := range lines {
		g, quantity := l.choose(), int64(1)
		if i == 0 {
			first = g
		}
		if l.r.IntN(5) == 0 {
			quantity = int64(2 + l.r.IntN(3))
		}
		p := g.with("order_id", order)
		p["quantity"], p["unit_price"] = quantity, json.Number(fmt.Sprintf("%d.%02d", g.cents/100, g.cents%100))
		l.add(ordered, at, g.cents*quantity, p)
	}
	if later := at.Add(9 * day); later.Before(l.m.now) {
		switch l.r.IntN(22) {
		case 0:
			p := first.with("order_id", order)
			p["reason"] = pick(l.r, []string{"broken on arrival", "not as expected", "wrong colour", "gift, had one already"})
			l.add(returned, later, first.cents, p)
		case 1, 2:
			l.add(reviewed, later, nil, first.with("stars", 3+l.r.IntN(3)))
		}
	}
}

// leaveCart makes a visit of the last four weeks, their last, that ended with a
// full cart.
func (l *life) leaveCart() {
	at := l.m.now.Add(-time.Duration(2+l.r.IntN(28*24)) * time.Hour).Truncate(time.Second)
	if at.Before(l.who.joined) {
		return
	}
	l.who.last = at.Add(-time.Hour)
	if l.who.last.Before(l.who.joined) {
		l.who.last = l.who.joined
	}
	l.visit(at.Add(-6 * time.Minute))
	for i := range 1 + l.r.IntN(3) {
		g := l.choose()
		l.add(viewed, at.Add(-time.Duration(5-i)*time.Minute), nil, g.properties())
		l.add(carted, at, g.cents, g.with("quantity", 1))
	}
}
