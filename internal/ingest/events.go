package ingest

import (
	"encoding/binary"
	"encoding/json"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
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

// readProperties writes the row's properties as a JSON object, names in order. A
// cell that is no longer what its column was inferred as cannot be here: the type
// came from every cell.
func (w *eventWriter) readProperties(rec csv.Record, row *eventRow) {
	b := w.scratch[:0]
	b = append(b, '{')
	for i := range w.properties {
		c := &w.properties[i]
		cell := strings.TrimSpace(rec.Cells[c.Index])
		if cell == "" {
			continue
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = appendText(b, w.names[i])
		b = append(b, ':')
		b = c.Form.appendJSON(b, cell, w.run)
	}
	w.scratch = b
	if len(b) > 1 {
		row.properties = string(append(b, '}'))
	}
}

// appendJSON appends a cell's value. Numbers keep their written digits where
// those are JSON.
func (f Form) appendJSON(b []byte, cell string, r *run) []byte {
	switch f.Type {
	case contact.Text:
		return appendText(b, cell)
	case contact.Number, contact.Money:
		if plainNumber(cell) {
			return append(b, cell...)
		}
	}
	v, ok := f.Value(cell, r.schema.Zone)
	if !ok {
		return appendText(b, cell)
	}
	j, err := json.Marshal(v)
	if err != nil {
		return appendText(b, cell)
	}
	return append(b, j...)
}

// plainNumber reports whether the text is a number in JSON's own spelling.
func plainNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, frac, dotted := strings.Cut(s, ".")
	return onlyDigits(whole) && (len(whole) == 1 || whole[0] != '0') && (!dotted || onlyDigits(frac))
}

func onlyDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// appendText appends a JSON string; the common text without escapes is copied.
func appendText(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' {
			j, _ := json.Marshal(s) // texts always marshal
			return append(b, j...)
		}
	}
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

// identify gives the event its key: a hash of the source's id, or of the content
// and its occurrence number among equal rows of the file. Who, what and when are
// part of what is equal, and stand beside the key in the identity index.
func (w *eventWriter) identify(row *eventRow) {
	var h xxhash.Digest
	h.Reset()
	if row.sourceID != "" {
		_, _ = h.WriteString("id\x00" + row.sourceID)
		row.key = h.Sum64()
		return
	}
	value := ""
	if row.hasValue {
		value = row.value.String()
	}
	_, _ = h.WriteString(value)
	_, _ = h.WriteString("\x00")
	for i := range w.properties {
		// The written cell, not its typed form: a later file may give the
		// column another type, and the event is still the same.
		if cell := strings.TrimSpace(row.rec.Cells[w.properties[i].Index]); cell != "" {
			_, _ = h.WriteString(w.names[i])
			_, _ = h.WriteString("\x00")
			_, _ = h.WriteString(cell)
			_, _ = h.WriteString("\x00")
		}
	}
	content := h.Sum64()
	_, _ = h.WriteString(row.who)
	_, _ = h.WriteString("\x00")
	_, _ = h.WriteString(row.kind)
	_, _ = h.Write(binary.LittleEndian.AppendUint64(nil, uint64(row.at)))
	whole := h.Sum64()
	n := w.seen[whole]
	w.seen[whole] = n + 1
	row.key = content
	if n > 0 {
		h.Reset()
		_, _ = h.Write(binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(nil, content), uint64(n)))
		row.key = h.Sum64()
	}
}

// contradicts reports whether a row has the event number of an earlier one of the
// file with other content: which of them is true nobody here can say, and taking
// both in turn would change the event with every import of the file.
func (w *eventWriter) contradicts(row *eventRow) bool {
	if row.sourceID == "" {
		return false
	}
	content := xxhash.New()
	for _, part := range []string{row.who, strconv.FormatInt(row.at, 10), row.value.String(), row.properties} {
		_, _ = content.WriteString(part)
		_, _ = content.WriteString("\x00")
	}
	id := xxhash.Sum64String(row.kind + "\x00" + row.sourceID)
	first, known := w.given[id]
	if !known {
		w.given[id] = content.Sum64()
	}
	return known && first != content.Sum64()
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
