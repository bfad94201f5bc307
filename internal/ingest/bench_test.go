package ingest_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/mailwright/mailwright/internal/batch"
	"github.com/mailwright/mailwright/internal/ingest"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/testkit"
)

// orders writes a file of n order lines of people, in the order of time as a
// shop's export has them: five properties and a value each.
func orders(t testing.TB, n, people int, seed uint64) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), fmt.Sprintf("orders-%d.csv", seed))
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	r := rand.New(rand.NewPCG(seed, 7))
	at := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(seed) * time.Hour)
	_, _ = fmt.Fprintln(w, "email,order_id,occurred_at,sku,product,quantity,unit_price,value")
	for i := range n {
		at = at.Add(time.Duration(r.IntN(60)) * time.Second)
		q, cents := r.IntN(9)+1, r.IntN(5000)+50
		_, _ = fmt.Fprintf(w, "person%06d@shop.example,%d,%s,SKU-%04d,\"Product, number %d\",%d,%d.%02d,%d.%02d\n", r.IntN(people), i/4, at.Format(time.DateTime),
			r.IntN(3000), i%3000, q, cents/100, cents%100, q*cents/100, q*cents%100)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func importFile(t testing.TB, s *store.Store, req ingest.Request) ingest.Report {
	t.Helper()
	r, err := tryImport(s, req)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func tryImport(s *store.Store, req ingest.Request) (ingest.Report, error) {
	ctx := context.Background()
	if req.OnConflict == "" {
		req.OnConflict = ingest.Update
	}
	schema, err := s.Schema(ctx)
	if err != nil {
		return ingest.Report{}, err
	}
	plan, err := ingest.Inspect(ctx, req, schema, job.Silent{})
	if err != nil {
		return ingest.Report{}, err
	}
	return ingest.Run(ctx, s, plan, "test", job.Silent{})
}

// BenchmarkEvents imports order lines into a workspace that is empty, and into one
// that holds two million. Its rate is that of the whole import, both readings of
// the file included.
func BenchmarkEvents(b *testing.B) {
	for _, c := range []struct {
		name        string
		held, lines int
	}{{"empty", 0, 400_000}, {"holding2M", 2_000_000, 400_000}} {
		b.Run(c.name, func(b *testing.B) {
			file := orders(b, c.lines, 100_000, 2)
			for range b.N {
				b.StopTimer()
				s := testkit.Store(b)
				if c.held > 0 {
					importFile(b, s, ingest.Request{Path: orders(b, c.held, 100_000, 1), Kind: batch.Events, Event: "order_placed"})
				}
				b.StartTimer()
				r := importFile(b, s, ingest.Request{Path: file, Kind: batch.Events, Event: "order_placed"})
				if r.Created != int64(c.lines) {
					b.Fatalf("%+v", r.Batch)
				}
			}
			b.ReportMetric(float64(c.lines*b.N)/b.Elapsed().Seconds(), "events/s")
		})
	}
}

// BenchmarkContacts imports people with six attributes and stated consent.
func BenchmarkContacts(b *testing.B) {
	const n = 100_000
	path := filepath.Join(b.TempDir(), "people.csv")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriter(f)
	_, _ = fmt.Fprintln(w, "email,first_name,last_name,country,birthday,points,vip")
	for i := range n {
		_, _ = fmt.Fprintf(w, "person%06d@shop.example,First%d,Last%d,FR,19%02d-0%d-11,%d,%t\n", i, i%900, i%5000, 50+i%50, 1+i%9, i%700, i%7 == 0)
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	_ = f.Close()
	for range b.N {
		b.StopTimer()
		s := testkit.Store(b)
		b.StartTimer()
		r := importFile(b, s, ingest.Request{Path: path, Kind: batch.Contacts, Consent: map[string]string{"marketing": "old list"}})
		if r.Created != n {
			b.Fatalf("%+v", r.Batch)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "contacts/s")
}
