// Package mailhtml turns blocks into e-mail HTML that survives real clients, and
// into a text twin of each. It writes every style inline itself, so that a
// message needs no CSS inliner and no walk from HTML to text: what it makes is
// Liquid, once when a template is compiled, and what Liquid renders from it is
// final. Only raw-HTML blocks go through Inline after Liquid.
//
// The shape is the one that holds everywhere: a centred table of 600 pixels,
// cells with padding, ghost tables for Outlook, buttons that are table cells,
// columns that stack on phones, and colours that dark mode may turn.
package mailhtml

import (
	"math"
	"strings"

	"github.com/mailwright/mailwright/internal/content"
)

// Look is a template's style with every default filled in.
type Look struct {
	Accent, Background, Surface, Ink string
	Muted, Line                      string
	Font                             string
	Width                            int
}

var fonts = map[string]string{
	"":      "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif",
	"sans":  "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif",
	"serif": "Georgia,'Times New Roman',Times,serif",
	"mono":  "'SFMono-Regular',Menlo,Consolas,'Liberation Mono',monospace",
}

// LookOf fills in the house style where the template says nothing.
func LookOf(s content.Style) Look {
	l := Look{Accent: "#1f6f63", Background: "#f4f2ee", Surface: "#ffffff", Ink: "#23211d", Muted: "#6b665d", Line: "#e4e0d8", Font: fonts[s.Font], Width: s.Width}
	for _, c := range []struct {
		to   *string
		from string
	}{{&l.Accent, s.Accent}, {&l.Background, s.Background}, {&l.Surface, s.Surface}, {&l.Ink, s.Ink}} {
		if c.from != "" {
			*c.to = c.from
		}
	}
	if l.Width == 0 {
		l.Width = 600
	}
	return l
}

// onAccent gives white or black, whichever reads better on the accent: the
// relative luminance of WCAG 2, cut at the value where both contrasts are equal.
func (l Look) onAccent() string {
	if luminance(l.Accent) > 0.179 {
		return "#000000"
	}
	return "#ffffff"
}

// darkSurface is the column in dark mode, and readable the contrast that WCAG 2
// asks of text.
const (
	darkSurface = "#211f1c"
	readable    = 4.5
)

// onDark gives the accent for links in dark mode: mixed with white until it reads
// on the dark column.
func (l Look) onDark() string {
	ground := luminance(darkSurface) + 0.05
	for part := 0; part <= 100; part += 5 {
		if c := mixed(l.Accent, part); (luminance(c)+0.05)/ground >= readable {
			return c
		}
	}
	return "#ffffff"
}

// mixed gives a colour with so many hundredths of white in it.
func mixed(hex string, white int) string {
	out := []byte("#")
	for at := 1; at < 7; at += 2 {
		v := nibble(hex, at)*16 + nibble(hex, at+1)
		v += (255 - v) * white / 100
		out = append(out, "0123456789abcdef"[v>>4], "0123456789abcdef"[v&15])
	}
	return string(out)
}

func luminance(hex string) float64 {
	c := func(at int) float64 {
		v := float64(nibble(hex, at)*16+nibble(hex, at+1)) / 255
		if v <= 0.03928 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*c(1) + 0.7152*c(3) + 0.0722*c(5)
}

func nibble(hex string, at int) int {
	if at >= len(hex) {
		return 0
	}
	return max(0, strings.IndexByte("0123456789abcdef", hex[at]|0x20))
}
