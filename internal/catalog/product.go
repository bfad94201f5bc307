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

	Gone        bool      // its feed does not have it any more; it is kept for what was bought, and never shown
	RestockedAt time.Time // when it was last to be had again after it had not been; zero: never
	Feed        string    // the slug of the feed that it came from last; may be empty
}

// InStock as the Stock of a product that is being written says that there is some,
// and not how much.
const InStock = -2

// Sold reports whether the product can be bought as far as is known.
func (p Product) Sold() bool { return p.Stock != 0 && !p.Gone }

// Asset is an image kept in the workspace and sent as an inline attachment.
type Asset struct {
	Name      string // unique in the workspace
	MediaType string // image/png, image/jpeg, image/gif, image/svg+xml is refused
	Bytes     []byte
}
