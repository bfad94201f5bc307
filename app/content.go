package app

import (
	"context"
	"strings"

	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/segment"
	"github.com/mailwright/mailwright/internal/store"
)

// Content keeps templates, reusable blocks and pictures, and says what is wrong
// in them.
type Content struct{ app *App }

// Content gives the service.
func (a *App) Content() *Content { return &Content{app: a} }

// TemplateSummary is a line of the list of templates.
type TemplateSummary struct {
	Slug      string   `json:"slug"`
	Name      string   `json:"name"`
	Subject   string   `json:"subject"`
	Version   int      `json:"version"`
	UpdatedAt int64    `json:"updated_at"`
	Blocks    int      `json:"blocks"` // nested ones not counted
	UsedBy    []string `json:"used_by"`
}

// TemplateDocument is one version of a template.
type TemplateDocument struct {
	Slug      string           `json:"slug"`
	Version   int              `json:"version"`
	Template  content.Template `json:"template"`
	UpdatedAt int64            `json:"updated_at"`
	Author    string           `json:"author"`
	Note      string           `json:"note"`
}

// PutTemplate is a template to save. BaseVersion is the version that was edited:
// 0 for a new template, −1 to save whatever was there before. Anyway saves it
// though it does not come out for one of its test people.
type PutTemplate struct {
	Slug        string           `json:"slug"` // made from the name where it is empty
	Template    content.Template `json:"template"`
	Note        string           `json:"note"`
	BaseVersion int              `json:"base_version"`
	Anyway      bool             `json:"anyway"`
}

// Templates gives every template, by name.
func (s *Content) Templates(ctx context.Context) ([]TemplateSummary, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, err
	}
	list := []TemplateSummary{}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		users, err := readUsage(tx)
		if err != nil {
			return err
		}
		all, err := tx.Definitions(store.TemplateKind)
		for _, d := range all {
			one := TemplateSummary{Slug: d.Slug, Name: d.Name, Version: d.Version, UpdatedAt: d.UpdatedAt, UsedBy: users.of(store.TemplateKind, d.Slug)}
			if t, problems := content.ParseDraft([]byte(d.Body)); len(problems) == 0 {
				one.Subject, one.Blocks = t.Subject, len(t.Blocks)
			}
			list = append(list, one)
		}
		return err
	})
	return list, err
}

// Template gives a version of a template, the newest for 0.
func (s *Content) Template(ctx context.Context, slug string, version int) (TemplateDocument, error) {
	v, err := s.version(ctx, store.TemplateKind, slug, version)
	if err != nil {
		return TemplateDocument{}, err
	}
	t, err := content.Parse([]byte(v.Body))
	return TemplateDocument{Slug: slug, Version: v.Version, Template: t, UpdatedAt: v.At, Author: v.Author, Note: v.Note}, err
}

// version reads one version of a definition, the newest for 0.
func (s *Content) version(ctx context.Context, kind, slug string, version int) (v store.DefinitionVersion, err error) {
	w, err := s.app.current()
	if err != nil {
		return v, err
	}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		if version == 0 {
			d, err := tx.Definition(kind, slug)
			if err != nil {
				return err
			}
			version = d.Version
		}
		v, err = tx.DefinitionVersion(kind, slug, version)
		return err
	})
	return v, err
}

// PutTemplate saves a template as a new version. It is fault.Conflict when the
// version that was edited is not the newest any more, and fault.Invalid, at
// test_people, when a test person would get no e-mail; then nothing is saved.
func (s *Content) PutTemplate(ctx context.Context, p PutTemplate) (TemplateDocument, error) {
	if p.Slug == "" {
		p.Slug = segment.Slug(p.Template.Name)
	}
	if strings.TrimSpace(p.Template.Name) == "" {
		p.Template.Name = p.Slug
	}
	body, err := p.Template.JSON()
	if err != nil {
		return TemplateDocument{}, err
	}
	// A template made by the program and not read from JSON has no ids yet.
	if p.Template, err = content.Parse(body); err != nil {
		return TemplateDocument{}, err
	}
	if body, err = p.Template.JSON(); err != nil {
		return TemplateDocument{}, err
	}
	if !p.Anyway {
		if err := s.mustComeOut(ctx, store.TemplateKind, p.Slug, p.Template); err != nil {
			return TemplateDocument{}, err
		}
	}
	saved, err := s.put(ctx, store.Definition{Kind: store.TemplateKind, Slug: p.Slug, Name: p.Template.Name, Body: string(body)}, p.BaseVersion, p.Note)
	return TemplateDocument{Slug: p.Slug, Version: saved.Version, Template: p.Template, UpdatedAt: saved.UpdatedAt, Author: s.app.options.Actor, Note: p.Note}, err
}

func (s *Content) put(ctx context.Context, d store.Definition, base int, note string) (saved store.Definition, err error) {
	if err := segment.CheckSlug(d.Slug); err != nil {
		return saved, err
	}
	w, err := s.app.current()
	if err != nil {
		return saved, err
	}
	err = w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error {
		saved, err = tx.PutDefinition(d, base, note, s.app.options.Actor)
		return err
	})
	return saved, err
}

// RemoveTemplate takes a template away; its versions stay for what was sent. One
// that a campaign uses is fault.Conflict, naming the campaign.
func (s *Content) RemoveTemplate(ctx context.Context, slug string) error {
	return s.app.removeDefinition(ctx, store.TemplateKind, slug)
}

// Versions gives every saved version of a template, newest first.
func (s *Content) Versions(ctx context.Context, slug string) ([]VersionInfo, error) {
	return s.versions(ctx, store.TemplateKind, slug)
}

func (s *Content) versions(ctx context.Context, kind, slug string) ([]VersionInfo, error) {
	list, err := s.app.definitionVersions(ctx, kind, slug)
	if err == nil && len(list) == 0 {
		err = fault.New(fault.NotFound, "there is no %s %q", kind, slug)
	}
	return list, err
}

// Restore saves an older version of a template again, as the newest.
func (s *Content) Restore(ctx context.Context, slug string, version int) (TemplateDocument, error) {
	old, err := s.Template(ctx, slug, version)
	if err != nil {
		return TemplateDocument{}, err
	}
	return s.PutTemplate(ctx, PutTemplate{Slug: slug, Template: old.Template, Note: restored(old.Version), BaseVersion: store.AnyVersion, Anyway: true})
}

// Diff lists what differs from one version of a template to another; 0 is the
// newest.
func (s *Content) Diff(ctx context.Context, slug string, from, to int) ([]content.Change, error) {
	before, err := s.Template(ctx, slug, from)
	if err != nil {
		return nil, err
	}
	after, err := s.Template(ctx, slug, to)
	if err != nil {
		return nil, err
	}
	return content.Diff(before.Template, after.Template), nil
}

// Starter is a template to begin with.
type Starter struct {
	Slug        string           `json:"slug"`
	Name        string           `json:"name"`
	Description string           `json:"description"`
	Template    content.Template `json:"template"`
}

// Starters gives the templates to begin with.
func (s *Content) Starters(context.Context) ([]Starter, error) {
	all, err := content.Starters()
	list := []Starter{}
	for _, st := range all {
		list = append(list, Starter{Slug: st.Slug, Name: st.Template.Name, Description: st.Description, Template: st.Template})
	}
	return list, err
}
