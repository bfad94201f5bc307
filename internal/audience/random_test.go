package audience_test

import (
	"encoding/json"
	"fmt"
	"time"
	_ "time/tzdata"

	"github.com/govalues/decimal"
	"pgregory.net/rapid"

	"github.com/mailwright/mailwright/internal/civil"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

// world draws small workspaces and conditions whose values and literals come
// from the same few, so that edges are hit all the time: both ends of windows,
// days on which clocks change, 29 February, equal instants, events to come.
type world struct {
	t    *rapid.T
	data *memory
	asOf time.Time
}

func pick[T any](t *rapid.T, label string, of ...T) T { return rapid.SampledFrom(of).Draw(t, label) }

func drawWorld(t *rapid.T) world {
	zone, err := time.LoadLocation(pick(t, "zone", "UTC", "Europe/Paris", "America/Sao_Paulo", "Asia/Kolkata"))
	if err != nil {
		t.Fatal(err)
	}
	schema := contact.Schema{
		Attributes: map[string]contact.Attribute{}, Events: map[string]contact.EventType{},
		Purposes: []string{"marketing", "profiling"}, Currency: contact.Currency{Code: "EUR", Decimals: 2}, Zone: zone,
	}
	var properties []contact.Property
	for _, typ := range contact.Types {
		schema.Attributes["a_"+string(typ)] = contact.Attribute{Name: "a_" + string(typ), Type: typ}
		properties = append(properties, contact.Property{Name: "p_" + string(typ), Type: typ})
	}
	schema.Events["bought"] = contact.EventType{Name: "bought", ValueType: contact.Money, Properties: properties}
	schema.Events["viewed"] = contact.EventType{Name: "viewed", ValueType: contact.Number, Properties: properties}
	schema.Events["left"] = contact.EventType{Name: "left"}
	w := world{t: t, data: &memory{schema: schema, segments: map[string]string{}}}
	w.asOf = pick(t, "as_of",
		time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC),
		time.Date(2025, 3, 30, 1, 0, 0, 0, time.UTC), // clocks go forward in Paris
		time.Date(2025, 10, 26, 1, 30, 0, 1e6, time.UTC),
		time.Date(2018, 11, 4, 3, 0, 0, 0, time.UTC), // midnight is skipped in São Paulo
		time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
	event := int64(0)
	for i := range rapid.IntRange(1, 8).Draw(t, "people") {
		p := person{id: int64(3*i + 1), email: fmt.Sprintf("p%d@example.org", i), created: w.asOf, values: map[string]contact.Value{}}
		for _, typ := range contact.Types {
			p.values["a_"+string(typ)] = w.value(typ)
		}
		for range rapid.IntRange(0, 6).Draw(t, "events") {
			event++
			p.events = append(p.events, w.happening(event))
		}
		for range rapid.IntRange(0, 3).Draw(t, "consents") {
			e := entry{purpose: pick(t, "purpose", "marketing", "profiling"), state: pick(t, "state", "granted", "confirmed", "withdrawn"), at: w.instant()}
			if rapid.Bool().Draw(t, "expires") {
				e.expires = w.instant()
			}
			p.consents = append(p.consents, e)
		}
		w.data.people = append(w.data.people, p)
	}
	return w
}

func (w world) happening(id int64) happening {
	return w.happeningOf(pick(w.t, "event", "bought", "viewed", "left"), id)
}

func (w world) happeningOf(event string, id int64) happening {
	e := happening{id: id, event: event, at: w.instant(), properties: map[string]contact.Value{}}
	if typ := w.data.schema.Events[e.event].ValueType; typ != "" {
		e.value = w.value(typ)
	}
	for _, p := range w.data.schema.Events[e.event].Properties {
		e.properties[p.Name] = w.value(p.Type)
	}
	return e
}

// instant draws a time at or beside an edge of some window.
func (w world) instant() time.Time {
	unit := pick(w.t, "unit", condition.Units...)
	at := unit.Shift(w.asOf, pick(w.t, "steps", 0, 0, -1, -2, 1, -3), w.data.schema.Zone)
	if rapid.Bool().Draw(w.t, "midnight") {
		at = civil.DateOf(at, w.data.schema.Zone).Start(w.data.schema.Zone)
	}
	return time.UnixMilli(at.UnixMilli() + pick[int64](w.t, "beside", 0, 0, -1, 1))
}

func (w world) date() civil.Date {
	today := civil.DateOf(w.asOf, w.data.schema.Zone)
	if rapid.Bool().Draw(w.t, "birthday") {
		return pick(w.t, "date", civil.MakeDate(2000, 2, 29), civil.MakeDate(1999, 2, 28), civil.MakeDate(2000, 3, 1), civil.MakeDate(1990, 12, 31))
	}
	return pick(w.t, "unit", condition.Day, condition.Week, condition.Month).ShiftDate(today, pick(w.t, "steps", 0, -1, 1, -2, 2))
}

var numbers = []string{"0", "1", "2", "-1", "0.1", "0.10", "0.3", "19.99", "20", "2.5", "0.000000001", "999999999999999999", "-999999999999999999", "1.333333333"}
var amounts = []string{"0", "1", "0.10", "0.20", "0.30", "19.99", "20", "-19.99", "9999999999999999.99"}
var words = []string{"Straße", "STRASSE", " strasse", "é", "É", "abc", "ABC ", "ab", "b c", "", "  ", "İ", "ǰ"}

func (w world) value(typ contact.Type) contact.Value {
	if rapid.IntRange(0, 3).Draw(w.t, "unset") == 0 {
		return contact.Value{}
	}
	switch typ {
	case contact.Text:
		return contact.TextValue(pick(w.t, "text", words...))
	case contact.List:
		return contact.ListValue(rapid.SliceOfN(rapid.SampledFrom(words), 0, 3).Draw(w.t, "list"))
	case contact.Number:
		return contact.NumberValue(decimal.MustParse(pick(w.t, "number", numbers...)))
	case contact.Money:
		return contact.MoneyValue(decimal.MustParse(pick(w.t, "money", amounts...)))
	case contact.Boolean:
		return contact.BoolValue(rapid.Bool().Draw(w.t, "bool"))
	case contact.DateType:
		return contact.DateValue(w.date())
	}
	return contact.TimeValue(w.instant())
}

func asJSON(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

// literal draws a value to compare with.
func (w world) literal(typ contact.Type) json.RawMessage {
	switch typ {
	case contact.Text, contact.List:
		return asJSON(pick(w.t, "literal", "strasse", "STRASSE", "é", "abc", "b", " c", "i", "j"))
	case contact.DateType:
		return asJSON(w.date().String())
	case contact.Datetime:
		if rapid.Bool().Draw(w.t, "whole day") {
			return asJSON(civil.DateOf(w.instant(), w.data.schema.Zone).String())
		}
		return asJSON(w.instant().UTC().Format(time.RFC3339Nano))
	}
	return json.RawMessage(pick(w.t, "literal", numbers...))
}

// operate draws an op of a type with its operands.
func (w world) operate(typ contact.Type) condition.Where {
	info := pick(w.t, "op", condition.Ops(typ)...)
	o := condition.Where{Op: info.Op}
	one := func() json.RawMessage {
		if info.Op == condition.On {
			return asJSON(w.date().String())
		}
		return w.literal(typ)
	}
	many := func() []json.RawMessage {
		list := make([]json.RawMessage, rapid.IntRange(1, 6).Draw(w.t, "values"))
		for i := range list {
			list[i] = w.literal(typ)
		}
		return list
	}
	switch info.Arity {
	case condition.OneValue:
		o.Value = one()
	case condition.ManyValue:
		o.Values = many()
	case condition.OneOrMany:
		if rapid.Bool().Draw(w.t, "many") {
			o.Values = many()
		} else {
			o.Value = one()
		}
	case condition.Range:
		o.Value, o.To = w.literal(typ), w.literal(typ)
	case condition.Period:
		o.Value = asJSON(pick(w.t, "n", 0, 1, 2, 3, 400))
		o.Unit = pick(w.t, "unit", condition.Units...)
		if (typ == contact.DateType || info.Op == condition.AnniversaryInNext) && (o.Unit == condition.Minute || o.Unit == condition.Hour) {
			o.Unit = condition.Day
		}
	}
	return o
}

func (w world) window() *condition.Window {
	switch rapid.IntRange(0, 4).Draw(w.t, "window") {
	case 0:
		return nil
	case 1:
		return &condition.Window{Last: rapid.IntRange(1, 3).Draw(w.t, "last"), Unit: pick(w.t, "unit", condition.Units...)}
	case 2:
		return &condition.Window{BeforeLast: rapid.IntRange(1, 3).Draw(w.t, "before last"), Unit: pick(w.t, "unit", condition.Units...)}
	case 3:
		return &condition.Window{From: w.date().String()}
	}
	return &condition.Window{From: w.date().String(), To: w.date().String()}
}

func (w world) where(event string, depth int) []condition.Where {
	properties := w.data.schema.Events[event].Properties
	if len(properties) == 0 {
		return nil
	}
	var list []condition.Where
	for range rapid.IntRange(0, 2).Draw(w.t, "where") {
		if depth > 0 && rapid.IntRange(0, 3).Draw(w.t, "nested") == 0 {
			inner := w.where(event, depth-1)
			if len(inner) == 0 {
				continue
			}
			if rapid.Bool().Draw(w.t, "any") {
				list = append(list, condition.Where{Any: inner})
			} else {
				list = append(list, condition.Where{None: inner})
			}
			continue
		}
		p := pick(w.t, "property", properties...)
		one := w.operate(p.Type)
		one.Property = p.Name
		list = append(list, one)
	}
	return list
}

func (w world) event() condition.Node {
	n := condition.Node{Kind: condition.Event, Event: pick(w.t, "event", "bought", "viewed", "left"), Window: w.window()}
	n.Where = w.where(n.Event, 2)
	if rapid.IntRange(0, 5).Draw(w.t, "at least once") == 0 {
		return n
	}
	n.Measure = pick(w.t, "measure", condition.Measures()...).Measure
	number := n.Measure != condition.Count
	switch n.Measure {
	case condition.Sum, condition.Avg, condition.Min, condition.Max:
		if n.Event != "left" {
			n.Property = pick(w.t, "property", "", "p_number", "p_money")
		}
	case condition.Distinct:
		if n.Event != "left" {
			n.Property = pick(w.t, "property", "", "p_number", "p_money", "p_text", "p_date", "p_datetime", "p_boolean")
		}
		number = false
	}
	info := pick(w.t, "op", condition.EventOps()...)
	n.Op = info.Op
	literal := func() json.RawMessage {
		if number {
			return w.literal(contact.Number)
		}
		return asJSON(rapid.IntRange(0, 3).Draw(w.t, "n"))
	}
	n.Value = literal()
	if info.Arity == condition.Range {
		n.To = literal()
	}
	return n
}

func (w world) sequence() condition.Node {
	n := condition.Node{Kind: condition.Sequence, Window: w.window()}
	for i := range rapid.IntRange(2, 4).Draw(w.t, "steps") {
		s := condition.Step{Event: pick(w.t, "event", "bought", "viewed", "left")}
		s.Where = w.where(s.Event, 1)
		if i > 0 && rapid.Bool().Draw(w.t, "within") {
			s.Within = &condition.Window{Last: rapid.IntRange(1, 2).Draw(w.t, "last"), Unit: pick(w.t, "unit", condition.Units...)}
			if rapid.IntRange(0, 2).Draw(w.t, "did not") == 0 {
				s.Op = condition.DidNot
			}
		}
		n.Steps = append(n.Steps, s)
	}
	return n
}

func (w world) leaf() condition.Node {
	switch rapid.IntRange(0, 9).Draw(w.t, "leaf") {
	case 0:
		return condition.Node{Kind: condition.Everyone}
	case 1:
		return condition.Node{Kind: condition.Consent, Purpose: pick(w.t, "purpose", "marketing", "profiling"), Op: pick(w.t, "op", condition.Granted, condition.NotGranted)}
	case 2:
		from := rapid.IntRange(0, 9999).Draw(w.t, "from")
		to := rapid.IntRange(from+1, 10000).Draw(w.t, "to")
		return condition.Node{Kind: condition.Bucket, Salt: pick(w.t, "salt", "", "a"), From: &from, BucketTo: &to}
	case 3:
		return w.sequence()
	case 4, 5, 6:
		return w.event()
	}
	typ := pick(w.t, "type", contact.Types...)
	o := w.operate(typ)
	return condition.Node{Kind: condition.Attribute, Attribute: "a_" + string(typ), Op: o.Op, Value: o.Value, Values: o.Values, To: o.To, Unit: o.Unit}
}

// condition draws a tree; segments drawn before may be named in it.
func (w world) condition(depth int) condition.Node {
	if len(w.data.segments) > 0 && rapid.IntRange(0, 5).Draw(w.t, "segment") == 0 {
		return condition.Node{Kind: condition.Segment, Segment: "drawn", Op: pick(w.t, "op", condition.In, condition.NotIn)}
	}
	if depth == 0 || rapid.Bool().Draw(w.t, "leaf") {
		return w.leaf()
	}
	n := condition.Node{Kind: pick(w.t, "group", condition.All, condition.Any, condition.None)}
	for range rapid.IntRange(1, 3).Draw(w.t, "children") {
		n.Children = append(n.Children, w.condition(depth-1))
	}
	return n
}
