package send

import (
	"context"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/store"
)

// Status is where a campaign's run stands.
type Status struct {
	Run      campaign.Run
	Counts   map[string]int // messages by state
	Excluded map[string]int // people who were left out, by reason
	Live     bool           // somebody is sending it now; a running run without is interrupted
}

// Status gives where a campaign's newest run stands; fault.NotFound before it is
// planned.
func (s *Sender) Status(ctx context.Context, slug string) (st Status, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		run, err := tx.LastRun(slug)
		if err != nil {
			return err
		}
		st, err = StatusOf(tx, run)
		return err
	})
	return st, err
}

// StatusOf gives where a run stands. That the program stopped in the middle is told
// by the lease, and said by the run's note.
func StatusOf(tx *store.Tx, run campaign.Run) (st Status, err error) {
	st.Run = run
	if st.Counts, err = tx.MessageCounts(run.ID); err != nil {
		return st, err
	}
	if st.Excluded, err = tx.ExclusionCounts(run.ID); err != nil {
		return st, err
	}
	if st.Live, err = tx.Held(runLease(run.ID)); err != nil || st.Live {
		return st, err
	}
	switch run.State {
	case campaign.Running:
		st.Run.Note = "the program stopped while sending; resume to go on"
	case campaign.Planning:
		planning, err := tx.Held(planLease(run.Slug))
		if err != nil {
			return st, err
		}
		if !planning {
			st.Run.Note = "the program stopped while planning; plan it again"
		}
	}
	return st, nil
}

// Pause asks whoever sends the campaign to stop after what is under way. A run that
// nobody sends is paused at once.
func (s *Sender) Pause(ctx context.Context, slug string) error {
	return s.store.Write(ctx, store.Full, func(tx *store.Tx) error {
		run, err := tx.LastRun(slug)
		if err != nil {
			return err
		}
		if run.State == campaign.Finished || run.State == campaign.Planning {
			return fault.New(fault.Conflict, "the campaign is not being sent")
		}
		return tx.SetRunState(run.ID, campaign.Paused, byHand)
	})
}

// Verdict is what a person says of messages whose fate is not known, or that were
// held back.
type Verdict string

// The verdicts.
const (
	WasSent Verdict = "accepted" // they arrived
	Again   Verdict = "resend"   // they did not: send them with the next resume
	GiveUp  Verdict = "drop"     // leave them
)

// Resolve writes a verdict on messages of unknown fate (all verdicts) and on
// rejected or held ones (Again, GiveUp), and gives how many it moved. Where one of
// them has nothing to decide it is fault.Conflict, and none is moved.
func (s *Sender) Resolve(ctx context.Context, ids []int64, v Verdict) (moved int, err error) {
	err = s.store.Write(ctx, store.Full, func(tx *store.Tx) error {
		list, err := tx.MessagesByID(ids)
		if err != nil {
			return err
		}
		runs := map[int64]int{}
		for i, m := range list {
			if list[i], err = judged(m, v); err != nil {
				return err
			}
			runs[m.Run]++
		}
		if err := tx.SetMessages(list); err != nil {
			return err
		}
		moved = len(list)
		for id, n := range runs {
			if err := s.resolved(tx, id, n, v); err != nil {
				return err
			}
		}
		return nil
	})
	return moved, err
}

// resolved notes a verdict in the audit and opens a finished run again when some of
// its messages are to be sent.
func (s *Sender) resolved(tx *store.Tx, id int64, n int, v Verdict) error {
	run, err := tx.Run(id)
	if err != nil {
		return err
	}
	if v == Again && run.State == campaign.Finished {
		if err := tx.SetRunState(id, campaign.Paused, "messages were put back to be sent again"); err != nil {
			return err
		}
	}
	return s.chronicle(tx, "campaign.resolved."+string(v), run, n)
}

func judged(m campaign.Message, v Verdict) (campaign.Message, error) {
	unknown := m.State == campaign.MessageUnknown
	undone := unknown || m.State == campaign.MessageRejected || m.State == campaign.MessageHeld
	switch {
	case v == WasSent && unknown:
		m.State, m.Error, m.Remote = campaign.MessageAccepted, "", "said by hand to have arrived"
	case v == Again && undone:
		m.State, m.Error = campaign.MessagePlanned, ""
	case v == GiveUp && undone:
		m.State, m.Error = campaign.MessageRejected, "given up by hand"
	case v != WasSent && v != Again && v != GiveUp:
		return m, fault.At(fault.Invalid, "verdict", "%q is none of accepted, resend, drop", v)
	default:
		return m, fault.New(fault.Conflict, "the message to %s is %s; there is nothing to decide", m.Email, m.State)
	}
	return m, nil
}

// Kept gives the message that the campaign's newest run keeps for a contact, or
// fault.NotFound.
func (s *Sender) Kept(ctx context.Context, slug string, id contact.ID) (campaign.Message, Kept, error) {
	var row store.OutboxRow
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		run, err := tx.LastRun(slug)
		if err != nil {
			return err
		}
		if run.State == campaign.Planning {
			return fault.New(fault.NotFound, "the campaign is not planned yet")
		}
		row, err = tx.KeptMessage(run.ID, id)
		return err
	})
	if err != nil {
		return row.Message, Kept{}, err
	}
	return s.unpack(ctx, row)
}

// KeptByID gives a kept message by its number.
func (s *Sender) KeptByID(ctx context.Context, id int64) (campaign.Message, Kept, error) {
	var row store.OutboxRow
	err := s.store.Read(ctx, func(tx *store.Tx) (err error) {
		row, err = tx.MessageByID(id)
		return err
	})
	if err != nil {
		return row.Message, Kept{}, err
	}
	return s.unpack(ctx, row)
}

func (s *Sender) unpack(ctx context.Context, row store.OutboxRow) (campaign.Message, Kept, error) {
	var dictionary []byte
	err := s.store.Read(ctx, func(tx *store.Tx) (err error) {
		dictionary, err = tx.RunDictionary(row.Run)
		return err
	})
	if err != nil {
		return row.Message, Kept{}, err
	}
	c, err := newCodec(dictionary)
	if err != nil {
		return row.Message, Kept{}, err
	}
	defer c.close()
	kept, err := unpack(c, row)
	return row.Message, kept, err
}

// MIME gives the whole e-mail of a contact: the kept one where the campaign is
// planned, else what it would be now.
func (s *Sender) MIME(ctx context.Context, slug string, id contact.ID) ([]byte, error) {
	var run campaign.Run
	var row store.OutboxRow
	var dictionary []byte
	err := s.store.Read(ctx, func(tx *store.Tx) (err error) {
		if run, err = tx.LastRun(slug); err != nil {
			return err
		}
		if row, err = tx.KeptMessage(run.ID, id); err != nil {
			return err
		}
		dictionary, err = tx.RunDictionary(run.ID)
		return err
	})
	if fault.Is(err, fault.NotFound) {
		l, err := s.Letter(ctx, slug, id, "")
		return l.MIME, err
	}
	if err != nil {
		return nil, err
	}
	c, err := newCodec(dictionary)
	if err != nil {
		return nil, err
	}
	defer c.close()
	l, err := (&letters{store: s.store, run: run}).of(ctx, c, row, true)
	return l.MIME, err
}
