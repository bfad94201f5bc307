package audience

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/mailwright/mailwright/internal/contact"
)

var usualCuts = []int{20, 40, 60, 80}

func scoresOf(values []int64, cuts []int) []int64 {
	c, _ := score(&column{typ: contact.Number, nums: values}, cuts)
	return c.nums
}

func TestScoresByHand(t *testing.T) {
	for _, c := range []struct {
		name         string
		values, want []int64
		cuts         []int
	}{
		{"ten different values: two of each score", []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, []int64{1, 1, 2, 2, 3, 3, 4, 4, 5, 5}, usualCuts},
		{"order does not matter", []int64{50, 10, 30, 20, 40}, []int64{5, 1, 3, 2, 4}, usualCuts},
		{"one person has 1", []int64{7}, []int64{1}, usualCuts},
		{"two people", []int64{1, 2}, []int64{1, 3}, usualCuts},
		{"three people", []int64{1, 2, 3}, []int64{1, 2, 4}, usualCuts},
		{"four people", []int64{1, 2, 3, 4}, []int64{1, 2, 3, 4}, usualCuts},
		{"all alike have 1", []int64{3, 3, 3, 3, 3, 3}, []int64{1, 1, 1, 1, 1, 1}, usualCuts},
		{"most bought once: the second order lifts far", []int64{1, 1, 1, 1, 1, 1, 1, 2, 2, 3}, []int64{1, 1, 1, 1, 1, 1, 1, 4, 4, 5}, usualCuts},
		{"who has no value has no score", []int64{unset, 5, unset, 6}, []int64{unset, 1, unset, 3}, usualCuts},
		{"sums below nothing", []int64{-5, -1, 0, 3, 8}, []int64{1, 2, 3, 4, 5}, usualCuts},
		{"nobody", []int64{unset, unset}, []int64{unset, unset}, usualCuts},
		{"a top tenth", []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, []int64{1, 1, 1, 1, 1, 2, 2, 3, 4, 5}, []int{50, 70, 80, 90}},
	} {
		if got := scoresOf(c.values, c.cuts); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func drawCuts(t *rapid.T) []int {
	list := rapid.SliceOfNDistinct(rapid.IntRange(1, 99), 4, 4, rapid.ID[int]).Draw(t, "cuts")
	slices.Sort(list)
	return list
}

func TestScoreLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOf(rapid.OneOf(rapid.Int64Range(-3, 6), rapid.Int64Range(-1e15, 1e15), rapid.Just(int64(unset)))).Draw(t, "values")
		cuts := drawCuts(t)
		c, s := score(&column{typ: contact.Number, nums: values}, cuts)
		got := c.nums
		n := 0
		for _, v := range values {
			if v != unset {
				n++
			}
		}
		for i, v := range values {
			if (v == unset) != (got[i] == unset) {
				t.Fatalf("%d has the score %d", v, got[i])
			}
			if v == unset {
				continue
			}
			// The definition, counted out: the share with less reaches the cut.
			less := 0
			for j, w := range values {
				if w == unset {
					continue
				}
				if w < v {
					less++
				}
				if w == v && got[i] != got[j] || w < v && got[j] > got[i] {
					t.Fatalf("%d has %d and %d has %d", v, got[i], w, got[j])
				}
			}
			want := int64(1)
			for _, cut := range cuts {
				if less*100 >= cut*n {
					want++
				}
			}
			if got[i] != want {
				t.Fatalf("%d of %d have less than %d: scored %d, want %d", less, n, v, got[i], want)
			}
			k := got[i] - 1
			if w := wideOf(v); w.cmp(s.low[k]) < 0 || w.cmp(s.high[k]) > 0 {
				t.Fatalf("%d is not within the bounds of the score %d", v, got[i])
			}
		}
		if total := sumOf(s.people); total != n {
			t.Fatalf("%d people have scores, want %d", total, n)
		}
		turned := slices.Clone(values)
		slices.Reverse(turned)
		back := scoresOf(turned, cuts)
		slices.Reverse(back)
		if !slices.Equal(back, got) {
			t.Fatalf("turned round: %v, want %v", back, got)
		}
		wides := make([]wide, len(values))
		for i, v := range values {
			wides[i] = notSet
			if v != unset {
				wides[i] = wideOf(v)
			}
		}
		if w, _ := score(&column{typ: contact.Number, wides: wides}, cuts); !slices.Equal(w.nums, got) {
			t.Fatalf("in wide numbers: %v, want %v", w.nums, got)
		}
	})
}
