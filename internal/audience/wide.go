package audience

import (
	"math"
	"math/bits"

	"github.com/govalues/decimal"
)

// wide is a signed 128-bit integer. Numbers have at most 18 digits and 9
// decimals, so any of them at scale 9 is below 10^27, and a sum of 10^10 of
// them still fits: no aggregate of events can overflow it.
type wide struct {
	hi int64
	lo uint64
}

var (
	lowest  = wide{math.MinInt64 + 1, 0} // below every number; MinInt64 marks unset
	highest = wide{math.MaxInt64, math.MaxUint64}
	notSet  = wide{math.MinInt64, 0}
)

func wideOf(v int64) wide { return wide{v >> 63, uint64(v)} }

func (a wide) add(b wide) wide {
	lo, carry := bits.Add64(a.lo, b.lo, 0)
	return wide{a.hi + b.hi + int64(carry), lo}
}

func (a wide) neg() wide {
	lo, borrow := bits.Sub64(0, a.lo, 0)
	return wide{-a.hi - int64(borrow), lo}
}

func (a wide) cmp(b wide) int {
	switch {
	case a.hi != b.hi:
		if a.hi < b.hi {
			return -1
		}
		return 1
	case a.lo < b.lo:
		return -1
	case a.lo > b.lo:
		return 1
	}
	return 0
}

// times multiplies by a factor of at least 0.
func (a wide) times(f uint64) wide {
	if a.hi < 0 {
		return a.neg().times(f).neg()
	}
	carry, lo := bits.Mul64(a.lo, f)
	return wide{a.hi*int64(f) + int64(carry), lo}
}

// floorDiv divides by d above 0, rounding down.
func (a wide) floorDiv(d uint64) wide {
	if a.hi < 0 {
		// floor(a/d) = -ceil(-a/d) = -floor((-a + d - 1)/d)
		return a.neg().add(wideOf(int64(d - 1))).floorDiv(d).neg()
	}
	hi, rest := uint64(a.hi)/d, uint64(a.hi)%d
	lo, _ := bits.Div64(rest, a.lo, d)
	return wide{int64(hi), lo}
}

func (a wide) ceilDiv(d uint64) wide { return a.neg().floorDiv(d).neg() }

// narrow gives the nearest 64-bit integer, never MinInt64.
func (a wide) narrow() int64 {
	if a.fits() {
		return int64(a.lo)
	}
	if a.hi < 0 {
		return math.MinInt64 + 1
	}
	return math.MaxInt64
}

// fits reports whether narrow is exact.
func (a wide) fits() bool {
	return (a.hi == 0 && int64(a.lo) >= 0) || (a.hi == -1 && int64(a.lo) < 0 && a.lo != 1<<63)
}

// maxScale is how many decimals numbers have at most; literals are compared at it.
const maxScale = 9

var powers = [...]uint64{1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9}

// nanos gives a number in units of 10^-9.
func nanos(d decimal.Decimal) wide {
	w := wide{0, d.Coef()}.times(powers[maxScale-d.Scale()])
	if d.IsNeg() {
		return w.neg()
	}
	return w
}

// decimal gives the number a at a scale, for people; numbers beyond 19 digits
// give false.
func (a wide) decimal(scale int) (decimal.Decimal, bool) {
	for !a.fits() && scale > 0 {
		a, scale = a.floorDiv(10), scale-1
	}
	d, err := decimal.New(a.narrow(), scale)
	return d.Trim(0), err == nil && a.fits()
}
