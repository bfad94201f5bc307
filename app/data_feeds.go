package app

import (
	"context"
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/segment"
	"github.com/mailwright/mailwright/internal/source/web"
	"github.com/mailwright/mailwright/internal/store"
)

// Feed is a list of products that is fetched on a schedule, and how that goes.
type Feed struct {
	Slug      string  `json:"slug"` // made from the name when empty
	Name      string  `json:"name"`
	URL       string  `json:"url"`
	Hours     int     `json:"hours"`     // between two fetches; 0: only when asked
	Shrink    float64 `json:"shrink"`    // a copy with less than this part of the products before is refused; 0 is the usual half
	KeepGone  bool    `json:"keep_gone"` // products that the feed has no more stay as they are
	State     string  `json:"state"`     // ok, unchanged, failed; "" before the first fetch
	Message   string  `json:"message"`   // why it failed
	TriedAt   int64   `json:"tried_at"`
	FetchedAt int64   `json:"fetched_at"` // the last time that what is here was the feed's
	NextAt    int64   `json:"next_at"`    // 0 without a schedule
	Products  int     `json:"products"`   // in the last good copy
	Batch     int64   `json:"batch"`      // that brought it; 0 for none
}

func feedOf(k store.KeptFeed) Feed {
	ms := func(t time.Time) int64 {
		if t.IsZero() {
			return 0
		}
		return t.UnixMilli()
	}
	f := Feed{Slug: k.Slug, Name: k.Name, URL: k.URL, Hours: k.Hours, Shrink: k.Shrink, KeepGone: k.KeepGone, State: k.State, Message: k.Message,
		TriedAt: ms(k.TriedAt), FetchedAt: ms(k.FetchedAt), Products: k.Products, Batch: k.Batch}
	if at, ok := k.Next(k.FeedState); ok {
		f.NextAt = ms(at)
	}
	return f
}

// Feeds gives the feeds of products.
func (s *Data) Feeds(ctx context.Context) ([]Feed, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, err
	}
	list := []Feed{}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.Feeds()
		for _, k := range all {
			list = append(list, feedOf(k))
		}
		return err
	})
	return list, err
}

// PutFeed saves a feed: its name, address and schedule. The rest tells how fetching
// goes, and is not taken from f.
func (s *Data) PutFeed(ctx context.Context, f Feed) (Feed, error) {
	w, err := s.app.current()
	if err != nil {
		return Feed{}, err
	}
	if f.Slug == "" {
		f.Slug = segment.Slug(f.Name)
	}
	feed := catalog.Feed{Slug: f.Slug, Name: strings.TrimSpace(f.Name), URL: strings.TrimSpace(f.URL), Hours: f.Hours, Shrink: f.Shrink, KeepGone: f.KeepGone}
	if err := segment.CheckSlug(f.Slug); err != nil {
		return Feed{}, err
	}
	if err := feed.Check(); err != nil {
		return Feed{}, err
	}
	if err := web.CheckURL(feed.URL); err != nil {
		return Feed{}, err
	}
	var kept store.KeptFeed
	err = w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error {
		if err := tx.PutFeed(feed); err != nil {
			return err
		}
		kept, err = tx.Feed(f.Slug)
		return err
	})
	return feedOf(kept), err
}

// RemoveFeed forgets a feed; its products stay.
func (s *Data) RemoveFeed(ctx context.Context, slug string) error {
	w, err := s.app.current()
	if err != nil {
		return err
	}
	return w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error { return tx.RemoveFeed(slug) })
}

// FetchedFeed is what fetching a feed did. Read, created, … are 0 where it had not
// changed.
type FetchedFeed struct {
	State   string `json:"state"`
	Batch   int64  `json:"batch"`
	Read    int64  `json:"read"`
	Created int64  `json:"created"`
	Updated int64  `json:"updated"`
	Gone    int64  `json:"gone"`
	Refused int64  `json:"rejected"`
}

// FetchFeed fetches a feed now, as a job whose result is a FetchedFeed. anyway takes
// a copy with however few products, and one that has not changed.
func (s *Data) FetchFeed(ctx context.Context, slug string, anyway bool) (JobStarted, error) {
	w, err := s.app.current()
	if err != nil {
		return JobStarted{}, err
	}
	var kept store.KeptFeed
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		kept, err = tx.Feed(slug)
		return err
	})
	if err != nil {
		return JobStarted{}, err
	}
	return s.app.start("feed", "Fetch "+kept.Name, func(ctx context.Context, p job.Progress) (any, error) {
		done, err := w.Feeds.Fetch(ctx, slug, anyway, p)
		if err != nil && !fault.Is(err, fault.Cancelled) {
			return nil, err
		}
		r := done.Report
		return FetchedFeed{State: done.State.State, Batch: r.ID, Read: r.Read, Created: r.Created, Updated: r.Updated, Gone: r.Gone, Refused: r.Rejected}, err
	}), nil
}

// FetchDueFeeds fetches the feeds whose time has come, and gives all of them.
func (s *Data) FetchDueFeeds(ctx context.Context) ([]Feed, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, err
	}
	w.Feeds.FetchDue(ctx)
	return s.Feeds(ctx)
}
