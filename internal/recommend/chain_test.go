package recommend_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/govalues/decimal"
	"pgregory.net/rapid"

	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/recommend"
)

var now = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

func ago(days int) time.Time { return now.AddDate(0, 0, -days) }

// shelf is a shop of lanterns, candles and a mug. LAN-3 is sold out, CAN-3 is gone,
// and CAN-2 came back a week ago.
func shelf() []catalog.Product {
	p := func(sku, title, category, price string, stock int64, added int) catalog.Product {
		return catalog.Product{SKU: sku, Title: title, Category: category, Price: decimal.MustParse(price), HasPrice: true, Stock: stock, CreatedAt: ago(added)}
	}
	list := []catalog.Product{
		p("CAN-1", "Candle", "Candles", "5", 4, 90), p("CAN-2", "Tall candle", "Candles", "8", 4, 80), p("CAN-3", "Old candle", "Candles", "2", 4, 70),
		p("LAN-1", "White lantern", "Lanterns", "20", 4, 60), p("LAN-2", "Red lantern", "Lanterns", "25", -1, 50), p("LAN-3", "Blue lantern", "Lanterns", "25", 0, 40),
		p("MUG-1", "Mug", "Mugs", "12", 9, 10),
	}
	list[1].RestockedAt, list[2].Gone = ago(7), true
	return list
}

type deed struct {
	who, days int
	skus      string
}

func made(t testing.TB, bought, viewed []deed) *recommend.Model {
	t.Helper()
	goods := recommend.NewGoods(shelf())
	lay := func(list []deed) recommend.Deeds {
		b := recommend.NewDeeds(len(list))
		for who := range 8 {
			mine := slices.DeleteFunc(slices.Clone(list), func(d deed) bool { return d.who != who })
			slices.SortStableFunc(mine, func(a, b deed) int { return b.days - a.days })
			for _, d := range mine {
				for _, sku := range strings.Fields(d.skus) {
					b.Add(ago(d.days).UnixMilli(), goods.Item(sku, func() string { return "Named " + sku }), "")
				}
			}
			b.Next()
		}
		return b.Done()
	}
	m, err := recommend.Build(context.Background(), recommend.Data{Goods: goods, Bought: lay(bought), Viewed: lay(viewed)}, now)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// everyday is what people 1 to 4 bought; nobody of them bought twice.
var everyday = []deed{{1, 20, "LAN-1 CAN-1"}, {2, 19, "LAN-1 CAN-1"}, {3, 18, "LAN-1 CAN-1 CAN-3"}, {4, 3, "MUG-1"}, {5, 200, "MUG-1 LAN-2"}}

func TestStrategies(t *testing.T) {
	for _, c := range []struct {
		name, recommendation string
		bought, viewed       []deed
		want                 string
	}{
		{"bought together, with its reason", `{"steps":[{"strategy":"bought_together","at_most":1}]}`, []deed{{0, 5, "LAN-1"}}, nil, "CAN-1 Because you bought White lantern; MUG-1 New in mugs"},
		{"one person's word is no support", `{"steps":[{"strategy":"bought_together"}]}`, []deed{{0, 5, "LAN-2"}}, nil, "MUG-1 New in mugs; LAN-1 New in lanterns"},
		{"viewed together", `{"steps":[{"strategy":"viewed_together"}]}`, nil, []deed{{0, 2, "MUG-1"}, {1, 2, "MUG-1 LAN-2"}, {2, 2, "MUG-1 LAN-2"}}, "LAN-2 Because you looked at Mug; MUG-1 New in mugs"},
		{"the same category", `{"steps":[{"strategy":"same_category"}]}`, []deed{{0, 5, "LAN-1"}}, nil, "LAN-2 Because you bought White lantern; MUG-1 New in mugs"},
		{"recently viewed, not what was bought since", `{"steps":[{"strategy":"recently_viewed"}]}`, []deed{{0, 1, "LAN-1"}}, []deed{{0, 3, "LAN-1"}, {0, 4, "CAN-2"}, {0, 5, "LAN-3"}, {0, 60, "LAN-2"}}, "CAN-2 You looked at this; MUG-1 New in mugs"},
		{"back in stock", `{"steps":[{"strategy":"back_in_stock"}]}`, nil, nil, "CAN-2 Back in stock; MUG-1 New in mugs"},
		{"back in stock too long ago", `{"steps":[{"strategy":"back_in_stock","days":6}]}`, nil, nil, "MUG-1 New in mugs; LAN-2 New in lanterns"},
		{"trending, the newest sales most", `{"steps":[{"strategy":"trending","days":1}]}`, nil, nil, "MUG-1 A favourite of our customers; CAN-1 A favourite of our customers"},
		{"trending over a long time", `{"steps":[{"strategy":"trending","days":1000}]}`, nil, nil, "CAN-1 A favourite of our customers; LAN-1 A favourite of our customers"},
		{"newest", `{"steps":[{"strategy":"newest"}]}`, nil, nil, "MUG-1 New in mugs; LAN-2 New in lanterns"},
		{"picked by hand, and nothing else", `{"steps":[{"strategy":"hand_picked","skus":["LAN-3","CAN-1","NO-1","CAN-1"]}]}`, nil, nil, "CAN-1 Chosen for you"},
		{"prices", `{"steps":[{"strategy":"newest"}],"filters":{"price_from":8,"price_to":20}}`, nil, nil, "MUG-1 New in mugs; LAN-1 New in lanterns"},
		{"categories", `{"steps":[{"strategy":"newest"}],"filters":{"categories":["lanterns "]}}`, nil, nil, "LAN-2 New in lanterns; LAN-1 New in lanterns"},
		{"sold out too", `{"steps":[{"strategy":"newest"}],"filters":{"categories":["Lanterns"],"sold_out":true}}`, nil, nil, "LAN-3 New in lanterns; LAN-2 New in lanterns"},
		{"what one has comes last", `{"steps":[{"strategy":"newest"}],"filters":{"categories":["Lanterns"]}}`, []deed{{0, 5, "LAN-2"}}, nil, "LAN-1 New in lanterns; LAN-2 New in lanterns"},
		{"not bought in ten days", `{"steps":[{"strategy":"newest"}],"filters":{"categories":["Lanterns"],"not_bought_days":10}}`, []deed{{0, 5, "LAN-2"}, {0, 30, "LAN-1"}}, nil, "LAN-1 New in lanterns"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := catalog.ParseRecommendation([]byte(c.recommendation))
			if err != nil {
				t.Fatal(err)
			}
			chain, err := made(t, append(slices.Clone(everyday), c.bought...), c.viewed).Chain(r, now)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, k := range chain.Pick(0, 2) {
				got = append(got, k.Product.SKU+" "+k.Reason)
			}
			if s := strings.Join(got, "; "); s != c.want {
				t.Errorf("picks %s\nwant  %s", s, c.want)
			}
		})
	}
}

func TestWhatIsBoughtAgainIsRecommendedAgain(t *testing.T) {
	bought := append(slices.Clone(everyday), deed{0, 30, "CAN-1"}, deed{0, 20, "CAN-1"}, deed{0, 10, "CAN-1"}, deed{6, 30, "CAN-1"}, deed{6, 3, "CAN-1"})
	r, err := catalog.ParseSource("")
	if err != nil {
		t.Fatal(err)
	}
	chain, err := made(t, bought, nil).Chain(r, now)
	if err != nil {
		t.Fatal(err)
	}
	if k := chain.Pick(0, 1)[0]; k.Product.SKU != "CAN-1" || k.Reason != "You bought this 3 times" {
		t.Errorf("picked %s: %s", k.Product.SKU, k.Reason)
	}
}

func TestPicksObeyTheirLaws(t *testing.T) {
	skus := []string{"CAN-1", "CAN-2", "CAN-3", "LAN-1", "LAN-2", "LAN-3", "MUG-1", "X-1"}
	rapid.Check(t, func(rt *rapid.T) {
		draw := func(label string) (list []deed) {
			for range rapid.IntRange(0, 30).Draw(rt, label) {
				list = append(list, deed{rapid.IntRange(0, 7).Draw(rt, "who"), rapid.IntRange(-5, 100).Draw(rt, "days"), rapid.SampledFrom(skus).Draw(rt, "sku")})
			}
			return list
		}
		bought, viewed := draw("bought"), draw("viewed")
		r := catalog.Recommendation{Filters: catalog.Filters{NotBoughtDays: rapid.IntRange(0, 50).Draw(rt, "not bought")}}
		for range rapid.IntRange(1, 4).Draw(rt, "steps") {
			s := catalog.Step{Strategy: rapid.SampledFrom(catalog.Strategies).Draw(rt, "strategy")}
			if s.Strategy == catalog.HandPicked {
				s.SKUs = []string{"LAN-3", "MUG-1"}
			}
			r.Steps = append(r.Steps, s)
		}
		pick := func() string {
			chain, err := made(t, bought, viewed).Chain(r, now)
			if err != nil {
				rt.Fatal(err)
			}
			seen := map[string]bool{}
			picks := chain.Pick(0, 5)
			for _, k := range picks {
				if seen[k.Product.SKU] || !k.Product.Sold() || k.Reason == "" || k.Product.SKU == "X-1" {
					rt.Errorf("picked %+v among %v", k, picks)
				}
				seen[k.Product.SKU] = true
				for _, d := range bought {
					if d.who == 0 && d.skus == k.Product.SKU && d.days >= 0 && d.days < r.Filters.NotBoughtDays {
						rt.Errorf("picked %s, bought %d days ago", d.skus, d.days)
					}
				}
			}
			return fmt.Sprint(picks)
		}
		if a, b := pick(), pick(); a != b {
			rt.Errorf("equal data gave\n%s\n%s", a, b)
		}
	})
}

func TestEverybodyInOnePass(t *testing.T) {
	r, err := catalog.ParseSource("bought_together")
	if err != nil {
		t.Fatal(err)
	}
	chain, err := made(t, everyday, nil).Chain(r, now)
	if err != nil {
		t.Fatal(err)
	}
	next := 0
	err = chain.Each(context.Background(), 8, 3, func(person int, picks []recommend.Pick) error {
		if person != next || fmt.Sprint(picks) != fmt.Sprint(chain.Pick(person, 3)) {
			t.Errorf("person %d, want %d: %v", person, next, picks)
		}
		next++
		return nil
	})
	if err != nil || next != 8 {
		t.Errorf("%d people: %v", next, err)
	}
}
