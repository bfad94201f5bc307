package review

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/dialect"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/spelling"
)

// Object is a name that e-mails know besides the attributes of contacts.
type Object struct {
	Name   string // as it is written: last_order.total
	Label  string
	Type   string
	Sample string
}

// Objects lists what e-mails know besides attributes, for menus and checks.
func Objects() []Object {
	return []Object{
		{"orders", "Orders, newest first", "list", ""},
		{"last_order", "Last order", "object", ""},
		{"last_order.total", "Total of the last order", "money", "49.90"},
		{"last_order.date", "Time of the last order", "datetime", "2026-03-01 10:15"},
		{"last_order.items", "Products of the last order", "list", ""},
		{"cart", "Cart left behind", "object", ""},
		{"cart.items", "Products in the cart", "list", ""},
		{"segments", "Segments they are in", "list", ""},
		{"scores.rfm.recency", "RFM recency, 1 to 5", "number", "4"},
		{"scores.rfm.frequency", "RFM frequency, 1 to 5", "number", "3"},
		{"scores.rfm.monetary", "RFM money, 1 to 5", "number", "5"},
		{"scores.rfm.segment", "RFM region", "text", "loyal"},
		{"scores.engagement.score", "Engagement score, 0 to 100", "number", "62.5"},
		{"recommendations", "Recommended products", "list", ""},
		{"products", "Newest products", "list", ""},
		{"services", "What content services say", "object", ""},
		{"campaign.name", "Name of the campaign", "text", "Autumn"},
		{"unsubscribe_url", "Link to unsubscribe", "url", "https://…"},
		{"preferences_url", "Link to preferences", "url", "https://…"},
		{"view_url", "Link to the e-mail in a browser", "url", "https://…"},
		{"postal_address", "Postal address of the business", "text", ""},
		{"now", "The moment of sending", "datetime", "2026-03-01 10:15"},
	}
}

// liquid reviews one text: what cannot be parsed, names that nothing has, names
// that some people lack.
func (r *reviewer) liquid(block, place, text string) {
	if !strings.Contains(text, "{{") && !strings.Contains(text, "{%") {
		return
	}
	t, err := dialect.New(dialect.Options{Partials: func(string) (string, bool) { return "", false }}).Parse("", text)
	if err != nil {
		f := Finding{Severity: Error, Block: block, Place: place, Message: err.Error()}
		if e, ok := fault.As(err); ok {
			f.Message = e.Message
		}
		if p, ok := dialect.PlaceOf(err); ok {
			f.Line, f.Column = p.Line, p.Column
		}
		r.found = append(r.found, f)
		return
	}
	uses := t.Uses()
	for _, u := range uses.Partials {
		r.at(Error, block, place, u.Place, "There is no partial “"+u.Name+"”: a reusable block is put in with a block of the kind “block”")
	}
	said := map[string]bool{}
	for _, u := range uses.Variables {
		r.roots[u.Root] = true
		if !u.Local && !said[u.Name] && r.known.Schema.Attributes != nil {
			said[u.Name] = r.name(block, place, u)
		}
	}
}

func (r *reviewer) at(s Severity, block, place string, p dialect.Place, message string) {
	r.found = append(r.found, Finding{Severity: s, Block: block, Place: place, Message: message, Line: p.Line, Column: p.Column})
}

// name reviews one use of a name and reports whether it said anything.
func (r *reviewer) name(block, place string, u dialect.Used) bool {
	attribute, known := r.attributeOf(u)
	if !known {
		r.at(Error, block, place, u.Place, "Nothing is called “"+u.Name+"”"+spelling.Hint(attribute, r.names()))
		return true
	}
	if r.known.Filled == nil || !u.Written || u.Covered || u.Guarded {
		return false
	}
	if _, is := r.known.Schema.Attributes[attribute]; !is {
		return false
	}
	filled, counted := r.known.Filled[attribute]
	missing := r.known.Total - filled
	if !counted || missing <= 0 {
		return false
	}
	who, have := "people have", "no "
	if missing == 1 {
		who = "person has"
	}
	label := strings.ToLower(r.known.Schema.Attributes[attribute].Label)
	r.at(Warning, block, place, u.Place, thousands(missing)+" "+who+" "+have+label+`: add a default, such as {{ `+u.Name+` | default: "…" }}`)
	return true
}

// attributeOf gives the attribute or object a use names, and whether there is one.
func (r *reviewer) attributeOf(u dialect.Used) (string, bool) {
	name := u.Name
	if _, ok := r.known.Schema.Attributes[name]; ok {
		return name, true
	}
	if rest, ok := strings.CutPrefix(name, "scores."); ok {
		return name, isScore(rest)
	}
	if rest, ok := strings.CutPrefix(name, "contact."); ok {
		rest, _, _ = strings.Cut(rest, ".")
		_, is := r.known.Schema.Attributes[rest]
		return rest, is || rest == "name" || rest == "id" || rest == "created_at" || rest == "source"
	}
	if _, ok := r.known.Schema.Attributes[u.Root]; ok || u.Root == "contact" {
		return u.Root, true
	}
	// Names with a dot, such as rfm.recency, are objects in an e-mail.
	for a := range r.known.Schema.Attributes {
		if strings.HasPrefix(a, u.Root+".") {
			return u.Root, true
		}
	}
	for _, o := range Objects() {
		if root, _, _ := strings.Cut(o.Name, "."); root == u.Root {
			return u.Root, true
		}
	}
	return u.Root, false
}

// isScore reports whether a name below scores is a score or a group of them.
func isScore(name string) bool {
	return slices.ContainsFunc(contact.Scored, func(a contact.Attribute) bool {
		return a.Name == name || strings.HasPrefix(a.Name, name+".")
	})
}

// names lists what may be meant by a misspelt name.
func (r *reviewer) names() []string {
	names := []string{"contact"}
	for _, a := range r.known.Schema.AttributeList() {
		names = append(names, a.Name)
	}
	for _, o := range Objects() {
		root, _, _ := strings.Cut(o.Name, ".")
		names = append(names, root)
	}
	return names
}

// thousands writes a number with commas.
func thousands(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}
