package contact

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/govalues/decimal"

	"github.com/mailwright/mailwright/internal/civil"
)

// Type is the type of an attribute or of an event's property.
type Type string

// The types of values.
const (
	Text     Type = "text"
	Number   Type = "number" // an exact decimal: at most 18 digits, at most 9 of them after the point
	Money    Type = "money"  // an exact decimal in major units, with no more decimals than the currency
	Boolean  Type = "boolean"
	DateType Type = "date"
	Datetime Type = "datetime"
	List     Type = "list" // of texts
)

// Types lists every type, in the order in which windows offer them.
var Types = []Type{Text, Number, Money, Boolean, DateType, Datetime, List}

// Value is one typed value. The zero Value is unset. Values are immutable.
type Value struct {
	typ  Type
	text string
	num  decimal.Decimal
	int  int64
	list []string
}

// TextValue gives a text; a text that is empty or all white is unset.
func TextValue(s string) Value {
	if strings.TrimSpace(s) == "" {
		return Value{}
	}
	return Value{typ: Text, text: s}
}

// NumberValue gives a number.
func NumberValue(d decimal.Decimal) Value { return Value{typ: Number, num: d.Trim(0)} }

// MoneyValue gives an amount in major units (19.99).
func MoneyValue(d decimal.Decimal) Value { return Value{typ: Money, num: d.Trim(0)} }

// BoolValue gives a boolean.
func BoolValue(b bool) Value {
	if b {
		return Value{typ: Boolean, int: 1}
	}
	return Value{typ: Boolean}
}

// DateValue gives a local date.
func DateValue(d civil.Date) Value { return Value{typ: DateType, int: int64(d)} }

// TimeValue gives an instant, cut to the millisecond.
func TimeValue(t time.Time) Value { return Value{typ: Datetime, int: t.UnixMilli()} }

// MillisValue gives an instant by its milliseconds since 1970 UTC.
func MillisValue(ms int64) Value { return Value{typ: Datetime, int: ms} }

// ListValue gives a list of texts without the empty ones; an empty list is unset.
func ListValue(items []string) Value {
	kept := make([]string, 0, len(items))
	for _, s := range items {
		if strings.TrimSpace(s) != "" {
			kept = append(kept, s)
		}
	}
	if len(kept) == 0 {
		return Value{}
	}
	return Value{typ: List, list: kept}
}

// IsSet reports whether there is a value.
func (v Value) IsSet() bool { return v.typ != "" }

// Type gives the value's type, "" when unset.
func (v Value) Type() Type { return v.typ }

// Decimal gives a number or an amount in major units; zero for other types.
func (v Value) Decimal() decimal.Decimal { return v.num }

// Bool gives a boolean; false for other types.
func (v Value) Bool() bool { return v.typ == Boolean && v.int != 0 }

// Date gives a date; 1970-01-01 for other types.
func (v Value) Date() civil.Date {
	if v.typ != DateType {
		return 0
	}
	return civil.Date(v.int)
}

// Millis gives a datetime as milliseconds since 1970 UTC; 0 for other types.
func (v Value) Millis() int64 {
	if v.typ != Datetime {
		return 0
	}
	return v.int
}

// Time gives a datetime in UTC.
func (v Value) Time() time.Time { return time.UnixMilli(v.Millis()).UTC() }

// Items gives a list's texts. The caller must not change them.
func (v Value) Items() []string { return v.list }

// Equal reports whether two values have the same type and content.
func (v Value) Equal(w Value) bool {
	if v.typ != w.typ || v.text != w.text || v.int != w.int || len(v.list) != len(w.list) {
		return false
	}
	for i := range v.list {
		if v.list[i] != w.list[i] {
			return false
		}
	}
	return v.num.Cmp(w.num) == 0
}

// String gives the canonical text of a value: what CSV exports hold, and what a
// column that is widened to text keeps. Datetimes are RFC 3339 in UTC, lists are
// joined by semicolons.
func (v Value) String() string {
	switch v.typ {
	case Text:
		return v.text
	case Number, Money:
		return v.num.String()
	case Boolean:
		if v.int != 0 {
			return "true"
		}
		return "false"
	case DateType:
		return civil.Date(v.int).String()
	case Datetime:
		return v.Time().Format("2006-01-02T15:04:05.999Z07:00")
	case List:
		return strings.Join(v.list, ";")
	}
	return ""
}

// MarshalJSON writes the value as conditions, exports and the window see it:
// numbers and money as JSON numbers with all their digits, dates as texts.
func (v Value) MarshalJSON() ([]byte, error) {
	switch v.typ {
	case "":
		return []byte("null"), nil
	case Number, Money:
		return []byte(v.num.String()), nil
	case Boolean:
		return json.Marshal(v.int != 0)
	case List:
		return json.Marshal(v.list)
	}
	return json.Marshal(v.String())
}

// MaxDigits and MaxDecimals bound numbers so that a column of them fits scaled
// 64-bit integers. What is longer is kept as text by imports and refused elsewhere.
const (
	MaxDigits   = 18
	MaxDecimals = 9
)

// ParseDecimal reads a plain decimal ("-1234.50") within the bounds of Number.
func ParseDecimal(s string) (decimal.Decimal, error) {
	digits := 0
	for i, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r == '.' || (i == 0 && (r == '-' || r == '+')):
		default:
			return decimal.Decimal{}, fmt.Errorf("%q is no decimal number", s)
		}
	}
	d, err := decimal.Parse(s)
	if err != nil || digits == 0 {
		return decimal.Decimal{}, fmt.Errorf("%q is no decimal number", s)
	}
	d = d.Trim(0)
	if d.Prec() > MaxDigits || d.Scale() > MaxDecimals {
		return decimal.Decimal{}, fmt.Errorf("%q has more than %d digits or %d decimals", s, MaxDigits, MaxDecimals)
	}
	return d, nil
}
