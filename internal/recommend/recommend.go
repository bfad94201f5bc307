// Package recommend picks products for a contact, each with its reason. It is
// pure: the catalogue, what sells and what the contact bought are handed in.
//
// The order of reasons is: what others buy in the categories the contact buys
// from, then what sells to most people, then what is newest. What the contact has
// bought and what is out of stock is left out.
package recommend

import (
	"sort"
	"strings"

	"github.com/mailwright/mailwright/internal/catalog"
)

// Shelf is the catalogue in the orders that picking needs. It is made once for
// many contacts and then only read.
type Shelf struct {
	bySKU   map[string]catalog.Product
	popular []catalog.Product // in stock, best sellers first
	newest  []catalog.Product // in stock
}

// Pick is a product and why.
type Pick struct {
	Product catalog.Product
	Reason  string
}

// NewShelf makes a shelf. sellers are SKUs, best first.
func NewShelf(products []catalog.Product, sellers []string) *Shelf {
	s := &Shelf{bySKU: make(map[string]catalog.Product, len(products))}
	for _, p := range products {
		s.bySKU[p.SKU] = p
		if p.Stock != 0 {
			s.newest = append(s.newest, p)
		}
	}
	sort.SliceStable(s.newest, func(i, j int) bool { return s.newest[i].CreatedAt.After(s.newest[j].CreatedAt) })
	for _, sku := range sellers {
		if p, ok := s.bySKU[sku]; ok && p.Stock != 0 {
			s.popular = append(s.popular, p)
		}
	}
	return s
}

// Newest gives the products in stock, newest first. The caller must not change it.
func (s *Shelf) Newest() []catalog.Product { return s.newest }

// Pick gives up to limit products. bought are the SKUs the contact bought, newest
// first.
func (s *Shelf) Pick(bought []string, limit int) []Pick {
	had := make(map[string]bool, len(bought))
	weight := map[string]int{}
	because := map[string]string{} // category → the newest product bought from it
	for _, sku := range bought {
		had[sku] = true
		p, ok := s.bySKU[sku]
		if !ok || p.Category == "" {
			continue
		}
		weight[p.Category]++
		if because[p.Category] == "" {
			because[p.Category] = p.Title
		}
	}
	picks := make([]Pick, 0, limit)
	take := func(from []catalog.Product, reason func(catalog.Product) string) {
		for _, p := range from {
			if len(picks) == limit {
				return
			}
			if r := reason(p); r != "" && !had[p.SKU] {
				had[p.SKU] = true
				picks = append(picks, Pick{p, r})
			}
		}
	}
	for _, category := range favourites(weight) {
		take(s.popular, func(p catalog.Product) string {
			if p.Category != category {
				return ""
			}
			return "Because you bought " + because[category]
		})
	}
	take(s.popular, func(catalog.Product) string { return "A favourite of our customers" })
	take(s.newest, func(p catalog.Product) string { return "New in " + orShop(p.Category) })
	return picks
}

func orShop(category string) string {
	if category == "" {
		return "the shop"
	}
	return strings.ToLower(category)
}

// favourites gives the categories, most bought first.
func favourites(weight map[string]int) []string {
	list := make([]string, 0, len(weight))
	for c := range weight {
		list = append(list, c)
	}
	sort.Slice(list, func(i, j int) bool {
		if weight[list[i]] != weight[list[j]] {
			return weight[list[i]] > weight[list[j]]
		}
		return list[i] < list[j]
	})
	return list
}
