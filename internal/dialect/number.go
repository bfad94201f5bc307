package dialect

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"github.com/govalues/decimal"
)

// asNumber turns a value into int64, float64 or decimal.Decimal: texts by what
// they begin with, everything else that is no number into 0.
func asNumber(v any) any {
	switch v := v.(type) {
	case int64, float64, decimal.Decimal:
		return v
	case string:
		return textNumber(v)
	case HTML:
		return textNumber(string(v))
	}
	return int64(0)
}

func textNumber(s string) any {
	s = strings.TrimFunc(s, unicode.IsSpace)
	digits := strings.TrimLeft(s, "+-")
	if len(s)-len(digits) > 1 {
		return int64(0)
	}
	n := 0
	for n < len(digits) && isDigit(digits[n]) {
		n++
	}
	if n == 0 {
		return int64(0)
	}
	if rest := digits[n:]; len(rest) > 1 && rest[0] == '.' && strings.Trim(rest[1:], "0123456789") == "" {
		if f, err := strconv.ParseFloat(s, 64); err == nil {
			return f
		}
	}
	return intValue(s[:len(s)-len(digits)+n])
}

// wholeText reports whether a text is a whole number and nothing else.
func wholeText(s string) (int64, bool) {
	n, err := strconv.ParseInt(strings.TrimFunc(s, unicode.IsSpace), 10, 64)
	return n, err == nil
}

func asFloat(v any) float64 {
	switch v := v.(type) {
	case int64:
		return float64(v)
	case float64:
		return v
	case decimal.Decimal:
		f, _ := v.Float64()
		return f
	}
	return 0
}

// asDecimal gives a number's exact decimal, and false where it has none: beyond
// 19 digits, infinite, or not a number.
func asDecimal(v any) (decimal.Decimal, bool) {
	switch v := v.(type) {
	case int64:
		d, err := decimal.New(v, 0)
		return d, err == nil
	case float64:
		if math.IsInf(v, 0) || math.IsNaN(v) || math.Abs(v) >= 1e18 {
			return decimal.Decimal{}, false
		}
		d, err := decimal.Parse(strconv.FormatFloat(v, 'f', -1, 64))
		return d, err == nil
	case decimal.Decimal:
		return v, true
	}
	return decimal.Decimal{}, false
}

func isNaN(v any) bool {
	f, ok := v.(float64)
	return ok && math.IsNaN(f)
}

// compareNumbers gives −1, 0 or 1, and false where one side is no number.
func compareNumbers(a, b any) (int, bool) {
	x, aInt := a.(int64)
	y, bInt := b.(int64)
	if aInt && bInt {
		switch {
		case x < y:
			return -1, true
		case x > y:
			return 1, true
		}
		return 0, true
	}
	if !isNumber(a) || !isNumber(b) || isNaN(a) || isNaN(b) {
		return 0, false
	}
	if d, ok := asDecimal(a); ok {
		if e, ok := asDecimal(b); ok {
			return d.Cmp(e), true
		}
	}
	switch f, g := asFloat(a), asFloat(b); {
	case f < g:
		return -1, true
	case f > g:
		return 1, true
	}
	return 0, true
}

func isNumber(v any) bool {
	switch v.(type) {
	case int64, float64, decimal.Decimal:
		return true
	}
	return false
}

// operation is one of the four, in whole numbers, exact decimals, and floats
// where neither holds.
type operation struct {
	whole   func(a, b int64) (int64, bool) // false: does not fit
	exact   func(a, b decimal.Decimal) (decimal.Decimal, error)
	floated func(a, b float64) float64
}

func arithmetic(op operation, a, b any) any {
	a, b = asNumber(a), asNumber(b)
	x, aInt := a.(int64)
	y, bInt := b.(int64)
	if aInt && bInt {
		if n, ok := op.whole(x, y); ok {
			return n
		}
		return op.floated(float64(x), float64(y))
	}
	d, dOK := asDecimal(a)
	e, eOK := asDecimal(b)
	if dOK && eOK {
		if r, err := op.exact(d, e); err == nil {
			return decimalResult(a, b, r)
		}
	}
	return op.floated(asFloat(a), asFloat(b))
}

// decimalResult stays exact where one side was an exact decimal (money), and is
// a float where both were floats, as Liquid has it.
func decimalResult(a, b any, r decimal.Decimal) any {
	_, aExact := a.(decimal.Decimal)
	_, bExact := b.(decimal.Decimal)
	if aExact || bExact {
		return r
	}
	f, _ := r.Float64()
	return f
}

func addition() operation {
	return operation{
		func(a, b int64) (int64, bool) { c := a + b; return c, (c > a) == (b > 0) },
		decimal.Decimal.Add,
		func(a, b float64) float64 { return a + b },
	}
}

func subtraction() operation {
	return operation{
		func(a, b int64) (int64, bool) { c := a - b; return c, (c < a) == (b > 0) },
		decimal.Decimal.Sub,
		func(a, b float64) float64 { return a - b },
	}
}

func multiplication() operation {
	return operation{
		func(a, b int64) (int64, bool) {
			if a == 0 || b == 0 {
				return 0, true
			}
			c := a * b
			return c, c/b == a && !(a == -1 && b == math.MinInt64) && !(b == -1 && a == math.MinInt64)
		},
		decimal.Decimal.Mul,
		func(a, b float64) float64 { return a * b },
	}
}

func division() operation {
	return operation{
		func(a, b int64) (int64, bool) {
			if a == math.MinInt64 && b == -1 {
				return 0, false
			}
			q := a / b
			if a%b != 0 && (a < 0) != (b < 0) {
				q--
			}
			return q, true
		},
		func(a, b decimal.Decimal) (decimal.Decimal, error) { return a.Quo(b) },
		func(a, b float64) float64 { return a / b },
	}
}

func remainder() operation {
	return operation{
		func(a, b int64) (int64, bool) {
			if b == -1 {
				return 0, true
			}
			m := a % b
			if m != 0 && (m < 0) != (b < 0) {
				m += b
			}
			return m, true
		},
		func(a, b decimal.Decimal) (decimal.Decimal, error) {
			_, m, err := a.QuoRem(b)
			if err == nil && !m.IsZero() && m.IsNeg() != b.IsNeg() {
				return m.Add(b)
			}
			return m, err
		},
		func(a, b float64) float64 {
			m := math.Mod(a, b)
			if m != 0 && (m < 0) != (b < 0) {
				m += b
			}
			return m
		},
	}
}
