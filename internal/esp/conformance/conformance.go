// Package conformance holds the laws that every adapter keeps, as tests: an
// adapter's own tests call Run with settings that reach a real remote end.
package conformance

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mailwright/mailwright/internal/esp"
)

// Remote is the other end of an adapter.
type Remote struct {
	Settings string // JSON that reaches it
	Folder   string // what relative folders are below; "" for adapters without
	// Arrived gives what is there, with repeats.
	Arrived func(t *testing.T) []Arrival
}

// Arrival is a letter at the other end.
type Arrival struct {
	Key  string
	MIME []byte // the whole e-mail; servers may have put headers of their own in front
}

// Letter gives the nth letter of a campaign, with everything an adapter may use.
func Letter(n int) esp.Letter {
	key := fmt.Sprintf("key%04d", n)
	return esp.Letter{
		Key: key, Campaign: "autumn", Date: time.Date(2026, 6, 15, 10, 0, 0, 0, time.UTC), From: "hello@shop.example", To: fmt.Sprintf("p%d@post.example", n),
		Subject: fmt.Sprintf("=Hello & welcome, %d", n), Preheader: "New <here>", Text: "Hello\n\n-- \nthe shop\n",
		HTML:     "<html><b>Hello &amp; welcome</b></html>",
		Blocks:   []esp.Block{{ID: "greet", HTML: fmt.Sprintf("<p>Dear %d,\n\"quoted\"</p>", n)}, {ID: "foot", HTML: `<img src="cid:logo@pictures"><p>bye</p>`}},
		Frame:    esp.Frame{Head: "<title>", Middle: "</title><i>", Body: "</i><body>", Foot: "</body>"},
		MIME:     []byte("Message-ID: <" + key + "@shop.example>\r\nSubject: Hello\r\nX-Mailwright-Key: " + key + "\r\n\r\n.dots\r\n..\r\n.\r\nend\r\n"),
		Pictures: []esp.Picture{{Name: "logo.png", Reference: "cid:logo@pictures", Bytes: []byte("PNG")}},
	}
}

// Run checks the laws against a remote end that is empty.
func Run(t *testing.T, k esp.Kind, r Remote) {
	t.Run("settings are described", func(t *testing.T) { described(t, k) })
	t.Run("settings that are wrong are refused by name", func(t *testing.T) { refusals(t, k, r) })
	const letters = 40
	t.Run("each letter arrives once, as it was", func(t *testing.T) {
		a := Open(t, k, r)
		deliver(t, a, 0, letters)
		shut(t, a)
		arrived(t, k, r, letters)
	})
	t.Run("a letter that is given again", func(t *testing.T) {
		if !k.Idempotent {
			return // such a one is never given again
		}
		a := Open(t, k, r)
		deliver(t, a, letters/2, letters+5)
		shut(t, a)
		arrived(t, k, r, letters+5)
	})
	t.Run("nothing is handed over after the end", func(t *testing.T) {
		before := r.Arrived(t)
		a := Open(t, k, r)
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		o := a.Deliver(ctx, Letter(1000))
		shut(t, a)
		there := len(r.Arrived(t)) > len(before)
		if o.State != esp.Later && (o.State != esp.Accepted || !there) || o.State == esp.Later && there {
			t.Errorf("outcome %d (%s), arrived: %v", o.State, o.Answer, there)
		}
	})
	t.Run("closing unused, and twice", func(t *testing.T) {
		a := Open(t, k, r)
		shut(t, a)
		shut(t, a)
	})
	t.Run("names stay inside the folder", func(t *testing.T) { confined(t, k, r) })
}

// Open opens the adapter.
func Open(t *testing.T, k esp.Kind, r Remote) esp.Adapter {
	t.Helper()
	s, err := k.Read([]byte(r.Settings))
	if err != nil {
		t.Fatal(err)
	}
	a, err := k.Open(context.Background(), s, esp.Env{
		Folder: r.Folder, Now: time.Now, Secret: func(string) (string, error) { return "correct horse", nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func shut(t *testing.T, a esp.Adapter) {
	t.Helper()
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}

func deliver(t *testing.T, a esp.Adapter, from, to int) {
	t.Helper()
	var wait sync.WaitGroup
	for n := from; n < to; n++ {
		wait.Go(func() {
			if o := a.Deliver(context.Background(), Letter(n)); o.State != esp.Accepted {
				t.Errorf("letter %d: outcome %d, %s", n, o.State, o.Answer)
			}
		})
	}
	wait.Wait()
	if s, ok := a.(esp.Syncer); ok {
		if err := s.Sync(); err != nil {
			t.Error(err)
		}
	}
}

func arrived(t *testing.T, k esp.Kind, r Remote, n int) {
	t.Helper()
	there := r.Arrived(t)
	keys := make([]string, len(there))
	for i, one := range there {
		keys[i] = one.Key
	}
	slices.Sort(keys)
	var want []string
	for i := range n {
		want = append(want, Letter(i).Key)
	}
	if !slices.Equal(keys, want) {
		t.Fatalf("%d letters are there, want %d once each: %v", len(keys), n, keys)
	}
	for _, one := range there {
		var i int
		if _, err := fmt.Sscanf(one.Key, "key%d", &i); err != nil {
			t.Fatal(err)
		}
		if k.TakesMIME && !bytes.HasSuffix(one.MIME, Letter(i).MIME) {
			t.Errorf("%s was changed on the way: %q", one.Key, one.MIME)
		}
	}
}

// confined delivers letters whose names would lead out of the folder. Whatever
// becomes of them, nothing is written elsewhere.
func confined(t *testing.T, k esp.Kind, r Remote) {
	if r.Folder == "" {
		return
	}
	around := t.TempDir()
	r.Folder = filepath.Join(around, "a", "b")
	if err := os.MkdirAll(r.Folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"../out", "../../out", "..", ".", "", "/out", filepath.Join(around, "out"), `..\out`, `C:\out`, "a\x00/../../out", "a\n/../../out", strings.Repeat("x", 400), ".hidden", "é/../..",
	} {
		for _, change := range []func(*esp.Letter){
			func(l *esp.Letter) { l.To = name + "@post.example" },
			func(l *esp.Letter) { l.To = name },
			func(l *esp.Letter) { l.Key = name },
			func(l *esp.Letter) { l.Campaign = name },
			func(l *esp.Letter) { l.Blocks[0].ID = name },
			func(l *esp.Letter) { l.Pictures[0].Name = name },
		} {
			l := Letter(1)
			change(&l)
			a := Open(t, k, r)
			o := a.Deliver(context.Background(), l)
			if err := a.Close(); err != nil || o.State != esp.Accepted && o.State != esp.Rejected && o.State != esp.Stop {
				t.Errorf("%q: outcome %d (%s), %v", name, o.State, o.Answer, err)
			}
		}
	}
	var strays []string
	for dir, only := range map[string]string{around: "a", filepath.Join(around, "a"): "b"} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if e.Name() != only {
				strays = append(strays, filepath.Join(dir, e.Name()))
			}
		}
	}
	inside, err := os.ReadDir(r.Folder)
	if err != nil || len(inside) != 1 || len(strays) > 0 {
		t.Errorf("beside the settings' folder: %v and %v, %v", inside, strays, err)
	}
}
