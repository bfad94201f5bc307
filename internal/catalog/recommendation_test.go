package catalog_test

import (
	"strings"
	"testing"

	"github.com/mailwright/mailwright/internal/catalog"
)

func TestRecommendationsAreRefusedWithAReason(t *testing.T) {
	for body, says := range map[string]string{
		`{`: "no recommendation",
		`{"steps":[{"strategy":"newest","colour":"red"}]}`: `unknown field "colour"`,
		`{"steps":[]}`:                                                              "1 to 12 steps",
		`{"steps":[{"strategy":"cheapest"}]}`:                                       "there is no strategy “cheapest”",
		`{"steps":[{"strategy":"hand_picked"}]}`:                                    "steps[0].skus",
		`{"steps":[{"strategy":"newest","skus":["A"]}]}`:                            "only hand_picked",
		`{"steps":[{"strategy":"newest","days":3}]}`:                                "looks at no days",
		`{"steps":[{"strategy":"trending","days":-1}]}`:                             "steps[0].days",
		`{"steps":[{"strategy":"newest"}],"filters":{"price_from":9,"price_to":3}}`: "below the lowest",
		`{"steps":[{"strategy":"newest"}],"filters":{"price_to":-3}}`:               "filters.price_to",
		`{"steps":[{"strategy":"newest"}],"filters":{"not_bought_days":99999}}`:     "filters.not_bought_days",
		`{"steps":[{"strategy":"newest"}]} {}`:                                      "more after",
	} {
		if _, err := catalog.ParseRecommendation([]byte(body)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %q", body, err, says)
		}
	}
}

func TestSources(t *testing.T) {
	for source, first := range map[string]catalog.Strategy{
		"": catalog.ForYou, "recommendations": catalog.ForYou, "trending": catalog.Trending, "bought_together": catalog.BoughtTogether,
		"category:Tea": catalog.Newest, "skus:A, B": catalog.HandPicked,
	} {
		if r, err := catalog.ParseSource(source); err != nil || r.Steps[0].Strategy != first || r.Check() != nil {
			t.Errorf("%q: %+v %v", source, r, err)
		}
	}
	for _, source := range []string{"cheapest", "category:", "skus: ,", "recommendation:", "hand_picked", "newest:1"} {
		if _, err := catalog.ParseSource(source); err == nil {
			t.Errorf("%q is taken", source)
		}
	}
}

func FuzzParseRecommendation(f *testing.F) {
	f.Add(`{"name":"A","steps":[{"strategy":"newest"}],"filters":{"price_from":1.5}}`)
	f.Fuzz(func(t *testing.T, s string) {
		r, err := catalog.ParseRecommendation([]byte(s))
		if err == nil && r.Check() != nil {
			t.Errorf("%q was read and is refused", s)
		}
	})
}
