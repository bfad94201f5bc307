package send_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/mailwright/mailwright/internal/demo"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/testkit"
	"github.com/mailwright/mailwright/internal/workspace"
)

// town gives the file of a shop whose letter goes to about ten thousand people,
// which is made once.
var town = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "town")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "town.mailwright")
	w, err := workspace.Create(context.Background(), path, store.Options{Name: demo.Name, Zone: demo.Zone, Currency: demo.Currency}, workspace.Options{Now: testkit.Clock})
	if err != nil {
		return nil, err
	}
	if err := errors.Join(demo.Build(context.Background(), w.Store, demo.Size{Contacts: 16_000, Events: 240_000, Seed: 7}, job.Silent{}), w.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// openTown gives a copy of the town with a campaign through a sender.
func openTown(b *testing.B, sender string) (*shop, string) {
	b.Helper()
	data, err := town()
	if err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "town.mailwright")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		b.Fatal(err)
	}
	s := reopen(b, path, testkit.Now)
	s.put(store.ESPKind, "post", sender)
	return s, s.letterBy("post")
}

// perSecond reports the speed of a benchmark that dealt with n messages.
func perSecond(b *testing.B, n int) {
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "messages/s")
	b.ReportMetric(0, "ns/op")
}

func BenchmarkPlan(b *testing.B) {
	s, slug := openTown(b, `{"adapter":"eml","directory":"letters"}`)
	n := 0
	for b.Loop() {
		s.plan(slug)
		n += len(s.messages(slug))
	}
	perSecond(b, n)
}

func BenchmarkSend(b *testing.B) {
	for _, c := range []struct {
		name   string
		sender func(b *testing.B) string
	}{
		{"eml", func(*testing.B) string { return `{"adapter":"eml","directory":"letters"}` }},
		{"zip", func(*testing.B) string { return `{"adapter":"eml","directory":"letters","form":"zip"}` }},
		{"csvmerge", func(*testing.B) string { return `{"adapter":"csvmerge","directory":"merge"}` }},
		{"mailpit", func(b *testing.B) string {
			m := testkit.StartMailpit(b)
			return fmt.Sprintf(`{"adapter":"smtp","host":%q,"port":%d,"tls":"none","rate_per_second":0}`, m.Host, m.Port)
		}},
		{"smtp", func(b *testing.B) string {
			m := testkit.SMTP(b, nil)
			return fmt.Sprintf(`{"adapter":"smtp","host":%q,"port":%d,"tls":"none","rate_per_second":0}`, m.Host, m.Port)
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				b.StopTimer()
				s, slug := openTown(b, c.sender(b))
				s.plan(slug)
				n += len(s.messages(slug))
				b.StartTimer()
				if _, err := s.Send.Send(ctx, slug, 0, job.Silent{}); err != nil {
					b.Fatal(err)
				}
			}
			perSecond(b, n)
		})
	}
}
