package mailhtml

import (
	"fmt"
	"html"
	"regexp"
	"strings"

	"github.com/microcosm-cc/bluemonday"

	"github.com/mailwright/mailwright/internal/content"
)

// richText compiles the small HTML of text blocks. What is not allowed in it is
// taken out here, once; Liquid in it is kept as it stands.
func richText(l Look, b content.Block) Source {
	kept := hideLiquid(b.Content)
	clean := kept.show(dress(l, small().Sanitize(kept.text)))
	inner := `<div style="font-family:` + l.Font + `;font-size:16px;line-height:24px;color:` + l.Ink + `">` + clean + `</div>`
	return Source{
		HTML: row("padding-top:4px;padding-bottom:4px", "mw-ink", b.Align, inner),
		Text: kept.show(TextOf(small().Sanitize(kept.text))) + "\n\n",
	}
}

// small is the HTML that text blocks may hold.
func small() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "b", "strong", "i", "em", "u", "s", "ul", "ol", "li", "span", "h2", "h3", "blockquote")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.AllowRelativeURLs(true) // Liquid that is hidden while it is cleaned; hrefs are checked again when rendered
	return p
}

// dress writes inline styles on the allowed elements.
func dress(l Look, s string) string {
	return strings.NewReplacer(
		"<p>", `<p style="margin:0 0 16px">`,
		"<ul>", `<ul style="margin:0 0 16px;padding-left:24px">`,
		"<ol>", `<ol style="margin:0 0 16px;padding-left:24px">`,
		"<li>", `<li style="margin:0 0 6px">`,
		"<h2>", `<h2 style="margin:0 0 12px;font-size:22px;line-height:28px">`,
		"<h3>", `<h3 style="margin:0 0 8px;font-size:18px;line-height:24px">`,
		"<blockquote>", `<blockquote style="margin:0 0 16px;padding-left:16px;border-left:3px solid `+l.Line+`">`,
		"<a href=", `<a target="_blank" class="mw-link" style="color:`+l.Accent+`;text-decoration:underline" href=`,
	).Replace(s)
}

// hidden is a text whose Liquid has been put out of the way of an HTML parser.
type hidden struct {
	text   string
	pieces []string
}

var liquidPiece = regexp.MustCompile(`(?s)\{\{.*?\}\}|\{%.*?%\}`)

// hideLiquid replaces each piece of Liquid by a word that HTML leaves alone.
func hideLiquid(s string) hidden {
	h := hidden{}
	h.text = liquidPiece.ReplaceAllStringFunc(s, func(piece string) string {
		h.pieces = append(h.pieces, piece)
		return fmt.Sprintf("mwliquid%dx", len(h.pieces)-1)
	})
	return h
}

// show puts the Liquid back.
func (h hidden) show(s string) string {
	for i := len(h.pieces) - 1; i >= 0; i-- {
		s = strings.ReplaceAll(s, fmt.Sprintf("mwliquid%dx", i), html.UnescapeString(h.pieces[i]))
	}
	return s
}
