package contact

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/govalues/decimal"

	"github.com/mailwright/mailwright/internal/civil"
)

// ReadJSON gives the value of a type that JSON holds, as pages and exports write
// it (see Value.MarshalJSON). Numbers may come as texts, so that no digit is lost
// on the way; a list may come as one text with semicolons. null and what is empty
// are unset. The error says in words what was expected.
func ReadJSON(raw json.RawMessage, t Type, zone *time.Location, currency Currency) (Value, error) {
	var v any
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return Value{}, fmt.Errorf("this is no JSON: %w", err)
	}
	switch v := v.(type) {
	case nil:
		return Value{}, nil
	case bool:
		if t == Boolean {
			return BoolValue(v), nil
		}
	case json.Number:
		if t == Number || t == Money {
			return readDecimal(v.String(), t, currency)
		}
		if t == Text {
			return TextValue(v.String()), nil
		}
	case string:
		return ReadText(v, t, zone, currency)
	case []any:
		if t == List {
			return readItems(v)
		}
	}
	return Value{}, fmt.Errorf("%s is not a %s", raw, t)
}

// ReadText gives the value whose canonical text (Value.String) s is. Empty texts
// are unset; a datetime without an offset is in the zone.
func ReadText(s string, t Type, zone *time.Location, currency Currency) (Value, error) {
	if strings.TrimSpace(s) == "" {
		return Value{}, nil
	}
	switch t {
	case Text:
		return TextValue(s), nil
	case Number, Money:
		return readDecimal(strings.TrimSpace(s), t, currency)
	case Boolean:
		switch strings.ToLower(strings.TrimSpace(s)) {
		case "true":
			return BoolValue(true), nil
		case "false":
			return BoolValue(false), nil
		}
		return Value{}, fmt.Errorf("%q is neither true nor false", s)
	case DateType:
		d, err := civil.ParseDate(strings.TrimSpace(s))
		if err != nil {
			return Value{}, fmt.Errorf("%q is no date such as 2026-03-01", s)
		}
		return DateValue(d), nil
	case Datetime:
		return readMoment(strings.TrimSpace(s), zone)
	case List:
		return ListValue(trimmed(strings.Split(s, ";"))), nil
	}
	return Value{}, fmt.Errorf("there is no type %q", t)
}

func readDecimal(s string, t Type, currency Currency) (Value, error) {
	if strings.ContainsAny(s, "eE") {
		d, err := decimal.Parse(s)
		if err != nil {
			return Value{}, fmt.Errorf("%q is no number", s)
		}
		s = d.Trim(0).String()
	}
	d, err := ParseDecimal(s)
	if err != nil {
		return Value{}, err
	}
	if t == Number {
		return NumberValue(d), nil
	}
	if d.Scale() > currency.Decimals {
		return Value{}, fmt.Errorf("%s has more decimals than %s has", s, currency.Code)
	}
	return MoneyValue(d), nil
}

// moments are the forms of a datetime without an offset.
var moments = [...]string{"2006-01-02T15:04:05.999", "2006-01-02 15:04:05.999", "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly}

func readMoment(s string, zone *time.Location) (Value, error) {
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return TimeValue(t), nil
	}
	for _, form := range moments {
		if t, err := time.Parse(form, s); err == nil {
			return TimeValue(civil.Wall(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), zone)), nil
		}
	}
	return Value{}, fmt.Errorf("%q is no time such as 2026-03-01 14:30", s)
}

// readItems reads a list. Semicolons stand between items where a list is a text,
// so that no item may hold one.
func readItems(items []any) (Value, error) {
	texts := make([]string, 0, len(items))
	for _, i := range items {
		s, ok := i.(string)
		if !ok {
			return Value{}, fmt.Errorf("%v is no text, and lists are of texts", i)
		}
		if strings.Contains(s, ";") {
			return Value{}, fmt.Errorf("%q has a semicolon, which stands between the items of lists", s)
		}
		texts = append(texts, s)
	}
	return ListValue(trimmed(texts)), nil
}

func trimmed(items []string) []string {
	for i := range items {
		items[i] = strings.TrimSpace(items[i])
	}
	return items
}
