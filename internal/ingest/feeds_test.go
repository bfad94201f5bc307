package ingest_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mailwright/mailwright/internal/batch"
	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/ingest"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/store"
)

// published is a feed whose server answers what the test says.
type published struct {
	*testing.T
	feeds   ingest.Feeds
	now     time.Time
	body    string
	version int
	status  int
	asked   int // with the newest copy's mark
}

func publish(t *testing.T, body string) *published {
	ctx := context.Background()
	p := &published{T: t, now: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC), body: body, version: 1, status: http.StatusOK}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mark := fmt.Sprintf(`"%d"`, p.version)
		if r.Header.Get("If-None-Match") == mark {
			p.asked++
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", mark)
		w.WriteHeader(p.status)
		_, _ = w.Write([]byte(p.body))
	}))
	t.Cleanup(server.Close)
	s, err := store.Create(ctx, filepath.Join(t.TempDir(), "shop.mailwright"), store.Options{Name: "Shop", Zone: "UTC", Currency: "EUR", Now: func() time.Time { return p.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close(ctx) })
	p.feeds = ingest.Feeds{Store: s, Actor: "test", Now: func() time.Time { return p.now }}
	p.write(func(tx *store.Tx) error {
		return tx.PutFeed(catalog.Feed{Slug: "main", Name: "Main feed", URL: server.URL + "/feed", Hours: 6})
	})
	return p
}

func (p *published) write(f func(tx *store.Tx) error) {
	p.Helper()
	if err := p.feeds.Store.Write(context.Background(), store.Normal, f); err != nil {
		p.Fatal(err)
	}
}

func (p *published) fetch(anyway bool) (ingest.FeedFetch, error) {
	return p.feeds.Fetch(context.Background(), "main", anyway, job.Silent{})
}

// shelf tells the catalogue: the number, and what can be had of it.
func (p *published) shelf() string {
	p.Helper()
	var said []string
	p.write(func(tx *store.Tx) error {
		info, err := tx.Info()
		if err != nil {
			return err
		}
		all, err := tx.Products(info.Currency)
		for _, x := range all {
			state := fmt.Sprint(x.Stock)
			if x.Gone {
				state = "gone"
			}
			if !x.RestockedAt.IsZero() {
				state += " again"
			}
			said = append(said, x.SKU+" "+state)
		}
		return err
	})
	return strings.Join(said, ", ")
}

func (p *published) state() store.KeptFeed {
	p.Helper()
	var k store.KeptFeed
	p.write(func(tx *store.Tx) (err error) {
		k, err = tx.Feed("main")
		return err
	})
	return k
}

func feedOf(items ...string) string {
	return `<rss xmlns:g="http://base.google.com/ns/1.0"><channel>` + strings.Join(items, "\n") + `</channel></rss>`
}

func item(id, availability string) string {
	return "<item><g:id>" + id + "</g:id><title>Product " + id + "</title><g:price>5.00 EUR</g:price><g:availability>" + availability + "</g:availability></item>"
}

func TestAFeedKeepsTheCatalogueCurrent(t *testing.T) {
	p := publish(t, feedOf(item("A", "in stock"), item("B", "out_of_stock"), item("C", "in stock")))
	done, err := p.fetch(false)
	if err != nil || done.Report.Created != 3 || p.shelf() != "A -1, B 0, C -1" {
		t.Fatalf("%+v %v: %s", done.Report, err, p.shelf())
	}
	if done, err = p.fetch(false); err != nil || done.Imported || p.asked != 1 || done.State.State != catalog.FeedUnchanged {
		t.Fatalf("unchanged: %+v %v", done, err)
	}
	p.version, p.now = 2, p.now.Add(time.Hour)
	p.body = feedOf(item("A", "in stock"), item("B", "in stock"))
	done, err = p.fetch(false)
	if err != nil || done.Report.Gone != 1 || done.Report.Updated != 1 || p.shelf() != "A -1, B -1 again, C gone" {
		t.Fatalf("changed: %+v %v: %s", done.Report, err, p.shelf())
	}
	if k := p.state(); k.Products != 2 || k.Batch != done.Report.ID || !k.FetchedAt.Equal(p.now) {
		t.Errorf("the state is %+v", k)
	}
	p.version = 3
	p.body = feedOf(item("A", "in stock"), item("C", "in stock"))
	third, err := p.fetch(false)
	if err != nil || p.shelf() != "A -1, B gone again, C -1 again" {
		t.Fatalf("back: %v: %s", err, p.shelf())
	}
	if _, err := ingest.Undo(context.Background(), p.feeds.Store, third.Report.ID, "test", job.Silent{}); err != nil || p.shelf() != "A -1, B -1 again, C gone" {
		t.Errorf("undone: %v: %s", err, p.shelf())
	}
}

func TestTheLastGoodCopyIsKept(t *testing.T) {
	good := feedOf(item("A", "in stock"), item("B", "in stock"), item("C", "in stock"), item("D", "in stock"))
	for _, c := range []struct {
		name, body, says string
		status           int
	}{
		{"a server in trouble", "", "500", http.StatusInternalServerError},
		{"a page instead", "<html><body>Log in</body></html>", "<html>", http.StatusOK},
		{"cut off", good[:len(good)-40], "ends in the middle", http.StatusOK},
		{"empty", "", "", http.StatusOK},
		{"without products", feedOf(), "without products", http.StatusOK},
		{"far fewer products", feedOf(item("A", "in stock")), "had 4 before", http.StatusOK},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := publish(t, good)
			if _, err := p.fetch(false); err != nil {
				t.Fatal(err)
			}
			before := p.shelf()
			p.body, p.status, p.version = c.body, c.status, 2
			if _, err := p.fetch(false); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("says %v, want %q", err, c.says)
			}
			k := p.state()
			if p.shelf() != before || k.State != catalog.FeedFailed || k.Message == "" || k.Products != 4 || k.ETag != `"1"` {
				t.Errorf("%s, was %s; %+v", p.shelf(), before, k)
			}
		})
	}
}

func TestFewerProductsAreTakenWhenAPersonSaysSo(t *testing.T) {
	p := publish(t, feedOf(item("A", "in stock"), item("B", "in stock"), item("C", "in stock")))
	if _, err := p.fetch(false); err != nil {
		t.Fatal(err)
	}
	p.body, p.version = feedOf(item("A", "in stock")), 2
	if _, err := p.fetch(true); err != nil || p.shelf() != "A -1, B gone, C gone" {
		t.Errorf("%v: %s", err, p.shelf())
	}
}

func TestFeedsAreFetchedWhenDue(t *testing.T) {
	p := publish(t, feedOf(item("A", "in stock")))
	due := func(want int) {
		t.Helper()
		if got := p.feeds.FetchDue(context.Background()); len(got) != want {
			t.Errorf("%v were fetched, want %d", got, want)
		}
	}
	due(1)
	p.now = p.now.Add(5 * time.Hour)
	due(0)
	p.now = p.now.Add(time.Hour)
	p.status, p.version = http.StatusBadGateway, 2
	due(1) // fails, and is tried again within the hour
	p.now = p.now.Add(time.Hour)
	due(1)
	p.write(func(tx *store.Tx) error { return tx.RemoveFeed("main") })
	due(0)
	if _, err := p.fetch(false); !fault.Is(err, fault.NotFound) {
		t.Errorf("a feed that is not there: %v", err)
	}
}

func TestARejectedRowIsNotGone(t *testing.T) {
	p := publish(t, feedOf(item("A", "in stock"), item("B", "in stock")))
	if _, err := p.fetch(false); err != nil {
		t.Fatal(err)
	}
	p.version = 2
	p.body = feedOf(item("A", "in stock"), strings.Replace(item("B", "in stock"), "5.00 EUR", "5.00 USD", 1))
	done, err := p.fetch(false)
	if err != nil || done.Report.Rejected != 1 || done.Report.Gone != 0 || !strings.Contains(done.Report.Reasons[0].Reason, "USD") {
		t.Errorf("%+v %v", done.Report, err)
	}
}

func TestProductsInAnyFormat(t *testing.T) {
	for name, text := range map[string]string{
		"google.tsv": "id\ttitle\tlink\timage link\tprice\tsale price\tavailability\tproduct type\nA\tTea\thttps://shop.example/a\thttps://shop.example/a.png\t9.00 EUR\t5.00 EUR\tin stock\tTea\n",
		"list.json":  `[{"sku":"A","title":"Tea","url":"https://shop.example/a","image":"https://shop.example/a.png","price":5,"category":"Tea","availability":"in stock"}]`,
		"lines.json": `{"id":"A","name":"Tea","link":"https://shop.example/a","image_link":"https://shop.example/a.png","price":"5,00 €","category":"Home > Tea"}`,
		"feed.xml":   feedOf(`<item><g:id>A</g:id><title>Tea</title><link>https://shop.example/a</link><g:image_link>https://shop.example/a.png</g:image_link><g:price>5.00 EUR</g:price><g:product_type>Tea</g:product_type></item>`),
	} {
		t.Run(name, func(t *testing.T) {
			p := publish(t, "")
			path := filepath.Join(t.TempDir(), name)
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			ctx := context.Background()
			schema, err := p.feeds.Store.Schema(ctx)
			if err != nil {
				t.Fatal(err)
			}
			plan, err := ingest.Inspect(ctx, ingest.Request{Path: path, Kind: batch.Products, OnConflict: ingest.Update}, schema, job.Silent{})
			if err != nil {
				t.Fatal(err)
			}
			report, err := ingest.Run(ctx, p.feeds.Store, plan, "test", job.Silent{})
			if err != nil || report.Created != 1 || report.Source != name {
				t.Fatalf("%+v %v", report, err)
			}
			p.write(func(tx *store.Tx) error {
				all, err := tx.Products(schema.Currency)
				x := all[0]
				if got := fmt.Sprint(x.SKU, x.Title, x.URL, x.Image, x.Price, x.Category); got != "ATeahttps://shop.example/ahttps://shop.example/a.png5.00Tea" && got != "A Tea https://shop.example/a https://shop.example/a.png 5.00 Tea" {
					t.Errorf("it became %q", got)
				}
				return err
			})
		})
	}
}
