package catalog

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/govalues/decimal"

	"github.com/mailwright/mailwright/internal/fault"
)

// Strategy is one way of choosing products for a person.
type Strategy string

// The strategies.
const (
	ForYou         Strategy = "for_you"         // what the person will most likely buy next, things bought before among it
	BoughtTogether Strategy = "bought_together" // new to the person, bought by those who bought the same
	ViewedTogether Strategy = "viewed_together" // looked at by those who looked at the same
	SameCategory   Strategy = "same_category"   // from the categories the person buys from and looks at
	RecentlyViewed Strategy = "recently_viewed" // looked at and not bought since
	BackInStock    Strategy = "back_in_stock"   // sold out before; first what the person looked at or bought
	Trending       Strategy = "trending"        // what sells, the newest sales counting most
	Newest         Strategy = "newest"          // our latest collection
	HandPicked     Strategy = "hand_picked"     // chosen by the marketer
)

// Strategies lists them in the order in which people meet them.
var Strategies = []Strategy{ForYou, BoughtTogether, ViewedTogether, SameCategory, RecentlyViewed, BackInStock, Trending, Newest, HandPicked}

// Recommendation says how products are chosen: steps that are tried in their order
// until there are enough products, and filters that hold for all of them. It ends
// in the newest products, whether or not it says so, unless all it does is to name
// products by hand.
type Recommendation struct {
	Name    string  `json:"name"`
	Steps   []Step  `json:"steps"`
	Filters Filters `json:"filters,omitzero"`
}

// Step is one strategy with its settings. The zero settings are the usual ones.
type Step struct {
	Strategy Strategy `json:"strategy"`
	SKUs     []string `json:"skus,omitempty"`    // hand_picked: which
	Days     int      `json:"days,omitempty"`    // recently_viewed, back_in_stock: how far back; trending: the days in which a sale loses half of its weight
	AtMost   int      `json:"at_most,omitempty"` // products taken from this step; 0 is as many as are wanted
}

// Filters leave products out. The zero Filters leave out what cannot be bought.
type Filters struct {
	SoldOut       bool        `json:"sold_out,omitempty"`        // take what is out of stock too
	PriceFrom     json.Number `json:"price_from,omitempty"`      // major units, included
	PriceTo       json.Number `json:"price_to,omitempty"`        // major units, included
	Categories    []string    `json:"categories,omitempty"`      // any of them, without regard to case
	NotBoughtDays int         `json:"not_bought_days,omitempty"` // not bought by the person in so many days
}

// Bounds of what a recommendation may hold.
const (
	MaxSteps   = 12
	MaxSKUs    = 500
	MaxDays    = 36_500
	MaxAtMost  = 100
	sourceSlug = "recommendation:"
)

// ParseRecommendation reads a recommendation and refuses unknown fields by name.
// It returns fault.Invalid with the path of what is wrong.
func ParseRecommendation(text []byte) (Recommendation, error) {
	var r Recommendation
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		return r, fault.At(fault.Invalid, "body", "this is no recommendation: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	if d.More() {
		return r, fault.At(fault.Invalid, "body", "there is more after the recommendation's end")
	}
	return r, r.Check()
}

// Check refuses what no recommendation may be.
func (r Recommendation) Check() error {
	if len(r.Steps) == 0 || len(r.Steps) > MaxSteps {
		return fault.At(fault.Invalid, "steps", "a recommendation has 1 to %d steps, not %d", MaxSteps, len(r.Steps))
	}
	for i, s := range r.Steps {
		if err := s.check(fmt.Sprintf("steps[%d]", i)); err != nil {
			return err
		}
	}
	return r.Filters.check()
}

func (s Step) check(path string) error {
	if !slices.Contains(Strategies, s.Strategy) {
		return fault.At(fault.Invalid, path+".strategy", "there is no strategy “%s”; the strategies are %s", s.Strategy, strategyNames())
	}
	dated := s.Strategy == RecentlyViewed || s.Strategy == BackInStock || s.Strategy == Trending
	switch {
	case s.Strategy == HandPicked && len(s.SKUs) == 0:
		return fault.At(fault.Invalid, path+".skus", "say which products are picked")
	case s.Strategy != HandPicked && len(s.SKUs) > 0:
		return fault.At(fault.Invalid, path+".skus", "only hand_picked names products")
	case len(s.SKUs) > MaxSKUs:
		return fault.At(fault.Invalid, path+".skus", "at most %d products", MaxSKUs)
	case s.Days != 0 && !dated:
		return fault.At(fault.Invalid, path+".days", "%s looks at no days", s.Strategy)
	case s.Days < 0 || s.Days > MaxDays:
		return fault.At(fault.Invalid, path+".days", "must be from 1 to %d", MaxDays)
	case s.AtMost < 0 || s.AtMost > MaxAtMost:
		return fault.At(fault.Invalid, path+".at_most", "must be from 1 to %d", MaxAtMost)
	}
	return nil
}

func strategyNames() string {
	names := make([]string, len(Strategies))
	for i, s := range Strategies {
		names[i] = string(s)
	}
	return strings.Join(names, ", ")
}

func (f Filters) check() error {
	from, to, err := f.Prices()
	switch {
	case err != nil:
		return err
	case from != nil && to != nil && from.Cmp(*to) > 0:
		return fault.At(fault.Invalid, "filters.price_to", "the highest price is below the lowest")
	case f.NotBoughtDays < 0 || f.NotBoughtDays > MaxDays:
		return fault.At(fault.Invalid, "filters.not_bought_days", "must be from 1 to %d", MaxDays)
	}
	for i, c := range f.Categories {
		if strings.TrimSpace(c) == "" {
			return fault.At(fault.Invalid, fmt.Sprintf("filters.categories[%d]", i), "a category has a name")
		}
	}
	return nil
}

// Prices gives the lowest and the highest price, nil where there is none.
func (f Filters) Prices() (from, to *decimal.Decimal, err error) {
	read := func(n json.Number, field string) (*decimal.Decimal, error) {
		if n == "" {
			return nil, nil
		}
		d, err := decimal.Parse(n.String())
		if err != nil || d.IsNeg() {
			return nil, fault.At(fault.Invalid, "filters."+field, "“%s” is no price", n)
		}
		return &d, nil
	}
	if from, err = read(f.PriceFrom, "price_from"); err == nil {
		to, err = read(f.PriceTo, "price_to")
	}
	return from, to, err
}

// DefaultSource is the source of a listing that names none.
const DefaultSource = "recommendations"

// SavedSource gives the slug of the saved recommendation that a source names.
func SavedSource(source string) (slug string, ok bool) { return strings.CutPrefix(source, sourceSlug) }

// ParseSource reads the source of a products block: "" or "recommendations",
// a strategy, category:NAME, skus:A,B, or recommendation:SLUG for a saved one. For
// a saved one the recommendation is empty. It returns fault.Invalid for others.
func ParseSource(source string) (Recommendation, error) {
	if slug, saved := SavedSource(source); saved && strings.TrimSpace(slug) != "" {
		return Recommendation{}, nil
	}
	list, rest, named := strings.Cut(source, ":")
	rest = strings.TrimSpace(rest)
	switch {
	case source == "" || source == DefaultSource:
		return one(ForYou), nil
	case named && list == "category" && rest != "":
		r := one(Newest)
		r.Filters.Categories = []string{rest}
		return r, nil
	case named && list == "skus" && rest != "":
		var skus []string
		for _, s := range strings.Split(rest, ",") {
			if s = strings.TrimSpace(s); s != "" {
				skus = append(skus, s)
			}
		}
		if len(skus) > 0 {
			return Recommendation{Steps: []Step{{Strategy: HandPicked, SKUs: skus}}}, nil
		}
	case !named && slices.Contains(Strategies, Strategy(source)) && Strategy(source) != HandPicked:
		return one(Strategy(source)), nil
	}
	return Recommendation{}, fault.New(fault.Invalid, "products come from recommendations, a strategy (%s), category:NAME, skus:A,B or recommendation:SLUG, not “%s”", strategyNames(), source)
}

// one is a recommendation of one strategy, and of what sells where that gives too
// little.
func one(s Strategy) Recommendation {
	r := Recommendation{Steps: []Step{{Strategy: s}}}
	if s != Newest && s != Trending {
		r.Steps = append(r.Steps, Step{Strategy: Trending})
	}
	return r
}
