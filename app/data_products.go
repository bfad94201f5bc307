package app

import (
	"context"
	"strings"

	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/store"
)

// ProductQuery asks for a page of the catalogue.
type ProductQuery struct {
	Search   string `json:"search"`   // in the title or the number
	Category string `json:"category"` // "" for all
	Offset   int    `json:"offset"`
	Limit    int    `json:"limit"` // at most 500
}

// ProductPage is a page of the catalogue, by title.
type ProductPage struct {
	Total int       `json:"total"` // that the query finds
	Rows  []Product `json:"rows"`
}

// Product is an item of the catalogue.
type Product struct {
	SKU      string `json:"sku"`
	Title    string `json:"title"`
	URL      string `json:"url"`
	Image    string `json:"image"` // where the page finds it: a web address, or /asset/NAME; "" for none
	Price    string `json:"price"` // in major units; "" for none
	Category string `json:"category"`
	Stock    int64  `json:"stock"` // -1 when not known
	Gone     bool   `json:"gone"`  // its feed does not have it any more
	Feed     string `json:"feed"`  // that it came from last; "" for none
}

// Products gives a page of the catalogue.
func (s *Data) Products(ctx context.Context, q ProductQuery) (ProductPage, error) {
	w, err := s.app.current()
	if err != nil {
		return ProductPage{}, err
	}
	page := ProductPage{Rows: []Product{}}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		info, err := tx.Info()
		if err != nil {
			return err
		}
		list, total, err := tx.FindProducts(info.Currency, strings.TrimSpace(q.Search), q.Category, max(q.Offset, 0), min(max(q.Limit, 1), maxPage))
		page.Total = total
		for _, p := range list {
			page.Rows = append(page.Rows, productOf(p, info.Currency.Decimals))
		}
		return err
	})
	return page, err
}

func productOf(p catalog.Product, decimals int) Product {
	v := Product{SKU: p.SKU, Title: p.Title, URL: p.URL, Image: p.Image, Category: p.Category, Stock: p.Stock, Gone: p.Gone, Feed: p.Feed}
	if name, kept := strings.CutPrefix(p.Image, "asset:"); kept {
		v.Image = assetNamed(name).URL
	}
	if p.HasPrice {
		v.Price = p.Price.Pad(decimals).String()
	}
	return v
}

// Categories gives the categories of the catalogue, the largest first.
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
