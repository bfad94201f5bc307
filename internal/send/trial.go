package send

import (
	"context"
	"crypto/rand"
	"strings"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/esp"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/personalize"
	"github.com/mailwright/mailwright/internal/store"
)

// Letter composes what a campaign sends to one contact now, addressed to to (the
// contact's own address for ""), without keeping it.
func (s *Sender) Letter(ctx context.Context, slug string, id contact.ID, to string) (esp.Letter, error) {
	var c campaign.Campaign
	var d Defaults
	var t content.Template
	err := s.store.Read(ctx, func(tx *store.Tx) (err error) {
		if c, d, err = s.campaign(tx, slug); err != nil {
			return err
		}
		if err := c.Check(d.Unsubscribe); err != nil {
			return err
		}
		t, err = template(tx, c)
		return err
	})
	if err != nil {
		return esp.Letter{}, err
	}
	now, err := s.Instant(ctx, slug)
	if err != nil {
		return esp.Letter{}, err
	}
	plan, err := s.personalize.Prepare(ctx, personalize.Job{
		Template: t, AsOf: now, Campaign: c.Name, Slug: slug, Unsubscribe: d.Unsubscribe, PostalAddress: d.PostalAddress,
		Unsubscribable: c.CheckUnsubscribe,
	}, false)
	if err != nil {
		return esp.Letter{}, err
	}
	r, err := plan.One(ctx, id)
	if err == nil {
		err = r.Err
	}
	if err != nil {
		return esp.Letter{}, err
	}
	if to == "" {
		to = r.Email
	}
	return s.letter(ctx, campaign.Run{Slug: slug, Campaign: c, AsOf: now, CreatedAt: s.store.Now()}, r, to)
}

// letter puts a fresh message into an envelope of its own.
func (s *Sender) letter(ctx context.Context, run campaign.Run, r personalize.Result, to string) (esp.Letter, error) {
	c, err := newCodec(nil)
	if err != nil {
		return esp.Letter{}, err
	}
	defer c.close()
	plain, err := plainBody(Kept{Message: r.Message, Trace: r.Trace, Unsubscribe: r.Unsubscribe})
	if err != nil {
		return esp.Letter{}, err
	}
	l := letters{store: s.store, run: run}
	m := campaign.Message{Contact: r.Contact, Email: to, Key: "test-" + strings.ToLower(rand.Text()), Hash: r.Message.Hash()}
	return l.of(ctx, c, store.OutboxRow{Message: m, Body: c.pack(plain)}, true)
}

func template(tx *store.Tx, c campaign.Campaign) (content.Template, error) {
	if c.Version == 0 {
		d, err := tx.Definition(store.TemplateKind, c.Template)
		if err != nil {
			return content.Template{}, err
		}
		return content.Parse([]byte(d.Body))
	}
	v, err := tx.DefinitionVersion(store.TemplateKind, c.Template, c.Version)
	if err != nil {
		return content.Template{}, err
	}
	return content.Parse([]byte(v.Body))
}

// Test sends what a campaign sends to one contact to another address, and gives
// whether the provider took it and what it said.
func (s *Sender) Test(ctx context.Context, slug string, id contact.ID, to string) (accepted bool, answer string, err error) {
	to, err = contact.NormalizeEmail(to)
	if err != nil {
		return false, "", fault.At(fault.Invalid, "to", "%q is no e-mail address", to)
	}
	letter, err := s.Letter(ctx, slug, id, to)
	if err != nil {
		return false, "", err
	}
	var c campaign.Campaign
	if err := s.store.Read(ctx, func(tx *store.Tx) (err error) {
		c, _, err = s.campaign(tx, slug)
		return err
	}); err != nil {
		return false, "", err
	}
	adapter, _, err := s.Open(ctx, c.ESP)
	if err != nil {
		return false, "", err
	}
	letter.Campaign += "-test" // adapters that keep files keep it apart
	o := adapter.Deliver(ctx, letter)
	return o.State == esp.Accepted, o.Answer, adapter.Close()
}
