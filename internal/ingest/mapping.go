package ingest

import (
	"strings"

	"github.com/mailwright/mailwright/internal/batch"
	"github.com/mailwright/mailwright/internal/contact"
)

// Target says what a column becomes: a field of the row's own noun ("email",
// "occurred_at", "sku", …), "attribute:NAME", "property:NAME", "consent:PURPOSE",
// or "ignore".
type Target string

// Ignore leaves a column out.
const Ignore Target = "ignore"

const (
	attributePrefix = "attribute:"
	propertyPrefix  = "property:"
	consentPrefix   = "consent:"
)

// AttributeTarget gives the target of an attribute.
func AttributeTarget(name string) Target { return Target(attributePrefix + name) }

// Attribute gives the attribute's name; ok is false for other targets.
func (t Target) Attribute() (string, bool) { return strings.CutPrefix(string(t), attributePrefix) }

// Property gives the property's name; ok is false for other targets.
func (t Target) Property() (string, bool) { return strings.CutPrefix(string(t), propertyPrefix) }

// Consent gives the purpose; ok is false for other targets.
func (t Target) Consent() (string, bool) { return strings.CutPrefix(string(t), consentPrefix) }

// field is a field of a noun, and the names by which headers name it.
type field struct {
	target Target
	names  []string
}

// fields are those of the nouns. Headers are compared without case, spaces,
// underscores and hyphens.
var fields = map[batch.Kind][]field{
	batch.Contacts: {
		{"email", []string{"email", "emailaddress", "mail"}},
		{"external_id", []string{"externalid", "id", "customerid"}},
		{"created_at", []string{"createdat"}},
	},
	batch.Events: {
		{"email", []string{"email", "emailaddress", "mail"}},
		{"external_id", []string{"externalid", "customerid"}},
		{"event", []string{"event", "type"}},
		{"occurred_at", []string{"occurredat", "at", "date", "time", "timestamp"}},
		{"value", []string{"value", "amount", "total"}},
		{"event_id", []string{"eventid"}},
	},
	batch.Products: {
		{"sku", []string{"sku", "id", "productid", "itemid"}},
		{"title", []string{"title", "name", "product", "productname"}},
		{"url", []string{"url", "link", "producturl"}},
		{"image", []string{"image", "imageurl", "imagelink", "picture"}},
		{"price", []string{"price", "unitprice", "amount"}},
		{"category", []string{"category", "producttype", "type"}},
		{"stock", []string{"stock", "quantity", "inventory"}},
		{"availability", []string{"availability"}},
		{"sale_price", []string{"saleprice"}},
	},
}

// addedColumns are what our own files of rejected rows have more than the file
// they came from; an import passes over them.
var addedColumns = map[string]bool{"mailwrightline": true, "mailwrightreason": true}

// plain is the form in which headers are compared.
func plain(header string) string {
	return strings.NewReplacer(" ", "", "_", "", "-", "").Replace(strings.ToLower(strings.TrimSpace(header)))
}

// match gives the targets of headers as docs/cli.md lists them. A field is taken
// once, by the first header that names it; later ones become attributes or
// properties of their own name.
func match(kind batch.Kind, headers []string) []Target {
	targets := make([]Target, len(headers))
	taken := map[Target]bool{}
	for i, h := range headers {
		targets[i] = matchOne(kind, h, taken)
		taken[targets[i]] = true
	}
	return targets
}

func matchOne(kind batch.Kind, header string, taken map[Target]bool) Target {
	name := plain(header)
	if name == "" || addedColumns[name] {
		return Ignore
	}
	for _, f := range fields[kind] {
		for _, n := range f.names {
			if n == name && !taken[f.target] {
				return f.target
			}
		}
	}
	snake := contact.SnakeCase(header)
	t := Ignore
	switch kind {
	case batch.Contacts:
		t = AttributeTarget(builtIn(name, snake))
	case batch.Events:
		t = Target(propertyPrefix + snake)
	}
	if snake == "" || taken[t] {
		return Ignore
	}
	return t
}

// builtIn gives the built-in attribute that a header names, else its own name.
func builtIn(name, snake string) string {
	for _, a := range contact.BuiltIn {
		if plain(a.Name) == name {
			return a.Name
		}
	}
	return snake
}

// Choices lists the targets that a column of a kind may have, for people to
// choose from.
func Choices(kind batch.Kind, schema contact.Schema) []Target {
	var list []Target
	for _, f := range fields[kind] {
		list = append(list, f.target)
	}
	if kind == batch.Contacts {
		for _, a := range schema.AttributeList() {
			if !a.Computed {
				list = append(list, AttributeTarget(a.Name))
			}
		}
		for _, p := range schema.Purposes {
			list = append(list, Target(consentPrefix+p))
		}
	}
	return append(list, Ignore)
}
