package render

import (
	"context"
	"errors"
	"strings"

	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/dialect"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/mailhtml"
	"github.com/mailwright/mailwright/internal/profile"
	"github.com/mailwright/mailwright/internal/rule"
)

// composer renders one message.
type composer struct {
	ctx      context.Context
	compiled *Compiled
	profile  profile.Profile
	context  Context
	bindings map[string]any
	trace    *Trace
	shown    map[string]bool // SKUs that are in the message already
}

// Compose renders one message. It is pure: equal inputs give equal bytes. It
// returns fault.Invalid when a block fails and has no fallback; the trace is
// filled in either way.
func Compose(ctx context.Context, c *Compiled, p profile.Profile, in Context) (Message, Trace, error) {
	trace := Trace{Blocks: []BlockTrace{}, Missing: []Missing{}, Refused: []string{}, Services: p.Services}
	r := &composer{ctx: ctx, compiled: c, profile: p, context: in, trace: &trace, shown: map[string]bool{}}
	r.bindings = p.Bindings(in.Products, in.Zone)
	for name, v := range map[string]any{
		"campaign":        map[string]any{"name": in.Campaign, "slug": in.Slug, "arm": in.Arm},
		"unsubscribe_url": in.UnsubscribeURL, "preferences_url": in.PreferencesURL, "view_url": in.ViewURL,
		"postal_address": in.PostalAddress, "now": in.AsOf.In(in.Zone),
	} {
		if v != "" {
			r.bindings[name] = v
		}
	}
	m, err := r.message()
	return m, trace, err
}

func (r *composer) message() (m Message, err error) {
	if m.Subject, err = r.line("subject", r.compiled.subject); err != nil {
		return m, err
	}
	if m.Preheader, err = r.line("preheader", r.compiled.preheader); err != nil {
		return m, err
	}
	var body, text strings.Builder
	before := r.compiled.frame.Before(m.Subject, m.Preheader)
	for _, p := range r.compiled.parts {
		at := len(r.trace.Blocks)
		out, err := r.part(p, 0)
		if err != nil {
			return m, err
		}
		safe, refused := mailhtml.SafeLinks(out.html)
		r.trace.Refused = append(r.trace.Refused, refused...)
		start := before + body.Len()
		if r.context.Explain {
			safe = r.unmark(safe, start)
		}
		r.trace.Blocks[at].Start, r.trace.Blocks[at].End = start, start+len(safe)
		m.Blocks = append(m.Blocks, BlockPart{ID: p.id, HTML: safe, Text: out.text})
		body.WriteString(safe)
		text.WriteString(out.text)
	}
	m.HTML = r.compiled.frame.Join(m.Subject, m.Preheader, body.String())
	m.Text = strings.TrimSpace(text.String()) + "\n"
	m.Bytes = len(m.HTML)
	return m, nil
}

// line renders a subject or preheader: one line, without controls.
func (r *composer) line(name string, t *dialect.Template) (string, error) {
	if t == nil {
		return "", nil
	}
	out, report, err := t.Render(r.ctx, r.bindings)
	r.trace.Missing = append(r.trace.Missing, missing(name, report)...)
	return strings.Join(strings.FieldsFunc(out, func(c rune) bool { return c < ' ' || c == 0x7f || c == ' ' }), " "), err
}

// rendered is a part in both its forms.
type rendered struct{ html, text string }

// errNothing makes a block with nothing to show take its fallback.
var errNothing = errors.New("there is nothing to show")

// part renders a block, or its fallback when it fails.
func (r *composer) part(p *part, depth int) (rendered, error) {
	at := len(r.trace.Blocks)
	r.trace.Blocks = append(r.trace.Blocks, BlockTrace{ID: p.id, Path: p.path, Kind: string(p.block.Kind), Depth: depth, Missing: []Missing{}, Picks: []PickTrace{}})
	out, err := r.own(p, at, depth)
	gap := r.uncovered(at)
	switch {
	case err == nil && (gap == "" || p.fallback == nil):
		return r.mark(at, out), nil
	case r.ctx.Err() != nil:
		return out, r.ctx.Err()
	case p.fallback == nil && errors.Is(err, errNothing):
		r.trace.Blocks[at].Hidden, r.trace.Blocks[at].Reason = true, err.Error()
		return rendered{}, fault.At(fault.Invalid, p.path, "the block %q has nothing to show and no fallback", p.id)
	case p.fallback == nil:
		r.trace.Blocks[at].Reason = err.Error()
		return out, err
	}
	reason := gap
	if err != nil {
		reason = err.Error()
	}
	r.trace.Blocks = r.trace.Blocks[:at+1] // what was tried inside is not shown
	b := &r.trace.Blocks[at]
	b.Fallback, b.Reason, b.Picks = true, reason, []PickTrace{}
	for i := range b.Missing {
		b.Missing[i].Covered = true
	}
	out, err = r.part(p.fallback, depth+1)
	return r.mark(at, out), err
}

// uncovered says which variable of the block is missing without a default.
func (r *composer) uncovered(at int) string {
	for _, m := range r.trace.Blocks[at].Missing {
		if !m.Covered {
			return m.Name + " is missing"
		}
	}
	return ""
}

func (r *composer) own(p *part, at, depth int) (rendered, error) {
	switch p.block.Kind {
	case content.Choice:
		return r.choice(p, at, depth)
	case content.Columns:
		return r.columns(p, depth)
	case content.Products:
		return r.products(p, at)
	case content.Ref:
		return r.list(p.parts, depth)
	case content.HTML:
		return r.raw(p, at)
	}
	html, err := r.liquid(p.html, at)
	if err != nil {
		return rendered{}, err
	}
	var text string
	if p.text != nil {
		// The text twin misses what the HTML misses; it is noted once.
		if text, _, err = p.text.Render(r.ctx, r.bindings); err != nil {
			return rendered{}, err
		}
	}
	return rendered{html, text}, nil
}

func (r *composer) liquid(t *dialect.Template, at int) (string, error) {
	if t == nil {
		return "", nil
	}
	out, report, err := t.Render(r.ctx, r.bindings)
	b := &r.trace.Blocks[at]
	b.Missing = append(b.Missing, missing(b.ID, report)...)
	return out, err
}

func (r *composer) list(parts []*part, depth int) (all rendered, err error) {
	var html, text strings.Builder
	for _, p := range parts {
		out, err := r.part(p, depth+1)
		if err != nil {
			return all, err
		}
		html.WriteString(out.html)
		text.WriteString(out.text)
	}
	return rendered{html.String(), text.String()}, nil
}

// choice renders the variant that the rule picks; a rule that chooses nothing
// shows nothing.
func (r *composer) choice(p *part, at, depth int) (rendered, error) {
	c, err := rule.Choose(p.rule, r.context.Judge, r.profile.ID)
	if err != nil {
		return rendered{}, err
	}
	t := &RuleTrace{Chosen: c.Chosen, Path: c.Path, Tried: []TriedTrace{}}
	for _, tried := range c.Tried {
		one := TriedTrace{Path: tried.Path, Name: tried.Name, Choose: tried.Choose, Holds: tried.Holds}
		if r.context.Explain {
			if e, err := tried.Explain(r.context.Judge, r.profile.ID); err == nil {
				one.Because = &e
			}
		}
		t.Tried = append(t.Tried, one)
	}
	b := &r.trace.Blocks[at]
	b.Rule, b.Variant = t, c.Chosen
	if c.Chosen == "" {
		b.Hidden = true
		return rendered{}, nil
	}
	return r.part(p.variants[c.Chosen], depth+1)
}

func (r *composer) columns(p *part, depth int) (rendered, error) {
	var columns []mailhtml.Column
	for i, parts := range p.columns {
		out, err := r.list(parts, depth)
		if err != nil {
			return rendered{}, err
		}
		columns = append(columns, mailhtml.Column{Weight: p.block.Columns[i].Weight, HTML: out.html, Text: out.text})
	}
	html, text := mailhtml.Columns(columns)
	return rendered{html, text}, nil
}

// raw renders a raw-HTML block: Liquid first, then styles inline.
func (r *composer) raw(p *part, at int) (rendered, error) {
	out, err := r.liquid(p.html, at)
	if err != nil {
		return rendered{}, err
	}
	html, text, err := mailhtml.Inline(out)
	if err != nil {
		return rendered{}, fault.At(fault.Invalid, p.path, "%w", err)
	}
	return rendered{html, text + "\n\n"}, nil
}

// products renders the products of a listing; no product comes twice in a message.
func (r *composer) products(p *part, at int) (rendered, error) {
	limit := limitOf(p.block)
	var items []mailhtml.Item
	b := &r.trace.Blocks[at]
	for _, k := range r.profile.Lists[sourceOf(p.block)] {
		if len(items) == limit {
			break
		}
		if r.shown[k.Product.SKU] {
			continue
		}
		r.shown[k.Product.SKU] = true
		items = append(items, r.item(p.block, k))
		b.Picks = append(b.Picks, PickTrace{SKU: k.Product.SKU, Title: k.Product.Title, Reason: k.Reason, NoImage: k.Product.Image == ""})
	}
	if len(items) == 0 {
		return rendered{}, errNothing
	}
	perRow := p.block.PerRow
	if perRow == 0 {
		perRow = 2
	}
	html, text := mailhtml.Products(r.compiled.look, items, perRow, p.block.Label)
	return rendered{html, text}, nil
}

func (r *composer) item(b content.Block, k profile.Pick) mailhtml.Item {
	i := mailhtml.Item{Title: k.Product.Title, URL: k.Product.URL, Image: k.Product.Image, Reason: k.Reason}
	if !b.HidePrice && k.Product.HasPrice {
		i.Price = r.context.Money(k.Product)
	}
	return i
}

func missing(where string, report dialect.Report) []Missing {
	list := make([]Missing, len(report.Missing))
	for i, m := range report.Missing {
		list[i] = Missing{Name: m.Name, Where: where, Line: m.Place.Line, Column: m.Place.Column, Covered: m.Covered}
	}
	return list
}
