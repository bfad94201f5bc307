package condition

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/govalues/decimal"

	"github.com/mailwright/mailwright/internal/civil"
	"github.com/mailwright/mailwright/internal/contact"
)

// Test is an op on one typed value, with its literals read. Its zero value is
// of no use; Check makes it.
type Test struct {
	Type  contact.Type
	Op    Op
	Texts []string           // text and list: folded; text of contains and the like untrimmed
	Nums  [2]decimal.Decimal // number and money: value and to
	Spans [2]Span            // date and datetime: value and to
	N     int                // periods
	Unit  Unit
}

// Span is what a date or time literal covers, both ends included: days since
// 1970 for a date attribute, milliseconds for a datetime attribute, where a day
// is whole and an instant covers itself.
type Span struct{ First, Last int64 }

// Negative reports whether the op is the complement of another, and gives that.
func (t Test) Negative() (positive Op, negative bool) {
	switch t.Op {
	case IsNot:
		return Is, true
	case NotContains:
		return Contains, true
	case NotIn:
		return In, true
	case IsUnset:
		return IsSet, true
	case Ne:
		return Eq, true
	case NotInLast:
		return InLast, true
	case HasNot:
		return Has, true
	}
	return t.Op, false
}

// Range gives the values of a date (in days) or datetime (in milliseconds) that
// satisfy the positive op, both ends included. It does not speak of
// anniversary_in_next, is_set and is_unset.
func (t Test) Range(asOf time.Time, loc *time.Location) (from, to int64) {
	from, to = math.MinInt64+1, math.MaxInt64
	op, _ := t.Negative()
	switch op {
	case Before:
		return from, t.Spans[0].First - 1
	case After:
		return t.Spans[0].Last + 1, to
	case On:
		return t.Spans[0].First, t.Spans[0].Last
	case Between:
		return t.Spans[0].First, t.Spans[1].Last
	}
	n := t.N
	if op == InLast {
		n = -n
	}
	var there, here int64
	if t.Type == contact.DateType {
		today := civil.DateOf(asOf, loc)
		there, here = int64(t.Unit.ShiftDate(today, n)), int64(today)
	} else {
		there, here = t.Unit.Shift(asOf, n, loc).UnixMilli(), asOf.UnixMilli()
	}
	if op == InLast {
		return there, here
	}
	return here, there
}

// Anniversary reports whether the month and day of d come round between the
// local date today and N units later, both ends included. 29 February counts as
// 28 February in other years.
func (t Test) Anniversary(d, today civil.Date) bool {
	end := t.Unit.ShiftDate(today, t.N)
	year, _, _ := today.Parts()
	for y := year; ; y++ {
		a := anniversaryIn(y, d)
		if a >= today {
			return a <= end
		}
	}
}

func anniversaryIn(year int, d civil.Date) civil.Date {
	_, m, day := d.Parts()
	if m == time.February && day == 29 && civil.MakeDate(year, 3, 1)-civil.MakeDate(year, 2, 1) == 28 {
		day = 28
	}
	return civil.MakeDate(year, m, day)
}

// operands are the value fields of a node or of a test on a property.
type operands struct {
	op     Op
	value  json.RawMessage
	values []json.RawMessage
	to     json.RawMessage
	unit   Unit
}

// report takes one problem: the field below the node (".values[0]") and what is wrong.
type report func(field, format string, args ...any)

// test reads the operands for a type. What is wrong or missing is reported.
func (o operands) test(t contact.Type, zone *time.Location, wrong report) Test {
	if o.op == "" {
		wrong(".op", "choose how to compare")
		return Test{}
	}
	info, ok := infoOf(Ops(t), o.op)
	if !ok {
		wrong(".op", "%s has no operator %q; it has %s", article(t), o.op, opList(Ops(t)))
		return Test{}
	}
	test := Test{Type: t, Op: o.op}
	if !o.fits(info.Arity, wrong) {
		return test
	}
	switch info.Arity {
	case OneValue:
		test.read(0, o.value, zone, sub(wrong, ".value"))
	case Range:
		test.read(0, o.value, zone, sub(wrong, ".value"))
		test.read(1, o.to, zone, sub(wrong, ".to"))
	case Period:
		test.period(o, wrong)
	case ManyValue, OneOrMany:
		if o.value != nil {
			test.read(0, o.value, zone, sub(wrong, ".value"))
		}
		for i, v := range o.values {
			test.read(0, v, zone, sub(wrong, fmt.Sprintf(".values[%d]", i)))
		}
	}
	return test
}

// fits reports whether the operands have the fields that an op takes.
func (o operands) fits(a Arity, wrong report) bool {
	takes := func(field string, has, may bool) bool {
		if has && !may {
			wrong(field, "%q takes no %s", o.op, strings.TrimPrefix(field, "."))
		}
		return !has || may
	}
	ok := takes(".value", o.value != nil, a != NoValue && a != ManyValue)
	ok = takes(".values", o.values != nil, a == ManyValue || a == OneOrMany) && ok
	ok = takes(".to", o.to != nil, a == Range) && ok
	ok = takes(".unit", o.unit != "", a == Period) && ok
	if !ok {
		return false
	}
	switch {
	case a == OneOrMany && o.value != nil && o.values != nil:
		wrong(".values", "give either value or values")
	case a == OneOrMany && o.value == nil && len(o.values) == 0, a == OneValue && o.value == nil,
		a == Range && o.value == nil, a == Period && o.value == nil:
		wrong(".value", "give a value")
	case a == ManyValue && len(o.values) == 0:
		wrong(".values", "give at least one value")
	case a == Range && o.to == nil:
		wrong(".to", "give the upper end")
	default:
		return true
	}
	return false
}

func (t *Test) period(o operands, wrong report) {
	n, err := readNumber(o.value)
	whole, _, ok := n.Int64(0)
	switch {
	case err != nil || !ok || n.Scale() > 0 || whole < 0:
		wrong(".value", "give a whole number")
	case o.unit == "":
		wrong(".unit", "choose a unit")
	case o.unit.millis() > 0 && o.unit.millis() < Day.millis() && (t.Type == contact.DateType || o.op == AnniversaryInNext):
		wrong(".unit", "dates are compared by day, week or month")
	case whole > o.unit.most():
		wrong(".value", "a period spans at most 1,000 years")
	default:
		t.N, t.Unit = int(whole), o.unit
	}
}

// read reads one literal as the i-th operand.
func (t *Test) read(i int, raw json.RawMessage, zone *time.Location, wrong report) {
	switch t.Type {
	case contact.Text, contact.List:
		s, ok := readText(raw)
		folded := FoldKeepingSpace(s)
		if t.Op != Contains && t.Op != NotContains {
			folded = Fold(s)
		}
		if !ok {
			wrong("", "this must be a text, not %s", raw)
		} else if folded == "" {
			wrong("", "the text is empty")
		}
		t.Texts = append(t.Texts, folded)
	case contact.Number, contact.Money:
		d, err := readNumber(raw)
		if err != nil {
			wrong("", "%s", err)
		}
		t.Nums[i] = d
	case contact.DateType, contact.Datetime:
		s, ok := readText(raw)
		if !ok {
			wrong("", "this must be a date such as \"2026-03-01\", not %s", raw)
			return
		}
		span, err := readSpan(s, t.Type, t.Op, zone)
		if err != nil {
			wrong("", "%s", err)
		}
		t.Spans[i] = span
	}
}

func readText(raw json.RawMessage) (string, bool) {
	var s string
	if len(raw) == 0 || raw[0] != '"' || json.Unmarshal(raw, &s) != nil {
		return "", false
	}
	return s, true
}

// readNumber reads a JSON number exactly, within the bounds of numbers.
func readNumber(raw json.RawMessage) (decimal.Decimal, error) {
	s := string(raw)
	if s == "" || (s[0] != '-' && (s[0] < '0' || s[0] > '9')) {
		return decimal.Decimal{}, fmt.Errorf("this must be a number, not %s", s)
	}
	if strings.ContainsAny(s, "eE") {
		d, err := decimal.Parse(s)
		if err != nil {
			return decimal.Decimal{}, fmt.Errorf("%s has more digits than numbers may have", s)
		}
		s = d.Trim(0).String()
	}
	return contact.ParseDecimal(s)
}

// readSpan reads a local date, or for datetimes also an instant with or without
// an offset.
func readSpan(s string, t contact.Type, op Op, zone *time.Location) (Span, error) {
	d, err := civil.ParseDate(s)
	switch {
	case err == nil && t == contact.DateType:
		return Span{int64(d), int64(d)}, nil
	case err == nil:
		return Span{d.Start(zone).UnixMilli(), d.End(zone).UnixMilli() - 1}, nil
	case t == contact.DateType || op == On:
		return Span{}, err
	}
	at, ok := readInstant(s, zone)
	if !ok {
		return Span{}, fmt.Errorf("%q is no date or time such as 2026-03-01 or 2026-03-01T09:30:00Z", s)
	}
	return Span{at, at}, nil
}

func readInstant(s string, zone *time.Location) (int64, bool) {
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return t.UnixMilli(), true
	}
	s = strings.Replace(s, " ", "T", 1)
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04"} { // fractions are read too
		if t, err := time.Parse(layout, s); err == nil {
			return civil.Wall(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), zone).UnixMilli(), true
		}
	}
	return 0, false
}

func sub(r report, prefix string) report {
	return func(field, format string, args ...any) { r(prefix+field, format, args...) }
}

func article(t contact.Type) string { return "a value of type " + string(t) }

func opList(infos []OpInfo) string {
	names := make([]string, 0, len(infos))
	for _, i := range infos {
		names = append(names, string(i.Op))
	}
	return strings.Join(names, ", ")
}
