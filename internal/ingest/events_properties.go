package ingest

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/source/csv"
)

// readProperties writes the row's properties as a JSON object, names in order. A
// cell that is no longer what its column was inferred as cannot be here: the type
// came from every cell.
func (w *eventWriter) readProperties(rec csv.Record, row *eventRow) {
	b := w.scratch[:0]
	b = append(b, '{')
	for i := range w.properties {
		c := &w.properties[i]
		cell := strings.TrimSpace(rec.Cells[c.Index])
		if cell == "" {
			continue
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = appendText(b, w.names[i])
		b = append(b, ':')
		b = c.Form.appendJSON(b, cell, w.run)
	}
	w.scratch = b
	if len(b) > 1 {
		row.properties = string(append(b, '}'))
	}
}

// appendJSON appends a cell's value. Numbers keep their written digits where
// those are JSON.
func (f Form) appendJSON(b []byte, cell string, r *run) []byte {
	switch f.Type {
	case contact.Text:
		return appendText(b, cell)
	case contact.Number, contact.Money:
		if plainNumber(cell) {
			return append(b, cell...)
		}
	}
	v, ok := f.Value(cell, r.schema.Zone)
	if !ok {
		return appendText(b, cell)
	}
	j, err := json.Marshal(v)
	if err != nil {
		return appendText(b, cell)
	}
	return append(b, j...)
}

// plainNumber reports whether the text is a number in JSON's own spelling.
func plainNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, frac, dotted := strings.Cut(s, ".")
	return onlyDigits(whole) && (len(whole) == 1 || whole[0] != '0') && (!dotted || onlyDigits(frac))
}

func onlyDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// appendText appends a JSON string; the common text without escapes is copied.
func appendText(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' {
			j, _ := json.Marshal(s) // texts always marshal
			return append(b, j...)
		}
	}
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}
