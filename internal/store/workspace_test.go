package store_test

import (
	"context"
	"testing"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/testkit"
)

func TestTotalsFollowTheData(t *testing.T) {
	ctx := context.Background()
	s := testkit.Store(t)
	for want := range int64(3) {
		got, _, err := s.Totals(ctx)
		if err != nil || got.Contacts != want {
			t.Fatalf("%d contacts (%v), want %d", got.Contacts, err, want)
		}
		err = s.Write(ctx, store.Normal, func(tx *store.Tx) error {
			in, err := tx.Intake(0, contact.Currency{Code: "EUR", Decimals: 2})
			if err != nil {
				return err
			}
			if _, _, err := in.Create(contact.Contact{Email: string(rune('a'+want)) + "@post.example", Source: "test", CreatedAt: testkit.Now}); err != nil {
				return err
			}
			return in.Finish()
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
