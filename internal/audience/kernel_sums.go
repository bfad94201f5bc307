package audience

import "github.com/mailwright/mailwright/internal/condition"

// sums are running totals over positions: what lies between two of them is a
// difference, so that a person's total needs no loop whose end nothing foretells.
// The totals of a column fit 64 bits, see sumsFit.
type sums struct {
	total []int64  // of the values before each position, from the first asked for
	count []uint32 // how many values those are; only where asked for
}

// run totals the values from one position to another, those of them that pass.
func (s *sums) run(nums []int64, passing Bitmap, from, to int) {
	if cap(s.total) <= to-from {
		s.total = make([]int64, 2*(to-from)+1)
	}
	s.total = s.total[:to-from+1]
	out := s.total[1:]
	var total int64
	if passing == nil {
		for i, v := range nums[from:to] {
			if v == unset {
				v = 0
			}
			total += v
			out[i] = total
		}
		return
	}
	for i, v := range nums[from:to] {
		if v == unset {
			v = 0
		}
		p := from + i
		total += v & -int64(passing[p>>6]>>(p&63)&1)
		out[i] = total
	}
}

// tally counts the values from one position to another, those of them that pass.
func (s *sums) tally(nums []int64, passing Bitmap, from, to int) {
	if cap(s.count) <= to-from {
		s.count = make([]uint32, 2*(to-from)+1)
	}
	s.count = s.count[:to-from+1]
	count := uint32(0)
	for i, v := range nums[from:to] {
		has := uint32(1)
		if v == unset {
			has = 0
		}
		if p := from + i; passing != nil {
			has &= uint32(passing[p>>6] >> (p & 63))
		}
		count += has
		s.count[i+1] = count
	}
}

// narrowed gives the positions in the window, of those from start to end, which lie
// after first, as distances from there.
func (e *eventLeaf) narrowed(whole bool, start, end, first uint32) (from, to uint32) {
	if whole || start == end {
		return start - first, end - first
	}
	f, t := e.col.between(int(start), int(end), e.lo, e.hi)
	return uint32(f) - first, uint32(t) - first
}

// whole reports whether all events lie in the window.
func (e *eventLeaf) whole() bool { return e.lo <= e.col.first && e.hi >= e.col.last }

// summed asks for a sum, which is 0 without a value.
func (e *eventLeaf) summed(low, high int64) kernel {
	var s sums
	offsets, nums, whole := e.col.offsets, e.measured.nums, e.whole()
	width := uint64(high) - uint64(low) // low ≤ sum ≤ high in one comparison
	return func(b Bitmap, from, to int) {
		for w := from; w < to; w += 64 {
			last := min(w+64, to)
			first := offsets[w]
			s.run(nums, e.passing, int(first), int(offsets[last]))
			var word uint64
			start := first
			for i, end := range offsets[w+1 : last+1] {
				f, t := e.narrowed(whole, start, end, first)
				var in uint64
				if uint64(s.total[t]-s.total[f])-uint64(low) <= width {
					in = 1
				}
				word |= in << (i & 63)
				start = end
			}
			b[w>>6] = word
		}
	}
}

// averaged compares sums with values times numbers, without dividing.
func (e *eventLeaf) averaged(op condition.Op) kernel {
	var s sums
	offsets, nums, whole := e.col.offsets, e.measured.nums, e.whole()
	up := powers[maxScale-e.measured.scale]
	value, upper := nanos(e.test.Nums[0]), nanos(e.test.Nums[1])
	return func(b Bitmap, from, to int) {
		for w := from; w < to; w += 64 {
			last := min(w+64, to)
			first := offsets[w]
			s.run(nums, e.passing, int(first), int(offsets[last]))
			s.tally(nums, e.passing, int(first), int(offsets[last]))
			var word uint64
			start := first
			for i, end := range offsets[w+1 : last+1] {
				f, t := e.narrowed(whole, start, end, first)
				if n := uint64(s.count[t] - s.count[f]); n > 0 {
					sum := wideOf(s.total[t] - s.total[f]).times(up)
					if satisfies(op, sum.cmp(value.times(n)), sum.cmp(upper.times(n))) {
						word |= 1 << i
					}
				}
				start = end
			}
			b[w>>6] = word
		}
	}
}
