package profile

import (
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/contact"
)

// Names of what templates see beside attributes.
const (
	NameContact         = "contact"
	NameOrders          = "orders"
	NameLastOrder       = "last_order"
	NameCart            = "cart"
	NameSegments        = "segments"
	NameScores          = "scores"
	NameRecommendations = "recommendations"
	NameProducts        = "products"
	NameServices        = "services"
)

// Bindings gives what Liquid sees of the person: every attribute at the top level
// and under contact, then orders, last_order, cart, segments, scores, recommendations
// and products. An unset attribute is not there, so that it is missing. A score
// such as rfm.recency is scores.rfm.recency, and at the top level rfm.recency. What
// content services said is services.SLUG.
func (p Profile) Bindings(products []catalog.Product, zone *time.Location) map[string]any {
	own := map[string]any{"email": p.Email, "id": int64(p.ID)}
	if p.ExternalID != "" {
		own["external_id"] = p.ExternalID
	}
	b := make(map[string]any, len(p.Attributes)+10)
	for name, v := range p.Attributes {
		switch {
		case !v.IsSet():
		case contact.IsScored(name):
			bindScore(b, name, plain(v, zone))
		default:
			own[name] = plain(v, zone)
		}
	}
	for name, v := range own {
		b[name] = v
	}
	delete(b, "id")
	b[NameContact] = own
	orders := make([]any, len(p.Orders))
	for i, o := range p.Orders {
		orders[i] = order(o)
	}
	b[NameOrders] = orders
	if len(orders) > 0 {
		b[NameLastOrder] = orders[0]
	}
	b[NameCart] = map[string]any{"items": lines(p.Cart), "count": int64(len(p.Cart))}
	b[NameSegments] = p.Segments
	picks := make([]any, len(p.Picks))
	for i, k := range p.Picks {
		m := product(k.Product)
		m["reason"] = k.Reason
		picks[i] = m
	}
	b[NameRecommendations] = picks
	b[NameProducts] = lazyProducts(products)
	if p.Services != nil {
		b[NameServices] = p.said()
	}
	return b
}

// bindScore puts a score under its group, which is under scores and at the top.
func bindScore(b map[string]any, name string, v any) {
	group, leaf, _ := strings.Cut(name, ".")
	members, ok := b[group].(map[string]any)
	if !ok {
		members = map[string]any{}
		b[group] = members
	}
	members[leaf] = v
	scores, ok := b[NameScores].(map[string]any)
	if !ok {
		scores = map[string]any{}
		b[NameScores] = scores
	}
	scores[group] = members
}

// plain gives a value as the dialect knows it.
func plain(v contact.Value, zone *time.Location) any {
	switch v.Type() {
	case contact.Number, contact.Money:
		if whole, frac, ok := v.Decimal().Int64(0); ok && frac == 0 && v.Type() == contact.Number {
			return whole
		}
		return v.Decimal()
	case contact.Boolean:
		return v.Bool()
	case contact.DateType:
		return v.Date()
	case contact.Datetime:
		return v.Time().In(zone)
	case contact.List:
		return v.Items()
	}
	return v.String()
}

func order(o Order) map[string]any {
	items := lines(o.Lines)
	return map[string]any{"id": o.ID, "date": o.At, "total": o.Total, "items": items, "count": int64(len(items))}
}

func lines(list []Line) []any {
	items := make([]any, len(list))
	for i, l := range list {
		m := make(map[string]any, len(l.Properties)+2)
		for k, v := range l.Properties {
			m[k] = v
		}
		m["value"] = l.Value
		if _, ok := m["title"]; !ok && m["product"] != nil {
			m["title"] = m["product"]
		}
		items[i] = m
	}
	return items
}

func product(p catalog.Product) map[string]any {
	m := map[string]any{"sku": p.SKU, "title": p.Title, "url": p.URL, "image": p.Image, "category": p.Category}
	if p.HasPrice {
		m["price"] = p.Price
	}
	if p.Stock >= 0 {
		m["stock"] = p.Stock
	}
	return m
}

// lazyProducts is the catalogue, laid out only for a template that asks for it.
type lazyProducts []catalog.Product

// Value gives the products as Liquid sees them.
func (l lazyProducts) Value() any {
	list := make([]any, len(l))
	for i, p := range l {
		list[i] = product(p)
	}
	return list
}
