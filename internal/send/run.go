package send

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/esp"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/store"
)

// sending is one process's work on a run.
type sending struct {
	sender  *Sender
	run     campaign.Run
	adapter esp.Adapter
	kind    esp.Kind
	codec   *codec
	letters letters
	after   int64 // the last message that was looked at
	left    int   // how many may still be sent; negative for all
	total   int
	done    int
}

// claimIdempotent is how many letters are under way at once with an adapter that
// takes a letter twice without harm; with others as many as it has connections, so
// that a crash leaves few of unknown fate.
const claimIdempotent = 64

// Send sends what a campaign's plan holds, and plans it first when it is not. limit
// bounds how many leave now; 0 is all. When ctx ends, what is under way is finished
// and the run is paused. It is fault.Conflict when somebody else is sending it.
func (s *Sender) Send(ctx context.Context, slug string, limit int, p job.Progress) (Status, error) {
	run, err := s.lastRun(ctx, slug)
	if fault.Is(err, fault.NotFound) || err == nil && run.State == campaign.Planning {
		p.Say("Composing every message")
		run, err = s.Plan(ctx, slug, p)
	}
	if err != nil {
		return Status{}, err
	}
	if run.State == campaign.Finished {
		return s.Status(ctx, slug)
	}
	lease, err := s.store.Take(ctx, runLease(run.ID), s.actor)
	if err != nil {
		return Status{}, err
	}
	defer lease.Release()
	p.Say("Sending")
	if err := s.send(ctx, run, limit, p); err != nil {
		return Status{}, err
	}
	return s.Status(context.WithoutCancel(ctx), slug)
}

// runLease names the right to send a run.
func runLease(run int64) string { return fmt.Sprintf("run:%d", run) }

func (s *Sender) lastRun(ctx context.Context, slug string) (run campaign.Run, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		if _, err := tx.Definition(store.CampaignKind, slug); err != nil {
			return err
		}
		run, err = tx.LastRun(slug)
		return err
	})
	if fault.Is(err, fault.NotFound) {
		// Without a campaign there is nothing to plan either.
		if exists := s.store.Read(ctx, func(tx *store.Tx) error {
			_, err := tx.Definition(store.CampaignKind, slug)
			return err
		}); exists != nil {
			return run, exists
		}
	}
	return run, err
}

func (s *Sender) send(ctx context.Context, run campaign.Run, limit int, p job.Progress) error {
	adapter, kind, err := s.Open(ctx, run.Campaign.ESP)
	if err != nil {
		return err
	}
	g := &sending{sender: s, run: run, adapter: adapter, kind: kind, left: limit}
	if limit == 0 {
		g.left = -1
	}
	err = g.start(ctx)
	if err == nil {
		err = g.loop(ctx, p)
	}
	if g.codec != nil {
		g.codec.close()
	}
	return errors.Join(err, adapter.Close())
}

// start takes over what a dead sender left and marks the run as running.
func (g *sending) start(ctx context.Context) error {
	var dictionary []byte
	err := g.sender.store.Write(ctx, store.Full, func(tx *store.Tx) error {
		to, why := campaign.MessageUnknown, "the program stopped while this was under way; the provider may have it or not"
		if g.kind.Idempotent {
			to, why = campaign.MessagePlanned, ""
		}
		if _, err := tx.RecoverSending(g.run.ID, to, why); err != nil {
			return err
		}
		counts, err := tx.MessageCounts(g.run.ID)
		if err != nil {
			return err
		}
		g.total = counts[string(campaign.MessagePlanned)]
		if dictionary, err = tx.RunDictionary(g.run.ID); err != nil {
			return err
		}
		return errors.Join(tx.SetRunState(g.run.ID, campaign.Running, ""), g.sender.chronicle(tx, "campaign.sending", g.run, g.total))
	})
	if err != nil {
		return err
	}
	if g.left >= 0 {
		g.total = min(g.total, g.left)
	}
	if g.codec, err = newCodec(dictionary); err != nil {
		return err
	}
	g.letters = letters{store: g.sender.store, run: g.run}
	return g.letters.frame(ctx)
}

// loop sends batch after batch. The fates of one batch and the claim of the next
// are one transaction.
func (g *sending) loop(ctx context.Context, p job.Progress) error {
	var fates []campaign.Message
	for {
		batch, held, stop, err := g.turn(ctx, fates)
		if err != nil {
			return err
		}
		g.done += held
		if stop {
			p.Set(int64(g.done), int64(g.total), "messages")
			return nil
		}
		var stopped string
		fates, stopped = g.deliver(ctx, batch)
		g.done += len(fates)
		p.Set(int64(g.done), int64(g.total), "messages")
		if stopped != "" {
			return g.finish(fates, campaign.Paused, stopped)
		}
	}
}

// turn writes the fates of the last batch down and claims the next one. stop tells
// that the run is at its end or paused.
func (g *sending) turn(ctx context.Context, fates []campaign.Message) (batch []store.OutboxRow, held int, stop bool, err error) {
	if ctx.Err() != nil {
		return nil, 0, true, g.finish(fates, campaign.Paused, "paused by hand")
	}
	err = g.sender.store.Write(context.WithoutCancel(ctx), store.Full, func(tx *store.Tx) error {
		batch, held, stop = nil, 0, false
		if err := tx.SetMessages(fates); err != nil {
			return err
		}
		now, err := tx.Run(g.run.ID)
		if err != nil {
			return err
		}
		if now.State != campaign.Running { // paused meanwhile, here or by another process
			stop = true
			return nil
		}
		size := g.kind.Connections
		if g.kind.Idempotent {
			size = claimIdempotent
		}
		if g.left >= 0 {
			size = min(size, g.left)
		}
		rows, err := tx.Outgoing(g.run.ID, g.after, size)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			stop = true
			return g.end(tx)
		}
		g.after = rows[len(rows)-1].ID
		batch, held, err = g.claim(tx, rows)
		return err
	})
	if err == nil && !stop && g.left >= 0 {
		g.left -= len(batch) + held
	}
	return batch, held, stop, err
}

// claim looks at permission once more and marks those who may be written to as
// under way.
func (g *sending) claim(tx *store.Tx, rows []store.OutboxRow) (batch []store.OutboxRow, held int, err error) {
	ids := make([]contact.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.Contact
	}
	standings, err := tx.StandingsAmong(g.run.Campaign.Purpose, ids, tx.Now())
	if err != nil {
		return nil, 0, err
	}
	present, err := tx.PresentAmong(ids)
	if err != nil {
		return nil, 0, err
	}
	moved := make([]campaign.Message, 0, len(rows))
	for _, r := range rows {
		who, there := present[r.Contact]
		permission := consent.Decide(standings[r.Contact], who.Suppressed, tx.Now())
		switch {
		case !there || who.Email != r.Email:
			r.State, r.Error = campaign.MessageHeld, "the contact is not there any more under this address"
		case !permission.Allowed:
			r.State, r.Error = campaign.MessageHeld, permission.Reason.Label()
		default:
			r.State, r.Error = campaign.MessageSending, ""
			batch = append(batch, r)
		}
		moved = append(moved, r.Message)
	}
	return batch, len(rows) - len(batch), tx.SetMessages(moved)
}

// end finishes the run, or pauses it when messages wait for later or a limit was
// reached.
func (g *sending) end(tx *store.Tx) error {
	counts, err := tx.MessageCounts(g.run.ID)
	if err != nil {
		return err
	}
	waiting := counts[string(campaign.MessagePlanned)]
	switch {
	case waiting == 0:
		return tx.SetRunState(g.run.ID, campaign.Finished, "")
	case g.left == 0:
		return tx.SetRunState(g.run.ID, campaign.Paused, fmt.Sprintf("the limit is reached; %d wait", waiting))
	}
	return tx.SetRunState(g.run.ID, campaign.Paused, fmt.Sprintf("%d messages wait: the server asked to try them later", waiting))
}

// finish writes the last fates and the run's state down.
func (g *sending) finish(fates []campaign.Message, s campaign.RunState, note string) error {
	return g.sender.store.Write(context.Background(), store.Full, func(tx *store.Tx) error {
		if err := tx.SetMessages(fates); err != nil {
			return err
		}
		counts, err := tx.MessageCounts(g.run.ID)
		if err != nil {
			return err
		}
		if counts[string(campaign.MessagePlanned)] == 0 {
			s, note = campaign.Finished, ""
		}
		return tx.SetRunState(g.run.ID, s, note)
	})
}

// deliver hands a batch to the provider, all letters at once, and gives their
// fates. stopped says why nothing can be sent now, for people.
func (g *sending) deliver(ctx context.Context, batch []store.OutboxRow) (fates []campaign.Message, stopped string) {
	outcomes := make([]esp.Outcome, len(batch))
	var group errgroup.Group
	group.SetLimit(max(1, g.kind.Connections))
	for i, r := range batch {
		letter, err := g.letters.of(ctx, g.codec, r, g.kind.TakesMIME)
		if err != nil {
			outcomes[i] = esp.Outcome{State: notSent, Answer: err.Error()}
			continue
		}
		group.Go(func() error {
			outcomes[i] = g.adapter.Deliver(context.WithoutCancel(ctx), letter)
			return nil
		})
	}
	_ = group.Wait() // its functions do not fail
	for i, o := range outcomes {
		m := batch[i].Message
		m.Error, m.Remote = "", o.Answer
		switch o.State {
		case esp.Accepted:
			m.State = campaign.MessageAccepted
		case esp.Rejected:
			m.State, m.Error = campaign.MessageRejected, o.Answer
		case notSent:
			m.State, m.Error, m.Remote = campaign.MessageHeld, o.Answer, ""
		case esp.Later:
			m.State, m.Error = campaign.MessagePlanned, o.Answer
		case esp.Stop:
			m.State, m.Error, stopped = campaign.MessagePlanned, o.Answer, o.Answer
		default:
			m.State, m.Error = campaign.MessageUnknown, o.Answer
		}
		fates = append(fates, m)
	}
	return fates, stopped
}

// notSent is the outcome of a letter that never reached the adapter.
const notSent esp.State = -1
