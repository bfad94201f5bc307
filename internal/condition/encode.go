package condition

import (
	"encoding/json"
	"strconv"
)

// AppendJSON appends the canonical JSON of the node: fields in the order of the
// type, without white space and empty fields. It does not fail; literals are
// written as they are.
func (n Node) AppendJSON(b []byte) []byte {
	o := object{append(b, '{'), true}
	o.text("kind", string(n.Kind))
	if n.Children != nil {
		o.name("children")
		o.b = appendList(o.b, n.Children, Node.AppendJSON)
	}
	o.optional("attribute", n.Attribute)
	o.optional("event", n.Event)
	o.optional("measure", string(n.Measure))
	o.optional("property", n.Property)
	o.optional("op", string(n.Op))
	o.literals(n.Value, n.Values, n.To, n.Unit)
	if n.Window != nil {
		o.name("window")
		o.b = n.Window.appendJSON(o.b)
	}
	if n.Where != nil {
		o.name("where")
		o.b = appendList(o.b, n.Where, Where.appendJSON)
	}
	if n.Steps != nil {
		o.name("steps")
		o.b = appendList(o.b, n.Steps, Step.appendJSON)
	}
	o.optional("segment", n.Segment)
	o.optional("purpose", n.Purpose)
	o.optional("salt", n.Salt)
	o.number("from", n.From)
	o.number("to", n.BucketTo)
	return append(o.b, '}')
}

// MarshalJSON writes the canonical JSON.
func (n Node) MarshalJSON() ([]byte, error) { return n.AppendJSON(nil), nil }

// UnmarshalJSON is Parse, for conditions inside of other documents.
func (n *Node) UnmarshalJSON(data []byte) error {
	parsed, err := Parse(data)
	if err != nil {
		return err
	}
	*n = parsed
	return nil
}

// Key gives the canonical JSON as a text: equal keys are equal conditions.
func (n Node) Key() string { return string(n.AppendJSON(nil)) }

func (w Window) appendJSON(b []byte) []byte {
	o := object{append(b, '{'), true}
	if w.Last != 0 {
		o.number("last", &w.Last)
	}
	if w.BeforeLast != 0 {
		o.number("before_last", &w.BeforeLast)
	}
	o.optional("unit", string(w.Unit))
	o.optional("from", w.From)
	o.optional("to", w.To)
	return append(o.b, '}')
}

func (w Where) appendJSON(b []byte) []byte {
	o := object{append(b, '{'), true}
	o.optional("property", w.Property)
	o.optional("op", string(w.Op))
	o.literals(w.Value, w.Values, w.To, w.Unit)
	if w.Any != nil {
		o.name("any")
		o.b = appendList(o.b, w.Any, Where.appendJSON)
	}
	if w.None != nil {
		o.name("none")
		o.b = appendList(o.b, w.None, Where.appendJSON)
	}
	return append(o.b, '}')
}

func (s Step) appendJSON(b []byte) []byte {
	o := object{append(b, '{'), true}
	o.text("event", s.Event)
	o.optional("op", string(s.Op))
	if s.Within != nil {
		o.name("within")
		o.b = s.Within.appendJSON(o.b)
	}
	if s.Where != nil {
		o.name("where")
		o.b = appendList(o.b, s.Where, Where.appendJSON)
	}
	return append(o.b, '}')
}

// object writes the members of one JSON object.
type object struct {
	b     []byte
	first bool
}

func (o *object) name(name string) {
	if !o.first {
		o.b = append(o.b, ',')
	}
	o.first = false
	o.b = append(o.b, '"')
	o.b = append(o.b, name...)
	o.b = append(o.b, '"', ':')
}

func (o *object) text(name, value string) {
	o.name(name)
	o.b = appendText(o.b, value)
}

func (o *object) optional(name, value string) {
	if value != "" {
		o.text(name, value)
	}
}

func (o *object) number(name string, value *int) {
	if value != nil {
		o.name(name)
		o.b = strconv.AppendInt(o.b, int64(*value), 10)
	}
}

func (o *object) literals(value json.RawMessage, values []json.RawMessage, to json.RawMessage, unit Unit) {
	if value != nil {
		o.name("value")
		o.b = append(o.b, value...)
	}
	if values != nil {
		o.name("values")
		o.b = appendList(o.b, values, func(v json.RawMessage, b []byte) []byte { return append(b, v...) })
	}
	if to != nil {
		o.name("to")
		o.b = append(o.b, to...)
	}
	o.optional("unit", string(unit))
}

func appendList[T any](b []byte, items []T, one func(T, []byte) []byte) []byte {
	b = append(b, '[')
	for i, item := range items {
		if i > 0 {
			b = append(b, ',')
		}
		b = one(item, b)
	}
	return append(b, ']')
}

// appendText appends a JSON string; plain ASCII, the usual case, without encoding/json.
func appendText(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < 0x20 || c >= 0x7f || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			quoted, _ := json.Marshal(s) // a string always marshals
			return append(b, quoted...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}
