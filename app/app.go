// Package app is what a user can do: one service per page of the window, each a
// struct whose methods validate, call and return. The window (app/desktop), the
// browser adapter (app/browser) and the terminal program (app/cli) all call
// these services and nothing below them. It knows neither Wails nor HTTP.
//
// An App is made once per process; it has at most one workspace open at a time.
package app

import (
	"sync"
	"time"

	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/secret"
	"github.com/mailwright/mailwright/internal/workspace"
)

// App holds the open workspace and what services share.
type App struct {
	options  Options
	jobs     *job.Runner
	previews previews

	vault       sync.Once
	keptSecrets *secret.Vault

	mu   sync.RWMutex
	open *workspace.Workspace
}

// Options are what the edge hands in.
type Options struct {
	Now     func() time.Time // the clock; time.Now when nil
	DataDir string           // where recent files, secrets and the demo shop live; the user's own folder when empty
	Actor   string           // who does it, for the audit: "window", "cli"
	Shell   Shell            // native dialogs; nil where there are none
	Lingers bool             // the process stays, so what first questions need is loaded ahead
}

// New gives an App with no workspace open.
func New(o Options) *App {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &App{options: o, jobs: job.NewRunner(o.Now)}
}

// Close cancels all jobs and closes the workspace.
func (a *App) Close() error {
	a.jobs.Close()
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.open == nil {
		return nil
	}
	err := a.open.Close()
	a.open = nil
	return err
}

// current gives the open workspace, or fault.NotFound when there is none.
func (a *App) current() (*workspace.Workspace, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.open == nil {
		return nil, fault.New(fault.NotFound, "no workspace is open; open one, make one, or try the demo shop")
	}
	return a.open, nil
}
