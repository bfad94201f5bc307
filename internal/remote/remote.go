// Package remote asks content services about people. A request is a POST of
//
//	{"as_of":"2026-03-01T12:00:00Z","contacts":[{"id":"17","city":"Lyon"}]}
//
// and the answer, status 200, {"contacts":{"17":{…}}}: for each person an object
// that Liquid sees as services.SLUG. Whoever the answer leaves out has none.
//
// A service may be slow, wrong or away: requests are bounded in time and size, and
// one that failed several times in a row is left alone for the rest of the work,
// so that it delays nobody.
package remote

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/service"
)

const (
	maxAnswer = 8 << 20 // bytes of one answer
	atOnce    = 4       // requests to one service
	patience  = 3       // failures in a row before it is left alone
)

// Question is what a service is told of a person: values as JSON, by attribute.
type Question struct {
	Contact contact.ID
	Values  map[string]any
}

// Asker asks one service for the length of a piece of work. Its methods may be
// used by many goroutines.
type Asker struct {
	service service.Service
	token   string
	client  *http.Client

	mu     sync.Mutex
	failed int // in a row
	last   error
}

// New gives an asker; token may be empty.
func New(s service.Service, token string) *Asker {
	return &Asker{service: s, token: token, client: &http.Client{
		Timeout: s.Timeout(),
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return errors.New("it sends elsewhere, and people's data do not follow")
		},
	}}
}

// Ask asks about people, in batches, and gives what came: an object for each
// person who was answered for. The error, fault.Unavailable, says why others were
// not; what came stands beside it.
func (a *Asker) Ask(ctx context.Context, asOf time.Time, questions []Question) (map[contact.ID]json.RawMessage, error) {
	var mu sync.Mutex
	answers := make(map[contact.ID]json.RawMessage, len(questions))
	var group errgroup.Group
	group.SetLimit(atOnce)
	for from := 0; from < len(questions); from += a.service.Batch {
		part := questions[from:min(from+a.service.Batch, len(questions))]
		group.Go(func() error {
			got, err := a.batch(ctx, asOf, part)
			mu.Lock()
			defer mu.Unlock()
			for id, answer := range got {
				answers[id] = answer
			}
			return err
		})
	}
	return answers, group.Wait()
}

func (a *Asker) batch(ctx context.Context, asOf time.Time, part []Question) (map[contact.ID]json.RawMessage, error) {
	if err := a.leftAlone(); err != nil {
		return nil, err
	}
	got, err := a.post(ctx, asOf, part)
	if err != nil {
		err = fault.New(fault.Unavailable, "the service %q did not answer: %w", a.service.Name, err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if err != nil && ctx.Err() == nil {
		a.failed, a.last = a.failed+1, err
	} else {
		a.failed = 0
	}
	return got, err
}

func (a *Asker) leftAlone() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.failed >= patience {
		return a.last
	}
	return nil
}

func (a *Asker) post(ctx context.Context, asOf time.Time, part []Question) (map[contact.ID]json.RawMessage, error) {
	body, asked, err := request(asOf, part)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, a.service.URL, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json")
	if a.token != "" {
		r.Header.Set("Authorization", "Bearer "+a.token)
	}
	answer, err := a.client.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("it says %s", answer.Status)
	}
	text, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxAnswer {
		return nil, fmt.Errorf("its answer is longer than %d MB", maxAnswer>>20)
	}
	return read(text, asked)
}

func request(asOf time.Time, part []Question) ([]byte, map[string]contact.ID, error) {
	asked := make(map[string]contact.ID, len(part))
	people := make([]map[string]any, len(part))
	for i, q := range part {
		id := strconv.FormatInt(int64(q.Contact), 10)
		asked[id] = q.Contact
		who := make(map[string]any, len(q.Values)+1)
		for name, v := range q.Values {
			who[name] = v
		}
		who["id"] = id
		people[i] = who
	}
	body, err := json.Marshal(map[string]any{"as_of": asOf.UTC().Format(time.RFC3339), "contacts": people})
	return body, asked, err
}

// read takes an answer apart. Only objects for people who were asked about count.
func read(text []byte, asked map[string]contact.ID) (map[contact.ID]json.RawMessage, error) {
	var whole struct {
		Contacts map[string]map[string]any `json:"contacts"`
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&whole); err != nil {
		return nil, fmt.Errorf("its answer is not of the form {\"contacts\":{…}}: %w", err)
	}
	if whole.Contacts == nil {
		return nil, errors.New(`its answer has no "contacts"`)
	}
	answers := make(map[contact.ID]json.RawMessage, len(whole.Contacts))
	for id, object := range whole.Contacts {
		who, known := asked[id]
		if !known || object == nil {
			continue
		}
		kept, err := json.Marshal(object) // in a form of its own: sorted, without white space
		if err != nil {
			return nil, err
		}
		answers[who] = kept
	}
	return answers, nil
}
