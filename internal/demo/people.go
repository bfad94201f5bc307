package demo

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/govalues/decimal"
	"golang.org/x/text/unicode/norm"

	"github.com/mailwright/mailwright/internal/civil"
	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/contact"
)

// extra are the shop's own attributes.
var extra = []contact.Attribute{
	{Name: "loyalty_tier", Label: "Loyalty tier", Type: contact.Text},
	{Name: "points", Label: "Points", Type: contact.Number},
	{Name: "store_credit", Label: "Store credit", Type: contact.Money},
	{Name: "interests", Label: "Interests", Type: contact.List},
	{Name: "gift_wrapping", Label: "Likes gift wrapping", Type: contact.Boolean},
}

// habit is how a kind of customer behaves.
type habit struct {
	name   string
	share  int     // of a hundred customers
	weight float64 // how much they do
	buys   int     // of a hundred visits
	lines  int     // most lines of an order
	since  int     // days ago they came at the earliest …
	until  int     // … and at the latest
	gone   int     // days since which they have not been seen; 0 for still here
}

// habits are the kinds of customers. Shares add up to 100.
var habits = []habit{
	{"vip", 4, 4.5, 42, 5, 760, 300, 0},
	{"regular", 24, 1.7, 24, 3, 740, 120, 0},
	{"occasional", 27, 0.8, 18, 2, 720, 60, 0},
	{"once", 14, 0.35, 30, 2, 700, 30, 0},
	{"visitor", 13, 0.45, 0, 0, 600, 10, 0},
	{"dormant", 12, 0.8, 26, 3, 760, 420, 210},
	{"new", 6, 0.3, 22, 2, 28, 1, 0},
}

// person is one made-up customer.
type person struct {
	id         contact.ID
	email      string
	number     string
	source     string
	joined     time.Time
	last       time.Time // the last instant they were seen
	habit      habit
	home       place
	tastes     [2]string // the categories they like
	reads      int       // of a hundred e-mails, how many they open
	cart       bool      // the last they did was to leave a cart
	values     []value
	consents   []consent.Entry
	suppressed string
}

type value struct {
	name  string
	value contact.Value
}

func (p *person) set(name string, v contact.Value) { p.values = append(p.values, value{name, v}) }

func (p *person) text(name, v string) { p.set(name, contact.TextValue(v)) }

// habitOf is the first thing that chance decides of a person.
func (m *maker) habitOf(r *rand.Rand) habit {
	n := r.IntN(100)
	for _, h := range habits {
		if n -= h.share; n < 0 {
			return h
		}
	}
	return habits[0]
}

// person makes up the i-th person.
func (m *maker) person(r *rand.Rand, i int) person {
	p := person{habit: m.habitOf(r), number: fmt.Sprintf("TF-%06d", i+1), source: pick(r, []string{"web shop", "web shop", "web shop", "newsletter", "market stall"})}
	n := r.IntN(100)
	for _, h := range places {
		if n -= h.share; n < 0 {
			p.home = h
			break
		}
	}
	ago := p.habit.until + r.IntN(p.habit.since-p.habit.until)
	p.joined = m.now.Add(-time.Duration(ago) * day).Add(-time.Duration(r.IntN(86_400)) * time.Second).Truncate(time.Second)
	p.last = m.now.Add(-time.Duration(r.Int64N(int64(24 * day))))
	if p.habit.gone > 0 {
		p.last = m.now.Add(-time.Duration(p.habit.gone+r.IntN(200)) * day)
	}
	if p.last.Before(p.joined) {
		p.last = p.joined.Add(m.now.Sub(p.joined) / 2)
	}
	p.tastes = [2]string{pick(r, shelves).name, pick(r, shelves).name}
	p.reads = 10 + r.IntN(60)
	p.cart = p.habit.gone == 0 && r.IntN(8) == 0
	m.describe(r, &p)
	p.consents = m.consents(r, p.joined)
	if r.IntN(150) == 0 {
		p.suppressed = pick(r, []string{"bounced", "bounced", "complained"})
	}
	return p
}

// describe gives a person a name, an address and what the shop knows of them.
// Some of it is missing, as in every real list.
func (m *maker) describe(r *rand.Rand, p *person) {
	first, last := pick(r, p.home.first), pick(r, p.home.last)
	p.email = m.address(r, first, last)
	if r.IntN(100) >= 8 {
		p.text("first_name", first)
	}
	if r.IntN(100) >= 4 {
		p.text("last_name", last)
	}
	if r.IntN(100) >= 3 {
		p.text("country", p.home.country)
		p.text("city", pick(r, p.home.cities))
		p.text("language", p.home.language)
		p.text("timezone", p.home.zone)
	}
	if r.IntN(100) < 70 {
		p.text("postal_code", fill(r, p.home.postal))
	}
	if r.IntN(100) < 45 {
		p.text("phone", p.home.dial+strconv.Itoa(100_000_000+r.IntN(899_999_999)))
	}
	if r.IntN(100) < 62 {
		born := m.now.AddDate(-18-r.IntN(60), 0, -r.IntN(365))
		p.set("birthday", contact.DateValue(civil.DateOf(born, time.UTC)))
	}
	tier, points := "", 0
	switch p.habit.name {
	case "vip":
		tier, points = "gold", 900+r.IntN(2_600)
	case "regular":
		tier, points = "silver", 150+r.IntN(700)
	case "occasional", "dormant":
		tier, points = "bronze", r.IntN(200)
	}
	if tier != "" {
		p.text("loyalty_tier", tier)
		p.set("points", contact.NumberValue(decimal.MustNew(int64(points), 0)))
	}
	if r.IntN(12) == 0 {
		p.set("store_credit", contact.MoneyValue(decimal.MustNew(int64(5+r.IntN(60))*50, 2)))
	}
	if r.IntN(100) < 55 {
		interests := []string{p.tastes[0]}
		if p.tastes[1] != p.tastes[0] {
			interests = append(interests, p.tastes[1])
		}
		p.set("interests", contact.ListValue(interests))
	}
	if r.IntN(3) == 0 {
		p.set("gift_wrapping", contact.BoolValue(r.IntN(4) > 0))
	}
}

// address makes an address that nobody else has.
func (m *maker) address(r *rand.Rand, first, last string) string {
	local := plainLetters(first) + "." + plainLetters(last)
	domain := pick(r, mailDomains)
	m.taken[local+domain]++
	if n := m.taken[local+domain]; n > 1 {
		local += strconv.Itoa(n)
	}
	return local + "@" + domain
}

// plainLetters writes a name as people write it in an address.
func plainLetters(name string) string {
	var b strings.Builder
	for _, c := range norm.NFKD.String(strings.ToLower(name)) {
		switch {
		case c == 'ı':
			b.WriteByte('i')
		case c < unicode.MaxASCII && unicode.IsLetter(c):
			b.WriteRune(c)
		}
	}
	return b.String()
}

// fill replaces # by a digit and @ by a letter.
func fill(r *rand.Rand, form string) string {
	b := []byte(form)
	for i, c := range b {
		switch c {
		case '#':
			b[i] = byte('0' + r.IntN(10))
		case '@':
			b[i] = byte('A' + r.IntN(26))
		}
	}
	return string(b)
}
