package audience

import (
	"context"

	"github.com/govalues/decimal"

	"github.com/mailwright/mailwright/internal/civil"
	"github.com/mailwright/mailwright/internal/contact"
)

// RFM is the map of everybody's recency and frequency on one local day.
type RFM struct {
	From, To civil.Date // the period, both days included
	People   int        // who has scores
	Total    int        // all contacts
	Revenue  decimal.Decimal
	Cells    [5][5]RFMCell // by frequency and recency, each from 1
	Recency  [5]RFMStep    // by score, from 1; in days since the last event
	Times    [5]RFMStep
	Money    [5]RFMStep
}

// RFMCell is the people of one pair of scores.
type RFMCell struct {
	Region  int // place among contact.Regions
	People  int
	Revenue decimal.Decimal // of the period
}

// RFMStep is the values that have one score; both are 0 where nobody has it.
type RFMStep struct {
	From, To decimal.Decimal // from <= to
	People   int
}

// RFM draws the map by a model, which need not be the workspace's.
func (v *View) RFM(ctx context.Context, model contact.RFM) (RFM, error) {
	n := newNeeds()
	n.rfm(model, v.frame.schema)
	if err := v.loadNeeds(ctx, n); err != nil {
		return RFM{}, err
	}
	s := v.scope()
	r := s.rfm(model)
	day, _ := s.today()
	out := RFM{From: day - civil.Date(model.Days), To: day - 1, People: r.people, Total: v.Total()}
	out.Revenue, _ = r.revenue.decimal(r.scale)
	for f := range out.Cells {
		for k := range out.Cells[f] {
			c := r.cells[f][k]
			money, _ := c.revenue.decimal(r.scale)
			out.Cells[f][k] = RFMCell{contact.RegionOf(k+1, f+1), c.people, money}
		}
	}
	for k := range 5 {
		out.Recency[k] = r.steps[recency].step(k, 0, true)
		out.Times[k] = r.steps[frequency].step(k, 0, false)
		out.Money[k] = r.steps[monetary].step(k, r.scale, false)
	}
	return out, nil
}

func (s *steps) step(k, scale int, turned bool) RFMStep {
	low, high := s.low[k], s.high[k]
	if turned {
		low, high = high.neg(), low.neg()
	}
	out := RFMStep{People: s.people[k]}
	out.From, _ = low.decimal(scale)
	out.To, _ = high.decimal(scale)
	return out
}

// EngagementBins is how many bars the picture of engagement scores has: from 0
// up to 5, from 5 up to 10, …; the last includes 100.
const EngagementBins = 20

// EngagementPicture is how the engagement scores of everybody lie on one day.
type EngagementPicture struct {
	Total   int
	Zero    int // who did nothing that counts, also in the first bar
	Bins    [EngagementBins]int
	Median  float64 // of those who are not at zero; 0 for nobody
	Samples []EngagementSample
}

// EngagementSample is a person and how the score came about.
type EngagementSample struct {
	ID    contact.ID
	Score float64
	Sum   float64
	Deeds []Deed
}

// Deed is what a person did of one type, and what it counts today.
type Deed struct {
	Event  string  `json:"event"`
	Weight float64 `json:"weight"`
	Count  int     `json:"count"`
	Sum    float64 `json:"sum"`
}

// Engagement draws the scores by a model, which need not be the workspace's, with
// as many sample people, from the highest score to the lowest above zero.
func (v *View) Engagement(ctx context.Context, model contact.Engagement, samples int) (EngagementPicture, error) {
	n := newNeeds()
	n.engagement(model, v.frame.schema)
	if err := v.loadNeeds(ctx, n); err != nil {
		return EngagementPicture{}, err
	}
	s := v.scope()
	scores := s.engagement(model).score
	p := EngagementPicture{Total: v.Total(), Samples: []EngagementSample{}}
	var byTenth [1001]int
	for _, t := range scores.nums {
		if t != unset {
			byTenth[t]++
			p.Bins[min(int(t)/(1000/EngagementBins), EngagementBins-1)]++
		}
	}
	p.Zero = byTenth[0]
	rest := p.Total - p.Zero
	if rest == 0 {
		return p, nil
	}
	p.Median = float64(placed(byTenth[:], rest/2)) / 10
	d := s.deeds(model)
	for _, i := range spread(scores.nums, byTenth[:], rest, min(samples, rest)) {
		p.Samples = append(p.Samples, d.sample(contact.ID(v.frame.people.ids[i]), i))
	}
	return p, nil
}

// placed gives the tenth of the k-th highest score, counted from 0.
func placed(byTenth []int, k int) int {
	for t := len(byTenth) - 1; t > 0; t-- {
		if k < byTenth[t] {
			return t
		}
		k -= byTenth[t]
	}
	return 0
}

// spread gives n ordinals spread over the places of those above zero, the highest
// score first.
func spread(scores []int64, byTenth []int, rest, n int) []int {
	wanted := map[int64][]int{} // the places among equal scores by score
	for k := range n {
		place := k * rest / n
		t := int64(placed(byTenth, place))
		above := 0
		for _, c := range byTenth[t+1:] {
			above += c
		}
		wanted[t] = append(wanted[t], place-above)
	}
	found := map[int64][]int{}
	seen := map[int64]int{}
	for i, t := range scores {
		want := wanted[t]
		if at := len(found[t]); at < len(want) {
			if seen[t] == want[at] {
				found[t] = append(found[t], i)
			}
			seen[t]++
		}
	}
	list := make([]int, 0, n)
	for t := int64(len(byTenth) - 1); t > 0; t-- {
		list = append(list, found[t]...)
	}
	return list
}

func (d *deeds) sample(id contact.ID, ordinal int) EngagementSample {
	e := EngagementSample{ID: id, Deeds: []Deed{}}
	d.each(ordinal, func(t *deedType, n int, sum float64) {
		e.Sum += sum
		e.Deeds = append(e.Deeds, Deed{t.Event, t.Weight.Weight, n, sum})
	})
	e.Score = float64(d.tenths(e.Sum)) / 10
	return e
}

// PersonScore is a scored attribute of one person and how it came about.
type PersonScore struct {
	Name  string        `json:"name"`
	Label string        `json:"label"`
	Value contact.Value `json:"value" ts_type:"number | string | null"`
	Why   string        `json:"why"`
}

// PersonScores gives every scored attribute of a person.
func (v *View) PersonScores(ctx context.Context, id contact.ID) ([]PersonScore, error) {
	i, err := v.ordinal(id)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(contact.Scored))
	for k, a := range contact.Scored {
		names[k] = a.Name
	}
	if err := v.Load(ctx, names...); err != nil {
		return nil, err
	}
	s := v.scope()
	list := make([]PersonScore, len(names))
	for k, a := range contact.Scored {
		list[k] = PersonScore{a.Name, a.Label, s.attribute(a.Name).at(i), s.scoreSeen(a.Name, i)}
	}
	return list, nil
}
