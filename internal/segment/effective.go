package segment

import (
	"strconv"

	"github.com/mailwright/mailwright/internal/condition"
)

// Effective gives the condition of who counts in a segment: its own, or the list
// it was frozen as (frozenAt in Unix ms, 0 for a live segment), without those who
// count in a segment before it in its exclusive group. Who counts in an earlier
// one is told by that one's own effective condition, so that each person counts
// in the first that fits.
func Effective(slug string, own condition.Node, frozenAt int64, earlier []string) condition.Node {
	if frozenAt != 0 {
		own = condition.Node{Kind: condition.Fixed, Segment: slug, Value: strconv.AppendInt(nil, frozenAt, 10)}
	}
	if len(earlier) == 0 {
		return own
	}
	before := condition.Node{Kind: condition.None}
	for _, e := range earlier {
		before.Children = append(before.Children, condition.Node{Kind: condition.Segment, Segment: e, Op: condition.In})
	}
	return condition.Node{Kind: condition.All, Children: []condition.Node{own, before}}
}
