package content

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/spelling"
)

// maxID is the longest id of a block, in bytes.
const maxID = 64

func (p *parser) text(raw json.RawMessage, path string) string {
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		p.problem(path, "must be text in quotes")
		return ""
	}
	if len(s) > MaxText {
		p.problem(path, "is %d bytes long; %d is the most", len(s), MaxText)
		return ""
	}
	return s
}

// line is a short text: a name, a subject, a choice.
func (p *parser) line(raw json.RawMessage, path string) string {
	s := p.text(raw, path)
	if len(s) > 4096 {
		p.problem(path, "is %d bytes long; 4096 is the most", len(s))
		return ""
	}
	return s
}

// oneLine refuses line breaks in what becomes a header.
func (p *parser) oneLine(s, path string) {
	if strings.ContainsAny(s, "\r\n\x00") {
		p.problem(path, "must be one line")
	}
}

func (p *parser) flag(raw json.RawMessage, path string) bool {
	var b bool
	if err := json.Unmarshal(raw, &b); err != nil {
		p.problem(path, "must be true or false")
	}
	return b
}

// number reads a whole number within bounds; 0 stands for the default.
func (p *parser) number(raw json.RawMessage, path string, low, high int) int {
	var n int
	if err := json.Unmarshal(raw, &n); err != nil {
		p.problem(path, "must be a whole number from %d to %d", low, high)
		return 0
	}
	if n != 0 && (n < low || n > high) {
		p.problem(path, "must be from %d to %d, not %d", low, high, n)
		return 0
	}
	return n
}

func (p *parser) oneOf(raw json.RawMessage, path string, options []string) string {
	s := p.line(raw, path)
	if s == "" || slices.Contains(options, s) {
		return s
	}
	p.problem(path, "must be one of %s, not “%s”%s", strings.Join(options, ", "), s, spelling.Hint(s, options))
	return ""
}

func (p *parser) color(raw json.RawMessage, path string) string {
	s := p.line(raw, path)
	if s == "" || isColor(s) {
		return s
	}
	p.problem(path, "must be a colour of the form #rrggbb, not “%s”", s)
	return ""
}

func isColor(s string) bool {
	if len(s) != 7 || s[0] != '#' {
		return false
	}
	for _, c := range s[1:] {
		if !strings.ContainsRune("0123456789abcdefABCDEF", c) {
			return false
		}
	}
	return true
}

func (p *parser) id(raw json.RawMessage, path string) string {
	s := p.line(raw, path)
	if s != "" && !isID(s) {
		p.problem(path, "an id is 1 to %d letters, digits, -, _ and .", maxID)
		return ""
	}
	return s
}

func isID(s string) bool {
	if s == "" || len(s) > maxID {
		return false
	}
	for _, c := range s {
		ok := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.'
		if !ok {
			return false
		}
	}
	return true
}

func (p *parser) slug(raw json.RawMessage, path string) string {
	s := p.line(raw, path)
	if !isID(s) {
		p.problem(path, "“%s” is no slug: 1 to %d letters, digits, -, _ and .", s, maxID)
		return ""
	}
	return s
}

func (p *parser) source(raw json.RawMessage, path string, t FieldType) string {
	s := p.text(raw, path)
	if t == Picture {
		if s != "" && !strings.HasPrefix(s, "asset:") && !schemed(s, "http", "https") {
			p.problem(path, "a picture is an http or https address, asset:NAME, or Liquid that gives one")
			return ""
		}
		return s
	}
	if _, err := catalog.ParseSource(s); err != nil {
		p.problem(path, "%s", err)
		return ""
	}
	return s
}

func (p *parser) link(raw json.RawMessage, path string) string {
	s := p.text(raw, path)
	if s == "" || LinkAllowed(s) {
		return s
	}
	p.problem(path, "a link begins with https:, http:, mailto: or tel:, or is Liquid that gives one")
	return ""
}

// LinkAllowed reports whether a link's scheme is one that e-mails may carry. A
// link that begins with Liquid passes: what it gives is checked when rendered.
func LinkAllowed(s string) bool { return schemed(s, "http", "https", "mailto", "tel") }

func schemed(s string, schemes ...string) bool {
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, "\r\n\x00") {
		return false
	}
	if strings.HasPrefix(s, "{{") || strings.HasPrefix(s, "{%") {
		return true
	}
	scheme, _, ok := strings.Cut(s, ":")
	return ok && slices.Contains(schemes, strings.ToLower(scheme))
}
