package condition

import (
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold gives the form in which texts are compared: NFC, full Unicode case
// folding (Unicode 15, section 3.13: "Straße" and "STRASSE" are the same), then
// trimmed of white space.
func Fold(s string) string { return strings.TrimSpace(FoldKeepingSpace(s)) }

// FoldKeepingSpace is Fold without trimming, for what contains looks for.
func FoldKeepingSpace(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return cases.Fold().String(norm.NFC.String(s))
		}
	}
	return strings.ToLower(s) // the folding of ASCII; s itself where nothing changes
}
