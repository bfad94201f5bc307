package recommend

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sort"
	"strconv"
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

// asking is one person's picking.
type asking struct {
	c      *Chain
	s      *scratch
	person int
	limit  int
	orders float64 // weight of the person's orders
	taken  map[int32]bool
	picks  []Pick
}

// free reports whether a product may be picked for the person.
func (a *asking) free(i int32) bool {
	since := a.c.notBought
	return a.c.fits[i] && !a.taken[i] && (since == 0 || a.s.times[i] == 0 || a.s.boughtAt[i] < since)
}

func (a *asking) unbought(i int32) bool { return a.s.times[i] == 0 && a.free(i) }

func (a *asking) step(l link) {
	room := a.limit - len(a.picks)
	if l.AtMost > 0 {
		room = min(room, l.AtMost)
	}
	switch l.Strategy {
	case catalog.ForYou:
		viewed, _ := a.c.m.lookedAt(a.person, a.c.at-viewedDays*day, a.c.at)
		a.c.m.forYou(a.s, a.orders, viewed)
		a.scored(l, room, func(i int32) bool { return a.free(i) && (a.s.times[i] == 0 || a.c.m.again[i] > 0) })
	case catalog.BoughtTogether:
		a.c.m.together(a.s)
		a.scored(l, room, a.unbought)
	case catalog.ViewedTogether:
		viewed, _ := a.c.m.lookedAt(a.person, a.c.at-viewedDays*day, a.c.at)
		a.c.m.watched(a.s, viewed, 1)
		a.scored(l, room, func(i int32) bool { return a.unbought(i) && !slices.Contains(viewed, i) })
	case catalog.SameCategory:
		a.categories(l, room)
	case catalog.RecentlyViewed:
		days := int64(cmp.Or(l.Days, viewedDays))
		viewed, at := a.c.m.lookedAt(a.person, a.c.at-days*day, a.c.at)
		for k, i := range viewed {
			if room > 0 && a.free(i) && (a.s.times[i] == 0 || a.s.boughtAt[i] < at[k]) {
				a.take(i, l.Strategy, "You looked at this")
				room--
			}
		}
	case catalog.BackInStock:
		a.back(l, room)
	case catalog.HandPicked:
		a.listed(l, l.list, room, a.free)
	case catalog.Trending:
		a.listed(l, l.list, room, a.unbought)
	case catalog.Newest:
		// What the person has comes last, so that there is something for everybody.
		before := len(a.picks)
		a.listed(l, l.list, room, a.unbought)
		a.listed(l, l.list, room-len(a.picks)+before, a.free)
	}
}

// scored takes the products with the highest scores.
func (a *asking) scored(l link, room int, take func(int32) bool) {
	for _, i := range a.s.best(room, take) {
		a.take(i, l.Strategy, a.reason(i))
	}
	a.s.forget()
}

func (a *asking) reason(i int32) string {
	title := a.c.m.data.Goods.list[a.s.from[i]].Title
	why := a.s.why[i]
	if a.s.times[i] > 0 {
		why = byOwn
	}
	switch why {
	case byOwn:
		switch n := a.s.times[i]; n {
		case 1:
			return "You bought this before"
		case 2:
			return "You bought this twice"
		default:
			return "You bought this " + strconv.Itoa(int(n)) + " times"
		}
	case byBought:
		return "Because you bought " + title
	case byViewed:
		return "Because you looked at " + title
	}
	return popular
}

const popular = "A favourite of our customers"

// categories takes what sells in the categories that the person buys from and
// looks at: products of a category with twice the weight count twice as much.
func (a *asking) categories(l link, room int) {
	goods := a.c.m.data.Goods.list
	weight := map[string]float64{}
	cause := map[string]string{}
	like := func(i int32, w float64, why string) {
		if name := goods[i].Category; name != "" {
			if weight[name] == 0 {
				cause[name] = why + goods[i].Title
			}
			weight[name] += w
		}
	}
	for _, i := range a.s.history {
		like(i, a.s.own[i], "Because you bought ")
	}
	viewed, _ := a.c.m.lookedAt(a.person, a.c.at-viewedDays*day, a.c.at)
	for _, i := range viewed {
		like(i, viewWeight, "Because you looked at ")
	}
	type candidate struct {
		item  int32
		score float64
	}
	var list []candidate
	for name, w := range weight {
		n := 0
		for _, i := range a.c.kept[name] {
			if n < room && a.unbought(i) {
				n++
				list = append(list, candidate{i, w / float64(n)})
			}
		}
	}
	slices.SortFunc(list, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.item, y.item))
	})
	for _, x := range list[:min(len(list), room)] {
		a.take(x.item, l.Strategy, cause[goods[x.item].Category])
	}
}

// back takes what is in stock again: first what the person looked at or bought.
func (a *asking) back(l link, room int) {
	viewed, _ := a.c.m.lookedAt(a.person, 0, a.c.at)
	known := func(i int32) bool { return a.s.times[i] > 0 || slices.Contains(viewed, i) }
	list := slices.Clone(l.list)
	sort.SliceStable(list, func(x, y int) bool { return known(list[x]) && !known(list[y]) })
	a.listed(l, list, room, a.free)
}

// listed takes the first products of a list that take accepts.
func (a *asking) listed(l link, list []int32, room int, take func(int32) bool) {
	for _, i := range list {
		if room == 0 {
			return
		}
		if take(i) {
			a.take(i, l.Strategy, a.said(l.Strategy, i))
			room--
		}
	}
}

func (a *asking) said(s catalog.Strategy, i int32) string {
	switch s {
	case catalog.BackInStock:
		return "Back in stock"
	case catalog.Trending:
		return popular
	case catalog.HandPicked:
		return "Chosen for you"
	}
	if name := a.c.m.data.Goods.list[i].Category; name != "" {
		return "New in " + strings.ToLower(name)
	}
	return "New in the shop"
}

func (a *asking) take(i int32, s catalog.Strategy, reason string) {
	a.taken[i] = true
	a.picks = append(a.picks, Pick{Product: a.c.m.data.Goods.list[i], Reason: reason, Strategy: s})
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
