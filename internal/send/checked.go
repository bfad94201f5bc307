package send

import (
	"context"
	"time"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/store"
)

// checkHolds is how long messages are composed of the data of the instant at which
// they were checked. Later they are composed of the data of the day, and those that
// differ from what was checked are held.
const checkHolds = 24 * time.Hour

// Why a message is held that was composed otherwise than it was checked.
const (
	heldOther     = "held: differs from what was checked; look at it, or check the campaign again"
	heldUnchecked = "held: was not among those who were checked; look at it, or check the campaign again"
)

// lastCheck gives the newest check of a campaign that is about what it sends now,
// the zero KeptProof where there is none.
func lastCheck(tx *store.Tx, slug string, c campaign.Campaign) (store.KeptProof, error) {
	found, err := tx.LastProof(store.CampaignSubject(slug))
	if fault.Is(err, fault.NotFound) || err == nil && found.Basis != c.Basis() {
		return store.KeptProof{}, nil
	}
	if err != nil {
		return found, err
	}
	version := c.Version
	if version == 0 {
		newest, err := tx.Definition(store.TemplateKind, c.Template)
		if err != nil {
			return found, err
		}
		version = newest.Version
	}
	if found.TemplateVersion != version {
		return store.KeptProof{}, nil
	}
	return found, nil
}

// instantOf gives the instant whose data messages are composed of: that of a check
// that still holds, else now.
func instantOf(check store.KeptProof, now time.Time) time.Time {
	at := time.UnixMilli(check.AsOf).UTC()
	if check.ID == 0 || now.Before(at) || now.Sub(at) > checkHolds {
		return now
	}
	return at
}

// Instant gives the instant whose data the campaign's messages would be composed of.
func (s *Sender) Instant(ctx context.Context, slug string) (at time.Time, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		c, _, err := s.campaign(tx, slug)
		if err != nil {
			return err
		}
		check, err := lastCheck(tx, slug, c)
		at = instantOf(check, tx.Now().UTC())
		return err
	})
	return at, err
}

// outdated reports whether a plan of which nothing has left was made before the
// last check of the campaign: what was planned may not be what was checked.
func outdated(tx *store.Tx, run campaign.Run) (bool, error) {
	c, err := tx.Definition(store.CampaignKind, run.Slug)
	if err != nil {
		return false, err
	}
	now, err := campaign.Parse([]byte(c.Body))
	if err != nil {
		return false, err
	}
	check, err := lastCheck(tx, run.Slug, now)
	if err != nil || check.ID == 0 || check.ID == run.Check {
		return false, err
	}
	left, err := departed(tx, run.ID)
	return left == 0, err
}

// hold says why a composed message may not be sent as it is; "" when it may.
func hold(check store.KeptProof, had campaign.Fingerprint, checked bool, hash [32]byte) string {
	switch {
	case check.ID == 0:
		return ""
	case checked && had != campaign.Fingerprint(hash[:16]):
		return heldOther
	case !checked && check.Checked == check.Total:
		return heldUnchecked
	}
	return ""
}
