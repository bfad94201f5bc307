package audience

import (
	"math"
	"sync"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

// unset marks a missing number, date, time or boolean.
const unset = math.MinInt64

// column holds one attribute for all contacts (by ordinal) or one property or
// the value of all events of a type (by position). A position beyond its length
// is unset, so that a column stays valid when contacts are added. Immutable.
type column struct {
	typ contact.Type

	// number, money, boolean, date, datetime: one of these by position
	scale int     // decimals of number and money
	nums  []int64 // unset where there is no value
	wides []wide  // instead of nums, where the column's numbers do not fit 64 bits at one scale
	most  uint64  // the largest magnitude in nums

	// text: by position, 0 is unset
	codes []uint32
	// list: items[starts[i]:starts[i+1]] are the codes of position i
	starts []uint32
	items  []uint32
	dict   *dictionary

	sorted sync.Once
	order  []uint32 // positions in the order of their values; see sortedBy
	ranks  []uint32 // the place of each code in that order
	tally  sync.Once
	counts []uint32 // positions per code
	weigh  sync.Once
	bytes  int64 // see size
}

// dictionary holds the distinct texts of a column. Code 0 is no text.
type dictionary struct {
	words  []string // as written
	folded []string // as compared

	once    sync.Once
	classes []uint32 // the same number for words that compare equal
}

func newDictionary(words []string) *dictionary {
	d := &dictionary{words: words, folded: make([]string, len(words))}
	inParallel(len(words), 1<<14, func(from, to int) {
		for i := from; i < to; i++ {
			d.folded[i] = condition.Fold(words[i])
		}
	})
	return d
}

// classOf gives the class of each code.
func (d *dictionary) classOf() []uint32 {
	d.once.Do(func() {
		d.classes = make([]uint32, len(d.words))
		first := make(map[string]uint32, len(d.words))
		for i, f := range d.folded {
			c, ok := first[f]
			if !ok {
				c = uint32(i)
				first[f] = c
			}
			d.classes[i] = c
		}
	})
	return d.classes
}

func (c *column) len() int {
	switch {
	case c == nil:
		return 0
	case c.starts != nil:
		return len(c.starts) - 1
	}
	return max(len(c.nums), len(c.wides), len(c.codes))
}

// isSet reports whether position i has a value.
func (c *column) isSet(i int) bool {
	switch {
	case i >= c.len():
		return false
	case c.codes != nil:
		return c.codes[i] != 0
	case c.starts != nil:
		return c.starts[i] != c.starts[i+1]
	case c.wides != nil:
		return c.wides[i] != notSet
	}
	return c.nums[i] != unset
}

// number gives position i of a numeric column at its scale.
func (c *column) number(i int) (wide, bool) {
	if !c.isSet(i) {
		return wide{}, false
	}
	if c.wides != nil {
		return c.wides[i], true
	}
	return wideOf(c.nums[i]), true
}

// list gives the texts of position i of a list column.
func (c *column) list(i int) []string {
	if i >= c.len() {
		return nil
	}
	codes := c.items[c.starts[i]:c.starts[i+1]]
	words := make([]string, len(codes))
	for j, code := range codes {
		words[j] = c.dict.words[code]
	}
	return words
}

// word gives the text of position i of a text column as written, "" where unset.
func (c *column) word(i int) string {
	if i >= c.len() {
		return ""
	}
	return c.dict.words[c.codes[i]]
}
