package recommend

import (
	"slices"
	"strings"

	"github.com/mailwright/mailwright/internal/catalog"
)

// Goods are the products that anything is known of: first those of the catalogue,
// then those that only deeds name. A product's number is its place here.
type Goods struct {
	list  []catalog.Product
	bySKU map[string]int32
	shop  int // so many of the list are the catalogue's
}

// NewGoods gives the goods of a catalogue. Its products are known by their SKUs.
func NewGoods(products []catalog.Product) *Goods {
	g := &Goods{list: slices.Clone(products), bySKU: make(map[string]int32, len(products)), shop: len(products)}
	for i, p := range products {
		g.bySKU[p.SKU] = int32(i)
	}
	return g
}

// Item gives a product's number. One that the catalogue lacks is added, under the
// title that title gives.
func (g *Goods) Item(sku string, title func() string) int32 {
	if i, ok := g.bySKU[sku]; ok {
		return i
	}
	i := int32(len(g.list))
	p := catalog.Product{SKU: sku, Title: sku, Stock: -1}
	if t := strings.TrimSpace(title()); t != "" {
		p.Title = t
	}
	g.list = append(g.list, p)
	g.bySKU[sku] = i
	return i
}

// Product gives a product by its number.
func (g *Goods) Product(item int32) catalog.Product { return g.list[item] }

// Len gives how many products there are.
func (g *Goods) Len() int { return len(g.list) }

// Catalogued gives how many of them the catalogue has: the first ones.
func (g *Goods) Catalogued() int { return g.shop }

// SellNamed has products picked that only deeds name, for a shop without a
// catalogue.
func (g *Goods) SellNamed() { g.shop = len(g.list) }
