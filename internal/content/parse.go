package content

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/spelling"
)

// Limits of a document. They are far above what an e-mail can hold and keep a
// hostile file from costing more than a moment.
const (
	MaxBytes   = 4 << 20 // of JSON
	MaxText    = 1 << 20 // of one text, in bytes
	MaxBlocks  = 1000    // in one document, nested ones counted
	MaxDepth   = 24      // of blocks in blocks
	MaxChoices = 4       // of choices within variants of choices
)

// Problem is one thing wrong with a document, at a path such as
// blocks[1].variants.vip.url.
type Problem struct {
	Path    string
	Message string
}

// Error gives the problem as a coded error with its path.
func (p Problem) Error() error { return fault.At(fault.Invalid, p.Path, "%s", p.Message) }

// Parse reads a template and refuses, with its path, whatever breaks the laws of
// the table of kinds. Missing ids are filled in: the same document always gets
// the same ones.
func Parse(data []byte) (Template, error) {
	t, problems := ParseDraft(data)
	if len(problems) > 0 {
		return Template{}, problems[0].Error()
	}
	return t, nil
}

// ParseDraft reads a template as far as it can be read, with everything that is
// wrong with it, in the order of the document.
func ParseDraft(data []byte) (Template, []Problem) {
	p := parser{}
	t := p.template(data)
	if len(p.problems) == 0 {
		fillIDs(t.Blocks, &p)
	}
	return t, p.problems
}

// ParseBlocks reads a reusable block: one block or a list of them.
func ParseBlocks(data []byte) ([]Block, error) {
	blocks, problems := ParseBlocksDraft(data)
	if len(problems) > 0 {
		return nil, problems[0].Error()
	}
	return blocks, nil
}

// ParseBlocksDraft is ParseBlocks with everything that is wrong.
func ParseBlocksDraft(data []byte) ([]Block, []Problem) {
	p := parser{}
	blocks := []Block{}
	if p.sized(data) {
		if raw := bytes.TrimSpace(data); len(raw) > 0 && raw[0] == '[' {
			blocks = p.blocks(raw, "", place{})
		} else {
			blocks = append(blocks, p.block(raw, "", place{}))
		}
	}
	if len(p.problems) == 0 {
		fillIDs(blocks, &p)
	}
	return blocks, p.problems
}

// parser collects problems while it reads.
type parser struct {
	problems []Problem
	blockSum int
}

func (p *parser) problem(path, format string, args ...any) {
	p.problems = append(p.problems, Problem{Path: path, Message: fmt.Sprintf(format, args...)})
}

func (p *parser) sized(data []byte) bool {
	if len(data) > MaxBytes {
		p.problem("", "the document has %d bytes; %d is the most", len(data), MaxBytes)
		return false
	}
	if !utf8.Valid(data) {
		p.problem("", "the document is not UTF-8 text")
		return false
	}
	return true
}

func (p *parser) template(data []byte) (t Template) {
	t.Blocks = []Block{}
	if !p.sized(data) {
		return t
	}
	members, ok := p.members(data, "", "a template", []string{"name", "subject", "preheader", "style", "blocks"})
	if !ok {
		return t
	}
	blocks := false
	for _, m := range members {
		switch m.name {
		case "name":
			t.Name = p.line(m.raw, m.path)
		case "subject":
			t.Subject = p.line(m.raw, m.path)
			p.oneLine(t.Subject, m.path)
		case "preheader":
			t.Preheader = p.line(m.raw, m.path)
			p.oneLine(t.Preheader, m.path)
		case "style":
			t.Style = p.style(m.raw, m.path)
		case "blocks":
			blocks = true
			t.Blocks = p.blocks(m.raw, m.path, place{})
		}
	}
	if !blocks {
		p.problem("blocks", "a template needs its list of blocks; an empty one is [ ]")
	}
	return t
}

func (p *parser) style(raw json.RawMessage, path string) (s Style) {
	members, _ := p.members(raw, path, "a style", []string{"accent", "background", "surface", "ink", "font", "width"})
	for _, m := range members {
		switch m.name {
		case "accent":
			s.Accent = p.color(m.raw, m.path)
		case "background":
			s.Background = p.color(m.raw, m.path)
		case "surface":
			s.Surface = p.color(m.raw, m.path)
		case "ink":
			s.Ink = p.color(m.raw, m.path)
		case "font":
			s.Font = p.oneOf(m.raw, m.path, []string{"sans", "serif", "mono"})
		case "width":
			s.Width = p.number(m.raw, m.path, 320, 800)
		}
	}
	return s
}

// member is one name and value of an object, with the value's path.
type member struct {
	name string
	raw  json.RawMessage
	path string
}

// members reads an object and refuses names that are not known and names that
// stand twice. A null value counts as left out.
func (p *parser) members(raw json.RawMessage, path, what string, known []string) ([]member, bool) {
	all, err := object(raw)
	if err != nil {
		p.problem(path, "%s", err)
		return nil, false
	}
	seen := map[string]bool{}
	kept := all[:0]
	for _, m := range all {
		m.path = join(path, m.name)
		switch {
		case seen[m.name]:
			p.problem(m.path, "stands twice")
			continue
		case known != nil && !slices.Contains(known, m.name):
			p.problem(m.path, "%s has no field “%s”%s", what, m.name, spelling.Hint(m.name, known))
			continue
		}
		seen[m.name] = true
		if string(m.raw) != "null" {
			kept = append(kept, m)
		}
	}
	return kept, true
}

var errNoObject = errors.New("must be an object { }")

// object reads the names and raw values of a JSON object in their order.
func object(raw []byte) ([]member, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	tok, err := dec.Token()
	if err != nil {
		return nil, notJSON(raw, dec.InputOffset(), err)
	}
	if tok != json.Delim('{') {
		return nil, errNoObject
	}
	members := []member{}
	for dec.More() {
		tok, err := dec.Token()
		if err != nil {
			return nil, notJSON(raw, dec.InputOffset(), err)
		}
		name, ok := tok.(string)
		if !ok {
			return nil, notJSON(raw, dec.InputOffset(), errors.New("a name is not text"))
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return nil, notJSON(raw, dec.InputOffset(), err)
		}
		members = append(members, member{name: name, raw: value})
	}
	if _, err := dec.Token(); err != nil {
		return nil, notJSON(raw, dec.InputOffset(), err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, notJSON(raw, dec.InputOffset(), errors.New("something follows the end"))
	}
	return members, nil
}

// notJSON says where a text stops being JSON.
func notJSON(raw []byte, offset int64, err error) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) && syntax.Offset > offset {
		offset = syntax.Offset
	}
	before := string(raw[:min(int(offset), len(raw))])
	line := strings.Count(before, "\n") + 1
	column := utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
	return fmt.Errorf("is not JSON (line %d, column %d): %w", line, max(column, 1), err)
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func index(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }
