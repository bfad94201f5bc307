package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/mailwright/mailwright/internal/demo"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/membership"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/workspace"
)

// NewDemo describes a demo shop to make. Zero sizes take the usual ones. Without
// a path it is the program's own demo shop, which is opened when it is there.
type NewDemo struct {
	Path     string `json:"path"`
	Contacts int    `json:"contacts"`
	Events   int    `json:"events"`
	Seed     uint64 `json:"seed"`
}

// CreateDemo makes a demo shop and opens it. A file of that name is
// fault.Conflict. The shop is made beside its place and moved there when it is
// whole, so that an interrupted one leaves nothing.
func (s *Workspace) CreateDemo(_ context.Context, n NewDemo) (JobStarted, error) {
	own := n.Path == ""
	if own {
		n.Path = filepath.Join(s.app.dataDir(), demo.Name+".mailwright")
		if err := os.MkdirAll(filepath.Dir(n.Path), 0o700); err != nil {
			return JobStarted{}, fault.New(fault.Unavailable, "the folder for the demo shop cannot be made: %w", err)
		}
	}
	_, err := os.Stat(n.Path)
	there := err == nil
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return JobStarted{}, fault.New(fault.Unavailable, "%s cannot be looked at: %w", n.Path, err)
	case there && !own:
		return JobStarted{}, fault.At(fault.Conflict, "path", "there is a file %s already", n.Path)
	}
	return s.app.start("demo", "Make the demo shop", func(ctx context.Context, p job.Progress) (any, error) {
		if !there {
			if err := s.app.makeDemo(ctx, n, p); err != nil {
				return nil, err
			}
		}
		if err := s.app.OpenWorkspace(ctx, n.Path); err != nil {
			return nil, err
		}
		return s.Status(ctx)
	}), nil
}

func (a *App) makeDemo(ctx context.Context, n NewDemo, p job.Progress) error {
	size := demo.Usual
	if n.Contacts != 0 {
		size.Contacts = n.Contacts
		size.Events = n.Contacts * (demo.Usual.Events / demo.Usual.Contacts)
	}
	if n.Events != 0 {
		size.Events = n.Events
	}
	if n.Seed != 0 {
		size.Seed = n.Seed
	}
	making := n.Path + ".making"
	clear := func() {
		for _, suffix := range []string{"", "-wal", "-shm"} {
			_ = os.Remove(making + suffix)
		}
	}
	clear() // what a killed program left
	w, err := workspace.Create(ctx, making, store.Options{Name: demo.Name, Zone: demo.Zone, Currency: demo.Currency}, a.workspaceOptions())
	if err != nil {
		return err
	}
	err = demo.Build(ctx, w.Store, size, p)
	if err == nil && size.Contacts <= withPast {
		err = a.livePast(ctx, w)
	}
	err = errors.Join(err, w.Close())
	if err != nil {
		clear()
		return err
	}
	if err := os.Rename(making, n.Path); err != nil {
		clear()
		return fault.New(fault.Unavailable, "the demo shop cannot be moved to %s: %w", n.Path, err)
	}
	return nil
}

// pastDays is for how many days the demo shop's segments have a past, and withPast
// how many contacts it may have for that; more would take long.
const (
	pastDays = 30
	withPast = 20_000
)

// livePast notes who joined and left the demo shop's segments as if the program had
// been there day by day.
func (a *App) livePast(ctx context.Context, w *workspace.Workspace) error {
	now := a.options.Now()
	var then time.Time
	past := membership.New(w.Store, w.Audience, func() time.Time { return then }, a.options.Actor)
	for day := pastDays; day > 0; day-- {
		then = now.AddDate(0, 0, -day)
		if _, err := past.Refresh(ctx); err != nil {
			return err
		}
	}
	return nil
}
