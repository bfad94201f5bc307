package audience

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

// Query asks for a page of contacts.
type Query struct {
	Search     string          // words that must each be in the address, a name or the customer number
	Condition  *condition.Node // nil is everyone
	Sort       string          // an attribute; "" is by number, oldest contact first
	Descending bool
	Offset     int
	Limit      int
}

// Page is a page of contacts in order.
type Page struct {
	Matched int // contacts that the query finds in all
	IDs     []contact.ID
}

// searched are the attributes that Search looks into.
var searched = []string{"email", "first_name", "last_name", "external_id"}

// Find answers a query. Contacts without a value for the sort come last in
// either direction; equal ones are in the order of their numbers.
func (v *View) Find(ctx context.Context, q Query) (Page, error) {
	found, err := v.matching(ctx, q)
	if err != nil {
		return Page{}, err
	}
	page := Page{Matched: found.Count(), IDs: []contact.ID{}}
	if q.Limit <= 0 || q.Offset >= page.Matched {
		return page, nil
	}
	skip := max(q.Offset, 0)
	take := func(i int) bool {
		if skip > 0 {
			skip--
			return true
		}
		page.IDs = append(page.IDs, contact.ID(v.frame.people.ids[i]))
		return len(page.IDs) < q.Limit
	}
	if q.Sort == "" && !q.Descending {
		found.Each(take)
		return page, nil
	}
	if q.Sort == "" {
		q.Sort = "contact.id"
	}
	if err := v.Load(ctx, q.Sort); err != nil {
		return Page{}, err
	}
	v.inOrder(v.column(q.Sort), q.Descending, found, take)
	return page, nil
}

func (v *View) matching(ctx context.Context, q Query) (Bitmap, error) {
	found := v.frame.people.alive
	if q.Condition != nil {
		b, err := v.Bitmap(ctx, *q.Condition)
		if err != nil {
			return nil, err
		}
		found = b
	}
	words := strings.Fields(condition.Fold(q.Search))
	if len(words) == 0 {
		return found, nil
	}
	b, err := v.search(ctx, words)
	if err != nil {
		return nil, err
	}
	b.and(found)
	return b, nil
}

// search finds the contacts that have every word in one of the searched texts.
func (v *View) search(ctx context.Context, words []string) (Bitmap, error) {
	var present []string
	for _, name := range searched {
		if _, ok := v.frame.schema.Attributes[name]; ok {
			present = append(present, name)
		}
	}
	if err := v.Load(ctx, present...); err != nil {
		return nil, err
	}
	e := &evaluation{scope: v.scope()}
	tests := make([][]predicate, len(words)) // by word, then column
	for w, part := range words {
		match := func(s string) bool { return strings.Contains(s, part) }
		for _, name := range present {
			c := v.frame.attribute(name)
			if c.typ != contact.Text {
				continue
			}
			// Where nearly every contact has a text of its own, looking at the
			// few that are left is cheaper than at every text.
			e.bulk = len(c.dict.words) < c.len()/2
			tests[w] = append(tests[w], e.text(c, match))
		}
	}
	return e.fill(same(func(i int) bool {
		for _, columns := range tests {
			if !slices.ContainsFunc(columns, func(p predicate) bool { return p(i) }) {
				return false
			}
		}
		return true
	})), nil
}

// inOrder calls take with the found ordinals in the order of a column, until it
// gives false.
func (v *View) inOrder(c *column, descending bool, found Bitmap, take func(i int) bool) {
	order := c.sortedBy()
	visit := func(i uint32) bool { return !found.Has(int(i)) || take(int(i)) }
	if !descending {
		for _, i := range order {
			if !visit(i) {
				return
			}
		}
	} else if !backwards(c, order, visit) {
		return
	}
	for i := range v.frame.people.n { // those without a value
		if !c.isSet(i) && !visit(uint32(i)) {
			return
		}
	}
}

// backwards visits runs of equal values from the last to the first, and each run
// forwards.
func backwards(c *column, order []uint32, visit func(i uint32) bool) bool {
	for end := len(order); end > 0; {
		start := end - 1
		for start > 0 && c.compare(order[start-1], order[end-1]) == 0 {
			start--
		}
		for _, i := range order[start:end] {
			if !visit(i) {
				return false
			}
		}
		end = start
	}
	return true
}

// sortedBy gives the positions that have a value in its order, made once.
func (c *column) sortedBy() []uint32 {
	c.sorted.Do(func() {
		n := c.len()
		c.order = make([]uint32, 0, n)
		for i := range n {
			if c.isSet(i) {
				c.order = append(c.order, uint32(i))
			}
		}
		if c.codes != nil {
			c.ranks = c.dict.ranks()
		}
		slices.SortStableFunc(c.order, c.compare)
	})
	return c.order
}

// compare orders two positions that have a value; equal texts are equal whatever
// their case.
func (c *column) compare(a, b uint32) int {
	switch {
	case c.codes != nil:
		return cmp.Compare(c.ranks[c.codes[a]], c.ranks[c.codes[b]])
	case c.wides != nil:
		return c.wides[a].cmp(c.wides[b])
	case c.nums != nil:
		return cmp.Compare(c.nums[a], c.nums[b])
	}
	return slices.Compare(c.list(int(a)), c.list(int(b)))
}

// ranks gives the place of each code among the folded words.
func (d *dictionary) ranks() []uint32 {
	order := make([]uint32, len(d.folded))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return strings.Compare(d.folded[a], d.folded[b]) })
	ranks := make([]uint32, len(order))
	for place, code := range order {
		ranks[code] = uint32(place)
		if place > 0 && d.folded[code] == d.folded[order[place-1]] {
			ranks[code] = ranks[order[place-1]]
		}
	}
	return ranks
}
