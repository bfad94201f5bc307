package recommend

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync"
	"time"
)

// Data is what a model is made from. People are numbered alike in Bought and
// Viewed.
type Data struct {
	Goods  *Goods
	Bought Deeds // without what came back
	Viewed Deeds
}

// Model knows what goes with what, what sells, and what everybody did.
type Model struct {
	data   Data
	until  int64 // Unix ms; what everybody did later is not in the model
	last   int64 // the newest sale before that: trends are seen from there
	t      tuning
	bought [][]near
	viewed [][]near
	again  []float32 // how readily a product is bought again, 1 on the average

	mu      sync.Mutex
	trends  map[float64]*trend // by half-life
	scratch sync.Pool
}

// trend is what sells at a half-life.
type trend struct {
	weight []float32 // of each product; 1 for the best seller
	order  []int32   // products that sell, best first
}

// Build makes the model of what was done up to an instant. It returns ctx's error
// when that ended.
func Build(ctx context.Context, data Data, until time.Time) (*Model, error) {
	t, err := fit(ctx, data, until.UnixMilli())
	if err != nil {
		return nil, err
	}
	return build(ctx, data, until.UnixMilli(), t)
}

func build(ctx context.Context, data Data, until int64, t tuning) (*Model, error) {
	items := data.Goods.Len()
	m := &Model{data: data, until: until, t: t, trends: map[float64]*trend{}}
	m.last = data.Bought.last(until)
	m.scratch.New = func() any { return newScratch(items) }
	m.bought = neighbours(ctx, meet(data.Bought, items, until, basketItems), items, t)
	if len(data.Viewed.At) > 0 {
		m.viewed = neighbours(ctx, meet(data.Viewed, items, until, basketItems), items, t)
	}
	m.again = m.rates()
	m.trend(t.halfLife)
	return m, ctx.Err()
}

// rates gives how readily each product is bought again: of those who have bought
// it, how many have it in an order that follows, as a multiple of the average over
// all products. Products of few buyers are near the average.
func (m *Model) rates() []float32 {
	items := m.data.Goods.Len()
	chances, hits := make([]float64, items), make([]float64, items)
	type had struct {
		person       int32 // plus one
		first, times int32 // the first order with it, and orders with it
		newest       int32 // the last order with it
	}
	met := make([]had, items)
	var mine []int32
	for person := range m.data.Bought.People() {
		d := m.data.Bought
		from, to := d.of(person, m.until)
		mine = mine[:0]
		orders := int32(-1)
		for p := from; p < to; p++ {
			if p == from || d.Order[p] != d.Order[p-1] {
				orders++
			}
			h := &met[d.Item[p]]
			switch {
			case h.person != int32(person)+1:
				*h = had{int32(person) + 1, orders, 1, orders}
				mine = append(mine, d.Item[p])
			case h.newest != orders:
				h.newest = orders
				h.times++
			}
		}
		for _, i := range mine {
			chances[i] += float64(orders - met[i].first)
			hits[i] += float64(met[i].times - 1)
		}
	}
	allChances, allHits := 0.0, 0.0
	for i := range items {
		allChances += chances[i]
		allHits += hits[i]
	}
	rates := make([]float32, items)
	if allHits == 0 {
		return rates // nobody ever buys anything again here
	}
	average := allHits / allChances
	for i := range items {
		rates[i] = float32((hits[i] + m.t.trust*average) / (chances[i] + m.t.trust) / average)
	}
	return rates
}

// trend gives what sells, each sale losing half of its weight in so many days.
func (m *Model) trend(halfLife float64) *trend {
	m.mu.Lock()
	defer m.mu.Unlock()
	if t := m.trends[halfLife]; t != nil {
		return t
	}
	d := m.data.Bought
	weights := make([]float64, m.data.Goods.Len())
	for person := range d.People() {
		from, to := d.of(person, m.until)
		for p := from; p < to; p++ {
			weights[d.Item[p]] += math.Exp2(-float64(m.last-d.At[p]) / day / halfLife)
		}
	}
	most := 0.0
	for _, w := range weights {
		most = max(most, w)
	}
	t := &trend{weight: make([]float32, len(weights))}
	for i, w := range weights {
		if w > 0 {
			t.weight[i] = float32(w / most)
			t.order = append(t.order, int32(i))
		}
	}
	slices.SortFunc(t.order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(weights[b], weights[a]), cmp.Compare(a, b))
	})
	m.trends[halfLife] = t
	return t
}

// Goods gives the products that the model knows.
func (m *Model) Goods() *Goods { return m.data.Goods }
