// Package demo makes up a shop, "Tilda & Fern", in an empty workspace: people of
// eight countries with habits, a catalogue with drawn pictures, two years of
// events that end now, segments, rules, templates, a campaign and a place to send
// to. The same seed, sizes and instant give the same shop. People are made one by
// one and written in chunks, so that a shop of a million is made as one of two
// thousand is. Every address is of the reserved domain .example (RFC 2606).
package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/store"
)

// Name, Zone and Currency are those of the made-up shop's workspace.
const (
	Name     = "Tilda & Fern"
	Zone     = "Europe/Dublin"
	Currency = "EUR"
)

// Size says how much to make up.
type Size struct {
	Contacts int
	Events   int
	Seed     uint64
}

// Usual is the size of the demo shop that a first start offers.
var Usual = Size{Contacts: 2_000, Events: 40_000, Seed: 1}

// Limits of a made-up shop.
const (
	maxContacts = 2_000_000
	maxEvents   = 40_000_000
)

// peopleAtOnce is how many people one transaction holds.
const peopleAtOnce = 5_000

// page is where the shop's products would be.
const page = "https://shop.tildaandfern.example"

// maker makes one shop.
type maker struct {
	store      *store.Store
	size       Size
	now        time.Time
	zone       *time.Location
	currency   contact.Currency
	goods      []item
	attributes map[string]int64
	types      [kinds]int64
	taken      map[string]int // addresses, and how often they were wanted
	order      int64          // the last order's number
	key        int64          // the last event's identity
}

// Build fills an empty workspace. It fails with fault.Conflict when there is
// anybody in it.
func Build(ctx context.Context, s *store.Store, size Size, p job.Progress) error {
	if size.Contacts < 1 || size.Contacts > maxContacts || size.Events < 0 || size.Events > maxEvents {
		return fault.New(fault.Invalid, "a demo shop has 1 to %d contacts and at most %d events", maxContacts, maxEvents)
	}
	m := &maker{store: s, size: size, now: s.Now().UTC().Truncate(time.Minute), attributes: map[string]int64{}, taken: map[string]int{}, order: 10_000}
	p.Say("Drawing the catalogue")
	if err := s.Write(ctx, store.Normal, m.ground); err != nil {
		return err
	}
	p.Say("Making up people and what they did")
	if err := m.people(ctx, p); err != nil {
		return err
	}
	p.Say("Writing segments and templates")
	return s.Write(ctx, store.Normal, define)
}

// ground writes what people need: the catalogue, attributes and types of events.
func (m *maker) ground(tx *store.Tx) error {
	info, err := tx.Info()
	if err != nil {
		return err
	}
	totals, err := tx.Totals()
	if err != nil {
		return err
	}
	if totals.Contacts > 0 || totals.Products > 0 {
		return fault.New(fault.Conflict, "the workspace has contacts or products already; a demo shop needs an empty one")
	}
	m.zone, m.currency = info.Zone, info.Currency
	products, pictures, err := stock(page)
	if err != nil {
		return err
	}
	for _, a := range pictures {
		if err := tx.PutAsset(a); err != nil {
			return err
		}
	}
	for _, p := range products {
		if _, err := tx.PutProduct(0, p, m.currency); err != nil {
			return err
		}
		cents, err := store.MinorUnits(p.Price, m.currency)
		if err != nil {
			return err
		}
		m.goods = append(m.goods, item{sku: p.SKU, title: p.Title, category: p.Category, cents: cents})
	}
	for _, a := range append(append([]contact.Attribute{}, contact.BuiltIn...), extra...) {
		if m.attributes[a.Name], _, _, err = tx.AttributeID(a, 0, false); err != nil {
			return err
		}
	}
	for i, t := range eventTypes {
		if m.types[i], _, err = tx.EventTypeID(t.Name, t.ValueType); err != nil {
			return err
		}
		for _, p := range t.Properties {
			if _, err := tx.SetProperty(m.types[i], p); err != nil {
				return err
			}
		}
	}
	return nil
}

// people makes everybody, a chunk to a transaction.
func (m *maker) people(ctx context.Context, p job.Progress) error {
	total := 0.0
	for i := range m.size.Contacts {
		total += m.habitOf(m.random(i)).weight
	}
	sum, given := 0.0, 0
	for from := 0; from < m.size.Contacts; from += peopleAtOnce {
		to := min(from+peopleAtOnce, m.size.Contacts)
		var rows [kinds][]store.EventRow
		err := m.store.Write(ctx, store.Normal, func(tx *store.Tx) error {
			intake, err := tx.Intake(0, m.currency)
			if err != nil {
				return err
			}
			for i := from; i < to; i++ {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				r := m.random(i)
				who := m.person(r, i)
				if who.id, err = m.save(tx, intake, who); err != nil {
					return fmt.Errorf("make contact %d: %w", i+1, err)
				}
				sum += who.habit.weight
				quota := int(float64(m.size.Events)*sum/total+0.5) - given
				given += quota
				m.live(r, who, quota, &rows)
			}
			if err := intake.Finish(); err != nil {
				return err
			}
			return m.write(tx, &rows)
		})
		if err != nil {
			return err
		}
		p.Set(int64(to), int64(m.size.Contacts), "contacts")
	}
	return nil
}

// random gives a person's own source of chance, so that a person does not depend
// on those before.
func (m *maker) random(i int) *rand.Rand {
	return rand.New(rand.NewPCG(m.size.Seed, uint64(i)+1)) //nolint:gosec // made-up people need no secrets
}

// write inserts a chunk's events, type by type in the order of the identity index.
func (m *maker) write(tx *store.Tx, rows *[kinds][]store.EventRow) error {
	for k := range rows {
		if len(rows[k]) == 0 {
			continue
		}
		_, first, last, err := tx.InsertEvents(0, rows[k])
		if err != nil {
			return err
		}
		if err := tx.LogEvents([]string{eventTypes[k].Name}, first, last); err != nil {
			return err
		}
	}
	return nil
}

// save writes a contact with values, consents and, for a few, a suppression.
func (m *maker) save(tx *store.Tx, in *store.Intake, p person) (contact.ID, error) {
	id, _, err := in.Create(contact.Contact{Email: p.email, ExternalID: p.number, Source: p.source, CreatedAt: p.joined})
	if err != nil {
		return 0, err
	}
	for _, v := range p.values {
		cell, err := store.Cell(v.value, m.currency)
		if err != nil {
			return 0, err
		}
		if err := in.Set(id, m.attributes[v.name], v.name, nil, cell); err != nil {
			return 0, err
		}
	}
	for _, e := range p.consents {
		e.Contact = id
		if err := tx.AddConsent(e); err != nil {
			return 0, err
		}
	}
	if p.suppressed != "" {
		return id, tx.Suppress(store.Suppression{Email: p.email, Reason: p.suppressed, Source: "mail server", At: m.now.Add(-20 * day).UnixMilli()})
	}
	return id, nil
}

const day = 24 * time.Hour

// consents gives what a person agreed to.
func (m *maker) consents(r *rand.Rand, joined time.Time) []consent.Entry {
	source := pick(r, []string{"checkout form", "newsletter form", "shop counter", "spring fair sign-up"})
	grant := func(p consent.Purpose) consent.Entry {
		return consent.Entry{Purpose: p, State: consent.Granted, Source: source, At: joined}
	}
	var list []consent.Entry
	switch n := r.IntN(100); {
	case n < 66:
		e := grant(consent.Marketing)
		if r.IntN(3) == 0 {
			e.State, e.Source = consent.Confirmed, source+", confirmed by e-mail"
		}
		list = append(list, e)
	case n < 72: // changed their mind
		list = append(list, grant(consent.Marketing), consent.Entry{Purpose: consent.Marketing, State: consent.Withdrawn, Source: "unsubscribe link",
			At: between(r, joined, m.now)})
	case n < 74: // agreed for a year only
		e := grant(consent.Marketing)
		e.ExpiresAt = joined.AddDate(1, 0, 0)
		list = append(list, e)
	default:
		return nil
	}
	if r.IntN(2) == 0 {
		list = append(list, grant("recommendations"))
	}
	return list
}

// between gives an instant of an interval.
func between(r *rand.Rand, from, to time.Time) time.Time {
	if !to.After(from) {
		return from
	}
	return from.Add(time.Duration(r.Int64N(int64(to.Sub(from)))))
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }
