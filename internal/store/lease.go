package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/mailwright/mailwright/internal/fault"
)

// leaseTime is how long a lease outlives its holder's last sign of life, and
// leaseBeat how often the holder gives one.
const (
	leaseTime = 30 * time.Second
	leaseBeat = 10 * time.Second
)

// ImportLease is held by whatever must not meet an import: another import, an
// undo, the erasure of a person.
const ImportLease = "import"

// Lease is the right to do what must not run twice, held in the file so that
// other processes see it.
type Lease struct {
	store *Store
	name  string
	token string
	stop  chan struct{}
	once  sync.Once
	done  sync.WaitGroup
}

// Take takes the named lease, or returns fault.Conflict with who holds it. It is
// renewed until Release; a holder that died loses it after half a minute. Leases
// go by the machine's clock, since they are about processes, not about data.
func (s *Store) Take(ctx context.Context, name, actor string) (*Lease, error) {
	l := &Lease{store: s, name: name, token: rand.Text(), stop: make(chan struct{})}
	host, _ := os.Hostname()
	holder := fmt.Sprintf("the %s on %s (process %d)", actor, host, os.Getpid())
	err := s.Write(ctx, Full, func(tx *Tx) error {
		var row struct {
			Holder    string
			ExpiresAt int64 `db:"expires_at"`
		}
		now := time.Now()
		err := tx.Get(&row, `SELECT holder, expires_at FROM leases WHERE name = ?`, name)
		if err == nil && row.ExpiresAt > now.UnixMilli() && !ownDead(row.Holder, host) {
			return fault.New(fault.Conflict, "%s is at this already; wait until it is done", row.Holder)
		}
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		_, err = tx.Exec(`INSERT OR REPLACE INTO leases (name, holder, token, acquired_at, expires_at) VALUES (?, ?, ?, ?, ?)`,
			name, holder, l.token, now.UnixMilli(), now.Add(leaseTime).UnixMilli())
		return err
	})
	if err != nil {
		return nil, err
	}
	l.done.Add(1)
	go l.beat()
	return l, nil
}

// Held tells whether somebody alive holds the named lease.
func (tx *Tx) Held(name string) (bool, error) {
	var row struct {
		Holder    string
		ExpiresAt int64 `db:"expires_at"`
	}
	err := tx.Get(&row, `SELECT holder, expires_at FROM leases WHERE name = ?`, name)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	host, _ := os.Hostname()
	return err == nil && row.ExpiresAt > time.Now().UnixMilli() && !ownDead(row.Holder, host), err
}

// Mine tells whether the lease is still its holder's: a process that slept for
// longer than the lease lives may have lost it.
func (l *Lease) Mine(tx *Tx) (mine bool, err error) {
	err = tx.Get(&mine, `SELECT EXISTS (SELECT 1 FROM leases WHERE name = ? AND token = ?)`, l.name, l.token)
	return mine, err
}

// ownDead reports whether the holder was a process of this machine that is gone,
// so that nobody waits for it after a crash.
func ownDead(holder, host string) bool {
	before, after, ok := strings.Cut(holder, " on "+host+" (process ")
	pid, err := strconv.Atoi(strings.TrimSuffix(after, ")"))
	return ok && before != "" && err == nil && !alive(pid)
}

func (l *Lease) beat() {
	defer l.done.Done()
	tick := time.NewTicker(leaseBeat)
	defer tick.Stop()
	for {
		select {
		case <-l.stop:
			return
		case <-tick.C:
			_ = l.store.Write(context.Background(), Normal, func(tx *Tx) error {
				_, err := tx.Exec(`UPDATE leases SET expires_at = ? WHERE name = ? AND token = ?`,
					time.Now().Add(leaseTime).UnixMilli(), l.name, l.token)
				return err
			})
		}
	}
}

// Release gives the lease back. It may be called more than once.
func (l *Lease) Release() {
	l.once.Do(func() {
		close(l.stop)
		l.done.Wait()
		_ = l.store.Write(context.Background(), Normal, func(tx *Tx) error {
			_, err := tx.Exec(`DELETE FROM leases WHERE name = ? AND token = ?`, l.name, l.token)
			return err
		})
	})
}
