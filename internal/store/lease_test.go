package store_test

import (
	"context"
	"testing"

	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/testkit"
)

func TestALeaseIsHeldUntilItIsReleased(t *testing.T) {
	ctx := context.Background()
	s := testkit.Store(t)
	held := func() (yes bool) {
		t.Helper()
		if err := s.Read(ctx, func(tx *store.Tx) (err error) {
			yes, err = tx.Held("run:1")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return yes
	}
	if held() {
		t.Error("held before anybody took it")
	}
	lease, err := s.Take(ctx, "run:1", "window")
	if err != nil {
		t.Fatal(err)
	}
	if !held() {
		t.Error("not held by who took it")
	}
	if _, err := s.Take(ctx, "run:1", "window"); !fault.Is(err, fault.Conflict) {
		t.Errorf("taken twice: %v", err)
	}
	lease.Release()
	if held() {
		t.Error("held after its release")
	}
}

func TestTheLeaseOfADeadProcessIsNotHeld(t *testing.T) {
	ctx := context.Background()
	s := testkit.Store(t)
	lease, err := s.Take(ctx, "run:1", "window")
	if err != nil {
		t.Fatal(err)
	}
	defer lease.Release()
	// No process has a number above 2^22 on the systems that Mailwright runs on.
	if err := s.Write(ctx, store.Normal, func(tx *store.Tx) error {
		_, err := tx.Exec(`UPDATE leases SET holder = substr(holder, 1, instr(holder, '(process')) || 'process 99999999)'`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := s.Read(ctx, func(tx *store.Tx) error {
		held, err := tx.Held("run:1")
		if held {
			t.Error("a dead process holds the lease")
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
