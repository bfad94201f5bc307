package dialect

import (
	"errors"
	"math"

	"github.com/govalues/decimal"
)

func numberFilters() map[string]filter {
	two := func(op operation) filter {
		return filter{min: 1, max: 1, apply: func(in filterInput) (any, error) {
			return arithmetic(op, in.value, in.arg(0)), nil
		}}
	}
	return map[string]filter{
		"plus":       two(addition()),
		"minus":      two(subtraction()),
		"times":      two(multiplication()),
		"divided_by": {min: 1, max: 1, apply: dividing(division())},
		"modulo":     {min: 1, max: 1, apply: dividing(remainder())},
		"abs":        {apply: absolute},
		"ceil":       {apply: rounding(math.Ceil, decimal.Decimal.Ceil)},
		"floor":      {apply: rounding(math.Floor, decimal.Decimal.Floor)},
		"round":      {max: 1, apply: round},
		"at_least":   {min: 1, max: 1, apply: clamp(func(order int) bool { return order < 0 })},
		"at_most":    {min: 1, max: 1, apply: clamp(func(order int) bool { return order > 0 })},
		"sum":        {max: 1, apply: sum},
	}
}

// dividing refuses a whole zero; by a zero with decimals the result is infinite.
func dividing(op operation) func(filterInput) (any, error) {
	return func(in filterInput) (any, error) {
		by := asNumber(in.arg(0))
		if n, ok := by.(int64); ok && n == 0 {
			return nil, errors.New("divided by 0")
		}
		if asFloat(by) == 0 {
			if _, exact := by.(decimal.Decimal); exact {
				return nil, errors.New("divided by 0")
			}
			return op.floated(asFloat(asNumber(in.value)), 0), nil
		}
		return arithmetic(op, in.value, by), nil
	}
}

func absolute(in filterInput) (any, error) {
	switch n := asNumber(in.value).(type) {
	case int64:
		if n == math.MinInt64 {
			return -float64(n), nil
		}
		return max(n, -n), nil
	case float64:
		return math.Abs(n), nil
	case decimal.Decimal:
		return n.Abs(), nil
	}
	return int64(0), nil
}

func rounding(float func(float64) float64, exact func(decimal.Decimal, int) decimal.Decimal) func(filterInput) (any, error) {
	return func(in filterInput) (any, error) {
		n := asNumber(in.value)
		if d, ok := asDecimal(n); ok {
			if whole, _, ok := exact(d, 0).Int64(0); ok {
				return whole, nil
			}
		}
		return wholeFloat(float(asFloat(n)))
	}
}

func wholeFloat(f float64) (any, error) {
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return nil, errors.New("the number is not finite")
	}
	if math.Abs(f) < 1<<62 {
		return int64(f), nil
	}
	return f, nil
}

// round rounds half away from zero. Without decimals the result is whole.
func round(in filterInput) (any, error) {
	digits, ok := toInteger(asNumber(in.arg(0)))
	if !ok {
		return nil, errors.New("the number is too large")
	}
	n := asNumber(in.value)
	d, exact := asDecimal(n)
	if !exact {
		return wholeFloat(math.Round(asFloat(n)))
	}
	if digits < 0 {
		shift := math.Pow10(int(-max(digits, -30)))
		return wholeFloat(math.Round(asFloat(n)/shift) * shift)
	}
	d = halfUp(d, int(min(digits, decimal.MaxScale)))
	if digits == 0 {
		if whole, _, ok := d.Int64(0); ok {
			return whole, nil
		}
		return wholeFloat(math.Round(asFloat(n)))
	}
	switch n.(type) {
	case int64:
		return n, nil
	case decimal.Decimal:
		return d, nil
	}
	return asFloat(d), nil
}

// halfUp rounds half away from zero; the decimal package rounds half to even.
func halfUp(d decimal.Decimal, scale int) decimal.Decimal {
	if d.Scale() <= scale {
		return d
	}
	cut := d.Trunc(scale)
	rest, err := d.Sub(cut)
	if err != nil {
		return d.Round(scale)
	}
	unit := decimal.MustNew(1, scale) // scale is within the package's bounds
	double, err := rest.Abs().Add(rest.Abs())
	if err != nil || double.Cmp(unit) < 0 {
		return cut
	}
	if d.IsNeg() {
		unit = unit.Neg()
	}
	r, err := cut.Add(unit)
	if err != nil {
		return d.Round(scale)
	}
	return r
}

func clamp(replace func(order int) bool) func(filterInput) (any, error) {
	return func(in filterInput) (any, error) {
		n, bound := asNumber(in.value), asNumber(in.arg(0))
		if order, ok := compareNumbers(n, bound); ok && replace(order) {
			return bound, nil
		}
		return n, nil
	}
}

func sum(in filterInput) (any, error) {
	var total any = int64(0)
	err := in.each(func(_, v any) error {
		total = arithmetic(addition(), total, v)
		return nil
	})
	return total, err
}
