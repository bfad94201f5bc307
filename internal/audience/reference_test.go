package audience_test

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"time"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/mailwright/mailwright/internal/civil"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

// reference answers conditions the slow and plain way, from the text of
// docs/conditions.md and nothing of the engine: rationals for numbers, a loop
// over rows for everything.
type reference struct {
	data *memory
	asOf time.Time
}

func (r reference) holds(n condition.Node, p person) bool {
	switch n.Kind {
	case condition.Everyone:
		return true
	case condition.All:
		for _, c := range n.Children {
			if !r.holds(c, p) {
				return false
			}
		}
		return true
	case condition.Any, condition.None:
		for _, c := range n.Children {
			if r.holds(c, p) {
				return n.Kind == condition.Any
			}
		}
		return n.Kind == condition.None
	case condition.Attribute:
		w := condition.Where{Op: n.Op, Value: n.Value, Values: n.Values, To: n.To, Unit: n.Unit}
		return r.test(r.data.schema.Attributes[n.Attribute].Type, p.values[n.Attribute], w)
	case condition.Event:
		return r.event(n, p)
	case condition.Sequence:
		return r.sequence(n, p)
	case condition.Segment:
		inner, err := condition.Parse([]byte(r.data.segments[n.Segment]))
		if err != nil {
			panic(err)
		}
		return r.holds(inner, p) == (n.Op != "not_in") // a bare segment means its members
	case condition.Consent:
		return r.granted(n.Purpose, p) == (n.Op == "granted")
	case condition.Bucket:
		h := sha256.Sum256([]byte(n.Salt + "\x00" + fmt.Sprint(p.id)))
		b := int(binary.BigEndian.Uint64(h[:8]) % 10000)
		return b >= *n.From && b < *n.BucketTo
	}
	panic("kind " + n.Kind)
}

func (r reference) granted(purpose string, p person) bool {
	var newest *entry
	for i, c := range p.consents {
		if c.purpose == purpose && !c.at.After(r.asOf) && (newest == nil || !c.at.Before(newest.at)) {
			newest = &p.consents[i]
		}
	}
	return newest != nil && newest.state != "withdrawn" && (newest.expires.IsZero() || newest.expires.After(r.asOf))
}

func folded(s string) string { return cases.Fold().String(norm.NFC.String(s)) }

func texts(w condition.Where) []string {
	raws := w.Values
	if w.Value != nil {
		raws = []json.RawMessage{w.Value}
	}
	var out []string
	for _, raw := range raws {
		var s string
		if json.Unmarshal(raw, &s) == nil {
			out = append(out, folded(s))
		}
	}
	return out
}

func rat(s string) *big.Rat {
	v, ok := new(big.Rat).SetString(s)
	if !ok {
		panic("no number " + s)
	}
	return v
}

func (r reference) test(t contact.Type, v contact.Value, w condition.Where) bool {
	positives := map[condition.Op]condition.Op{
		"is_not": "is", "not_contains": "contains", "not_in": "in", "is_unset": "is_set",
		"ne": "eq", "not_in_last": "in_last", "has_not": "has",
	}
	if op, ok := positives[w.Op]; ok {
		w.Op = op
		return !r.test(t, v, w)
	}
	if !v.IsSet() || w.Op == "is_set" {
		return v.IsSet()
	}
	switch t {
	case contact.Text:
		return textHolds(folded(v.String()), w)
	case contact.List:
		return listHolds(v.Items(), w)
	case contact.Number, contact.Money:
		return numberHolds(rat(v.Decimal().String()), w.Op, w.Value, w.To)
	case contact.Boolean:
		return v.Bool() == (w.Op == "is_true")
	case contact.DateType:
		return r.dateHolds(v.Date(), w)
	}
	return r.timeHolds(v.Time(), w)
}

func textHolds(s string, w condition.Where) bool {
	s = strings.TrimSpace(s)
	for _, lit := range texts(w) {
		trimmed := strings.TrimSpace(lit)
		switch w.Op {
		case "is", "in":
			if s == trimmed {
				return true
			}
		case "contains":
			if strings.Contains(s, lit) {
				return true
			}
		case "starts_with":
			if strings.HasPrefix(s, trimmed) {
				return true
			}
		case "ends_with":
			if strings.HasSuffix(s, trimmed) {
				return true
			}
		}
	}
	return false
}

func listHolds(items []string, w condition.Where) bool {
	found := 0
	for _, lit := range texts(w) {
		for _, item := range items {
			if strings.TrimSpace(folded(item)) == strings.TrimSpace(lit) {
				found++
				break
			}
		}
	}
	if w.Op == "has_all" {
		return found == len(texts(w))
	}
	return found > 0
}

func numberHolds(v *big.Rat, op condition.Op, value, to json.RawMessage) bool {
	c := v.Cmp(rat(string(value)))
	switch op {
	case "eq":
		return c == 0
	case "ne":
		return c != 0
	case "lt":
		return c < 0
	case "lte":
		return c <= 0
	case "gt":
		return c > 0
	case "gte":
		return c >= 0
	}
	return c >= 0 && v.Cmp(rat(string(to))) <= 0
}

func word(raw json.RawMessage) string {
	var s string
	_ = json.Unmarshal(raw, &s)
	return s
}

func whole(raw json.RawMessage) int {
	var n int
	_ = json.Unmarshal(raw, &n)
	return n
}

func (r reference) dateHolds(v civil.Date, w condition.Where) bool {
	today := civil.DateOf(r.asOf, r.data.schema.Zone)
	date := func(raw json.RawMessage) civil.Date { d, _ := civil.ParseDate(word(raw)); return d }
	switch w.Op {
	case "before":
		return v < date(w.Value)
	case "after":
		return v > date(w.Value)
	case "on":
		return v == date(w.Value)
	case "between":
		return v >= date(w.Value) && v <= date(w.To)
	case "in_last":
		return v >= stepDate(today, -whole(w.Value), w.Unit) && v <= today
	case "in_next":
		return v <= stepDate(today, whole(w.Value), w.Unit) && v >= today
	}
	return anniversary(v, today, stepDate(today, whole(w.Value), w.Unit))
}

// anniversary looks at every day of the period, one by one.
func anniversary(v, from, to civil.Date) bool {
	_, m, d := v.Parts()
	for day := from; day <= to; day++ {
		y, mm, dd := day.Parts()
		leap := y%4 == 0 && (y%100 != 0 || y%400 == 0)
		if (mm == m && dd == d) || (m == 2 && d == 29 && !leap && mm == 2 && dd == 28) {
			return true
		}
	}
	return false
}

func stepDate(d civil.Date, n int, u condition.Unit) civil.Date {
	switch u {
	case "day":
		return d + civil.Date(n)
	case "week":
		return d + civil.Date(n*7)
	}
	y, m, day := d.Parts()
	for {
		got := civil.MakeDate(y, m+time.Month(n), day)
		if _, _, g := got.Parts(); g == day {
			return got
		}
		day-- // the month is shorter
		if _, _, g := civil.MakeDate(y, m+time.Month(n), day).Parts(); g == day {
			return civil.MakeDate(y, m+time.Month(n), day)
		}
	}
}

func (r reference) step(t time.Time, n int, u condition.Unit) time.Time {
	exact := map[condition.Unit]time.Duration{"minute": time.Minute, "hour": time.Hour, "day": 24 * time.Hour, "week": 168 * time.Hour}
	if d, ok := exact[u]; ok {
		return t.Add(time.Duration(n) * d)
	}
	return civil.AddMonths(t, n, r.data.schema.Zone)
}

func (r reference) timeHolds(v time.Time, w condition.Where) bool {
	zone := r.data.schema.Zone
	// A literal is a whole local day, or an instant with an offset.
	bounds := func(raw json.RawMessage) (first, after time.Time) {
		if d, err := civil.ParseDate(word(raw)); err == nil {
			return d.Start(zone), d.End(zone)
		}
		t, err := time.Parse(time.RFC3339Nano, word(raw))
		if err != nil {
			panic(err)
		}
		return t, t.Add(time.Millisecond)
	}
	switch w.Op {
	case "before":
		first, _ := bounds(w.Value)
		return v.Before(first)
	case "after":
		_, after := bounds(w.Value)
		return !v.Before(after)
	case "on":
		first, after := bounds(w.Value)
		return !v.Before(first) && v.Before(after)
	case "between":
		first, _ := bounds(w.Value)
		_, after := bounds(w.To)
		return !v.Before(first) && v.Before(after)
	case "in_last":
		return !v.Before(r.step(r.asOf, -whole(w.Value), w.Unit)) && !v.After(r.asOf)
	case "in_next":
		return !v.After(r.step(r.asOf, whole(w.Value), w.Unit)) && !v.Before(r.asOf)
	}
	today := civil.DateOf(r.asOf, zone)
	return anniversary(civil.DateOf(v, zone), today, stepDate(today, whole(w.Value), w.Unit))
}

func (r reference) inWindow(t time.Time, w *condition.Window) bool {
	zone := r.data.schema.Zone
	switch {
	case t.After(r.asOf):
		return false
	case w == nil:
		return true
	case w.Last > 0:
		return !t.Before(r.step(r.asOf, -w.Last, w.Unit))
	case w.BeforeLast > 0:
		return t.Before(r.step(r.asOf, -w.BeforeLast, w.Unit))
	}
	day := civil.DateOf(t, zone)
	from, errFrom := civil.ParseDate(w.From)
	to, errTo := civil.ParseDate(w.To)
	return (errFrom != nil || day >= from) && (errTo != nil || day <= to)
}

func (r reference) whereHolds(e happening, tests []condition.Where) bool {
	for _, w := range tests {
		ok := false
		switch {
		case w.Any != nil:
			for _, x := range w.Any {
				ok = ok || r.whereHolds(e, []condition.Where{x})
			}
		case w.None != nil:
			ok = true
			for _, x := range w.None {
				ok = ok && !r.whereHolds(e, []condition.Where{x})
			}
		default:
			p, _ := r.data.schema.Events[e.event].Property(w.Property)
			ok = r.test(p.Type, e.properties[w.Property], w)
		}
		if !ok {
			return false
		}
	}
	return true
}

func (r reference) event(n condition.Node, p person) bool {
	if n.Op == "ne" {
		n.Op = "eq"
		return !r.event(n, p)
	}
	if n.Op == "" {
		n.Op, n.Value = "gte", json.RawMessage("1")
	}
	var matching []happening
	for _, e := range p.events {
		if e.event == n.Event && r.inWindow(e.at, n.Window) && r.whereHolds(e, n.Where) {
			matching = append(matching, e)
		}
	}
	v := r.measure(n, matching)
	return v != nil && numberHolds(v, n.Op, n.Value, n.To)
}

func (r reference) measure(n condition.Node, matching []happening) *big.Rat {
	var numbers []*big.Rat
	different := map[string]bool{}
	for _, e := range matching {
		v := e.value
		if n.Property != "" {
			v = e.properties[n.Property]
		}
		if !v.IsSet() {
			continue
		}
		different[strings.TrimSpace(folded(v.String()))] = true
		if v.Type() == contact.Number || v.Type() == contact.Money {
			numbers = append(numbers, rat(v.Decimal().String()))
		}
	}
	switch n.Measure {
	case "", "count":
		return big.NewRat(int64(len(matching)), 1)
	case "distinct":
		return big.NewRat(int64(len(different)), 1)
	case "days_since_last", "days_since_first":
		var at *time.Time
		for _, e := range matching {
			if at == nil || (n.Measure == "days_since_last") == e.at.After(*at) {
				at = &e.at
			}
		}
		if at == nil {
			return nil
		}
		return big.NewRat(r.asOf.UnixMilli()-at.UnixMilli(), 86_400_000)
	}
	sum := new(big.Rat)
	for _, v := range numbers {
		sum.Add(sum, v)
	}
	if n.Measure == "sum" {
		return sum
	}
	if len(numbers) == 0 {
		return nil
	}
	if n.Measure == "avg" {
		return sum.Quo(sum, big.NewRat(int64(len(numbers)), 1))
	}
	best := numbers[0]
	for _, v := range numbers {
		if (n.Measure == "min") == (v.Cmp(best) < 0) {
			best = v
		}
	}
	return best
}

// sequence tries every way of choosing events for the steps.
func (r reference) sequence(n condition.Node, p person) bool {
	var try func(step int, last time.Time, used map[int64]bool) bool
	try = func(i int, last time.Time, used map[int64]bool) bool {
		if i == len(n.Steps) {
			return true
		}
		s := n.Steps[i]
		if s.Op == "did_not" {
			end := r.step(last, s.Within.Last, s.Within.Unit)
			for _, e := range p.events {
				if e.event == s.Event && e.at.After(last) && !e.at.After(end) && r.whereHolds(e, s.Where) {
					return false
				}
			}
			return !end.After(r.asOf) && try(i+1, last, used)
		}
		for _, e := range p.events {
			if e.event != s.Event || used[e.id] || !r.inWindow(e.at, n.Window) || !r.whereHolds(e, s.Where) {
				continue
			}
			if i > 0 && (e.at.Before(last) || (s.Within != nil && e.at.After(r.step(last, s.Within.Last, s.Within.Unit)))) {
				continue
			}
			used[e.id] = true
			if try(i+1, e.at, used) {
				return true
			}
			delete(used, e.id)
		}
		return false
	}
	return try(0, time.Time{}, map[int64]bool{})
}
