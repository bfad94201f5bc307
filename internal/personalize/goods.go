package personalize

import (
	"context"
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/recommend"
	"github.com/mailwright/mailwright/internal/store"
)

// viewsKept is how far back it is looked what people looked at.
const viewsKept = 180 * 24 * time.Hour

// goods is a model of what goes with what, and what it was made from.
type goods struct {
	bought, viewed *audience.Doings
	catalogue      int64 // the change log's last word on products
	until          time.Time
	model          *recommend.Model
	named          bool // there is no catalogue; products are those that orders name
}

// person gives a contact's number in the model, -1 for one it does not know.
func (g *goods) person(id contact.ID) int { return g.bought.Ordinal(id) }

// goods gives the model of a view's data. What everybody did counts up to the
// beginning of the hour, so that one model serves every preview of that hour, and
// a plan of the same hour sees what the previews saw. It is made again when
// orders, views or products have changed.
func (p *Personalizer) goods(ctx context.Context, view *audience.View) (*goods, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	want := &goods{until: view.AsOf().Truncate(time.Hour)}
	var err error
	if want.bought, err = view.Doings(ctx, orderEvent, "sku", "order_id", "quantity", "product", "title"); err != nil {
		return nil, err
	}
	if want.viewed, err = view.Doings(ctx, viewEvent, "sku", "product", "title"); err != nil {
		return nil, err
	}
	var products []catalog.Product
	err = p.store.Read(ctx, func(tx *store.Tx) error {
		if want.catalogue, err = tx.CatalogueVersion(); err != nil {
			return err
		}
		if p.last.serves(want) {
			return nil
		}
		products, err = tx.Products(view.Schema().Currency)
		return err
	})
	if err != nil || p.last.serves(want) {
		return p.last, err
	}
	want.model, err = recommend.Build(ctx, want.data(products), want.until)
	if err == nil {
		p.last = want
	}
	return want, err
}

// empty reports whether there is no catalogue.
func (g *goods) empty() bool { return g.named }

// serves reports whether a model is what another would be.
func (g *goods) serves(want *goods) bool {
	return g != nil && g.until.Equal(want.until) && g.catalogue == want.catalogue && want.bought.Same(g.bought) && want.viewed.Same(g.viewed)
}

// data lays out what the model is made from. Lines that came back, whose quantity
// or value is below zero, are no purchases. A shop without a catalogue is known by
// what its orders say of its products.
func (g *goods) data(products []catalog.Product) recommend.Data {
	d := recommend.Data{Goods: recommend.NewGoods(products)}
	const sku, order, quantity, product, title = 0, 1, 2, 3, 4
	d.Bought = deeds(g.bought, d.Goods, 0, sku, func(p int) (string, bool) {
		return g.bought.Text(p, order), !g.bought.Negative(p, quantity) && !g.bought.NegativeValue(p)
	}, func(p int) string { return orElse(g.bought.Text(p, product), g.bought.Text(p, title)) })
	d.Viewed = deeds(g.viewed, d.Goods, g.until.Add(-viewsKept).UnixMilli(), sku, func(int) (string, bool) { return "", true },
		func(p int) string { return orElse(g.viewed.Text(p, 1), g.viewed.Text(p, 2)) })
	if g.named = len(products) == 0; g.named {
		d.Goods.SellNamed()
	}
	return d
}

func orElse(a, b string) string {
	if strings.TrimSpace(a) != "" {
		return a
	}
	return b
}

func deeds(from *audience.Doings, goods *recommend.Goods, since int64, sku int, order func(p int) (string, bool), title func(p int) string) recommend.Deeds {
	b := recommend.NewDeeds(from.Len())
	for person := range from.People() {
		first, end := from.Span(person)
		for p := first; p < end; p++ {
			word := from.Text(p, sku)
			if word == "" || from.Time(p) < since {
				continue
			}
			if of, ok := order(p); ok {
				b.Add(from.Time(p), goods.Item(word, func() string { return title(p) }), of)
			}
		}
		b.Next()
	}
	return b.Done()
}

// Warm makes the model, so that the first preview does not have to.
func (p *Personalizer) Warm(ctx context.Context, asOf time.Time) error {
	view, err := p.engine.At(ctx, asOf)
	if err != nil {
		return err
	}
	_, err = p.goods(ctx, view)
	return err
}

// recommendation gives what a source of products says, a saved one among them. It
// returns fault.NotFound for one that is not there.
func (p *Personalizer) recommendation(ctx context.Context, source string) (catalog.Recommendation, error) {
	slug, saved := catalog.SavedSource(source)
	if !saved {
		return catalog.ParseSource(source)
	}
	var r catalog.Recommendation
	err := p.store.Read(ctx, func(tx *store.Tx) error {
		d, err := tx.Definition(store.RecommendationKind, slug)
		if err != nil {
			return err
		}
		r, err = catalog.ParseRecommendation([]byte(d.Body))
		return err
	})
	return r, err
}

// Picks gives products for one person at an instant, best first, each with its
// reason. It is fault.NotFound when there is no such contact.
func (p *Personalizer) Picks(ctx context.Context, id contact.ID, r catalog.Recommendation, asOf time.Time, limit int) (picks []recommend.Pick, err error) {
	err = p.engine.Retry(ctx, asOf, func(view *audience.View) error {
		if view.Email(id) == "" {
			return fault.New(fault.NotFound, "there is no contact %d", id)
		}
		g, err := p.goods(ctx, view)
		if err != nil {
			return err
		}
		chain, err := g.model.Chain(r, asOf)
		if err == nil {
			picks = chain.Pick(g.person(id), limit)
		}
		return err
	})
	return picks, err
}

// PicksOfAll gives products for everybody, in the order of their numbers, and
// calls f with each person's. It stops at the first error of f.
func (p *Personalizer) PicksOfAll(ctx context.Context, r catalog.Recommendation, asOf time.Time, limit int, f func(id contact.ID, email string, picks []recommend.Pick) error) error {
	view, err := p.engine.At(ctx, asOf)
	if err != nil {
		return err
	}
	g, err := p.goods(ctx, view)
	if err != nil {
		return err
	}
	chain, err := g.model.Chain(r, asOf)
	if err != nil {
		return err
	}
	return chain.Each(ctx, g.bought.People(), limit, func(person int, picks []recommend.Pick) error {
		id := g.bought.Contact(person)
		email := view.Email(id)
		if email == "" {
			return nil
		}
		return f(id, email, picks)
	})
}

// Evaluate tells how well recommendations tell what people buy next, by leaving
// out everybody's last order up to an instant.
func (p *Personalizer) Evaluate(ctx context.Context, asOf time.Time, progress func(done, all int)) (e recommend.Evaluation, err error) {
	err = p.engine.Retry(ctx, asOf, func(view *audience.View) error {
		g := &goods{until: asOf}
		var err error
		if g.bought, err = view.Doings(ctx, orderEvent, "sku", "order_id", "quantity", "product", "title"); err != nil {
			return err
		}
		g.viewed = &audience.Doings{}
		e, err = recommend.Evaluate(ctx, g.data(nil), asOf, progress)
		return err
	})
	return e, err
}
