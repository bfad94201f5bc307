package store_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/testkit"
)

func TestCreateThenOpenKeepsWhatTheWorkspaceSays(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "a #1 shop?.mailwright") // characters that a DSN would eat
	s, err := store.Create(ctx, path, store.Options{Name: "Tea", Zone: "Europe/London", Currency: "gbp", Now: testkit.Clock})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path + "-wal"); err == nil {
		t.Error("closing left a WAL, so copying the file would lose data")
	}
	s, err = store.Open(ctx, path, testkit.Clock)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close(ctx) }()
	err = s.Read(ctx, func(tx *store.Tx) error {
		i, err := tx.Info()
		if i.Name != "Tea" || i.Zone.String() != "Europe/London" || i.Currency.Code != "GBP" || !i.CreatedAt.Equal(testkit.Now) {
			t.Errorf("info = %+v", i)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsNoWorkspaceIsRefusedAndUntouched(t *testing.T) {
	ctx := context.Background()
	foreign := append([]byte("SQLite format 3\x00"), make([]byte, 4080)...)
	copy(foreign[68:], "GPKG")
	tooNew := append([]byte("SQLite format 3\x00"), make([]byte, 4080)...)
	copy(tooNew[68:], "MWRT")
	tooNew[60] = 1
	for _, c := range []struct {
		name    string
		content []byte
		want    fault.Code
	}{
		{"a text", []byte("email,name\n"), fault.Invalid},
		{"empty", nil, fault.Invalid},
		{"another program's database", foreign, fault.Invalid},
		{"a newer workspace", tooNew, fault.Conflict},
		{"a damaged one", append(append([]byte{}, "SQLite format 3\x00"...), bytes.Repeat([]byte{0}, 4080)...), fault.Invalid},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x.mailwright")
			if err := os.WriteFile(path, c.content, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := store.Open(ctx, path, nil); fault.CodeOf(err) != c.want {
				t.Errorf("Open: %v, want %s", err, c.want)
			}
			after, err := os.ReadFile(path)
			if err != nil || !bytes.Equal(after, c.content) {
				t.Errorf("the file was touched (%v)", err)
			}
		})
	}
	if _, err := store.Open(ctx, filepath.Join(t.TempDir(), "none"), nil); !fault.Is(err, fault.NotFound) {
		t.Errorf("a missing file: %v", err)
	}
}

func TestAFullDiskLosesNothing(t *testing.T) {
	ctx := context.Background()
	s := testkit.Store(t)
	fill := func(n int) error {
		return s.Write(ctx, store.Normal, func(tx *store.Tx) error {
			if _, err := tx.Exec(`PRAGMA max_page_count=200`); err != nil {
				return err
			}
			_, err := tx.Exec(`INSERT INTO assets (name, media_type, bytes) VALUES (?, 'image/png', zeroblob(?))`, n, n)
			return err
		})
	}
	if err := fill(10_000); err != nil {
		t.Fatal(err)
	}
	if err := fill(10_000_000); !fault.Is(err, fault.Unavailable) {
		t.Fatalf("a write to a full disk: %v", err)
	}
	var names []string
	if err := s.Read(ctx, func(tx *store.Tx) error { return tx.Select(&names, `SELECT name FROM assets`) }); err != nil {
		t.Fatal(err)
	}
	if len(names) != 1 || names[0] != "10000" {
		t.Errorf("kept %v", names)
	}
}
