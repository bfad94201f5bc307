package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html/charset"

	"github.com/mailwright/mailwright/internal/fault"
)

// googleFields is the name space of Google's fields.
const googleFields = "http://base.google.com/ns/1.0"

func readXML(in io.Reader, t *table) error {
	d := xml.NewDecoder(in)
	d.CharsetReader = charset.NewReaderLabel
	depth, seen := 0, false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			if !seen {
				return fault.New(fault.Invalid, "this is no feed of products: it has no rss or feed element")
			}
			return nil
		}
		if err != nil {
			return brokenXML(d, err)
		}
		switch e := token.(type) {
		case xml.Directive:
			if bytes.Contains(e, []byte("[")) || bytes.Contains(e, []byte("ENTITY")) {
				return fault.New(fault.Invalid, "the feed brings a document type of its own, which is not read")
			}
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return tooDeep(d)
			}
			if depth == 1 {
				if name := e.Name.Local; name != "rss" && name != "feed" && name != "RDF" && name != "channel" {
					return fault.New(fault.Invalid, "this is no feed of products: it begins with <%s>, not <rss> or <feed>", name)
				}
				seen = true
			}
			if e.Name.Local == "item" || e.Name.Local == "entry" {
				depth--
				if err := readItem(d, depth+1, t); err != nil {
					return err
				}
			}
		case xml.EndElement:
			depth--
		}
	}
}

// readItem reads one product up to its end.
func readItem(d *xml.Decoder, depth int, t *table) error {
	fields := map[string]string{}
	google := map[string]bool{} // a field with Google's name wins over one without
	for {
		token, err := d.Token()
		if err != nil {
			return brokenXML(d, err)
		}
		switch e := token.(type) {
		case xml.EndElement:
			return t.add(fields)
		case xml.StartElement:
			name, own := e.Name.Local, e.Name.Space == googleFields || e.Name.Space == "g"
			text, err := textOf(d, depth+1)
			if err != nil {
				return err
			}
			if text = strings.TrimSpace(text); text == "" && name == "link" {
				text = href(e) // Atom
			}
			if text != "" && (fields[name] == "" || own && !google[name]) {
				fields[name], google[name] = text, own
			}
		}
	}
}

func href(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "rel" && a.Value != "alternate" {
			return ""
		}
	}
	for _, a := range e.Attr {
		if a.Name.Local == "href" {
			return a.Value
		}
	}
	return ""
}

// textOf gives the text of an element, without what elements within it hold.
func textOf(d *xml.Decoder, depth int) (string, error) {
	var b strings.Builder
	inner := 0
	for {
		token, err := d.Token()
		if err != nil {
			return "", brokenXML(d, err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			if inner++; depth+inner > maxDepth {
				return "", tooDeep(d)
			}
		case xml.EndElement:
			if inner--; inner < 0 {
				return b.String(), nil
			}
		case xml.CharData:
			if inner > 0 {
				continue
			}
			if b.Len()+len(e) > maxField {
				line, _ := d.InputPos()
				return "", fault.New(fault.Invalid, "line %d: a field is longer than %d bytes", line, maxField)
			}
			b.Write(e)
		}
	}
}

func tooDeep(d *xml.Decoder) error {
	line, _ := d.InputPos()
	return fault.New(fault.Invalid, "line %d: elements stand more than %d deep in one another", line, maxDepth)
}

func brokenXML(d *xml.Decoder, err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || strings.Contains(err.Error(), "unexpected EOF") {
		return fault.New(fault.Invalid, "the feed ends in the middle")
	}
	line, column := d.InputPos()
	return fault.New(fault.Invalid, "the feed is broken at line %d, column %d: %w", line, column, err)
}
