package contact

import (
	"math"
	"strings"
	"testing"

	"github.com/mailwright/mailwright/internal/fault"
)

func shopSchema() Schema {
	return Schema{Events: map[string]EventType{
		"order_placed": {Name: "order_placed", ValueType: Money, Properties: []Property{{"margin", Money}, {"sku", Text}}},
		"bell_rung":    {Name: "bell_rung"},
	}}
}

func TestScoresAreChecked(t *testing.T) {
	if err := DefaultScores().Check(Schema{}); err != nil {
		t.Errorf("what an empty workspace starts with is refused: %v", err)
	}
	for _, c := range []struct {
		name, field string
		change      func(s *Scores)
	}{
		{"a property that is money", "", func(s *Scores) { s.RFM.Property = "margin" }},
		{"an event of the workspace's own", "", func(s *Scores) { s.Engagement.Weights = []Weight{{"bell_rung", 0.5}} }},
		{"a property that is text", "rfm.property", func(s *Scores) { s.RFM.Property = "sku" }},
		{"no period", "rfm.days", func(s *Scores) { s.RFM.Days = 0 }},
		{"a period beyond all", "rfm.days", func(s *Scores) { s.RFM.Days = 1 << 40 }},
		{"an unknown event", "rfm.event", func(s *Scores) { s.RFM.Event = "order_plcaed" }},
		{"no event", "rfm.event", func(s *Scores) { s.RFM.Event = "" }},
		{"cuts that do not rise", "rfm.cuts", func(s *Scores) { s.RFM.Cuts = []int{20, 20, 60, 80} }},
		{"a cut at everybody", "rfm.cuts", func(s *Scores) { s.RFM.Cuts = []int{20, 40, 60, 100} }},
		{"no half-life", "engagement.half_life", func(s *Scores) { s.Engagement.HalfLife = 0 }},
		{"a half-life that is no number", "engagement.half_life", func(s *Scores) { s.Engagement.HalfLife = math.NaN() }},
		{"a sum without bounds", "engagement.middle", func(s *Scores) { s.Engagement.Middle = math.Inf(1) }},
		{"three cuts", "rfm.cuts", func(s *Scores) { s.RFM.Cuts = []int{20, 40, 60} }},
		{"no weights", "engagement.weights", func(s *Scores) { s.Engagement.Weights = nil }},
		{"a negative weight", "engagement.weights", func(s *Scores) { s.Engagement.Weights[0].Weight = -1 }},
		{"one event twice", "engagement.weights", func(s *Scores) { s.Engagement.Weights[1] = s.Engagement.Weights[0] }},
	} {
		s := DefaultScores()
		c.change(&s)
		err := s.Check(shopSchema())
		if c.field == "" {
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		if e, ok := fault.As(err); !ok || e.Code != fault.Invalid || e.Field != c.field {
			t.Errorf("%s: %v, want a problem of %s", c.name, err, c.field)
		}
	}
}

func TestScoresAreReadOnTopOfOthers(t *testing.T) {
	base := DefaultScores()
	base.Version = 3
	got, err := ReadScores([]byte(`{"version":99,"rfm":{"days":90},"engagement":{"weights":[{"event":"order_placed","weight":5}]}}`), base)
	if err != nil || got.Version != 3 || got.RFM.Days != 90 || got.RFM.Event != "order_placed" || len(got.Engagement.Weights) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	if base.Engagement.Weights[0].Event != "email_opened" {
		t.Errorf("the others were changed: %+v", base)
	}
	for _, bad := range []string{``, `[]`, `{"rfm":{"day":90}}`, `{"rfm":{"days":"90"}}`, `{} {}`, `{"rfm":{"cuts":[1,2,3]}`} {
		if _, err := ReadScores([]byte(bad), base); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func TestEveryPairOfScoresHasARegion(t *testing.T) {
	seen := map[int]bool{}
	for r := 1; r <= 5; r++ {
		for f := 1; f <= 5; f++ {
			seen[RegionOf(r, f)] = true
		}
	}
	if len(seen) != len(Regions) {
		t.Errorf("%d of %d regions are on the map", len(seen), len(Regions))
	}
	for _, g := range Regions {
		if g.Name != strings.ToLower(g.Name) || g.Meaning == "" {
			t.Errorf("%+v", g)
		}
	}
}
