package condition

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/mailwright/mailwright/internal/fault"
)

// Bounds of one condition. They are far above what people build and far below
// what could stop the program.
const (
	MaxBytes  = 4 << 20 // of JSON
	MaxDepth  = 64      // of nodes, and of tests within where
	MaxLeaves = 5000    // nodes without children, tests within where and steps, together
	MaxValues = 50_000  // in one list of values
	MaxText   = 10_000  // bytes of one text
	MaxName   = 500     // bytes of the name of an attribute, an event and the like
	maxDigits = 100     // characters of one number
	maxNested = 4*MaxDepth + 16
)

// tree is a JSON value as written, with its members in order. Objects keep
// their members in a slice so that a repeated name is seen.
type tree struct {
	kind    byte // '{', '[', '"', '0', 't' (true or false) or 'n' (null)
	text    string
	items   []tree
	members []member
}

type member struct {
	name  string
	value tree
}

// decodeTree reads exactly one JSON value.
func decodeTree(data []byte) (tree, error) {
	if len(data) > MaxBytes {
		return tree{}, fault.At(fault.Invalid, "root", "the condition is larger than %d MB", MaxBytes>>20)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	t, err := readTree(dec, 0)
	if err != nil {
		return tree{}, below(err, "root")
	}
	if _, err := dec.Token(); err != io.EOF {
		return tree{}, fault.At(fault.Invalid, "root", "there is more after the end of the condition")
	}
	return t, nil
}

// misread is what is wrong with a text, and where in its tree.
type misread struct {
	path    string // of what was being read, below the place that is told it
	problem error
}

func (m *misread) Error() string { return m.problem.Error() }

// within adds the place that was being read before the path of an error.
func within(err error, place string) error {
	var m *misread
	if errors.As(err, &m) {
		m.path = place + m.path
		return m
	}
	return &misread{place, err}
}

// below ends the way of an error upwards: its path begins at root.
func below(err error, root string) error {
	var m *misread
	if !errors.As(err, &m) {
		return fault.At(fault.Invalid, root, "%w", err)
	}
	return fault.At(fault.Invalid, shallow(root+m.path), "%w", m.problem)
}

// shallow cuts a path after the deepest node that a condition may have.
func shallow(path string) string {
	for i, deep := 0, 0; i < len(path); i++ {
		if path[i] != '[' {
			continue
		}
		if deep++; deep > MaxDepth {
			return path[:strings.LastIndexByte(path[:i], ']')+1]
		}
	}
	return path
}

func readTree(dec *json.Decoder, depth int) (tree, error) {
	tok, err := dec.Token()
	if err != nil {
		return tree{}, notJSON(err, dec.InputOffset())
	}
	return readFrom(dec, tok, depth)
}

func readFrom(dec *json.Decoder, tok json.Token, depth int) (tree, error) {
	if depth > maxNested {
		return tree{}, fmt.Errorf("the condition is nested deeper than %d levels", MaxDepth)
	}
	switch v := tok.(type) {
	case json.Delim:
		if v == '{' {
			return readObject(dec, depth)
		}
		return readArray(dec, depth)
	case string:
		return tree{kind: '"', text: v}, nil
	case json.Number:
		return tree{kind: '0', text: v.String()}, nil
	case bool:
		return tree{kind: 't', text: strconv.FormatBool(v)}, nil
	}
	return tree{kind: 'n', text: "null"}, nil
}

func readObject(dec *json.Decoder, depth int) (tree, error) {
	t := tree{kind: '{'}
	for dec.More() {
		tok, err := dec.Token()
		if err != nil {
			return tree{}, notJSON(err, dec.InputOffset())
		}
		name, ok := tok.(string)
		if !ok {
			return tree{}, notJSON(fmt.Errorf("a field has no name"), dec.InputOffset())
		}
		v, err := readTree(dec, depth+1)
		if err != nil {
			return tree{}, within(err, "."+shown(name))
		}
		t.members = append(t.members, member{name, v})
	}
	_, err := dec.Token()
	return t, notJSON(err, dec.InputOffset())
}

func readArray(dec *json.Decoder, depth int) (tree, error) {
	t := tree{kind: '['}
	for dec.More() {
		v, err := readTree(dec, depth+1)
		if err != nil {
			return tree{}, within(err, "["+strconv.Itoa(len(t.items))+"]")
		}
		t.items = append(t.items, v)
	}
	_, err := dec.Token()
	return t, notJSON(err, dec.InputOffset())
}

func notJSON(err error, offset int64) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("the condition ends too early, at byte %d", offset)
	}
	return fmt.Errorf("the condition is not JSON: %w (byte %d)", err, offset)
}

// shown cuts what someone wrote to a length that a message can bear.
func shown(s string) string {
	if len(s) <= shownText {
		return s
	}
	return strings.ToValidUTF8(s[:shownText], "") + "…"
}

// shownText is how many bytes of a wrong text a message repeats.
const shownText = 80

// raw gives a scalar as canonical JSON.
func (t tree) raw() json.RawMessage {
	if t.kind == '"' {
		return appendText(nil, t.text)
	}
	return json.RawMessage(t.text)
}

func (t tree) isScalar() bool { return t.kind == '"' || t.kind == '0' || t.kind == 't' }

func (t tree) names() string {
	switch t.kind {
	case '{':
		return "an object"
	case '[':
		return "a list"
	case '"':
		return "a text"
	case '0':
		return "a number"
	case 't':
		return "true or false"
	}
	return "null"
}
