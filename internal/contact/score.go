package contact

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/mailwright/mailwright/internal/fault"
)

// The attributes that are made of everybody's events. See Scores.
const (
	RFMRecency      = "rfm.recency"
	RFMFrequency    = "rfm.frequency"
	RFMMonetary     = "rfm.monetary"
	RFMRegion       = "rfm.segment"
	EngagementScore = "engagement.score"
)

// Scored lists the attributes that are made of everybody's events, as Scores says.
var Scored = []Attribute{
	{Name: RFMRecency, Label: "RFM recency (1–5)", Type: Number, BuiltIn: true, Computed: true},
	{Name: RFMFrequency, Label: "RFM frequency (1–5)", Type: Number, BuiltIn: true, Computed: true},
	{Name: RFMMonetary, Label: "RFM money (1–5)", Type: Number, BuiltIn: true, Computed: true},
	{Name: RFMRegion, Label: "RFM region", Type: Text, BuiltIn: true, Computed: true},
	{Name: EngagementScore, Label: "Engagement score (0–100)", Type: Number, BuiltIn: true, Computed: true},
}

// IsScored reports whether an attribute is one of Scored.
func IsScored(name string) bool {
	return slices.ContainsFunc(Scored, func(a Attribute) bool { return a.Name == name })
}

// Scores says how the scored attributes are made. Both are those of the beginning
// of the local day of the instant, so that they are the same all day: only events
// of earlier days count.
type Scores struct {
	Version    int        `json:"version"` // grows with every save; 0: never saved
	RFM        RFM        `json:"rfm"`
	Engagement Engagement `json:"engagement"`
}

// RFM scores recency, frequency and money from 1 to 5 by the quantiles of the
// people who have an event in the period (Hughes, Strategic Database Marketing,
// 1994). With x₁ ≤ … ≤ xₙ the values of all n of them, the score of a value is
// 1 plus the number of cuts c with value > x⌈cn/100⌉ (the quantile of type 1 of
// Hyndman and Fan, Sample Quantiles in Statistical Packages, 1996). So equal
// values have equal scores, the least value always has 1, and a score of s says
// that at least the share of cut s−1 has less. Where there are fewer than five
// different values, or many ties, some scores are nobody's.
//
// Recency is the number of local days since the last event, and less is more.
// Frequency is the number of times: events of one person at one instant, such as
// the lines of an order, are one time. Money is the sum of the values in the
// period. A time whose values add up to less than nothing, such as a return, is
// no time; it only lowers the sum.
type RFM struct {
	Event    string `json:"event"`    // a type of event; "" gives nobody a score
	Days     int    `json:"days"`     // the period: so many whole local days before today
	Property string `json:"property"` // of the event, number or money, that is added up; "" is its value
	Cuts     []int  `json:"cuts"`     // four shares below each score, per cent, ascending
}

// Engagement scores from 0 to 100 what a person did, the older the less:
//
//	sum   = Σ weight · 2^(−age / HalfLife)
//	score = 100 · (1 − 2^(−sum / Middle))
//
// with the age in days up to the beginning of today, over the events of the
// weighted types; events of one type at one instant, such as the lines of an
// order, are one. It is rounded to one decimal. Everybody has a score.
type Engagement struct {
	HalfLife float64  `json:"half_life"` // days after which an event counts half
	Middle   float64  `json:"middle"`    // the sum that scores 50
	Weights  []Weight `json:"weights"`
}

// Weight says what one event of a type counts on the day it happens.
type Weight struct {
	Event  string  `json:"event"`
	Weight float64 `json:"weight"`
}

// DefaultScores is how scores are made where nobody said otherwise.
func DefaultScores() Scores {
	return Scores{
		RFM: RFM{Event: "order_placed", Days: 365, Cuts: []int{20, 40, 60, 80}},
		Engagement: Engagement{HalfLife: 30, Middle: 10, Weights: []Weight{
			{"email_opened", 1}, {"email_clicked", 3}, {"site_visited", 2}, {"product_viewed", 1},
			{"cart_updated", 3}, {"order_placed", 10},
		}},
	}
}

// The bounds of scores.
const (
	MaxScoreDays = 3650
	MaxWeight    = 1000
	MaxWeights   = 50
	MaxMiddle    = 100_000
)

// Check returns fault.Invalid, naming the field, for scores that cannot be made
// with the events of a schema. A type of event that there is not yet is taken
// where the defaults have it.
func (s Scores) Check(schema Schema) error {
	if err := s.RFM.check(schema); err != nil {
		return err
	}
	return s.Engagement.check(schema)
}

func (r RFM) check(schema Schema) error {
	if !schema.mayScore(r.Event) {
		return fault.At(fault.Invalid, "rfm.event", "there are no events %q", r.Event)
	}
	if r.Days < 1 || r.Days > MaxScoreDays {
		return fault.At(fault.Invalid, "rfm.days", "the period is from 1 to %d days", MaxScoreDays)
	}
	if len(r.Cuts) != 4 {
		return fault.At(fault.Invalid, "rfm.cuts", "give the four shares below the scores 2, 3, 4 and 5")
	}
	for i, c := range r.Cuts {
		if c < 1 || c > 99 || (i > 0 && c <= r.Cuts[i-1]) {
			return fault.At(fault.Invalid, "rfm.cuts", "the four shares rise from 1 to 99 per cent")
		}
	}
	if r.Property == "" {
		return nil
	}
	if p, ok := schema.Events[r.Event].Property(r.Property); !ok || (p.Type != Number && p.Type != Money) {
		return fault.At(fault.Invalid, "rfm.property", "%s has no property %q that is a number or money", r.Event, r.Property)
	}
	return nil
}

func (e Engagement) check(schema Schema) error {
	if !(e.HalfLife >= 0.1 && e.HalfLife <= MaxScoreDays) { // not so for what is no number
		return fault.At(fault.Invalid, "engagement.half_life", "the half-life is from 0.1 to %d days", MaxScoreDays)
	}
	if !(e.Middle >= 0.1 && e.Middle <= MaxMiddle) {
		return fault.At(fault.Invalid, "engagement.middle", "the sum that scores 50 is from 0.1 to %d", MaxMiddle)
	}
	if len(e.Weights) == 0 || len(e.Weights) > MaxWeights {
		return fault.At(fault.Invalid, "engagement.weights", "give from 1 to %d types of events a weight", MaxWeights)
	}
	seen := map[string]bool{}
	for _, w := range e.Weights {
		switch {
		case seen[w.Event]:
			return fault.At(fault.Invalid, "engagement.weights", "%s has two weights", w.Event)
		case !schema.mayScore(w.Event):
			return fault.At(fault.Invalid, "engagement.weights", "there are no events %q", w.Event)
		case !(w.Weight >= 0 && w.Weight <= MaxWeight):
			return fault.At(fault.Invalid, "engagement.weights", "the weight of %s is from 0 to %d", w.Event, MaxWeight)
		}
		seen[w.Event] = true
	}
	return nil
}

// mayScore reports whether scores may be made of a type of event.
func (s Schema) mayScore(event string) bool {
	if _, ok := s.Events[event]; ok {
		return true
	}
	d := DefaultScores()
	return event == d.RFM.Event || slices.ContainsFunc(d.Engagement.Weights, func(w Weight) bool { return w.Event == event })
}

// ReadScores reads scores from JSON on top of others: what the text leaves out stays.
// It returns fault.Invalid for what is no JSON or has unknown fields. The version
// is that of the others.
func ReadScores(text []byte, onto Scores) (Scores, error) {
	onto.Engagement.Weights, onto.RFM.Cuts = slices.Clone(onto.Engagement.Weights), slices.Clone(onto.RFM.Cuts)
	version := onto.Version
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&onto); err != nil {
		return onto, fault.New(fault.Invalid, "these are no scores: %w", err)
	}
	if d.More() {
		return onto, fault.New(fault.Invalid, "there is more than one value in the file")
	}
	onto.Version = version
	return onto, nil
}

// Region is a named part of the map of recency and frequency.
type Region struct {
	Name    string `json:"name"`    // the value of rfm.segment
	Meaning string `json:"meaning"` // who they are, and what to do
}

// Regions lists the parts of the map, the best first. They are the usual ones of
// the field: Putler's eleven, on the axes of recency and frequency.
var Regions = []Region{
	{"champions", "Bought lately and often. Reward them; show them new things first."},
	{"loyal", "Buy often and not long ago. Ask for reviews; offer what goes with what they have."},
	{"potential loyalists", "Bought lately, a few times. Recommend, and give a reason to come again."},
	{"new", "Bought lately for the first time. Welcome them and help them start."},
	{"promising", "Bought once, not long ago. Remind them of you before they forget."},
	{"need attention", "In the middle of both. A limited offer brings them back to mind."},
	{"about to sleep", "Bought seldom and a while ago. Show what is popular, or they are lost."},
	{"at risk", "Bought several times, but long ago. Write personally; bring them back."},
	{"cannot lose", "Bought most often, and have gone quiet. Win them back before anyone else does."},
	{"hibernating", "Bought seldom and long ago. A small reminder now and then is enough."},
	{"lost", "Bought least and longest ago. Write seldom, or let them go."},
}

// regionMap gives the place among Regions by frequency and then recency, each 1 to 5.
var regionMap = [5][5]int{
	{10, 9, 6, 4, 3},
	{9, 9, 6, 2, 2},
	{7, 7, 5, 2, 2},
	{7, 7, 1, 1, 0},
	{8, 8, 1, 1, 0},
}

// RegionOf gives the place among Regions of a recency and a frequency from 1 to 5.
func RegionOf(recency, frequency int) int { return regionMap[frequency-1][recency-1] }
