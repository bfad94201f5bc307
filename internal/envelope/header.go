package envelope

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"net/mail"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mailwright/mailwright/internal/fault"
)

// Lengths of header lines without their line end (RFC 5322, 2.1.1): foldAt is where
// they are folded if they can be, maxLine what may not be passed.
const (
	foldAt  = 78
	maxLine = 998
)

func (l Letter) headers(b *bytes.Buffer) error {
	for name, v := range map[string]string{
		"Subject": l.Subject, "From": l.FromName + l.FromEmail, "To": l.To, "Reply-To": l.ReplyTo, "List-Unsubscribe": l.Unsubscribe, "Message-ID": l.Key + l.Campaign,
	} {
		if strings.ContainsAny(v, "\r\n\x00") {
			return fault.At(fault.Invalid, name, "the header %s may not have a line break", name)
		}
	}
	from, err := mailbox(l.FromName, l.FromEmail)
	if err != nil {
		return err
	}
	to, err := mailbox("", l.To)
	if err != nil {
		return err
	}
	_, domain, _ := strings.Cut(l.FromEmail, "@")
	list := [][2]string{
		{"Date", l.Date.Format(time.RFC1123Z)},
		{"From", from}, {"To", to},
		{"Message-ID", "<" + l.Key + "@" + domain + ">"},
		{"Subject", unstructured(l.Subject)},
	}
	if l.ReplyTo != "" {
		reply, err := mailbox("", l.ReplyTo)
		if err != nil {
			return err
		}
		list = append(list, [2]string{"Reply-To", reply})
	}
	if l.Unsubscribe != "" {
		list = append(list, [2]string{"List-Unsubscribe", "<" + address(l.Unsubscribe) + ">"})
		// One-click needs an https address (RFC 8058, 3.1).
		if strings.HasPrefix(l.Unsubscribe, "https://") {
			list = append(list, [2]string{"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"})
		}
	}
	if l.Campaign != "" {
		list = append(list, [2]string{"X-Mailwright-Campaign", unstructured(l.Campaign)}, [2]string{"X-Mailwright-Key", l.Key})
	}
	for _, h := range list {
		if err := fold(b, h[0]+": "+h[1]); err != nil {
			return err
		}
	}
	return nil
}

// mailbox writes an address with its name (RFC 5322, 3.4).
func mailbox(name, email string) (string, error) {
	if parsed, err := mail.ParseAddress("<" + email + ">"); err != nil || parsed.Address != email || !utf8.ValidString(email) {
		return "", fault.At(fault.Invalid, "email", "%q is no e-mail address", email)
	}
	switch {
	case name == "":
		return email, nil
	case plain(name):
		return (&mail.Address{Name: name, Address: email}).String(), nil
	}
	return encoded(name) + " <" + email + ">", nil
}

// unstructured writes the value of a header that is text for people (RFC 5322,
// 3.2.5).
func unstructured(s string) string {
	if plain(s) {
		return s
	}
	return encoded(s)
}

// plain reports whether text may stand in a header as it is: printable ASCII that
// no reader takes for an encoded word, and that folding does not change.
func plain(s string) bool {
	word := 0
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c > '~' {
			return false
		}
		if word++; c == ' ' {
			word = 0
		}
		if word > foldAt {
			return false
		}
	}
	return !strings.Contains(s, "=?") && !strings.Contains(s, "  ") && strings.TrimSpace(s) == s
}

// wordBytes is how much text an encoded word of at most 75 characters holds in
// base64 (RFC 2047, 2).
const wordBytes = 45

// encoded writes text as encoded words (RFC 2047), none of which cuts a character.
func encoded(s string) string {
	var words []string
	s = strings.ToValidUTF8(s, "\uFFFD")
	for len(s) > 0 {
		n := min(wordBytes, len(s))
		for n < len(s) && !utf8.RuneStart(s[n]) {
			n--
		}
		words = append(words, "=?utf-8?b?"+base64.StdEncoding.EncodeToString([]byte(s[:n]))+"?=")
		s = s[n:]
	}
	return strings.Join(words, " ")
}

// address writes what may not stand in an address (RFC 3986, 2) as %XX, so that
// nothing ends the brackets around it.
func address(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c > '~' || c == '<' || c == '>' || c == '"' {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// fold writes a header, broken before spaces where it is too long.
func fold(b *bytes.Buffer, line string) error {
	length := 0
	for i, word := range strings.Split(line, " ") {
		switch {
		case i == 0:
		case i > 1 && length+1+len(word) > foldAt:
			b.WriteString("\r\n ")
			length = 1
		default:
			b.WriteByte(' ')
			length++
		}
		b.WriteString(word)
		if length += len(word); length > maxLine {
			name, _, _ := strings.Cut(line, ":")
			return fault.At(fault.Invalid, name, "the header %s is too long for a mail server", name)
		}
	}
	b.WriteString("\r\n")
	return nil
}
