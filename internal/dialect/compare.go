package dialect

import (
	"fmt"
	"strings"
	"time"

	"github.com/govalues/decimal"

	"github.com/mailwright/mailwright/internal/civil"
)

// maxCompare is how deep lists and objects are compared.
const maxCompare = 32

// equal compares two values. Numbers compare as numbers; a text never equals a
// number; empty and blank are asked of the other side.
func equal(a, b any) bool { return equalAt(a, b, 0) }

func equalAt(a, b any, depth int) bool {
	if k, ok := a.(keyValue); ok {
		return isKey(b, k)
	}
	if k, ok := b.(keyValue); ok {
		return isKey(a, k)
	}
	switch x := a.(type) {
	case nil:
		return b == nil
	case bool:
		y, ok := b.(bool)
		return ok && x == y
	case string, HTML:
		if !isText(b) {
			return false
		}
		return text(a) == text(b)
	case int64, float64, decimal.Decimal:
		order, ok := compareNumbers(a, b)
		return ok && order == 0
	case time.Time:
		y, ok := b.(time.Time)
		return ok && x.Equal(y)
	case civil.Date:
		y, ok := b.(civil.Date)
		return ok && x == y
	case Range:
		y, ok := b.(Range)
		return ok && x == y
	case []any:
		y, ok := b.([]any)
		return ok && equalLists(x, y, depth)
	case *Map:
		y, ok := b.(*Map)
		return ok && equalMaps(x, y, depth)
	case *loop:
		y, ok := b.(*loop)
		return ok && x == y
	}
	return false
}

func isKey(v any, k keyValue) bool {
	if _, both := v.(keyValue); both {
		return false
	}
	if k == blank {
		return isBlank(v)
	}
	return isEmpty(v)
}

func isText(v any) bool {
	switch v.(type) {
	case string, HTML:
		return true
	}
	return false
}

func equalLists(x, y []any, depth int) bool {
	if len(x) != len(y) || depth > maxCompare {
		return false
	}
	for i := range x {
		if !equalAt(canon(x[i]), canon(y[i]), depth+1) {
			return false
		}
	}
	return true
}

func equalMaps(x, y *Map, depth int) bool {
	if len(x.values) != len(y.values) || depth > maxCompare {
		return false
	}
	for k, v := range x.values {
		w, ok := y.values[k]
		if !ok || !equalAt(canon(v), canon(w), depth+1) {
			return false
		}
	}
	return true
}

// order compares two values of one kind: −1, 0 or 1, and false where they have
// no order.
func order(a, b any) (int, bool) {
	switch x := a.(type) {
	case string, HTML:
		if isText(b) {
			return strings.Compare(text(a), text(b)), true
		}
	case time.Time:
		if y, ok := b.(time.Time); ok {
			return x.Compare(y), true
		}
	case civil.Date:
		if y, ok := b.(civil.Date); ok {
			return int(x) - int(y), true
		}
	case int64, float64, decimal.Decimal:
		return compareNumbers(a, b)
	}
	return 0, false
}

// relation answers < > <= >= as conditions do: nil has no order and is false,
// other kinds that do not fit each other are an error.
func relation(op string, a, b any) (bool, error) {
	if a == nil || b == nil {
		return false, nil
	}
	c, ok := order(a, b)
	if !ok {
		if isNaN(a) || isNaN(b) {
			return false, nil
		}
		return false, fmt.Errorf("comparison of %s with %s failed", kindName(a), inspect(b))
	}
	switch op {
	case "<":
		return c < 0, nil
	case ">":
		return c > 0, nil
	case "<=":
		return c <= 0, nil
	}
	return c >= 0, nil
}

// has answers contains: part of a text, item of a list, key of an object.
func has(a, b any) bool {
	if b == nil {
		return false
	}
	switch x := a.(type) {
	case string, HTML:
		return strings.Contains(text(a), text(b))
	case []any:
		for _, item := range x {
			if equal(canon(item), b) {
				return true
			}
		}
	case *Map:
		if isText(b) {
			_, ok := x.Get(text(b))
			return ok
		}
	case Range:
		if n, ok := b.(int64); ok {
			return n >= x.First && n <= x.Last
		}
	}
	return false
}

// kindName names a value's kind in messages.
func kindName(v any) string {
	switch v.(type) {
	case nil:
		return "nothing"
	case string, HTML:
		return "text"
	case int64, float64, decimal.Decimal:
		return "a number"
	case bool:
		return "true or false"
	case time.Time, civil.Date:
		return "a date"
	case []any, Range:
		return "a list"
	}
	return "an object"
}
