// Package workspace opens and closes a workspace and wires what works on it:
// the store, the audience engine, the keeper of segments, feeds of products, the renderer and
// the sender. It has no logic of its own.
package workspace

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/ingest"
	"github.com/mailwright/mailwright/internal/membership"
	"github.com/mailwright/mailwright/internal/personalize"
	"github.com/mailwright/mailwright/internal/secret"
	"github.com/mailwright/mailwright/internal/send"
	"github.com/mailwright/mailwright/internal/store"
)

// Workspace is an open workspace with everything that works on it.
type Workspace struct {
	Store       *store.Store
	Audience    *audience.Engine
	Personalize *personalize.Personalizer
	Send        *send.Sender
	Segments    *membership.Keeper
	Feeds       ingest.Feeds

	cool func() // ends Warm and waits for it
}

// Options say how to open.
type Options struct {
	Now     func() time.Time
	Actor   string // who does it, for the audit and leases
	Secrets *secret.Vault
}

// Create makes an empty workspace and opens it.
func Create(ctx context.Context, path string, about store.Options, o Options) (*Workspace, error) {
	about.Now = o.Now
	s, err := store.Create(ctx, path, about)
	if err != nil {
		return nil, err
	}
	return wire(s, o), nil
}

// Open opens the workspace at path and settles what a process that died while
// sending left behind.
func Open(ctx context.Context, path string, o Options) (*Workspace, error) {
	s, err := store.Open(ctx, path, o.Now)
	if err != nil {
		return nil, err
	}
	w := wire(s, o)
	if s.ReadOnly() {
		return w, nil
	}
	if err := w.Send.Recover(ctx); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

func wire(s *store.Store, o Options) *Workspace {
	engine := audience.New(s.Columns())
	personal := personalize.New(s, engine, o.Secrets.Get)
	return &Workspace{
		Store: s, Audience: engine, Personalize: personal,
		Send:     send.New(s, engine, personal, o.Secrets, o.Actor),
		Segments: membership.New(s, engine, o.Now, o.Actor),
		Feeds:    ingest.Feeds{Store: s, Actor: o.Actor, Now: s.Now},
	}
}

// Warm loads in the background what first questions would wait for, and then
// keeps segments current and fetches feeds. It is for programs that stay; what fails in it is told
// to whoever asks.
func (w *Workspace) Warm(asOf time.Time) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	w.cool = func() {
		cancel()
		<-done
	}
	var feeds sync.WaitGroup
	if !w.Store.ReadOnly() {
		feeds.Go(func() { w.Feeds.Keep(ctx) })
	}
	go func() {
		defer close(done)
		defer feeds.Wait()
		_ = w.Personalize.Warm(ctx, asOf)
		if !w.Store.ReadOnly() {
			w.Segments.Keep(ctx)
		}
	}()
}

// Close writes everything into the one file and closes it.
func (w *Workspace) Close() error {
	if w.cool != nil {
		w.cool()
	}
	return w.Store.Close(context.Background())
}
