package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/testkit"
)

// closedWorkspace makes a workspace with some people in it and gives its path and
// bytes.
func closedWorkspace(t *testing.T) (string, []byte) {
	t.Helper()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "shop.mailwright")
	s, err := store.Create(ctx, path, store.Options{Name: "Shop", Zone: "Europe/Paris", Currency: "EUR", Now: testkit.Clock})
	if err != nil {
		t.Fatal(err)
	}
	err = s.Write(ctx, store.Full, func(tx *store.Tx) error {
		p, err := tx.People("test")
		for _, email := range []string{"ann@shop.example", "bob@shop.example"} {
			if err == nil {
				_, err = p.Create(contact.Contact{Email: email, Source: "manual", CreatedAt: testkit.Now})
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(ctx); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, b
}

func untouched(t *testing.T, path string, want []byte) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("the file was touched (%v)", err)
	}
}

func TestADamagedWorkspaceIsSaidToBeOneAndLeftAlone(t *testing.T) {
	for name, spoil := range map[string]func([]byte) []byte{
		"its schema overwritten": func(b []byte) []byte {
			return append(append(bytes.Clone(b[:100]), bytes.Repeat([]byte{0xa5}, 3996)...), b[4096:]...)
		},
		"cut to its first page": func(b []byte) []byte { return b[:4096] },
		"cut in a page":         func(b []byte) []byte { return b[:len(b)/2+100] },
	} {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			path, whole := closedWorkspace(t)
			bad := spoil(bytes.Clone(whole))
			if err := os.WriteFile(path, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			s, err := store.Open(ctx, path, testkit.Clock)
			if err == nil { // a page that is missing shows when it is read
				checks, e := s.Doctor(ctx)
				if e == nil && len(checks) > 0 && checks[0].OK {
					t.Errorf("the doctor found nothing: %+v", checks)
				}
				err = e
				if e := s.Close(ctx); e != nil {
					t.Log(e)
				}
			}
			if err != nil && !fault.Is(err, fault.Invalid) {
				t.Errorf("%v, want invalid", err)
			}
			untouched(t, path, bad)
		})
	}
}

func TestANewerWorkspaceIsRefusedAndLeftAlone(t *testing.T) {
	path, _ := closedWorkspace(t)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`PRAGMA user_version=99`); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(context.Background(), path, testkit.Clock); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "newer") {
		t.Errorf("opening it: %v", err)
	}
	if _, err := store.Restore(context.Background(), path, filepath.Join(t.TempDir(), "x.mailwright"), testkit.Clock); !fault.Is(err, fault.Conflict) {
		t.Errorf("restoring from it: %v", err)
	}
	untouched(t, path, before)
}

func TestAReadOnlyWorkspaceIsOpenedForReading(t *testing.T) {
	ctx := context.Background()
	path, whole := closedWorkspace(t)
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	testkit.AsOrdinaryUser(t, path)
	s, err := store.Open(ctx, path, testkit.Clock)
	if err != nil || !s.ReadOnly() {
		t.Fatalf("opening it: %v", err)
	}
	var totals store.Totals
	if err := s.Read(ctx, func(tx *store.Tx) error { totals, err = tx.Totals(); return err }); err != nil || totals.Contacts != 2 {
		t.Errorf("reading it: %+v, %v", totals, err)
	}
	err = s.Write(ctx, store.Full, func(tx *store.Tx) error { _, err := tx.Exec(`DELETE FROM contacts`); return err })
	if !fault.Is(err, fault.Denied) {
		t.Errorf("writing it: %v", err)
	}
	if err := s.Close(ctx); err != nil {
		t.Error(err)
	}
	untouched(t, path, whole)
}

func TestALockedWorkspaceIsSaidToBeBusyAndKeepsWhatItHad(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	path, _ := closedWorkspace(t)
	holder, err := sql.Open("sqlite", path+"?_txlock=exclusive")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = holder.Close() }()
	s, err := store.Open(ctx, path, testkit.Clock)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close(ctx) }()
	lock, err := holder.Begin()
	if err != nil {
		t.Fatal(err)
	}
	err = s.Write(ctx, store.Full, func(tx *store.Tx) error { _, err := tx.Exec(`DELETE FROM contacts`); return err })
	if !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "nothing was changed") {
		t.Errorf("writing while another program does: %v", err)
	}
	if err := lock.Rollback(); err != nil {
		t.Fatal(err)
	}
	var totals store.Totals
	if err := s.Read(ctx, func(tx *store.Tx) error { totals, err = tx.Totals(); return err }); err != nil || totals.Contacts != 2 {
		t.Errorf("there are %+v, %v", totals, err)
	}
}

func TestABackupIsWholeAndComesBack(t *testing.T) {
	ctx := context.Background()
	path, _ := closedWorkspace(t)
	dir := t.TempDir()
	copied := filepath.Join(dir, "copy.mailwright")
	s, err := store.Open(ctx, path, testkit.Clock)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(ctx, copied); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(copied); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read the copy: %v, %v", info.Mode(), err)
	}
	if err := s.Backup(ctx, copied); !fault.Is(err, fault.Conflict) {
		t.Errorf("a copy over a copy: %v", err)
	}
	if _, err := store.Restore(ctx, copied, path, testkit.Clock); !fault.Is(err, fault.Conflict) {
		t.Errorf("restoring over a workspace that is open: %v", err)
	}
	err = s.Write(ctx, store.Full, func(tx *store.Tx) error { _, err := tx.Exec(`DELETE FROM contacts`); return err })
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(ctx); err != nil {
		t.Fatal(err)
	}
	bytesOfCopy, err := os.ReadFile(copied)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := store.Restore(ctx, copied, path, testkit.Clock)
	if err != nil || kept == "" {
		t.Fatalf("restore: %q, %v", kept, err)
	}
	untouched(t, copied, bytesOfCopy)
	for file, want := range map[string]int64{path: 2, kept: 0} {
		s, err := store.Open(ctx, file, testkit.Clock)
		if err != nil {
			t.Fatal(err)
		}
		var totals store.Totals
		if err := s.Read(ctx, func(tx *store.Tx) error { totals, err = tx.Totals(); return err }); err != nil || totals.Contacts != want {
			t.Errorf("%s has %+v, want %d contacts (%v)", filepath.Base(file), totals, want, err)
		}
		checks, err := s.Doctor(ctx)
		for _, c := range checks {
			if err != nil || !c.OK {
				t.Errorf("%s: %+v, %v", filepath.Base(file), c, err)
			}
		}
		_ = s.Close(ctx)
	}
}
