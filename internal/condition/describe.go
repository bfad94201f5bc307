package condition

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

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
		return AttributeName(n.Attribute, d.schema) + " " + d.test(n.Op, n.Value, n.Values, n.To, n.Unit, d.schema.Attributes[n.Attribute].Type)
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
	case Fixed:
		return "on the fixed list of " + d.day(n.Value)
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

// day says the local day of an instant in Unix milliseconds.
func (d describer) day(ms json.RawMessage) string {
	at, err := strconv.ParseInt(string(ms), 10, 64)
	if err != nil {
		return "…"
	}
	t := time.UnixMilli(at).UTC()
	if d.schema.Zone != nil {
		t = t.In(d.schema.Zone)
	}
	return t.Format("2 January 2006")
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
	compare := d.test(n.Op, n.Value, nil, n.To, "", d.measuredType(n))
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
