package condition

import (
	"strings"

	"github.com/mailwright/mailwright/internal/contact"
)

// Wanted says what a leaf compares with, without what it looks at: "at least 2",
// "FR or DE", "set". It is empty for nodes that compare with nothing.
func Wanted(n Node, s contact.Schema) string {
	d := describer{s}
	switch n.Kind {
	case Attribute:
		return wantedOf(d.test(n.Op, n.Value, n.Values, n.To, n.Unit, s.Attributes[n.Attribute].Type))
	case Event:
		if n.once() {
			return "at least 1"
		}
		return wantedOf(d.test(n.Op, n.Value, nil, n.To, "", d.measuredType(n)))
	case Consent:
		if n.Op == NotGranted {
			return "no consent"
		}
		return "consent"
	}
	return ""
}

func wantedOf(compare string) string {
	switch {
	case strings.HasPrefix(compare, "has ") && !strings.HasPrefix(compare, "has its "):
		return strings.TrimPrefix(compare, "has ")
	case compare == "is true":
		return "yes"
	case compare == "is false":
		return "no"
	}
	for _, verb := range []string{"is exactly ", "is "} {
		if rest, ok := strings.CutPrefix(compare, verb); ok {
			return rest
		}
	}
	return compare
}

// Around says which events of its type a node looks at: " with category is Tea
// in the last 90 days", "" for all.
func Around(n Node, s contact.Schema) string {
	d := describer{s}
	return d.where(n.Where) + d.window(n.Window)
}

// Would says what an attribute's value would have to be for the node to turn out
// as wanted: "country would have to be FR or DE".
func Would(n Node, s contact.Schema, wanted bool) string {
	d := describer{s}
	op := n.Op
	if opposite, ok := opposites()[op]; ok && !wanted {
		op, wanted = opposite, true
	}
	to := infinitive(d.test(op, n.Value, n.Values, n.To, n.Unit, s.Attributes[n.Attribute].Type))
	if !wanted {
		to = "not " + to
	}
	return AttributeName(n.Attribute, s) + " would have to " + to
}

// opposites are the ops that are said by another where the answer is turned round.
func opposites() map[Op]Op {
	pairs := map[Op]Op{}
	for _, p := range [][2]Op{
		{Is, IsNot}, {Contains, NotContains}, {In, NotIn}, {IsSet, IsUnset}, {Eq, Ne}, {Lt, Gte}, {Lte, Gt},
		{IsTrue, IsFalse}, {InLast, NotInLast}, {Has, HasNot},
	} {
		pairs[p[0]], pairs[p[1]] = p[1], p[0]
	}
	return pairs
}

// infinitive turns "is at least 2" into "be at least 2".
func infinitive(compare string) string {
	for _, p := range [][2]string{
		{"is not set", "be empty"}, {"is not in ", "not be in "}, {"is not ", "be other than "}, {"is none of ", "be none of "}, {"is ", "be "}, {"contains ", "contain "}, {"starts with ", "start with "}, {"ends with ", "end with "},
		{"does not ", "not "}, {"has ", "have "},
	} {
		if rest, ok := strings.CutPrefix(compare, p[0]); ok {
			return p[1] + rest
		}
	}
	return compare
}

// measuredType gives how an event node's numbers are said.
func (d describer) measuredType(n Node) contact.Type {
	switch n.Measure {
	case Sum, Avg, Min, Max:
	default:
		return contact.Number
	}
	e := d.schema.Events[n.Event]
	typ := e.ValueType
	if p, ok := e.Property(n.Property); ok {
		typ = p.Type
	}
	if typ != contact.Money {
		return contact.Number
	}
	return typ
}

// AttributeName says an attribute in the middle of a sentence.
func AttributeName(name string, s contact.Schema) string {
	if a := s.Attributes[name]; a.Label != "" {
		return lowerFirst(a.Label)
	}
	return dots(name)
}
