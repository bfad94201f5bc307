// Package contact holds the nouns everything else is about: contacts, their
// events, and the schema that types both. It has their laws (what an address
// is, when two are the same, what a number may be) and no storage.
package contact

import (
	"encoding/json"
	"time"
)

// ID is a contact's immutable number in its workspace. Numbers are never used again.
type ID int64

// Contact is a person, known by a normalised e-mail address.
type Contact struct {
	ID         ID
	Email      string // normalised: see NormalizeEmail
	ExternalID string // the id in the business's own system; may be empty
	Source     string // where the contact first came from: "import", "event", "manual", a connector's name
	CreatedAt  time.Time
	Attributes map[string]Value // without email, external id and the computed ones
}

// Event is something a contact did at an instant.
type Event struct {
	ID         int64
	Contact    ID
	Type       string // snake case: order_placed
	At         time.Time
	Value      Value           // Number, Money or unset
	Properties json.RawMessage // an object of scalars and lists of texts; numbers keep their written digits
	SourceID   string          // the source's own id for the event; may be empty
}
