package contact

import (
	"sort"
	"time"
)

// Attribute describes one attribute of contacts.
type Attribute struct {
	Name     string `json:"name"`  // snake case
	Label    string `json:"label"` // for people
	Type     Type   `json:"type"`
	BuiltIn  bool   `json:"built_in"` // known to the program, made with the workspace
	Computed bool   `json:"computed"` // derived, never written: contact.id, email, …
}

// Property describes one property of one type of event.
type Property struct {
	Name string `json:"name"`
	Type Type   `json:"type"`
}

// EventType describes a type of event and its properties, sorted by name.
type EventType struct {
	Name       string     `json:"name"`
	ValueType  Type       `json:"value_type"` // Number or Money; "" when no event of the type has a value
	Properties []Property `json:"properties"`
}

// Property finds a property by name.
func (e EventType) Property(name string) (Property, bool) {
	for _, p := range e.Properties {
		if p.Name == name {
			return p, true
		}
	}
	return Property{}, false
}

// Schema is what a workspace knows about types at one moment. It is immutable.
type Schema struct {
	Attributes map[string]Attribute
	Events     map[string]EventType
	Purposes   []string // what a contact may consent to
	Currency   Currency
	Zone       *time.Location
	Scores     Scores // how the scored attributes are made
}

// AttributeList gives the attributes sorted by name, built-in ones first.
func (s Schema) AttributeList() []Attribute {
	list := make([]Attribute, 0, len(s.Attributes))
	for _, a := range s.Attributes {
		list = append(list, a)
	}
	sort.Slice(list, func(i, j int) bool {
		if list[i].BuiltIn != list[j].BuiltIn {
			return list[i].BuiltIn
		}
		return list[i].Name < list[j].Name
	})
	return list
}

// EventList gives the event types sorted by name.
func (s Schema) EventList() []EventType {
	list := make([]EventType, 0, len(s.Events))
	for _, e := range s.Events {
		list = append(list, e)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	return list
}

// BuiltIn lists the attributes every workspace starts with.
var BuiltIn = []Attribute{
	{Name: "first_name", Label: "First name", Type: Text, BuiltIn: true},
	{Name: "last_name", Label: "Last name", Type: Text, BuiltIn: true},
	{Name: "phone", Label: "Phone", Type: Text, BuiltIn: true},
	{Name: "country", Label: "Country", Type: Text, BuiltIn: true},
	{Name: "city", Label: "City", Type: Text, BuiltIn: true},
	{Name: "region", Label: "Region", Type: Text, BuiltIn: true},
	{Name: "postal_code", Label: "Postal code", Type: Text, BuiltIn: true},
	{Name: "language", Label: "Language", Type: Text, BuiltIn: true},
	{Name: "timezone", Label: "Time zone", Type: Text, BuiltIn: true},
	{Name: "birthday", Label: "Birthday", Type: DateType, BuiltIn: true},
}

// Derived lists the attributes read from the contact itself. They are columns of
// the contact, not rows of attributes, and are never set through Attributes.
var Derived = []Attribute{
	{Name: "email", Label: "E-mail", Type: Text, BuiltIn: true, Computed: true},
	{Name: "external_id", Label: "Customer number", Type: Text, BuiltIn: true, Computed: true},
	{Name: "contact.id", Label: "Contact number", Type: Number, BuiltIn: true, Computed: true},
	{Name: "contact.created_at", Label: "Known since", Type: Datetime, BuiltIn: true, Computed: true},
	{Name: "contact.source", Label: "First source", Type: Text, BuiltIn: true, Computed: true},
}
