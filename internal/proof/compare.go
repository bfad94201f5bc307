package proof

import (
	"cmp"
	"slices"

	"github.com/mailwright/mailwright/internal/campaign"
)

// Before is how many people each group and row of an earlier proof had.
type Before struct {
	groups map[campaign.Problem]int
	rows   map[rowKey]int
}

// CountsOf reads the counts of an earlier proof.
func CountsOf(p Proof) Before {
	b := Before{map[campaign.Problem]int{}, map[rowKey]int{}}
	for _, g := range p.Groups {
		b.groups[g.Problem] = g.Count
	}
	for _, r := range p.Rows {
		b.rows[rowKey{r.Sort, r.Path, r.Branch, r.Variant}] = r.Count
	}
	return b
}

// Group gives how many people had a problem; 0 for a new one.
func (b Before) Group(p campaign.Problem) int { return b.groups[p] }

// Row gives how many people went a way; -1 where the template had no such way.
func (b Before) Row(r Row) int {
	n, known := b.rows[rowKey{r.Sort, r.Path, r.Branch, r.Variant}]
	if !known && r.Sort != NotReached {
		return -1
	}
	return n
}

// Gone gives the problems of the earlier proof that now has none of, with how many
// had them.
func (b Before) Gone(now Proof) []Group {
	left := map[campaign.Problem]int{}
	for p, n := range b.groups {
		left[p] = n
	}
	for _, g := range now.Groups {
		delete(left, g.Problem)
	}
	list := []Group{}
	for p, n := range left {
		list = append(list, Group{Problem: p, Count: n})
	}
	grave := campaign.ProblemKinds()
	slices.SortFunc(list, func(a, b Group) int {
		return cmp.Or(cmp.Compare(slices.Index(grave, a.Kind), slices.Index(grave, b.Kind)), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Place, b.Place), cmp.Compare(a.Message, b.Message))
	})
	return list
}
