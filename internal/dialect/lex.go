package dialect

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenKind is a kind of part of a template.
type tokenKind uint8

const (
	textToken   tokenKind = iota
	objectToken           // {{ … }}
	tagToken              // {% … %}
)

// token is one part of a template. White space that {{- and -}} take away is
// already gone from the texts around it.
type token struct {
	kind tokenKind
	at   int    // offset of the token's first byte
	name string // tag: its name, "#" for an inline comment
	body string // text; or what stands between the braces, after a tag's name
	from int    // offset of body in the source
	trim struct{ left, right bool }
}

// lexer cuts a source into tokens, on demand: what a raw, comment or doc tag
// encloses is never cut.
type lexer struct {
	src      *source
	at       int
	trimNext bool // the token before ended with -
	line     *lineLexer
}

// next gives the next token, or nil at the end.
func (l *lexer) next() (*token, *Error) {
	if l.line != nil {
		return l.line.next()
	}
	text := l.src.text
	if l.at >= len(text) {
		return nil, nil
	}
	open := nextOpening(text, l.at)
	if open > l.at || open < 0 {
		if open < 0 {
			open = len(text)
		}
		t := &token{kind: textToken, at: l.at, from: l.at, body: text[l.at:open]}
		l.at = open
		if l.trimNext {
			t.body = strings.TrimLeftFunc(t.body, unicode.IsSpace)
		}
		l.trimNext = false
		if open+2 < len(text) && text[open+2] == '-' {
			t.body = strings.TrimRightFunc(t.body, unicode.IsSpace)
		}
		if t.body == "" {
			return l.next()
		}
		return t, nil
	}
	return l.braces()
}

// nextOpening finds the next {{ or {%, or -1.
func nextOpening(text string, at int) int {
	for {
		i := strings.IndexByte(text[at:], '{')
		if i < 0 || at+i+1 >= len(text) {
			return -1
		}
		at += i
		if c := text[at+1]; c == '{' || c == '%' {
			return at
		}
		at++
	}
}

func (l *lexer) braces() (*token, *Error) {
	text, start := l.src.text, l.at
	t := &token{kind: objectToken, at: start}
	closing, what := "}}", "the variable"
	if text[start+1] == '%' {
		t.kind, closing, what = tagToken, "%}", "the tag"
	}
	end := strings.Index(text[start+2:], closing)
	if end < 0 {
		return nil, l.src.errorf(start, "syntax error: %s was not properly terminated: there is no “%s” after it", what, closing)
	}
	t.from, end = start+2, start+2+end
	l.at = end + 2
	body := text[t.from:end]
	if strings.HasPrefix(body, "-") {
		t.trim.left = true
		body, t.from = body[1:], t.from+1
	}
	if strings.HasSuffix(body, "-") {
		t.trim.right = true
		body = body[:len(body)-1]
	}
	l.trimNext = t.trim.right
	t.body = body
	if t.kind == tagToken {
		t.splitName()
	}
	return t, nil
}

// splitName takes the tag's name off its body.
func (t *token) splitName() {
	body := strings.TrimLeftFunc(t.body, unicode.IsSpace)
	t.from += len(t.body) - len(body)
	n := 0
	if strings.HasPrefix(body, "#") {
		n = 1
	} else {
		for n < len(body) && isWord(body[n]) {
			n++
		}
	}
	t.name, t.body, t.from = body[:n], body[n:], t.from+n
}

func isWord(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// enclosed gives the source up to the tag that closes a raw, comment or doc tag,
// as it is written, and goes on after that tag.
func (l *lexer) enclosed(name string, opening *token) (string, *Error) {
	text, start := l.src.text, l.at
	if l.line != nil {
		return "", l.line.skip(name, opening)
	}
	nested, at := 0, start
	peek, rawEnds := peeker{text: text}, true
	for {
		i := strings.Index(text[at:], "{%")
		if i < 0 {
			return "", l.src.errorf(opening.at, "syntax error: '%s' tag was never closed", name)
		}
		at += i
		tag := peek.tag(at + 2)
		switch {
		case tag.name == "end"+name && nested == 0:
			body := text[start:at]
			if opening.trim.right && name == "raw" {
				body = strings.TrimLeftFunc(body, unicode.IsSpace)
			}
			if tag.left && name == "raw" {
				body = strings.TrimRightFunc(body, unicode.IsSpace)
			}
			l.at, l.trimNext = at+2+tag.length, tag.right
			return body, nil
		case name == "comment" && tag.name == "comment":
			nested++
		case name == "comment" && tag.name == "endcomment":
			nested--
		case name == "comment" && tag.name == "raw" && rawEnds:
			// What a raw tag within a comment encloses may hold anything.
			// One that never ends is looked for once: no later one ends either.
			if skip := rawLength(text[at:]); skip > 0 {
				at += skip
				continue
			}
			rawEnds = false
		}
		at += 2
	}
}

type peeked struct {
	name        string
	length      int // from after {% to after %}
	left, right bool
}

// peeker reads the names of tags from left to right. It remembers where the next
// %} stands, so that many openings before one closing cost one search.
type peeker struct {
	text string
	end  int // offset of the %} that was found last
}

// tag reads the name of the tag whose opening was passed just before at, which
// never goes back. A tag without an end has no name.
func (k *peeker) tag(at int) (p peeked) {
	if k.end < at {
		i := strings.Index(k.text[at:], "%}")
		if i < 0 {
			i = len(k.text) - at
		}
		k.end = at + i
	}
	if k.end == len(k.text) {
		return p
	}
	p.length = k.end + 2 - at
	body := k.text[at:k.end]
	if strings.HasPrefix(body, "-") {
		p.left, body = true, body[1:]
	}
	if strings.HasSuffix(body, "-") {
		p.right, body = true, body[:len(body)-1]
	}
	body = strings.TrimSpace(body)
	n := 0
	for n < len(body) && isWord(body[n]) {
		n++
	}
	p.name = body[:n]
	return p
}

// rawLength gives how long a raw tag is with what it encloses and its end, or 0
// where it is never closed.
func rawLength(text string) int {
	peek := peeker{text: text}
	at := 2 + peek.tag(2).length
	for {
		i := strings.Index(text[at:], "{%")
		if i < 0 {
			return 0
		}
		at += i
		if p := peek.tag(at + 2); p.name == "endraw" {
			return at + 2 + p.length
		}
		at += 2
	}
}

// lineLexer gives the lines of a {% liquid %} tag as tags.
type lineLexer struct {
	src  *source
	text string
	at   int // offset of text in the source
}

func (l *lineLexer) next() (*token, *Error) {
	for l.text != "" {
		line, rest, _ := strings.Cut(l.text, "\n")
		from := l.at
		l.at += len(l.text) - len(rest)
		l.text = rest
		trimmed := strings.TrimLeftFunc(line, unicode.IsSpace)
		from += len(line) - len(trimmed)
		if trimmed == "" {
			continue
		}
		t := &token{kind: tagToken, at: from, from: from, body: trimmed}
		t.splitName()
		if t.name == "" {
			r, _ := utf8.DecodeRuneInString(trimmed)
			return nil, l.src.errorf(from, "syntax error: a line begins with the name of a tag, not with “%c”", r)
		}
		return t, nil
	}
	return nil, nil
}

// skip goes on after the line that closes a comment, raw or doc tag.
func (l *lineLexer) skip(name string, opening *token) *Error {
	for depth := 0; ; {
		t, err := l.next()
		if err != nil {
			continue // a comment may hold anything
		}
		switch {
		case t == nil:
			return l.src.errorf(opening.at, "syntax error: '%s' tag was never closed", name)
		case t.name == "end"+name && depth == 0:
			return nil
		case t.name == "end"+name:
			depth--
		case t.name == name && name == "comment":
			depth++
		}
	}
}
