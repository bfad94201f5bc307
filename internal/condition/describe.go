package condition

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/mailwright/mailwright/internal/contact"
)

// Describe says a condition in English: "bought at least 2 times in the last 90
// days and Country is France or Germany". Unfinished parts are said as "…". The
// schema gives labels; names it does not know are said as they are.
func Describe(n Node, s contact.Schema) string {
	return describer{s}.node(n, false)
}

type describer struct{ schema contact.Schema }

// node says one node; inside tells that it is part of a list, where groups of
// several need brackets.
func (d describer) node(n Node, inside bool) string {
	switch n.Kind {
	case Everyone:
		return "everyone"
	case All:
		return d.group(n.Children, " and ", inside)
	case Any:
		return d.group(n.Children, " or ", inside)
	case None:
		if len(n.Children) == 1 {
			if c := n.Children[0]; c.once() {
				return d.never(verbOf(c.Event), c, d.where(c.Where)+d.window(c.Window))
			}
			return "not (" + d.node(n.Children[0], false) + ")"
		}
		return "none of (" + d.group(n.Children, "; ", false) + ")"
	case Attribute:
		name := dots(n.Attribute)
		if a, ok := d.schema.Attributes[n.Attribute]; ok && a.Label != "" {
			name = lowerFirst(a.Label)
		}
		return name + " " + d.test(n.Op, n.Value, n.Values, n.To, n.Unit, d.schema.Attributes[n.Attribute].Type)
	case Event:
		return d.event(n)
	case Sequence:
		return d.sequence(n)
	case Segment:
		if n.Op == NotIn {
			return "not in the segment " + quote(n.Segment)
		}
		return "in the segment " + quote(n.Segment)
	case Consent:
		if n.Op == NotGranted {
			return "has not consented to " + dots(n.Purpose)
		}
		return "has consented to " + dots(n.Purpose)
	case Bucket:
		if n.From == nil || n.BucketTo == nil {
			return "a random part of …"
		}
		share := float64(*n.BucketTo-*n.From) / Buckets * 100
		return fmt.Sprintf("in a random %g%% (parts %d to %d of %s)", share, *n.From, *n.BucketTo, quote(n.Salt))
	}
	return "…"
}

func (d describer) group(children []Node, word string, inside bool) string {
	if len(children) == 0 {
		return "…"
	}
	parts := make([]string, len(children))
	for i, c := range children {
		parts[i] = d.node(c, len(children) > 1)
	}
	text := strings.Join(parts, word)
	if inside && len(parts) > 1 {
		return "(" + text + ")"
	}
	return text
}

func (d describer) test(op Op, value json.RawMessage, values []json.RawMessage, to json.RawMessage, unit Unit, t contact.Type) string {
	infos := Ops(t)
	if infos == nil {
		for _, t := range contact.Types {
			infos = append(infos, Ops(t)...)
		}
	}
	info, ok := infoOf(infos, op)
	if !ok {
		return "…"
	}
	say := func(v json.RawMessage) string { return d.literal(v, t) }
	switch info.Arity {
	case NoValue:
		return info.Label
	case Range:
		return info.Label + " " + say(value) + " and " + say(to)
	case Period:
		return info.Label + " " + period(say(value), unit)
	}
	if value != nil {
		values = []json.RawMessage{value}
	}
	last := " or "
	if op == HasAll {
		last = " and "
	}
	return info.Label + " " + enumerate(values, last, say)
}

// shownValues is how many values of a long list a sentence names.
const shownValues = 5

func enumerate(values []json.RawMessage, last string, say func(json.RawMessage) string) string {
	if len(values) == 0 {
		return "…"
	}
	words := make([]string, 0, len(values))
	for i, v := range values {
		if i == shownValues && len(values) > shownValues+1 {
			words = append(words, fmt.Sprintf("%d more", len(values)-i))
			break
		}
		words = append(words, say(v))
	}
	n := len(words) - 1
	if n == 0 {
		return words[0]
	}
	return strings.Join(words[:n], ", ") + last + words[n]
}

func (d describer) literal(v json.RawMessage, t contact.Type) string {
	if v == nil {
		return "…"
	}
	s, ok := readText(v)
	if !ok {
		s = string(v)
	}
	if t == contact.Money {
		return s + " " + d.schema.Currency.Code
	}
	if strings.TrimSpace(s) != s || s == "" {
		return quote(s)
	}
	return s
}

// verb is how people speak of an event.
type verb struct {
	did, do   string // bought, buy
	one, many string // order, orders
}

// verbOf gives the words for an event. The events that every shop has are said as
// people say them.
func verbOf(event string) verb {
	switch event {
	case "order_placed":
		return verb{"bought", "buy", "order", "orders"}
	case "order_returned":
		return verb{"returned something", "return anything", "return", "returns"}
	case "product_viewed":
		return verb{"viewed a product", "view a product", "product view", "product views"}
	case "cart_updated":
		return verb{"changed the cart", "change the cart", "change of the cart", "changes of the cart"}
	case "site_visited":
		return verb{"visited the site", "visit the site", "visit", "visits"}
	case "review_written":
		return verb{"wrote a review", "write a review", "review", "reviews"}
	case "email_opened":
		return verb{"opened an e-mail", "open an e-mail", "opened e-mail", "opened e-mails"}
	case "email_clicked":
		return verb{"clicked in an e-mail", "click in an e-mail", "click", "clicks"}
	case "":
		return verb{"did …", "do …", "…", "…"}
	}
	name := quote(dots(event))
	return verb{"did " + name, "do " + name, name, name + " events"}
}

func (d describer) event(n Node) string {
	words := verbOf(n.Event)
	tail := d.where(n.Where) + d.window(n.Window)
	if n.Measure == "" || n.Measure == Count {
		return d.times(n, words, tail)
	}
	of := "value"
	if n.Property != "" {
		of = dots(n.Property)
	}
	typ := contact.Number
	if e, ok := d.schema.Events[n.Event]; ok {
		typ = e.ValueType
		if p, ok := e.Property(n.Property); ok {
			typ = p.Type
		}
	}
	switch n.Measure {
	case Distinct, DaysSinceLast, DaysSinceFirst:
		typ = contact.Number
	}
	if typ != contact.Money {
		typ = contact.Number
	}
	compare := d.test(n.Op, n.Value, nil, n.To, "", typ)
	switch n.Measure {
	case DaysSinceLast:
		return "last " + words.did + tail + " " + daysAgo(compare)
	case DaysSinceFirst:
		return "first " + words.did + tail + " " + daysAgo(compare)
	}
	measure := map[Measure]string{
		Sum: "the total " + of, Avg: "the average " + of, Min: "the smallest " + of, Max: "the largest " + of,
		Distinct: "the number of different values of " + of,
	}[n.Measure]
	return fmt.Sprintf("%s of their %s%s %s", measure, words.many, tail, compare)
}

// daysAgo turns a comparison of days into a time: "more than 30 days ago".
func daysAgo(compare string) string { return strings.TrimPrefix(compare, "is ") + " days ago" }

// times says a count the way people do.
func (d describer) times(n Node, w verb, tail string) string {
	v, did := string(n.Value), w.did
	switch {
	case n.once():
		return did + tail
	case n.Op == Eq && v == "0", n.Op == Lt && v == "1", n.Op == Lte && v == "0":
		return d.never(w, n, tail)
	}
	say := func(raw json.RawMessage) string {
		if string(raw) == "1" {
			return "once"
		}
		return d.literal(raw, contact.Number) + " times"
	}
	words := map[Op]string{Eq: "exactly", Ne: "not exactly", Lt: "less than", Lte: "at most", Gt: "more than", Gte: "at least"}
	if n.Op == Between {
		return fmt.Sprintf("%s between %s and %s%s", did, d.literal(n.Value, contact.Number), say(n.To), tail)
	}
	word, ok := words[n.Op]
	if !ok {
		return did + " …" + tail
	}
	return did + " " + word + " " + say(n.Value) + tail
}

// once reports whether the node counts events and wants one at least.
func (n Node) once() bool {
	v := string(n.Value)
	return n.Kind == Event && (n.Measure == "" || n.Measure == Count) &&
		(n.Op == "" && n.Value == nil || n.Op == Gte && v == "1" || n.Op == Gt && v == "0")
}

// never says that something did not happen: "never bought" for all time, "did not
// buy in the last 90 days" for a window.
func (d describer) never(w verb, n Node, tail string) string {
	if n.Window == nil {
		return "never " + w.did + tail
	}
	return "did not " + w.do + tail
}

func (d describer) where(list []Where) string {
	if len(list) == 0 {
		return ""
	}
	return " with " + d.tests(list, " and ")
}

func (d describer) tests(list []Where, word string) string {
	parts := make([]string, len(list))
	for i, w := range list {
		switch {
		case w.Any != nil:
			parts[i] = "(" + d.tests(w.Any, " or ") + ")"
		case w.None != nil:
			parts[i] = "none of (" + d.tests(w.None, "; ") + ")"
		default:
			parts[i] = dots(w.Property) + " " + d.test(w.Op, w.Value, w.Values, w.To, w.Unit, "")
		}
	}
	return strings.Join(parts, word)
}

func (d describer) window(w *Window) string {
	switch {
	case w == nil:
		return ""
	case w.Last != 0:
		return " in the last " + period(fmt.Sprint(w.Last), w.Unit)
	case w.BeforeLast != 0:
		return " more than " + amount(w.BeforeLast, w.Unit) + " ago"
	case w.From != "" && w.To != "":
		return " from " + w.From + " to " + w.To
	case w.From != "":
		return " since " + w.From
	case w.To != "":
		return " up to " + w.To
	}
	return " …"
}

func (d describer) sequence(n Node) string {
	parts := make([]string, len(n.Steps))
	for i, s := range n.Steps {
		text := verbOf(s.Event).did + d.where(s.Where)
		if s.Op == DidNot {
			text = "not " + text
		}
		if s.Within != nil {
			text += " within " + amount(s.Within.Last, s.Within.Unit)
		}
		parts[i] = text
	}
	return strings.Join(parts, ", then ") + d.window(n.Window)
}

// amount says a length of time that has a number before it: "1 hour".
func amount(n int, u Unit) string {
	if n == 1 && u != "" {
		return "1 " + string(u)
	}
	return period(fmt.Sprint(n), u)
}

// period says a length of time after "the last" or "the next": "hour" for one.
func period(n string, u Unit) string {
	if u == "" {
		return n + " …"
	}
	if n == "1" {
		return string(u)
	}
	return n + " " + string(u) + "s"
}

func dots(name string) string {
	if name == "" {
		return "…"
	}
	return strings.ReplaceAll(name, "_", " ")
}

// lowerFirst puts a label into a sentence; labels such as "SKU" and "ID" stay.
func lowerFirst(label string) string {
	if len(label) > 1 && label[1] >= 'A' && label[1] <= 'Z' {
		return label
	}
	return strings.ToLower(label[:1]) + label[1:]
}

func quote(s string) string { return "“" + s + "”" }
