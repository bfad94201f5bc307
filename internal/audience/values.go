package audience

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
)

// ValueCount is a value and how many contacts, or events, have it.
type ValueCount struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// AttributeValues gives the most frequent values of an attribute that contain a
// text (those that begin with it first), for suggestions. Texts that compare
// equal are one, in the spelling of the first.
func (v *View) AttributeValues(ctx context.Context, name, search string, limit int) ([]ValueCount, error) {
	if _, ok := v.frame.schema.Attributes[name]; !ok {
		return nil, fault.At(fault.NotFound, "attribute", "there is no attribute %q", name)
	}
	n := newNeeds()
	n.attributes[name] = true
	if err := v.loadNeeds(ctx, n); err != nil {
		return nil, err
	}
	return v.scope().frequent(v.column(name), nil, search, limit), nil
}

// PropertyValues is AttributeValues for a property of a type of event.
func (v *View) PropertyValues(ctx context.Context, event, name, search string, limit int) ([]ValueCount, error) {
	if _, ok := v.frame.schema.Events[event].Property(name); !ok {
		return nil, fault.At(fault.NotFound, "property", "%s has no property %q", event, name)
	}
	n := newNeeds()
	n.events[event] = map[string]bool{name: true}
	if err := v.loadNeeds(ctx, n); err != nil {
		return nil, err
	}
	return v.scope().frequent(v.frame.property(event, name), v.frame.event(event).deadPositions(), search, limit), nil
}

func (v *View) loadNeeds(ctx context.Context, n *needs) error {
	fresh, err := v.frame.load(ctx, v.engine.source, n)
	if err == nil && !fresh {
		return ErrMoved
	}
	return err
}

// frequent finds the most frequent values of a column at positions that are not
// dead.
func (s scope) frequent(c *column, dead Bitmap, search string, limit int) []ValueCount {
	words, folded, counts := c.tallied(dead)
	needle := condition.Fold(search)
	type found struct {
		i      int
		prefix bool
	}
	var hits []found
	for i, n := range counts {
		if n > 0 && words[i] != "" && strings.Contains(folded[i], needle) {
			hits = append(hits, found{i, strings.HasPrefix(folded[i], needle)})
		}
	}
	slices.SortFunc(hits, func(a, b found) int {
		if a.prefix != b.prefix {
			if a.prefix {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(counts[b.i], counts[a.i]), cmp.Compare(folded[a.i], folded[b.i]))
	})
	list := []ValueCount{}
	for _, h := range hits[:min(len(hits), max(limit, 0))] {
		list = append(list, ValueCount{words[h.i], int(counts[h.i])})
	}
	return list
}

// tallied gives the distinct values of a column as words with their counts at the
// positions that are not dead, which are always the same ones. Of
// columns without a dictionary the values are gathered anew.
func (c *column) tallied(dead Bitmap) (words, folded []string, counts []uint32) {
	if c.dict == nil {
		return c.talliedNumbers(dead)
	}
	c.tally.Do(func() {
		class := c.dict.classOf()
		c.counts = make([]uint32, len(class))
		for i, code := range c.codes {
			if !dead.Has(i) {
				c.counts[class[code]]++
			}
		}
		for i := range max(len(c.starts)-1, 0) {
			if dead.Has(i) {
				continue
			}
			for _, code := range c.items[c.starts[i]:c.starts[i+1]] {
				c.counts[class[code]]++
			}
		}
	})
	return c.dict.words, c.dict.folded, c.counts
}

func (c *column) talliedNumbers(dead Bitmap) (words, folded []string, counts []uint32) {
	first := map[string]int{}
	for i := range c.len() {
		if !c.isSet(i) || dead.Has(i) {
			continue
		}
		w := c.at(i).String()
		j, ok := first[w]
		if !ok {
			j = len(words)
			first[w] = j
			words = append(words, w)
			counts = append(counts, 0)
		}
		counts[j]++
	}
	return words, words, counts
}

// Filled gives how many contacts have each attribute; not for scored ones, since
// that would read all events.
func (v *View) Filled(ctx context.Context) (map[string]int, error) {
	n := newNeeds()
	for name := range v.frame.schema.Attributes {
		if !contact.IsScored(name) {
			n.attributes[name] = true
		}
	}
	if err := v.loadNeeds(ctx, n); err != nil {
		return nil, err
	}
	filled := make(map[string]int, len(n.attributes))
	s := v.scope()
	for name := range n.attributes {
		c := v.frame.attribute(name)
		key := "filled " + name
		kept := v.frame.answers.get(key)
		if kept == nil || kept.seq != v.frame.seq {
			kept = &answer{key: key, seq: v.frame.seq, b: (&evaluation{scope: s}).fill(same(c.isSet))}
			v.frame.answers.put(kept)
		}
		filled[name] = kept.b.Count()
	}
	return filled, nil
}

// Value gives one attribute of a contact as it is in the view. The attribute's
// column must have been loaded by Load.
func (v *View) Value(id contact.ID, name string) (contact.Value, error) {
	i, err := v.ordinal(id)
	if err != nil {
		return contact.Value{}, err
	}
	c := v.column(name)
	if c == nil {
		return contact.Value{}, fmt.Errorf("the attribute %q is not loaded", name)
	}
	return c.at(i), nil
}

// EventCounts gives how many events of each type there are, those to come
// included.
func (v *View) EventCounts(ctx context.Context) (map[string]int, error) {
	f := v.frame
	f.loading.Lock()
	defer f.loading.Unlock()
	if f.eventCounts != nil {
		return f.eventCounts, nil
	}
	counts := map[string]int{}
	seq, err := v.engine.source.EventCounts(ctx, func(event string, n int64) { counts[event] = int(n) })
	if err != nil {
		return nil, fmt.Errorf("count the events: %w", err)
	}
	if seq == f.seq { // else they are newer than this view, and are not kept
		f.eventCounts = counts
	}
	return counts, nil
}

// Lookup finds a contact by its normalised address.
func (v *View) Lookup(email string) (contact.ID, bool) {
	p := v.frame.people
	for i, code := range p.email.codes {
		if code != 0 && p.email.dict.words[code] == email && p.alive.Has(i) {
			return contact.ID(p.ids[i]), true
		}
	}
	return 0, false
}

// Load brings the columns of attributes into memory.
func (v *View) Load(ctx context.Context, attributes ...string) error {
	n := newNeeds()
	for _, name := range attributes {
		if _, ok := v.frame.schema.Attributes[name]; !ok {
			return fault.At(fault.NotFound, "attribute", "there is no attribute %q", name)
		}
		n.attributes[name] = true
	}
	return v.loadNeeds(ctx, n)
}
