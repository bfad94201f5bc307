// Package batch is about imports and pulls as things with a report that can be
// undone as a whole.
package batch

import "time"

// Kind says what a batch brought.
type Kind string

// The kinds of imports.
const (
	Contacts Kind = "contacts"
	Events   Kind = "events"
	Products Kind = "products"
)

// State is where a batch stands.
type State string

// The states of an import.
const (
	Running   State = "running"
	Done      State = "done"
	Cancelled State = "cancelled" // the rows before the cancel are in, and can be undone
	Failed    State = "failed"    // so are those before a failure or a crash
	Undone    State = "undone"
)

// Batch is one import or pull. Read = Created + Updated + Unchanged + Rejected.
type Batch struct {
	ID              int64     `json:"batch"`
	Kind            Kind      `json:"kind"`
	State           State     `json:"state"`
	Source          string    `json:"source"` // the file's name without its folder
	StartedAt       time.Time `json:"started_at" ts_type:"string"`
	FinishedAt      time.Time `json:"finished_at" ts_type:"string"`
	Read            int64     `json:"read"`
	Created         int64     `json:"created"`
	Updated         int64     `json:"updated"`
	Unchanged       int64     `json:"unchanged"`
	Rejected        int64     `json:"rejected"`
	ContactsCreated int64     `json:"contacts_created"`
}
