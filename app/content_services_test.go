package app_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/profile"
)

// weather answers with the sky over each city, and nothing for a person without.
func weather(t *testing.T, requests *atomic.Int32, down *atomic.Bool) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		var body struct {
			Contacts []map[string]string `json:"contacts"`
		}
		_ = json.NewDecoder(r.Body).Decode(&body)
		if down.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		var parts []string
		for _, c := range body.Contacts {
			if c["city"] != "" {
				parts = append(parts, fmt.Sprintf(`%q:{"sky":"<b>sun</b> over %s","days":[{"degrees":21.50}]}`, c["id"], c["city"]))
			}
		}
		_, _ = io.WriteString(w, `{"contacts":{`+strings.Join(parts, ",")+`}}`)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestAContentServiceIsAskedOnceAndItsFallbackStandsIn(t *testing.T) {
	s := newShop(t)
	s.bring("contacts", "", "email,first_name,city\nanna@example.org,Anna,Lyon\nbert@example.org,Bert,\n")
	anna, err := s.ContactID(s.ctx, "anna@example.org")
	s.must(err)
	bert, err := s.ContactID(s.ctx, "bert@example.org")
	s.must(err)
	var requests atomic.Int32
	var down atomic.Bool
	settings := func(more string) json.RawMessage {
		return json.RawMessage(`{"name":"Weather","url":"` + weather(t, &requests, &down) + `","fields":["city"]` + more + `}`)
	}
	if _, err := s.ContentServices().Put(s.ctx, "weather", settings(`,"fields":["shoe_size"]`), 0); !fault.Is(err, fault.Invalid) {
		t.Errorf("an attribute that there is not: %v", err)
	}
	saved, err := s.ContentServices().Put(s.ctx, "weather", settings(""), 0)
	s.must(err)

	letter, err := content.Parse([]byte(`{"name":"Letter","subject":"Hello","blocks":[{"id":"sky","kind":"text",
		"content":"<p>{{ services.weather.sky }}, {{ services.weather.days[0].degrees }} degrees</p>",
		"fallback":{"kind":"text","content":"<p>Whatever the weather</p>"}}]}`))
	s.must(err)
	_, err = s.Content().PutTemplate(s.ctx, app.PutTemplate{Slug: "letter", Template: letter})
	s.must(err)
	look := func(id int64) app.PreviewResult {
		t.Helper()
		p, err := s.Preview().Compose(s.ctx, app.PreviewRequest{Slug: "letter", ContactID: id})
		s.must(err)
		if p.Failed || len(p.Trace.Services) != 1 {
			t.Fatalf("failed %v: %+v, services %+v", p.Failed, p.Problem, p.Trace.Services)
		}
		return p
	}
	if p := look(anna); !strings.Contains(p.HTML, "&lt;b&gt;sun&lt;/b&gt; over Lyon, 21.50 degrees") || p.Trace.Services[0].State != profile.AnswerFresh {
		t.Errorf("Anna gets %s\n%+v", p.Text, p.Trace.Services)
	}
	if p := look(bert); !strings.Contains(p.Text, "Whatever the weather") {
		t.Errorf("Bert, of whom the service knows nothing, gets %s", p.Text)
	}
	asked := requests.Load()
	down.Store(true)
	if p := look(anna); !strings.Contains(p.HTML, "over Lyon") || p.Trace.Services[0].State != profile.AnswerKept || requests.Load() != asked {
		t.Errorf("a kept answer: %+v after %d requests", p.Trace.Services, requests.Load()-asked)
	}
	// Another city is another question.
	s.bring("contacts", "", "email,city\nanna@example.org,Nice\n")
	if p := look(anna); !strings.Contains(p.Text, "Whatever the weather") || p.Trace.Services[0].State != profile.AnswerFailed || p.Trace.Services[0].Message == "" {
		t.Errorf("a service that is away: %s\n%+v", p.Text, p.Trace.Services)
	}
	down.Store(false)
	if p := look(anna); !strings.Contains(p.HTML, "over Nice") {
		t.Errorf("a service that is back: %s", p.Text)
	}

	trial, err := s.ContentServices().Try(s.ctx, settings(""), bert)
	if err != nil || string(trial.Told) != "{}" || string(trial.Answer) != "null" {
		t.Errorf("a trial: %s, %s, %v", trial.Told, trial.Answer, err)
	}
	list, err := s.ContentServices().List(s.ctx)
	if err != nil || len(list) != 1 || len(list[0].UsedBy) != 1 {
		t.Errorf("%+v, %v", list, err)
	}
	if err := s.ContentServices().Remove(s.ctx, "weather"); !fault.Is(err, fault.Conflict) {
		t.Errorf("a service that a template uses is removed: %v", err)
	}
	if _, err := s.ContentServices().Put(s.ctx, "weather", settings(""), saved.Version-1); !fault.Is(err, fault.Conflict) {
		t.Errorf("a service saved over: %v", err)
	}
	s.must(s.Contacts().Erase(s.ctx, anna))
	s.must(s.Content().RemoveTemplate(s.ctx, "letter"))
	s.must(s.ContentServices().Remove(s.ctx, "weather"))
	if _, err := s.ContentServices().Get(s.ctx, "weather"); !fault.Is(err, fault.NotFound) {
		t.Errorf("it is still there: %v", err)
	}
}
