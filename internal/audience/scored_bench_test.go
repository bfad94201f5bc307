package audience_test

import (
	"context"
	"testing"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/contact"
)

// BenchmarkScores makes everybody's scores from loaded columns. With
// -contacts=1000000 -events=5000000 that is a million people with 2.5 M orders and
// as many opened e-mails.
func BenchmarkScores(b *testing.B) {
	ctx := context.Background()
	v, err := audience.New(newCrowd(*benchContacts, *benchEvents)).At(ctx, benchNow)
	if err != nil {
		b.Fatal(err)
	}
	model := contact.DefaultScores()
	draw := func(b *testing.B) {
		if _, err := v.RFM(ctx, model.RFM); err != nil {
			b.Fatal(err)
		}
	}
	measure := func(b *testing.B) {
		if _, err := v.Engagement(ctx, model.Engagement, 20); err != nil {
			b.Fatal(err)
		}
	}
	draw(b) // loads the columns
	measure(b)
	b.Run("rfm", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			model.RFM.Days = 360 + i%10 // never kept from the round before
			draw(b)
		}
	})
	b.Run("engagement", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			model.Engagement.HalfLife = 30 + float64(i%10)
			measure(b)
		}
	})
	b.Run("rfm_kept", func(b *testing.B) {
		draw(b)
		for b.Loop() {
			draw(b)
		}
	})
}
