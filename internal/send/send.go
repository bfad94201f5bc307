// Package send plans campaigns and sends them.
//
// A campaign is planned first (Plan): who is in its audience and may be written to
// is decided at one instant, every message is composed, and the outbox keeps each
// with a hash and an idempotency key. Then it is sent (Send): a message is marked
// as under way before it is handed to the provider, and its fate is written down
// afterwards, so that no crash makes anybody get it twice. What was under way when
// a sender died is unknown, and is only ever sent again when a person says so; an
// adapter that takes a letter twice without harm is the exception.
//
// Consent and suppression are looked at again just before each message leaves.
package send

import (
	"context"
	"path/filepath"
	"time"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/esp"
	"github.com/mailwright/mailwright/internal/esp/csvmerge"
	"github.com/mailwright/mailwright/internal/esp/eml"
	"github.com/mailwright/mailwright/internal/esp/smtp"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/personalize"
	"github.com/mailwright/mailwright/internal/secret"
	"github.com/mailwright/mailwright/internal/store"
)

// Adapters lists the ways to send. A new one is a folder of internal/esp and a
// line here.
func Adapters() []esp.Kind {
	return []esp.Kind{smtp.Kind(), eml.Kind(), csvmerge.Kind()}
}

// Adapter finds an adapter by its name, or returns fault.Invalid.
func Adapter(name string) (esp.Kind, error) {
	for _, k := range Adapters() {
		if k.Name == name {
			return k, nil
		}
	}
	return esp.Kind{}, fault.At(fault.Invalid, "adapter", "there is no way of sending called %q", name)
}

// Sender plans and sends the campaigns of one workspace.
type Sender struct {
	store       *store.Store
	engine      *audience.Engine
	personalize *personalize.Personalizer
	secrets     *secret.Vault
	actor       string
}

// New gives the sender of a workspace. actor is who does it, for leases and the audit.
func New(s *store.Store, e *audience.Engine, p *personalize.Personalizer, v *secret.Vault, actor string) *Sender {
	return &Sender{store: s, engine: e, personalize: p, secrets: v, actor: actor}
}

// Secrets gives the vault that adapters read passwords from.
func (s *Sender) Secrets() *secret.Vault { return s.secrets }

// Defaults are what campaigns take from the workspace's settings.
type Defaults struct {
	Unsubscribe   string `json:"default_unsubscribe"`
	PostalAddress string `json:"postal_address"`
}

func defaults(tx *store.Tx) (d Defaults, err error) {
	return d, tx.Setting("general", &d)
}

// campaign reads a campaign with the address to unsubscribe that is in force.
func (s *Sender) campaign(tx *store.Tx, slug string) (c campaign.Campaign, d Defaults, err error) {
	found, err := tx.Definition(store.CampaignKind, slug)
	if err != nil {
		return c, d, err
	}
	if c, err = campaign.Parse([]byte(found.Body)); err != nil {
		return c, d, err
	}
	if d, err = defaults(tx); err != nil {
		return c, d, err
	}
	if c.Unsubscribe != "" {
		d.Unsubscribe = c.Unsubscribe
	}
	return c, d, nil
}

// Open opens the adapter of a sender (an ESP's settings under a slug).
func (s *Sender) Open(ctx context.Context, slug string) (esp.Adapter, esp.Kind, error) {
	var body string
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		d, err := tx.Definition(store.ESPKind, slug)
		body = d.Body
		return err
	})
	if err != nil {
		return nil, esp.Kind{}, err
	}
	kind, settings, err := Settings([]byte(body))
	if err != nil {
		return nil, kind, err
	}
	a, err := kind.Open(ctx, settings, esp.Env{Folder: filepath.Dir(s.store.Path()), Secret: s.secrets.Get, Now: time.Now})
	return a, kind.With(settings), err
}
