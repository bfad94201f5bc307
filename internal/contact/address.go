package contact

import (
	"net/mail"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"

	"github.com/mailwright/mailwright/internal/fault"
)

// NormalizeEmail gives the form by which an address is known: trimmed, NFC, the
// whole address in lower case, and the domain in its ASCII form (IDNA 2008, RFC 5891).
// Dots and plus parts are kept, since only some providers ignore them. It
// returns fault.Invalid, in words, for what is no address of RFC 5321 that mail
// can be sent to: one @, no spaces or controls, a domain with a dot, at most 64
// bytes before the @ and 254 in all.
func NormalizeEmail(s string) (string, error) {
	s = norm.NFC.String(strings.TrimSpace(s))
	s = strings.TrimPrefix(s, "mailto:")
	if s == "" {
		return "", fault.At(fault.Invalid, "email", "the address is empty")
	}
	at := strings.LastIndexByte(s, '@')
	if at < 0 {
		return "", fault.At(fault.Invalid, "email", "%q has no @", s)
	}
	local, domain := strings.ToLower(s[:at]), s[at+1:]
	parsed, err := mail.ParseAddress(s)
	if err != nil || parsed.Address != s {
		return "", fault.At(fault.Invalid, "email", "%q is not an e-mail address", s)
	}
	ascii, err := idna.Lookup.ToASCII(domain)
	if err != nil || !strings.Contains(ascii, ".") || strings.HasSuffix(ascii, ".") {
		return "", fault.At(fault.Invalid, "email", "%q has no valid domain after the @", s)
	}
	if len(local) > 64 || len(local)+1+len(ascii) > 254 {
		return "", fault.At(fault.Invalid, "email", "%.40q… is too long for an e-mail address", s)
	}
	return local + "@" + strings.ToLower(ascii), nil
}

// SnakeCase gives the attribute or property name of a header: lower case,
// letters and digits kept, all else an underscore. It may be empty.
func SnakeCase(header string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(norm.NFC.String(header)) {
		if isWordRune(r) {
			if gap && b.Len() > 0 {
				b.WriteByte('_')
			}
			gap = false
			b.WriteRune(r)
			continue
		}
		gap = true
	}
	return b.String()
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
