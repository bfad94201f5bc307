package mailhtml

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// TextOf gives the plain text of HTML for the text part: paragraphs apart by a
// blank line, items with a dash, cells apart by a space, links with their target
// behind them, images by their alternative text.
func TextOf(source string) string {
	w := textWriter{}
	z := html.NewTokenizer(strings.NewReader(source))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.TrimSpace(w.b.String())
		case html.TextToken:
			w.text(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			w.open(z.Token())
		case html.EndTagToken:
			w.close(z.Token())
		}
	}
}

type textWriter struct {
	b      strings.Builder
	silent int // inside style, script, title
	breaks int // line ends at the end of what is written
	space  bool
	hrefs  []string
	from   []int // where each open link's text begins
}

var blocks = map[atom.Atom]int{
	atom.P: 2, atom.H1: 2, atom.H2: 2, atom.H3: 2, atom.H4: 2, atom.Ul: 2, atom.Ol: 2, atom.Blockquote: 2, atom.Table: 1,
	atom.Tr: 1, atom.Div: 1, atom.Li: 1, atom.Br: 1, atom.Hr: 1, atom.Section: 1, atom.Header: 1, atom.Footer: 1,
}

func (w *textWriter) text(s string) {
	if w.silent > 0 || s == "" {
		return
	}
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	w.space = w.space || isSpace(first)
	for _, word := range strings.FieldsFunc(s, isSpace) {
		if w.space {
			w.gap()
		}
		w.b.WriteString(word)
		w.breaks, w.space = 0, true
	}
	w.space = isSpace(last)
}

func isSpace(r rune) bool {
	return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\u00a0' || r == '\u200c' || r == '\u034f'
}

// gap writes a space unless a line begins here.
func (w *textWriter) gap() {
	if w.breaks == 0 && w.b.Len() > 0 {
		w.b.WriteByte(' ')
	}
}

func (w *textWriter) lines(n int) {
	if n == 0 {
		return
	}
	w.space = false
	if w.b.Len() == 0 {
		return
	}
	for ; w.breaks < n; w.breaks++ {
		w.b.WriteByte('\n')
	}
}

func (w *textWriter) open(t html.Token) {
	switch t.DataAtom {
	case atom.Style, atom.Script, atom.Title, atom.Head:
		if t.Type == html.StartTagToken {
			w.silent++
		}
	case atom.A:
		w.hrefs, w.from = append(w.hrefs, value(t, "href")), append(w.from, w.b.Len())
	case atom.Img:
		if alt := value(t, "alt"); alt != "" {
			w.text(" [" + alt + "] ")
		}
	case atom.Td, atom.Th:
		w.space = true
	}
	w.lines(blocks[t.DataAtom])
	if t.DataAtom == atom.Li {
		w.b.WriteString("- ")
		w.breaks = 0
	}
}

func (w *textWriter) close(t html.Token) {
	switch t.DataAtom {
	case atom.Style, atom.Script, atom.Title, atom.Head:
		w.silent = max(0, w.silent-1)
	case atom.A:
		w.link()
	case atom.Td, atom.Th:
		w.space = true
	}
	w.lines(blocks[t.DataAtom])
}

// link writes a link's target behind its text, unless the text says it already.
func (w *textWriter) link() {
	if len(w.hrefs) == 0 {
		return
	}
	last := len(w.hrefs) - 1
	href, shown := w.hrefs[last], strings.TrimSpace(w.b.String()[w.from[last]:])
	w.hrefs, w.from = w.hrefs[:last], w.from[:last]
	if href == "" || strings.HasPrefix(href, "#") || strings.Contains(shown, href) || shown == strings.TrimPrefix(href, "mailto:") {
		return
	}
	w.b.WriteString(" (" + href + ")")
	w.breaks = 0
}

func value(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
