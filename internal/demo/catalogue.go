package demo

import (
	"image/color"
	"runtime"
	"strings"

	"github.com/govalues/decimal"
	"golang.org/x/sync/errgroup"

	"github.com/mailwright/mailwright/internal/catalog"
)

// good is a product of the made-up shop.
type good struct {
	title string
	price int64 // cents
	ink   uint32
}

// category is a shelf of the shop and how its goods are drawn.
type category struct {
	name   string
	ground uint32
	draw   func(ink color.RGBA, n int) []layer
	goods  []good
}

var (
	dark  = rgb(0x2d2a26)
	cream = rgb(0xfbf7ef)
	amber = rgb(0xe9a03b)
	green = rgb(0x1f6f63)
)

// shelves are the 60 products: six categories of ten.
var shelves = []category{
	{"Tea", 0xe6efe3, drawTin, []good{
		{"Morning Assam", 1250, 0x9c4a2f}, {"Earl Grey with Cornflower", 1390, 0x34618e}, {"Sencha Spring Leaf", 1650, 0x4f8a4c},
		{"Moroccan Mint", 1150, 0x2f8f6f}, {"Chamomile Meadow", 1090, 0xe0b23c}, {"Lapsang by the Fire", 1490, 0x4a3f39},
		{"Rooibos & Orange Peel", 1190, 0xd0662c}, {"Jasmine Pearls", 1990, 0x8bb174}, {"Darjeeling First Flush", 2290, 0xb98a3e}, {"Winter Spice Chai", 1350, 0x7d3b54}}},
	{"Mugs", 0xe3ebf1, drawMug, []good{
		{"Harbour Mug", 2200, 0x2f5d7c}, {"Moss Mug", 2200, 0x5d7a4a}, {"Speckled Mug", 2450, 0xcbbfae}, {"Midnight Mug", 2300, 0x262b45},
		{"Terracotta Mug", 2150, 0xb5583b}, {"Espresso Cup", 1600, 0x6b4a37}, {"Big Breakfast Mug", 2690, 0xd9a441}, {"Travel Cup", 2900, 0x3d7f78},
		{"Rose Mug", 2250, 0xc7838a}, {"Children's Mug", 1750, 0x6aa3c8}}},
	{"Bowls", 0xf1e8de, drawBowl, []good{
		{"Soup Bowl", 2600, 0xd98e5f}, {"Salad Bowl", 4400, 0x6f9a8d}, {"Noodle Bowl", 3100, 0x33566b}, {"Fruit Bowl", 5200, 0xc9b458},
		{"Dipping Bowls, Set of 3", 2400, 0x9d6b8a}, {"Mixing Bowl", 4900, 0x7c8fa8}, {"Porridge Bowl", 2450, 0xa7b48d}, {"Serving Bowl", 5900, 0x9c5b45},
		{"Rice Bowl", 1900, 0x4b4f58}, {"Pasta Bowl", 2850, 0xd3a04d}}},
	{"Candles", 0xf2e3e0, drawCandle, []good{
		{"Fig & Cedar Candle", 2800, 0x6a5a86}, {"Orange Grove Candle", 2600, 0xe2853d}, {"Sea Salt Candle", 2700, 0x7fa9b5}, {"Pine Forest Candle", 2750, 0x3f6b52},
		{"Lavender Candle", 2500, 0x9a86b8}, {"Beeswax Pillar", 1900, 0xe3b04b}, {"Rose Garden Candle", 2650, 0xcf7f8c}, {"Smoked Oud Candle", 3400, 0x4d3d36},
		{"Tealights, Set of 12", 1200, 0xd8cdbb}, {"Linen Breeze Candle", 2550, 0xb9c4b0}}},
	{"Textiles", 0xece6f0, drawTowel, []good{
		{"Linen Tea Towel", 1400, 0x7f93a8}, {"Striped Apron", 3900, 0x3c5f74}, {"Waffle Towel", 2900, 0xc6a98b}, {"Table Runner", 3400, 0x6d8b70},
		{"Napkins, Set of 4", 2800, 0xb76e5d}, {"Wool Throw", 8900, 0x8a5a6b}, {"Oven Glove", 1900, 0x4f7d6a}, {"Cushion Cover", 2700, 0xd0a24c},
		{"Bath Towel", 3600, 0x9fb0b8}, {"Picnic Blanket", 7400, 0xa24c46}}},
	{"Paper", 0xf3eddc, drawBook, []good{
		{"Pocket Notebook", 900, 0xb4513d}, {"Recipe Journal", 1900, 0x557a5d}, {"Letter Paper, 40 Sheets", 1450, 0x8a9bb0}, {"Wall Calendar", 2100, 0x3b5d7d},
		{"Greeting Cards, Set of 8", 1600, 0xd58a6e}, {"Gift Wrap", 700, 0x7b6aa0}, {"Weekly Planner", 1800, 0xcda23f}, {"Sketchbook", 2200, 0x4a4a50},
		{"Bookmark Set", 600, 0x9f7d52}, {"Garden Diary", 2400, 0x6b9a68}}},
}

func drawTin(ink color.RGBA, n int) []layer {
	lid := blend(ink, dark, 0.25)
	layers := []layer{
		{ellipse(0, 0.66, 0.5, 0.07), blend(rgb(0xe6efe3), dark, 0.12)},
		{box(0, 0.12, 0.42, 0.52, 0.06), ink},
		{box(0, -0.44, 0.45, 0.1, 0.05), lid},
		{box(0, 0.18, 0.3, 0.24, 0.03), cream},
	}
	// A leaf on the label: two arcs of circles, leaning with the number.
	lean := float64(n%3-1) * 0.05
	leaf := inside(disc(-0.09+lean, 0.18, 0.2), disc(0.09+lean, 0.18, 0.2))
	return append(layers, layer{leaf, blend(ink, green, 0.4)}, layer{line(lean, 0.34, lean, 0.05, 0.018), cream})
}

func drawMug(ink color.RGBA, n int) []layer {
	layers := []layer{
		{ellipse(-0.02, 0.6, 0.48, 0.06), blend(rgb(0xe3ebf1), dark, 0.12)},
		{without(ring(0.4, 0.08, 0.24, 0.1), box(0, 0.08, 0.38, 0.6, 0)), blend(ink, dark, 0.15)},
		{box(-0.06, 0.1, 0.42, 0.48, 0.12), ink},
		{ellipse(-0.06, -0.36, 0.42, 0.09), blend(ink, dark, 0.35)},
		{ellipse(-0.06, -0.35, 0.36, 0.065), rgb(0x8a5a35)},
	}
	if n%2 == 0 {
		layers = append(layers, layer{box(-0.06, 0.22, 0.42, 0.05, 0), blend(ink, cream, 0.45)})
	}
	return append(layers, layer{line(-0.18, -0.56, -0.12, -0.76, 0.035), cream}, layer{line(0.04, -0.56, 0.1, -0.8, 0.035), cream})
}

func drawBowl(ink color.RGBA, n int) []layer {
	half := inside(ellipse(0, -0.02, 0.62, 0.56), box(0, 0.3, 1, 0.32, 0))
	layers := []layer{
		{ellipse(0, 0.6, 0.46, 0.06), blend(rgb(0xf1e8de), dark, 0.12)},
		{taper(0, 0.46, 0.58, 0.2, 0.24), blend(ink, dark, 0.3)},
		{half, ink},
		{ellipse(0, -0.02, 0.62, 0.13), blend(ink, dark, 0.3)},
		{ellipse(0, 0.0, 0.55, 0.1), blend(ink, cream, 0.5)},
	}
	if n%3 == 0 {
		layers = append(layers, layer{inside(half, box(0, 0.22, 1, 0.03, 0)), cream})
	}
	return layers
}

func drawCandle(ink color.RGBA, n int) []layer {
	height := 0.42 + float64(n%3)*0.06
	top := 0.58 - 2*height
	return []layer{
		{ellipse(0, 0.6, 0.44, 0.06), blend(rgb(0xf2e3e0), dark, 0.12)},
		{box(0, 0.58-height, 0.34, height, 0.07), ink},
		{box(0, 0.58-height*0.8, 0.22, height*0.4, 0.03), cream},
		{ellipse(0, top+0.02, 0.31, 0.055), blend(ink, cream, 0.4)},
		{line(0, top+0.02, 0, top-0.1, 0.025), dark},
		{ellipse(0, top-0.22, 0.075, 0.14), amber},
		{ellipse(0, top-0.18, 0.035, 0.07), cream},
	}
}

func drawTowel(ink color.RGBA, n int) []layer {
	cloth := box(0, 0.05, 0.46, 0.6, 0.03)
	layers := []layer{{box(0.03, 0.09, 0.46, 0.6, 0.03), blend(rgb(0xece6f0), dark, 0.12)}, {cloth, blend(ink, cream, 0.15)}}
	for i := range 3 + n%3 {
		at := -0.35 + float64(i)*0.2
		if n%2 == 0 {
			layers = append(layers, layer{inside(cloth, box(at, 0.05, 0.035, 1, 0)), blend(ink, dark, 0.2)})
		} else {
			layers = append(layers, layer{inside(cloth, box(0, at+0.05, 1, 0.035, 0)), blend(ink, cream, 0.6)})
		}
	}
	return append(layers, layer{ring(0, -0.6, 0.08, 0.03), dark})
}

func drawBook(ink color.RGBA, n int) []layer {
	layers := []layer{
		{box(0.05, 0.06, 0.42, 0.58, 0.04), blend(rgb(0xf3eddc), dark, 0.14)},
		{box(0.02, 0.0, 0.42, 0.58, 0.04), cream},
		{box(-0.02, -0.02, 0.42, 0.58, 0.04), ink},
		{box(-0.38, -0.02, 0.06, 0.58, 0.04), blend(ink, dark, 0.25)},
		{box(0.04, -0.22, 0.22, 0.1, 0.02), cream},
	}
	if n%2 == 1 {
		layers = append(layers, layer{box(0.3, -0.02, 0.025, 0.58, 0), amber})
	}
	return append(layers, layer{line(-0.1, 0.2, 0.2, 0.2, 0.02), blend(ink, cream, 0.5)}, layer{line(-0.1, 0.3, 0.12, 0.3, 0.02), blend(ink, cream, 0.5)})
}

// stock is how the catalogue looks: products and their pictures. Pictures are
// drawn on all cores.
func stock(page string) (products []catalog.Product, pictures []catalog.Asset, err error) {
	for ci, c := range shelves {
		for gi, g := range c.goods {
			price, err := decimal.New(g.price, 2)
			if err != nil {
				return nil, nil, err
			}
			units := int64(5 + (ci*37+gi*23)%90)
			if (ci+gi)%13 == 12 {
				units = 0 // sold out
			}
			name := slug(g.title)
			products = append(products, catalog.Product{SKU: sku(ci, gi), Title: g.title, URL: page + "/" + name, Image: "asset:" + name + ".png",
				Price: price, HasPrice: true, Category: c.name, Stock: units})
		}
	}
	pictures = make([]catalog.Asset, len(products))
	var drawing errgroup.Group
	drawing.SetLimit(runtime.GOMAXPROCS(0))
	for ci, c := range shelves {
		for gi, g := range c.goods {
			drawing.Go(func() error {
				png, err := paint(rgb(c.ground), c.draw(rgb(g.ink), gi))
				pictures[ci*len(c.goods)+gi] = catalog.Asset{Name: slug(g.title) + ".png", MediaType: "image/png", Bytes: png}
				return err
			})
		}
	}
	return products, pictures, drawing.Wait()
}

// sku gives a product's number: three letters of its category and two digits.
func sku(category, item int) string {
	return strings.ToUpper(shelves[category].name[:3]) + "-" + string(rune('0'+(item+1)/10)) + string(rune('0'+(item+1)%10))
}

func slug(title string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(b.String(), "-")
}
