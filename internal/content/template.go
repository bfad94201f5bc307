// Package content holds what e-mails are made of: templates, their ordered
// blocks, reusable blocks, and their laws (which fields a kind of block has,
// unique ids, choices whose variants exist). It knows no HTML and no Liquid.
package content

import "github.com/mailwright/mailwright/internal/rule"

// Template is a subject, a preheader and an ordered list of blocks. Subject,
// preheader and every text of a block are Liquid.
type Template struct {
	Name      string  `json:"name"`
	Subject   string  `json:"subject"`
	Preheader string  `json:"preheader,omitempty"`
	Style     Style   `json:"style,omitzero"`
	Blocks    []Block `json:"blocks"`
}

// Style is what all blocks of a template share. The zero Style is the house style.
type Style struct {
	Accent     string `json:"accent,omitempty"`     // #rrggbb: buttons and links
	Background string `json:"background,omitempty"` // #rrggbb: behind the 600-pixel column
	Surface    string `json:"surface,omitempty"`    // #rrggbb: the column
	Ink        string `json:"ink,omitempty"`        // #rrggbb: text
	Font       string `json:"font,omitempty"`       // sans, serif or mono
	Width      int    `json:"width,omitempty"`      // pixels, 320–800; 600 when 0
}

// BlockKind names a kind of block.
type BlockKind string

// The kinds of blocks.
const (
	Heading  BlockKind = "heading"
	Text     BlockKind = "text" // rich text: a small HTML (p, br, b, strong, i, em, u, s, a, ul, ol, li, span) with Liquid
	Image    BlockKind = "image"
	Button   BlockKind = "button"
	Products BlockKind = "products"
	Divider  BlockKind = "divider"
	Spacer   BlockKind = "spacer"
	Columns  BlockKind = "columns"
	HTML     BlockKind = "html"   // raw HTML with Liquid; passes through the inliner
	Choice   BlockKind = "choice" // variants chosen by a rule
	Ref      BlockKind = "block"  // a reusable block, by its slug
)

// Block is one block. Which fields a kind may have is told by its entry in the
// table of kinds; the others are refused by name.
type Block struct {
	ID    string    `json:"id,omitempty"`
	Kind  BlockKind `json:"kind"`
	Align string    `json:"align,omitempty"` // left, center, right

	Content string `json:"content,omitempty"` // heading, text, html
	Level   int    `json:"level,omitempty"`   // heading: 1–3

	Source string `json:"source,omitempty"` // image: URL or asset:NAME. products: see catalog.ParseSource
	Alt    string `json:"alt,omitempty"`    // image
	Width  int    `json:"width,omitempty"`  // image: pixels; 0 is the column's width
	URL    string `json:"url,omitempty"`    // image, button
	Label  string `json:"label,omitempty"`  // button; products: the link's text

	Limit     int  `json:"limit,omitempty"`      // products: 1–12
	PerRow    int  `json:"per_row,omitempty"`    // products: 1–3
	HidePrice bool `json:"hide_price,omitempty"` // products

	Height int `json:"height,omitempty"` // spacer: pixels, 4–200

	Columns []Column `json:"columns,omitempty"` // columns: 2–4

	Rule     *rule.Rule       `json:"rule,omitempty"`      // choice: inline …
	RuleSlug string           `json:"rule_slug,omitempty"` // … or a shared rule
	Variants map[string]Block `json:"variants,omitempty"`  // choice
	Block    string           `json:"block,omitempty"`     // block: the reusable block's slug

	Fallback *Block `json:"fallback,omitempty"` // any kind: taken when the block fails or has nothing to show
}

// Column is one column of a columns block.
type Column struct {
	Weight int     `json:"weight,omitempty"` // relative width; 1 when 0
	Blocks []Block `json:"blocks"`
}
