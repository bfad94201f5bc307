package app

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/segment"
	"github.com/mailwright/mailwright/internal/service"
	"github.com/mailwright/mailwright/internal/store"
)

// ContentServices keeps the services that are asked what e-mails should say.
type ContentServices struct{ app *App }

// ContentServices gives the service.
func (a *App) ContentServices() *ContentServices { return &ContentServices{app: a} }

// ContentService is a content service as it is saved.
type ContentService struct {
	Slug      string          `json:"slug"` // Liquid sees its answers as services.SLUG
	Name      string          `json:"name"`
	Settings  service.Service `json:"settings"`
	Version   int             `json:"version"`
	UpdatedAt int64           `json:"updated_at"`
	UsedBy    []string        `json:"used_by"`
}

// List gives every content service, by name.
func (s *ContentServices) List(ctx context.Context) ([]ContentService, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, err
	}
	list := []ContentService{}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		users, err := readUsage(tx)
		if err != nil {
			return err
		}
		all, err := tx.Definitions(store.ServiceKind)
		for _, d := range all {
			one := contentService(d)
			one.UsedBy = users.of(store.ServiceKind, d.Slug)
			list = append(list, one)
		}
		return err
	})
	return list, err
}

func contentService(d store.Definition) ContentService {
	settings, _ := service.Parse([]byte(d.Body)) // what is saved was parsed
	settings.Name = d.Name
	return ContentService{Slug: d.Slug, Name: d.Name, Settings: settings, Version: d.Version, UpdatedAt: d.UpdatedAt, UsedBy: []string{}}
}

// Get gives a content service.
func (s *ContentServices) Get(ctx context.Context, slug string) (ContentService, error) {
	w, err := s.app.current()
	if err != nil {
		return ContentService{}, err
	}
	var d store.Definition
	if err := w.Store.Read(ctx, func(tx *store.Tx) (err error) {
		d, err = tx.Definition(store.ServiceKind, slug)
		return err
	}); err != nil {
		return ContentService{}, err
	}
	return contentService(d), nil
}

// Put saves a content service as a new version; base is the version that was
// edited, as in PutTemplate. What the service said before is forgotten.
func (s *ContentServices) Put(ctx context.Context, slug string, settings json.RawMessage, base int) (ContentService, error) {
	w, err := s.app.current()
	if err != nil {
		return ContentService{}, err
	}
	parsed, err := s.checked(ctx, settings)
	if err != nil {
		return ContentService{}, err
	}
	if slug == "" {
		slug = segment.Slug(parsed.Name)
	}
	if err := segment.CheckSlug(slug); err != nil {
		return ContentService{}, err
	}
	if strings.Contains(slug, ".") {
		return ContentService{}, fault.At(fault.Invalid, "slug", "%q cannot be written as services.%s: leave the dot out", slug, slug)
	}
	body, err := parsed.JSON()
	if err != nil {
		return ContentService{}, err
	}
	if strings.TrimSpace(parsed.Name) == "" {
		parsed.Name = slug
	}
	var saved store.Definition
	err = w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error {
		if err := tx.ForgetServiceAnswers(slug); err != nil {
			return err
		}
		saved, err = tx.PutDefinition(store.Definition{Kind: store.ServiceKind, Slug: slug, Name: parsed.Name, Body: string(body)}, base, "", s.app.options.Actor)
		return err
	})
	return contentService(saved), err
}

// checked parses settings and holds their fields against the attributes there are.
func (s *ContentServices) checked(ctx context.Context, settings json.RawMessage) (service.Service, error) {
	parsed, err := service.Parse(settings)
	if err != nil {
		return parsed, err
	}
	view, err := s.app.view(ctx)
	if err != nil {
		return parsed, err
	}
	for _, name := range parsed.Fields {
		if _, is := view.Schema().Attributes[name]; !is && name != "email" {
			return parsed, fault.At(fault.Invalid, "fields", "there is no attribute %q to tell the service", name)
		}
	}
	slices.Sort(parsed.Fields)
	parsed.Fields = slices.Compact(parsed.Fields)
	return parsed, nil
}

// Remove takes a content service away with all it said; one that content uses is
// fault.Conflict.
func (s *ContentServices) Remove(ctx context.Context, slug string) error {
	if err := s.app.removeDefinition(ctx, store.ServiceKind, slug); err != nil {
		return err
	}
	w, err := s.app.current()
	if err != nil {
		return err
	}
	return w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error { return tx.ForgetServiceAnswers(slug) })
}

// ServiceTrial is what a content service was told of a person and what it said.
type ServiceTrial struct {
	Told   json.RawMessage `json:"told"`
	Answer json.RawMessage `json:"answer"` // null when it has nothing for them
	MS     float64         `json:"ms"`
}

// Try asks a content service, saved or not, about one person. Nothing is kept. It
// returns fault.Unavailable with the reason when there is no answer.
func (s *ContentServices) Try(ctx context.Context, settings json.RawMessage, contactID int64) (ServiceTrial, error) {
	w, err := s.app.current()
	if err != nil {
		return ServiceTrial{}, err
	}
	parsed, err := s.checked(ctx, settings)
	if err != nil {
		return ServiceTrial{}, err
	}
	began := time.Now()
	told, answer, err := w.Personalize.Try(ctx, parsed, contact.ID(contactID), s.app.options.Now())
	return ServiceTrial{Told: told, Answer: answer, MS: since(began)}, err
}
