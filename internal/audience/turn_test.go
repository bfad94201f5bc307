package audience

import (
	"math/bits"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/mailwright/mailwright/internal/condition"
)

// drawTurn makes a small tree of answers. With few keys, leaves ask the same.
func drawTurn(t *rapid.T, depth int, leaves *[]*turn, keys int, truths map[string][2]bool) *turn {
	if depth == 0 || (len(*leaves) > 0 && rapid.IntRange(0, 2).Draw(t, "leaf") == 0) || len(*leaves) > 7 {
		key := strconv.Itoa(len(*leaves))
		if keys > 0 {
			key = strconv.Itoa(rapid.IntRange(0, keys-1).Draw(t, "key"))
		}
		truth, ok := truths[key]
		if !ok {
			truth = [2]bool{rapid.Bool().Draw(t, "holds"), rapid.IntRange(0, 3).Draw(t, "can") > 0}
			truths[key] = truth
		}
		l := &turn{holds: truth[0], can: truth[1], key: key, taste: 1}
		*leaves = append(*leaves, l)
		return l
	}
	g := &turn{kind: rapid.SampledFrom([]condition.Kind{condition.All, condition.Any, condition.None}).Draw(t, "kind")}
	for range rapid.IntRange(1, 3).Draw(t, "children") {
		g.children = append(g.children, drawTurn(t, depth-1, leaves, keys, truths))
	}
	g.holds = g.with(nil)
	return g
}

// fewest finds the size of the smallest set of questions that turns the answer, by
// trying every set; 0 where none does.
func fewest(t *turn, leaves []*turn) int {
	var keys []string
	seen := map[string]bool{}
	for _, l := range leaves {
		if l.can && !seen[l.key] {
			seen[l.key] = true
			keys = append(keys, l.key)
		}
	}
	best := 0
	for mask := uint(1); mask < 1<<len(keys); mask++ {
		set := map[string]bool{}
		for i, k := range keys {
			if mask>>i&1 == 1 {
				set[k] = true
			}
		}
		if n := bits.OnesCount(mask); t.with(set) != t.holds && (best == 0 || n < best) {
			best = n
		}
	}
	return best
}

// Turning the leaves that an explanation names turns the whole answer, and no
// smaller set of leaves does: also where a condition asks the same twice.
func TestTheSmallestChangeTurnsTheAnswer(t *testing.T) {
	for _, keys := range []int{0, 3} {
		rapid.Check(t, func(t *rapid.T) {
			var leaves []*turn
			tree := drawTurn(t, 3, &leaves, keys, map[string][2]bool{})
			set := map[string]bool{}
			got := tree.turned()
			for _, l := range got {
				if !l.can {
					t.Fatal("a leaf that cannot turn is named")
				}
				set[l.key] = true
			}
			if len(got) > 0 && tree.with(set) == tree.holds {
				t.Fatal("the change does not turn the answer")
			}
			if want := fewest(tree, leaves); len(got) != want {
				t.Fatalf("%d leaves, want %d", len(got), want)
			}
		})
	}
}
