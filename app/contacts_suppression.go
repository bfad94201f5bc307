package app

import (
	"context"
	"strings"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/store"
)

// SuppressionPage is a page of the addresses that are never written to.
type SuppressionPage struct {
	Total int                 `json:"total"`
	Rows  []SuppressedAddress `json:"rows"`
}

// Suppressions gives the addresses that are never written to and hold a text, by
// address. Erased people are on it as hashes.
func (s *Contacts) Suppressions(ctx context.Context, search string, offset, limit int) (SuppressionPage, error) {
	w, err := s.app.current()
	if err != nil {
		return SuppressionPage{}, err
	}
	page := SuppressionPage{Rows: []SuppressedAddress{}}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		list, total, err := tx.Suppressed(strings.ToLower(strings.TrimSpace(search)), max(offset, 0), min(max(limit, 1), maxPage))
		page.Total = total
		for _, x := range list {
			page.Rows = append(page.Rows, SuppressedAddress{x.Email, x.Reason, x.Source, x.At})
		}
		return err
	})
	return page, err
}

// Suppress puts an address on the list, whether or not there is a contact of it.
// One that is on it keeps its first reason.
func (s *Contacts) Suppress(ctx context.Context, email, reason string) error {
	address, err := contact.NormalizeEmail(email)
	if err != nil {
		return err
	}
	reason = strings.TrimSpace(reason)
	switch reason {
	case "":
		reason = "manual"
	case store.ErasedReason:
		return fault.At(fault.Invalid, "reason", "only an erasure says %q", reason)
	}
	return s.change(ctx, func(p *store.People) error {
		_, err := p.Suppress(store.Suppression{Email: address, Reason: reason, Source: s.app.options.Actor, At: s.app.options.Now().UnixMilli()})
		return err
	})
}

// Unsuppress takes an address off the list, or returns fault.NotFound. It is not
// consent: what the ledger says holds again.
func (s *Contacts) Unsuppress(ctx context.Context, email string) error {
	address, err := contact.NormalizeEmail(email)
	if err != nil {
		return err
	}
	return s.change(ctx, func(p *store.People) error { return p.Unsuppress(address) })
}
