// Package csv reads tables of comma-separated values as people's programs write
// them: any of four delimiters, UTF-8 with or without a byte-order mark, UTF-16,
// or Windows-1252, quoted cells with line breaks, and rows that are broken.
//
// The dialect is RFC 4180 with these liberties: a quote inside an unquoted cell
// is a letter like any other; lines end with LF, CRLF or CR LF mixed; blank
// lines are passed over. A row with too few or too many cells, a cell above 10 MB
// and a quote that is never closed are bad rows: they are reported with their
// line and the reader goes on with the next line. Nothing is dropped silently.
//
// Detect finds encoding, delimiter and quote; a Reader streams the rows without
// ever holding the file.
package csv

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/mailwright/mailwright/internal/fault"
)

// Encodings that Detect finds and Open reads.
const (
	UTF8        = "utf-8"
	UTF16LE     = "utf-16le"
	UTF16BE     = "utf-16be"
	Windows1252 = "windows-1252"
)

// Encodings lists them for people to choose from.
var Encodings = []string{UTF8, UTF16LE, UTF16BE, Windows1252}

// Delimiters lists what may stand between cells.
var Delimiters = []rune{',', ';', '\t', '|'}

// Format is how a file is written.
type Format struct {
	Encoding  string
	Delimiter rune
	Quote     rune // '"' or '\''; 0 for none
}

// sampled is how much of a file Detect looks at for the delimiter.
const sampled = 256 << 10

// Detect finds how the file is written. Fields of want that are set are kept.
// The whole file is read once, since one byte near its end can tell that it is
// no UTF-8. It returns fault.Invalid for a file that is empty or no text.
func Detect(path string, want Format) (Format, error) {
	f, err := os.Open(path)
	if err != nil {
		return Format{}, unreadable(path, err)
	}
	defer func() { _ = f.Close() }()
	head := make([]byte, sampled)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return Format{}, unreadable(path, err)
	}
	head = head[:n]
	if len(bytes.TrimSpace(head)) == 0 {
		return Format{}, fault.New(fault.Invalid, "the file is empty; export it again from where it came")
	}
	if want.Encoding == "" {
		if want.Encoding, err = encodingOf(head, f); err != nil {
			return Format{}, err
		}
	}
	if want.Delimiter == 0 || want.Quote == 0 {
		text, err := io.ReadAll(decoded(bytes.NewReader(head), want.Encoding))
		if err != nil {
			return Format{}, err
		}
		if want.Quote == 0 {
			want.Quote = '"'
		}
		if want.Delimiter == 0 {
			want.Delimiter = delimiterOf(text, byte(want.Quote))
		}
	}
	return want, nil
}

// encodingOf looks at the head, then at the rest for bytes that are no UTF-8.
func encodingOf(head []byte, rest io.Reader) (string, error) {
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return UTF16LE, nil
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return UTF16BE, nil
	}
	if even, odd := zeros(head); even+odd > 0 {
		// Western text in UTF-16 without a mark has zeros in every other byte.
		switch half := len(head) / 2; {
		case odd > half*7/10 && even == 0:
			return UTF16LE, nil
		case even > half*7/10 && odd == 0:
			return UTF16BE, nil
		}
		at := bytes.IndexByte(head, 0)
		return "", fault.New(fault.Invalid, "the file is no text (a zero byte at byte %d); save it as CSV first", at+1)
	}
	valid, err := validUTF8(head, rest)
	if err != nil {
		return "", err
	}
	if valid {
		return UTF8, nil
	}
	return Windows1252, nil
}

func zeros(b []byte) (even, odd int) {
	for i, c := range b {
		if c != 0 {
			continue
		}
		if i%2 == 0 {
			even++
		} else {
			odd++
		}
	}
	return even, odd
}

// validUTF8 reports whether head and everything after it is UTF-8.
func validUTF8(head []byte, rest io.Reader) (bool, error) {
	buf := make([]byte, 1<<20)
	carry := copy(buf, head[:min(len(head), len(buf)-utf8.UTFMax)])
	src := io.MultiReader(bytes.NewReader(head[carry:]), rest)
	for {
		n, err := src.Read(buf[carry:])
		n += carry
		cut := n
		if !errors.Is(err, io.EOF) {
			cut = lastWhole(buf[:n])
		}
		if !utf8.Valid(buf[:cut]) {
			return false, nil
		}
		carry = copy(buf, buf[cut:n])
		if errors.Is(err, io.EOF) {
			return true, nil
		}
		if err != nil {
			return false, fault.New(fault.Unavailable, "the file cannot be read to its end: %w", err)
		}
	}
}

// lastWhole gives the length of b without a rune that is cut at its end.
func lastWhole(b []byte) int {
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		if c := b[len(b)-i]; utf8.RuneStart(c) {
			if !utf8.FullRune(b[len(b)-i:]) {
				return len(b) - i
			}
			break
		}
	}
	return len(b)
}

// delimiterOf gives the delimiter that stands equally often, and most often, in
// the first lines outside quotes.
func delimiterOf(text []byte, quote byte) rune {
	const lines = 50
	best, bestScore := Delimiters[0], -1
	for _, d := range Delimiters {
		counts := perLine(text, byte(d), quote, lines)
		if len(counts) == 0 || counts[0] == 0 {
			continue
		}
		same := 0
		for _, c := range counts {
			if c == counts[0] {
				same++
			}
		}
		if score := same*1000/len(counts)*100 + min(counts[0], 99); score > bestScore {
			best, bestScore = d, score
		}
	}
	return best
}

func perLine(text []byte, d, quote byte, lines int) []int {
	var counts []int
	n, seen, quoted := 0, false, false
	for _, c := range text {
		switch {
		case c == quote:
			quoted = !quoted
			seen = true
		case c == '\n' && !quoted:
			if seen {
				counts = append(counts, n)
			}
			n, seen = 0, false
			if len(counts) == lines {
				return counts
			}
		case c == d && !quoted:
			n++
			seen = true
		case c != '\r':
			seen = true
		}
	}
	if len(counts) == 0 && seen {
		counts = append(counts, n)
	}
	return counts
}

// decoded gives the text as UTF-8 without a byte-order mark.
func decoded(r io.Reader, encoding string) io.Reader {
	switch encoding {
	case UTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(r)
	case UTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Reader(r)
	case Windows1252:
		return charmap.Windows1252.NewDecoder().Reader(r)
	}
	return unicode.UTF8BOM.NewDecoder().Reader(r)
}

func unreadable(path string, err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return fault.At(fault.NotFound, "path", "there is no file %s", path)
	}
	return fault.At(fault.Unavailable, "path", "%s cannot be read: %w", path, err)
}

// String names the format for people.
func (f Format) String() string { return fmt.Sprintf("%s, cells apart by %q", f.Encoding, f.Delimiter) }
