package mailhtml

import (
	"fmt"
	"html"
	"strings"

	"github.com/mailwright/mailwright/internal/content"
)

// Source is a block as Liquid: what Liquid makes of HTML is the block's e-mail
// HTML, and of Text its text twin.
type Source struct {
	HTML, Text string
}

// pad is the padding at the sides of every row.
const pad = "0 32px"

// row wraps what a block shows into a row of the column.
func row(style, class, align, inner string) string {
	if align == "" {
		align = "left"
	}
	return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="mw-pad ` + class + `" align="` + align + `" style="padding:` + pad + `;` + style + `">` + inner + `</td></tr></table>`
}

var headingSizes = map[int]string{1: "28px;line-height:34px", 2: "22px;line-height:28px", 3: "18px;line-height:24px"}

// Block gives the Liquid of a block that stands for itself: heading, text, image,
// button, divider, spacer or raw HTML. Products, columns, choices and references
// are put together by the renderer out of others.
func Block(l Look, b content.Block) Source {
	switch b.Kind {
	case content.Heading:
		return heading(l, b)
	case content.Text:
		return richText(l, b)
	case content.Image:
		return image(l, b)
	case content.Button:
		return button(l, b)
	case content.Divider:
		return Source{
			HTML: row("padding-top:12px;padding-bottom:12px", "", "", `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="mw-line" style="border-top:1px solid `+l.Line+`;font-size:1px;line-height:1px">&nbsp;</td></tr></table>`),
			Text: "----------------------------------------\n\n",
		}
	case content.Spacer:
		height := b.Height
		if height == 0 {
			height = 24
		}
		return Source{HTML: fmt.Sprintf(`<table role="presentation" width="100%%" cellpadding="0" cellspacing="0" border="0"><tr><td height="%d" style="height:%[1]dpx;font-size:1px;line-height:1px">&nbsp;</td></tr></table>`, height)}
	}
	return Source{}
}

func heading(l Look, b content.Block) Source {
	level := b.Level
	if headingSizes[level] == "" {
		level = 1
	}
	inner := fmt.Sprintf(`<h%d style="margin:0;font-family:%s;font-size:%s;font-weight:700;color:%s">%s</h%[1]d>`, level, l.Font, headingSizes[level], l.Ink, inLiquid(b.Content, html.EscapeString))
	return Source{
		HTML: row("padding-top:12px;padding-bottom:8px", "mw-ink", b.Align, inner),
		Text: b.Content + "\n\n",
	}
}

func image(l Look, b content.Block) Source {
	width := b.Width
	full := width == 0 || width > l.Width-64
	if full {
		width = l.Width - 64
	}
	img := fmt.Sprintf(`<img src="%s" alt="%s" width="%d" style="display:block;width:100%%;max-width:%[3]dpx;height:auto;border:0;border-radius:4px">`,
		attribute(b.Source), attribute(b.Alt), width)
	text := ""
	if b.Alt != "" {
		text = "[" + b.Alt + "]\n"
	}
	if b.URL != "" {
		img = `<a href="` + attribute(b.URL) + `" style="text-decoration:none">` + img + `</a>`
		text += b.URL + "\n"
	}
	if text != "" {
		text += "\n"
	}
	return Source{HTML: row("padding-top:8px;padding-bottom:16px", "", b.Align, img), Text: text}
}

// button is a table cell with a colour, which every client shows and can click.
func button(l Look, b content.Block) Source {
	align := b.Align
	if align == "" {
		align = "left"
	}
	inner := `<table role="presentation" cellpadding="0" cellspacing="0" border="0" align="` + align + `"><tr><td align="center" bgcolor="` + l.Accent + `" style="background-color:` + l.Accent + `;border-radius:6px;mso-padding-alt:12px 24px">` +
		`<a href="` + attribute(b.URL) + `" target="_blank" style="display:inline-block;padding:12px 24px;font-family:` + l.Font + `;font-size:16px;line-height:20px;font-weight:600;color:` + l.onAccent() + `;text-decoration:none">` +
		inLiquid(b.Label, html.EscapeString) + `</a></td></tr></table>`
	return Source{
		HTML: row("padding-top:8px;padding-bottom:20px", "", align, inner),
		Text: b.Label + ": " + b.URL + "\n\n",
	}
}

// Column is one rendered column and its share of the width.
type Column struct {
	Weight     int
	HTML, Text string
}

// Columns puts rendered columns beside each other; on phones they stack.
func Columns(columns []Column) (htmlText, text string) {
	total := 0
	for i := range columns {
		columns[i].Weight = max(columns[i].Weight, 1)
		total += columns[i].Weight
	}
	var h, t strings.Builder
	h.WriteString(`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>`)
	for _, c := range columns {
		fmt.Fprintf(&h, `<td class="mw-stack" valign="top" width="%d%%" style="width:%[1]d%%">%s</td>`, c.Weight*100/total, c.HTML)
		t.WriteString(c.Text)
	}
	h.WriteString(`</tr></table>`)
	return h.String(), t.String()
}

// attribute gives a Liquid source for between the quotes of an attribute: what is
// no Liquid is escaped here, and what is Liquid escapes itself.
func attribute(s string) string { return inLiquid(s, html.EscapeString) }

// inLiquid applies f to what is not Liquid.
func inLiquid(s string, f func(string) string) string {
	var b strings.Builder
	for s != "" {
		at := strings.IndexByte(s, '{')
		for at >= 0 && at+1 < len(s) && s[at+1] != '{' && s[at+1] != '%' {
			next := strings.IndexByte(s[at+1:], '{')
			if next < 0 {
				at = -1
				break
			}
			at += 1 + next
		}
		if at < 0 || at+1 >= len(s) {
			b.WriteString(f(s))
			break
		}
		b.WriteString(f(s[:at]))
		closing := "}}"
		if s[at+1] == '%' {
			closing = "%}"
		}
		end := strings.Index(s[at:], closing)
		if end < 0 {
			b.WriteString(s[at:])
			break
		}
		b.WriteString(s[at : at+end+2])
		s = s[at+end+2:]
	}
	return b.String()
}
