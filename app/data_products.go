package app

import (
	"context"
	"strings"

	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/store"
)

// Product is an item of the catalogue as pages show it.
type Product struct {
	SKU      string `json:"sku"`
	Title    string `json:"title"`
	URL      string `json:"url"`
	Image    string `json:"image"` // /asset/NAME for one kept in the workspace, an http(s) address otherwise; may be empty
	Price    string `json:"price"` // decimal in major units; "" when unknown
	Category string `json:"category"`
	Stock    int64  `json:"stock"` // units; -1 when unknown
}

// ProductPage is a part of the catalogue.
type ProductPage struct {
	Total int       `json:"total"` // products that fit the search
	Rows  []Product `json:"rows"`
}

// ProductQuery says which products are wanted.
type ProductQuery struct {
	Search   string `json:"search"` // a part of the title or SKU
	Category string `json:"category"`
	Offset   int    `json:"offset"`
	Limit    int    `json:"limit"` // at most 500
}

// Products gives a page of the catalogue by title.
func (s *Data) Products(ctx context.Context, q ProductQuery) (ProductPage, error) {
	w, err := s.app.current()
	if err != nil {
		return ProductPage{}, err
	}
	page := ProductPage{Rows: []Product{}}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		schema, err := tx.Schema()
		if err != nil {
			return err
		}
		list, total, err := tx.FindProducts(schema.Currency, strings.TrimSpace(q.Search), q.Category, max(q.Offset, 0), min(max(q.Limit, 1), maxPage))
		page.Total = total
		for _, p := range list {
			page.Rows = append(page.Rows, productOf(p))
		}
		return err
	})
	return page, err
}

func productOf(p catalog.Product) Product {
	v := Product{SKU: p.SKU, Title: p.Title, URL: p.URL, Image: p.Image, Category: p.Category, Stock: p.Stock}
	if name, kept := strings.CutPrefix(p.Image, "asset:"); kept {
		v.Image = "/asset/" + name
	}
	if p.HasPrice {
		v.Price = p.Price.String()
	}
	return v
}

// Categories gives the categories of products, the largest first.
func (s *Data) Categories(ctx context.Context) ([]store.Category, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, err
	}
	list := []store.Category{}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.Categories()
		list = append(list, all...)
		return err
	})
	return list, err
}
