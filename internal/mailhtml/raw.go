package mailhtml

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/vanng822/go-premailer/premailer"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/mailwright/mailwright/internal/content"
)

// Inline makes a raw-HTML block, after Liquid, fit for an e-mail: its style sheets
// are written inline, what could run or load a frame is taken out, and only what
// is inside the body stays. It also gives the text twin.
func Inline(source string) (htmlText, text string, err error) {
	if strings.Contains(strings.ToLower(source), "<style") {
		p, err := premailer.NewPremailerFromString(source, premailer.NewOptions(premailer.WithRemoveClasses(false)))
		if err != nil {
			return "", "", fmt.Errorf("the styles cannot be written inline: %w", err)
		}
		if source, err = p.Transform(); err != nil {
			return "", "", fmt.Errorf("the styles cannot be written inline: %w", err)
		}
	}
	nodes, err := html.ParseFragment(strings.NewReader(source), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		return "", "", fmt.Errorf("the HTML cannot be read: %w", err)
	}
	var b strings.Builder
	for _, n := range nodes {
		if !harmless(n) {
			continue
		}
		if err := html.Render(&b, n); err != nil {
			return "", "", err
		}
	}
	return b.String(), TextOf(b.String()), nil
}

// dangerous are elements that run, load a document, or take input.
var dangerous = map[atom.Atom]bool{
	atom.Script: true, atom.Iframe: true, atom.Frame: true, atom.Frameset: true, atom.Object: true, atom.Embed: true, atom.Applet: true,
	atom.Base: true, atom.Link: true, atom.Form: true, atom.Input: true, atom.Button: true, atom.Textarea: true, atom.Select: true,
	atom.Audio: true, atom.Video: true, atom.Svg: true, atom.Math: true, atom.Template: true, atom.Noscript: true, atom.Meta: true,
}

// harmless takes what is dangerous out of a tree and tells whether the node
// itself may stay.
func harmless(n *html.Node) bool {
	if n.Type == html.ElementNode {
		if dangerous[n.DataAtom] {
			return false
		}
		kept := n.Attr[:0]
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "srcdoc" || a.Key == "action" || a.Key == "formaction" {
				continue
			}
			if (a.Key == "href" || a.Key == "src" || a.Key == "background") && !LinkAllowed(a.Val) {
				continue
			}
			kept = append(kept, a)
		}
		n.Attr = kept
	}
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if !harmless(c) {
			n.RemoveChild(c)
		}
		c = next
	}
	return true
}

// LinkAllowed reports whether a rendered address may stand in a message: http,
// https, mailto, tel, an image of the workspace (asset:), or a place on the page.
func LinkAllowed(address string) bool {
	address = strings.TrimSpace(address)
	return address == "" || strings.HasPrefix(address, "#") || strings.HasPrefix(address, "asset:") || strings.HasPrefix(address, "cid:") || content.LinkAllowed(address)
}

// contentDomain ends the Content-ID of a workspace's picture.
const contentDomain = "@pictures.mailwright"

// ContentID gives the Content-ID (RFC 2392) under which a picture of the workspace
// goes with a message, by its name.
func ContentID(name string) string { return url.PathEscape(name) + contentDomain }

// Pictures gives the names of the workspace's pictures that a message shows, each
// once, in their order.
func Pictures(message string) []string {
	var names []string
	for {
		_, rest, found := strings.Cut(message, ` src="cid:`)
		if !found {
			return names
		}
		id, after, _ := strings.Cut(rest, `"`)
		if name, ok := pictureName(html.UnescapeString(id)); ok && !slices.Contains(names, name) {
			names = append(names, name)
		}
		message = after
	}
}

func pictureName(contentID string) (string, bool) {
	escaped, own := strings.CutSuffix(contentID, contentDomain)
	if !own {
		return "", false
	}
	name, err := url.PathUnescape(escaped)
	return name, err == nil
}

// SafeLinks looks at every href and src that the compiler or Liquid wrote. It
// empties those that may not stand in a message and gives them back; pictures of
// the workspace become references to what goes with the message.
func SafeLinks(source string) (safe string, refused []string) {
	for at := 0; ; {
		i, n := nextAddress(source[at:])
		if i < 0 {
			return source, refused
		}
		at += i
		address := html.UnescapeString(source[at : at+n])
		name, own := strings.CutPrefix(address, "asset:")
		switch {
		case own && strings.HasSuffix(source[:at], ` src="`):
			address = "cid:" + ContentID(name)
			source = source[:at] + html.EscapeString(address) + source[at+n:]
			n = len(html.EscapeString(address))
		case own, !LinkAllowed(address):
			refused = append(refused, address)
			source = source[:at] + "#" + source[at+n:]
			n = 1
		}
		at += n
	}
}

// nextAddress finds the next value of href or src in double quotes.
func nextAddress(s string) (at, n int) {
	href, src := strings.Index(s, ` href="`), strings.Index(s, ` src="`)
	switch {
	case href >= 0 && (src < 0 || href < src):
		at = href + len(` href="`)
	case src >= 0:
		at = src + len(` src="`)
	default:
		return -1, 0
	}
	n = strings.IndexByte(s[at:], '"')
	if n < 0 {
		return -1, 0
	}
	return at, n
}
