package main

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/store"
)

type segmentRefresh struct{}

// Run notes who joined and left.
func (segmentRefresh) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	r, err := a.Segments().Refresh(rt.ctx)
	if err != nil {
		return err
	}
	answer := struct {
		Segments int    `json:"segments"`
		Joined   int    `json:"joined"`
		Left     int    `json:"left"`
		AsOf     string `json:"as_of"`
	}{r.Segments, r.Joined, r.Left, instant(r.AsOf)}
	return rt.print(answer, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "%d segments are current; %d joined and %d left.\n", r.Segments, r.Joined, r.Left)
	})
}

// instant writes Unix milliseconds as the terminal's answers do; "" for none.
func instant(ms int64) string {
	if ms == 0 {
		return ""
	}
	return time.UnixMilli(ms).UTC().Format(time.RFC3339)
}

type segmentHistory struct {
	Slug    string `arg:"" help:"The segment."`
	Changes int    `default:"50" help:"How many of the newest changes to list."`
}

// historyMove is one person in the JSON of a history.
type historyMove struct {
	Email  string `json:"email"`
	Joined bool   `json:"joined"`
}

// historyChange is one moment in the JSON of a history.
type historyChange struct {
	At      string        `json:"at"`
	Cause   string        `json:"cause"`
	Version int           `json:"version"`
	Size    int           `json:"size"`
	Joined  int           `json:"joined"`
	Left    int           `json:"left"`
	Who     []historyMove `json:"who"`
}

// Run prints how a segment moved.
func (c segmentHistory) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	h, err := a.Segments().History(rt.ctx, c.Slug, c.Changes)
	if err != nil {
		return err
	}
	answer := struct {
		Segment string           `json:"segment"`
		AsOf    string           `json:"as_of"`
		Size    int              `json:"size"`
		Days    []app.SegmentDay `json:"days"`
		Changes []historyChange  `json:"changes"`
	}{c.Slug, instant(h.AsOf), h.Size, h.Days, []historyChange{}}
	for _, x := range h.Changes {
		one := historyChange{instant(x.At), string(x.Cause), x.Version, x.Size, x.Joined, x.Left, []historyMove{}}
		for _, m := range x.Who {
			one.Who = append(one.Who, historyMove{m.Person.Email, m.Joined})
		}
		answer.Changes = append(answer.Changes, one)
	}
	if rt.json {
		return rt.line(answer)
	}
	if h.AsOf == 0 {
		_, _ = fmt.Fprintln(rt.stdout, "Nothing is noted yet: run segment refresh, or open the workspace in the window.")
		return nil
	}
	_, _ = fmt.Fprintf(rt.stdout, "%s: %d people, current as of %s\n\n", h.Segment.Name, h.Size, answer.AsOf)
	if err := list(rt, h.Days, []string{"DAY", "SIZE", "JOINED", "LEFT", ""}, func(d app.SegmentDay) []string {
		edited := ""
		if d.Edited {
			edited = "definition changed"
		}
		return []string{d.Date, strconv.Itoa(d.Size), strconv.Itoa(d.Joined), strconv.Itoa(d.Left), edited}
	}); err != nil {
		return err
	}
	_, _ = fmt.Fprintln(rt.stdout)
	return list(rt, answer.Changes, []string{"WHEN", "WHY", "JOINED", "LEFT", "SIZE", "WHO"}, func(x historyChange) []string {
		who := ""
		for _, m := range x.Who {
			sign := " −"
			if m.Joined {
				sign = " +"
			}
			who += sign + m.Email
		}
		if x.Joined+x.Left > len(x.Who) {
			who += " …"
		}
		return []string{x.At, x.Cause, strconv.Itoa(x.Joined), strconv.Itoa(x.Left), strconv.Itoa(x.Size), who}
	})
}

type segmentVersions struct {
	Slug string `arg:"" help:"The segment."`
}

// Run lists versions, newest first.
func (c segmentVersions) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	if _, err := a.Segments().Get(rt.ctx, c.Slug); err != nil {
		return err
	}
	all, err := a.Segments().Versions(rt.ctx, c.Slug)
	if err != nil {
		return err
	}
	return listVersions(rt, all)
}

type segmentRestore struct {
	Slug    string `arg:"" help:"The segment."`
	Version int    `arg:"" help:"The version to save again."`
}

// Run restores a version.
func (c segmentRestore) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	saved, err := a.Segments().Restore(rt.ctx, c.Slug, c.Version)
	if err != nil {
		return err
	}
	return rt.print(saved, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "Version %d of %s is version %d now.\n", c.Version, c.Slug, saved.Version)
	})
}

type segmentFreeze struct {
	Slug string `arg:"" help:"The segment."`
	As   string `placeholder:"SLUG2" help:"Make a new segment that is the list; without it the segment itself becomes the list."`
	Name string `help:"The new segment's name; its slug when left out."`
}

// Run makes a fixed list.
func (c segmentFreeze) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	s, err := a.Segments().Freeze(rt.ctx, app.FreezeSegment{Slug: c.Slug, As: c.As, Name: c.Name})
	if err != nil {
		return err
	}
	return rt.print(s, func(w io.Writer) {
		_, _ = fmt.Fprintf(w, "%s is a fixed list as of %s.\n", s.Slug, instant(s.FrozenAt))
	})
}

type segmentThaw struct {
	Slug string `arg:"" help:"The fixed list."`
}

// Run makes a fixed list live again.
func (c segmentThaw) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	s, err := a.Segments().Thaw(rt.ctx, c.Slug)
	if err != nil {
		return err
	}
	return rt.print(s, func(w io.Writer) { _, _ = fmt.Fprintf(w, "%s is live again.\n", s.Slug) })
}

type segmentGroupCommands struct {
	Put  groupPut    `cmd:"" help:"Save an exclusive group: segments in the order in which people count in them."`
	List groupList   `cmd:"" help:"List the groups with the counts of their segments."`
	Rm   groupRemove `cmd:"" help:"Remove a group; its segments stay."`
}

type groupPut struct {
	Slug     string   `arg:"" help:"The group."`
	Segments []string `arg:"" help:"Its segments, the first that counts first."`
	Name     string   `help:"For people; the slug when left out."`
}

// Run saves a group.
func (c groupPut) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	name := keep(c.Name, c.Slug)
	if c.Name == "" {
		all, err := a.Segments().Groups(rt.ctx)
		if err != nil {
			return err
		}
		for _, g := range all {
			if g.Slug == c.Slug {
				name = g.Name
			}
		}
	}
	g, err := a.Segments().PutGroup(rt.ctx, app.PutGroup{Slug: c.Slug, Name: name, Segments: c.Segments, BaseVersion: store.AnyVersion})
	if err != nil {
		return err
	}
	if err := rt.print(g, func(io.Writer) { err = writeGroup(rt, g) }); err != nil {
		return err
	}
	return err
}

type groupList struct{}

// Run lists groups.
func (groupList) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	all, err := a.Segments().Groups(rt.ctx)
	if err != nil {
		return err
	}
	for _, g := range all {
		if err := rt.print(g, func(io.Writer) { err = writeGroup(rt, g) }); err != nil {
			return err
		}
	}
	return err
}

func writeGroup(rt *runtime, g app.SegmentGroup) error {
	_, _ = fmt.Fprintf(rt.stdout, "%s (%s): %d of %d contacts\n", g.Name, g.Slug, g.Count, g.Total)
	return list(rt, g.Rungs, []string{"", "SEGMENT", "FIT", "COUNT", ""}, func(r app.GroupRung) []string {
		return []string{"", r.Slug, strconv.Itoa(r.Fits), strconv.Itoa(r.Count), r.Error}
	})
}

type groupRemove struct {
	Slug string `arg:"" help:"The group."`
}

// Run removes a group.
func (c groupRemove) Run(rt *runtime) error {
	return removed(rt, "group", c.Slug, func(a *app.App) error { return a.Segments().RemoveGroup(rt.ctx, c.Slug) })
}

// writeStanding says what a segment is beside its condition.
func writeStanding(w io.Writer, s app.Segment) {
	if s.FrozenAt != 0 {
		_, _ = fmt.Fprintf(w, "A fixed list since %s; the condition does not count.\n", instant(s.FrozenAt))
	}
	if s.Place.Group != "" {
		_, _ = fmt.Fprintf(w, "Number %d of %d in the exclusive group %s.\n", s.Place.Place, s.Place.Of, s.Place.Group)
	}
	if s.Owner != "" {
		_, _ = fmt.Fprintf(w, "Looked after by %s.\n", s.Owner)
	}
	if s.ReviewOn != "" {
		_, _ = fmt.Fprintf(w, "To be looked at again by %s.\n", s.ReviewOn)
	}
}
