package send_test

import (
	"testing"

	"github.com/mailwright/mailwright/internal/content"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/personalize"
	"github.com/mailwright/mailwright/internal/proof"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/testkit"
)

// BenchmarkProof renders the letter for everybody of the town and sums up.
func BenchmarkProof(b *testing.B) {
	s, slug := openTown(b, `{"adapter":"eml","directory":"letters"}`)
	var t content.Template
	s.read(func(tx *store.Tx) error {
		d, err := tx.Definition(store.TemplateKind, "seasonal-letter")
		if err != nil {
			return err
		}
		t, err = content.Parse([]byte(d.Body))
		return err
	})
	who, err := s.Send.Audience(ctx, slug, testkit.Now)
	if err != nil {
		b.Fatal(err)
	}
	plan, err := s.Personalize.Prepare(ctx, personalize.Job{Template: t, AsOf: testkit.Now}, true)
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for b.Loop() {
		p, _, err := proof.Run(ctx, plan, who.Permitted, job.Silent{})
		if err != nil {
			b.Fatal(err)
		}
		n += p.Messages
	}
	perSecond(b, n)
}
