package proof

import (
	"context"
	"time"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/personalize"
)

// Run renders everybody and sums up. When ctx ends it gives what it has so far,
// with ctx's error: of a part of the people everything is known.
func Run(ctx context.Context, plan *personalize.Plan, ids []contact.ID, p job.Progress) (Proof, []campaign.Checked, error) {
	began := time.Now()
	c := NewCollector(plan.Compiled().Outline())
	c.people = make([]campaign.Checked, 0, len(ids))
	c.proof.Total = len(ids)
	err := plan.Each(ctx, ids, func(r personalize.Result) error {
		c.Add(r)
		if n := c.proof.Messages; n%256 == 0 || n == len(ids) {
			p.Set(int64(n), int64(len(ids)), "messages")
		}
		return nil
	})
	found := c.Proof()
	found.Took = time.Since(began)
	return found, c.People(), err
}
