package content

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/mailwright/mailwright/internal/spelling"
)

// place says what a block stands in.
type place struct {
	depth    int
	choices  int // choices whose variants it stands in
	inColumn bool
}

func (pl place) within() place { pl.depth++; return pl }

func (p *parser) blocks(raw json.RawMessage, path string, pl place) []Block {
	items, ok := p.list(raw, path, "a list of blocks [ ]")
	blocks := make([]Block, 0, len(items))
	if !ok {
		return blocks
	}
	for i, item := range items {
		blocks = append(blocks, p.block(item, index(path, i), pl))
	}
	return blocks
}

func (p *parser) list(raw json.RawMessage, path, what string) ([]json.RawMessage, bool) {
	var items []json.RawMessage
	if err := json.Unmarshal(raw, &items); err != nil {
		if !json.Valid(raw) {
			p.problem(path, "%s", notJSON(raw, 0, err))
			return nil, false
		}
		p.problem(path, "must be %s", what)
		return nil, false
	}
	return items, true
}

func (p *parser) block(raw json.RawMessage, path string, pl place) (b Block) {
	p.blockSum++
	if p.blockSum == MaxBlocks+1 {
		p.problem(path, "more than %d blocks", MaxBlocks)
	}
	if p.blockSum > MaxBlocks {
		return b
	}
	if pl.depth > MaxDepth {
		p.problem(path, "blocks stand more than %d deep in one another", MaxDepth)
		return b
	}
	members, ok := p.members(raw, path, "a block", nil)
	if !ok {
		return b
	}
	kind, ok := p.kindOf(members, path)
	if !ok {
		return b
	}
	b.Kind = kind.Kind
	if b.Kind == Columns && pl.inColumn {
		p.problem(path, "columns cannot stand within columns")
		return b
	}
	if b.Kind == Choice && pl.choices >= MaxChoices {
		p.problem(path, "choices may stand %d deep in one another, not more", MaxChoices)
		return b
	}
	given := map[string]bool{}
	for _, m := range members {
		given[m.name] = true
		p.common(&b, kind, m, pl)
	}
	for _, f := range kind.Fields {
		if f.Required && !given[f.Name] {
			p.problem(join(path, f.Name), "a %s block needs it", b.Kind)
		}
	}
	if b.Kind == Choice {
		p.choiceLaws(b, given, path)
	}
	return b
}

// kindOf finds the block's entry in the table of kinds.
func (p *parser) kindOf(members []member, path string) (KindInfo, bool) {
	var names []string
	for _, m := range members {
		if m.name != "kind" {
			continue
		}
		name := p.line(m.raw, m.path)
		for _, k := range Kinds() {
			if string(k.Kind) == name {
				return k, true
			}
			names = append(names, string(k.Kind))
		}
		p.problem(m.path, "there is no kind of block “%s”%s; the kinds are %s", name, spelling.Hint(name, names), strings.Join(names, ", "))
		return KindInfo{}, false
	}
	p.problem(join(path, "kind"), "a block needs its kind")
	return KindInfo{}, false
}

// common reads the fields every kind has and hands the rest to the table.
func (p *parser) common(b *Block, kind KindInfo, m member, pl place) {
	switch m.name {
	case "kind":
	case "id":
		b.ID = p.id(m.raw, m.path)
	case "fallback":
		inner := p.block(m.raw, m.path, pl.within())
		b.Fallback = &inner
	default:
		f, ok := kind.field(m.name)
		if !ok {
			p.problem(m.path, "a %s block has no field “%s”%s", kind.Kind, m.name, spelling.Hint(m.name, kind.names()))
			return
		}
		p.field(b, f, m, pl)
	}
}

func (p *parser) field(b *Block, f Field, m member, pl place) {
	switch f.Name {
	case "align":
		b.Align = p.oneOf(m.raw, m.path, f.Options)
	case "content":
		b.Content = p.text(m.raw, m.path)
	case "level":
		b.Level = p.number(m.raw, m.path, f.Min, f.Max)
	case "source":
		b.Source = p.source(m.raw, m.path, f.Type)
	case "alt":
		b.Alt = p.text(m.raw, m.path)
	case "width":
		b.Width = p.number(m.raw, m.path, f.Min, f.Max)
	case "url":
		b.URL = p.link(m.raw, m.path)
	case "label":
		b.Label = p.text(m.raw, m.path)
	case "limit":
		b.Limit = p.number(m.raw, m.path, f.Min, f.Max)
	case "per_row":
		b.PerRow = p.number(m.raw, m.path, f.Min, f.Max)
	case "hide_price":
		b.HidePrice = p.flag(m.raw, m.path)
	case "height":
		b.Height = p.number(m.raw, m.path, f.Min, f.Max)
	case "columns":
		b.Columns = p.columns(m.raw, m.path, pl)
	case "rule":
		r := p.rule(m.raw, m.path, 0)
		b.Rule = &r
	case "rule_slug":
		b.RuleSlug = p.slug(m.raw, m.path)
	case "variants":
		b.Variants = p.variants(m.raw, m.path, pl)
	case "block":
		b.Block = p.slug(m.raw, m.path)
	}
}

func (p *parser) columns(raw json.RawMessage, path string, pl place) []Column {
	items, ok := p.list(raw, path, "a list of columns [ ]")
	if !ok {
		return nil
	}
	if len(items) < 2 || len(items) > 4 {
		p.problem(path, "there must be two to four columns, not %d", len(items))
	}
	inner := pl.within()
	inner.inColumn = true
	columns := make([]Column, 0, len(items))
	for i, item := range items {
		c := Column{Blocks: []Block{}}
		members, _ := p.members(item, index(path, i), "a column", []string{"weight", "blocks"})
		for _, m := range members {
			switch m.name {
			case "weight":
				c.Weight = p.number(m.raw, m.path, 1, 12)
			case "blocks":
				c.Blocks = p.blocks(m.raw, m.path, inner)
			}
		}
		columns = append(columns, c)
	}
	return columns
}

// maxRule is how deep rules may nest.
const maxRule = 16

// fillIDs gives blocks without an id one, and refuses ids that stand twice. A
// part of a block is named after it (offer.vip, offer.fallback); others by their
// kind and the next free number.
func fillIDs(blocks []Block, p *parser) {
	taken := map[string]string{}
	each(blocks, "blocks", func(path string, b Block) {
		if b.ID == "" {
			return
		}
		if first, twice := taken[b.ID]; twice {
			p.problem(path+".id", "the id “%s” is taken by %s", b.ID, first)
			return
		}
		taken[b.ID] = path
	})
	free := func(b *Block, wish string) {
		if b.ID != "" {
			return
		}
		if wish == "" || len(wish) > maxID || taken[wish] != "" {
			for n := 1; wish == "" || len(wish) > maxID || taken[wish] != ""; n++ {
				wish = fmt.Sprintf("%s-%d", b.Kind, n)
			}
		}
		b.ID, taken[wish] = wish, wish
	}
	var fill func(b *Block, wish string)
	fill = func(b *Block, wish string) {
		free(b, wish)
		for _, name := range VariantNames(*b) {
			v := b.Variants[name]
			fill(&v, b.ID+"."+name)
			b.Variants[name] = v
		}
		for i := range b.Columns {
			for j := range b.Columns[i].Blocks {
				fill(&b.Columns[i].Blocks[j], "")
			}
		}
		if b.Fallback != nil {
			fill(b.Fallback, b.ID+".fallback")
		}
	}
	for i := range blocks {
		fill(&blocks[i], "")
	}
}
