package app

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/store"
)

// ContactExport is everything known of a person, as they may ask for it: texts for
// times, so that it can be read without the program. It says what stands; lines
// of the ledger that an undone import wrote are left out with those that took
// them back.
type ContactExport struct {
	ID         int64                    `json:"id"`
	Email      string                   `json:"email"`
	ExternalID string                   `json:"external_id"`
	Source     string                   `json:"source"`
	CreatedAt  string                   `json:"created_at"`
	Attributes map[string]contact.Value `json:"attributes" ts_type:"Record<string, unknown>"` // those that are set
	Consents   []ExportedConsent        `json:"consents"`
	Suppressed *ExportedSuppression     `json:"suppressed"`
	Events     []ExportedEvent          `json:"events"`   // oldest first
	Messages   []ExportedMessage        `json:"messages"` // oldest first
	Segments   []ExportedMove           `json:"segments"` // that they joined and left, oldest first
}

// ExportedConsent is a line of the ledger.
type ExportedConsent struct {
	Purpose   string `json:"purpose"`
	State     string `json:"state"`
	Source    string `json:"source"`
	At        string `json:"at"`
	ExpiresAt string `json:"expires_at,omitempty"`
}

// ExportedSuppression tells why the address is never written to.
type ExportedSuppression struct {
	Reason string `json:"reason"`
	Source string `json:"source"`
	At     string `json:"at"`
}

// ExportedEvent is something the person did.
type ExportedEvent struct {
	Event      string          `json:"event"`
	At         string          `json:"at"`
	Value      contact.Value   `json:"value" ts_type:"number | null"`
	Properties json.RawMessage `json:"properties" ts_type:"Record<string, unknown>"`
	EventID    string          `json:"event_id,omitempty"`
}

// ExportedMessage is an e-mail made for the person.
type ExportedMessage struct {
	Campaign string `json:"campaign"`
	Subject  string `json:"subject"`
	State    string `json:"state"`
	At       string `json:"at"`
}

// ExportedMove is the person's joining or leaving a segment.
type ExportedMove struct {
	Segment string `json:"segment"`
	Joined  bool   `json:"joined"`
	At      string `json:"at"`
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05.999Z07:00")
}

// Export gives everything known of a person, or fault.NotFound. The same
// knowledge gives the same bytes.
func (s *Contacts) Export(ctx context.Context, id int64) (ContactExport, error) {
	w, err := s.app.current()
	if err != nil {
		return ContactExport{}, err
	}
	var e ContactExport
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		schema, err := tx.Schema()
		if err != nil {
			return err
		}
		e, err = exportOf(tx, contact.ID(id), schema)
		return err
	})
	return e, err
}

func exportOf(tx *store.Tx, id contact.ID, schema contact.Schema) (ContactExport, error) {
	c, err := tx.Person(id, schema)
	if err != nil {
		return ContactExport{}, err
	}
	e := ContactExport{ID: int64(id), Email: c.Email, ExternalID: c.ExternalID, Source: c.Source, CreatedAt: stamp(c.CreatedAt),
		Attributes: c.Attributes, Consents: []ExportedConsent{}, Events: []ExportedEvent{}, Messages: []ExportedMessage{}, Segments: []ExportedMove{}}
	entries, err := tx.Ledger(id)
	if err != nil {
		return e, err
	}
	for i, l := range ledgerOf(entries) {
		if l.Reverts == 0 && !l.TakenBack {
			e.Consents = append(e.Consents, ExportedConsent{l.Purpose, l.State, l.Source, stamp(entries[i].At), stamp(entries[i].ExpiresAt)})
		}
	}
	x, suppressed, err := tx.SuppressionOf(c.Email)
	if err != nil {
		return e, err
	}
	if suppressed {
		e.Suppressed = &ExportedSuppression{x.Reason, x.Source, stamp(time.UnixMilli(x.At))}
	}
	events, err := tx.Timeline(id, store.MaxTime, store.MaxTime, schema)
	if err != nil {
		return e, err
	}
	for i := len(events) - 1; i >= 0; i-- {
		t := timelineOf(events[i])
		e.Events = append(e.Events, ExportedEvent{t.Event, stamp(events[i].At), t.Value, t.Properties, events[i].SourceID})
	}
	moves, err := tx.MovesOf(id)
	if err != nil {
		return e, err
	}
	for _, m := range slices.Backward(moves) {
		e.Segments = append(e.Segments, ExportedMove{m.Segment, m.Joined, stamp(time.UnixMilli(m.At))})
	}
	return e, exportMessages(tx, id, &e)
}

func exportMessages(tx *store.Tx, id contact.ID, e *ContactExport) error {
	d := ContactDetail{ID: int64(id)}
	if err := letters(&d)(tx, contact.Schema{}); err != nil {
		return err
	}
	for i := len(d.Messages) - 1; i >= 0; i-- {
		m := d.Messages[i]
		e.Messages = append(e.Messages, ExportedMessage{m.Campaign, m.Subject, m.State, stamp(time.UnixMilli(m.At))})
	}
	return nil
}
