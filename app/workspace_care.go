package app

import (
	"context"

	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/store"
)

// Doctor looks whether the open workspace is whole. It reads all of the file, and
// changes nothing.
func (s *Workspace) Doctor(ctx context.Context) ([]store.Checkup, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, err
	}
	return w.Store.Doctor(ctx)
}

// Restored tells what a restore did.
type Restored struct {
	Path string `json:"path"`
	Kept string `json:"kept"` // where the replaced workspace was put; "" when there was none
}

// Restore puts a copy of a backup in the place of the open workspace, keeps the
// replaced one beside it, and opens the copy.
func (s *Workspace) Restore(ctx context.Context, backup string) (Restored, error) {
	w, err := s.app.current()
	if err != nil {
		return Restored{}, err
	}
	for _, j := range s.app.jobs.List() {
		if j.State == job.Running {
			return Restored{}, fault.New(fault.Conflict, "“%s” is still running; wait until it is done, or stop it", j.Title)
		}
	}
	path := w.Store.Path()
	if err := s.Close(ctx); err != nil {
		return Restored{}, err
	}
	restored, err := s.app.RestoreWorkspace(ctx, backup, path)
	if e := s.app.OpenWorkspace(ctx, path); err == nil {
		err = e
	}
	return restored, err
}

// RestoreWorkspace puts a copy of a backup at path, where nobody may have a
// workspace open; one that is there is kept beside it.
func (a *App) RestoreWorkspace(ctx context.Context, backup, path string) (Restored, error) {
	kept, err := store.Restore(ctx, backup, path, a.options.Now)
	return Restored{Path: path, Kept: kept}, err
}
