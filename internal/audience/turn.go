package audience

import "github.com/mailwright/mailwright/internal/condition"

// turn is a node of a condition for one person: its answer, and what it would take
// to turn it round. A segment is a group of one: All where membership is asked
// for, None where it is not. Leaves that are asked about twice are two turns.
type turn struct {
	c        *condition.Checked
	kind     condition.Kind // All, Any or None; "" for a leaf
	holds    bool
	children []*turn
	again    bool // a segment that was told already, further up

	can   bool   // leaf: something can turn it round
	taste int    // leaf: what is more easily brought about is lower
	how   string // leaf: what would turn it round, or why nothing can
	key   string // leaf: equal for leaves that ask the same

	priced bool
	cost   price
}

// price is how many leaves have to turn, and then how easily; no leaves at all
// means that nothing can.
type price struct{ leaves, taste int }

func (p price) possible() bool { return p.leaves > 0 }

func (p price) below(q price) bool {
	switch {
	case !p.possible() || !q.possible():
		return p.possible()
	case p.leaves != q.leaves:
		return p.leaves < q.leaves
	}
	return p.taste < q.taste
}

// blocking gives the children that must turn for the group to turn: all of them,
// or any one.
//
// A group turns to true, or for none to false, in one of two ways: all of its
// children that stand against it turn, or one child does. Since the leaves are
// independent, the cheapest of a group is the sum or the least of its children's.
func (t *turn) blocking() (children []*turn, every bool) {
	against := !t.holds // the answer that the children which stand against a turn have
	switch t.kind {
	case condition.All:
		if t.holds {
			return t.children, false
		}
		against = false
	case condition.Any:
		if !t.holds {
			return t.children, false
		}
		against = true
	case condition.None:
		if t.holds {
			return t.children, false
		}
		against = true
	}
	for _, c := range t.children {
		if c.holds == against {
			children = append(children, c)
		}
	}
	return children, true
}

func (t *turn) price() price {
	if !t.priced {
		t.priced, t.cost = true, t.reckon()
	}
	return t.cost
}

func (t *turn) reckon() price {
	if t.kind == "" {
		if !t.can {
			return price{}
		}
		return price{1, t.taste}
	}
	children, every := t.blocking()
	var best, sum price
	for _, c := range children {
		p := c.price()
		if every && !p.possible() {
			return price{}
		}
		sum.leaves, sum.taste = sum.leaves+p.leaves, sum.taste+p.taste
		if p.below(best) {
			best = p
		}
	}
	if every {
		return sum
	}
	return best
}

// smallest gives the fewest leaves that turn t round, nil where nothing can.
func (t *turn) smallest() []*turn {
	switch {
	case !t.price().possible():
		return nil
	case t.kind == "":
		return []*turn{t}
	}
	children, every := t.blocking()
	var leaves []*turn
	for _, c := range children {
		if every {
			leaves = append(leaves, c.smallest()...)
		} else if c.price() == t.price() {
			return c.smallest()
		}
	}
	return leaves
}

// leaves gives the leaves below t in order, those of a segment once.
func (t *turn) leaves(seen map[*turn]bool) []*turn {
	if seen[t] {
		return nil
	}
	seen[t] = true
	if t.kind == "" {
		return []*turn{t}
	}
	var list []*turn
	for _, c := range t.children {
		list = append(list, c.leaves(seen)...)
	}
	return list
}

// with gives the answer of t if the leaves with some keys were turned round.
func (t *turn) with(turned map[string]bool) bool {
	return t.known(turned, map[*turn]bool{})
}

func (t *turn) known(turned map[string]bool, done map[*turn]bool) bool {
	if t.kind == "" {
		return t.holds != turned[t.key]
	}
	if answer, ok := done[t]; ok {
		return answer
	}
	answer := t.kind != condition.Any
	for _, c := range t.children {
		if c.known(turned, done) != (t.kind == condition.All) {
			answer = t.kind == condition.Any
			break
		}
	}
	done[t] = answer
	return answer
}

// triedSets bounds how many sets of leaves are tried where a condition asks the
// same twice.
const triedSets = 4000

// turned gives the fewest leaves, each question once, that turn t round; nil where
// none are known to.
func (t *turn) turned() []*turn {
	all := t.leaves(map[*turn]bool{})
	first := map[string]*turn{}
	var distinct []*turn
	for _, l := range all {
		if first[l.key] == nil {
			first[l.key] = l
			distinct = append(distinct, l)
		}
	}
	found := t.smallest()
	if len(distinct) == len(all) {
		return found
	}
	// A leaf that is asked twice turns in both places: every set is tried whole.
	if few := t.tried(distinct); few != nil {
		return few
	}
	set := map[string]bool{}
	var once []*turn
	for _, l := range found {
		if !set[l.key] {
			set[l.key] = true
			once = append(once, l)
		}
	}
	if t.with(set) == t.holds {
		return nil
	}
	return once
}

// tried looks through the sets of one, two and three leaves.
func (t *turn) tried(leaves []*turn) []*turn {
	budget := triedSets
	var pick func(from, more int, set map[string]bool, chosen []*turn) []*turn
	pick = func(from, more int, set map[string]bool, chosen []*turn) (best []*turn) {
		if more == 0 {
			if budget--; budget >= 0 && t.with(set) != t.holds {
				return append([]*turn(nil), chosen...)
			}
			return nil
		}
		for i := from; i < len(leaves) && budget > 0; i++ {
			l := leaves[i]
			if !l.can {
				continue
			}
			set[l.key] = true
			got := pick(i+1, more-1, set, append(chosen, l))
			delete(set, l.key)
			if got != nil && (best == nil || tasteOf(got) < tasteOf(best)) {
				best = got
			}
		}
		return best
	}
	for n := 1; n <= 3; n++ {
		if got := pick(0, n, map[string]bool{}, nil); got != nil {
			return got
		}
	}
	return nil
}

func tasteOf(leaves []*turn) (sum int) {
	for _, l := range leaves {
		sum += l.taste
	}
	return sum
}
