package personalize

import (
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"

	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/profile"
	"github.com/mailwright/mailwright/internal/recommend"
	"github.com/mailwright/mailwright/internal/render"
	"github.com/mailwright/mailwright/internal/store"
)

// chunk is how many people are loaded and rendered at a time.
const chunk = 512

// One renders one person's message. A message that cannot be made is a Result
// with Err; the error is for what has nothing to do with the template.
func (p *Plan) One(ctx context.Context, id contact.ID) (Result, error) {
	if p.view.Email(id) == "" {
		return Result{}, fault.New(fault.NotFound, "there is no contact %d", id)
	}
	results, err := p.render(ctx, []contact.ID{id})
	if err != nil {
		return Result{}, err
	}
	return results[0], nil
}

// Each renders many people's messages on all cores and hands them to f one by
// one, in the order of ids. It stops at the first error of f.
func (p *Plan) Each(ctx context.Context, ids []contact.ID, f func(Result) error) error {
	workers := runtime.GOMAXPROCS(0)
	group, ctx := errgroup.WithContext(ctx)
	type batch struct {
		ids  []contact.ID
		done chan []Result
	}
	work := make(chan batch)
	order := make(chan batch, workers) // bounds how far rendering runs ahead
	group.Go(func() error {
		defer close(work)
		defer close(order)
		for from := 0; from < len(ids); from += chunk {
			b := batch{ids[from:min(from+chunk, len(ids))], make(chan []Result, 1)}
			for _, to := range []chan batch{order, work} {
				select {
				case to <- b:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
		}
		return nil
	})
	for range workers {
		group.Go(func() error {
			for b := range work {
				results, err := p.render(ctx, b.ids)
				if err != nil {
					return err
				}
				b.done <- results
			}
			return nil
		})
	}
	group.Go(func() error {
		for b := range order {
			select {
			case results := <-b.done:
				for _, r := range results {
					if err := f(r); err != nil {
						return err
					}
				}
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	return group.Wait()
}

// render loads and renders a chunk.
func (p *Plan) render(ctx context.Context, ids []contact.ID) ([]Result, error) {
	profiles, err := p.profiles(ctx, ids)
	if err != nil {
		return nil, err
	}
	results := make([]Result, len(ids))
	for i, who := range profiles {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		results[i] = p.compose(ctx, who)
	}
	return results, nil
}

func (p *Plan) compose(ctx context.Context, who profile.Profile) Result {
	r := Result{Contact: who.ID, Email: who.Email}
	in := p.context
	if p.unsubscribe != nil {
		text, _, err := p.unsubscribe.Render(ctx, who.Bindings(nil, p.schema.Zone))
		if err != nil {
			r.Err = err
			return r
		}
		r.Unsubscribe, in.UnsubscribeURL = text, text
	}
	r.Message, r.Trace, r.Err = render.Compose(ctx, p.compiled, who, in)
	if r.Err == nil && p.job.Unsubscribable != nil {
		r.Err = p.job.Unsubscribable(r.Unsubscribe)
	}
	if r.Err == nil {
		r.Hash = r.Message.Hash()
	}
	return r
}

// profiles loads a chunk of people: attributes from the columns in memory, orders
// and carts in one statement each, and only what the template uses.
func (p *Plan) profiles(ctx context.Context, ids []contact.ID) ([]profile.Profile, error) {
	list := make([]profile.Profile, len(ids))
	for i, id := range ids {
		who, err := p.person(id)
		if err != nil {
			return nil, err
		}
		if p.compiled.Uses(profile.NameSegments) {
			memberships, err := p.view.Segments(ctx, id)
			if err != nil {
				return nil, err
			}
			for _, m := range memberships {
				who.Segments = append(who.Segments, m.Slug)
			}
		}
		list[i] = who
	}
	p.pick(list)
	if err := p.ask(ctx, list); err != nil {
		return nil, err
	}
	return list, p.loadEvents(ctx, ids, list)
}

// person gives somebody with the attributes that the template uses.
func (p *Plan) person(id contact.ID) (profile.Profile, error) {
	who := profile.Profile{ID: id, Email: p.view.Email(id), Attributes: make(map[string]contact.Value, len(p.attributes))}
	for _, name := range p.attributes {
		v, err := p.view.Value(id, name)
		if err != nil {
			return who, err
		}
		if name == "external_id" {
			who.ExternalID = v.String()
			continue
		}
		who.Attributes[name] = v
	}
	return who, nil
}

// pick gives everybody the products of each list: enough that no product has to
// come twice in one message.
func (p *Plan) pick(list []profile.Profile) {
	if len(p.lists) == 0 {
		return
	}
	limit := min(max(p.compiled.Shown(), picked), mostInAll)
	for i := range list {
		who := &list[i]
		person := p.goods.person(who.ID)
		who.Lists = make(map[string][]profile.Pick, len(p.lists))
		for source, chain := range p.lists {
			who.Lists[source] = picksOf(chain.Pick(person, limit))
		}
		who.Picks = who.Lists[catalog.DefaultSource]
		who.Picks = who.Picks[:min(len(who.Picks), picked)]
	}
}

func (p *Plan) loadEvents(ctx context.Context, ids []contact.ID, list []profile.Profile) error {
	carts := p.compiled.Uses(profile.NameCart)
	wanted := carts || p.compiled.Uses(profile.NameOrders) || p.compiled.Uses(profile.NameLastOrder)
	if !wanted {
		return nil
	}
	var orders, put map[contact.ID][]profile.Row
	err := p.store.Read(ctx, func(tx *store.Tx) (err error) {
		upTo := p.job.AsOf.UnixMilli()
		if orders, err = tx.EventRowsOf(orderEvent, ids, upTo, p.schema.Currency); err != nil || !carts {
			return err
		}
		put, err = tx.EventRowsOf(cartEvent, ids, upTo, p.schema.Currency)
		return err
	})
	if err != nil {
		return err
	}
	for i := range list {
		who := &list[i]
		who.Orders = profile.Orders(orders[who.ID])
		who.Cart = profile.Cart(put[who.ID], who.Orders)
	}
	return nil
}

func picksOf(list []recommend.Pick) []profile.Pick {
	picks := make([]profile.Pick, len(list))
	for i, k := range list {
		picks[i] = profile.Pick{Product: k.Product, Reason: k.Reason}
	}
	return picks
}
