package send

import (
	"context"
	"fmt"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/store"
)

// recoverSending gives the messages that a dead sender left under way a fate: not
// known, or planned again where the adapter takes a letter twice without harm. The
// caller holds the run's lease.
func recoverSending(tx *store.Tx, run int64, idempotent bool) (int64, error) {
	if idempotent {
		return tx.RecoverSending(run, campaign.MessagePlanned, "")
	}
	return tx.RecoverSending(run, campaign.MessageUnknown, "the program stopped while this was under way; the provider may have it or not")
}

// Recover settles what a process that died left behind: plans that were cut short
// are dropped, and runs that nobody sends any more are paused, their messages under
// way being of unknown fate. What somebody alive is at is left alone.
func (s *Sender) Recover(ctx context.Context) error {
	var left []campaign.Run
	err := s.store.Read(ctx, func(tx *store.Tx) (err error) {
		left, err = tx.RunsUnderWay()
		return err
	})
	if err != nil {
		return err
	}
	for _, run := range left {
		if err := s.recover(ctx, run); err != nil && !fault.Is(err, fault.Conflict) {
			return err
		}
	}
	return nil
}

func (s *Sender) recover(ctx context.Context, run campaign.Run) error {
	name := runLease(run.ID)
	if run.State == campaign.Planning {
		name = planLease(run.Slug)
	}
	lease, err := s.store.Take(ctx, name, s.actor)
	if err != nil {
		return err
	}
	defer lease.Release()
	idempotent := s.idempotent(ctx, run.Campaign.ESP)
	return s.store.Write(ctx, store.Full, func(tx *store.Tx) error {
		now, err := tx.Run(run.ID)
		if err != nil || now.State != run.State { // it went on before the lease was taken
			return nil //nolint:nilerr // a run that is gone needs nothing
		}
		if run.State == campaign.Planning {
			return tx.DropRun(run.ID)
		}
		n, err := recoverSending(tx, run.ID, idempotent)
		if err != nil {
			return err
		}
		note := "the program stopped while it was sending"
		if n > 0 && !idempotent {
			note += fmt.Sprintf("; the fate of %d messages is not known", n)
		}
		return (&sending{run: run}).settle(tx, true, campaign.Paused, note)
	})
}

// idempotent tells whether a sender takes a letter twice without harm; one that
// cannot be read does not.
func (s *Sender) idempotent(ctx context.Context, slug string) bool {
	kind := false
	_ = s.store.Read(ctx, func(tx *store.Tx) error {
		d, err := tx.Definition(store.ESPKind, slug)
		if err != nil {
			return err
		}
		k, _, err := Settings([]byte(d.Body))
		kind = err == nil && k.Idempotent
		return err
	})
	return kind
}
