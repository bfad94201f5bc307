package store_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/testkit"
)

func TestBackupIsAWholeWorkspace(t *testing.T) {
	ctx := context.Background()
	s := testkit.Store(t)
	if err := s.Write(ctx, store.Normal, func(tx *store.Tx) error { return tx.SetSetting("colour", "green") }); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "copy #1.mailwright")
	if err := s.Backup(ctx, path); err != nil {
		t.Fatal(err)
	}
	c, err := store.Open(ctx, path, testkit.Clock)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close(ctx) }()
	var colour string
	if err := c.Read(ctx, func(tx *store.Tx) error { return tx.Setting("colour", &colour) }); err != nil || colour != "green" {
		t.Errorf("the copy's setting = %q, %v", colour, err)
	}
}

func TestBackupKeepsWhatIsThereAndReadersOnlyRead(t *testing.T) {
	ctx := context.Background()
	s := testkit.Store(t)
	path := filepath.Join(t.TempDir(), "copy.mailwright")
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(ctx, path); !fault.Is(err, fault.Conflict) {
		t.Errorf("a backup over a file = %v, want a conflict", err)
	}
	if b, _ := os.ReadFile(path); string(b) != "mine" {
		t.Errorf("the file there became %q", b)
	}
	for range 8 { // more than there are readers
		if err := s.Backup(ctx, filepath.Join(t.TempDir(), "copy.mailwright")); err != nil {
			t.Fatal(err)
		}
		if err := s.Read(ctx, func(tx *store.Tx) error { return tx.SetSetting("colour", "red") }); err == nil {
			t.Fatal("a reader wrote after a backup")
		}
	}
}
