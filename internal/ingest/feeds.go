package ingest

import (
	"context"
	"os"
	"time"

	"github.com/mailwright/mailwright/internal/batch"
	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/source/web"
	"github.com/mailwright/mailwright/internal/store"
)

// Feeds fetches feeds of products and imports what is new in them. A fetch that
// fails, a copy that is broken, and one that has suddenly far fewer products leave
// the catalogue as it is: the last good copy stays.
type Feeds struct {
	Store  *store.Store
	Client web.Client
	Actor  string
	Now    func() time.Time
}

// FeedFetch is what fetching a feed did.
type FeedFetch struct {
	State    catalog.FeedState
	Imported bool
	Report   Report // where something was imported
}

// Fetch fetches a feed now. anyway takes a copy with however few products, and one
// that the server says is unchanged. What went wrong with the feed is kept in its
// state as well as returned. It is fault.Conflict while another import runs.
func (f Feeds) Fetch(ctx context.Context, slug string, anyway bool, p job.Progress) (FeedFetch, error) {
	var kept store.KeptFeed
	err := f.Store.Read(ctx, func(tx *store.Tx) (err error) {
		kept, err = tx.Feed(slug)
		return err
	})
	if err != nil {
		return FeedFetch{}, err
	}
	done := FeedFetch{State: kept.FeedState}
	done.State.TriedAt = f.Now()
	failed := f.bring(ctx, kept, anyway, p, &done)
	if fault.Is(failed, fault.Conflict) || ctx.Err() != nil {
		return done, failed // nothing was learnt of the feed
	}
	if failed != nil {
		done.State.State, done.State.Message = catalog.FeedFailed, failed.Error()
	} else {
		done.State.Message = ""
		done.State.FetchedAt = done.State.TriedAt
	}
	err = f.Store.Write(ctx, store.Normal, func(tx *store.Tx) error { return tx.SetFeedState(slug, done.State) })
	if failed != nil {
		return done, failed
	}
	return done, err
}

// bring fetches and imports.
func (f Feeds) bring(ctx context.Context, kept store.KeptFeed, anyway bool, p job.Progress, done *FeedFetch) error {
	copied, err := os.CreateTemp("", "mailwright-fetch-*")
	if err != nil {
		return fault.New(fault.Unavailable, "%w", err)
	}
	defer func() { _ = os.Remove(copied.Name()) }()
	mark := web.Mark{ETag: kept.ETag, LastModified: kept.LastModified}
	if anyway {
		mark = web.Mark{}
	}
	p.Say("Fetching " + kept.Name)
	got, err := f.Client.Fetch(ctx, kept.URL, mark, copied)
	if e := copied.Close(); err == nil && e != nil {
		err = fault.New(fault.Unavailable, "%w", e)
	}
	if err != nil {
		return err
	}
	if got.Unchanged {
		done.State.State = catalog.FeedUnchanged
		return nil
	}
	plan, err := f.inspect(ctx, kept, copied.Name(), anyway, p)
	if err != nil {
		return err
	}
	p.Say("Writing")
	report, err := Run(ctx, f.Store, plan, f.Actor, p)
	if err != nil {
		return err
	}
	done.Imported, done.Report = true, report
	done.State.State, done.State.Products, done.State.Batch = catalog.FeedOK, int(report.Read), report.ID
	done.State.ETag, done.State.LastModified = got.Mark.ETag, got.Mark.LastModified
	return nil
}

// inspect reads a copy and refuses one that is not to be believed.
func (f Feeds) inspect(ctx context.Context, kept store.KeptFeed, path string, anyway bool, p job.Progress) (*Plan, error) {
	schema, err := f.Store.Schema(ctx)
	if err != nil {
		return nil, err
	}
	plan, err := Inspect(ctx, Request{Path: path, Kind: batch.Products, OnConflict: Update, Feed: kept.Slug, Source: kept.Name, MarkGone: !kept.KeepGone}, schema, p)
	if err != nil {
		return nil, err
	}
	switch {
	case plan.Rows == 0:
		return nil, fault.New(fault.Invalid, "the feed came without products; what was there before is kept")
	case !anyway && int(plan.Rows) < kept.Least(kept.Products):
		return nil, fault.New(fault.Invalid, "the feed came with %d products and had %d before; what was there is kept. If that is right, fetch it anyway", plan.Rows, kept.Products)
	}
	return plan, nil
}

// dueEvery is how often it is looked which feeds are to be fetched.
const dueEvery = time.Minute

// Keep fetches feeds when they are due, until ctx ends. What goes wrong is in their
// states.
func (f Feeds) Keep(ctx context.Context) {
	tick := time.NewTicker(dueEvery)
	defer tick.Stop()
	for {
		f.FetchDue(ctx)
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// FetchDue fetches the feeds that are due, one after the other, and gives their
// slugs. What goes wrong is in their states; a feed that another import kept from
// being fetched stays due.
func (f Feeds) FetchDue(ctx context.Context) (slugs []string) {
	var all []store.KeptFeed
	err := f.Store.Read(ctx, func(tx *store.Tx) (err error) {
		all, err = tx.Feeds()
		return err
	})
	if err != nil {
		return nil
	}
	for _, k := range all {
		if at, scheduled := k.Next(k.FeedState); !scheduled || at.After(f.Now()) || ctx.Err() != nil {
			continue
		}
		_, _ = f.Fetch(ctx, k.Slug, false, job.Silent{}) // told by the feed's state
		slugs = append(slugs, k.Slug)
	}
	return slugs
}
