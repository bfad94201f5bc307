package mailhtml

import (
	"html"
	"strings"
)

// Preview says how a message is looked at in the program.
type Preview struct {
	Dark   bool                     // as a client in dark mode shows it; else as one in light mode
	Images bool                     // without, every picture is left out, as many clients begin
	Remote bool                     // pictures from elsewhere too: asking for them tells their server
	Asset  func(name string) string // a data: URL for a picture of the workspace; "" when there is none
	Start  int                      // the part to outline, in bytes of the message's HTML …
	End    int                      // … nothing when both are 0
}

// Outlined is the id of what is outlined, for the address that scrolls to it.
const Outlined = "mw-outlined"

// Page makes a page to look at out of a message's HTML: links are not followed
// but show their address, pictures are put in or left out, and the colour scheme
// is the one asked for. The page must still be shown in a frame without scripts
// under a policy that forbids them; it is no sanitiser.
func (p Preview) Page(message string) string {
	var b strings.Builder
	from := 0
	if p.End > p.Start && p.End <= len(message) && p.Start >= 0 {
		b.WriteString(p.part(message[:p.Start]))
		b.WriteString(`<div id="` + Outlined + `" style="outline:3px solid #e9a03b;outline-offset:-3px;scroll-margin:80px">`)
		b.WriteString(p.part(message[p.Start:p.End]))
		b.WriteString(`</div>`)
		from = p.End
	}
	b.WriteString(p.part(message[from:]))
	scheme, media, light := b.String(), "all", "dark"
	if !p.Dark {
		media, light = "not all", "light"
	}
	scheme = strings.ReplaceAll(scheme, "@media (prefers-color-scheme:dark)", "@media "+media)
	scheme = strings.ReplaceAll(scheme, "@media (prefers-color-scheme: dark)", "@media "+media)
	return strings.Replace(scheme, "color-scheme:light dark", "color-scheme:"+light, 1)
}

// part changes addresses: those of links become titles, and those of pictures are
// resolved.
func (p Preview) part(s string) string {
	s = strings.ReplaceAll(s, ` href="`, ` title="`)
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, ` src="`)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		address, after, closed := strings.Cut(rest, `"`)
		if !closed {
			b.WriteString(` src="` + rest)
			return b.String()
		}
		b.WriteString(` src="` + html.EscapeString(p.picture(html.UnescapeString(address))) + `"`)
		s = after
	}
}

func (p Preview) picture(address string) string {
	if !p.Images {
		return ""
	}
	if id, inside := strings.CutPrefix(address, "cid:"); inside {
		if name, own := pictureName(id); own {
			return p.Asset(name)
		}
		return ""
	}
	if !p.Remote {
		return ""
	}
	return address
}

// TextPage shows a message's text part as a page.
func TextPage(text string, dark bool) string {
	ground, ink := "#ffffff", "#2d2a26"
	if dark {
		ground, ink = "#1b1a18", "#f0ede6"
	}
	return `<!DOCTYPE html><html><head><meta charset="utf-8"></head><body style="margin:0;background:` + ground + `"><pre style="margin:0;padding:24px;white-space:pre-wrap;overflow-wrap:anywhere;` +
		`font:14px/1.5 ui-monospace,Menlo,Consolas,monospace;color:` + ink + `">` + html.EscapeString(text) + `</pre></body></html>`
}
