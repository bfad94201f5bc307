package send

import (
	"context"
	"fmt"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/esp"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/store"
)

// byHand is the note of a run that a person paused.
const byHand = "paused by hand"

// patience is how often a turn is tried while another program writes to the
// workspace; each try waits for some seconds.
const patience = 12

// turn writes fates down and claims the next messages, at most room, in one
// transaction. flying is how many are still under way; when there are none and no
// more are claimed, the run's state is settled and ended is true.
func (g *sending) turn(ctx context.Context, fates []campaign.Message, room, flying int) (batch []store.OutboxRow, ended bool, err error) {
	if s, ok := g.adapter.(esp.Syncer); ok && len(fates) > 0 {
		if err := s.Sync(); err != nil {
			return nil, false, err
		}
	}
	var t turn
	for try := 1; ; try++ {
		// What is known must be written down, whoever has lost patience.
		err = g.sender.store.Write(context.WithoutCancel(ctx), store.Full, func(tx *store.Tx) error {
			t = turn{after: g.after, pass: g.pass, room: room, flying: flying}
			if err := tx.SettleMessages(fates); err != nil {
				return err
			}
			return g.next(ctx, tx, &t)
		})
		if err == nil || !fault.Is(err, fault.Conflict) || try == patience {
			break
		}
	}
	if err != nil {
		return nil, false, err
	}
	g.after, g.pass = t.after, t.pass
	g.done += t.held
	if g.left >= 0 {
		g.left -= len(t.batch)
	}
	g.progress.Set(int64(g.done), int64(g.total), "messages")
	if t.lost && t.ended {
		err = fault.New(fault.Conflict, "another program went on with this campaign while this one slept")
	}
	return t.batch, t.ended, err
}

// turn is what one transaction of a sending decides.
type turn struct {
	room, flying int
	after        int64
	pass         int
	batch        []store.OutboxRow
	held         int
	ended, lost  bool
}

// next claims the next messages, or settles the run.
func (g *sending) next(ctx context.Context, tx *store.Tx, t *turn) error {
	now, err := tx.Run(g.run.ID)
	if err != nil {
		return err
	}
	mine, err := g.lease.Mine(tx)
	if err != nil {
		return err
	}
	t.ended = t.flying == 0
	switch {
	case !mine:
		t.lost = true
		return nil
	case g.stopped != "":
		return g.settle(tx, t.ended, campaign.Paused, g.stopped)
	case ctx.Err() != nil:
		return g.settle(tx, t.ended, campaign.Paused, byHand)
	case now.State != campaign.Running: // paused meanwhile, here or by another process
		return g.settle(tx, t.ended, now.State, now.Note)
	}
	if g.left >= 0 {
		t.room = min(t.room, g.left)
	}
	rows, err := tx.Outgoing(g.run.ID, t.after, t.room)
	switch {
	case err != nil:
		return err
	case len(rows) > 0:
		t.ended = false
		t.after = rows[len(rows)-1].ID
		t.batch, t.held, err = g.claim(tx, rows)
		return err
	case !t.ended:
		return nil
	case t.pass+1 < passes && g.accepted > 0 && t.room > 0:
		t.ended, t.pass, t.after = false, t.pass+1, 0
		return nil
	}
	return g.end(tx)
}

// passes is how often messages that the server did not take for a passing reason
// are tried before they wait for a person; again only when others were accepted.
const passes = 2

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
	note := fmt.Sprintf("the server asked to try %d messages later", waiting)
	if g.left == 0 {
		note = fmt.Sprintf("the limit is reached; %d messages wait", waiting)
	}
	return g.settle(tx, true, campaign.Paused, note)
}

// settle writes the run's last state down: finished where nothing waits, whatever
// stopped it.
func (g *sending) settle(tx *store.Tx, ended bool, s campaign.RunState, note string) error {
	if !ended {
		return nil
	}
	counts, err := tx.MessageCounts(g.run.ID)
	if err != nil {
		return err
	}
	if counts[string(campaign.MessagePlanned)] == 0 {
		s, note = campaign.Finished, ""
	}
	return tx.SetRunState(g.run.ID, s, note)
}
