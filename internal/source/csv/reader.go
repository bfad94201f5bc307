package csv

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// MaxCell is how many bytes one record may have before it is a bad row.
const MaxCell = 10 << 20

// Record is one row of the file.
type Record struct {
	Line  int // 1-based, of the record's first line
	Cells []string
}

// RowError is a row that cannot be read. The reader goes on after it.
type RowError struct {
	Line   int
	Column int    // 1-based cell, 0 when it is about the row
	Reason string // for people
	Cells  []string
}

// Error says where and why.
func (e *RowError) Error() string {
	if e.Column > 0 {
		return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Reason)
	}
	return fmt.Sprintf("line %d: %s", e.Line, e.Reason)
}

// Reader streams the rows of a file. It is not safe for concurrent use.
type Reader struct {
	Header []string

	file   io.Closer
	size   int64
	raw    *countingReader
	src    io.Reader
	delim  byte
	quote  byte
	buf    []byte
	start  int // of the next record
	end    int
	eof    bool
	line   int // of the next record
	fields []field
}

type field struct {
	from, to int // in buf
	quoted   bool
	escaped  bool // has doubled quotes
}

// Open opens a file in a known format and reads its header: the first row.
// Headers keep their spelling; Reader.Header has one for every column.
func Open(path string, f Format) (*Reader, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	info, err := file.Stat()
	if err != nil {
		_ = file.Close()
		return nil, unreadable(path, err)
	}
	r := newReader(file, f)
	r.file, r.size = file, info.Size()
	if err := r.readHeader(); err != nil {
		_ = file.Close()
		return nil, err
	}
	return r, nil
}

func newReader(src io.Reader, f Format) *Reader {
	raw := &countingReader{r: src}
	return &Reader{raw: raw, src: decoded(raw, f.Encoding), delim: byte(f.Delimiter), quote: byte(f.Quote), buf: make([]byte, 256<<10), line: 1}
}

func (r *Reader) readHeader() error {
	rec, err := r.next()
	if err != nil {
		var bad *RowError
		if errors.As(err, &bad) {
			return fmt.Errorf("the header cannot be read: %w", err)
		}
		return err
	}
	for i, h := range rec.Cells {
		rec.Cells[i] = strings.TrimSpace(h)
	}
	r.Header = rec.Cells
	return nil
}

// Close closes the file.
func (r *Reader) Close() error {
	if r.file == nil {
		return nil
	}
	return r.file.Close()
}

// Progress gives how many bytes of the file were read, and its size.
func (r *Reader) Progress() (read, size int64) { return r.raw.n, r.size }

// Read gives the next row. It returns io.EOF after the last and *RowError for a
// row that cannot be read or whose cells are not as many as the header's.
func (r *Reader) Read() (Record, error) {
	rec, err := r.next()
	if err != nil {
		return rec, err
	}
	n := len(r.Header)
	for len(rec.Cells) > n && strings.TrimSpace(rec.Cells[len(rec.Cells)-1]) == "" {
		rec.Cells = rec.Cells[:len(rec.Cells)-1]
	}
	if len(rec.Cells) != n {
		return rec, &RowError{Line: rec.Line, Cells: rec.Cells,
			Reason: fmt.Sprintf("the row has %d cells, the header has %d", len(rec.Cells), n)}
	}
	return rec, nil
}

// next gives the next record of any width, passing over blank lines.
func (r *Reader) next() (Record, error) {
	for {
		stop, lines, err := r.scan()
		if err != nil {
			return Record{}, err
		}
		if stop-r.start > MaxCell {
			return Record{}, r.broken("a cell is larger than 10 MB")
		}
		rec := Record{Line: r.line, Cells: r.cells()}
		r.start, r.line = stop, r.line+lines
		if len(rec.Cells) == 1 && strings.TrimSpace(rec.Cells[0]) == "" {
			continue
		}
		return rec, nil
	}
}

// scan finds the fields of the record at r.start and gives where the next one
// begins and how many lines this one has.
func (r *Reader) scan() (stop, lines int, err error) {
	r.fields = r.fields[:0]
	i, lines := r.start, 1
	f := field{from: i, to: -1}
	for {
		if i == r.end {
			more, e := r.more(&i, &f)
			if e != nil {
				return 0, 0, e
			}
			if !more {
				return r.finish(i, lines, f)
			}
		}
		if i == f.from && r.quote != 0 && r.buf[i] == r.quote {
			closed, e := r.quotedField(&i, &f, &lines)
			if e != nil {
				return 0, 0, e
			}
			if !closed {
				return 0, 0, r.broken("a quote is opened and never closed")
			}
			continue
		}
		// Up to the next delimiter or line end nothing else matters.
		switch c := r.buf[i]; c {
		case r.delim:
			r.close(&f, i)
			i++
			f = field{from: i, to: -1}
		case '\n':
			r.close(&f, i)
			return i + 1, lines, nil
		default:
			if f.quoted && c != '\r' && c != ' ' {
				return 0, 0, r.broken("text follows a closing quote")
			}
			i++
		}
	}
}

// quotedField moves i behind the closing quote. It reports false when there is
// none before the end of the file or the limit.
func (r *Reader) quotedField(i *int, f *field, lines *int) (bool, error) {
	*i++
	f.quoted, f.from = true, *i
	for {
		if *i == r.end {
			more, err := r.more(i, f)
			if err != nil || !more {
				return false, err
			}
		}
		at := bytes.IndexByte(r.buf[*i:r.end], r.quote)
		if at < 0 {
			*lines += bytes.Count(r.buf[*i:r.end], []byte{'\n'})
			*i = r.end
			if *i-r.start > MaxCell {
				return false, nil
			}
			continue
		}
		*lines += bytes.Count(r.buf[*i:*i+at], []byte{'\n'})
		*i += at
		if *i+1 == r.end {
			if _, err := r.more(i, f); err != nil {
				return false, err
			}
		}
		if *i+1 < r.end && r.buf[*i+1] == r.quote {
			f.escaped = true
			*i += 2
			continue
		}
		f.to = *i
		*i++
		return true, nil
	}
}

// broken reports the record's first line as a bad row and goes on after it.
func (r *Reader) broken(reason string) error {
	stop := r.end
	if at := bytes.IndexByte(r.buf[r.start:r.end], '\n'); at >= 0 {
		stop = r.start + at + 1
	}
	line := r.line
	first := strings.TrimRight(string(r.buf[r.start:min(stop, r.start+1000)]), "\r\n")
	if r.end-r.start > MaxCell {
		reason = "a cell is larger than 10 MB, or a quote is never closed"
	}
	r.start, r.line = stop, line+1
	return &RowError{Line: line, Column: len(r.fields) + 1, Reason: reason, Cells: []string{first}}
}

// finish ends the last record of the file.
func (r *Reader) finish(i, lines int, f field) (int, int, error) {
	if i == r.start {
		return 0, 0, io.EOF
	}
	r.close(&f, i)
	return i, lines, nil
}

func (r *Reader) close(f *field, at int) {
	if f.to < 0 {
		f.to = at
	}
	r.fields = append(r.fields, *f)
}

// more reads on. Offsets that point into the buffer are moved along when it is.
func (r *Reader) more(i *int, f *field) (bool, error) {
	if r.eof {
		return false, nil
	}
	if r.start > 0 && r.end == len(r.buf) {
		r.shift(i, f)
	}
	if r.end == len(r.buf) {
		if len(r.buf) > 2*MaxCell {
			return false, nil
		}
		r.buf = append(r.buf, make([]byte, len(r.buf))...)
	}
	for {
		n, err := r.src.Read(r.buf[r.end:])
		r.end += n
		if errors.Is(err, io.EOF) {
			r.eof = true
			return n > 0, nil
		}
		if err != nil {
			return false, fmt.Errorf("reading near line %d: %w", r.line, err)
		}
		if n > 0 {
			return true, nil
		}
	}
}

func (r *Reader) shift(i *int, f *field) {
	d := r.start
	copy(r.buf, r.buf[d:r.end])
	r.start, r.end = 0, r.end-d
	*i -= d
	f.from -= d
	if f.to >= 0 {
		f.to -= d
	}
	for k := range r.fields {
		r.fields[k].from -= d
		r.fields[k].to -= d
	}
}

// cells copies the record's text once and cuts it into cells.
func (r *Reader) cells() []string {
	if len(r.fields) == 0 {
		return nil
	}
	base := r.fields[0].from
	text := string(r.buf[base:r.fields[len(r.fields)-1].to])
	cells := make([]string, len(r.fields))
	for k, f := range r.fields {
		c := text[f.from-base : f.to-base]
		if f.escaped {
			c = strings.ReplaceAll(c, string(r.quote)+string(r.quote), string(r.quote))
		}
		if !f.quoted && k == len(r.fields)-1 {
			c = strings.TrimSuffix(c, "\r")
		}
		cells[k] = c
	}
	return cells
}

// countingReader counts what was read, for progress.
type countingReader struct {
	r io.Reader
	n int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}
