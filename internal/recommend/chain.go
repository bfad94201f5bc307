package recommend

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mailwright/mailwright/internal/catalog"
)

const day = 24 * 60 * 60 * 1000 // in milliseconds

// The usual settings of steps.
const (
	viewedDays    = 30
	backDays      = 30
	trendingDays  = 10 // as the model's own
	newInCategory = 100
)

// Chain is a recommendation made ready for a model: picks for anybody. It is only
// read, by many goroutines.
type Chain struct {
	m         *Model
	at        int64
	filters   catalog.Filters
	fits      []bool // products that the filters take, whoever the person is
	links     []link
	newest    []int32
	kept      map[string][]int32 // what sells in a category, best first
	notBought int64              // products bought since this instant are left out; 0 is none
}

// link is a step and, where it is the same for everybody, its products in order.
type link struct {
	catalog.Step
	list []int32
}

// Chain makes a recommendation ready to be asked at an instant: what people did
// until then is what is known of them.
func (m *Model) Chain(r catalog.Recommendation, at time.Time) (*Chain, error) {
	c := &Chain{m: m, at: at.UnixMilli(), filters: r.Filters, fits: make([]bool, m.data.Goods.Len())}
	if r.Filters.NotBoughtDays > 0 {
		c.notBought = c.at - int64(r.Filters.NotBoughtDays)*day
	}
	if err := c.filter(); err != nil {
		return nil, err
	}
	c.newest = c.byNewest()
	onlyByHand := true
	for _, s := range r.Steps {
		onlyByHand = onlyByHand && s.Strategy == catalog.HandPicked
		c.links = append(c.links, link{s, c.common(s)})
	}
	if !onlyByHand {
		c.links = append(c.links, link{catalog.Step{Strategy: catalog.Newest}, c.newest})
	}
	return c, nil
}

// filter finds the products that may be picked at all.
func (c *Chain) filter() error {
	from, to, err := c.filters.Prices()
	if err != nil {
		return err
	}
	for i, p := range c.m.data.Goods.list[:c.m.data.Goods.shop] {
		ok := !p.Gone && (p.Stock != 0 || c.filters.SoldOut)
		if from != nil {
			ok = ok && p.HasPrice && p.Price.Cmp(*from) >= 0
		}
		if to != nil {
			ok = ok && p.HasPrice && p.Price.Cmp(*to) <= 0
		}
		if len(c.filters.Categories) > 0 {
			ok = ok && slices.ContainsFunc(c.filters.Categories, func(name string) bool {
				return strings.EqualFold(strings.TrimSpace(name), p.Category)
			})
		}
		c.fits[i] = ok
	}
	return nil
}

func (c *Chain) byNewest() []int32 {
	var list []int32
	for i, ok := range c.fits {
		if ok {
			list = append(list, int32(i))
		}
	}
	goods := c.m.data.Goods
	slices.SortStableFunc(list, func(a, b int32) int { return goods.list[b].CreatedAt.Compare(goods.list[a].CreatedAt) })
	return list
}

// common gives the products of a step that is the same for everybody.
func (c *Chain) common(s catalog.Step) []int32 {
	goods := c.m.data.Goods
	switch s.Strategy {
	case catalog.Trending:
		return c.fitting(c.m.trend(float64(cmp.Or(s.Days, trendingDays))).order)
	case catalog.Newest:
		return c.newest
	case catalog.HandPicked:
		var list []int32
		for _, sku := range s.SKUs {
			if i, ok := goods.bySKU[strings.TrimSpace(sku)]; ok {
				list = append(list, i)
			}
		}
		return c.fitting(list)
	case catalog.BackInStock:
		since := c.at - int64(cmp.Or(s.Days, backDays))*day
		back := func(i int32) int64 { return goods.list[i].RestockedAt.UnixMilli() }
		list := slices.DeleteFunc(slices.Clone(c.newest), func(i int32) bool {
			return goods.list[i].RestockedAt.IsZero() || back(i) < since || back(i) > c.at
		})
		slices.SortStableFunc(list, func(a, b int32) int { return cmp.Compare(back(b), back(a)) })
		return list
	case catalog.SameCategory:
		c.keepCategories()
	}
	return nil
}

func (c *Chain) fitting(list []int32) []int32 {
	return slices.DeleteFunc(slices.Clone(list), func(i int32) bool { return !c.fits[i] })
}

// keepCategories lists what sells in each category, then what is newest there.
func (c *Chain) keepCategories() {
	if c.kept != nil {
		return
	}
	c.kept = map[string][]int32{}
	listed := make([]bool, len(c.fits))
	for _, i := range slices.Concat(c.fitting(c.m.trend(trendingDays).order), c.newest) {
		name := c.m.data.Goods.list[i].Category
		if name != "" && !listed[i] && len(c.kept[name]) < newInCategory {
			listed[i] = true
			c.kept[name] = append(c.kept[name], i)
		}
	}
}

// Pick gives up to limit products for a person, best first, none of them twice. A
// person that the model does not know (-1) gets what is for everybody.
func (c *Chain) Pick(person, limit int) []Pick {
	s, _ := c.m.scratch.Get().(*scratch)
	defer c.m.scratch.Put(s)
	defer s.reset()
	asked := &asking{c: c, s: s, person: person, limit: limit, taken: map[int32]bool{}}
	asked.orders = c.m.remember(s, person, c.at)
	asked.picks = make([]Pick, 0, min(limit, 24))
	for _, l := range c.links {
		if len(asked.picks) >= limit {
			break
		}
		asked.step(l)
	}
	return asked.picks
}

// eachAtOnce is how many people are picked for before the picks are handed over.
const eachAtOnce = 1024

// Each picks for people 0 to people-1 on all cores and hands the picks to f in that
// order. It stops at the first error of f, and gives ctx's when that ended.
func (c *Chain) Each(ctx context.Context, people, limit int, f func(person int, picks []Pick) error) error {
	batch := make([][]Pick, min(people, eachAtOnce))
	for from := 0; from < people; from += eachAtOnce {
		n := min(eachAtOnce, people-from)
		var next atomic.Int64
		var working sync.WaitGroup
		for range runtime.GOMAXPROCS(0) {
			working.Go(func() {
				for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
					batch[i] = c.Pick(from+int(i), limit)
				}
			})
		}
		working.Wait()
		if err := ctx.Err(); err != nil {
			return err
		}
		for i, picks := range batch[:n] {
			if err := f(from+i, picks); err != nil {
				return err
			}
		}
	}
	return nil
}

// Newest gives the products that can be bought, newest first.
func (m *Model) Newest() []catalog.Product {
	list := slices.Clone(m.data.Goods.list[:m.data.Goods.shop])
	list = slices.DeleteFunc(list, func(p catalog.Product) bool { return !p.Sold() })
	slices.SortStableFunc(list, func(a, b catalog.Product) int { return b.CreatedAt.Compare(a.CreatedAt) })
	return list
}
