package recommend

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/mailwright/mailwright/internal/catalog"
)

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
