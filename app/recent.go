package app

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/workspace"
)

// recentKept is how many workspaces the first page offers.
const recentKept = 12

// RecentWorkspace is a workspace that was open before.
type RecentWorkspace struct {
	Path     string `json:"path"`
	Name     string `json:"name"`
	OpenedAt int64  `json:"opened_at"`
	Exists   bool   `json:"exists"`
}

func (a *App) recentFile() string { return filepath.Join(a.dataDir(), "recent.json") }

// Recent lists the workspaces that were open before, newest first.
func (s *Workspace) Recent(context.Context) ([]RecentWorkspace, error) {
	list, err := s.app.readRecent()
	for i := range list {
		_, statErr := os.Stat(list[i].Path)
		list[i].Exists = statErr == nil
	}
	return list, err
}

// Forget takes a workspace off the list; its file stays.
func (s *Workspace) Forget(_ context.Context, path string) error {
	list, err := s.app.readRecent()
	if err != nil {
		return err
	}
	return s.app.writeRecent(without(list, path))
}

func (a *App) readRecent() ([]RecentWorkspace, error) {
	b, err := os.ReadFile(a.recentFile())
	if errors.Is(err, fs.ErrNotExist) {
		return []RecentWorkspace{}, nil
	}
	if err != nil {
		return nil, err
	}
	list := []RecentWorkspace{}
	if json.Unmarshal(b, &list) != nil {
		list = []RecentWorkspace{} // a damaged list is worth less than a start
	}
	return list, nil
}

// writeRecent replaces the list whole, so that a crash leaves the old or the new one.
func (a *App) writeRecent(list []RecentWorkspace) error {
	b, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(a.dataDir(), 0o700); err != nil {
		return err
	}
	part := a.recentFile() + ".part"
	if err := os.WriteFile(part, b, 0o600); err != nil {
		return err
	}
	return os.Rename(part, a.recentFile())
}

// remember puts the workspace at the head of the list. The terminal program
// leaves the list alone: scripts open many files.
func (a *App) remember(ctx context.Context, w *workspace.Workspace) error {
	if a.options.Actor != "window" {
		return nil
	}
	path, err := filepath.Abs(w.Store.Path())
	if err != nil {
		return err
	}
	r := RecentWorkspace{Path: path, OpenedAt: a.options.Now().UnixMilli()}
	if err := w.Store.Read(ctx, func(tx *store.Tx) error {
		info, err := tx.Info()
		r.Name = info.Name
		return err
	}); err != nil {
		return err
	}
	list, err := a.readRecent()
	if err != nil {
		return err
	}
	list = append([]RecentWorkspace{r}, without(list, path)...)
	return a.writeRecent(list[:min(len(list), recentKept)])
}

func without(list []RecentWorkspace, path string) []RecentWorkspace {
	kept := []RecentWorkspace{}
	for _, r := range list {
		if r.Path != path {
			kept = append(kept, r)
		}
	}
	return kept
}
