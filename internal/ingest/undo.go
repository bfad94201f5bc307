package ingest

import (
	"context"

	"github.com/mailwright/mailwright/internal/batch"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/store"
)

// eventsPerUndo is how many events one transaction of an undo deletes.
const eventsPerUndo = 50_000

// Undo takes a batch back: what still is what the batch made it becomes what it
// was, what the batch added goes, and what was changed since stays and is listed.
// An undo that is cut off can be run again. It returns fault.Conflict for a batch
// that is running or undone.
func Undo(ctx context.Context, s *store.Store, id int64, actor string, p job.Progress) (store.Undone, error) {
	undone := store.Undone{Kept: []store.KeptItem{}}
	lease, err := s.Take(ctx, store.ImportLease, actor)
	if err != nil {
		return undone, err
	}
	defer lease.Release()
	if err := s.FailStaleBatches(ctx); err != nil {
		return undone, err
	}
	var b batch.Batch
	if err := s.Read(ctx, func(tx *store.Tx) error {
		b, err = tx.Batch(id, nil)
		return err
	}); err != nil {
		return undone, err
	}
	if b.State == batch.Undone {
		return undone, fault.New(fault.Conflict, "import %d was undone already", id)
	}
	if err := undoEvents(ctx, s, b, &undone, p); err != nil {
		return undone, err
	}
	err = s.Write(ctx, store.Full, func(tx *store.Tx) error {
		u := undone
		for _, step := range []func() error{
			func() error { return tx.UndoChanges(id, &u) },
			func() error { return tx.UndoConsents(id) },
			func() error { return tx.UndoContacts(id, &u) },
			func() error { return tx.UndoProducts(id, &u) },
		} {
			if err := step(); err != nil {
				return err
			}
		}
		c, err := tx.Chronicle(actor)
		if err != nil {
			return err
		}
		if err := c.Add("import.undone", 0, map[string]any{"batch": id, "restored": u.Restored, "removed": u.Removed, "kept": int64(len(u.Kept)) + u.KeptMore}, nil); err != nil {
			return err
		}
		b.State = batch.Undone
		if err := tx.SaveBatch(b, nil); err != nil {
			return err
		}
		undone = u
		return nil
	})
	return undone, err
}

func undoEvents(ctx context.Context, s *store.Store, b batch.Batch, undone *store.Undone, p job.Progress) error {
	for {
		var n int64
		err := s.Write(ctx, store.Normal, func(tx *store.Tx) (err error) {
			n, err = tx.UndoEvents(b.ID, eventsPerUndo)
			return err
		})
		if err != nil {
			return err
		}
		undone.Removed += n
		p.Set(undone.Removed, b.Created, "events")
		if n < eventsPerUndo {
			return nil
		}
		if ctx.Err() != nil {
			return fault.New(fault.Cancelled, "stopped; what was taken back stays so, run the undo again for the rest")
		}
	}
}
