// Package workspace opens and closes a workspace and wires what works on it:
// the store, the audience engine, the importer, the renderer and the sender. It
// has no logic of its own.
package workspace

import (
	"context"
	"time"

	"github.com/mailwright/mailwright/internal/store"
)

// Workspace is an open workspace with everything that works on it.
type Workspace struct {
	Store *store.Store
	now   func() time.Time
}

// Options say how to open.
type Options struct {
	Now    func() time.Time
	Actor  string // for the audit and leases
	Secret string // folder of the encrypted secrets where there is no keychain
}

// Close waits for readers, checkpoints the file and closes it.
func (w *Workspace) Close() error { return w.Store.Close(context.Background()) }
