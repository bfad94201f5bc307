package proof

import (
	"encoding/binary"
	"slices"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/personalize"
	"github.com/mailwright/mailwright/internal/render"
)

// Collector sums results up. It is used by one goroutine.
type Collector struct {
	proof  Proof
	items  int
	groups map[campaign.Problem]int // where in proof.Groups
	rows   map[rowKey]int           // where in proof.Rows
	ways   map[string]int           // where in proof.Ways
	people []campaign.Checked

	key      []byte // the items of the message at hand
	problems []campaign.Problem
}

type rowKey struct {
	sort                  RowSort
	path, branch, variant string
}

// NewCollector gives an empty collector for messages of a template; its outline
// makes rows of what nobody gets too.
func NewCollector(o render.Outline) *Collector {
	c := &Collector{groups: map[campaign.Problem]int{}, rows: map[rowKey]int{}, ways: map[string]int{}}
	for _, choice := range o.Choices {
		for _, w := range choice.Ways {
			sort := ByBranch
			if w.Variant == "" {
				sort = ByNothing
			}
			at := c.row(Row{Sort: sort, Block: choice.ID, Path: choice.Path, Branch: w.Path, Variant: w.Variant})
			c.proof.Rows[at].Name = w.Name
		}
	}
	for _, f := range o.Fallbacks {
		c.row(Row{Sort: ByFallback, Block: f.ID, Path: f.Path})
	}
	return c
}

// row finds or makes a row.
func (c *Collector) row(r Row) int {
	k := rowKey{r.Sort, r.Path, r.Branch, r.Variant}
	at, known := c.rows[k]
	if !known {
		c.items++
		r.Item = c.items
		at = len(c.proof.Rows)
		c.rows[k] = at
		c.proof.Rows = append(c.proof.Rows, r)
	}
	return at
}

// Add takes one result in.
func (c *Collector) Add(r personalize.Result) {
	c.proof.Messages++
	c.proof.BytesMax = max(c.proof.BytesMax, r.Message.Bytes)
	c.proof.BytesSum += int64(r.Message.Bytes)
	if r.Err != nil {
		c.proof.Failed++
	}
	c.key = c.key[:0]
	for i := range r.Trace.Blocks {
		c.block(r.Contact, &r.Trace.Blocks[i])
	}
	c.problems = r.Problems(c.problems[:0])
	for _, p := range c.problems {
		c.group(r.Contact, p)
	}
	one := campaign.Checked{Contact: r.Contact, Way: c.way(r.Contact)}
	copy(one.Hash[:], r.Hash[:])
	c.people = append(c.people, one)
}

func (c *Collector) block(id contact.ID, b *render.BlockTrace) {
	if b.Fallback {
		c.hit(c.row(Row{Sort: ByFallback, Block: b.ID, Path: b.Path}), id)
	} else if b.Rule != nil {
		sort := ByBranch
		if b.Variant == "" {
			sort = ByNothing
		}
		c.hit(c.row(Row{Sort: sort, Block: b.ID, Path: b.Path, Branch: b.Rule.Path, Variant: b.Variant}), id)
	}
}

func (c *Collector) hit(at int, id contact.ID) {
	r := &c.proof.Rows[at]
	r.Count++
	r.Contacts = keep(r.Contacts, id)
	c.key = binary.AppendUvarint(c.key, uint64(r.Item))
}

func (c *Collector) group(id contact.ID, p campaign.Problem) {
	at, known := c.groups[p]
	if !known {
		c.items++
		at = len(c.proof.Groups)
		c.groups[p] = at
		c.proof.Groups = append(c.proof.Groups, Group{Problem: p, Item: c.items})
	}
	g := &c.proof.Groups[at]
	g.Count++
	g.Contacts = keep(g.Contacts, id)
	c.key = binary.AppendUvarint(c.key, uint64(g.Item))
}

// way counts the way that the items of the message make, and gives its number.
func (c *Collector) way(id contact.ID) int {
	at, known := c.ways[string(c.key)]
	if !known {
		if len(c.proof.Ways) >= maxWays {
			c.proof.Others++
			return 0
		}
		at = len(c.proof.Ways)
		c.ways[string(c.key)] = at
		c.proof.Ways = append(c.proof.Ways, Way{Number: at + 1, Items: itemsOf(c.key), Contact: id})
	}
	c.proof.Ways[at].Count++
	return at + 1
}

func itemsOf(key []byte) []int {
	items := []int{}
	for len(key) > 0 {
		n, used := binary.Uvarint(key)
		items, key = append(items, int(n)), key[used:]
	}
	return items
}

func keep(list []contact.ID, id contact.ID) []contact.ID {
	if len(list) < shown {
		return append(list, id)
	}
	return list
}

// People gives everybody who was taken in, in that order.
func (c *Collector) People() []campaign.Checked { return slices.Clip(c.people) }
