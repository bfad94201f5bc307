package recommend

import (
	"cmp"
	"context"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// near is a product's neighbour and how near it is.
type near struct {
	item   int32
	weight float32
}

// incidence says who did something with what: of each person distinct
// products, newest first, and of each product the people.
type incidence struct {
	start  []uint32 // of a person in items
	items  []int32
	begin  []uint32 // of a product in people
	people []int32
}

// meet gathers the incidence of deeds up to an instant, of each person the newest
// most products.
func meet(d Deeds, items int, until int64, most int) incidence {
	in := incidence{start: make([]uint32, 1, d.People()+1), begin: make([]uint32, items+1)}
	seen := make([]int32, items) // the person (plus one) who was last met at a product
	for person := range d.People() {
		from, to := d.of(person, until)
		met := 0
		for p := to - 1; p >= from && met < most; p-- {
			if i := d.Item[p]; seen[i] != int32(person)+1 {
				seen[i] = int32(person) + 1
				in.items = append(in.items, i)
				in.begin[i+1]++
				met++
			}
		}
		in.start = append(in.start, uint32(len(in.items)))
	}
	for i := range items {
		in.begin[i+1] += in.begin[i]
	}
	in.people = make([]int32, len(in.items))
	at := slices.Clone(in.begin[:items])
	for person := range d.People() {
		for _, i := range in.items[in.start[person]:in.start[person+1]] {
			in.people[at[i]] = int32(person)
			at[i]++
		}
	}
	return in
}

// buyers gives how many people there are at a product.
func (in incidence) buyers(item int32) float64 { return float64(in.begin[item+1] - in.begin[item]) }

// sample gives the people of a product, of very many an even part, and the factor
// by which counts among them are to be multiplied.
func (in incidence) sample(item int32) (people []int32, factor float64) {
	all := in.people[in.begin[item]:in.begin[item+1]]
	if len(all) <= sampledBuyers {
		return all, 1
	}
	people = make([]int32, sampledBuyers)
	for k := range people {
		people[k] = all[k*len(all)/sampledBuyers]
	}
	return people, float64(len(all)) / sampledBuyers
}

// neighbours gives each product's nearest, nearest first, on all cores. It gives
// nil when ctx ended.
func neighbours(ctx context.Context, in incidence, items int, t tuning) [][]near {
	norms := newNorms(in, items, t)
	keep := min(max(nearestInAll/max(items, 1), leastNearest), nearest)
	list := make([][]near, items)
	var next atomic.Int32
	var working sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		working.Go(func() {
			count := make([]int32, items)
			var touched []int32
			for i := next.Add(1) - 1; i < int32(items) && ctx.Err() == nil; i = next.Add(1) - 1 {
				list[i], touched = norms.of(i, keep, count, touched[:0])
			}
		})
	}
	working.Wait()
	if ctx.Err() != nil {
		return nil
	}
	return list
}

// norms holds what the similarity of two products is divided by.
type norms struct {
	in       incidence
	t        tuning
	from, to []float64 // a product's norm as the one bought, and as the candidate
}

func newNorms(in incidence, items int, t tuning) norms {
	n := norms{in: in, t: t, from: make([]float64, items), to: make([]float64, items)}
	for i := range items {
		buyers := in.buyers(int32(i))
		n.from[i], n.to[i] = math.Pow(buyers, 1-t.asymmetry), math.Pow(buyers, t.asymmetry)
	}
	return n
}

// of gives the nearest of one product. count is zero everywhere, before and after.
func (n norms) of(item int32, keep int, count, touched []int32) ([]near, []int32) {
	people, factor := n.in.sample(item)
	for _, p := range people {
		for _, j := range n.in.items[n.in.start[p]:n.in.start[p+1]] {
			if count[j] == 0 {
				touched = append(touched, j)
			}
			count[j]++
		}
	}
	best := make([]near, 0, min(len(touched), 2*keep))
	for _, j := range touched {
		both := float64(count[j]) * factor
		count[j] = 0
		if j == item || both < n.t.support {
			continue
		}
		w := both / (n.from[item] * n.to[j]) * both / (both + n.t.shrink)
		if n.t.amplify == 2 {
			w *= w
		} else if n.t.amplify != 1 {
			w = math.Pow(w, n.t.amplify)
		}
		if best = append(best, near{j, float32(w)}); len(best) == 2*keep {
			best = nearestOf(best, keep)
		}
	}
	return slices.Clone(nearestOf(best, keep)), touched
}

func nearestOf(list []near, keep int) []near {
	slices.SortFunc(list, func(a, b near) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.item, b.item))
	})
	return list[:min(len(list), keep)]
}
