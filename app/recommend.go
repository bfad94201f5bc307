package app

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/recommend"
	"github.com/mailwright/mailwright/internal/segment"
	"github.com/mailwright/mailwright/internal/store"
)

// Recommendations keeps ways of choosing products, and chooses them.
type Recommendations struct{ app *App }

// Recommendations gives the service.
func (a *App) Recommendations() *Recommendations { return &Recommendations{app: a} }

// RecommendationSummary is a line of the list of saved recommendations.
type RecommendationSummary struct {
	Slug      string   `json:"slug"`
	Name      string   `json:"name"`
	Steps     []string `json:"steps"` // strategies, in their order
	UpdatedAt int64    `json:"updated_at"`
	UsedBy    []string `json:"used_by"`
}

// Recommendation is a saved way of choosing products, as it is edited.
type Recommendation struct {
	Slug      string          `json:"slug"`
	Name      string          `json:"name"`
	Body      json.RawMessage `json:"body" ts_type:"RecommendationBody"`
	Version   int             `json:"version"`
	UpdatedAt int64           `json:"updated_at"`
}

// List gives every saved recommendation.
func (s *Recommendations) List(ctx context.Context) ([]RecommendationSummary, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, err
	}
	list := []RecommendationSummary{}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		users, err := readUsage(tx)
		if err != nil {
			return err
		}
		all, err := tx.Definitions(store.RecommendationKind)
		for _, d := range all {
			one := RecommendationSummary{Slug: d.Slug, Name: d.Name, Steps: []string{}, UpdatedAt: d.UpdatedAt, UsedBy: users.of(store.RecommendationKind, d.Slug)}
			if r, err := catalog.ParseRecommendation([]byte(d.Body)); err == nil {
				for _, step := range r.Steps {
					one.Steps = append(one.Steps, string(step.Strategy))
				}
			}
			list = append(list, one)
		}
		return err
	})
	return list, err
}

// Get gives a saved recommendation for editing.
func (s *Recommendations) Get(ctx context.Context, slug string) (Recommendation, error) {
	d, err := s.app.definition(ctx, store.RecommendationKind, slug)
	return recommendationOf(d), err
}

func recommendationOf(d store.Definition) Recommendation {
	return Recommendation{Slug: d.Slug, Name: d.Name, Body: json.RawMessage(d.Body), Version: d.Version, UpdatedAt: d.UpdatedAt}
}

// Put saves a recommendation as a new version; see Segments.Put.
func (s *Recommendations) Put(ctx context.Context, r Recommendation, base int) (Recommendation, error) {
	w, err := s.app.current()
	if err != nil {
		return Recommendation{}, err
	}
	parsed, err := catalog.ParseRecommendation(r.Body)
	if err != nil {
		return Recommendation{}, err
	}
	if n := strings.TrimSpace(r.Name); n != "" {
		parsed.Name = n
	}
	if r.Slug == "" {
		r.Slug = segment.Slug(parsed.Name)
	}
	if err := segment.CheckSlug(r.Slug); err != nil {
		return Recommendation{}, err
	}
	if parsed.Name == "" {
		return Recommendation{}, fault.At(fault.Invalid, "name", "give the recommendation a name")
	}
	body, err := json.Marshal(parsed)
	if err != nil {
		return Recommendation{}, err
	}
	var saved store.Definition
	err = w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error {
		saved, err = tx.PutDefinition(store.Definition{Kind: store.RecommendationKind, Slug: r.Slug, Name: parsed.Name, Body: string(body)}, base, "", s.app.options.Actor)
		return err
	})
	return recommendationOf(saved), err
}

// Remove takes a recommendation away; one that templates use is fault.Conflict,
// naming them.
func (s *Recommendations) Remove(ctx context.Context, slug string) error {
	return s.app.removeDefinition(ctx, store.RecommendationKind, slug)
}

// maxPicks is how many products are given at most.
const maxPicks = 100

// PickQuery asks for products.
type PickQuery struct {
	Source string          `json:"source"`                            // as a products block has it; "" for what fits the person best
	Body   json.RawMessage `json:"body" ts_type:"RecommendationBody"` // a recommendation that is not saved, instead of Source; null for none
	New    bool            `json:"new"`                               // without what the person bought before
	Limit  int             `json:"limit"`                             // 1 to 100
}

// PickedProduct is a product for a person, and why.
type PickedProduct struct {
	SKU      string `json:"sku"`
	Title    string `json:"title"`
	URL      string `json:"url"`
	Image    string `json:"image"` // where the page finds it
	Price    string `json:"price"` // in major units; "" for none
	Category string `json:"category"`
	Reason   string `json:"reason"`
	Strategy string `json:"strategy"`
}

// For gives products for a person, best first.
func (s *Recommendations) For(ctx context.Context, contactID int64, q PickQuery) ([]PickedProduct, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, err
	}
	r, err := s.asked(ctx, q)
	if err != nil {
		return nil, err
	}
	picks, err := w.Personalize.Picks(ctx, contact.ID(contactID), r, s.app.options.Now(), q.Limit)
	if err != nil {
		return nil, err
	}
	return s.pickedOf(ctx, picks)
}

// asked gives the recommendation that a query means.
func (s *Recommendations) asked(ctx context.Context, q PickQuery) (r catalog.Recommendation, err error) {
	if q.Limit < 1 || q.Limit > maxPicks {
		return r, fault.At(fault.Invalid, "limit", "between 1 and %d products can be asked for", maxPicks)
	}
	slug, saved := catalog.SavedSource(q.Source)
	switch body := strings.TrimSpace(string(q.Body)); {
	case body != "" && body != "null":
		r, err = catalog.ParseRecommendation(q.Body)
	case saved:
		var d store.Definition
		if d, err = s.app.definition(ctx, store.RecommendationKind, slug); err == nil {
			r, err = catalog.ParseRecommendation([]byte(d.Body))
		}
	default:
		r, err = catalog.ParseSource(q.Source)
	}
	if q.New {
		r.Filters.NotBoughtDays = catalog.MaxDays
	}
	return r, err
}

func (s *Recommendations) pickedOf(ctx context.Context, picks []recommend.Pick) ([]PickedProduct, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, err
	}
	schema, err := w.Store.Schema(ctx)
	list := make([]PickedProduct, len(picks))
	for i, k := range picks {
		p := productOf(k.Product, schema.Currency.Decimals)
		list[i] = PickedProduct{p.SKU, p.Title, p.URL, p.Image, p.Price, p.Category, k.Reason, string(k.Strategy)}
	}
	return list, err
}

// EachRecommended chooses products for everybody in one pass and calls f with each
// person's, in the order in which they came into the workspace.
func (a *App) EachRecommended(ctx context.Context, q PickQuery, f func(email string, picks []PickedProduct) error) error {
	w, err := a.current()
	if err != nil {
		return err
	}
	s := a.Recommendations()
	r, err := s.asked(ctx, q)
	if err != nil {
		return err
	}
	schema, err := w.Store.Schema(ctx)
	if err != nil {
		return err
	}
	return w.Personalize.PicksOfAll(ctx, r, a.options.Now(), q.Limit, func(_ contact.ID, email string, picks []recommend.Pick) error {
		list := make([]PickedProduct, len(picks))
		for i, k := range picks {
			p := productOf(k.Product, schema.Currency.Decimals)
			list[i] = PickedProduct{p.SKU, p.Title, p.URL, p.Image, p.Price, p.Category, k.Reason, string(k.Strategy)}
		}
		return f(email, list)
	})
}
