// Package testkit gives tests the real thing: a workspace in a temporary folder
// and a clock that stands still.
package testkit

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/mailwright/mailwright/internal/store"
)

// Now is the instant at which the tests' clock stands.
var Now = time.Date(2026, 6, 15, 10, 0, 0, 0, time.UTC)

// Clock gives Now.
func Clock() time.Time { return Now }

// Store gives an empty workspace's store in Europe/Paris and EUR, closed when the
// test ends.
func Store(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.Create(context.Background(), filepath.Join(t.TempDir(), "shop.mailwright"), store.Options{
		Name: "Shop", Zone: "Europe/Paris", Currency: "EUR", Now: Clock,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return s
}
