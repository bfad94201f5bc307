package personalize

import (
	"context"
	"time"

	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/profile"
	"github.com/mailwright/mailwright/internal/recommend"
	"github.com/mailwright/mailwright/internal/store"
)

// sellingDays is how far back best sellers are counted.
const sellingDays = 180

// shelved is a shelf and what it was made from.
type shelved struct {
	version int64 // of the data
	asOf    time.Time
	sellers bool
	shelf   *recommend.Shelf
}

// shelf gives the catalogue in the orders that picking needs. Best sellers are
// counted up to the beginning of the hour, so that a shelf serves every preview of
// that hour, and a plan of the same hour sees what the previews saw.
func (p *Personalizer) shelf(ctx context.Context, asOf time.Time, currency contact.Currency, sellers bool) (*recommend.Shelf, error) {
	want := shelved{asOf: asOf.Truncate(time.Hour), sellers: sellers}
	var products []catalog.Product
	var best []string
	p.mu.Lock()
	defer p.mu.Unlock()
	err := p.store.Read(ctx, func(tx *store.Tx) (err error) {
		if want.version, err = tx.DataVersion(); err != nil {
			return err
		}
		had := p.last
		if had.shelf != nil && had.version == want.version && had.asOf.Equal(want.asOf) && (had.sellers || !sellers) {
			want.shelf = had.shelf
			return nil
		}
		if products, err = tx.Products(currency); err != nil || !sellers {
			return err
		}
		sold, err := tx.BestSellers(orderEvent, want.asOf.AddDate(0, 0, -sellingDays).UnixMilli(), want.asOf.UnixMilli(), len(products))
		for _, s := range sold {
			best = append(best, s.SKU)
		}
		return err
	})
	if err != nil || want.shelf != nil {
		return want.shelf, err
	}
	want.shelf = recommend.NewShelf(products, best)
	p.last = want
	return want.shelf, nil
}

// Warm counts what sells, so that the first preview does not have to.
func (p *Personalizer) Warm(ctx context.Context, asOf time.Time) error {
	view, err := p.engine.At(ctx, asOf)
	if err != nil {
		return err
	}
	_, err = p.shelf(ctx, asOf, view.Schema().Currency, true)
	return err
}

// Picks gives products for one person at an instant, best first, each with its
// reason. It is fault.NotFound when there is no such contact.
func (p *Personalizer) Picks(ctx context.Context, id contact.ID, asOf time.Time, limit int) ([]recommend.Pick, error) {
	view, err := p.engine.At(ctx, asOf)
	if err != nil {
		return nil, err
	}
	if view.Email(id) == "" {
		return nil, fault.New(fault.NotFound, "there is no contact %d", id)
	}
	currency := view.Schema().Currency
	shelf, err := p.shelf(ctx, asOf, currency, true)
	if err != nil {
		return nil, err
	}
	var rows map[contact.ID][]profile.Row
	err = p.store.Read(ctx, func(tx *store.Tx) error {
		rows, err = tx.EventRowsOf(orderEvent, []contact.ID{id}, asOf.UnixMilli(), currency)
		return err
	})
	if err != nil {
		return nil, err
	}
	return shelf.Pick(bought(profile.Orders(rows[id])), limit), nil
}

// bought gives the SKUs of orders, newest first.
func bought(orders []profile.Order) []string {
	var skus []string
	for _, o := range orders {
		for _, l := range o.Lines {
			if sku, ok := l.Properties["sku"].(string); ok {
				skus = append(skus, sku)
			}
		}
	}
	return skus
}
