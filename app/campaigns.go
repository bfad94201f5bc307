package app

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/segment"
	"github.com/mailwright/mailwright/internal/send"
	"github.com/mailwright/mailwright/internal/store"
)

// Campaigns keeps campaigns, says whom they reach, checks, plans and sends them.
type Campaigns struct{ app *App }

// Campaigns gives the service.
func (a *App) Campaigns() *Campaigns { return &Campaigns{app: a} }

// CampaignDraft is the state of a campaign that has no plan yet; the others are
// those of its run.
const CampaignDraft = "draft"

// CampaignSummary is a line of the list of campaigns.
type CampaignSummary struct {
	Slug      string         `json:"slug"`
	Name      string         `json:"name"`
	Template  string         `json:"template"`
	ESP       string         `json:"esp"`
	Purpose   string         `json:"purpose"`
	Include   []string       `json:"include"`
	Exclude   []string       `json:"exclude"`
	State     string         `json:"state"`
	Live      bool           `json:"live"` // see RunStatus
	Counts    map[string]int `json:"counts"`
	UpdatedAt int64          `json:"updated_at"`
}

// CampaignDocument is a campaign.
type CampaignDocument struct {
	Slug      string            `json:"slug"`
	Version   int               `json:"version"`
	Campaign  campaign.Campaign `json:"campaign"`
	State     string            `json:"state"`
	UpdatedAt int64             `json:"updated_at"`
}

// PutCampaign is a campaign to save; see PutTemplate.
type PutCampaign struct {
	Slug        string            `json:"slug"`
	Campaign    campaign.Campaign `json:"campaign"`
	BaseVersion int               `json:"base_version"`
}

// List gives every campaign, the one that changed last first.
func (s *Campaigns) List(ctx context.Context) ([]CampaignSummary, error) {
	w, err := s.app.current()
	if err != nil {
		return nil, err
	}
	list := []CampaignSummary{}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.Definitions(store.CampaignKind)
		for _, d := range all {
			c, err := campaign.Parse([]byte(d.Body))
			if err != nil {
				return err
			}
			one := CampaignSummary{Slug: d.Slug, Name: c.Name, Template: c.Template, ESP: c.ESP, Purpose: string(c.Purpose), Include: c.Include, Exclude: append([]string{}, c.Exclude...), State: CampaignDraft, Counts: map[string]int{}, UpdatedAt: d.UpdatedAt}
			run, err := tx.LastRun(d.Slug)
			if err == nil {
				var st send.Status
				st, err = send.StatusOf(tx, run)
				one.State, one.Live, one.Counts = string(run.State), st.Live, st.Counts
			}
			if err != nil && !fault.Is(err, fault.NotFound) {
				return err
			}
			list = append(list, one)
		}
		return err
	})
	slices.SortStableFunc(list, func(a, b CampaignSummary) int { return cmp.Compare(b.UpdatedAt, a.UpdatedAt) })
	return list, err
}

// Get gives a campaign.
func (s *Campaigns) Get(ctx context.Context, slug string) (CampaignDocument, error) {
	w, err := s.app.current()
	if err != nil {
		return CampaignDocument{}, err
	}
	doc := CampaignDocument{Slug: slug, State: CampaignDraft}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		d, err := tx.Definition(store.CampaignKind, slug)
		if err != nil {
			return err
		}
		doc.Version, doc.UpdatedAt = d.Version, d.UpdatedAt
		if doc.Campaign, err = campaign.Parse([]byte(d.Body)); err != nil {
			return err
		}
		run, err := tx.LastRun(slug)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		doc.State = string(run.State)
		return err
	})
	return doc, err
}

// Put saves a campaign as a new version. What is not decided yet may be empty. A
// plan of which nothing has left is void then; what is being sent goes on as it was
// planned.
func (s *Campaigns) Put(ctx context.Context, p PutCampaign) (CampaignDocument, error) {
	w, err := s.app.current()
	if err != nil {
		return CampaignDocument{}, err
	}
	if p.Slug == "" {
		p.Slug = segment.Slug(p.Campaign.Name)
	}
	if err := segment.CheckSlug(p.Slug); err != nil {
		return CampaignDocument{}, err
	}
	if strings.TrimSpace(p.Campaign.Name) == "" {
		p.Campaign.Name = p.Slug
	}
	s.sign(p.Campaign.Policies)
	body, err := json.Marshal(p.Campaign)
	if err != nil {
		return CampaignDocument{}, err
	}
	if p.Campaign, err = campaign.Parse(body); err != nil {
		return CampaignDocument{}, err
	}
	err = w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error {
		if err := unused(tx, p.Slug); err != nil {
			return err
		}
		for _, slug := range append(slices.Clone(p.Campaign.Include), p.Campaign.Exclude...) {
			if _, err := tx.Definition(store.SegmentKind, slug); err != nil {
				return err
			}
		}
		for kind, slug := range map[string]string{store.TemplateKind: p.Campaign.Template, store.ESPKind: p.Campaign.ESP} {
			if slug == "" {
				continue
			}
			if _, err := tx.Definition(kind, slug); err != nil {
				return err
			}
		}
		if _, err := tx.PutDefinition(store.Definition{Kind: store.CampaignKind, Slug: p.Slug, Name: p.Campaign.Name, Body: string(body)}, p.BaseVersion, "", s.app.options.Actor); err != nil {
			return err
		}
		return send.Void(tx, p.Slug)
	})
	if err != nil {
		return CampaignDocument{}, err
	}
	return s.Get(ctx, p.Slug)
}

// unused refuses the slug of a campaign that was sent and removed: a new one would
// be taken for it, and would look as if it had been sent.
func unused(tx *store.Tx, slug string) error {
	if _, err := tx.Definition(store.CampaignKind, slug); !fault.Is(err, fault.NotFound) {
		return err
	}
	if err := send.Void(tx, slug); err != nil {
		return err
	}
	_, err := tx.LastRun(slug)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return fault.At(fault.Conflict, "slug", "a campaign %q was sent and then removed, and what people got is kept under that name; choose another", slug)
}

// Remove takes a campaign away; what it has sent stays. One that is being sent is
// fault.Conflict.
func (s *Campaigns) Remove(ctx context.Context, slug string) error {
	doc, err := s.Get(ctx, slug)
	if err != nil {
		return err
	}
	if doc.State == string(campaign.Running) {
		return fault.New(fault.Conflict, "the campaign is being sent; pause it first")
	}
	if err := s.app.removeDefinition(ctx, store.CampaignKind, slug); err != nil {
		return err
	}
	w, err := s.app.current()
	if err != nil {
		return err
	}
	return w.Store.Write(ctx, store.Normal, func(tx *store.Tx) error {
		return errors.Join(send.Void(tx, slug), tx.DropProofs(store.CampaignSubject(slug)))
	})
}

// ExcludedGroup is how many people are left out for one reason.
type ExcludedGroup struct {
	Reason string `json:"reason"`
	Label  string `json:"label"`
	Count  int    `json:"count"`
}

// CampaignAudience is whom a campaign reaches now.
type CampaignAudience struct {
	Included  int             `json:"included"`
	Permitted int             `json:"permitted"`
	Excluded  []ExcludedGroup `json:"excluded"` // the largest first
	AsOf      int64           `json:"as_of"`
}

// Audience says whom a campaign reaches now, and how many are left out and why.
func (s *Campaigns) Audience(ctx context.Context, slug string) (CampaignAudience, error) {
	w, err := s.app.current()
	if err != nil {
		return CampaignAudience{}, err
	}
	a, err := w.Send.Audience(ctx, slug, s.app.options.Now())
	if err != nil {
		return CampaignAudience{}, err
	}
	counts := map[string]int{}
	for _, reason := range a.Excluded {
		counts[reason]++
	}
	return CampaignAudience{Included: a.Included, Permitted: len(a.Permitted), Excluded: excludedGroups(counts), AsOf: a.AsOf.UnixMilli()}, nil
}

func excludedGroups(counts map[string]int) []ExcludedGroup {
	list := []ExcludedGroup{}
	for reason, n := range counts {
		list = append(list, ExcludedGroup{reason, send.ReasonLabel(reason), n})
	}
	slices.SortFunc(list, func(a, b ExcludedGroup) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Reason, b.Reason))
	})
	return list
}

// ContactHits is a page of people.
type ContactHits struct {
	Total int          `json:"total"`
	Rows  []ContactHit `json:"rows"`
}

// Excluded lists the people who are left out for a reason, or with "permitted"
// those who are reached.
func (s *Campaigns) Excluded(ctx context.Context, slug, reason string, offset, limit int) (ContactHits, error) {
	w, err := s.app.current()
	if err != nil {
		return ContactHits{}, err
	}
	a, err := w.Send.Audience(ctx, slug, s.app.options.Now())
	if err != nil {
		return ContactHits{}, err
	}
	ids := a.Permitted
	if reason != "permitted" {
		ids = nil
		for id, r := range a.Excluded {
			if r == reason {
				ids = append(ids, id)
			}
		}
		slices.Sort(ids)
	}
	v, err := s.app.view(ctx)
	if err != nil {
		return ContactHits{}, err
	}
	rows, err := contactHits(ctx, v, pageOf(ids, offset, limit))
	return ContactHits{Total: len(ids), Rows: rows}, err
}

func pageOf(ids []contact.ID, offset, limit int) []contact.ID {
	from := min(max(offset, 0), len(ids))
	return ids[from:min(from+min(max(limit, 0), maxPage), len(ids))]
}

// campaign reads a campaign.
func (a *App) campaign(ctx context.Context, slug string) (campaign.Campaign, error) {
	doc, err := a.Campaigns().Get(ctx, slug)
	return doc.Campaign, err
}
