package recommend

import (
	"math"
	"slices"
)

// cause says what gave a product most of its score.
type cause uint8

const (
	byTrend  cause = iota
	byOwn          // bought before
	byBought       // goes with something bought
	byViewed       // goes with something looked at
)

// scratch is what scoring one person needs: values by product, empty between people.
type scratch struct {
	score, lead []float64 // the sum, and its largest part
	from        []int32   // the product that the largest part came from
	why         []cause
	own         []float64 // what was bought, by how lately and how often
	times       []int32   // orders with it
	boughtAt    []int64   // the last time, Unix ms
	touched     []int32   // products with a score
	history     []int32   // products bought
}

func newScratch(items int) *scratch {
	return &scratch{
		score: make([]float64, items), lead: make([]float64, items), from: make([]int32, items), why: make([]cause, items),
		own: make([]float64, items), times: make([]int32, items), boughtAt: make([]int64, items),
	}
}

func (s *scratch) add(item int32, v float64, from int32, why cause) {
	if s.score[item] == 0 {
		s.touched = append(s.touched, item)
	}
	s.score[item] += v
	if v > s.lead[item] {
		s.lead[item], s.from[item], s.why[item] = v, from, why
	}
}

// forget empties the scores.
func (s *scratch) forget() {
	for _, i := range s.touched {
		s.score[i], s.lead[i] = 0, 0
	}
	s.touched = s.touched[:0]
}

// reset empties all.
func (s *scratch) reset() {
	s.forget()
	for _, i := range s.history {
		s.own[i], s.times[i], s.boughtAt[i] = 0, 0, 0
	}
	s.history = s.history[:0]
}

// remember reads what a person bought: every order weighs less than the one after
// it. It gives the sum of the weights of orders.
func (m *Model) remember(s *scratch, person int, until int64) (orders float64) {
	d := m.data.Bought
	from, to := d.of(person, until)
	weight := 1.0
	n := 0
	for p := to - 1; p >= from; p-- {
		if p < to-1 && d.Order[p] != d.Order[p+1] {
			n++
			weight *= m.t.decay
		}
		if n < historyOrders && (p == to-1 || d.Order[p] != d.Order[p+1]) {
			orders += weight
		}
		i := d.Item[p]
		if s.times[i] == 0 {
			s.history = append(s.history, i)
			s.boughtAt[i] = d.At[p]
		}
		if repeated(d, p, to) {
			continue
		}
		s.times[i]++
		if n < historyOrders {
			s.own[i] += weight
		}
	}
	return orders
}

// repeated reports whether the product at p comes again later in the same order.
func repeated(d Deeds, p, to int) bool {
	for q := p + 1; q < to && d.Order[q] == d.Order[p]; q++ {
		if d.Item[q] == d.Item[p] {
			return true
		}
	}
	return false
}

// together scores what goes with what was bought.
func (m *Model) together(s *scratch) {
	sum := 0.0
	for _, i := range s.history {
		sum += s.own[i]
	}
	if sum == 0 {
		return
	}
	over := 1 / math.Pow(sum, m.t.spread)
	for _, i := range s.history {
		if s.own[i] == 0 {
			continue
		}
		w := s.own[i] * over
		for _, n := range m.bought[i] {
			s.add(n.item, w*float64(n.weight), i, byBought)
		}
	}
}

// viewWeight is what a look at a product weighs beside buying it. It is set by
// judgement: the data that the other constants come from have no views.
const viewWeight = 0.3

// lookedAt gives the distinct products that a person looked at since an instant,
// newest first, and when.
func (m *Model) lookedAt(person int, since, until int64) (items []int32, at []int64) {
	d := m.data.Viewed
	from, to := d.of(person, until)
	for p := to - 1; p >= from && d.At[p] >= since && len(items) < historyViews; p-- {
		if !slices.Contains(items, d.Item[p]) {
			items, at = append(items, d.Item[p]), append(at, d.At[p])
		}
	}
	return items, at
}

// watched scores what goes with what was looked at.
func (m *Model) watched(s *scratch, items []int32, weight float64) {
	if m.viewed == nil || len(items) == 0 {
		return
	}
	weight /= math.Pow(float64(len(items)), m.t.spread)
	for _, i := range items {
		for _, n := range m.viewed[i] {
			s.add(n.item, weight*float64(n.weight), i, byViewed)
		}
	}
}

// forYou scores what a person may buy next.
func (m *Model) forYou(s *scratch, orders float64, viewed []int32) {
	m.together(s)
	m.watched(s, viewed, viewWeight)
	if orders > 0 {
		for _, i := range s.history {
			if v := m.t.own * s.own[i] / orders * float64(m.again[i]); v > 0 {
				s.add(i, v, i, byOwn)
			}
		}
	}
	if m.t.trend == 0 {
		return
	}
	sells := m.trend(m.t.halfLife)
	for _, i := range s.touched {
		if w := sells.weight[i]; w > 0 {
			s.add(i, m.t.trend*float64(w), i, byTrend)
		}
	}
	for _, i := range sells.order[:min(len(sells.order), trendingShown)] {
		if s.score[i] == 0 {
			s.add(i, m.t.trend*float64(sells.weight[i]), i, byTrend)
		}
	}
}

// best gives the products with the highest scores that take accepts, best first.
func (s *scratch) best(limit int, take func(item int32) bool) []int32 {
	top := make([]int32, 0, limit+1)
	for _, i := range s.touched {
		if s.score[i] <= 0 || len(top) == limit && !s.before(i, top[limit-1]) || !take(i) {
			continue
		}
		at, _ := slices.BinarySearchFunc(top, i, func(a, b int32) int {
			if s.before(a, b) {
				return -1
			}
			return 1
		})
		top = slices.Insert(top, at, i)
		top = top[:min(len(top), limit)]
	}
	return top
}

func (s *scratch) before(a, b int32) bool {
	return s.score[a] > s.score[b] || s.score[a] == s.score[b] && a < b
}
