package demo_test

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/mailwright/mailwright/internal/demo"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/job"
	"github.com/mailwright/mailwright/internal/store"
	"github.com/mailwright/mailwright/internal/testkit"
)

// build makes a small shop.
func build(t *testing.T, size demo.Size) *store.Store {
	t.Helper()
	s, err := store.Create(context.Background(), filepath.Join(t.TempDir(), "demo.mailwright"), store.Options{
		Name: demo.Name, Zone: demo.Zone, Currency: demo.Currency, Now: testkit.Clock,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close(context.Background()) })
	if err := demo.Build(context.Background(), s, size, job.Silent{}); err != nil {
		t.Fatal(err)
	}
	return s
}

// digest sums up what a shop holds.
func digest(t *testing.T, s *store.Store) string {
	t.Helper()
	var text string
	err := s.Read(context.Background(), func(tx *store.Tx) error {
		return tx.Get(&text, `SELECT (SELECT group_concat(id || email || created_at) FROM contacts)
			|| (SELECT group_concat(contact_id || ',' || type_id || ',' || occurred_at || ',' || COALESCE(value, '') || properties) FROM events)
			|| (SELECT group_concat(value) FROM contact_values)`)
	})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestExactSizesAndNothingAfterNow(t *testing.T) {
	s := build(t, demo.Size{Contacts: 300, Events: 5_000, Seed: 7})
	err := s.Read(context.Background(), func(tx *store.Tx) error {
		totals, err := tx.Totals()
		if err != nil {
			return err
		}
		if totals != (store.Totals{Contacts: 300, Events: 5_000, Products: 60}) {
			t.Errorf("the shop has %+v", totals)
		}
		assets, err := tx.AssetNames()
		if len(assets) != 60 {
			t.Errorf("%d pictures", len(assets))
		}
		for what, query := range map[string]string{
			"events later than now":                        `SELECT COUNT(*) FROM events WHERE occurred_at > ` + strconv.FormatInt(testkit.Now.UnixMilli(), 10),
			"events before the person was known":           `SELECT COUNT(*) FROM events e JOIN contacts c ON c.id = e.contact_id WHERE e.occurred_at < c.created_at - 3600000`,
			"addresses that could be somebody's":           `SELECT COUNT(*) FROM contacts WHERE email NOT LIKE '%.example'`,
			"orders of nothing":                            `SELECT COUNT(*) FROM events e JOIN event_types t ON t.id = e.type_id WHERE t.name = 'order_placed' AND NOT e.value > 0`,
			"order lines whose product is not in the shop": `SELECT COUNT(*) FROM events WHERE json_extract(properties, '$.sku') NOT IN (SELECT sku FROM products)`,
		} {
			var n int
			if err := tx.Get(&n, query); err != nil {
				return err
			}
			if n != 0 {
				t.Errorf("%d %s", n, what)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestOneSeedOneShop(t *testing.T) {
	size := demo.Size{Contacts: 60, Events: 800, Seed: 3}
	first := digest(t, build(t, size))
	if second := digest(t, build(t, size)); second != first {
		t.Error("the same seed made another shop")
	}
	size.Seed++
	if other := digest(t, build(t, size)); other == first || strings.TrimSpace(other) == "" {
		t.Error("another seed made the same shop")
	}
}

func TestOnlyAnEmptyWorkspace(t *testing.T) {
	s := build(t, demo.Size{Contacts: 5, Events: 10, Seed: 1})
	err := demo.Build(context.Background(), s, demo.Usual, job.Silent{})
	if !fault.Is(err, fault.Conflict) {
		t.Errorf("a second shop in one workspace: %v", err)
	}
}
