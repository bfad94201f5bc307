package ingest

import (
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/source/csv"
	"github.com/mailwright/mailwright/internal/store"
)

// contactsPerChunk is how many rows of contacts are written in one transaction.
const contactsPerChunk = 2000

// contactWriter writes rows of contacts.
type contactWriter struct {
	*run
	email, external, created *Column
	attributes               []attributeColumn
	consents                 []Column
	directory                *store.Directory
	erased                   store.ErasedPeople
	standings                map[string]map[contact.ID]consent.Standing // of the chunk's contacts
	waiting                  map[uint64]contactRow                      // people whose last row is still to come
	rows                     []contactRow
	agreed                   bool // the chunk wrote to the ledger
}

type attributeColumn struct {
	Column
	name string
	id   int64
	as   contact.Type // the attribute's type: text when it was widened
}

type contactRow struct {
	rec             csv.Record
	email, external string
	created         time.Time
	cells           []any // per attribute column; nil leaves it
	values          []contact.Value
	consents        []bool // per consent column
	consentSet      []bool
	earlier         int64 // rows of the same person that were joined into this one
}

func newContactWriter(r *run) *contactWriter {
	w := &contactWriter{run: r, standings: map[string]map[contact.ID]consent.Standing{}, waiting: map[uint64]contactRow{}}
	w.email, w.external, w.created = r.plan.column("email"), r.plan.column("external_id"), r.plan.column("created_at")
	for _, c := range r.plan.Columns {
		if name, ok := c.Target.Attribute(); ok {
			w.attributes = append(w.attributes, attributeColumn{Column: c, name: name})
		}
		if _, ok := c.Target.Consent(); ok {
			w.consents = append(w.consents, c)
		}
	}
	return w
}

// prepare makes the attributes, and reads who is known and who was erased.
func (w *contactWriter) prepare(tx *store.Tx) (err error) {
	for i := range w.attributes {
		a := &w.attributes[i]
		var made bool
		attr := contact.Attribute{Name: a.name, Label: strings.TrimSpace(a.Header), Type: a.Form.Type}
		had := w.schema.Attributes[a.name].Type
		if a.id, a.as, made, err = tx.AttributeID(attr, w.report.ID, !a.Stated); err != nil {
			return err
		}
		switch {
		case made:
			w.report.NewAttributes = append(w.report.NewAttributes, attr)
		case a.as != had:
			w.report.Widened = append(w.report.Widened, a.name)
		case a.as != a.Form.Type && a.as != contact.Text:
			a.Form.Type = a.as // the column is read as what the attribute is
			a.Stated = true
		}
	}
	if w.directory, err = tx.Directory(); err != nil {
		return err
	}
	w.erased, err = tx.Erased()
	return err
}

func (w *contactWriter) purposes() []string {
	var list []string
	for p := range w.plan.Request.Consent {
		list = append(list, p)
	}
	for _, c := range w.consents {
		p, _ := c.Target.Consent()
		list = append(list, p)
	}
	return list
}

func (w *contactWriter) add(rec csv.Record) (*store.Reject, bool) {
	row, rej := w.read(rec)
	key, last := w.plan.people.last(rec)
	if before, ok := w.waiting[key]; ok && last != 0 {
		if rej != nil {
			row = before
		} else {
			row.join(before)
		}
		delete(w.waiting, key)
	} else if rej != nil {
		return rej, false
	}
	if rec.Line < last {
		w.waiting[key] = row
		return rej, false
	}
	w.rows = append(w.rows, row)
	return rej, len(w.rows) >= contactsPerChunk
}

// join fills what a person's later row leaves open from an earlier one, so that
// the last word of the file counts, and the file again changes nothing. Of what
// was agreed the refusal counts.
func (row *contactRow) join(before contactRow) {
	row.earlier = before.earlier + 1
	if row.external == "" {
		row.external = before.external
	}
	if row.created.IsZero() {
		row.created = before.created
	}
	for i := range row.cells {
		if row.cells[i] == nil {
			row.cells[i], row.values[i] = before.cells[i], before.values[i]
		}
	}
	for i, said := range before.consentSet {
		if said {
			row.consents[i] = before.consents[i] && (row.consents[i] || !row.consentSet[i])
			row.consentSet[i] = true
		}
	}
}

// read cleans one row.
func (w *contactWriter) read(rec csv.Record) (row contactRow, rej *store.Reject) {
	row.rec = rec
	if w.email != nil {
		var err error
		if row.email, err = contact.NormalizeEmail(rec.Cells[w.email.Index]); err != nil && (w.plan.Request.Key != "external_id" || strings.TrimSpace(rec.Cells[w.email.Index]) != "") {
			return row, &store.Reject{Line: rec.Line, Field: w.email.Header, Reason: reasonOf(err), Cells: rec.Cells}
		}
	}
	if w.external != nil {
		row.external = strings.TrimSpace(rec.Cells[w.external.Index])
	}
	if w.created != nil {
		v, ok := w.created.Form.Value(rec.Cells[w.created.Index], w.schema.Zone)
		if !ok {
			return row, misfit(rec, *w.created)
		}
		if v.IsSet() {
			row.created = v.Time()
		}
	}
	row.cells, row.values = make([]any, len(w.attributes)), make([]contact.Value, len(w.attributes))
	for i, a := range w.attributes {
		v, ok := a.Form.Value(rec.Cells[a.Index], w.schema.Zone)
		if ok && v.IsSet() && a.as == contact.Text && v.Type() != contact.Text {
			v = contact.TextValue(strings.TrimSpace(rec.Cells[a.Index]))
		}
		cell, err := store.Cell(v, w.schema.Currency)
		if !ok || err != nil {
			return row, misfit(rec, a.Column)
		}
		row.cells[i], row.values[i] = cell, v
	}
	for _, c := range w.consents {
		v, ok := c.Form.Value(rec.Cells[c.Index], w.schema.Zone)
		if !ok {
			return row, misfit(rec, c)
		}
		row.consents, row.consentSet = append(row.consents, v.Bool()), append(row.consentSet, v.IsSet())
	}
	return row, nil
}

// reasonOf groups refused addresses by what is wrong with them, not by address.
func reasonOf(err error) string {
	text := err.Error()
	if at := strings.LastIndex(text, "\" "); at > 0 {
		return "the e-mail address " + text[at+2:]
	}
	return text
}

func (w *contactWriter) take() func(tx *store.Tx) error {
	rows := w.rows
	w.rows = nil
	return func(tx *store.Tx) error { return w.write(tx, rows) }
}

// write writes a chunk's rows; those that match no contact come back as rejects.
func (w *contactWriter) write(tx *store.Tx, rows []contactRow) error {
	in, err := tx.Intake(w.report.ID, w.schema.Currency)
	if err != nil {
		return err
	}
	log, err := tx.Chronicle(w.actor)
	if err != nil {
		return err
	}
	known, err := w.known(tx, rows)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := w.writeRow(tx, in, log, known, row); err != nil {
			return err
		}
	}
	if err := log.Flush(); err != nil {
		return err
	}
	if w.agreed {
		w.agreed = false
		if err := tx.LogChange(store.ChangedConsent, "", ""); err != nil {
			return err
		}
	}
	return in.Finish()
}

// known reads what the chunk's known contacts have, a query a column, and what they
// agreed to: now, since they may have said otherwise while the import runs.
func (w *contactWriter) known(tx *store.Tx, rows []contactRow) ([]map[contact.ID]any, error) {
	var ids []contact.ID
	for _, row := range rows {
		if id := w.find(row); id != 0 {
			ids = append(ids, id)
		}
	}
	for _, purpose := range w.purposes() {
		var err error
		if w.standings[purpose], err = tx.StandingsAmong(consent.Purpose(purpose), ids, tx.Now()); err != nil {
			return nil, err
		}
	}
	known := make([]map[contact.ID]any, len(w.attributes))
	for i, a := range w.attributes {
		var err error
		if known[i], err = tx.ValuesOf(a.id, ids); err != nil {
			return nil, err
		}
	}
	return known, nil
}

// find gives the contact a row is about, 0 for a new one.
func (w *contactWriter) find(row contactRow) contact.ID {
	if w.plan.Request.Key == "external_id" || row.email == "" {
		return w.directory.ByExternal[row.external]
	}
	return w.directory.ByEmail[row.email]
}

func (w *contactWriter) writeRow(tx *store.Tx, in *store.Intake, log *store.Chronicle, known []map[contact.ID]any, row contactRow) error {
	id, created := w.find(row), false
	personal := map[string]any{}
	if id == 0 {
		var err error
		if id, created, err = w.create(tx, in, row); err != nil {
			return err
		}
		if id == 0 {
			w.report.Unchanged += row.earlier
			return nil // rejected
		}
		personal["email"] = row.email
	}
	w.report.Unchanged += row.earlier
	changed, err := w.writeValues(in, known, row, id, created, personal)
	if err != nil {
		return err
	}
	agreed, err := w.writeConsents(tx, in, row, id)
	if err != nil {
		return err
	}
	switch {
	case created:
		w.report.Created++
		w.report.ContactsCreated++
		return log.Note("contact.created", id, map[string]any{"batch": w.report.ID}, personal, true)
	case changed || agreed:
		w.report.Updated++
		if err := in.Touch(id); err != nil {
			return err
		}
		return log.Note("contact.updated", id, map[string]any{"batch": w.report.ID}, personal, false)
	}
	w.report.Unchanged++
	return nil
}

// create adds the row's contact, or rejects a row that cannot be one.
func (w *contactWriter) create(tx *store.Tx, in *store.Intake, row contactRow) (id contact.ID, created bool, err error) {
	if w.erased.Has(row.email) {
		w.reject(store.Reject{Reason: erasedReason, Line: row.rec.Line, Cells: row.rec.Cells})
		return 0, false, nil
	}
	if row.email == "" {
		w.reject(store.Reject{Reason: "no contact has this customer number, and there is no address to make one", Line: row.rec.Line, Cells: row.rec.Cells})
		return 0, false, nil
	}
	if _, taken := w.directory.ByEmail[row.email]; taken {
		w.reject(store.Reject{Reason: "the address belongs to a contact with another customer number", Line: row.rec.Line, Cells: row.rec.Cells})
		return 0, false, nil
	}
	if _, taken := w.directory.ByExternal[row.external]; taken && row.external != "" {
		row.external = "" // somebody else has it; the address is who this is
	}
	at := row.created
	if at.IsZero() {
		at = tx.Now()
	}
	id, created, err = in.Create(contact.Contact{Email: row.email, ExternalID: row.external, Source: "import", CreatedAt: at})
	if err != nil {
		return 0, false, err
	}
	w.directory.ByEmail[row.email] = id
	if row.external != "" {
		w.directory.ByExternal[row.external] = id
	}
	return id, created, nil
}

// erasedReason is why a row about an erased person comes back.
const erasedReason = "this person was erased, and is not brought back by an import"

// writeValues sets what the file has and the contact has not, by the rule for
// conflicts, and tells whether anything changed.
func (w *contactWriter) writeValues(in *store.Intake, known []map[contact.ID]any, row contactRow, id contact.ID, created bool, personal map[string]any) (changed bool, err error) {
	rule := w.plan.Request.OnConflict
	if !created && rule == Keep {
		return false, nil
	}
	for i, a := range w.attributes {
		before := known[i][id]
		if row.cells[i] == nil || store.SameCell(before, row.cells[i]) || (before != nil && rule == Fill) {
			continue
		}
		if err := in.Set(id, a.id, a.name, before, row.cells[i]); err != nil {
			return false, err
		}
		known[i][id] = row.cells[i] // for a second row of the same person
		personal[a.name], changed = row.values[i], true
	}
	if created || row.external == "" || w.plan.Request.Key == "external_id" {
		return changed, nil
	}
	if _, taken := w.directory.ByExternal[row.external]; taken {
		return changed, nil // the contact has it, or somebody else does and keeps it
	}
	before, set, err := in.SetExternalID(id, row.external, rule == Fill)
	if err != nil || !set {
		return changed, err
	}
	personal["external_id"] = row.external
	delete(w.directory.ByExternal, before)
	w.directory.ByExternal[row.external] = id
	return true, nil
}
