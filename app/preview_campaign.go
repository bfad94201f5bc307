package app

import (
	"context"
	"encoding/json"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/store"
)

// campaign reads a campaign.
func (a *App) campaign(ctx context.Context, slug string) (c campaign.Campaign, err error) {
	w, err := a.current()
	if err != nil {
		return c, err
	}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		d, err := tx.Definition(store.CampaignKind, slug)
		if err != nil {
			return err
		}
		return json.Unmarshal([]byte(d.Body), &c)
	})
	return c, err
}

// outbox gives the message that a campaign's run keeps for a person.
func (s *Preview) outbox(context.Context, string, contact.ID) (PreviewResult, bool, error) {
	return PreviewResult{}, false, nil
}
