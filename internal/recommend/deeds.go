package recommend

import (
	"slices"
	"sort"
)

// Deeds are what people did with products, by person; those of person i are at the
// positions Start[i] to Start[i+1], oldest first. Item is a product's number in
// Goods. Lines of one order have the same Order, which grows with time within a
// person and means nothing between people.
type Deeds struct {
	Start []uint32
	At    []int64 // Unix ms
	Item  []int32
	Order []int32
}

// DeedsBuilder gathers deeds, person by person and oldest first.
type DeedsBuilder struct {
	deeds Deeds
	order int32
	names map[string]int32
	at    int64
}

// NewDeeds makes room for a number of deeds.
func NewDeeds(room int) *DeedsBuilder {
	return &DeedsBuilder{names: map[string]int32{}, deeds: Deeds{Start: []uint32{0}, At: make([]int64, 0, room), Item: make([]int32, 0, room), Order: make([]int32, 0, room)}}
}

// Add adds a deed of the person at hand. Deeds of one instant with the same order
// are one order; "" is an order too.
func (b *DeedsBuilder) Add(at int64, item int32, order string) {
	d := &b.deeds
	first := len(d.At) == int(d.Start[len(d.Start)-1])
	if first || at != b.at {
		clear(b.names)
		b.at = at
	}
	if first {
		b.order = -1
	}
	n, known := b.names[order]
	if !known {
		b.order++
		n = b.order
		b.names[order] = n
	}
	d.At, d.Item, d.Order = append(d.At, at), append(d.Item, item), append(d.Order, n)
}

// Next ends the person at hand.
func (b *DeedsBuilder) Next() {
	d := &b.deeds
	from := int(d.Start[len(d.Start)-1])
	// Lines of two orders of one instant may stand between one another.
	sort.Stable(byOrder{d, from})
	d.Start = append(d.Start, uint32(len(d.At)))
}

type byOrder struct {
	d    *Deeds
	from int
}

func (s byOrder) Len() int { return len(s.d.At) - s.from }
func (s byOrder) Less(i, j int) bool {
	return s.d.Order[s.from+i] < s.d.Order[s.from+j]
}
func (s byOrder) Swap(i, j int) {
	i, j = i+s.from, j+s.from
	s.d.At[i], s.d.At[j] = s.d.At[j], s.d.At[i]
	s.d.Item[i], s.d.Item[j] = s.d.Item[j], s.d.Item[i]
	s.d.Order[i], s.d.Order[j] = s.d.Order[j], s.d.Order[i]
}

// Done gives what was gathered.
func (b *DeedsBuilder) Done() Deeds { return b.deeds }

// People gives the number of people.
func (d Deeds) People() int { return max(len(d.Start)-1, 0) }

// of gives a person's positions up to an instant.
func (d Deeds) of(person int, until int64) (from, to int) {
	if person < 0 || person >= d.People() {
		return 0, 0
	}
	from, to = int(d.Start[person]), int(d.Start[person+1])
	return from, from + sort.Search(to-from, func(i int) bool { return d.At[from+i] > until })
}

// last gives the instant of the newest deed up to an instant.
func (d Deeds) last(until int64) int64 {
	var newest int64
	for _, at := range d.At {
		if at <= until && at > newest {
			newest = at
		}
	}
	return newest
}

// beforeLast leaves the last order out of everybody who has two or more, and gives
// what was in it: sorted, without repeats, nil for the others.
func (d Deeds) beforeLast(until int64) (rest Deeds, last [][]int32) {
	rest = Deeds{Start: []uint32{0}}
	last = make([][]int32, d.People())
	for person := range last {
		from, to := d.of(person, until)
		cut := to
		if from < to && d.Order[to-1] != d.Order[from] {
			for cut > from && d.Order[cut-1] == d.Order[to-1] {
				cut--
			}
			items := slices.Clone(d.Item[cut:to])
			slices.Sort(items)
			last[person] = slices.Compact(items)
		}
		rest.At = append(rest.At, d.At[from:cut]...)
		rest.Item = append(rest.Item, d.Item[from:cut]...)
		rest.Order = append(rest.Order, d.Order[from:cut]...)
		rest.Start = append(rest.Start, uint32(len(rest.At)))
	}
	return rest, last
}
