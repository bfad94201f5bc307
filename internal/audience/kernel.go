package audience

import (
	"math"

	"github.com/mailwright/mailwright/internal/condition"
)

// kernel answers for the people from one ordinal to another, who all lie within
// the column's offsets, by writing whole words of a bitmap. It asks what the leaf's
// predicate asks, in a loop without calls, and knows nothing of a tail.
type kernel func(b Bitmap, from, to int)

// kernel gives the loop for a leaf that measures numbers of 64 bits, over all events
// or over those that are known to pass its tests; nil for others.
func (e *eventLeaf) kernel() kernel {
	if e.where != nil && e.passing == nil || len(e.col.times) == 0 {
		return nil
	}
	k := e.positiveKernel()
	if k == nil || e.test.Op != condition.Ne {
		return k
	}
	return func(b Bitmap, from, to int) {
		k(b, from, to)
		b[from>>6 : (to+63)>>6].turn()
	}
}

func (e *eventLeaf) positiveKernel() kernel {
	op := e.test.Op
	if op == condition.Ne {
		op = condition.Eq
	}
	scale := 0
	switch e.test.Measure {
	case condition.Count:
	case condition.Sum, condition.Min, condition.Max, condition.Avg:
		if e.measured == nil || !e.sumsFit {
			return nil
		}
		scale = e.measured.scale
	default:
		return nil
	}
	if e.test.Measure == condition.Avg {
		return e.averaged(op)
	}
	lo, hi := interval(op, nanos(e.test.Nums[0]), nanos(e.test.Nums[1]))
	lo, hi = atScale(lo, hi, scale)
	if lo.cmp(hi) > 0 || (!lo.fits() && lo.hi >= 0) || (!hi.fits() && hi.hi < 0) {
		return nil
	}
	low, high := lo.narrow(), hi.narrow()
	switch {
	case e.test.Measure == condition.Sum:
		return e.summed(low, high)
	case e.test.Measure != condition.Count:
		return e.folded(low, high)
	case e.passing == nil && hi == highest && low > 0 && e.hi >= e.col.last:
		return e.recent(int(min(low, math.MaxInt32)))
	}
	return e.counted(low, high)
}

// recent asks for at least n events since the window's beginning: whether the n-th
// from the end is in it. It has no branches, since nothing foretells who is in.
func (e *eventLeaf) recent(n int) kernel {
	offsets, times, lo, count := e.col.offsets, e.col.times, e.lo, uint32(n)
	return func(b Bitmap, from, to int) {
		for w := from; w < to; w += 64 {
			var word uint64
			start := offsets[w]
			for i, end := range offsets[w+1 : min(w+64, to)+1] {
				nth := max(end, count) - count // 0 stands in where there are fewer
				var enough, late uint64
				if end-start >= count {
					enough = 1
				}
				if times[nth] >= lo {
					late = 1
				}
				word |= (enough & late) << (i & 63)
				start = end
			}
			b[w>>6] = word
		}
	}
}

// counted asks for a number of events in the window.
func (e *eventLeaf) counted(low, high int64) kernel {
	offsets := e.col.offsets
	return func(b Bitmap, from, to int) {
		for w := from; w < to; w += 64 {
			var word uint64
			start := offsets[w]
			for i, end := range offsets[w+1 : min(w+64, to)+1] {
				n := int64(0)
				if start < end {
					f, t := e.col.between(int(start), int(end), e.lo, e.hi)
					n = int64(e.count(f, t, 0))
				}
				if n >= low && n <= high {
					word |= 1 << i
				}
				start = end
			}
			b[w>>6] = word
		}
	}
}

// folded asks for a smallest or largest value.
func (e *eventLeaf) folded(low, high int64) kernel {
	offsets, nums := e.col.offsets, e.measured.nums
	whole := e.whole()
	fold := leastOf
	if e.test.Measure == condition.Max {
		fold = mostOf
	}
	passing := e.passing
	return func(b Bitmap, from, to int) {
		some := make([]int64, 0, 64)
		for w := from; w < to; w += 64 {
			var word uint64
			start := offsets[w]
			for i, end := range offsets[w+1 : min(w+64, to)+1] {
				f, t := int(start), int(end)
				if !whole && f < t {
					f, t = e.col.between(f, t, e.lo, e.hi)
				}
				holds := false
				switch {
				case f >= t:
				case passing == nil:
					if v, any := fold(nums[f:t]); any {
						holds = v >= low && v <= high
					}
				default:
					some = passing.pick(some[:0], nums, f, t)
					if v, any := fold(some); any {
						holds = v >= low && v <= high
					}
				}
				if holds {
					word |= 1 << i
				}
				start = end
			}
			b[w>>6] = word
		}
	}
}

// pick adds the values at the members from one position to another to a list.
func (b Bitmap) pick(list, nums []int64, from, to int) []int64 {
	if b.between(from, to) == 0 {
		return list
	}
	for p := from; p < to; p++ {
		if b[p>>6]>>(p&63)&1 == 1 {
			list = append(list, nums[p])
		}
	}
	return list
}

func leastOf(nums []int64) (int64, bool) {
	least := int64(math.MaxInt64)
	for _, v := range nums {
		if v < least && v != unset {
			least = v
		}
	}
	return least, least != math.MaxInt64
}

func mostOf(nums []int64) (int64, bool) {
	most := int64(unset) // below every value
	for _, v := range nums {
		most = max(most, v)
	}
	return most, most != unset
}

// parts gives the leaf's loop over everybody, and its predicate for those whom the
// kernel does not know: who came after the column was assembled, and whose events
// stand anew.
func (e *eventLeaf) parts() func(b Bitmap, from, to int) {
	k, p := e.kernel(), e.predicate()
	if k == nil {
		return func(b Bitmap, from, to int) { fillPart(b, p, from, to) }
	}
	known := len(e.col.offsets) - 1
	return func(b Bitmap, from, to int) {
		if middle := within(to, known); from < middle {
			k(b, from, middle)
			e.col.tail.each(from, middle, func(i int) {
				if p(i) {
					b.set(i)
				} else {
					b.unset(i)
				}
			})
			from = middle
		}
		if from < to {
			fillPart(b, p, from, to)
		}
	}
}

// within gives the end of the whole words up to which loops may go of a range that
// ends at to, where they know as many ordinals: to itself, where they know it all.
func within(to, known int) int {
	if to <= known {
		return to
	}
	return known &^ 63
}

// each calls f with the people between two ordinals whose events stand anew.
func (t *tail) each(from, to int, f func(i int)) {
	if t == nil {
		return
	}
	for n := from / pageSize; n*pageSize < to; n++ {
		if page := t.pages[n]; page != nil {
			for i, s := range page {
				if at := n*pageSize + i; s.whole && at >= from && at < to {
					f(at)
				}
			}
		}
	}
}
