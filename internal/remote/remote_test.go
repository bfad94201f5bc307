package remote

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/service"
)

var asOf = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func served(t *testing.T, h http.HandlerFunc) service.Service {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return service.Service{Name: "Weather", URL: s.URL, Batch: 2, TimeoutMS: 200}
}

func asked(n int) []Question {
	questions := make([]Question, n)
	for i := range questions {
		questions[i] = Question{contact.ID(i + 1), map[string]any{"city": fmt.Sprint("city ", i+1)}}
	}
	return questions
}

func TestPeopleAreAskedAboutInBatchesWithWhatTheServiceMayKnow(t *testing.T) {
	var requests atomic.Int32
	s := served(t, func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		if r.Method != http.MethodPost || r.Header.Get("Authorization") != "Bearer token" {
			t.Errorf("%s with %q", r.Method, r.Header.Get("Authorization"))
		}
		var body struct {
			AsOf     string              `json:"as_of"`
			Contacts []map[string]string `json:"contacts"`
		}
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil || body.AsOf != "2026-03-01T12:00:00Z" || len(body.Contacts) > 2 {
			t.Errorf("%+v, %v", body, err)
		}
		parts := []string{`"999":{"sky":"nobody asked"}`}
		for _, c := range body.Contacts {
			if len(c) != 2 {
				t.Errorf("the service was told %v", c)
			}
			if c["id"] != "3" { // has no answer
				parts = append(parts, fmt.Sprintf(`%q:{"sky":%q, "degrees": 21.50}`, c["id"], c["city"]))
			}
		}
		_, _ = fmt.Fprintf(w, `{"contacts":{%s}}`, strings.Join(parts, ","))
	})
	answers, err := New(s, "token").Ask(context.Background(), asOf, asked(5))
	if err != nil || len(answers) != 4 || requests.Load() != 3 {
		t.Fatalf("%d requests, %v, %v", requests.Load(), answers, err)
	}
	if got := string(answers[5]); got != `{"degrees":21.50,"sky":"city 5"}` {
		t.Errorf("the answer for 5 is %s", got)
	}
}

func TestAServiceThatFailsIsSoonLeftAlone(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"slow":         func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body); <-r.Context().Done() },
		"wrong status": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) },
		"no JSON":      func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>") },
		"other JSON":   func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"people":{}}`) },
		"elsewhere": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/other", http.StatusTemporaryRedirect)
		},
		"too long": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"contacts":{"1":{"x":"`+strings.Repeat("x", maxAnswer)+`"}}}`)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var requests atomic.Int32
			s := served(t, func(w http.ResponseWriter, r *http.Request) { requests.Add(1); answer(w, r) })
			s.Batch = 1
			a := New(s, "")
			answers, err := a.Ask(context.Background(), asOf, asked(40))
			if !fault.Is(err, fault.Unavailable) || len(answers) != 0 {
				t.Fatalf("%v, %v", answers, err)
			}
			if n := requests.Load(); n > patience+atOnce {
				t.Errorf("it was asked %d times", n)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{`{"contacts":{"1":{"a":1}}}`, `{"contacts":{"1":null,"x":{}}}`, `{"contacts":[]}`, `{"contacts":{"1":{"a":1e999}}}`, `[`, ``} {
		f.Add(s)
	}
	known := map[string]contact.ID{"1": 1, "2": 2}
	f.Fuzz(func(t *testing.T, text string) {
		answers, err := read([]byte(text), known)
		for id, a := range answers {
			if err != nil || (id != 1 && id != 2) || !json.Valid(a) || a[0] != '{' {
				t.Errorf("%d: %s, %v", id, a, err)
			}
		}
	})
}
