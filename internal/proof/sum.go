package proof

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/contact"
)

// Proof gives what was found so far.
func (c *Collector) Proof() Proof {
	p := c.proof
	p.Groups, p.Ways = slices.Clone(p.Groups), slices.Clone(p.Ways)
	p.Rows = c.coverage()
	c.say(p.Ways)
	grave := campaign.ProblemKinds()
	slices.SortStableFunc(p.Groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(slices.Index(grave, a.Kind), slices.Index(grave, b.Kind)), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Place, b.Place))
	})
	slices.SortStableFunc(p.Ways, func(a, b Way) int { return cmp.Compare(a.Count, b.Count) })
	adds(p.Ways)
	p.Twins, p.Alike = c.twins()
	return p
}

// say puts into words what sets each way apart: what all of them have does not.
func (c *Collector) say(ways []Way) {
	words, in := c.words(), map[int]int{}
	for _, w := range ways {
		for _, item := range w.Items {
			in[item]++
		}
	}
	for i := range ways {
		ways[i].Words = []string{}
		for _, item := range ways[i].Items {
			if words[item] != "" && (in[item] < len(ways) || len(ways) == 1) {
				ways[i].Words = append(ways[i].Words, words[item])
			}
		}
	}
}

// adds marks the ways that are enough to see every item once, rarest first.
func adds(ways []Way) {
	seen := map[int]bool{}
	for i := range ways {
		for _, item := range ways[i].Items {
			ways[i].Adds = ways[i].Adds || !seen[item]
			seen[item] = true
		}
	}
	if len(ways) > 0 && len(seen) == 0 {
		ways[0].Adds = true
	}
}

// coverage gives the rows, the rows of a block together, each choice with those who
// do not come to it.
func (c *Collector) coverage() []Row {
	var order []string
	byPath := map[string][]Row{}
	for _, r := range c.proof.Rows {
		if _, known := byPath[r.Path]; !known {
			order = append(order, r.Path)
		}
		byPath[r.Path] = append(byPath[r.Path], r)
	}
	all := []Row{}
	for _, path := range order {
		rows, came, chooses := byPath[path], 0, false
		for _, r := range rows {
			came += r.Count
			chooses = chooses || r.Sort != ByFallback
		}
		all = append(all, rows...)
		if rest := c.proof.Messages - came; chooses && rest > 0 {
			all = append(all, Row{Sort: NotReached, Block: rows[0].Block, Path: path, Count: rest})
		}
	}
	return all
}

// words says what each item sets apart. A branch is named where its variant alone
// does not tell which it was.
func (c *Collector) words() map[int]string {
	type place struct{ path, variant string }
	branches := map[place]int{}
	for _, r := range c.proof.Rows {
		branches[place{r.Path, r.Variant}]++
	}
	said := map[int]string{}
	for _, r := range c.proof.Rows {
		if r.Sort == ByFallback {
			continue // its problem says it, with the reason
		}
		w := r.Block + ": " + cmp.Or(r.Variant, "nothing")
		if branches[place{r.Path, r.Variant}] > 1 {
			w += " (" + cmp.Or(r.Name, r.Branch) + ")"
		}
		said[r.Item] = w
	}
	for _, g := range c.proof.Groups {
		said[g.Item] = g.String()
	}
	return said
}

// twins finds the messages that are the same as another's.
func (c *Collector) twins() (list []Twins, alike int) {
	order := make([]int32, 0, len(c.people))
	for i, p := range c.people {
		if p.Hash != (campaign.Fingerprint{}) {
			order = append(order, int32(i))
		}
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(bytes.Compare(c.people[a].Hash[:], c.people[b].Hash[:]), cmp.Compare(a, b))
	})
	list = []Twins{}
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && c.people[order[to]].Hash == c.people[order[from]].Hash {
			to++
		}
		if n := to - from; n > 1 {
			alike += n
			t := Twins{Count: n, Contacts: []contact.ID{}}
			for _, i := range order[from:min(to, from+shown)] {
				t.Contacts = append(t.Contacts, c.people[i].Contact)
			}
			list = append(list, t)
			if len(list) == 2*maxTwins {
				list = largest(list)
			}
		}
		from = to
	}
	return largest(list), alike
}

func largest(list []Twins) []Twins {
	slices.SortStableFunc(list, func(a, b Twins) int { return cmp.Compare(b.Count, a.Count) })
	return list[:min(len(list), maxTwins)]
}
