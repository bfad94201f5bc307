package feed

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"

	"github.com/mailwright/mailwright/internal/fault"
)

// listNames are the fields in which an object has its list of products.
var listNames = []string{"products", "items"}

// maxLine is the longest line of a file of objects, in bytes.
const maxLine = 4 << 20

func readJSON(in *bufio.Reader, t *table) error {
	if bom, err := in.Peek(3); err == nil && bytes.Equal(bom, []byte("\ufeff")) {
		_, _ = in.Discard(3) // they are there
	}
	first, err := firstByte(in)
	if err != nil {
		return fault.New(fault.Invalid, "the feed is empty")
	}
	if first == '[' {
		return jsonList(json.NewDecoder(in), t)
	}
	return jsonLines(in, t)
}

// firstByte gives the first byte that is no white space, without taking it.
func firstByte(in *bufio.Reader) (byte, error) {
	for {
		b, err := in.ReadByte()
		if err != nil {
			return 0, err
		}
		if b != ' ' && b != '\t' && b != '\r' && b != '\n' {
			return b, in.UnreadByte()
		}
	}
}

func jsonList(d *json.Decoder, t *table) error {
	if _, err := d.Token(); err != nil {
		return brokenJSON(err)
	}
	for d.More() {
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return brokenJSON(err)
		}
		if err := t.addJSON(raw); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return brokenJSON(err)
	}
	return nil
}

// jsonLines reads an object on each line. A file that is one object over many lines
// must hold a list of products.
func jsonLines(in *bufio.Reader, t *table) error {
	line, err := readLine(in)
	if err != nil {
		return err
	}
	if !json.Valid(line) || list(line) != nil {
		rest := io.MultiReader(bytes.NewReader(line), bytes.NewReader([]byte("\n")), in)
		return jsonObject(rest, t)
	}
	for {
		if len(bytes.TrimSpace(line)) > 0 {
			if err := t.addJSON(line); err != nil {
				return err
			}
		}
		if line, err = readLine(in); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line) > maxLine:
			return line, nil // one object over the whole file, or refused as no object
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(line) > 0:
			return line, nil
		}
		return line, err
	}
}

func jsonObject(in io.Reader, t *table) error {
	d := json.NewDecoder(in)
	if _, err := d.Token(); err != nil {
		return brokenJSON(err)
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return brokenJSON(err)
		}
		if name == listNames[0] || name == listNames[1] {
			return jsonList(d, t)
		}
		var skip json.RawMessage
		if err := d.Decode(&skip); err != nil {
			return brokenJSON(err)
		}
	}
	return fault.New(fault.Invalid, "the feed is an object without a list of products; it needs one named products or items")
}

// list gives an object's list of products, nil where it has none.
func list(object []byte) json.RawMessage {
	var fields map[string]json.RawMessage
	if json.Unmarshal(object, &fields) != nil {
		return nil
	}
	for _, n := range listNames {
		if raw := bytes.TrimSpace(fields[n]); bytes.HasPrefix(raw, []byte("[")) {
			return raw
		}
	}
	return nil
}

// addJSON adds a product. What is no object becomes a row without a number, which
// the importer gives back.
func (t *table) addJSON(raw []byte) error {
	var object map[string]json.RawMessage
	if json.Unmarshal(raw, &object) != nil {
		return t.add(map[string]string{"title": string(raw[:min(len(raw), maxField)])})
	}
	fields := make(map[string]string, len(object))
	for name, v := range object {
		fields[name] = cell(v)
		if len(fields[name]) > maxField {
			return fault.New(fault.Invalid, "product %d: %s is longer than %d bytes", t.n+1, name, maxField)
		}
	}
	return t.add(fields)
}

// cell gives a value as a cell: texts bare, numbers in the digits they have.
func cell(raw json.RawMessage) string {
	var s *string
	if json.Unmarshal(raw, &s) == nil {
		if s == nil {
			return ""
		}
		return *s
	}
	var b bool
	if json.Unmarshal(raw, &b) == nil {
		return strconv.FormatBool(b)
	}
	return string(raw)
}

func brokenJSON(err error) error {
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return fault.New(fault.Invalid, "the feed is broken at byte %d: %w", syntax.Offset, err)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fault.New(fault.Invalid, "the feed ends in the middle")
	}
	return fault.New(fault.Invalid, "the feed cannot be read: %w", err)
}
