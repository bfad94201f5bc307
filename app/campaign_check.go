package app

import (
	"context"
	"time"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/proof"
	"github.com/mailwright/mailwright/internal/store"
)

// Check renders every message of the campaign's audience and sums up what came
// out. It is kept, with a fingerprint of every message, and what is sent is compared
// with it. Its job's result is a Proof, which LastCheck gives again; one that is
// cancelled keeps what was checked so far.
func (s *Campaigns) Check(ctx context.Context, slug string) (JobStarted, error) {
	w, doc, err := s.ready(ctx, slug)
	if err != nil {
		return JobStarted{}, err
	}
	return s.app.start("proof", "Check "+doc.Campaign.Name, func(ctx context.Context, p job.Progress) (any, error) {
		lease, err := w.Store.Take(ctx, "check:"+slug, s.app.options.Actor)
		if err != nil {
			return nil, err
		}
		defer lease.Release()
		render, err := s.app.renderJob(ctx, PreviewRequest{Campaign: slug})
		if err != nil {
			return nil, err
		}
		render.AsOf = s.app.options.Now()
		template, err := s.app.Content().Template(ctx, doc.Campaign.Template, doc.Campaign.Version)
		if err != nil {
			return nil, err
		}
		plan, err := w.Personalize.Prepare(ctx, render, true)
		if err != nil {
			return nil, err
		}
		who, err := w.Send.Audience(ctx, slug, render.AsOf)
		if err != nil {
			return nil, err
		}
		found, people, stopped := proof.Run(ctx, plan, who.Permitted, p)
		if stopped != nil && len(people) == 0 {
			return nil, stopped
		}
		ctx = context.WithoutCancel(ctx)
		kept := store.KeptProof{Subject: store.CampaignSubject(slug), Basis: doc.Campaign.Basis(), TemplateVersion: template.Version, AsOf: render.AsOf.UnixMilli()}
		if _, err = s.app.keepProof(ctx, plan.View(), kept, found, people, doc.Campaign); err != nil {
			return nil, err
		}
		last, err := s.LastCheck(ctx, slug)
		if err != nil {
			return nil, err
		}
		return last, stopped
	}), nil
}

// LastCheck gives the campaign's last check, null before the first.
func (s *Campaigns) LastCheck(ctx context.Context, slug string) (*Proof, error) {
	w, doc, err := s.ready(ctx, slug)
	if err != nil {
		return nil, err
	}
	var last store.KeptProof
	var kept keptProof
	var unsubscribe string
	err = w.Store.Read(ctx, func(tx *store.Tx) (err error) {
		if last, err = tx.LastProof(store.CampaignSubject(slug)); err != nil {
			return err
		}
		kept, err = readProof(tx, last.Subject)
		return err
	})
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	settings, err := s.app.Workspace().Settings(ctx)
	if err != nil {
		return nil, err
	}
	if unsubscribe = doc.Campaign.Unsubscribe; unsubscribe == "" {
		unsubscribe = settings.DefaultUnsubscribe
	}
	v, err := s.app.view(ctx)
	if err != nil {
		return nil, err
	}
	p, err := s.app.shownProof(ctx, v, kept, doc.Campaign)
	if err != nil {
		return nil, err
	}
	p.Campaign, p.TemplateVersion = slug, last.TemplateVersion
	if last.Basis == doc.Campaign.Basis() {
		p.CampaignVersion = doc.Version
	}
	if err := doc.Campaign.Check(unsubscribe); err != nil {
		p.Problems = append(p.Problems, err.Error())
	}
	if p.Total == 0 {
		p.Problems = append(p.Problems, "nobody in the audience may be written to")
	}
	return &p, nil
}

// CheckPeople lists people of the campaign's last check: of an item (a problem's or a
// variant's number), of a way (a specimen's number), or, compared with the check
// before, those who joined, left or get another message (changed).
func (s *Campaigns) CheckPeople(ctx context.Context, slug, what string, number, offset, limit int) (ContactHits, error) {
	w, err := s.app.current()
	if err != nil {
		return ContactHits{}, err
	}
	subject := store.CampaignSubject(slug)
	offset, limit = max(offset, 0), min(max(limit, 0), maxPage)
	var ids []contact.ID
	page := ContactHits{}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		last, err := tx.LastProof(subject)
		if err != nil {
			return err
		}
		ways := []int{number}
		switch what {
		case "item":
			kept, err := unpackProof(last)
			if err != nil {
				return err
			}
			ways = kept.proof.WaysWith(number)
		case "way":
		default:
			before, err := tx.ProofBefore(subject)
			if err != nil {
				return err
			}
			ids, page.Total, err = tx.ProofChanges(before.ID, last.ID, store.ProofChange(what), offset, limit)
			return err
		}
		ids, page.Total, err = tx.ProofPeople(last.ID, ways, offset, limit)
		return err
	})
	if err != nil {
		return ContactHits{}, err
	}
	v, err := s.app.view(ctx)
	if err != nil {
		return ContactHits{}, err
	}
	page.Rows, err = presentHits(ctx, v, ids)
	return page, err
}

// Decide says what is to be done about a problem that messages of the campaign have:
// block (nothing is sent while anybody has it), skip (those people are left out),
// accept (it is sent as it is), or "" to take a decision back. Without place and
// message it is about every problem of the kind. It is kept in the campaign, with who
// decided and when.
func (s *Campaigns) Decide(ctx context.Context, slug, kind, place, message, do string) (CampaignDocument, error) {
	doc, err := s.Get(ctx, slug)
	if err != nil {
		return doc, err
	}
	changed := doc.Campaign.WithPolicy(campaign.Policy{Kind: campaign.ProblemKind(kind), Place: place, Message: message, Do: campaign.Decision(do)})
	return s.Put(ctx, PutCampaign{Slug: slug, Campaign: changed, BaseVersion: doc.Version})
}

// sign writes who decided, and when, where that is not said.
func (s *Campaigns) sign(list []campaign.Policy) {
	for i := range list {
		if list[i].At == "" {
			list[i].By, list[i].At = s.app.options.Actor, s.app.options.Now().UTC().Format(time.RFC3339)
		}
	}
}
