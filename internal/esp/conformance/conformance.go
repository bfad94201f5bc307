// Package conformance holds the laws that every adapter keeps, as tests: an
// adapter's own tests call Run with settings that reach a real remote end.
package conformance

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/mailwright/mailwright/internal/esp"
	"github.com/mailwright/mailwright/internal/fault"
)

// Remote is the other end of an adapter.
type Remote struct {
	Settings string                      // JSON that reaches it
	Folder   string                      // what relative folders are below
	Keys     func(t *testing.T) []string // the keys of the letters that are there, with repeats
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
		MIME:     []byte("Message-ID: <" + key + "@shop.example>\r\nSubject: Hello\r\nX-Mailwright-Key: " + key + "\r\n\r\n.dots\r\n..\r\n.\r\nend"),
		Pictures: []esp.Picture{{Name: "logo.png", Reference: "cid:logo@pictures", Bytes: []byte("PNG")}},
	}
}

// Run checks the laws against a remote end that is empty.
func Run(t *testing.T, k esp.Kind, r Remote) {
	t.Run("settings are described", func(t *testing.T) { settings(t, k, r) })
	const letters = 40
	t.Run("each letter arrives once", func(t *testing.T) {
		a := Open(t, k, r)
		deliver(t, a, 0, letters)
		shut(t, a)
		arrived(t, r, letters)
	})
	t.Run("a letter that is given again", func(t *testing.T) {
		if !k.Idempotent {
			return // such a one is never given again
		}
		a := Open(t, k, r)
		deliver(t, a, letters/2, letters+5)
		shut(t, a)
		arrived(t, r, letters+5)
	})
	t.Run("nothing is handed over after the end", func(t *testing.T) {
		before := r.Keys(t)
		a := Open(t, k, r)
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		o := a.Deliver(ctx, Letter(1000))
		shut(t, a)
		there := len(r.Keys(t)) > len(before)
		if o.State != esp.Later && (o.State != esp.Accepted || !there) || o.State == esp.Later && there {
			t.Errorf("outcome %d (%s), arrived: %v", o.State, o.Answer, there)
		}
	})
	t.Run("closing unused", func(t *testing.T) { shut(t, Open(t, k, r)) })
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

func arrived(t *testing.T, r Remote, n int) {
	t.Helper()
	keys := r.Keys(t)
	slices.Sort(keys)
	var want []string
	for i := range n {
		want = append(want, Letter(i).Key)
	}
	if !slices.Equal(keys, want) {
		t.Errorf("%d letters are there, want %d once each: %v", len(keys), n, keys)
	}
}

func settings(t *testing.T, k esp.Kind, r Remote) {
	if k.Name == "" || k.Label == "" || k.About == "" || k.Connections < 1 {
		t.Errorf("the kind is not described: %+v", k)
	}
	for _, f := range k.Fields {
		if f.Name == "" || f.Label == "" || f.Type == "" {
			t.Errorf("a setting is not described: %+v", f)
		}
		if f.Type == esp.Choice && !slices.Contains(f.Options, f.Default) {
			t.Errorf("%s: the default %q is no option", f.Name, f.Default)
		}
		if f.Required {
			without(t, k, r, f.Name)
		}
	}
	var given map[string]any
	if err := json.Unmarshal([]byte(r.Settings), &given); err != nil {
		t.Fatal(err)
	}
	given["no_such_setting"] = 1
	refuse(t, k, given, "no_such_setting")
}

func without(t *testing.T, k esp.Kind, r Remote, field string) {
	var given map[string]any
	if err := json.Unmarshal([]byte(r.Settings), &given); err != nil {
		t.Fatal(err)
	}
	delete(given, field)
	refuse(t, k, given, field)
}

func refuse(t *testing.T, k esp.Kind, given map[string]any, field string) {
	t.Helper()
	body, err := json.Marshal(given)
	if err != nil {
		t.Fatal(err)
	}
	_, err = k.Read(body)
	if f, _ := fault.As(err); f == nil || f.Code != fault.Invalid || f.Field != field {
		t.Errorf("want %s refused, got %v", field, err)
	}
}
