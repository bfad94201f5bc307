package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/govalues/decimal"

	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
)

// productRow is a product as the table holds it.
type productRow struct {
	ID        int64
	SKU       string
	Title     string
	URL       string
	Image     string
	Price     sql.NullInt64
	Category  string
	Stock     int64
	CreatedAt int64 `db:"created_at"`
	UpdatedAt int64 `db:"updated_at"`
	Gone      bool
	Restocked int64 `db:"restocked_at"`
	Feed      string
}

const productColumns = `id, sku, title, url, image, price, category, stock, created_at, updated_at, gone, restocked_at, feed`

func (r productRow) product(currency contact.Currency) (catalog.Product, error) {
	p := catalog.Product{ID: r.ID, SKU: r.SKU, Title: r.Title, URL: r.URL, Image: r.Image, HasPrice: r.Price.Valid,
		Category: r.Category, Stock: r.Stock, CreatedAt: time.UnixMilli(r.CreatedAt).UTC(), UpdatedAt: time.UnixMilli(r.UpdatedAt).UTC(), Gone: r.Gone, Feed: r.Feed}
	if r.Restocked > 0 {
		p.RestockedAt = time.UnixMilli(r.Restocked).UTC()
	}
	var err error
	p.Price, err = decimal.New(r.Price.Int64, currency.Decimals)
	return p, err
}

// Products gives the catalogue in the order of SKUs.
func (tx *Tx) Products(currency contact.Currency) ([]catalog.Product, error) {
	return tx.selectProducts(currency, `ORDER BY sku`)
}

// FindProducts gives a page of the products whose title or SKU holds search, of a
// category when one is named, and how many there are.
func (tx *Tx) FindProducts(currency contact.Currency, search, category string, offset, limit int) (list []catalog.Product, total int, err error) {
	const of = `WHERE (?1 = '' OR title LIKE '%' || ?1 || '%' OR sku LIKE '%' || ?1 || '%') AND (?2 = '' OR category = ?2)`
	if err := tx.Get(&total, `SELECT COUNT(*) FROM products `+of, search, category); err != nil {
		return nil, 0, err
	}
	list, err = tx.selectProducts(currency, of+` ORDER BY title, sku LIMIT ?3 OFFSET ?4`, search, category, limit, offset)
	return list, total, err
}

func (tx *Tx) selectProducts(currency contact.Currency, rest string, args ...any) ([]catalog.Product, error) {
	var rows []productRow
	if err := tx.Select(&rows, `SELECT `+productColumns+` FROM products `+rest, args...); err != nil {
		return nil, err
	}
	list := make([]catalog.Product, len(rows))
	for i, r := range rows {
		var err error
		if list[i], err = r.product(currency); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// CatalogueVersion grows with every change of products.
func (tx *Tx) CatalogueVersion() (seq int64, err error) {
	err = tx.Get(&seq, `SELECT COALESCE(MAX(seq), 0) FROM changes WHERE kind = ?`, ChangedProducts)
	return seq, err
}

// Category is a category of products and how many it has.
type Category struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// Categories gives the categories, the largest first.
func (tx *Tx) Categories() (list []Category, err error) {
	err = tx.Select(&list, `SELECT category AS name, COUNT(*) AS count FROM products WHERE category <> '' GROUP BY category ORDER BY count DESC, name`)
	return list, err
}

// Outcome is what writing a row did.
type Outcome int

// The outcomes.
const (
	Unchanged Outcome = iota
	Created
	Updated
)

// PutProduct adds or updates a product by its SKU, as part of a batch. Fields that
// p leaves empty keep what there is; Stock -1 is empty. A product that could not
// be bought before and can be now is noted as restocked now.
func (tx *Tx) PutProduct(batchID int64, p catalog.Product, currency contact.Currency) (Outcome, error) {
	var price any
	if p.HasPrice {
		minor, err := MinorUnits(p.Price, currency)
		if err != nil {
			return Unchanged, err
		}
		price = minor
	}
	var had productRow
	err := tx.Get(&had, `SELECT `+productColumns+` FROM products WHERE sku = ?`, p.SKU)
	now := tx.Now().UnixMilli()
	if errors.Is(err, sql.ErrNoRows) {
		_, err := tx.Exec(`INSERT INTO products (sku, title, url, image, price, category, stock, created_at, updated_at, batch_id, feed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULLIF(?, 0), ?)`,
			p.SKU, p.Title, p.URL, p.Image, price, p.Category, max(p.Stock, -1), now, now, batchID, p.Feed)
		return Created, err
	}
	if err != nil {
		return Unchanged, err
	}
	after := had
	fillText(&after.Title, p.Title)
	fillText(&after.URL, p.URL)
	fillText(&after.Image, p.Image)
	fillText(&after.Category, p.Category)
	if minor, ok := price.(int64); ok {
		after.Price = sql.NullInt64{Int64: minor, Valid: true}
	}
	fillText(&after.Feed, p.Feed)
	switch {
	case p.Stock >= 0:
		after.Stock = p.Stock
	case p.Stock == catalog.InStock && had.Stock == 0:
		after.Stock = -1
	}
	after.Gone = false
	if (had.Stock == 0 || had.Gone) && after.Stock != 0 {
		after.Restocked = now
	}
	if after == had {
		return Unchanged, nil
	}
	if err := tx.noteProduct(batchID, had, after); err != nil {
		return Unchanged, err
	}
	after.UpdatedAt = now
	return Updated, tx.writeProduct(after)
}

func fillText(to *string, from string) {
	if from != "" {
		*to = from
	}
}

func (tx *Tx) noteProduct(batchID int64, before, after productRow) error {
	if batchID == 0 {
		return nil
	}
	b, err := json.Marshal(before)
	if err != nil {
		return err
	}
	a, err := json.Marshal(after)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO batch_changes (batch_id, entity, entity_id, field, before, after) VALUES (?, 'product', ?, '', ?, ?)
		ON CONFLICT DO UPDATE SET after = excluded.after`, batchID, before.ID, string(b), string(a))
	return err
}

func (tx *Tx) writeProduct(r productRow) error {
	_, err := tx.Exec(`UPDATE products SET title = ?, url = ?, image = ?, price = ?, category = ?, stock = ?, updated_at = ?, gone = ?, restocked_at = ?, feed = ? WHERE id = ?`,
		r.Title, r.URL, r.Image, r.Price, r.Category, r.Stock, r.UpdatedAt, r.Gone, r.Restocked, r.Feed, r.ID)
	return err
}

// PutAsset keeps an image; one of the same name is replaced.
func (tx *Tx) PutAsset(a catalog.Asset) error {
	_, err := tx.Exec(`INSERT INTO assets (name, media_type, bytes) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET media_type = excluded.media_type, bytes = excluded.bytes`, a.Name, a.MediaType, a.Bytes)
	return err
}

// Asset gives an image of the workspace.
func (tx *Tx) Asset(name string) (catalog.Asset, error) {
	a := catalog.Asset{Name: name}
	err := tx.QueryRow(`SELECT media_type, bytes FROM assets WHERE name = ?`, name).Scan(&a.MediaType, &a.Bytes)
	if errors.Is(err, sql.ErrNoRows) {
		return a, fault.New(fault.NotFound, "there is no image %q in the workspace", name)
	}
	return a, err
}

// AssetNames lists the images of the workspace.
func (tx *Tx) AssetNames() (names []string, err error) {
	err = tx.Select(&names, `SELECT name FROM assets ORDER BY name`)
	return names, err
}
