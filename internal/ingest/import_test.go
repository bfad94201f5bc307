package ingest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/mailwright/mailwright/internal/batch"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/ingest"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/testkit"
)

// write writes a file for an import.
func write(t testing.TB, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "people.csv")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func contacts(path string) ingest.Request {
	return ingest.Request{Path: path, Kind: batch.Contacts, OnConflict: ingest.Update}
}

func events(path string) ingest.Request {
	return ingest.Request{Path: path, Kind: batch.Events, Event: "order_placed"}
}

// known gives everything the workspace knows of people and products, one line a
// thing, without the numbers of rows and without when an import ran.
func known(s *store.Store) (string, error) {
	var lines []string
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	err := s.Read(context.Background(), func(tx *store.Tx) error {
		schema, err := tx.Schema()
		if err != nil {
			return err
		}
		var ids []contact.ID
		if err := tx.Select(&ids, `SELECT id FROM contacts`); err != nil {
			return err
		}
		for _, a := range schema.AttributeList() {
			add("attribute %s %s", a.Name, a.Type)
		}
		for _, id := range ids {
			c, err := tx.Person(id, schema)
			if err != nil {
				return err
			}
			values, err := json.Marshal(c.Attributes)
			if err != nil {
				return err
			}
			add("contact %s %q %s %s", c.Email, c.ExternalID, c.Source, values)
			timeline, err := tx.Timeline(id, store.MaxTime, store.MaxTime, schema)
			if err != nil {
				return err
			}
			for _, e := range timeline {
				add("event %s %s %s %v %s %q", c.Email, e.Type, e.At.Format("2006-01-02T15:04:05.000"), e.Value, e.Properties, e.SourceID)
			}
			standings, err := tx.StandingsOf(id, tx.Now())
			if err != nil {
				return err
			}
			for purpose, st := range standings {
				add("consent %s %s %s", c.Email, purpose, st.State)
			}
		}
		products, err := tx.Products(schema.Currency)
		for _, p := range products {
			add("product %s %q %q %q %s %v %d %s", p.SKU, p.Title, p.URL, p.Image, p.Price, p.HasPrice, p.Stock, p.Category)
		}
		return err
	})
	sort.Strings(lines)
	return strings.Join(lines, "\n"), err
}

func mustKnow(t testing.TB, s *store.Store) string {
	t.Helper()
	k, err := known(s)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestRepeatedRowsOfAPersonAreJoinedAndTheLastWordCounts(t *testing.T) {
	s := testkit.Store(t)
	path := write(t, "email,first_name,city,marketing_ok\n"+
		"ann@shop.example,Ann,Paris,\n"+
		"bob@shop.example,Bob,,\n"+
		"ANN@shop.example,Anne,,\n"+
		"ann@shop.example,,Lyon,\n")
	first := importFile(t, s, contacts(path))
	if first.Read != 4 || first.Created != 2 || first.Unchanged != 2 || first.ContactsCreated != 2 {
		t.Errorf("the first import: %+v", first.Batch)
	}
	know := mustKnow(t, s)
	if !strings.Contains(know, `contact ann@shop.example "" import {"city":"Lyon","first_name":"Anne"}`) {
		t.Errorf("known:\n%s", know)
	}
	again := importFile(t, s, contacts(path))
	if again.Unchanged != 4 || mustKnow(t, s) != know {
		t.Errorf("the file again: %+v", again.Batch)
	}
}

func TestTheLastRowOfAPersonMayBeABadOne(t *testing.T) {
	s := testkit.Store(t)
	req := contacts(write(t, "email,first_name,points\nann@shop.example,Ann,3\nann@shop.example,Anne,many\n"))
	req.Columns = []ingest.Choice{{Index: 0, Target: "email"}, {Index: 1, Target: "attribute:first_name"}, {Index: 2, Target: "attribute:points", Type: contact.Number}}
	r := importFile(t, s, req)
	if r.Read != 2 || r.Created != 1 || r.Rejected != 1 {
		t.Errorf("%+v", r.Batch)
	}
	if r.StartedAt.IsZero() || r.FinishedAt.Before(r.StartedAt) {
		t.Errorf("the report of an import says when it began and ended: %v, %v", r.StartedAt, r.FinishedAt)
	}
	if know := mustKnow(t, s); !strings.Contains(know, `{"first_name":"Ann","points":3}`) {
		t.Errorf("the good row is lost:\n%s", know)
	}
}

func TestAnEventNumberWithTwoContentsComesBack(t *testing.T) {
	s := testkit.Store(t)
	path := write(t, "email,date,event_id,value\n"+
		"ann@shop.example,2026-01-05,e1,5\nann@shop.example,2026-01-05,e1,5\nann@shop.example,2026-01-05,e1,7\n")
	r := importFile(t, s, events(path))
	if r.Created != 1 || r.Unchanged != 1 || r.Rejected != 1 {
		t.Errorf("%+v", r.Batch)
	}
	if again := importFile(t, s, events(path)); again.Created+again.Updated != 0 || again.Unchanged != 2 {
		t.Errorf("again: %+v", again.Batch)
	}
}

func TestASourceCorrectsItsEventAndUndoGivesTheOldOneBack(t *testing.T) {
	s := testkit.Store(t)
	importFile(t, s, events(write(t, "email,date,event_id,value,sku\nann@shop.example,2026-01-05,e1,5.00,A\nann@shop.example,2026-01-05,e2,2.50,B\n")))
	before := mustKnow(t, s)
	r := importFile(t, s, events(write(t, "email,date,event_id,value,sku\nann@shop.example,2026-01-06,e1,7.25,A\nann@shop.example,2026-01-05,e2,2.50,B\n")))
	if r.Updated != 1 || r.Unchanged != 1 {
		t.Errorf("%+v", r.Batch)
	}
	u, err := ingest.Undo(context.Background(), s, r.ID, "test", job.Silent{})
	if err != nil || u.Restored != 1 || len(u.Kept) != 0 {
		t.Errorf("undo: %+v, %v", u, err)
	}
	if after := mustKnow(t, s); after != before {
		t.Errorf("after the undo:\n%s\nbefore the import:\n%s", after, before)
	}
}

func TestAnImportNeverTurnsAWithdrawalIntoAGrant(t *testing.T) {
	s := testkit.Store(t)
	file := contacts(write(t, "email\nann@shop.example\n"))
	file.Consent = map[string]string{"marketing": "fair"}
	importFile(t, s, file)
	no := write(t, "email,news\nann@shop.example,no\n")
	columns := []ingest.Choice{{Index: 0, Target: "email"}, {Index: 1, Target: "consent:marketing"}}
	withdrawal := contacts(no)
	withdrawal.Columns = columns
	if r := importFile(t, s, withdrawal); r.Updated != 1 {
		t.Errorf("the withdrawal: %+v", r.Batch)
	}
	yes := contacts(write(t, "email,news\nann@shop.example,yes\n"))
	yes.Columns = columns
	for _, grant := range []ingest.Request{file, yes} {
		if r := importFile(t, s, grant); r.Unchanged != 1 || r.Kept != 1 {
			t.Errorf("a grant after it: %+v, %d kept", r.Batch, r.Kept)
		}
	}
	if know := mustKnow(t, s); !strings.Contains(know, "consent ann@shop.example marketing withdrawn") {
		t.Errorf("known:\n%s", know)
	}
}

func TestTheRefusalCountsWhereAFileSaysBoth(t *testing.T) {
	for name, rows := range map[string]string{"last": "ann@shop.example,yes\nann@shop.example,no\n", "first": "ann@shop.example,no\nann@shop.example,yes\n"} {
		t.Run(name, func(t *testing.T) {
			s := testkit.Store(t)
			req := contacts(write(t, "email,news\n"+rows))
			req.Columns = []ingest.Choice{{Index: 0, Target: "email"}, {Index: 1, Target: "consent:marketing"}}
			importFile(t, s, req)
			if know := mustKnow(t, s); !strings.Contains(know, "marketing withdrawn") {
				t.Errorf("known:\n%s", know)
			}
		})
	}
}

func TestAnUndoneImportForgetsNoWithdrawal(t *testing.T) {
	ctx := context.Background()
	s := testkit.Store(t)
	req := contacts(write(t, "email\nann@shop.example\nbob@shop.example\n"))
	req.Consent = map[string]string{"marketing": "fair"}
	r := importFile(t, s, req)
	withdraw(t, s, "ann@shop.example")
	u, err := ingest.Undo(ctx, s, r.ID, "test", job.Silent{})
	if err != nil || u.Removed != 1 || len(u.Kept) != 1 {
		t.Fatalf("undo: %+v, %v", u, err)
	}
	importFile(t, s, req)
	know := mustKnow(t, s)
	if !strings.Contains(know, "consent ann@shop.example marketing withdrawn") || !strings.Contains(know, "consent bob@shop.example marketing granted") {
		t.Errorf("known:\n%s", know)
	}
}

func TestErasedPeopleAreNotBroughtBack(t *testing.T) {
	ctx := context.Background()
	s := testkit.Store(t)
	people := contacts(write(t, "email,first_name\nann@shop.example,Ann\nbob@shop.example,Bob\n"))
	orders := events(write(t, "email,date,value\nAnn@Shop.example,2026-01-05,5\nbob@shop.example,2026-01-05,5\n"))
	first := importFile(t, s, people)
	importFile(t, s, orders)
	err := s.Write(ctx, store.Full, func(tx *store.Tx) error {
		p, err := tx.People("test")
		if err != nil {
			return err
		}
		return p.Erase(person(t, tx, "ann@shop.example"))
	})
	if err != nil {
		t.Fatal(err)
	}
	know := mustKnow(t, s)
	for _, req := range []ingest.Request{people, orders} {
		if r := importFile(t, s, req); r.Rejected != 1 || r.Unchanged != 1 {
			t.Errorf("an import after the erasure: %+v", r.Batch)
		}
	}
	if after := mustKnow(t, s); after != know || strings.Contains(after, "ann@") {
		t.Errorf("known:\n%s", after)
	}
	if _, err := ingest.Undo(ctx, s, first.ID, "test", job.Silent{}); err != nil {
		t.Fatal(err)
	}
	if after := mustKnow(t, s); strings.Contains(after, "ann@") {
		t.Errorf("the undo brought the person back:\n%s", after)
	}
	if n, broken, err := s.VerifyAudit(ctx); err != nil || broken != 0 || n == 0 {
		t.Errorf("the audit: %d entries, broken at %d, %v", n, broken, err)
	}
}

func person(t testing.TB, tx *store.Tx, email string) contact.ID {
	t.Helper()
	id, err := tx.PersonByEmail(email)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestUndecidedDatesAreAskedAbout(t *testing.T) {
	s := testkit.Store(t)
	path := write(t, "email,date,value\nann@shop.example,05/06/2026,5\nann@shop.example,07/06/2026,5\n")
	_, err := tryImport(s, events(path))
	if e, ok := fault.As(err); !ok || e.Code != fault.Invalid || e.Field != "date_order" || !strings.Contains(e.Message, "--date-order") {
		t.Fatalf("without an order: %v", err)
	}
	if know := mustKnow(t, s); strings.Contains(know, "contact ") {
		t.Errorf("something was written:\n%s", know)
	}
	for order, want := range map[ingest.Order]string{ingest.DMY: "2026-06-04T22:00", ingest.MDY: "2026-05-05T22:00"} {
		s := testkit.Store(t)
		req := events(path)
		req.DateOrder = order
		importFile(t, s, req)
		if know := mustKnow(t, s); !strings.Contains(know, want) {
			t.Errorf("%s:\n%s", order, know)
		}
	}
	settled := events(write(t, "email,date,value\nann@shop.example,05/06/2026,5\nann@shop.example,13/06/2026,5\n"))
	if r := importFile(t, s, settled); r.Created != 2 {
		t.Errorf("dates that one row settles: %+v", r.Batch)
	}
}

func countEvents(n *int64) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		totals, err := tx.Totals()
		*n = totals.Events
		return err
	}
}
