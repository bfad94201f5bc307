package app

import (
	"context"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/personalize"
	"github.com/mailwright/mailwright/internal/proof"
)

// Proof is what rendering everybody of an audience showed.
type Proof struct {
	Messages  int            `json:"messages"`
	Failed    int            `json:"failed"`
	Groups    []ProofGroup   `json:"groups"`
	Variants  []ProofVariant `json:"variants"`
	Specimens []Specimen     `json:"specimens"`
	BytesMax  int            `json:"bytes_max"`
	BytesMean int            `json:"bytes_mean"`
	MS        float64        `json:"ms"`
	PerSecond float64        `json:"per_second"`
	At        int64          `json:"at"`
	Problems  []string       `json:"problems"` // what must be mended before sending, in sentences

	// What was checked, where it was a campaign: a check of another version says
	// nothing of what would be sent now.
	Campaign        string `json:"campaign"`
	CampaignVersion int    `json:"campaign_version"`
	TemplateVersion int    `json:"template_version"`
}

// ProofGroup is the people with the same finding.
type ProofGroup struct {
	Kind     string       `json:"kind"` // error, subject, missing, link, oversize, fallback
	Place    string       `json:"place"`
	Message  string       `json:"message"`
	Count    int          `json:"count"`
	Contacts []ContactHit `json:"contacts"` // the first of them
}

// ProofVariant counts who gets a variant of a choice.
type ProofVariant struct {
	Block    string       `json:"block"`
	Path     string       `json:"path"`
	Variant  string       `json:"variant"`
	Branch   string       `json:"branch"`
	Count    int          `json:"count"`
	Contacts []ContactHit `json:"contacts"`
}

// Proof renders a template for everybody of a segment (everyone for "") and sums
// up what came out. Its job's result is a Proof.
func (s *Preview) Proof(ctx context.Context, q PreviewRequest, segment string) (JobStarted, error) {
	w, err := s.app.current()
	if err != nil {
		return JobStarted{}, err
	}
	render, err := s.app.renderJob(ctx, q)
	if err != nil {
		return JobStarted{}, err
	}
	return s.app.start("proof", "Check "+render.Template.Name, func(ctx context.Context, p job.Progress) (any, error) {
		plan, err := w.Personalize.Prepare(ctx, render, true)
		if err != nil {
			return nil, err
		}
		ids, err := s.app.people(ctx, plan.View(), segment)
		if err != nil {
			return nil, err
		}
		found, err := proof.Run(ctx, plan, ids, p)
		if err != nil {
			return nil, err
		}
		return proofResult(ctx, plan, found)
	}), nil
}

// people gives the members of a segment, everyone for "".
func (a *App) people(ctx context.Context, v *audience.View, segment string) ([]contact.ID, error) {
	node := condition.Node{Kind: condition.Everyone}
	if segment != "" {
		node = condition.Node{Kind: condition.Segment, Segment: segment, Op: condition.In}
	}
	return v.Members(ctx, node)
}

// proofOf renders up to limit people of a segment, spread evenly over them.
func (a *App) proofOf(ctx context.Context, plan *personalize.Plan, segment string, limit int) (proof.Proof, error) {
	ids, err := a.people(ctx, plan.View(), segment)
	if err != nil {
		return proof.Proof{}, err
	}
	if n := len(ids); n > limit {
		some := make([]contact.ID, limit)
		for i := range some {
			some[i] = ids[i*n/limit]
		}
		ids = some
	}
	return proof.Run(ctx, plan, ids, job.Silent{})
}

// proofResult gives people their addresses and names.
func proofResult(ctx context.Context, plan *personalize.Plan, p proof.Proof) (Proof, error) {
	v := plan.View()
	r := Proof{
		Messages: p.Messages, Failed: p.Failed, BytesMax: p.BytesMax, MS: float64(p.Took.Microseconds()) / 1000, At: plan.Job().AsOf.UnixMilli(),
		Groups: []ProofGroup{}, Variants: []ProofVariant{}, Problems: []string{},
	}
	if p.Messages > 0 {
		r.BytesMean = int(p.BytesSum) / p.Messages
		r.PerSecond = float64(p.Messages) / p.Took.Seconds()
	}
	for _, g := range p.Groups {
		hits, err := contactHits(ctx, v, g.Contacts)
		if err != nil {
			return r, err
		}
		r.Groups = append(r.Groups, ProofGroup{string(g.Kind), g.Place, g.Message, g.Count, hits})
	}
	for _, x := range p.Variants {
		hits, err := contactHits(ctx, v, x.Contacts)
		if err != nil {
			return r, err
		}
		r.Variants = append(r.Variants, ProofVariant{x.Block, x.Path, x.Variant, x.Branch, x.Count, hits})
	}
	var err error
	r.Specimens, err = specimens(ctx, v, p)
	return r, err
}

func specimens(ctx context.Context, v *audience.View, p proof.Proof) ([]Specimen, error) {
	list := []Specimen{}
	for _, s := range p.Specimens {
		hits, err := contactHits(ctx, v, []contact.ID{s.Contact})
		if err != nil {
			return nil, err
		}
		list = append(list, Specimen{Contact: hits[0], Count: s.Count, Ways: s.Ways})
	}
	return list, nil
}
