package send

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/personalize"
	"github.com/mailwright/mailwright/internal/store"
)

// rowsAtOnce is how many composed messages one transaction keeps.
const rowsAtOnce = 512

// Plan composes every message of a campaign and keeps them. A plan of which nothing
// has left is replaced; one that is being sent, or was, is fault.Conflict. A plan
// that is cut short leaves nothing. What was checked is what is planned: messages are
// composed of the data of the check, and one that differs from it is held.
func (s *Sender) Plan(ctx context.Context, slug string, p job.Progress) (campaign.Run, error) {
	lease, err := s.store.Take(ctx, planLease(slug), s.actor)
	if err != nil {
		return campaign.Run{}, err
	}
	defer lease.Release()
	run, check, template, d, err := s.pin(ctx, slug)
	if err != nil {
		return run, err
	}
	plan, err := s.personalize.Prepare(ctx, personalize.Job{
		Template: template, AsOf: run.AsOf, Campaign: run.Campaign.Name, Slug: slug, Unsubscribe: d.Unsubscribe, PostalAddress: d.PostalAddress,
		Unsubscribable: run.Campaign.CheckUnsubscribe,
	}, true)
	if err != nil {
		return run, err
	}
	who, err := s.audience(ctx, run.Campaign, plan.View(), run.CreatedAt)
	if err != nil {
		return run, err
	}
	if run.ID, err = s.begin(ctx, run, who); err != nil {
		return run, err
	}
	err = s.compose(ctx, run, check, plan, who.Permitted, p)
	if err == nil {
		err = s.store.Write(ctx, store.Full, func(tx *store.Tx) error {
			run.State = campaign.Planned
			return errors.Join(tx.SetRunState(run.ID, campaign.Planned, ""), s.chronicle(tx, "campaign.planned", run, len(who.Permitted)))
		})
	}
	if err != nil {
		drop := s.store.Write(context.WithoutCancel(ctx), store.Normal, func(tx *store.Tx) error { return tx.DropRun(run.ID) })
		return run, errors.Join(err, drop)
	}
	return run, nil
}

// planLease names the right to plan a campaign.
func planLease(slug string) string { return "campaign:" + slug }

// pin reads everything that a plan is pinned to and clears an older plan of which
// nothing has left.
func (s *Sender) pin(ctx context.Context, slug string) (run campaign.Run, check store.KeptProof, t content.Template, d Defaults, err error) {
	err = s.store.Write(ctx, store.Normal, func(tx *store.Tx) error {
		c, in, err := s.campaign(tx, slug)
		if err != nil {
			return err
		}
		d = in
		if err := c.Check(d.Unsubscribe); err != nil {
			return err
		}
		if _, err := tx.Definition(store.ESPKind, c.ESP); err != nil {
			return err
		}
		if check, err = lastCheck(tx, slug, c); err != nil {
			return err
		}
		if c.Version == 0 {
			newest, err := tx.Definition(store.TemplateKind, c.Template)
			if err != nil {
				return err
			}
			c.Version = newest.Version
		}
		v, err := tx.DefinitionVersion(store.TemplateKind, c.Template, c.Version)
		if err != nil {
			return err
		}
		if t, err = content.Parse([]byte(v.Body)); err != nil {
			return err
		}
		run = campaign.Run{Slug: slug, Campaign: c, TemplateVersion: c.Version, AsOf: instantOf(check, tx.Now().UTC()), CreatedAt: tx.Now().UTC(), State: campaign.Planning, Unsubscribe: d.Unsubscribe, Check: check.ID}
		return clear(tx, slug)
	})
	return run, check, t, d, err
}

// clear drops the campaign's plan when nothing of it has left.
func clear(tx *store.Tx, slug string) error {
	last, err := tx.LastRun(slug)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	live, err := tx.Held(runLease(last.ID))
	if err != nil {
		return err
	}
	left, err := departed(tx, last.ID)
	switch {
	case err != nil:
		return err
	case live:
		return fault.New(fault.Conflict, "the campaign is being sent; pause it first")
	case left > 0 && last.State == campaign.Finished:
		return fault.New(fault.Conflict, "the campaign has been sent; make a copy of it to send again, so that nobody gets it twice by accident")
	case left > 0:
		return fault.New(fault.Conflict, "the campaign is being sent: %d of its messages have left; resume it", left)
	}
	return tx.DropRun(last.ID)
}

// departed counts the messages of a run that are neither waiting, failed nor held.
func departed(tx *store.Tx, run int64) (n int, err error) {
	counts, err := tx.MessageCounts(run)
	for state, count := range counts {
		if s := campaign.MessageState(state); s != campaign.MessagePlanned && s != campaign.MessageFailed && s != campaign.MessageHeld {
			n += count
		}
	}
	return n, err
}

// Void drops the plan of a campaign that was changed, when nothing of it has left
// and nobody is at it: what was planned is not what would be sent any more.
func Void(tx *store.Tx, slug string) error {
	last, err := tx.LastRun(slug)
	if fault.Is(err, fault.NotFound) || err == nil && last.State == campaign.Planning {
		return nil
	}
	if err != nil {
		return err
	}
	live, err := tx.Held(runLease(last.ID))
	if err != nil || live {
		return err
	}
	if left, err := departed(tx, last.ID); err != nil || left > 0 {
		return err
	}
	return tx.DropRun(last.ID)
}

// begin writes the run and who is left out.
func (s *Sender) begin(ctx context.Context, run campaign.Run, who Audience) (id int64, err error) {
	err = s.store.Write(ctx, store.Normal, func(tx *store.Tx) error {
		if id, err = tx.AddRun(run); err != nil {
			return err
		}
		return tx.AddExclusions(id, who.Excluded)
	})
	return id, err
}

// compose renders everybody, does what was decided about problems, and keeps the
// messages.
func (s *Sender) compose(ctx context.Context, run campaign.Run, check store.KeptProof, plan *personalize.Plan, ids []contact.ID, p job.Progress) error {
	k := keeper{sender: s, ctx: ctx, run: run, check: check}
	decide := newDecider(run.Campaign)
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		info, err := tx.Info()
		k.uuid = info.UUID
		return err
	})
	if err != nil {
		return err
	}
	if err := k.begin(plan.Compiled().Dictionary()); err != nil {
		return err
	}
	defer k.codec.close()
	done := 0
	err = plan.Each(ctx, ids, func(r personalize.Result) error {
		done++
		if done%256 == 0 || done == len(ids) {
			p.Set(int64(done), int64(len(ids)), "messages")
		}
		if !decide.keeps(&r) {
			return nil
		}
		return k.add(r)
	})
	if err == nil {
		err = decide.err()
	}
	if err == nil {
		err = k.flush()
	}
	if err != nil {
		return err
	}
	return s.store.Write(ctx, store.Normal, func(tx *store.Tx) error { return tx.AddExclusions(run.ID, decide.skipped) })
}

// keeper writes results into the outbox, many to a transaction.
type keeper struct {
	sender  *Sender
	ctx     context.Context
	run     campaign.Run
	check   store.KeptProof
	uuid    string
	codec   *codec
	results []personalize.Result
}

func (k *keeper) add(r personalize.Result) error {
	k.results = append(k.results, r)
	if len(k.results) < rowsAtOnce {
		return nil
	}
	return k.flush()
}

// row gives a result as it is kept. checked has what was checked, by person.
func (k *keeper) row(r personalize.Result, checked map[contact.ID]campaign.Fingerprint) (store.OutboxRow, error) {
	m := campaign.Message{Run: k.run.ID, Contact: r.Contact, Email: r.Email, State: campaign.MessagePlanned, Key: k.key(r.Contact), Subject: r.Message.Subject, Hash: r.Hash}
	had, was := checked[r.Contact]
	if r.Err != nil {
		m.State, m.Error, m.Hash = campaign.MessageFailed, r.Err.Error(), r.Message.Hash()
	} else if why := hold(k.check, had, was, r.Hash); why != "" {
		m.State, m.Error = campaign.MessageHeld, why
	}
	plain, err := plainBody(Kept{Message: r.Message, Trace: r.Trace, Unsubscribe: r.Unsubscribe})
	if err != nil {
		return store.OutboxRow{}, err
	}
	return store.OutboxRow{Message: m, Body: k.codec.pack(plain)}, nil
}

// begin keeps what the run's bodies are compressed against.
func (k *keeper) begin(dictionary []byte) (err error) {
	if k.codec, err = newCodec(dictionary); err != nil {
		return err
	}
	return k.sender.store.Write(k.ctx, store.Normal, func(tx *store.Tx) error { return tx.SetRunDictionary(k.run.ID, dictionary) })
}

// flush packs what has come on all cores, and writes it.
func (k *keeper) flush() error {
	checked, err := k.checked()
	if err != nil {
		return err
	}
	rows := make([]store.OutboxRow, len(k.results))
	var group errgroup.Group
	share := max(1, (len(rows)+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0))
	for from := 0; from < len(rows); from += share {
		group.Go(func() (err error) {
			for i := from; i < min(from+share, len(rows)) && err == nil; i++ {
				rows[i], err = k.row(k.results[i], checked)
			}
			return err
		})
	}
	if err := group.Wait(); err != nil || len(rows) == 0 {
		return err
	}
	k.results = k.results[:0]
	return k.sender.store.Write(k.ctx, store.Normal, func(tx *store.Tx) error { return tx.AddMessages(rows) })
}

// checked reads what was checked of the people who have come.
func (k *keeper) checked() (had map[contact.ID]campaign.Fingerprint, err error) {
	if k.check.ID == 0 {
		return nil, nil
	}
	ids := make([]contact.ID, len(k.results))
	for i, r := range k.results {
		ids[i] = r.Contact
	}
	err = k.sender.store.Read(k.ctx, func(tx *store.Tx) error {
		had, err = tx.CheckedAmong(k.check.ID, ids)
		return err
	})
	return had, err
}

// key gives the idempotency key of a contact's message in the run: it tells nothing
// of the person and is the same whenever it is asked for.
func (k *keeper) key(id contact.ID) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d\x00%d", k.uuid, k.run.ID, id))
	return strings.ToLower(hex.EncodeToString(sum[:16]))
}

// chronicle writes what was done with a campaign into the audit.
func (s *Sender) chronicle(tx *store.Tx, action string, run campaign.Run, n int) error {
	c, err := tx.Chronicle(s.actor)
	if err != nil {
		return err
	}
	return c.Add(action, 0, map[string]any{"campaign": run.Slug, "run": run.ID, "template": run.Campaign.Template, "version": run.TemplateVersion, "messages": n}, nil)
}
