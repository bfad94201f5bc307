package app

import (
	"context"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/dialect"
	"github.com/mailwright/mailwright/internal/fault"
)

// Liquid renders a source with data, a JSON object ("" for none), in UTC: the
// dialect alone, without a workspace.
func Liquid(ctx context.Context, source string, data []byte, escape bool) (string, error) {
	bindings := map[string]any{}
	if len(data) > 0 {
		var err error
		if bindings, err = dialect.DecodeJSON(data); err != nil {
			return "", err
		}
	}
	o := dialect.Options{Escape: dialect.EscapeNone}
	if escape {
		o.Escape = dialect.EscapeHTML
	}
	t, err := dialect.New(o).Parse("stdin", source)
	if err != nil {
		return "", err
	}
	out, _, err := t.Render(ctx, bindings)
	return out, err
}

// maxPicks is how many recommendations are given at most.
const maxPicks = 100

// Recommendation is a product for a person, and why.
type Recommendation struct {
	SKU    string `json:"sku"`
	Title  string `json:"title"`
	URL    string `json:"url"`
	Reason string `json:"reason"`
}

// Recommendations gives products for a person, best first.
func (s *Preview) Recommendations(ctx context.Context, contactID int64, limit int) ([]Recommendation, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, err
	}
	if limit < 1 || limit > maxPicks {
		return nil, fault.At(fault.Invalid, "limit", "between 1 and %d products can be asked for", maxPicks)
	}
	picks, err := w.Personalize.Picks(ctx, contact.ID(contactID), s.app.options.Now(), limit)
	list := []Recommendation{}
	for _, p := range picks {
		list = append(list, Recommendation{p.Product.SKU, p.Product.Title, p.Product.URL, p.Reason})
	}
	return list, err
}
