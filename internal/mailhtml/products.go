package mailhtml

import (
	"fmt"
	"html"
	"strings"
)

// Item is a product as a message shows it.
type Item struct {
	Title, URL, Image, Price, Reason string
}

// Products lays items out in rows of perRow and gives their text twin. Labels is
// the text of the link below each; "" shows none.
func Products(l Look, items []Item, perRow int, label string) (htmlText, text string) {
	perRow = min(max(perRow, 1), 3)
	var h, t strings.Builder
	for from := 0; from < len(items); from += perRow {
		h.WriteString(`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="mw-pad" style="padding:8px 24px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>`)
		for i := from; i < from+perRow; i++ {
			fmt.Fprintf(&h, `<td class="mw-stack" valign="top" width="%d%%" style="width:%[1]d%%;padding:8px">`, 100/perRow)
			if i < len(items) {
				item(&h, l, items[i], label, (l.Width-64)/perRow-16)
				itemText(&t, items[i])
			}
			h.WriteString(`</td>`)
		}
		h.WriteString(`</tr></table></td></tr></table>`)
	}
	return h.String(), t.String()
}

func item(h *strings.Builder, l Look, p Item, label string, width int) {
	title, link := html.EscapeString(p.Title), html.EscapeString(p.URL)
	open, closing := "", ""
	if link != "" {
		open, closing = `<a href="`+link+`" target="_blank" style="text-decoration:none;color:`+l.Ink+`" class="mw-ink">`, `</a>`
	}
	if p.Image != "" {
		fmt.Fprintf(h, `%s<img src="%s" alt="%s" width="%d" style="display:block;width:100%%;max-width:%[4]dpx;height:auto;border:0;border-radius:6px">%s`, open, html.EscapeString(p.Image), title, width, closing)
	}
	fmt.Fprintf(h, `<div class="mw-ink" style="font-family:%s;font-size:15px;line-height:20px;font-weight:600;color:%s;padding-top:8px">%s%s%s</div>`, l.Font, l.Ink, open, title, closing)
	if p.Price != "" {
		fmt.Fprintf(h, `<div class="mw-ink" style="font-family:%s;font-size:15px;line-height:22px;color:%s">%s</div>`, l.Font, l.Ink, html.EscapeString(p.Price))
	}
	if p.Reason != "" {
		fmt.Fprintf(h, `<div class="mw-muted" style="font-family:%s;font-size:13px;line-height:18px;color:%s">%s</div>`, l.Font, l.Muted, html.EscapeString(p.Reason))
	}
	if label != "" && link != "" {
		fmt.Fprintf(h, `<div style="font-family:%s;font-size:14px;line-height:24px"><a href="%s" target="_blank" class="mw-link" style="color:%s">%s</a></div>`, l.Font, link, l.Accent, html.EscapeString(label))
	}
}

func itemText(t *strings.Builder, p Item) {
	t.WriteString(p.Title)
	for _, s := range []string{p.Price, p.Reason, p.URL} {
		if s != "" {
			t.WriteString("\n  " + s)
		}
	}
	t.WriteString("\n\n")
}
