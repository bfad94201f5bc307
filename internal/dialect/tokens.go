package dialect

import (
	"strings"
	"unicode/utf8"
)

// wordKind is a kind of word in an expression.
type wordKind uint8

const (
	endWord    wordKind = iota
	nameWord            // first_name, with - and a last ?
	stringWord          // without its quotes
	intWord
	floatWord
	dotsWord // ..
	opWord   // == != <> < > <= >=
	markWord // | : , . [ ] ( )
)

// word is one word of an expression.
type word struct {
	kind wordKind
	text string
	at   int // offset in the source
}

// String gives the word as messages name it.
func (w word) String() string {
	if w.kind == endWord {
		return "the end"
	}
	return "“" + w.text + "”"
}

// words cuts an expression that begins at offset from.
func words(src *source, text string, from int) ([]word, *Error) {
	list := make([]word, 0, 8)
	for i := 0; i < len(text); {
		c := text[i]
		start := i
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v':
			i++
			continue
		case c == '\'' || c == '"':
			end := strings.IndexByte(text[i+1:], c)
			if end < 0 {
				return nil, src.errorf(from+i, "syntax error: unexpected character %c: a text in quotes is never closed", c)
			}
			list = append(list, word{stringWord, text[i+1 : i+1+end], from + start})
			i += end + 2
			continue
		case isDigit(c) || c == '-' && i+1 < len(text) && isDigit(text[i+1]):
			w, n := number(text[i:])
			w.at = from + start
			list = append(list, w)
			i += n
			continue
		case c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf:
			for i < len(text) && (isWord(text[i]) || text[i] == '-' || text[i] >= utf8.RuneSelf) {
				i++
			}
			if i < len(text) && text[i] == '?' {
				i++
			}
			list = append(list, word{nameWord, text[start:i], from + start})
			continue
		}
		kind, n := mark(text[i:])
		if n == 0 {
			r, _ := utf8.DecodeRuneInString(text[i:])
			return nil, src.errorf(from+i, "syntax error: unexpected character %c", r)
		}
		list = append(list, word{kind, text[i : i+n], from + start})
		i += n
	}
	return append(list, word{endWord, "", from + len(strings.TrimRight(text, " \t\r\n"))}), nil
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// number reads 1, -1 or 1.5; the two dots of a range are not part of it.
func number(text string) (word, int) {
	i := 1
	for i < len(text) && isDigit(text[i]) {
		i++
	}
	if i+1 < len(text) && text[i] == '.' && isDigit(text[i+1]) {
		i++
		for i < len(text) && isDigit(text[i]) {
			i++
		}
		return word{kind: floatWord, text: text[:i]}, i
	}
	return word{kind: intWord, text: text[:i]}, i
}

func mark(text string) (wordKind, int) {
	two := text[:min(2, len(text))]
	switch two {
	case "==", "!=", "<>", "<=", ">=":
		return opWord, 2
	case "..":
		return dotsWord, 2
	}
	switch text[0] {
	case '<', '>':
		return opWord, 1
	case '|', ':', ',', '.', '[', ']', '(', ')':
		return markWord, 1
	}
	return endWord, 0
}
