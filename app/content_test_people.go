package app

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/store"
)

// maxTestPeople keeps a save quick.
const maxTestPeople = 50

// TestPerson is somebody for whom a template or a block must always come out.
type TestPerson struct {
	Contact ContactHit `json:"contact"`
	Failed  bool       `json:"failed"` // they would get no e-mail; problem says why
	Problem *Problem   `json:"problem"`
	Missing []string   `json:"missing"` // variables without a value and without a fallback
}

// TestPeople gives the test people of a saved template or block (kind), with how
// a draft of it comes out for each.
func (s *Content) TestPeople(ctx context.Context, kind, slug string, draft json.RawMessage) ([]TestPerson, error) {
	ids, err := s.testPeople(ctx, kind, slug)
	if err != nil || len(ids) == 0 {
		return []TestPerson{}, err
	}
	return s.lookAt(ctx, ids, draft)
}

// SetTestPeople makes contacts the test people of a saved template or block. It
// returns fault.NotFound for one that is not saved, and fault.Invalid for more
// than 50.
func (s *Content) SetTestPeople(ctx context.Context, kind, slug string, contacts []int64) error {
	if len(contacts) > maxTestPeople {
		return fault.At(fault.Invalid, "contacts", "%d are too many test people: choose at most %d, who differ", len(contacts), maxTestPeople)
	}
	w, err := s.app.current()
	if err != nil {
		return err
	}
	ids := make([]contact.ID, 0, len(contacts))
	view, err := s.app.view(ctx)
	if err != nil {
		return err
	}
	for _, id := range contacts {
		if view.Email(contact.ID(id)) == "" {
			return fault.New(fault.NotFound, "there is no contact %d", id)
		}
		ids = append(ids, contact.ID(id))
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	return w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error {
		if _, err := tx.Definition(kind, slug); err != nil {
			return err
		}
		return tx.PutTestPeople(kind, slug, ids)
	})
}

func (s *Content) testPeople(ctx context.Context, kind, slug string) (ids []contact.ID, err error) {
	w, err := s.app.current()
	if err != nil {
		return nil, err
	}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		ids, err = tx.TestPeople(kind, slug)
		return err
	})
	return ids, err
}

// lookAt renders a draft for each of some people.
func (s *Content) lookAt(ctx context.Context, ids []contact.ID, draft json.RawMessage) ([]TestPerson, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, err
	}
	job, err := s.app.renderJob(ctx, PreviewRequest{Template: draft})
	if err != nil {
		return nil, err
	}
	plan, err := w.Personalize.Prepare(ctx, job, false)
	if err != nil {
		return nil, err
	}
	people := []TestPerson{}
	for _, id := range ids {
		r, err := plan.One(ctx, id)
		if err != nil {
			return nil, err
		}
		p := TestPerson{Failed: r.Err != nil, Missing: []string{}}
		if r.Err != nil {
			problem := ProblemOf(r.Err)
			p.Problem = &problem
		}
		for _, m := range r.Trace.Gaps() {
			p.Missing = append(p.Missing, m.Name)
		}
		people = append(people, p)
	}
	hits, err := contactHits(ctx, plan.View(), ids)
	if err != nil {
		return nil, err
	}
	for i := range hits {
		people[i].Contact = hits[i]
	}
	return people, nil
}

// mustComeOut holds a version that is to be saved against its test people.
func (s *Content) mustComeOut(ctx context.Context, kind, slug string, t content.Template) error {
	ids, err := s.testPeople(ctx, kind, slug)
	if err != nil || len(ids) == 0 {
		return err
	}
	draft, err := t.JSON()
	if err != nil {
		return err
	}
	people, err := s.lookAt(ctx, ids, draft)
	if err != nil {
		return err
	}
	for _, p := range people {
		if p.Failed {
			return fault.At(fault.Invalid, "test_people", "the test person %s would get no e-mail: %s; nothing was saved", p.Contact.Email, p.Problem.Message)
		}
	}
	return nil
}
