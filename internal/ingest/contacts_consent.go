package ingest

import (
	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/store"
)

// writeConsents writes what the row or the whole file says was agreed. A grant
// never undoes a withdrawal, and what the ledger says already is not said again.
func (w *contactWriter) writeConsents(tx *store.Tx, in *store.Intake, row contactRow, id contact.ID) (changed bool, err error) {
	say := func(purpose string, granted bool, source string) error {
		now := w.standings[purpose][id]
		state := consent.Withdrawn
		if granted {
			state = consent.Granted
		}
		switch {
		case now.State == state || (granted && now.Granted(tx.Now())):
			return nil
		case granted && now.State == consent.Withdrawn:
			w.report.Kept++
			return nil
		}
		changed = true
		w.standings[purpose][id] = consent.Standing{State: state, Source: source, At: tx.Now()} // for a second row of the same person
		return in.Agree(consent.Entry{Contact: id, Purpose: consent.Purpose(purpose), State: state, Source: source, At: tx.Now(), Batch: w.report.ID})
	}
	for purpose, source := range w.plan.Request.Consent {
		if err := say(purpose, true, source); err != nil {
			return changed, err
		}
	}
	for i, c := range w.consents {
		if purpose, _ := c.Target.Consent(); row.consentSet[i] {
			if err := say(purpose, row.consents[i], "column "+c.Header+" of "+w.report.Source); err != nil {
				return changed, err
			}
		}
	}
	w.agreed = w.agreed || changed
	return changed, nil
}
