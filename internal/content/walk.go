package content

import (
	"bytes"
	"encoding/json"
)

// Walk calls f for every block of a list, nested ones too (variants by name,
// columns, fallbacks), parents first, with its path. It stops at the first error
// and gives it.
func Walk(blocks []Block, f func(path string, b Block) error) error {
	var first error
	each(blocks, "blocks", func(path string, b Block) {
		if first == nil {
			first = f(path, b)
		}
	})
	return first
}

func each(blocks []Block, path string, f func(string, Block)) {
	for i, b := range blocks {
		one(b, index(path, i), f)
	}
}

func one(b Block, path string, f func(string, Block)) {
	f(path, b)
	for _, name := range VariantNames(b) {
		one(b.Variants[name], path+".variants."+name, f)
	}
	for i, c := range b.Columns {
		each(c.Blocks, index(path+".columns", i)+".blocks", f)
	}
	if b.Fallback != nil {
		one(*b.Fallback, path+".fallback", f)
	}
}

// Texts gives the block's own Liquid sources by field name, in a fixed order;
// empty ones are left out.
func (b Block) Texts() []NamedText {
	all := []NamedText{{"content", b.Content}, {"alt", b.Alt}, {"label", b.Label}, {"url", b.URL}}
	if b.Kind == Image {
		all = append(all, NamedText{"source", b.Source})
	}
	texts := all[:0]
	for _, t := range all {
		if t.Text != "" {
			texts = append(texts, t)
		}
	}
	return texts
}

// NamedText is a Liquid source and the field it stands in.
type NamedText struct {
	Field string
	Text  string
}

// JSON gives the template's canonical form: fields in a fixed order, defaults
// left out, no needless white space. Equal templates give equal bytes.
func (t Template) JSON() ([]byte, error) {
	if t.Blocks == nil {
		t.Blocks = []Block{}
	}
	return canonical(t)
}

// BlocksJSON gives the canonical form of a reusable block: an object for one
// block, a list for any other number.
func BlocksJSON(blocks []Block) ([]byte, error) {
	if len(blocks) == 1 {
		return canonical(blocks[0])
	}
	if blocks == nil {
		blocks = []Block{}
	}
	return canonical(blocks)
}

func canonical(v any) ([]byte, error) {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(buf.Bytes(), "\n"), nil
}
