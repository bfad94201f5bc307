package ingest

import (
	"encoding/json"
	"slices"
	"sort"
	"strings"

	"github.com/govalues/decimal"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/source/csv"
	"github.com/mailwright/mailwright/internal/store"
)

// eventsPerChunk is how many events are written in one transaction: enough that
// sorting them makes the index's writes local.
const eventsPerChunk = 100_000

// eventWriter writes rows of events.
type eventWriter struct {
	*run
	email, external, kind, at, value, sourceID *Column
	properties                                 []Column // sorted by name
	names                                      []string // of the properties
	directory                                  *store.Directory
	addresses                                  map[string]string // written → normalised; shops repeat themselves
	types                                      map[string]eventType
	seen                                       map[uint64]uint32 // how often an equal row came before
	given                                      map[uint64]uint64 // by the source's id: the content it came with first
	erased                                     store.ErasedPeople
	rows                                       []eventRow
	scratch                                    []byte
}

type eventType struct {
	id    int64
	value contact.Type
}

type eventRow struct {
	rec        csv.Record
	who        string // normalised address, or external id where there is no address
	kind       string
	at         int64
	value      decimal.Decimal
	hasValue   bool
	properties string
	sourceID   string
	key        uint64
}

func newEventWriter(r *run) *eventWriter {
	w := &eventWriter{run: r, addresses: map[string]string{}, types: map[string]eventType{}, seen: map[uint64]uint32{}, given: map[uint64]uint64{}}
	p := r.plan
	w.email, w.external, w.kind = p.column("email"), p.column("external_id"), p.column("event")
	w.at, w.value, w.sourceID = p.column("occurred_at"), p.column("value"), p.column("event_id")
	for _, c := range p.Columns {
		if _, ok := c.Target.Property(); ok {
			w.properties = append(w.properties, c)
		}
	}
	slices.SortFunc(w.properties, func(a, b Column) int { return strings.Compare(string(a.Target), string(b.Target)) })
	for _, c := range w.properties {
		name, _ := c.Target.Property()
		w.names = append(w.names, name)
	}
	if p.Request.Key == "external_id" {
		w.email = nil
	}
	return w
}

func (w *eventWriter) prepare(tx *store.Tx) (err error) {
	if w.directory, err = tx.Directory(); err != nil {
		return err
	}
	w.erased, err = tx.Erased()
	return err
}

func (w *eventWriter) add(rec csv.Record) (*store.Reject, bool) {
	row := eventRow{rec: rec}
	if rej := w.readWho(rec, &row); rej != nil {
		return rej, false
	}
	if rej := w.readWhat(rec, &row); rej != nil {
		return rej, false
	}
	w.readProperties(rec, &row)
	w.identify(&row)
	if w.contradicts(&row) {
		return &store.Reject{Line: rec.Line, Field: w.sourceID.Header, Reason: "another row of the file has the same event number and says something else", Cells: rec.Cells}, false
	}
	w.rows = append(w.rows, row)
	return nil, len(w.rows) >= eventsPerChunk
}

func (w *eventWriter) readWho(rec csv.Record, row *eventRow) *store.Reject {
	if w.email == nil {
		if row.who = strings.TrimSpace(rec.Cells[w.external.Index]); row.who == "" {
			return &store.Reject{Line: rec.Line, Field: w.external.Header, Reason: "the row names no contact", Cells: rec.Cells}
		}
		return nil
	}
	written := rec.Cells[w.email.Index]
	if known, ok := w.addresses[written]; ok {
		row.who = known
		return nil
	}
	email, err := contact.NormalizeEmail(written)
	if err != nil {
		return &store.Reject{Line: rec.Line, Field: w.email.Header, Reason: reasonOf(err), Cells: rec.Cells}
	}
	w.addresses[strings.Clone(written)] = email
	row.who = email
	return nil
}

func (w *eventWriter) readWhat(rec csv.Record, row *eventRow) *store.Reject {
	row.kind = w.plan.Request.Event
	if w.kind != nil {
		row.kind = contact.SnakeCase(rec.Cells[w.kind.Index])
	}
	if row.kind == "" {
		return &store.Reject{Line: rec.Line, Field: "event", Reason: "the row does not say what happened", Cells: rec.Cells}
	}
	at, ok := w.at.Form.Value(rec.Cells[w.at.Index], w.schema.Zone)
	if !ok || !at.IsSet() {
		return misfit(rec, *w.at)
	}
	row.at = at.Millis()
	if w.value != nil {
		v, ok := w.value.Form.Value(rec.Cells[w.value.Index], w.schema.Zone)
		numeric := v.Type() == contact.Number || v.Type() == contact.Money
		if !ok || (v.IsSet() && !numeric) {
			return misfit(rec, *w.value)
		}
		row.value, row.hasValue = v.Decimal(), v.IsSet()
	}
	if w.sourceID != nil {
		row.sourceID = strings.TrimSpace(rec.Cells[w.sourceID.Index])
	}
	return nil
}

func (w *eventWriter) take() func(tx *store.Tx) error {
	rows := w.rows
	w.rows = nil
	return func(tx *store.Tx) error { return w.write(tx, rows) }
}

// write writes a chunk: contacts that are new, then the events in the order of
// the identity index.
func (w *eventWriter) write(tx *store.Tx, rows []eventRow) error {
	if len(rows) == 0 {
		return nil
	}
	events, sources, err := w.resolve(tx, rows)
	if err != nil {
		return err
	}
	if events, err = w.replaceKnown(tx, events, sources); err != nil {
		return err
	}
	sort.Slice(events, func(i, j int) bool {
		a, b := &events[i], &events[j]
		if a.Type != b.Type {
			return a.Type < b.Type
		}
		if a.Contact != b.Contact {
			return a.Contact < b.Contact
		}
		return a.At < b.At
	})
	added, first, last, err := tx.InsertEvents(w.report.ID, events)
	if err != nil {
		return err
	}
	w.report.Created += added
	w.report.Unchanged += int64(len(events)) - added
	kinds := map[string]bool{}
	for i := range rows {
		kinds[rows[i].kind] = true
	}
	if added == 0 {
		return nil
	}
	if err := tx.ExtendBatchEvents(w.report.ID, first, last); err != nil {
		return err
	}
	return tx.LogEvents(sortedKeys(kinds), first, last)
}

func sortedKeys(m map[string]bool) []string {
	list := make([]string, 0, len(m))
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

// resolve turns prepared rows into rows of the table, making the contacts and
// types that are new.
func (w *eventWriter) resolve(tx *store.Tx, rows []eventRow) (events []store.EventRow, sources map[int64][]string, err error) {
	in, err := tx.Intake(w.report.ID, w.schema.Currency)
	if err != nil {
		return nil, nil, err
	}
	log, err := tx.Chronicle(w.actor)
	if err != nil {
		return nil, nil, err
	}
	events, sources = make([]store.EventRow, 0, len(rows)), map[int64][]string{}
	for i := range rows {
		row := &rows[i]
		id, rej, err := w.contactOf(tx, in, log, row)
		if err != nil {
			return nil, nil, err
		}
		if rej != nil {
			w.reject(*rej)
			continue
		}
		t, err := w.typeOf(tx, row.kind)
		if err != nil {
			return nil, nil, err
		}
		e := store.EventRow{Type: t.id, Contact: int64(id), At: row.at, Properties: row.properties, SourceID: row.sourceID, Key: int64(row.key)}
		if row.hasValue {
			if e.Value, err = w.valueCell(row.value, t.value); err != nil {
				w.reject(store.Reject{Line: row.rec.Line, Field: w.value.Header, Reason: "in " + w.value.Header + ": too large an amount", Cells: row.rec.Cells})
				continue
			}
		}
		if e.SourceID != "" {
			sources[t.id] = append(sources[t.id], e.SourceID)
		}
		events = append(events, e)
	}
	if err := log.Flush(); err != nil {
		return nil, nil, err
	}
	return events, sources, in.Finish()
}

func (w *eventWriter) valueCell(d decimal.Decimal, t contact.Type) (any, error) {
	if t == contact.Money {
		return store.MinorUnits(d, w.schema.Currency)
	}
	return store.NumberCell(d), nil
}

// contactOf gives the row's contact and makes one for an unknown address.
func (w *eventWriter) contactOf(tx *store.Tx, in *store.Intake, log *store.Chronicle, row *eventRow) (contact.ID, *store.Reject, error) {
	if w.email == nil {
		if id, ok := w.directory.ByExternal[row.who]; ok {
			return id, nil, nil
		}
		return 0, &store.Reject{Line: row.rec.Line, Field: w.external.Header, Reason: "no contact has this customer number", Cells: row.rec.Cells}, nil
	}
	if id, ok := w.directory.ByEmail[row.who]; ok {
		return id, nil, nil
	}
	if w.erased.Has(row.who) {
		return 0, &store.Reject{Line: row.rec.Line, Field: w.email.Header, Reason: erasedReason, Cells: row.rec.Cells}, nil
	}
	id, made, err := in.Create(contact.Contact{Email: row.who, Source: "event", CreatedAt: tx.Now()})
	if err != nil {
		return 0, nil, err
	}
	w.directory.ByEmail[row.who] = id
	if !made {
		return id, nil, nil
	}
	w.report.ContactsCreated++
	return id, nil, log.Note("contact.created", id, map[string]any{"batch": w.report.ID}, map[string]any{"email": row.who}, true)
}

// typeOf gives the number of an event type; the first row of a type makes it and
// its properties.
func (w *eventWriter) typeOf(tx *store.Tx, kind string) (eventType, error) {
	if t, ok := w.types[kind]; ok {
		return t, nil
	}
	var value contact.Type
	if w.value != nil && w.value.Set > 0 {
		value = w.value.Form.Type
	}
	id, now, err := tx.EventTypeID(kind, value)
	if err != nil {
		return eventType{}, err
	}
	for i, c := range w.properties {
		if c.Set == 0 {
			continue
		}
		if _, err := tx.SetProperty(id, contact.Property{Name: w.names[i], Type: c.Form.Type}); err != nil {
			return eventType{}, err
		}
	}
	t := eventType{id, now}
	w.types[kind] = t
	return t, nil
}

// replaceKnown writes what a source sent again with other content, and takes those
// rows and the unchanged ones out of what is to be added.
func (w *eventWriter) replaceKnown(tx *store.Tx, events []store.EventRow, sources map[int64][]string) ([]store.EventRow, error) {
	known := map[int64]map[string]store.KnownEvent{}
	for t, ids := range sources {
		list, err := json.Marshal(ids)
		if err != nil {
			return nil, err
		}
		if known[t], err = tx.KnownEvents(t, string(list)); err != nil {
			return nil, err
		}
	}
	fresh := events[:0]
	for _, e := range events {
		k, ok := known[e.Type][e.SourceID]
		if !ok || e.SourceID == "" {
			fresh = append(fresh, e)
			continue
		}
		same := k.Row.Contact == e.Contact && k.Row.At == e.At && store.SameCell(k.Row.Value, e.Value) && k.Row.Properties == e.Properties
		if same {
			w.report.Unchanged++
			continue
		}
		w.report.Updated++
		if err := tx.ReplaceEvent(w.report.ID, k, e); err != nil {
			return nil, err
		}
	}
	return fresh, nil
}
