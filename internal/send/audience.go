package send

import (
	"context"
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/store"
)

// InExcluded is the reason of people in a segment that the campaign leaves out;
// the other reasons are those of consent.
const InExcluded = "excluded"

// ReasonLabel says a reason for leaving somebody out in words.
func ReasonLabel(reason string) string {
	if reason == InExcluded {
		return "in a segment that is left out"
	}
	if why, skip := strings.CutPrefix(reason, skipped); skip {
		return "left out by decision: " + why
	}
	return consent.Reason(reason).Label()
}

// Audience is who a campaign reaches at an instant.
type Audience struct {
	AsOf      time.Time
	Included  int                   // in one of the segments
	Permitted []contact.ID          // those of them who may be written to
	Excluded  map[contact.ID]string // the others, and why
}

// Audience decides who a campaign reaches at the view's instant.
func (s *Sender) Audience(ctx context.Context, slug string, asOf time.Time) (Audience, error) {
	var c campaign.Campaign
	err := s.store.Read(ctx, func(tx *store.Tx) (err error) {
		c, _, err = s.campaign(tx, slug)
		return err
	})
	if err != nil {
		return Audience{}, err
	}
	view, err := s.engine.At(ctx, asOf)
	if err != nil {
		return Audience{}, err
	}
	return s.audience(ctx, c, view, asOf)
}

// audience finds who is in it by the view's data, and who may be written to now.
func (s *Sender) audience(ctx context.Context, c campaign.Campaign, view *audience.View, now time.Time) (Audience, error) {
	a := Audience{AsOf: view.AsOf(), Permitted: []contact.ID{}, Excluded: map[contact.ID]string{}}
	included, err := view.Members(ctx, anyOf(c.Include, condition.Node{Kind: condition.Everyone}))
	if err != nil {
		return a, err
	}
	a.Included = len(included)
	if len(c.Exclude) > 0 {
		out, err := view.Members(ctx, anyOf(c.Exclude, condition.Node{}))
		if err != nil {
			return a, err
		}
		for _, id := range out {
			a.Excluded[id] = InExcluded
		}
	}
	var standings map[contact.ID]consent.Standing
	var suppressed map[contact.ID]bool
	err = s.store.Read(ctx, func(tx *store.Tx) (err error) {
		if standings, err = tx.Standings(c.Purpose, now); err != nil {
			return err
		}
		suppressed, err = tx.SuppressedContacts()
		return err
	})
	if err != nil {
		return a, err
	}
	left := a.Excluded
	a.Excluded = map[contact.ID]string{}
	for _, id := range included {
		p := consent.Decide(standings[id], suppressed[id], now)
		switch {
		case left[id] != "":
			a.Excluded[id] = left[id]
		case !p.Allowed:
			a.Excluded[id] = string(p.Reason)
		default:
			a.Permitted = append(a.Permitted, id)
		}
	}
	return a, nil
}

// anyOf is in any of the segments; otherwise where none is named.
func anyOf(slugs []string, otherwise condition.Node) condition.Node {
	if len(slugs) == 0 {
		return otherwise
	}
	n := condition.Node{Kind: condition.Any}
	for _, slug := range slugs {
		n.Children = append(n.Children, condition.Node{Kind: condition.Segment, Segment: slug, Op: condition.In})
	}
	return n
}
