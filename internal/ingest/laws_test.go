package ingest_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/ingest"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/testkit"
)

// bench is a folder in which every check of a law gets a workspace and files of
// its own.
type bench struct {
	dir string
	n   int
}

func (b *bench) workspace(t *rapid.T) *store.Store {
	b.n++
	s, err := store.Create(context.Background(), filepath.Join(b.dir, fmt.Sprintf("%d.mailwright", b.n)),
		store.Options{Name: "Shop", Zone: "Europe/Paris", Currency: "EUR", Now: testkit.Clock})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (b *bench) close(t *rapid.T, s *store.Store) {
	if err := s.Close(context.Background()); err != nil {
		t.Error(err)
	}
	_ = os.Remove(s.Path())
}

func (b *bench) file(t *rapid.T, rows [][]string) string {
	b.n++
	path := filepath.Join(b.dir, fmt.Sprintf("%d.csv", b.n))
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := csv.NewWriter(f).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func (b *bench) run(t *rapid.T, s *store.Store, req ingest.Request) ingest.Report {
	r, err := tryImport(s, req)
	if err != nil {
		t.Fatal(err)
	}
	if r.Read != r.Created+r.Updated+r.Unchanged+r.Rejected {
		t.Fatalf("the counts do not add up: %+v", r.Batch)
	}
	return r
}

func (b *bench) known(t *rapid.T, s *store.Store) string {
	k, err := known(s)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

var addresses = rapid.SampledFrom([]string{"ann@shop.example", "Ann@Shop.Example", "bob@shop.example", " bob@shop.example", "cé@shop.example", "dan@shop.example",
	"eve@bücher.example", "eve@xn--bcher-kva.example", "not an address", ""})

// cells are what columns of contacts may hold; each column draws from one kind, or
// from all, so that types are found, and widened by a later file.
var cells = [][]string{
	{"", "Ann", "O'Neil", "=1+1", "x;y", "日本"},
	{"", "1", "22", "-3"},
	{"", "1.50", "2.25", "1000.00"},
	{"", "yes", "no"},
	{"", "2020-01-31", "1999-12-01"},
	{"", "2020-01-31 10:00", "2021-03-28T02:30:00Z"},
	{"", "red;blue", "green;red"},
	{"", "007", "Ann", "1.5", "2020-01-31", "yes"},
}

// contactRows draws a file of contacts; the names of its columns are few, so that
// files speak of the same attributes with other types.
func contactRows(t *rapid.T) [][]string {
	header := []string{"email"}
	var kinds []int
	for _, name := range []string{"first_name", "points", "colours", "since", "budget"} {
		if rapid.Bool().Draw(t, "has "+name) {
			header = append(header, name)
			kinds = append(kinds, rapid.IntRange(0, len(cells)-1).Draw(t, name))
		}
	}
	rows := [][]string{header}
	for range rapid.IntRange(1, 12).Draw(t, "rows") {
		row := []string{addresses.Draw(t, "address")}
		for _, k := range kinds {
			row = append(row, rapid.SampledFrom(cells[k]).Draw(t, "cell"))
		}
		rows = append(rows, row)
	}
	return rows
}

func someConflict(t *rapid.T) ingest.Conflict {
	return rapid.SampledFrom([]ingest.Conflict{ingest.Update, ingest.Keep, ingest.Fill}).Draw(t, "on conflict")
}

func TestTheSameContactsAgainChangeNothing(t *testing.T) {
	b := &bench{dir: t.TempDir()}
	rapid.Check(t, func(t *rapid.T) {
		s := b.workspace(t)
		defer b.close(t, s)
		b.run(t, s, contacts(b.file(t, contactRows(t)))) // whoever was there before
		req := contacts(b.file(t, contactRows(t)))
		req.OnConflict = someConflict(t)
		if rapid.Bool().Draw(t, "consent") {
			req.Consent = map[string]string{"marketing": "fair"}
		}
		first := b.run(t, s, req)
		before := b.known(t, s)
		again := b.run(t, s, req)
		if again.Created+again.Updated != 0 || again.Rejected != first.Rejected {
			t.Fatalf("the second import: %+v, the first: %+v", again.Batch, first.Batch)
		}
		if after := b.known(t, s); after != before {
			t.Fatalf("after:\n%s\nbefore:\n%s", after, before)
		}
	})
}

// eventRows draws a file of events with equal rows among them.
func eventRows(t *rapid.T) [][]string {
	rows := [][]string{{"email", "type", "at", "value", "sku", "quantity"}}
	ids := rapid.Bool().Draw(t, "ids")
	if ids {
		rows[0] = append(rows[0], "event_id")
	}
	for i := range rapid.IntRange(1, 25).Draw(t, "rows") {
		row := []string{
			addresses.Draw(t, "address"), rapid.SampledFrom([]string{"order placed", "product_viewed"}).Draw(t, "type"),
			rapid.SampledFrom([]string{"2026-01-05", "2026-01-05 10:00:00", "2026-03-29 02:30"}).Draw(t, "at"),
			rapid.SampledFrom([]string{"", "5", "7.25", "-3.5"}).Draw(t, "value"), rapid.SampledFrom([]string{"", "A", "007"}).Draw(t, "sku"),
			rapid.SampledFrom([]string{"", "1", "2"}).Draw(t, "quantity"),
		}
		if ids {
			row = append(row, rapid.SampledFrom([]string{"", fmt.Sprint("e", i)}).Draw(t, "id"))
		}
		rows = append(rows, row)
	}
	return rows
}

func TestTheSameEventsInAnyOrderChangeNothing(t *testing.T) {
	b := &bench{dir: t.TempDir()}
	rapid.Check(t, func(t *rapid.T) {
		s := b.workspace(t)
		defer b.close(t, s)
		rows := eventRows(t)
		req := events(b.file(t, rows))
		req.Event = ""
		first := b.run(t, s, req)
		if first.Created+first.Rejected != first.Read {
			t.Fatalf("equal rows of one file are events of their own: %+v", first.Batch)
		}
		before := b.known(t, s)
		for _, body := range [][][]string{rows[1:], rapid.Permutation(rows[1:]).Draw(t, "order")} {
			req.Path = b.file(t, append([][]string{rows[0]}, body...))
			again := b.run(t, s, req)
			if again.Created+again.Updated+again.ContactsCreated != 0 || again.Rejected != first.Rejected {
				t.Fatalf("again: %+v, first: %+v", again.Batch, first.Batch)
			}
		}
		if after := b.known(t, s); after != before {
			t.Fatalf("after:\n%s\nbefore:\n%s", after, before)
		}
	})
}

func TestUndoGivesEverythingBack(t *testing.T) {
	b := &bench{dir: t.TempDir()}
	rapid.Check(t, func(t *rapid.T) {
		s := b.workspace(t)
		defer b.close(t, s)
		b.run(t, s, contacts(b.file(t, contactRows(t))))
		before := []string{b.known(t, s)}
		var batches []int64
		for range rapid.IntRange(1, 3).Draw(t, "imports") {
			var req ingest.Request
			if rapid.Bool().Draw(t, "of events") {
				req = events(b.file(t, eventRows(t)))
				req.Event = ""
			} else {
				req = contacts(b.file(t, contactRows(t)))
				req.OnConflict = someConflict(t)
				req.Consent = map[string]string{"marketing": "fair"}
			}
			batches = append(batches, b.run(t, s, req).ID)
			before = append(before, b.known(t, s))
		}
		for i := len(batches) - 1; i >= 0; i-- {
			u, err := ingest.Undo(context.Background(), s, batches[i], "test", job.Silent{})
			if err != nil || len(u.Kept) != 0 {
				t.Fatalf("undo %d: %+v, %v", i, u, err)
			}
			if after := b.known(t, s); after != before[i] {
				t.Fatalf("after the undo of %d:\n%s\nbefore its import:\n%s", i, after, before[i])
			}
			counted(t, s)
		}
		if _, broken, err := s.VerifyAudit(context.Background()); err != nil || broken != 0 {
			t.Fatalf("the audit is broken at %d, %v", broken, err)
		}
	})
}

// counted wants the number of events that is kept to be that of those there are.
func counted(t *rapid.T, s *store.Store) {
	err := s.Read(context.Background(), func(tx *store.Tx) error {
		totals, err := tx.Totals()
		if err != nil {
			return err
		}
		var there int64
		if err := tx.Get(&there, `SELECT COUNT(*) FROM events`); err != nil {
			return err
		}
		if totals.Events != there {
			t.Fatalf("%d events are counted, and %d are there", totals.Events, there)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// withdraw notes a person's own word.
func withdraw(t testing.TB, s *store.Store, email string) {
	t.Helper()
	err := s.Write(context.Background(), store.Full, func(tx *store.Tx) error {
		p, err := tx.People("test")
		if err != nil {
			return err
		}
		return p.Agree(consent.Entry{Contact: person(t, tx, email), Purpose: consent.Marketing, State: consent.Withdrawn, Source: "telephone", At: tx.Now()})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestRejectsComeBackAsAFileThatCanBeMended(t *testing.T) {
	s := testkit.Store(t)
	source := "email;first_name;points\nann@shop.example;Ann;3\nno address;\"B;ob\";4\ncid@shop.example;Cid\ndan@shop.example;\"Dan \"\"the\"\" Man\";x\n"
	req := contacts(write(t, source))
	req.Columns = []ingest.Choice{{Index: 0, Target: "email"}, {Index: 1, Target: "attribute:first_name"}, {Index: 2, Target: "attribute:points", Type: "number"}}
	r := importFile(t, s, req)
	if r.Created != 1 || r.Rejected != 3 {
		t.Fatalf("%+v", r.Batch)
	}
	path := filepath.Join(t.TempDir(), "rejects.csv")
	if err := ingest.SaveRejects(context.Background(), s, r.ID, path); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := "email,first_name,points,mailwright_line,mailwright_reason\n" +
		"no address,B;ob,4,3,the e-mail address has no @\n" +
		"cid@shop.example,Cid,,4,\"the row has 2 cells, the header has 3\"\n" +
		"dan@shop.example,\"Dan \"\"the\"\" Man\",x,5,in points: not a number\n"
	if string(text) != want {
		t.Errorf("rejects:\n%s\nwant:\n%s", text, want)
	}
	mended := strings.NewReplacer("no address", "bob@shop.example", ",x,5", ",7,5").Replace(string(text))
	again := importFile(t, s, contacts(write(t, mended)))
	if again.Created != 3 || again.Rejected != 0 || len(again.NewAttributes) != 0 {
		t.Errorf("the mended file: %+v, new %v", again.Batch, again.NewAttributes)
	}
}
