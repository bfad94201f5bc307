package ingest

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

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
	has  map[string]bool // the SKUs in the file, of rejected rows too
}

func (w *productWriter) prepare(*store.Tx) error { return nil }

func (w *productWriter) add(rec csv.Record) (*store.Reject, bool) {
	p := catalog.Product{Stock: -1, Feed: w.plan.Request.Feed}
	if c := w.plan.column("sku"); c != nil {
		w.has[strings.TrimSpace(rec.Cells[c.Index])] = true
	}
	for _, c := range w.plan.Columns {
		cell := strings.TrimSpace(rec.Cells[c.Index])
		if cell == "" || c.Target == Ignore {
			continue
		}
		if why := w.otherCurrency(c, cell); why != "" {
			return &store.Reject{Line: rec.Line, Field: c.Header, Reason: why, Cells: rec.Cells}, false
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
	case "price", "sale_price":
		if c.Target == "price" && w.reduced(p) {
			return true
		}
		code := w.schema.Currency.Code
		v, ok := c.Form.Value(strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(cell, code), code)), w.schema.Zone)
		p.Price, p.HasPrice = v.Decimal(), true
		return ok && v.Type() == contact.Money && !v.Decimal().IsNeg()
	case "availability":
		return available(p, cell)
	case "stock":
		v, ok := c.Form.Value(cell, w.schema.Zone)
		n, frac, whole := v.Decimal().Int64(0)
		p.Stock = n
		return ok && whole && frac == 0 && n >= 0
	}
	return true
}

// reduced reports whether the product has its sale price already, which wins.
func (w *productWriter) reduced(p *catalog.Product) bool {
	return p.HasPrice && w.plan.column("sale_price") != nil
}

// otherCurrency says why a price is refused that names a currency which the
// workspace does not count in, "" for the others.
func (w *productWriter) otherCurrency(c Column, cell string) string {
	if c.Target != "price" && c.Target != "sale_price" {
		return ""
	}
	word := strings.TrimFunc(cell, func(r rune) bool { return !unicode.IsLetter(r) })
	if len(word) != 3 || word != strings.ToUpper(word) || word == w.schema.Currency.Code {
		return ""
	}
	return fmt.Sprintf("in %s: in %s, and the workspace counts in %s", c.Header, word, w.schema.Currency.Code)
}

// available reads Google's words for what can be had, and the usual others. A
// number of pieces, where the file has one, says more.
func available(p *catalog.Product, cell string) bool {
	if n, err := strconv.ParseInt(cell, 10, 64); err == nil && n >= 0 {
		p.Stock = n
		return true
	}
	switch strings.NewReplacer("_", " ", "-", " ").Replace(strings.ToLower(cell)) {
	case "in stock", "instock", "available", "preorder", "pre order", "backorder", "available for order", "yes", "true":
		if p.Stock < 0 {
			p.Stock = catalog.InStock
		}
	case "out of stock", "outofstock", "sold out", "unavailable", "discontinued", "no", "false":
		p.Stock = 0
	default:
		return false
	}
	return true
}

func webAddress(s string) bool {
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}

// finish marks what the feed has no more.
func (w *productWriter) finish(tx *store.Tx) (err error) {
	if req := w.plan.Request; req.Feed != "" && req.MarkGone {
		w.report.Gone, err = tx.MarkGone(w.report.ID, req.Feed, w.has)
	}
	return err
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
