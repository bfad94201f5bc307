// Package catalog holds the products a shop sells, as e-mails and
// recommendations need them.
package catalog

import (
	"time"

	"github.com/govalues/decimal"
)

// Product is an item of the catalogue, known by its SKU.
type Product struct {
	ID        int64
	SKU       string
	Title     string
	URL       string          // http or https; may be empty
	Image     string          // an http(s) URL, or asset:NAME for one kept in the workspace; may be empty
	Price     decimal.Decimal // major units of the workspace's currency
	HasPrice  bool
	Category  string
	Stock     int64 // units; -1 when unknown
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Asset is an image kept in the workspace and sent as an inline attachment.
type Asset struct {
	Name      string // unique in the workspace
	MediaType string // image/png, image/jpeg, image/gif, image/svg+xml is refused
	Bytes     []byte
}
