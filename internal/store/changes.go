package store

import (
	"context"
	"encoding/json"

	"github.com/mailwright/mailwright/internal/contact"
)

// Kinds of change in the log. Name tells what: the attribute, the event type,
// the definition as kind/slug; "" for all of them.
const (
	ChangedContacts   = "contacts" // contacts came, went, or their own columns changed
	ChangedAttribute  = "attribute"
	ChangedEvents     = "events"
	ChangedConsent    = "consent"
	ChangedProducts   = "products"
	ChangedSchema     = "schema"
	ChangedDefinition = "definition"
)

// Change is one line of the change log.
type Change struct {
	Seq     int64
	Kind    string
	Name    string
	Details string // JSON, or "" where it is not told: see LogEvents and LogPeople
}

// LogChange appends to the change log, in the transaction of the change.
func (tx *Tx) LogChange(kind, name, details string) error {
	_, err := tx.Exec(`INSERT INTO changes (kind, name, details) VALUES (?, ?, ?)`, kind, name, details)
	return err
}

// mostTold is how many people one line of the log names at most.
const mostTold = 1_000

// LogPeople is LogChange with the people whose data changed, {"contacts":[3,4]},
// where they are few. Of events it says that these people have none of the type any
// more.
func (tx *Tx) LogPeople(kind, name string, ids ...contact.ID) error {
	details := ""
	if len(ids) > 0 && len(ids) <= mostTold {
		b, err := json.Marshal(map[string][]contact.ID{"contacts": ids})
		if err != nil {
			return err
		}
		details = string(b)
	}
	return tx.LogChange(kind, name, details)
}

// ChangesSince gives the changes after seq, in order.
func (s *Store) ChangesSince(ctx context.Context, seq int64) (list []Change, err error) {
	err = s.Read(ctx, func(tx *Tx) error {
		return tx.Select(&list, `SELECT seq, kind, name, details FROM changes WHERE seq > ? ORDER BY seq`, seq)
	})
	return list, err
}

// DataVersion grows with every logged change; 0 before the first.
func (tx *Tx) DataVersion() (seq int64, err error) {
	err = tx.Get(&seq, `SELECT COALESCE(MAX(seq), 0) FROM changes`)
	return seq, err
}
