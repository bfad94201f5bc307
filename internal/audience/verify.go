package audience

import (
	"context"
	"errors"
	"time"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
)

// Verified is what a check of the engine against the stored rows found.
type Verified struct {
	Checked int          // people
	Members int          // by the stored rows
	Missing []contact.ID // in by the stored rows, but not by the engine
	Extra   []contact.ID // in by the engine, but not by the stored rows
}

// verifyStep is after how many people progress is told and cancelling is seen.
const verifyStep = 512

// Verify answers a condition anew: everything that it looks at is read again from
// the source, nothing that this engine keeps is used, and each person is asked
// alone. It gives the people for whom the engine's own answer differs.
func (e *Engine) Verify(ctx context.Context, n condition.Node, asOf time.Time, progress func(done, total int)) (Verified, error) {
	for range attempts {
		v, err := e.verify(ctx, n, asOf, progress)
		if !errors.Is(err, ErrMoved) {
			return v, err
		}
	}
	return Verified{}, errBusy
}

func (e *Engine) verify(ctx context.Context, n condition.Node, asOf time.Time, progress func(done, total int)) (Verified, error) {
	kept, err := e.At(ctx, asOf)
	if err != nil {
		return Verified{}, err
	}
	own, err := kept.Bitmap(ctx, n)
	if err != nil {
		return Verified{}, err
	}
	in := make(map[int64]bool, own.Count())
	for _, id := range kept.IDs(own) {
		in[int64(id)] = true
	}
	fresh, err := New(e.source).At(ctx, asOf)
	if err != nil {
		return Verified{}, err
	}
	if fresh.Version() != kept.Version() {
		return Verified{}, ErrMoved
	}
	c, err := fresh.check(ctx, n)
	if err != nil {
		return Verified{}, err
	}
	return fresh.compareWith(ctx, c, in, progress)
}

// compareWith asks every person alone, and takes those who agree out of in.
func (v *View) compareWith(ctx context.Context, c *condition.Checked, in map[int64]bool, progress func(done, total int)) (found Verified, err error) {
	s, people := v.scope(), v.frame.people
	found.Missing, found.Extra = []contact.ID{}, []contact.ID{}
	people.alive.Each(func(i int) bool {
		id := people.ids[i]
		if s.one(c, i) {
			found.Members++
			if !in[id] {
				found.Missing = append(found.Missing, contact.ID(id))
			}
		} else if in[id] {
			found.Extra = append(found.Extra, contact.ID(id))
		}
		delete(in, id)
		found.Checked++
		if found.Checked%verifyStep == 0 {
			progress(found.Checked, people.total)
			err = ctx.Err()
		}
		return err == nil
	})
	if err != nil {
		return Verified{}, err
	}
	for id := range in { // who is not there any more
		found.Extra = append(found.Extra, contact.ID(id))
	}
	progress(found.Checked, people.total)
	return found, nil
}
