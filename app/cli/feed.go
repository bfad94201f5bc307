package main

import (
	"fmt"
	"io"
	"strconv"

	"github.com/mailwright/mailwright/app"
)

type feedCommands struct {
	Put   feedPut    `cmd:"" help:"Save where a feed of products is fetched from, and how often."`
	List  feedList   `cmd:"" help:"List the feeds and how fetching them goes."`
	Fetch feedFetch  `cmd:"" help:"Fetch a feed now, or all whose time has come."`
	Rm    feedRemove `cmd:"" help:"Forget a feed; its products stay."`
}

type feedPut struct {
	Slug     string  `arg:"" help:"How commands name it."`
	URL      string  `arg:"" help:"An http or https address of CSV, TSV, JSON or Google Merchant XML."`
	Name     string  `help:"For people; the slug when left out."`
	Hours    int     `default:"24" help:"Between two fetches; 0 is only when asked."`
	Shrink   float64 `default:"0.5" help:"Refuse a copy with less than this part of the products before."`
	KeepGone bool    `help:"Leave products as they are that the feed has no more."`
}

// Run saves a feed.
func (c feedPut) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	f, err := a.Data().PutFeed(rt.ctx, app.Feed{Slug: c.Slug, Name: keep(c.Name, c.Slug), URL: c.URL, Hours: c.Hours, Shrink: c.Shrink, KeepGone: c.KeepGone})
	if err != nil {
		return err
	}
	return rt.print(f, func(w io.Writer) { _, _ = fmt.Fprintf(w, "Saved the feed %s.\n", f.Slug) })
}

type feedList struct{}

// Run lists the feeds.
func (feedList) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	all, err := a.Data().Feeds(rt.ctx)
	if err != nil {
		return err
	}
	return listFeeds(rt, all)
}

func listFeeds(rt *runtime, all []app.Feed) error {
	return list(rt, all, []string{"SLUG", "STATE", "PRODUCTS", "FETCHED", "NEXT", "ADDRESS", "PROBLEM"}, func(f app.Feed) []string {
		return []string{f.Slug, f.State, strconv.Itoa(f.Products), instant(f.FetchedAt), instant(f.NextAt), f.URL, f.Message}
	})
}

type feedFetch struct {
	Slug   string `arg:"" optional:"" help:"The feed; without it, all whose time has come."`
	Anyway bool   `help:"Take the copy however few products it has, and though it is unchanged."`
}

// Run fetches.
func (c feedFetch) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	if c.Slug == "" {
		all, err := a.Data().FetchDueFeeds(rt.ctx)
		if err != nil {
			return err
		}
		return listFeeds(rt, all)
	}
	started, err := a.Data().FetchFeed(rt.ctx, c.Slug, c.Anyway)
	if err != nil {
		return err
	}
	var done app.FetchedFeed
	if err := rt.wait(a, started, &done); err != nil {
		return err
	}
	err = rt.print(done, func(w io.Writer) {
		if done.Batch == 0 {
			_, _ = fmt.Fprintln(w, "The feed has not changed.")
			return
		}
		_, _ = fmt.Fprintf(w, "%d products: %d created, %d updated, %d rejected; %d are in the feed no more (import %d).\n", done.Read, done.Created, done.Updated, done.Refused, done.Gone, done.Batch)
	})
	if err == nil && done.Refused > 0 {
		return errPartly
	}
	return err
}

type feedRemove struct {
	Slug string `arg:"" help:"The feed."`
}

// Run forgets a feed.
func (c feedRemove) Run(rt *runtime) error {
	return removed(rt, "feed", c.Slug, func(a *app.App) error { return a.Data().RemoveFeed(rt.ctx, c.Slug) })
}
