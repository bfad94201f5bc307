package proof

import (
	"context"
	"time"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/personalize"
)

// Run renders everybody and sums up. When ctx ends it gives what it has so far
// with ctx's error.
func Run(ctx context.Context, plan *personalize.Plan, ids []contact.ID, p job.Progress) (Proof, error) {
	began := time.Now()
	c := NewCollector()
	err := plan.Each(ctx, ids, func(r personalize.Result) error {
		c.Add(r)
		if n := c.proof.Messages; n%256 == 0 || n == len(ids) {
			p.Set(int64(n), int64(len(ids)), "messages")
		}
		return nil
	})
	found := c.Proof()
	found.Took = time.Since(began)
	return found, err
}
