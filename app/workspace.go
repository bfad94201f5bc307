package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/secret"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/workspace"
)

// Workspace opens, makes and closes workspaces.
type Workspace struct{ app *App }

// Workspace gives the service.
func (a *App) Workspace() *Workspace { return &Workspace{app: a} }

// Status is what the shell of the window shows of the open workspace.
type Status struct {
	Open           bool   `json:"open"`
	Path           string `json:"path"`
	Name           string `json:"name"`
	Timezone       string `json:"timezone"`
	Currency       string `json:"currency"`
	UUID           string `json:"uuid"`
	Contacts       int64  `json:"contacts"`
	Events         int64  `json:"events"`
	Products       int64  `json:"products"`
	DataVersion    int64  `json:"data_version"` // grows whenever data changes
	ProgramVersion string `json:"program_version"`
	ReadOnly       bool   `json:"read_only"`
}

// NewWorkspace describes a workspace to make. Empty fields take the system's
// zone and EUR.
type NewWorkspace struct {
	Path     string `json:"path"`
	Name     string `json:"name"`
	Timezone string `json:"timezone"`
	Currency string `json:"currency"`
}

// Settings are what pages and campaigns start from.
type Settings struct {
	Name               string `json:"name"`
	Timezone           string `json:"timezone"`
	Currency           string `json:"currency"`
	PostalAddress      string `json:"postal_address"`
	DefaultFromName    string `json:"default_from_name"`
	DefaultFromEmail   string `json:"default_from_email"`
	DefaultReplyTo     string `json:"default_reply_to"`
	DefaultUnsubscribe string `json:"default_unsubscribe"`
}

// OpenWorkspace opens the file and closes the one that was open. When it cannot
// be opened, the one that was open stays.
func (a *App) OpenWorkspace(ctx context.Context, path string) error {
	w, err := workspace.Open(ctx, path, a.workspaceOptions())
	if err != nil {
		return err
	}
	return a.swap(ctx, w)
}

func (a *App) workspaceOptions() workspace.Options {
	return workspace.Options{Now: a.options.Now, Actor: a.options.Actor, Secrets: a.secrets()}
}

// secrets gives the vault of passwords, which belongs to the user and not to any
// workspace.
func (a *App) secrets() *secret.Vault {
	a.vault.Do(func() { a.keptSecrets = secret.Open(filepath.Join(a.dataDir(), "secrets")) })
	return a.keptSecrets
}

// swap makes w the open workspace and remembers it as a recent one.
func (a *App) swap(ctx context.Context, w *workspace.Workspace) error {
	a.mu.Lock()
	old := a.open
	a.open = w
	a.mu.Unlock()
	if a.options.Lingers {
		w.Warm(a.options.Now())
	}
	if old != nil {
		if err := old.Close(); err != nil {
			return err
		}
	}
	return a.remember(ctx, w)
}

// dataDir is where settings of the program, secrets and the demo shop live.
func (a *App) dataDir() string {
	if a.options.DataDir != "" {
		return a.options.DataDir
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		dir = os.TempDir()
	}
	return filepath.Join(dir, "mailwright")
}

// Status says what is open. With nothing open it says only that.
func (s *Workspace) Status(ctx context.Context) (Status, error) {
	status := Status{ProgramVersion: Version}
	w, err := s.app.current()
	if fault.Is(err, fault.NotFound) {
		return status, nil
	}
	if err != nil {
		return status, err
	}
	status.Open, status.Path, status.ReadOnly = true, w.Store.Path(), w.Store.ReadOnly()
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		info, err := tx.Info()
		if err != nil {
			return err
		}
		status.Name, status.Timezone, status.UUID, status.Currency = info.Name, info.Zone.String(), info.UUID, info.Currency.Code
		if status.DataVersion, err = tx.DataVersion(); err != nil {
			return err
		}
		totals, err := tx.Totals()
		status.Contacts, status.Events, status.Products = totals.Contacts, totals.Events, totals.Products
		return err
	})
	return status, err
}

// Open opens a workspace file.
func (s *Workspace) Open(ctx context.Context, path string) (Status, error) {
	if err := s.app.OpenWorkspace(ctx, path); err != nil {
		return Status{}, err
	}
	return s.Status(ctx)
}

// Create makes an empty workspace and opens it.
func (s *Workspace) Create(ctx context.Context, n NewWorkspace) (Status, error) {
	if strings.TrimSpace(n.Path) == "" {
		return Status{}, fault.At(fault.Invalid, "path", "name the file of the new workspace")
	}
	if n.Name == "" {
		n.Name = strings.TrimSuffix(filepath.Base(n.Path), filepath.Ext(n.Path))
	}
	if n.Timezone == "" {
		n.Timezone = localZone()
	}
	if n.Currency == "" {
		n.Currency = "EUR"
	}
	w, err := workspace.Create(ctx, n.Path, store.Options{Name: n.Name, Zone: n.Timezone, Currency: n.Currency}, s.app.workspaceOptions())
	if err != nil {
		return Status{}, err
	}
	if err := s.app.swap(ctx, w); err != nil {
		return Status{}, err
	}
	return s.Status(ctx)
}

// Close closes the open workspace; with none open it does nothing.
func (s *Workspace) Close(context.Context) error {
	s.app.mu.Lock()
	defer s.app.mu.Unlock()
	if s.app.open == nil {
		return nil
	}
	err := s.app.open.Close()
	s.app.open = nil
	return err
}

// Backup writes a whole copy of the workspace to path.
func (s *Workspace) Backup(_ context.Context, path string) (JobStarted, error) {
	w, err := s.app.current()
	if err != nil {
		return JobStarted{}, err
	}
	return s.app.start("backup", "Copy the workspace to "+filepath.Base(path), func(ctx context.Context, _ job.Progress) (any, error) {
		return nil, w.Store.Backup(ctx, path)
	}), nil
}

// Settings gives what pages and campaigns start from.
func (s *Workspace) Settings(ctx context.Context) (set Settings, err error) {
	w, err := s.app.current()
	if err != nil {
		return set, err
	}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		if err := tx.Setting("general", &set); err != nil {
			return err
		}
		info, err := tx.Info()
		set.Name, set.Timezone, set.Currency = info.Name, info.Zone.String(), info.Currency.Code
		return err
	})
	return set, err
}

// SaveSettings keeps them. The currency stays what it was made with, since
// amounts are kept in its units.
func (s *Workspace) SaveSettings(ctx context.Context, set Settings) error {
	w, err := s.app.current()
	if err != nil {
		return err
	}
	if _, err := time.LoadLocation(set.Timezone); err != nil {
		return fault.At(fault.Invalid, "timezone", "%q is not a time zone such as Europe/Paris", set.Timezone)
	}
	if err := w.Store.Rename(ctx, strings.TrimSpace(set.Name), set.Timezone); err != nil {
		return err
	}
	return w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error { return tx.SetSetting("general", set) })
}

// localZone names the system's zone, UTC where it has no name.
func localZone() string {
	if name := time.Local.String(); name != "Local" && name != "" {
		return name
	}
	if target, err := os.Readlink("/etc/localtime"); err == nil {
		if _, name, ok := strings.Cut(filepath.ToSlash(target), "zoneinfo/"); ok {
			return name
		}
	}
	return "UTC"
}
