package membership

import (
	"context"
	"time"

	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/store"
)

// How often Keep looks whether data changed, how long they must have been quiet
// for it to refresh, how long it waits at most while they keep changing, and how
// long time alone may move windows unseen.
const (
	looks    = 2 * time.Second
	quietFor = 2 * time.Second
	atMost   = 30 * time.Second
	timeAway = 5 * time.Minute
)

// lease is held by the process that keeps.
const lease = "segments"

// Keep refreshes all segments soon after data changed and at least every few
// minutes, until ctx ends. While another process keeps, it waits for its turn.
// What fails is tried again; the freshness of segments tells.
func (k *Keeper) Keep(ctx context.Context) {
	held := k.take(ctx)
	if held == nil {
		return
	}
	defer held.Release()
	var p pace
	tick := time.NewTicker(looks)
	defer tick.Stop()
	for {
		version, err := k.dataVersion(ctx)
		if err == nil && p.due(version, time.Now()) {
			if _, err := k.Refresh(ctx); err == nil {
				p.done(version, time.Now())
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// take waits for the lease; nil when ctx ended first.
func (k *Keeper) take(ctx context.Context) *store.Lease {
	for {
		l, err := k.store.Take(ctx, lease, k.actor)
		if err == nil {
			return l
		}
		wait := looks
		if fault.Is(err, fault.Conflict) {
			wait = 10 * looks
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
	}
}

func (k *Keeper) dataVersion(ctx context.Context) (version int64, err error) {
	err = k.store.Read(ctx, func(tx *store.Tx) error {
		version, err = tx.DataVersion()
		return err
	})
	return version, err
}

// pace tells when to refresh. The zero pace is due at once.
type pace struct {
	kept    bool
	version int64     // that was refreshed last
	at      time.Time // when that was
	seen    int64     // the newest version
	since   time.Time // when it was first seen
	changed time.Time // when a version that is not kept was first seen
}

// due tells whether to refresh now that the data have a version.
func (p *pace) due(version int64, now time.Time) bool {
	if version != p.seen {
		p.seen, p.since = version, now
	}
	if !p.kept || now.Sub(p.at) >= timeAway {
		return true
	}
	if version == p.version {
		p.changed = time.Time{}
		return false
	}
	if p.changed.IsZero() {
		p.changed = now
	}
	return now.Sub(p.since) >= quietFor || now.Sub(p.changed) >= atMost
}

// done notes that a version was refreshed.
func (p *pace) done(version int64, now time.Time) {
	p.kept, p.version, p.at, p.changed = true, version, now, time.Time{}
}
