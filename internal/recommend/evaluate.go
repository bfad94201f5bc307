package recommend

import (
	"context"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Top is how many products an evaluation recommends to each person.
const Top = 10

// Score is how well a method told what people bought next. A hit is a person with
// at least one of the Top products in their last order; recall is the mean, over
// people, of the part of the last order's products that were among the Top.
type Score struct {
	Method    string
	HitRate   float64
	Recall    float64
	NewHits   float64 // HitRate and Recall where what the person bought before is
	NewRecall float64 // left out of both, the products picked and the last order
}

// The methods that an evaluation compares.
const (
	OurMethod        = "ours"
	PopularityMethod = "popularity"
	CosineMethod     = "cosine"
)

// Evaluation is what leaving out everybody's last order told.
type Evaluation struct {
	Until    time.Time // orders after it are not looked at
	People   int       // with two orders or more
	New      int       // of them, those whose last order has something they had not bought
	Products int       // bought by anybody
	Scores   []Score   // ours, then what it is compared with
}

// Evaluate leaves out everybody's last order, makes a model of the rest, and looks
// how much of each last order it would have recommended: beside what most people
// bought, and a plain item–item cosine. What people looked at is not used, since
// what is looked at just before an order tells it. progress is called with people
// done and all of them. It returns ctx's error when that ended.
func Evaluate(ctx context.Context, data Data, until time.Time, progress func(done, all int)) (Evaluation, error) {
	rest, last := data.Bought.beforeLast(until.UnixMilli())
	e := Evaluation{Until: until}
	var people []int
	for person, items := range last {
		if items != nil {
			people = append(people, person)
		}
	}
	e.People, e.Products = len(people), distinct(data.Bought, until.UnixMilli(), data.Goods.Len())
	done := 0
	ours, err := fit(ctx, Data{Goods: data.Goods, Bought: rest}, until.UnixMilli())
	if err != nil {
		return e, err
	}
	for _, method := range []struct {
		name string
		t    tuning
	}{{OurMethod, ours}, {PopularityMethod, tuning{}}, {CosineMethod, plainCosine}} {
		var ranked ranking
		if method.name == PopularityMethod {
			ranked = popularity(rest, data.Goods.Len())
		} else {
			m, err := build(ctx, Data{Goods: data.Goods, Bought: rest}, until.UnixMilli(), method.t)
			if err != nil {
				return e, err
			}
			ranked = m.ranked
		}
		score, anew, err := measure(ctx, rest, last, people, data.Goods.Len(), ranked, func() {
			if done++; done%64 == 0 || done == 3*len(people) {
				progress(done, 3*len(people))
			}
		})
		if err != nil {
			return e, err
		}
		score.Method, e.New = method.name, anew
		e.Scores = append(e.Scores, score)
	}
	return e, nil
}

func distinct(d Deeds, until int64, items int) (n int) {
	seen := make([]bool, items)
	for p, i := range d.Item {
		if d.At[p] <= until && !seen[i] {
			seen[i] = true
			n++
		}
	}
	return n
}

// ranking gives a person's Top products among those that take accepts.
type ranking func(s *scratch, person int, take func(int32) bool) []int32

// ranked is what a person may buy next.
func (m *Model) ranked(s *scratch, person int, take func(int32) bool) []int32 {
	orders := m.remember(s, person, m.until)
	m.forYou(s, orders, nil)
	return s.best(Top, take)
}

// popularity ranks by how many people bought a product.
func popularity(d Deeds, items int) ranking {
	in := meet(d, items, math.MaxInt64, items)
	order := make([]int32, items)
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return int(in.buyers(b) - in.buyers(a)) })
	return func(_ *scratch, _ int, take func(int32) bool) []int32 {
		var top []int32
		for _, i := range order {
			if len(top) == Top {
				break
			}
			if take(i) {
				top = append(top, i)
			}
		}
		return top
	}
}

// measured are a core's sums.
type measured struct{ hits, recall, newHits, newRecall, anew float64 }

func measure(ctx context.Context, rest Deeds, last [][]int32, people []int, items int, ranked ranking, tick func()) (Score, int, error) {
	parts := make([]measured, len(people))
	var next atomic.Int64
	var working sync.WaitGroup
	var telling sync.Mutex
	for range runtime.GOMAXPROCS(0) {
		working.Go(func() {
			s, had := newScratch(items), make([]bool, items)
			for k := next.Add(1) - 1; k < int64(len(people)) && ctx.Err() == nil; k = next.Add(1) - 1 {
				parts[k] = measureOne(rest, last[people[k]], people[k], s, had, ranked)
				telling.Lock()
				tick()
				telling.Unlock()
			}
		})
	}
	working.Wait()
	var sum measured
	for _, p := range parts { // in one order, so that sums are the same on any machine
		sum.hits += p.hits
		sum.recall += p.recall
		sum.newHits += p.newHits
		sum.newRecall += p.newRecall
		sum.anew += p.anew
	}
	all, anew := max(float64(len(people)), 1), max(sum.anew, 1)
	return Score{HitRate: sum.hits / all, Recall: sum.recall / all, NewHits: sum.newHits / anew, NewRecall: sum.newRecall / anew}, int(sum.anew), ctx.Err()
}

func measureOne(rest Deeds, want []int32, person int, s *scratch, had []bool, ranked ranking) (m measured) {
	top := ranked(s, person, func(int32) bool { return true })
	s.reset()
	m.hits, m.recall = compare(top, want)
	mine := rest.Item[rest.Start[person]:rest.Start[person+1]]
	for _, i := range mine {
		had[i] = true
	}
	fresh := slices.DeleteFunc(slices.Clone(want), func(i int32) bool { return had[i] })
	if len(fresh) > 0 {
		m.anew = 1
		top = ranked(s, person, func(i int32) bool { return !had[i] })
		s.reset()
		m.newHits, m.newRecall = compare(top, fresh)
	}
	for _, i := range mine {
		had[i] = false
	}
	return m
}

func compare(top, want []int32) (hit, recall float64) {
	found := 0
	for _, i := range top {
		if _, ok := slices.BinarySearch(want, i); ok {
			found++
		}
	}
	if found > 0 {
		hit = 1
	}
	return hit, float64(found) / float64(len(want))
}
