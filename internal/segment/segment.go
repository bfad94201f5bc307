// Package segment is a condition with a name: what a marketer keeps, other
// conditions refer to by its slug, and campaigns send to. Who is in it is
// answered by package audience, always anew.
package segment

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
)

// Segment is a named condition.
type Segment struct {
	Slug      string // how files and other conditions name it; never changes
	Name      string // for people
	Note      string // what it is for, who keeps it
	Condition condition.Node
}

// MaxSlug and MaxName bound names, in bytes and in runes.
const (
	MaxSlug = 64
	MaxName = 200
)

var slugs = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// CheckSlug returns fault.Invalid for what is no slug: letters without accents,
// digits, hyphens, underscores and dots, at most MaxSlug bytes.
func CheckSlug(slug string) error {
	if len(slug) > MaxSlug || !slugs.MatchString(slug) {
		return fault.At(fault.Invalid, "slug", "%q is no slug: use letters, digits, -, _ and ., at most %d", slug, MaxSlug)
	}
	return nil
}

// Slug makes a slug from a name: "Été 2026!" gives "ete-2026". It may be empty.
func Slug(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(strings.ToLower(name)) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r): // accents fall away
		default:
			gap = true
		}
		if b.Len() >= MaxSlug {
			break
		}
	}
	return b.String()
}

// Check holds the laws of a segment for a schema: a slug, a name, and a whole
// condition that does not lead back to the segment itself. It gives the first
// breach as fault.Invalid with its path.
func (s Segment) Check(schema contact.Schema, others condition.Segments) error {
	if err := CheckSlug(s.Slug); err != nil {
		return err
	}
	if n := len([]rune(s.Name)); strings.TrimSpace(s.Name) == "" || n > MaxName {
		return fault.At(fault.Invalid, "name", "give the segment a name of at most %d characters", MaxName)
	}
	_, problems := condition.CheckNamed(s.Slug, s.Condition, schema, others)
	return condition.Broken(problems)
}
