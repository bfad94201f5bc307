package app_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/mailwright/mailwright/app"
	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/store"
)

func TestATemplateThatATestPersonWouldNotGetIsNotSaved(t *testing.T) {
	s := newShop(t)
	ctx := context.Background()
	s.bring("contacts", "", "email,first_name,shoe_size\nanna@example.org,Anna,38\nbert@example.org,Bert,\n")
	anna, err := s.ContactID(ctx, "anna@example.org")
	s.must(err)
	bert, err := s.ContactID(ctx, "bert@example.org")
	s.must(err)

	template := func(text string) content.Template {
		parsed, err := content.Parse([]byte(`{"name":"Letter","subject":"Hello","blocks":[{"id":"greet","kind":"text","content":` + quote(text) + `}]}`))
		s.must(err)
		return parsed
	}
	saved, err := s.Content().PutTemplate(ctx, app.PutTemplate{Slug: "letter", Template: template("<p>Hello {{ first_name }}</p>")})
	s.must(err)
	s.must(s.Content().SetTestPeople(ctx, store.TemplateKind, "letter", []int64{bert, anna, bert}))

	draft, err := template("<p>Size {{ shoe_size }}</p>").JSON()
	s.must(err)
	people, err := s.Content().TestPeople(ctx, store.TemplateKind, "letter", draft)
	s.must(err)
	if len(people) != 2 || people[0].Contact.Email != "anna@example.org" || len(people[0].Missing) != 0 || len(people[1].Missing) != 1 || people[1].Missing[0] != "shoe_size" {
		t.Errorf("test people: %+v", people)
	}

	divides := template("<p>{{ 10 | divided_by: shoe_size }}</p>") // nobody can be divided by no size
	_, err = s.Content().PutTemplate(ctx, app.PutTemplate{Slug: "letter", Template: divides, BaseVersion: saved.Version})
	if e, ok := fault.As(err); !ok || e.Code != fault.Invalid || e.Field != "test_people" || !strings.Contains(e.Message, "bert@example.org") {
		t.Errorf("a template that fails for a test person: %v", err)
	}
	again, err := s.Content().Template(ctx, "letter", 0)
	s.must(err)
	if again.Version != saved.Version {
		t.Errorf("it was saved as version %d", again.Version)
	}
	_, err = s.Content().PutTemplate(ctx, app.PutTemplate{Slug: "letter", Template: divides, BaseVersion: saved.Version, Anyway: true})
	s.must(err)

	s.must(s.Contacts().Erase(ctx, bert))
	people, err = s.Content().TestPeople(ctx, store.TemplateKind, "letter", draft)
	s.must(err)
	if len(people) != 1 {
		t.Errorf("the erased are still looked at: %+v", people)
	}
	if err := s.Content().SetTestPeople(ctx, store.TemplateKind, "other", []int64{anna}); !fault.Is(err, fault.NotFound) {
		t.Errorf("test people of no template: %v", err)
	}
	if err := s.Content().SetTestPeople(ctx, store.TemplateKind, "letter", []int64{bert}); !fault.Is(err, fault.NotFound) {
		t.Errorf("nobody as a test person: %v", err)
	}
}

func quote(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}
