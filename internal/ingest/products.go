package ingest

import (
	"strings"

	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/source/csv"
	"github.com/mailwright/mailwright/internal/store"
)

// productsPerChunk is how many products are written in one transaction.
const productsPerChunk = 2000

// productWriter writes rows of products.
type productWriter struct {
	*run
	rows []catalog.Product
}

func (w *productWriter) prepare(*store.Tx) error { return nil }

func (w *productWriter) add(rec csv.Record) (*store.Reject, bool) {
	p := catalog.Product{Stock: -1}
	for _, c := range w.plan.Columns {
		cell := strings.TrimSpace(rec.Cells[c.Index])
		if cell == "" || c.Target == Ignore {
			continue
		}
		if !w.set(&p, c, cell) {
			return misfit(rec, c), false
		}
	}
	if p.SKU == "" {
		return &store.Reject{Line: rec.Line, Field: "sku", Reason: "the row has no product number", Cells: rec.Cells}, false
	}
	if p.Title == "" {
		p.Title = p.SKU
	}
	w.rows = append(w.rows, p)
	return nil, len(w.rows) >= productsPerChunk
}

func (w *productWriter) set(p *catalog.Product, c Column, cell string) bool {
	switch c.Target {
	case "sku":
		p.SKU = cell
	case "title":
		p.Title = cell
	case "category":
		p.Category = cell
	case "url":
		p.URL = cell
		return webAddress(cell)
	case "image":
		p.Image = cell
		return webAddress(cell) || strings.HasPrefix(cell, "asset:")
	case "price":
		v, ok := c.Form.Value(cell, w.schema.Zone)
		p.Price, p.HasPrice = v.Decimal(), true
		return ok && v.Type() == contact.Money
	case "stock":
		v, ok := c.Form.Value(cell, w.schema.Zone)
		n, frac, whole := v.Decimal().Int64(0)
		p.Stock = n
		return ok && whole && frac == 0 && n >= 0
	}
	return true
}

func webAddress(s string) bool {
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}

func (w *productWriter) take() func(tx *store.Tx) error {
	rows := w.rows
	w.rows = nil
	return func(tx *store.Tx) error { return w.write(tx, rows) }
}

func (w *productWriter) write(tx *store.Tx, rows []catalog.Product) error {
	changed := false
	for _, p := range rows {
		outcome, err := tx.PutProduct(w.report.ID, p, w.schema.Currency)
		if err != nil {
			return err
		}
		switch outcome {
		case store.Created:
			w.report.Created++
		case store.Updated:
			w.report.Updated++
		default:
			w.report.Unchanged++
			continue
		}
		changed = true
	}
	if !changed {
		return nil
	}
	return tx.LogChange(store.ChangedProducts, "", "")
}
