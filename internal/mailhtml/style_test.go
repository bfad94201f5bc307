package mailhtml

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/mailwright/mailwright/internal/content"
)

// contrast is that of WCAG 2.
func contrast(a, b string) float64 {
	x, y := luminance(a)+0.05, luminance(b)+0.05
	return max(x, y) / min(x, y)
}

// Whatever accent an author chooses, the words on buttons and the links in dark
// mode can be read.
func TestTextOnAnyAccentReads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		accent := rapid.StringMatching(`#[0-9a-f]{6}`).Draw(t, "accent")
		l := LookOf(content.Style{Accent: accent})
		if c := contrast(l.onAccent(), accent); c < readable-0.1 {
			t.Fatalf("%s on %s has a contrast of %.2f", l.onAccent(), accent, c)
		}
		if c := contrast(l.onDark(), darkSurface); c < readable {
			t.Fatalf("%s in dark mode has a contrast of %.2f", l.onDark(), c)
		}
	})
}
