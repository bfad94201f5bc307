package store

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"github.com/govalues/decimal"

	"github.com/mailwright/mailwright/internal/civil"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
)

// Cell gives the SQLite form of a value: integers for booleans, dates (days),
// datetimes (milliseconds), money (minor units) and whole numbers, text for
// texts, other numbers and lists (JSON), nil for unset. Money with more decimals
// than the currency has is fault.Invalid.
func Cell(v contact.Value, currency contact.Currency) (any, error) {
	switch v.Type() {
	case "":
		return nil, nil
	case contact.Text:
		return v.String(), nil
	case contact.Number:
		return NumberCell(v.Decimal()), nil
	case contact.Money:
		return MinorUnits(v.Decimal(), currency)
	case contact.Boolean:
		if v.Bool() {
			return int64(1), nil
		}
		return int64(0), nil
	case contact.DateType:
		return int64(v.Date()), nil
	case contact.Datetime:
		return v.Millis(), nil
	case contact.List:
		b, err := json.Marshal(v.Items())
		return string(b), err
	}
	return nil, fmt.Errorf("no cell for type %q", v.Type())
}

// NumberCell gives an integer for a whole number, else its decimal text.
func NumberCell(d decimal.Decimal) any {
	// Int64 rounds to the scale it is given, so the scale is looked at first.
	if whole, _, ok := d.Int64(0); ok && d.Trim(0).Scale() == 0 {
		return whole
	}
	return d.String()
}

// MinorUnits gives an amount in the currency's smallest unit.
func MinorUnits(d decimal.Decimal, currency contact.Currency) (int64, error) {
	if d.Trim(0).Scale() > currency.Decimals {
		return 0, fault.New(fault.Invalid, "%s has more decimals than %s has", d, currency.Code)
	}
	whole, frac, ok := d.Int64(currency.Decimals)
	if !ok {
		return 0, fault.New(fault.Invalid, "%s is too large an amount", d)
	}
	for range currency.Decimals {
		if whole > math.MaxInt64/10 || whole < math.MinInt64/10 {
			return 0, fault.New(fault.Invalid, "%s is too large an amount", d)
		}
		whole *= 10
	}
	return whole + frac, nil
}

// ReadCell gives the value of a cell by the type that the schema tells.
func ReadCell(cell any, t contact.Type, currency contact.Currency) (contact.Value, error) {
	switch c := cell.(type) {
	case nil:
		return contact.Value{}, nil
	case int64:
		return readInteger(c, t, currency)
	case []byte:
		return readText(string(c), t)
	case string:
		return readText(c, t)
	}
	return contact.Value{}, fmt.Errorf("a cell of %T cannot be a %s", cell, t)
}

func readInteger(n int64, t contact.Type, currency contact.Currency) (contact.Value, error) {
	switch t {
	case contact.Number:
		d, err := decimal.New(n, 0)
		return contact.NumberValue(d), err
	case contact.Money:
		d, err := decimal.New(n, currency.Decimals)
		return contact.MoneyValue(d), err
	case contact.Boolean:
		return contact.BoolValue(n != 0), nil
	case contact.DateType:
		return contact.DateValue(civil.Date(n)), nil
	case contact.Datetime:
		return contact.MillisValue(n), nil
	case contact.Text:
		return contact.TextValue(strconv.FormatInt(n, 10)), nil
	}
	return contact.Value{}, fmt.Errorf("an integer cell cannot be a %s", t)
}

func readText(s string, t contact.Type) (contact.Value, error) {
	switch t {
	case contact.Text:
		return contact.TextValue(s), nil
	case contact.Number:
		d, err := decimal.Parse(s)
		return contact.NumberValue(d), err
	case contact.List:
		var items []string
		err := json.Unmarshal([]byte(s), &items)
		return contact.ListValue(items), err
	}
	return contact.Value{}, fmt.Errorf("a text cell cannot be a %s", t)
}
