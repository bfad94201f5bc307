package ingest_test

import (
	"compress/gzip"
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/mailwright/mailwright/internal/ingest"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/testkit"
)

// shopFile gives a file of the real shop's data, unpacked: out of the folder that
// MAILWRIGHT_SHOP_DATA names, or of the one beside the checkout.
func shopFile(t *testing.T, name string) string {
	t.Helper()
	for _, dir := range []string{os.Getenv("MAILWRIGHT_SHOP_DATA"), filepath.Join("..", "..", "..", "shared", "data")} {
		if dir == "" {
			continue
		}
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return filepath.Join(dir, name)
		}
		if packed, err := os.Open(filepath.Join(dir, name+".gz")); err == nil {
			return unpacked(t, packed, name)
		}
	}
	t.Skipf("the shop's data are not here: set MAILWRIGHT_SHOP_DATA to the folder that has %s", name)
	return ""
}

func unpacked(t *testing.T, packed *os.File, name string) string {
	t.Helper()
	defer func() { _ = packed.Close() }()
	z, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(f, z); err != nil { //nolint:gosec // our own data
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTheRealShopComesInOnceAndWholly(t *testing.T) {
	if testing.Short() {
		t.Skip("imports 400,000 rows twice")
	}
	people, lines := shopFile(t, "shop_contacts.csv"), shopFile(t, "shop_orders.csv")
	s := testkit.Store(t)
	first := importFile(t, s, contacts(people))
	if first.Created != 4372 || first.Rejected != 0 {
		t.Errorf("contacts: %+v", first.Batch)
	}
	orders := importFile(t, s, events(lines))
	if orders.Created != 406_829 || orders.Rejected != 0 || orders.ContactsCreated != 0 {
		t.Errorf("orders: %+v", orders.Batch)
	}
	t.Logf("orders: %.0f rows a second", float64(orders.Read)/orders.Took.Seconds())
	for _, again := range []ingest.Report{importFile(t, s, contacts(people)), importFile(t, s, events(lines))} {
		if again.Unchanged != again.Read || again.Rejected != 0 {
			t.Errorf("again: %+v", again.Batch)
		}
	}
	var totals store.Totals
	count := func(tx *store.Tx) (err error) {
		totals, err = tx.Totals()
		return err
	}
	if err := s.Read(context.Background(), count); err != nil || totals.Contacts != 4372 || totals.Events != 406_829 {
		t.Errorf("there are %+v, %v", totals, err)
	}
	u, err := ingest.Undo(context.Background(), s, orders.ID, "test", job.Silent{})
	if err != nil || u.Removed != 406_829 || len(u.Kept) != 0 {
		t.Errorf("undo: %+v, %v", u, err)
	}
	if u, err = ingest.Undo(context.Background(), s, first.ID, "test", job.Silent{}); err != nil || u.Removed != 4372 {
		t.Errorf("undo: %+v, %v", u, err)
	}
	if err := s.Read(context.Background(), count); err != nil || totals.Contacts+totals.Events != 0 {
		t.Errorf("after the undo there are %+v, %v", totals, err)
	}
}
