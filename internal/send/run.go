package send

import (
	"context"
	"errors"
	"fmt"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/esp"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/store"
)

// Send sends what a campaign's plan holds, and plans it first when it is not, when
// the last plan reached nobody, or when it is older than the last check. limit
// bounds how many leave now; 0 is all. When ctx ends, what is under way is finished
// and the run is paused. It is fault.Conflict when somebody else is sending it, and
// fault.Unavailable, with the status, when the provider stopped it: the run is
// paused then and nothing of it is lost.
func (s *Sender) Send(ctx context.Context, slug string, limit int, p job.Progress) (Status, error) {
	run, err := s.lastRun(ctx, slug)
	if fault.Is(err, fault.NotFound) {
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
	stopped, err := s.send(ctx, run, lease, limit, p)
	if err != nil {
		return Status{}, err
	}
	lease.Release() // so that the status tells that nobody sends it any more
	st, err := s.Status(context.WithoutCancel(ctx), slug)
	if err == nil && stopped != "" {
		err = fault.New(fault.Unavailable, "%s; %d messages wait for you to resume", stopped, st.Counts[string(campaign.MessagePlanned)])
	}
	return st, err
}

// runLease names the right to send a run.
func runLease(run int64) string { return fmt.Sprintf("run:%d", run) }

// lastRun gives the newest run of a campaign that was planned; fault.NotFound
// without one, without the campaign, where a run ended with nothing to send, and
// where the campaign was checked after it was planned and nothing has left.
func (s *Sender) lastRun(ctx context.Context, slug string) (run campaign.Run, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		if _, err := tx.Definition(store.CampaignKind, slug); err != nil {
			return err
		}
		if run, err = tx.LastRun(slug); err != nil {
			return err
		}
		if run.State != campaign.Planning && run.State != campaign.Finished {
			old, err := outdated(tx, run)
			if err == nil && old {
				err = fault.New(fault.NotFound, "the campaign was checked after it was planned")
			}
			return err
		}
		left, err := departed(tx, run.ID)
		if err == nil && left == 0 {
			err = fault.New(fault.NotFound, "the campaign is not planned yet")
		}
		return err
	})
	return run, err
}

// send works through the run's messages; stopped says why the provider takes none
// now, for people.
func (s *Sender) send(ctx context.Context, run campaign.Run, lease *store.Lease, limit int, p job.Progress) (stopped string, err error) {
	adapter, kind, err := s.Open(ctx, run.Campaign.ESP)
	if err != nil {
		return "", err
	}
	g := &sending{sender: s, run: run, lease: lease, adapter: adapter, kind: kind, left: limit, progress: p}
	if limit == 0 {
		g.left = -1
	}
	err = g.start(ctx)
	if err == nil {
		err = g.loop(ctx)
	}
	if g.codec != nil {
		g.codec.close()
	}
	return g.stopped, errors.Join(err, adapter.Close())
}

// sending is one process's work on a run.
type sending struct {
	sender   *Sender
	run      campaign.Run
	lease    *store.Lease
	adapter  esp.Adapter
	kind     esp.Kind
	codec    *codec
	letters  letters
	progress job.Progress

	after    int64 // the last message that was looked at in this pass
	pass     int
	left     int // how many may still be sent; negative for all
	total    int // messages to look at
	done     int // messages looked at
	accepted int
	refused  int
	stopped  string // why nothing can be sent now, for people
}

// fate is what became of a letter that was under way.
type fate struct {
	campaign.Message
	stop bool // the provider takes nothing more now
}

// start takes over what a dead sender left and marks the run as running.
func (g *sending) start(ctx context.Context) error {
	var dictionary []byte
	err := g.sender.store.Write(ctx, store.Full, func(tx *store.Tx) error {
		if _, err := recoverSending(tx, g.run.ID, g.kind.Idempotent); err != nil {
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

// loop keeps the adapter busy: whenever letters come back, their fates and the
// claim of as many new ones are one transaction. With a slow disk or a fast server
// many come back meanwhile, so that the transactions grow with the speed.
func (g *sending) loop(ctx context.Context) error {
	window := g.kind.Window()
	answers := make(chan fate, window)
	hands := make(chan struct{}, max(1, g.kind.Connections))
	flying := 0
	defer func() {
		for range flying { // after an error: nobody may use the adapter when it is closed
			<-answers
		}
	}()
	var fates []campaign.Message
	for {
		batch, ended, err := g.turn(ctx, fates, window-flying, flying)
		if err != nil || ended {
			return err
		}
		for _, r := range batch {
			flying++
			go func() {
				hands <- struct{}{}
				f := g.deliver(ctx, r)
				<-hands
				answers <- f
			}()
		}
		fates = fates[:0]
		if flying == 0 {
			continue // all that were looked at are held back
		}
		for wait := true; wait || len(answers) > 0; wait = false {
			f := <-answers
			flying--
			g.count(f)
			fates = append(fates, f.Message)
		}
	}
}

// refusedAtOnce is after how many refusals, with nothing accepted before, the
// fault is taken to be the sender's and not the recipients'.
const refusedAtOnce = 20

// count keeps the tallies of this process.
func (g *sending) count(f fate) {
	if f.stop {
		g.stopped = f.Error
	}
	switch f.State {
	case campaign.MessagePlanned:
		if g.left >= 0 {
			g.left++ // it did not leave
		}
		return
	case campaign.MessageAccepted:
		g.accepted++
	case campaign.MessageRejected:
		g.refused++
		if g.accepted == 0 && g.refused == refusedAtOnce {
			g.stopped = fmt.Sprintf("the server refused the first %d letters (%s)", g.refused, f.Error)
		}
	}
	g.done++
}

// deliver hands a letter to the provider.
func (g *sending) deliver(ctx context.Context, r store.OutboxRow) fate {
	m := r.Message
	letter, err := g.letters.of(ctx, g.codec, r, g.kind.TakesMIME)
	switch {
	case ctx.Err() != nil:
		m.State, m.Error = campaign.MessagePlanned, ""
		return fate{Message: m}
	case err != nil:
		m.State, m.Error = campaign.MessageHeld, err.Error()
		return fate{Message: m}
	}
	o := g.adapter.Deliver(ctx, letter)
	m.Error, m.Remote = o.Answer, o.Answer
	switch o.State {
	case esp.Accepted:
		m.State, m.Error = campaign.MessageAccepted, ""
	case esp.Rejected:
		m.State = campaign.MessageRejected
	case esp.Later, esp.Stop:
		m.State = campaign.MessagePlanned
	default:
		m.State = campaign.MessageUnknown
	}
	return fate{Message: m, stop: o.State == esp.Stop}
}
