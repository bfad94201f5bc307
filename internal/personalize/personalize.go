// Package personalize renders a template for one person or for many: it loads
// profiles in bulk and calls render.Compose. Preview, proof, planning and test
// sends use it and nothing else, so that all of them give the same bytes.
//
// A Plan is made once (Prepare) for a template at an instant; One and Each are
// then asked. A Plan keeps the view of the data it was made with.
package personalize

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/dialect"
	"github.com/mailwright/mailwright/internal/profile"
	"github.com/mailwright/mailwright/internal/recommend"
	"github.com/mailwright/mailwright/internal/render"
	"github.com/mailwright/mailwright/internal/rule"
	"github.com/mailwright/mailwright/internal/store"
)

// The events that orders, looks and carts are made of.
const (
	orderEvent = "order_placed"
	viewEvent  = "product_viewed"
	cartEvent  = "cart_updated"
)

// Personalizer makes plans. It may be used by many goroutines.
type Personalizer struct {
	store  *store.Store
	engine *audience.Engine
	tokens Tokens

	mu   sync.Mutex
	last *goods
}

// New gives a personalizer over a workspace; tokens are the secrets of content
// services.
func New(s *store.Store, e *audience.Engine, tokens Tokens) *Personalizer {
	return &Personalizer{store: s, engine: e, tokens: tokens}
}

// Job says what to render.
type Job struct {
	Template      content.Template
	AsOf          time.Time
	Campaign      string // name
	Slug          string
	Unsubscribe   string // a mailto: or https: address; Liquid in it sees the contact
	PostalAddress string
	Explain       bool

	// Unsubscribable says whether one person's address to unsubscribe will do; with
	// an error of its own there is no message for that person. nil takes any.
	Unsubscribable func(address string) error
}

// Result is one person's message.
type Result struct {
	Contact     contact.ID
	Email       string
	Unsubscribe string
	Message     render.Message
	Trace       render.Trace
	Hash        [32]byte // of the message's parts; zero where there is no message
	Err         error    // why there is no message; the trace is filled in
}

// Plan is a template ready to be rendered for anybody.
type Plan struct {
	job         Job
	store       *store.Store
	view        *audience.View
	schema      contact.Schema
	compiled    *render.Compiled
	unsubscribe *dialect.Template
	judge       rule.Judge
	attributes  []string
	services    []*asked
	goods       *goods
	lists       map[string]*recommend.Chain // by the source of a listing
	context     render.Context
}

// Recommendations that Liquid sees, and how many products one list holds at most.
const (
	picked    = 24
	mostInAll = 100
)

// Prepare compiles the template and loads what all messages share. bulk tells that
// everybody will be rendered: then every rule is answered for all at once.
func (p *Personalizer) Prepare(ctx context.Context, job Job, bulk bool) (*Plan, error) {
	view, err := p.engine.At(ctx, job.AsOf)
	if err != nil {
		return nil, err
	}
	plan := &Plan{job: job, store: p.store, view: view, schema: view.Schema()}
	library, err := p.library(ctx)
	if err != nil {
		return nil, err
	}
	options := dialect.Options{Zone: plan.schema.Zone, Currency: plan.schema.Currency}
	if plan.compiled, err = render.Compile(job.Template, library, options); err != nil {
		return nil, err
	}
	if job.Unsubscribe != "" {
		if plan.unsubscribe, err = dialect.New(options).Parse("unsubscribe", job.Unsubscribe); err != nil {
			return nil, err
		}
	}
	plan.judge = lone{ctx, view}
	if bulk {
		if plan.judge, err = view.Judge(ctx, plan.compiled.Conditions()...); err != nil {
			return nil, err
		}
	}
	plan.attributes = plan.needed()
	if err := p.services(ctx, plan); err != nil {
		return nil, err
	}
	if err := view.Load(ctx, plan.attributes...); err != nil {
		return nil, err
	}
	if err := p.stock(ctx, plan); err != nil {
		return nil, err
	}
	return plan, plan.share(ctx, options)
}

// stock makes the lists of products that the template shows ready.
func (p *Personalizer) stock(ctx context.Context, plan *Plan) (err error) {
	plan.lists = map[string]*recommend.Chain{}
	sources := plan.compiled.Listings()
	if plan.compiled.Uses(profile.NameRecommendations) && !slices.Contains(sources, catalog.DefaultSource) {
		sources = append(sources, catalog.DefaultSource)
	}
	if len(sources) == 0 && !plan.compiled.Uses(profile.NameProducts) {
		return nil
	}
	if plan.goods, err = p.goods(ctx, plan.view); err != nil {
		return err
	}
	if plan.goods.empty() {
		return nil // what only orders name has no page to link to
	}
	plan.context.Products = plan.goods.model.Newest()
	for _, source := range sources {
		r, err := p.recommendation(ctx, source)
		if err != nil {
			return err
		}
		if plan.lists[source], err = plan.goods.model.Chain(r, plan.job.AsOf); err != nil {
			return err
		}
	}
	return nil
}

// needed gives the attributes that the template names; all of them when it looks
// at the contact as a whole.
func (p *Plan) needed() []string {
	var names []string
	all := p.compiled.Uses(profile.NameContact) || strings.Contains(p.job.Unsubscribe, profile.NameContact)
	for name, a := range p.schema.Attributes {
		used := all || p.compiled.Uses(name) || (p.unsubscribe != nil && strings.Contains(p.job.Unsubscribe, name))
		if contact.IsScored(name) {
			group, _, _ := strings.Cut(name, ".")
			if p.compiled.Uses(profile.NameScores) || p.compiled.Uses(group) || strings.Contains(p.job.Unsubscribe, group) {
				names = append(names, name)
			}
			continue
		}
		if used && (!a.Computed || name == "external_id") {
			names = append(names, name)
		}
	}
	return names
}

// share makes what all messages have in common.
func (p *Plan) share(ctx context.Context, options dialect.Options) error {
	money, err := dialect.New(options).Parse("price", "{{ price | money }}")
	if err != nil {
		return err
	}
	p.context = render.Context{
		AsOf: p.job.AsOf, Zone: p.schema.Zone, Campaign: p.job.Campaign, Slug: p.job.Slug, PostalAddress: p.job.PostalAddress,
		Judge: p.judge, Products: p.context.Products, Explain: p.job.Explain,
		Money: func(c catalog.Product) string {
			text, _, err := money.Render(ctx, map[string]any{"price": c.Price})
			if err != nil {
				return c.Price.String()
			}
			return text
		},
	}
	return nil
}

// View gives the data the plan sees.
func (p *Plan) View() *audience.View { return p.view }

// Job gives what the plan renders.
func (p *Plan) Job() Job { return p.job }

// Compiled gives the template as it is rendered.
func (p *Plan) Compiled() *render.Compiled { return p.compiled }
