package mailhtml

import (
	"fmt"
	"html"
	"strconv"
	"strings"
)

// Frame is the document around the blocks, cut where a message's own parts go:
// Head, title, Middle, preheader, Body, blocks, Foot.
type Frame struct {
	Head, Middle, Body, Foot string
}

// FrameOf gives the document of a look. lang is a BCP 47 tag.
func FrameOf(l Look, lang string) Frame {
	if lang == "" {
		lang = "en"
	}
	width := strconv.Itoa(l.Width)
	return Frame{
		Head: `<!DOCTYPE html><html lang="` + html.EscapeString(lang) + `" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><head>` +
			`<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
			`<meta name="x-apple-disable-message-reformatting"><meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">` +
			`<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>`,
		Middle: `</title><!--[if mso]><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><![endif]-->` +
			`<style>` + sheet(l) + `</style></head><body class="mw-page" style="margin:0;padding:0;width:100%;background-color:` + l.Background + `;-webkit-text-size-adjust:100%">` +
			`<div style="display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px;color:` + l.Background + `">`,
		// What follows the preheader keeps clients from showing the body after it.
		Body: strings.Repeat("&#847;&zwnj;&nbsp;", 40) + `</div>` +
			`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="mw-page" style="background-color:` + l.Background + `"><tr><td align="center" style="padding:24px 12px">` +
			`<!--[if mso]><table role="presentation" width="` + width + `" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->` +
			`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="mw-column" style="max-width:` + width + `px;background-color:` + l.Surface + `;border-radius:6px"><tr><td style="padding:16px 0">`,
		Foot: `</td></tr></table><!--[if mso]></td></tr></table><![endif]--></td></tr></table></body></html>`,
	}
}

// sheet holds what cannot be inline: phones and dark mode. Clients that drop it
// show the light, wide form.
func sheet(l Look) string {
	return fmt.Sprintf(`:root{color-scheme:light dark;supported-color-schemes:light dark}`+
		`a{color:%[1]s}`+
		`@media only screen and (max-width:%[2]dpx){.mw-stack{display:block!important;width:100%%!important;max-width:100%%!important;box-sizing:border-box}.mw-pad{padding-left:20px!important;padding-right:20px!important}}`+
		`@media (prefers-color-scheme:dark){.mw-page{background-color:#161513!important}.mw-column{background-color:`+darkSurface+`!important}.mw-ink,.mw-ink p,.mw-ink li,.mw-ink h1,.mw-ink h2,.mw-ink h3{color:#f0ede6!important}.mw-muted{color:#aaa498!important}.mw-line{border-color:#3a3732!important}.mw-link{color:%[3]s!important}}`,
		l.Accent, l.Width+24, l.onDark())
}

// Before gives how many bytes of a joined message come before its blocks.
func (f Frame) Before(title, preheader string) int {
	return len(f.Head) + len(html.EscapeString(title)) + len(f.Middle) + len(html.EscapeString(preheader)) + len(f.Body)
}

// Join puts a message's parts into the frame. title and preheader are text and
// are escaped; blocks is HTML.
func (f Frame) Join(title, preheader, blocks string) string {
	var b strings.Builder
	title, preheader = html.EscapeString(title), html.EscapeString(preheader)
	b.Grow(len(f.Head) + len(title) + len(f.Middle) + len(preheader) + len(f.Body) + len(blocks) + len(f.Foot))
	for _, s := range []string{f.Head, title, f.Middle, preheader, f.Body, blocks, f.Foot} {
		b.WriteString(s)
	}
	return b.String()
}
