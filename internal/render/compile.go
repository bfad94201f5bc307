// Package render makes one message for one person. Compile turns a template into
// parts once; Compose renders them for a profile. It is pure: no storage, no
// clock, and equal inputs give equal bytes. Preview, proof, test send and send
// all get their messages from Compose and nowhere else.
//
// The order is: rules pick variants; Liquid renders each block, escaped for HTML,
// and its text twin; a block that fails or has nothing to show takes its
// fallback; the parts are joined in the frame; links are checked.
package render

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/dialect"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/mailhtml"
	"github.com/mailwright/mailwright/internal/rule"
)

// Library finds what templates refer to. It is asked while compiling only.
type Library interface {
	Blocks(slug string) ([]content.Block, bool)
	Rule(slug string) (rule.Rule, bool)
}

// Compiled is a template ready to be composed by many goroutines.
type Compiled struct {
	look      mailhtml.Look
	frame     mailhtml.Frame
	subject   *dialect.Template
	preheader *dialect.Template
	parts     []*part
	uses      []dialect.Used
	rules     []rule.Rule
	listings  []content.Block
	sources   []string
}

// part is a compiled block.
type part struct {
	id, path string
	block    content.Block
	html     *dialect.Template // nil where the block has none of its own
	text     *dialect.Template
	rule     rule.Rule
	variants map[string]*part
	columns  [][]*part
	parts    []*part // of a reusable block
	fallback *part
}

// maxNesting bounds reusable blocks within reusable blocks.
const maxNesting = 8

// compiler compiles one template.
type compiler struct {
	look    mailhtml.Look
	library Library
	html    *dialect.Engine
	text    *dialect.Engine
	out     *Compiled
	within  []string // slugs of the reusable blocks being compiled
}

// Compile parses every source of a template. It returns fault.Invalid with the
// place for Liquid that cannot be parsed, and for references to what is not there.
func Compile(t content.Template, library Library, o dialect.Options) (*Compiled, error) {
	look := mailhtml.LookOf(t.Style)
	c := &compiler{look: look, library: library, out: &Compiled{look: look, frame: mailhtml.FrameOf(look, o.Locale)}}
	o.Escape = dialect.EscapeHTML
	c.html = dialect.New(o)
	o.Escape = dialect.EscapeNone
	c.text = dialect.New(o)
	var err error
	if c.out.subject, err = c.parse(c.text, "subject", t.Subject); err != nil {
		return nil, err
	}
	if c.out.preheader, err = c.parse(c.text, "preheader", t.Preheader); err != nil {
		return nil, err
	}
	if c.out.parts, err = c.blocks(t.Blocks, "blocks"); err != nil {
		return nil, err
	}
	return c.out, nil
}

func (c *compiler) parse(e *dialect.Engine, name, source string) (*dialect.Template, error) {
	if source == "" {
		return nil, nil
	}
	t, err := e.Parse(name, source)
	if err != nil {
		return nil, err
	}
	c.out.sources = append(c.out.sources, source)
	if e == c.html || name == "subject" || name == "preheader" {
		c.out.uses = append(c.out.uses, t.Uses().Variables...)
	}
	return t, nil
}

func (c *compiler) blocks(list []content.Block, path string) ([]*part, error) {
	parts := make([]*part, len(list))
	for i, b := range list {
		var err error
		if parts[i], err = c.block(b, path+"["+strconv.Itoa(i)+"]"); err != nil {
			return nil, err
		}
	}
	return parts, nil
}

func (c *compiler) block(b content.Block, path string) (p *part, err error) {
	p = &part{id: b.ID, path: path, block: b}
	if p.id == "" {
		p.id = path
	}
	switch b.Kind {
	case content.Choice:
		err = c.choice(p)
	case content.Columns:
		for i, col := range b.Columns {
			parts, e := c.blocks(col.Blocks, path+".columns["+strconv.Itoa(i)+"].blocks")
			if e != nil {
				return nil, e
			}
			p.columns = append(p.columns, parts)
		}
	case content.Ref:
		err = c.reference(p)
	case content.Products:
		c.out.listings = append(c.out.listings, b)
	case content.HTML:
		p.html, err = c.parse(c.html, p.id, b.Content)
	default:
		s := mailhtml.Block(c.look, b)
		if p.html, err = c.parse(c.html, p.id, s.HTML); err == nil {
			p.text, err = c.parse(c.text, p.id, s.Text)
		}
	}
	if err != nil {
		return nil, c.placed(b, p.id, err)
	}
	if b.Fallback != nil {
		p.fallback, err = c.block(*b.Fallback, path+".fallback")
	}
	return p, err
}

// placed gives the error of a broken source as the author wrote it, rather than
// as the block compiler has wrapped it.
func (c *compiler) placed(b content.Block, id string, err error) error {
	for _, t := range b.Texts() {
		if _, own := c.text.Parse(id+"."+t.Field, t.Text); own != nil {
			return own
		}
	}
	return err
}

func (c *compiler) choice(p *part) error {
	b := p.block
	switch {
	case b.Rule != nil:
		p.rule = *b.Rule
	default:
		r, ok := c.library.Rule(b.RuleSlug)
		if !ok {
			return fault.At(fault.Invalid, p.path+".rule_slug", "there is no rule %q", b.RuleSlug)
		}
		p.rule = r
	}
	c.out.rules = append(c.out.rules, p.rule)
	p.variants = map[string]*part{}
	for _, name := range content.VariantNames(b) {
		v, err := c.block(b.Variants[name], p.path+".variants."+name)
		if err != nil {
			return err
		}
		p.variants[name] = v
	}
	for _, name := range p.rule.Choices() {
		if p.variants[name] == nil {
			return fault.At(fault.Invalid, p.path+".variants", "the rule can choose %q, and there is no such variant", name)
		}
	}
	return nil
}

func (c *compiler) reference(p *part) error {
	slug := p.block.Block
	for _, s := range c.within {
		if s == slug {
			return fault.At(fault.Invalid, p.path+".block", "the block %q is part of itself", slug)
		}
	}
	list, ok := c.library.Blocks(slug)
	if !ok || len(c.within) >= maxNesting {
		return fault.At(fault.Invalid, p.path+".block", "there is no reusable block %q", slug)
	}
	c.within = append(c.within, slug)
	defer func() { c.within = c.within[:len(c.within)-1] }()
	var err error
	p.parts, err = c.blocks(list, p.path+"."+slug)
	return err
}

// Dictionary gives what messages have in common, to compress them against: the
// frame and the sources, which hold nothing of any person.
func (c *Compiled) Dictionary() []byte {
	return []byte(strings.Join(c.sources, "") + c.frame.Join("", "", ""))
}

// Frame gives the document around the blocks.
func (c *Compiled) Frame() mailhtml.Frame { return c.frame }

// Conditions gives every condition that the template's rules ask.
func (c *Compiled) Conditions() []condition.Node {
	var list []condition.Node
	for _, r := range c.rules {
		list = append(list, r.Conditions()...)
	}
	return list
}

// Uses reports whether the template uses a variable, by its first name.
func (c *Compiled) Uses(root string) bool {
	for _, u := range c.uses {
		if u.Root == root && !u.Local {
			return true
		}
	}
	return false
}

// Under gives the distinct second names of a variable: weather for
// services.weather.sky. It gives none when one is only known while rendering.
func (c *Compiled) Under(root string) []string {
	var names []string
	for _, u := range c.uses {
		if u.Root != root || u.Local {
			continue
		}
		rest, ok := strings.CutPrefix(u.Name, root+".")
		if !ok {
			return nil
		}
		name := rest[:strings.IndexAny(rest+".", ".[")]
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// Roots gives the first names of all variables the template uses.
func (c *Compiled) Roots() []string {
	seen := map[string]bool{}
	var list []string
	for _, u := range c.uses {
		if !u.Local && !seen[u.Root] {
			seen[u.Root] = true
			list = append(list, u.Root)
		}
	}
	return list
}

// Listings gives the distinct sources of the products that messages may show.
func (c *Compiled) Listings() []string {
	var sources []string
	for _, b := range c.listings {
		if s := sourceOf(b); !slices.Contains(sources, s) {
			sources = append(sources, s)
		}
	}
	return sources
}

// Shown gives how many products all listings together show at most.
func (c *Compiled) Shown() (n int) {
	for _, b := range c.listings {
		n += limitOf(b)
	}
	return n
}

// defaultLimit is how many products a listing shows that does not say.
const defaultLimit = 4

func limitOf(b content.Block) int { return cmp.Or(b.Limit, defaultLimit) }

func sourceOf(b content.Block) string { return cmp.Or(b.Source, catalog.DefaultSource) }
