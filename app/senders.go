package app

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/mailwright/mailwright/internal/esp"
	"github.com/mailwright/mailwright/internal/segment"
	"github.com/mailwright/mailwright/internal/send"
	"github.com/mailwright/mailwright/internal/store"
)

// Senders keeps the ways in which the business sends: its ESPs and their settings.
type Senders struct{ app *App }

// Senders gives the service.
func (a *App) Senders() *Senders { return &Senders{app: a} }

// AdapterInfo describes a way of sending as data, for forms and docs.
type AdapterInfo struct {
	Name       string      `json:"name"`
	Label      string      `json:"label"`
	About      string      `json:"about"`
	Fields     []esp.Field `json:"fields"`
	Idempotent bool        `json:"idempotent"`
}

// SenderSummary is a line of the list of senders.
type SenderSummary struct {
	Slug      string   `json:"slug"`
	Name      string   `json:"name"`
	Adapter   string   `json:"adapter"`
	Summary   string   `json:"summary"`
	UsedBy    []string `json:"used_by"`
	UpdatedAt int64    `json:"updated_at"`
}

// SenderDocument is a sender's settings. Passwords are not in it, only their names.
type SenderDocument struct {
	Slug     string          `json:"slug"`
	Name     string          `json:"name"`
	Version  int             `json:"version"`
	Settings json.RawMessage `json:"settings" ts_type:"Record<string, unknown>"`
}

// PutSender is a sender to save; see PutTemplate.
type PutSender struct {
	Slug        string          `json:"slug"`
	Name        string          `json:"name"`
	Settings    json.RawMessage `json:"settings" ts_type:"Record<string, unknown>"`
	BaseVersion int             `json:"base_version"`
}

// Adapters lists the ways of sending.
func (s *Senders) Adapters(context.Context) ([]AdapterInfo, error) {
	list := []AdapterInfo{}
	for _, k := range send.Adapters() {
		fields := []esp.Field{}
		for _, f := range k.Fields {
			f.Options = append([]string{}, f.Options...)
			fields = append(fields, f)
		}
		list = append(list, AdapterInfo{k.Name, k.Label, k.About, fields, k.Idempotent})
	}
	return list, nil
}

// List gives every sender, by name.
func (s *Senders) List(ctx context.Context) ([]SenderSummary, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, err
	}
	list := []SenderSummary{}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		users, err := readUsage(tx)
		if err != nil {
			return err
		}
		all, err := tx.Definitions(store.ESPKind)
		for _, d := range all {
			one := SenderSummary{Slug: d.Slug, Name: d.Name, UsedBy: users.of(store.ESPKind, d.Slug), UpdatedAt: d.UpdatedAt}
			if kind, settings, err := send.Settings([]byte(d.Body)); err == nil {
				one.Adapter, one.Summary = kind.Name, strings.TrimSpace(kind.Label+" "+settings["host"]+settings["directory"])
			}
			list = append(list, one)
		}
		return err
	})
	return list, err
}

// Get gives a sender's settings.
func (s *Senders) Get(ctx context.Context, slug string) (SenderDocument, error) {
	w, err := s.app.current()
	if err != nil {
		return SenderDocument{}, err
	}
	var d store.Definition
	err = w.Store.Read(ctx, func(tx *store.Tx) (err error) {
		d, err = tx.Definition(store.ESPKind, slug)
		return err
	})
	return SenderDocument{Slug: d.Slug, Name: d.Name, Version: d.Version, Settings: json.RawMessage(d.Body)}, err
}

// Put saves a sender's settings as a new version.
func (s *Senders) Put(ctx context.Context, p PutSender) (SenderDocument, error) {
	if p.Slug == "" {
		p.Slug = segment.Slug(p.Name)
	}
	if strings.TrimSpace(p.Name) == "" {
		p.Name = p.Slug
	}
	if _, _, err := send.Settings(p.Settings); err != nil {
		return SenderDocument{}, err
	}
	saved, err := s.app.Content().put(ctx, store.Definition{Kind: store.ESPKind, Slug: p.Slug, Name: p.Name, Body: string(p.Settings)}, p.BaseVersion, "")
	return SenderDocument{Slug: p.Slug, Name: p.Name, Version: saved.Version, Settings: p.Settings}, err
}

// Remove takes a sender away; one that a campaign uses is fault.Conflict.
func (s *Senders) Remove(ctx context.Context, slug string) error {
	return s.app.removeDefinition(ctx, store.ESPKind, slug)
}

// Test tries a sender without sending anything.
func (s *Senders) Test(ctx context.Context, slug string) (TestResult, error) {
	w, err := s.app.current()
	if err != nil {
		return TestResult{}, err
	}
	adapter, kind, err := w.Send.Open(ctx, slug)
	if err != nil {
		return TestResult{}, err
	}
	defer func() { _ = adapter.Close() }()
	t, ok := adapter.(esp.Tester)
	if !ok {
		return TestResult{true, kind.Label + " needs no connection"}, nil
	}
	answer, err := t.Test(ctx)
	return TestResult{err == nil, answer}, err
}

// SecretStore says where passwords are kept.
type SecretStore struct {
	Where string `json:"where"` // keychain, or the path of an encrypted file
}

// SecretStore says where passwords are kept.
func (s *Senders) SecretStore(context.Context) (SecretStore, error) {
	return SecretStore{s.app.secrets().Where()}, nil
}

// SetSecret keeps a password under a name; "" removes it.
func (s *Senders) SetSecret(_ context.Context, name, value string) error {
	return s.app.secrets().Set(name, value)
}
