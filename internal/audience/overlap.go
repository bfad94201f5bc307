package audience

import (
	"context"
	"math/bits"
	"slices"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/fault"
)

// MaxOverlap is how many conditions can be laid over each other.
const MaxOverlap = 16

// Part is the people for whom exactly the conditions In are true, by their
// indexes, and no other.
type Part struct {
	In    []int
	Count int
}

// Overlap gives the count of each condition and the parts that are not empty,
// the largest first. Those for whom none is true are in no part.
func (v *View) Overlap(ctx context.Context, nodes []condition.Node) (counts []int, parts []Part, err error) {
	if len(nodes) > MaxOverlap {
		return nil, nil, fault.New(fault.Invalid, "at most %d segments can be laid over each other", MaxOverlap)
	}
	sets := make([]Bitmap, len(nodes))
	counts = make([]int, len(nodes))
	for i, n := range nodes {
		if sets[i], err = v.Bitmap(ctx, n); err != nil {
			return nil, nil, err
		}
		counts[i] = sets[i].Count()
	}
	tally := make([]int, 1<<len(nodes))
	for w := range v.frame.people.alive {
		tallyWord(sets, w, tally)
	}
	for mask, n := range tally {
		if mask == 0 || n == 0 {
			continue
		}
		p := Part{Count: n}
		for i := range nodes {
			if mask>>i&1 == 1 {
				p.In = append(p.In, i)
			}
		}
		parts = append(parts, p)
	}
	slices.SortStableFunc(parts, func(a, b Part) int { return b.Count - a.Count })
	return counts, parts, nil
}

// tallyWord counts the combinations among the 64 ordinals of one word.
func tallyWord(sets []Bitmap, w int, tally []int) {
	var union uint64
	for _, s := range sets {
		union |= s[w]
	}
	for union != 0 {
		bit := bits.TrailingZeros64(union)
		mask := 0
		for i, s := range sets {
			mask |= int(s[w]>>bit&1) << i
		}
		tally[mask]++
		union &= union - 1
	}
}
