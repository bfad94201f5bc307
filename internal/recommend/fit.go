package recommend

import "context"

// Bounds of fitting: enough people to tell, few enough to be quick.
const (
	fitLeast  = 100   // people with two orders; with fewer the usual constants are taken
	fitSample = 300   // people that are recommended to
	fitPeople = 2_000 // people whose orders are looked at
)

// kinds are constants for other kinds of shops than the one that tuned comes from:
// where people buy few things of a small range, the plain similarity of products
// tells more than how special it is; and where they hardly buy anything again, what
// they have tells less.
var kinds = []tuning{
	tuned,
	{support: 2, shrink: 5, asymmetry: 0.5, amplify: 1, decay: 0.9, spread: 0.8, own: 1, trust: 100, trend: 0.02, halfLife: 30},
	{support: 2, shrink: 5, asymmetry: 0.5, amplify: 1, decay: 0.9, spread: 0.8, own: 0.2, trust: 100, trend: 0.02, halfLife: 30},
}

// fit chooses the constants that tell people's last orders best, of those in kinds.
// The orders that an evaluation leaves out are not among data.
func fit(ctx context.Context, data Data, until int64) (tuning, error) {
	rest, last := data.Bought.some(fitPeople).beforeLast(until)
	var people []int
	for person, items := range last {
		if items != nil {
			people = append(people, person)
		}
	}
	if len(people) < fitLeast {
		return tuned, ctx.Err()
	}
	if n := len(people); n > fitSample {
		for i := range fitSample {
			people[i] = people[i*n/fitSample]
		}
		people = people[:fitSample]
	}
	best, most := tuned, -1.0
	var made *Model
	for _, t := range kinds {
		m, err := alike(ctx, made, Data{Goods: data.Goods, Bought: rest}, until, t)
		if err != nil {
			return tuned, err
		}
		score, _, err := measure(ctx, rest, last, people, data.Goods.Len(), m.ranked, func() {})
		if err != nil {
			return tuned, err
		}
		if sum := score.Recall + score.NewRecall; sum > most {
			best, most = t, sum
		}
		made = m
	}
	return best, nil
}

// alike makes a model with other constants; neighbours that come out the same are
// taken from one that is made.
func alike(ctx context.Context, made *Model, data Data, until int64, t tuning) (*Model, error) {
	same := func(a, b tuning) bool {
		return a.support == b.support && a.shrink == b.shrink && a.asymmetry == b.asymmetry && a.amplify == b.amplify
	}
	if made == nil || !same(made.t, t) {
		return build(ctx, data, until, t)
	}
	m := &Model{data: data, until: until, last: made.last, t: t, bought: made.bought, again: made.again, trends: map[float64]*trend{}}
	m.trend(t.halfLife)
	return m, ctx.Err()
}

// some gives the deeds of at most so many people, evenly chosen.
func (d Deeds) some(most int) Deeds {
	n := d.People()
	if n <= most {
		return d
	}
	part := Deeds{Start: []uint32{0}}
	for i := range most {
		from, to := d.Start[i*n/most], d.Start[i*n/most+1]
		part.At = append(part.At, d.At[from:to]...)
		part.Item = append(part.Item, d.Item[from:to]...)
		part.Order = append(part.Order, d.Order[from:to]...)
		part.Start = append(part.Start, uint32(len(part.At)))
	}
	return part
}
