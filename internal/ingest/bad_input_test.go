package ingest_test

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/mailwright/mailwright/internal/batch"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/ingest"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/testkit"
)

func encoded(t *testing.T, text string, e interface {
	Bytes([]byte) ([]byte, error)
}) string {
	t.Helper()
	b, err := e.Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func binary(n int) string {
	b := make([]byte, n)
	r := rand.NewChaCha8([32]byte{1})
	_, _ = r.Read(b)
	return string(b)
}

func TestFilesThatAreNoTablesAreRefusedAndNothingIsWritten(t *testing.T) {
	for _, c := range []struct {
		name, content string
		kind          batch.Kind
		columns       []ingest.Choice
		says          string
	}{
		{"a binary file", "PK\x03\x04" + binary(5000), batch.Contacts, nil, "no text"},
		{"an empty file", "", batch.Contacts, nil, "empty"},
		{"white space", " \n\n\t\n", batch.Contacts, nil, "empty"},
		{"no column of addresses", "name,city\nAnn,Paris\n", batch.Contacts, nil, "email"},
		{"events without a time", "email,value\nann@shop.example,5\n", batch.Events, nil, "occurred_at"},
		{"products without a number", "title,price\nTea,5\n", batch.Products, nil, "sku"},
		{"a column that is not there", "email\nann@shop.example\n", batch.Contacts, []ingest.Choice{{Index: 3, Target: "email"}}, "no column 4"},
		{"a target that nothing can become", "email,x\nann@shop.example,1\n", batch.Contacts, []ingest.Choice{{Index: 0, Target: "email"}, {Index: 1, Target: "shoe size"}}, "cannot become"},
		{"a property of contacts", "email,x\nann@shop.example,1\n", batch.Contacts, []ingest.Choice{{Index: 0, Target: "email"}, {Index: 1, Target: "property:x"}}, "cannot become"},
		{"an attribute that is derived", "email,x\nann@shop.example,1\n", batch.Contacts, []ingest.Choice{{Index: 0, Target: "email"}, {Index: 1, Target: "attribute:contact.id"}}, "cannot become"},
		{"an unknown purpose", "email,x\nann@shop.example,yes\n", batch.Contacts, []ingest.Choice{{Index: 0, Target: "email"}, {Index: 1, Target: "consent:spying"}}, "cannot become"},
		{"an unknown type", "email,x\nann@shop.example,1\n", batch.Contacts, []ingest.Choice{{Index: 0, Target: "email"}, {Index: 1, Target: "attribute:x", Type: "colour"}}, "no type"},
		{"two columns for one thing", "email,x\nann@shop.example,b@shop.example\n", batch.Contacts, []ingest.Choice{{Index: 0, Target: "email"}, {Index: 1, Target: "email"}}, "both become"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := testkit.Store(t)
			before := mustKnow(t, s)
			req := ingest.Request{Path: write(t, c.content), Kind: c.kind, Columns: c.columns, Event: "order_placed"}
			_, err := tryImport(s, req)
			if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want invalid, and %q in it", err, c.says)
			}
			if after := mustKnow(t, s); after != before {
				t.Errorf("something was written:\n%s", after)
			}
		})
	}
	s := testkit.Store(t)
	if _, err := tryImport(s, contacts(filepath.Join(t.TempDir(), "none.csv"))); !fault.Is(err, fault.NotFound) {
		t.Errorf("a missing file: %v", err)
	}
}

func TestGoodRowsAreKeptAndBadOnesComeBack(t *testing.T) {
	huge := strings.Repeat("x", 10<<20+5)
	for _, c := range []struct {
		name, content     string
		created, rejected int64
		reason            string // of the first reject
		line              int
	}{
		{"ragged rows", "email,first_name\nann@shop.example,Ann\nbob@shop.example\ncid@shop.example,Cid,more\ndan@shop.example,Dan\n", 2, 2, "the row has 1 cells, the header has 2", 3},
		{"cut off in a quote", "email,first_name\nann@shop.example,Ann\nbob@shop.example,\"Bo", 1, 1, "quote", 3},
		{"cut off in a row", "email,first_name\nann@shop.example,Ann\nbob@sh", 1, 1, "the row has 1 cells, the header has 2", 3},
		{"a cell above 10 MB", "email,first_name\nann@shop.example,Ann\nbob@shop.example," + huge + "\ndan@shop.example,Dan\n", 2, 1, "10 MB", 3},
		{"addresses that are none", "email,first_name\nann@shop.example,Ann\nann(at)shop.example,B\na b@shop.example,C\n@,D\nx@localhost,E\n,F\n", 1, 5, "the e-mail address has no @", 3},
		{"duplicate headers", "email,name,name\nann@shop.example,Ann,Anna\n", 1, 0, "", 0},
		{"no header for a column", "email,,city\nann@shop.example,x,Paris\n", 1, 0, "", 0},
		{"a quote in a word", "email,first_name\nann@shop.example,O\"Neil\n", 1, 0, "", 0},
		{"only a header", "email,first_name\n", 0, 0, "", 0},
		{"a NUL far down", "email,first_name\nann@shop.example,Ann\n" + strings.Repeat("bob@shop.example,Bob\n", 20000) + "cid@shop.example,C\x00d\n", 3, 0, "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := testkit.Store(t)
			r := importFile(t, s, contacts(write(t, c.content)))
			if r.Created != c.created || r.Rejected != c.rejected || r.Read != r.Created+r.Updated+r.Unchanged+r.Rejected {
				t.Errorf("%+v, want %d created and %d rejected", r.Batch, c.created, c.rejected)
			}
			if c.rejected > 0 && (len(r.FirstRejects) == 0 || !strings.Contains(r.FirstRejects[0].Reason, c.reason) || r.FirstRejects[0].Line != c.line) {
				t.Errorf("rejects %+v, want %q on line %d first", r.FirstRejects, c.reason, c.line)
			}
		})
	}
}

func TestImpossibleDatesComeBackWhereATimeIsNeeded(t *testing.T) {
	s := testkit.Store(t)
	r := importFile(t, s, events(write(t, "email,date,value\nann@shop.example,2026-02-28,5\nann@shop.example,2026-02-30,5\nann@shop.example,soon,5\nann@shop.example,,5\n")))
	if r.Created != 1 || r.Rejected != 3 || r.FirstRejects[0].Line != 3 || r.FirstRejects[0].Field != "date" {
		t.Errorf("%+v %+v", r.Batch, r.FirstRejects)
	}
}

func TestAmountsThatFitNoCellComeBack(t *testing.T) {
	s := testkit.Store(t)
	r := importFile(t, s, events(write(t, "email,date,total\nann@shop.example,2026-02-28,5.00\nann@shop.example,2026-02-28,999999999999999999\n")))
	if r.Created != 1 || r.Rejected != 1 || !strings.Contains(r.FirstRejects[0].Reason, "too large") {
		t.Errorf("%+v %+v", r.Batch, r.FirstRejects)
	}
}

func TestTextsInAnyEncodingAreTheSame(t *testing.T) {
	text := "email;first_name;city\r\nann@shop.example;Zoë;Köln\r\nbob@shop.example;\"Señor; B\";Łódź\r\n"
	western := strings.ReplaceAll(text, "Łódź", "Orléans")
	want := map[bool]string{}
	for _, c := range []struct {
		name    string
		content string
		western bool
	}{
		{"UTF-8", text, false},
		{"UTF-8 with a mark", "\ufeff" + text, false},
		{"UTF-16 little", encoded(t, text, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()), false},
		{"UTF-16 big", encoded(t, text, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder()), false},
		{"UTF-8, western", western, true},
		{"Windows-1252", encoded(t, western, charmap.Windows1252.NewEncoder()), true},
		{"tabs", "email\tfirst_name\tcity\nann@shop.example\tZoë\tKöln\nbob@shop.example\tSeñor; B\tŁódź\n", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := testkit.Store(t)
			if r := importFile(t, s, contacts(write(t, c.content))); r.Created != 2 || r.Rejected != 0 {
				t.Fatalf("%+v", r.Batch)
			}
			know := mustKnow(t, s)
			if !strings.Contains(know, "Zoë") || !strings.Contains(know, "Köln") {
				t.Errorf("known:\n%s", know)
			}
			if want[c.western] == "" {
				want[c.western] = know
			}
			if know != want[c.western] {
				t.Errorf("known:\n%s\nwant:\n%s", know, want[c.western])
			}
		})
	}
}

// stopper cancels an import at its n-th report of progress.
type stopper struct {
	job.Silent
	left   int
	cancel context.CancelFunc
}

func (p *stopper) Set(int64, int64, string) {
	if p.left--; p.left == 0 {
		p.cancel()
	}
}

func TestACancelledImportLeavesWholeChunksAndTheRestCanFollow(t *testing.T) {
	path := orders(t, 130_000, 300, 3)
	want := testkit.Store(t)
	importFile(t, want, events(path))
	s := testkit.Store(t)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	schema, err := s.Schema(ctx)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := ingest.Inspect(ctx, events(path), schema, job.Silent{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := ingest.Run(ctx, s, plan, "test", &stopper{left: 1, cancel: cancel})
	if !fault.Is(err, fault.Cancelled) || r.State != batch.Cancelled {
		t.Fatalf("%+v, %v", r.Batch, err)
	}
	var in int64
	if err := s.Read(context.Background(), countEvents(&in)); err != nil {
		t.Fatal(err)
	}
	if in != r.Created || in == 0 || in == 130_000 || r.Read != r.Created {
		t.Errorf("%d events are in, the report says %+v", in, r.Batch)
	}
	if again := importFile(t, s, events(path)); again.Created != 130_000-in || again.Unchanged != in {
		t.Errorf("the rest: %+v", again.Batch)
	}
	if a, b := mustKnow(t, s), mustKnow(t, want); a != b {
		t.Error("the end is not that of an import in one go")
	}
	u, err := ingest.Undo(context.Background(), s, r.ID, "test", job.Silent{})
	if err != nil || u.Removed != in {
		t.Errorf("undo of the cancelled one: %+v, %v", u, err)
	}
}

func TestADryRunTellsWhatWouldHappenAndKeepsNothing(t *testing.T) {
	s := testkit.Store(t)
	req := contacts(write(t, "email,first_name,shoe_size\nann@shop.example,Ann,38\nno address,B,39\n"))
	before := mustKnow(t, s)
	req.DryRun = true
	r := importFile(t, s, req)
	if r.Created != 1 || r.Rejected != 1 || r.ID != 0 || mustKnow(t, s) != before {
		t.Errorf("%+v", r.Batch)
	}
	req.DryRun = false
	if wet := importFile(t, s, req); wet.Created != r.Created || wet.Rejected != r.Rejected {
		t.Errorf("the real one: %+v", wet.Batch)
	}
}

// FuzzImport imports any bytes: it may refuse them, and must neither fail in
// another way nor lose count.
func FuzzImport(f *testing.F) {
	for _, seed := range []string{"email,first_name\nann@shop.example,Ann\n", "email;x\n\"a@b.co\";1\n\"", "\xff\xfee\x00m\x00a\x00i\x00l\x00\n\x00", "email\n\n\n,\n", "id,email\n1,\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		s := testkit.Store(t)
		path := filepath.Join(t.TempDir(), "x.csv")
		if err := os.WriteFile(path, bytes.Clone(content), 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := tryImport(s, contacts(path))
		var coded *fault.Error
		if err != nil && (!errors.As(err, &coded) || coded.Code == fault.Internal) {
			t.Fatalf("failed without a reason for people: %v", err)
		}
		if err == nil && r.Read != r.Created+r.Updated+r.Unchanged+r.Rejected {
			t.Fatalf("lost count: %+v", r.Batch)
		}
	})
}
