package app

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/store"
)

// Audit shows the history of the workspace and proves it.
type Audit struct{ app *App }

// Audit gives the service.
func (a *App) Audit() *Audit { return &Audit{app: a} }

// AuditQuery asks for a page of the history; contact 0 is everybody's.
type AuditQuery struct {
	ContactID int64 `json:"contact_id"`
	Offset    int   `json:"offset"`
	Limit     int   `json:"limit"` // at most 500
}

// AuditPage is a page of the history, newest first.
type AuditPage struct {
	Total int        `json:"total"`
	Rows  []AuditRow `json:"rows"`
}

// AuditRow is one entry. Personal values stay sealed in the workspace.
type AuditRow struct {
	ID        int64           `json:"id"`
	At        int64           `json:"at"`
	Actor     string          `json:"actor"` // window, cli, demo
	Action    string          `json:"action"`
	ContactID int64           `json:"contact_id"` // 0 for none
	Email     string          `json:"email"`      // of the contact where it is still there
	Open      json.RawMessage `json:"open" ts_type:"Record<string, unknown>"`
}

// AuditVerdict tells whether the history is as it was written.
type AuditVerdict struct {
	OK       bool   `json:"ok"`
	Entries  int64  `json:"entries"`   // looked at
	BrokenAt int64  `json:"broken_at"` // the first that is not what was written; 0 for none
	Message  string `json:"message"`
}

// List gives a page of the history.
func (s *Audit) List(ctx context.Context, q AuditQuery) (AuditPage, error) {
	w, err := s.app.current()
	if err != nil {
		return AuditPage{}, err
	}
	page := AuditPage{Rows: []AuditRow{}}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		entries, total, err := tx.AuditEntries(contact.ID(q.ContactID), max(q.Offset, 0), min(max(q.Limit, 1), maxPage))
		if err != nil {
			return err
		}
		page.Total = total
		var ids []contact.ID
		for _, e := range entries {
			ids = append(ids, e.Contact)
		}
		there, err := tx.PresentAmong(ids)
		for _, e := range entries {
			page.Rows = append(page.Rows, AuditRow{e.ID, e.At.UnixMilli(), e.Actor, e.Action, int64(e.Contact), there[e.Contact].Email, e.Open})
		}
		return err
	})
	return page, err
}

// Verify walks the whole chain.
func (s *Audit) Verify(ctx context.Context) (AuditVerdict, error) {
	w, err := s.app.current()
	if err != nil {
		return AuditVerdict{}, err
	}
	n, broken, err := w.Store.VerifyAudit(ctx)
	if err != nil {
		return AuditVerdict{}, err
	}
	v := AuditVerdict{OK: broken == 0, Entries: n, BrokenAt: broken, Message: fmt.Sprintf("All %d entries are as they were written.", n)}
	if broken != 0 {
		v.Message = fmt.Sprintf("Entry %d is not what was written, or something was taken out before it.", broken)
	}
	return v, nil
}
