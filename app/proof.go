package app

import (
	"context"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/personalize"
	"github.com/mailwright/mailwright/internal/proof"
	"github.com/mailwright/mailwright/internal/store"
)

// Proof is what rendering everybody of an audience showed.
type Proof struct {
	Total     int            `json:"total"`    // people to check
	Messages  int            `json:"messages"` // checked; fewer than total when it was stopped
	Failed    int            `json:"failed"`
	Skipped   int            `json:"skipped"` // left out by what was decided about problems
	Sends     int            `json:"sends"`   // who gets a message, by what was decided
	Groups    []ProofGroup   `json:"groups"`
	Variants  []ProofVariant `json:"variants"`
	Specimens []Specimen     `json:"specimens"` // rarest first
	Others    int            `json:"others"`    // people of ways beyond those that are listed
	Twins     []ProofTwins   `json:"twins"`     // groups of people who get the very same message
	Alike     int            `json:"alike"`     // people whose message somebody else gets too
	BytesMax  int            `json:"bytes_max"`
	BytesMean int            `json:"bytes_mean"`
	MS        float64        `json:"ms"`
	PerSecond float64        `json:"per_second"`
	At        int64          `json:"at"`       // the instant whose data it saw
	Problems  []string       `json:"problems"` // what must be mended before sending, in sentences
	Before    *ProofBefore   `json:"before"`   // the check before it; null for the first

	// What was checked, where it was a campaign: a check of another version says
	// nothing of what would be sent now. The version is the newest that it is about.
	Campaign        string `json:"campaign"`
	CampaignVersion int    `json:"campaign_version"`
	TemplateVersion int    `json:"template_version"`
}

// ProofGroup is the people with the same problem.
type ProofGroup struct {
	Kind      string       `json:"kind"` // error, subject, missing, picture, link, oversize, fallback, default
	Place     string       `json:"place"`
	Message   string       `json:"message"`
	Count     int          `json:"count"`
	Was       int          `json:"was"`      // in the check before; -1 without one
	Contacts  []ContactHit `json:"contacts"` // the first of them; Campaigns.CheckPeople lists all
	Item      int          `json:"item"`
	Do        string       `json:"do"` // what was decided: block, skip, accept; "" for nothing
	By        string       `json:"by"`
	DecidedAt string       `json:"decided_at"` // RFC 3339
}

// ProofVariant is one way a block can go, and who goes it; count may be 0. The rows
// of a choice add up to all messages.
type ProofVariant struct {
	Sort     string       `json:"sort"` // branch, nothing, fallback, not_reached
	Block    string       `json:"block"`
	Path     string       `json:"path"`
	Variant  string       `json:"variant"`
	Branch   string       `json:"branch"`
	Name     string       `json:"name"` // of the branch
	Count    int          `json:"count"`
	Was      int          `json:"was"` // in the check before; -1 without one
	Contacts []ContactHit `json:"contacts"`
	Item     int          `json:"item"`
}

// ProofTwins are people who get the very same message.
type ProofTwins struct {
	Count    int          `json:"count"`
	Contacts []ContactHit `json:"contacts"` // the first of them
}

// ProofBefore is how a check differs from the one before it.
type ProofBefore struct {
	At      int64        `json:"at"`
	Joined  int          `json:"joined"`  // people who were not checked before
	Left    int          `json:"left"`    // people who are not in the audience any more
	Changed int          `json:"changed"` // people whose message is another
	Gone    []ProofGroup `json:"gone"`    // problems that nobody has any more
}

// Proof renders a template for everybody of a segment (everyone for "") and sums
// up what came out. A saved template's is kept and compared with the one before.
// Its job's result is a Proof, also when it is cancelled: of those who were checked.
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
		found, people, stopped := proof.Run(ctx, plan, ids, p)
		ctx = context.WithoutCancel(ctx)
		if !isSaved(q) || len(people) == 0 {
			return orNil(s.app.shownProof(ctx, plan.View(), keptProof{proof: found, asOf: plan.Job().AsOf.UnixMilli()}, campaign.Campaign{}))(stopped)
		}
		kept := store.KeptProof{Subject: store.TemplateSubject(q.Slug, segment), TemplateVersion: q.Version, AsOf: plan.Job().AsOf.UnixMilli()}
		return orNil(s.app.keepProof(ctx, plan.View(), kept, found, people, campaign.Campaign{}))(stopped)
	}), nil
}

// isSaved tells a saved template from a draft.
func isSaved(q PreviewRequest) bool {
	return q.Slug != "" && q.Campaign == "" && (len(q.Template) == 0 || string(q.Template) == "null")
}

// orNil gives the proof as a job's result, with why it was stopped.
func orNil(p Proof, err error) func(stopped error) (any, error) {
	return func(stopped error) (any, error) {
		if err != nil {
			return nil, err
		}
		return p, stopped
	}
}

// people gives the members of a segment, everyone for "".
func (a *App) people(ctx context.Context, v *audience.View, segment string) ([]contact.ID, error) {
	node := condition.Node{Kind: condition.Everyone}
	if segment != "" {
		node = condition.Node{Kind: condition.Segment, Segment: segment, Op: condition.In}
	}
	return v.Members(ctx, node)
}

// Ways is every way a draft was seen to come out.
type Ways struct {
	Specimens []Specimen `json:"specimens"` // the few that show everything first, then rarest first
	Enough    int        `json:"enough"`    // how many of them show everything
	Looked    int        `json:"looked"`    // people whose messages were composed
	Total     int        `json:"total"`     // people there are
}

// Specimens gives the distinct ways in which a template comes out for a segment's
// people (everyone's for ""): a handful of steps shows them all. Of many people a
// sample is looked at in which everybody stands who differs in what the template's
// rules ask and in which of its attributes are set.
func (s *Preview) Specimens(ctx context.Context, q PreviewRequest, segment string) (Ways, error) {
	w, err := s.app.current()
	if err != nil {
		return Ways{}, err
	}
	render, err := s.app.renderJob(ctx, q)
	if err != nil {
		return Ways{}, err
	}
	plan, err := w.Personalize.Prepare(ctx, render, true)
	if err != nil {
		return Ways{}, err
	}
	return s.app.ways(ctx, plan, segment)
}

// Up to everybodyUpTo people all are looked at for the ways of a draft; of more, a
// sample, so that the answer comes while one writes.
const (
	everybodyUpTo = 2_000
	sampleSize    = 800
)

func (a *App) ways(ctx context.Context, plan *personalize.Plan, segment string) (Ways, error) {
	ids, err := a.people(ctx, plan.View(), segment)
	if err != nil {
		return Ways{}, err
	}
	some := ids
	if len(ids) > everybodyUpTo {
		if some, err = plan.Sample(ctx, ids, sampleSize); err != nil {
			return Ways{}, err
		}
	}
	found, _, err := proof.Run(ctx, plan, some, job.Silent{})
	if err != nil {
		return Ways{}, err
	}
	list := Ways{Looked: len(some), Total: len(ids), Specimens: []Specimen{}}
	for _, first := range []bool{true, false} {
		for _, way := range found.Ways {
			if way.Adds != first {
				continue
			}
			hits, err := contactHits(ctx, plan.View(), []contact.ID{way.Contact})
			if err != nil {
				return list, err
			}
			list.Specimens = append(list.Specimens, Specimen{Contact: hits[0], Count: way.Count, Ways: way.Words, Way: way.Number})
		}
		if first {
			list.Enough = len(list.Specimens)
		}
	}
	return list, nil
}
