package app

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/govalues/decimal"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/store"
)

// ContactDetail is what is known of one person.
type ContactDetail struct {
	ID          int64               `json:"id"`
	Email       string              `json:"email"`
	ExternalID  string              `json:"external_id"`
	Name        string              `json:"name"` // first and last name; may be empty
	Source      string              `json:"source"`
	CreatedAt   int64               `json:"created_at"`
	Attributes  []ContactAttribute  `json:"attributes"` // every one of the workspace, built-in ones first
	Consents    []ContactConsent    `json:"consents"`   // every purpose of the workspace
	Suppressed  *SuppressedAddress  `json:"suppressed"`
	Segments    []VocabularySegment `json:"segments"` // those they are in
	EventCounts []store.EventCount  `json:"event_counts"`
	ValueTotal  string              `json:"value_total"` // of their orders, in major units
	Messages    []ContactMessage    `json:"messages"`    // newest first
}

// ContactAttribute is an attribute of a person; its value is null where unset.
type ContactAttribute struct {
	Name  string        `json:"name"`
	Label string        `json:"label"`
	Type  contact.Type  `json:"type"`
	Value contact.Value `json:"value" ts_type:"unknown"`
}

// ContactConsent is what a person said about a purpose, and what follows from it
// and from suppression now.
type ContactConsent struct {
	Purpose   string `json:"purpose"`
	State     string `json:"state"` // granted, confirmed, withdrawn; "" when nothing was said
	Source    string `json:"source"`
	At        int64  `json:"at"`
	ExpiresAt int64  `json:"expires_at"`
	Allowed   bool   `json:"allowed"`
	Reason    string `json:"reason"` // why not: no_consent, withdrawn, expired, suppressed
}

// SuppressedAddress is an address that is never written to.
type SuppressedAddress struct {
	Email  string `json:"email"` // for an erased person a hash
	Reason string `json:"reason"`
	Source string `json:"source"`
	At     int64  `json:"at"`
}

// ContactMessage is an e-mail made for a person.
type ContactMessage struct {
	ID       int64  `json:"id"`
	Run      int64  `json:"run"`
	Campaign string `json:"campaign"` // slug
	Subject  string `json:"subject"`
	State    string `json:"state"`
	At       int64  `json:"at"`
}

// TimelineEvent is something a person did.
type TimelineEvent struct {
	ID         int64           `json:"id"`
	Event      string          `json:"event"`
	At         int64           `json:"at"`
	Value      contact.Value   `json:"value" ts_type:"number | null"`
	Properties json.RawMessage `json:"properties" ts_type:"Record<string, unknown>"`
}

// orderEvent is the event that orders are made of.
const orderEvent = "order_placed"

// Get gives what is known of a person, or fault.NotFound.
func (s *Contacts) Get(ctx context.Context, id int64) (ContactDetail, error) {
	w, err := s.app.current()
	if err != nil {
		return ContactDetail{}, err
	}
	var d ContactDetail
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		schema, err := tx.Schema()
		if err != nil {
			return err
		}
		c, err := tx.Person(contact.ID(id), schema)
		if err != nil {
			return err
		}
		d = detailOf(c, schema)
		for _, step := range []func(*store.Tx, contact.Schema) error{s.permissions(&d), doings(&d), letters(&d)} {
			if err := step(tx, schema); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return ContactDetail{}, err
	}
	d.Segments, err = s.app.segmentsOf(ctx, contact.ID(id))
	return d, err
}

func detailOf(c contact.Contact, schema contact.Schema) ContactDetail {
	d := ContactDetail{ID: int64(c.ID), Email: c.Email, ExternalID: c.ExternalID, Source: c.Source, CreatedAt: c.CreatedAt.UnixMilli(),
		Name:       strings.TrimSpace(c.Attributes["first_name"].String() + " " + c.Attributes["last_name"].String()),
		Attributes: []ContactAttribute{}, Consents: []ContactConsent{}, Segments: []VocabularySegment{},
		EventCounts: []store.EventCount{}, Messages: []ContactMessage{}}
	for _, a := range schema.AttributeList() {
		if !a.Computed {
			d.Attributes = append(d.Attributes, ContactAttribute{a.Name, a.Label, a.Type, c.Attributes[a.Name]})
		}
	}
	return d
}

// permissions fills in consents and suppression.
func (s *Contacts) permissions(d *ContactDetail) func(*store.Tx, contact.Schema) error {
	return func(tx *store.Tx, schema contact.Schema) error {
		now := s.app.options.Now()
		standings, err := tx.StandingsOf(contact.ID(d.ID), now)
		if err != nil {
			return err
		}
		x, suppressed, err := tx.SuppressionOf(d.Email)
		if err != nil {
			return err
		}
		if suppressed {
			d.Suppressed = &SuppressedAddress{x.Email, x.Reason, x.Source, x.At}
		}
		for _, purpose := range schema.Purposes {
			st := standings[consent.Purpose(purpose)]
			p := consent.Decide(st, suppressed, now)
			c := ContactConsent{Purpose: purpose, State: string(st.State), Source: st.Source, Allowed: p.Allowed, Reason: string(p.Reason)}
			if !st.At.IsZero() {
				c.At = st.At.UnixMilli()
			}
			if !st.ExpiresAt.IsZero() {
				c.ExpiresAt = st.ExpiresAt.UnixMilli()
			}
			d.Consents = append(d.Consents, c)
		}
		return nil
	}
}

// doings fills in what the person did.
func doings(d *ContactDetail) func(*store.Tx, contact.Schema) error {
	return func(tx *store.Tx, schema contact.Schema) error {
		counts, err := tx.EventCountsOf(contact.ID(d.ID))
		if err != nil {
			return err
		}
		d.EventCounts = append(d.EventCounts, counts...)
		rows, err := tx.EventRowsOf(orderEvent, []contact.ID{contact.ID(d.ID)}, store.MaxTime, schema.Currency)
		if err != nil {
			return err
		}
		var total decimal.Decimal
		for _, r := range rows[contact.ID(d.ID)] {
			if total, err = total.Add(r.Value.Decimal()); err != nil {
				return err
			}
		}
		d.ValueTotal = total.Pad(schema.Currency.Decimals).String()
		return nil
	}
}

// letters fills in the e-mails made for the person.
func letters(d *ContactDetail) func(*store.Tx, contact.Schema) error {
	return func(tx *store.Tx, _ contact.Schema) error {
		all, err := tx.MessagesOf(contact.ID(d.ID))
		if err != nil {
			return err
		}
		campaigns := map[int64]string{}
		for _, m := range all {
			if _, known := campaigns[m.Run]; !known {
				run, err := tx.Run(m.Run)
				if err != nil {
					return err
				}
				campaigns[m.Run] = run.Slug
			}
			d.Messages = append(d.Messages, ContactMessage{m.ID, m.Run, campaigns[m.Run], m.Subject, string(m.State), m.UpdatedAt.UnixMilli()})
		}
		return nil
	}
}

// segmentsOf gives the segments a person is in now. One that cannot be answered
// is passed over: the page of segments says what is wrong with it.
func (a *App) segmentsOf(ctx context.Context, id contact.ID) ([]VocabularySegment, error) {
	w, err := a.current()
	if err != nil {
		return nil, err
	}
	var all []store.Definition
	if err := w.Store.Read(ctx, func(tx *store.Tx) (err error) {
		all, err = tx.Definitions(store.SegmentKind)
		return err
	}); err != nil {
		return nil, err
	}
	list := []VocabularySegment{}
	err = a.withView(ctx, func(v *audience.View) error {
		list = list[:0]
		for _, d := range all {
			in, err := v.Holds(ctx, condition.Node{Kind: condition.Segment, Segment: d.Slug, Op: condition.In}, id)
			if err != nil && errors.Is(err, audience.ErrMoved) {
				return err
			}
			if err == nil && in {
				list = append(list, VocabularySegment{d.Slug, d.Name})
			}
		}
		return nil
	})
	return list, err
}

// maxTimeline is how many events a page of a timeline asks for at most.
const maxTimeline = 500

// Timeline gives what a person did before an instant (0: all), newest first: at
// least limit events where there are as many, and never only some of one instant.
func (s *Contacts) Timeline(ctx context.Context, id, beforeAt int64, limit int) ([]TimelineEvent, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, err
	}
	if beforeAt == 0 {
		beforeAt = store.MaxTime
	}
	list := []TimelineEvent{}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		schema, err := tx.Schema()
		if err != nil {
			return err
		}
		events, err := tx.Timeline(contact.ID(id), beforeAt, min(max(limit, 1), maxTimeline), schema)
		for _, e := range events {
			list = append(list, timelineOf(e))
		}
		return err
	})
	return list, err
}

func timelineOf(e contact.Event) TimelineEvent {
	t := TimelineEvent{ID: e.ID, Event: e.Type, At: e.At.UnixMilli(), Value: e.Value, Properties: e.Properties}
	if len(t.Properties) == 0 {
		t.Properties = json.RawMessage("{}")
	}
	return t
}

// ConsentLine is one line of the ledger of a person.
type ConsentLine struct {
	ID        int64  `json:"id"`
	Purpose   string `json:"purpose"`
	State     string `json:"state"`
	Source    string `json:"source"`
	At        int64  `json:"at"`
	ExpiresAt int64  `json:"expires_at"`
	Batch     int64  `json:"batch"`      // the import that wrote it
	Reverts   int64  `json:"reverts"`    // the line that this one, of an undo, takes back
	TakenBack bool   `json:"taken_back"` // by an undo
}

// ConsentHistory gives every line of the ledger about a person, newest first.
func (s *Contacts) ConsentHistory(ctx context.Context, id int64) ([]ConsentLine, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, err
	}
	list := []ConsentLine{}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		entries, err := tx.Ledger(contact.ID(id))
		list = append(list, ledgerOf(entries)...)
		return err
	})
	slices.Reverse(list)
	return list, err
}

func ledgerOf(entries []consent.Entry) []ConsentLine {
	gone := map[int64]bool{}
	for _, e := range entries {
		gone[e.Reverts] = true
	}
	list := make([]ConsentLine, 0, len(entries))
	for _, e := range entries {
		l := ConsentLine{ID: e.ID, Purpose: string(e.Purpose), State: string(e.State), Source: e.Source, At: e.At.UnixMilli(),
			Batch: e.Batch, Reverts: e.Reverts, TakenBack: gone[e.ID]}
		if !e.ExpiresAt.IsZero() {
			l.ExpiresAt = e.ExpiresAt.UnixMilli()
		}
		list = append(list, l)
	}
	return list
}
