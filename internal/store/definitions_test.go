package store_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/store"
)

func TestDefinitions(t *testing.T) {
	ctx := context.Background()
	s, err := store.Create(ctx, filepath.Join(t.TempDir(), "w.mailwright"), store.Options{Name: "W", Zone: "UTC", Currency: "EUR"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close(ctx) }()
	put := func(body string, base int) (version int, err error) {
		err = s.Write(ctx, store.Normal, func(tx *store.Tx) error {
			d, err := tx.PutDefinition(store.Definition{Kind: store.SegmentKind, Slug: "vip", Name: "VIP", Body: body}, base, "why", "me")
			version = d.Version
			return err
		})
		return version, err
	}
	for _, c := range []struct {
		name string
		base int
		want fault.Code
		at   int
	}{
		{"a new one", 0, "", 1},
		{"a new one where one is", 0, fault.Conflict, 0},
		{"the newest edited", 1, "", 2},
		{"an older one edited", 1, fault.Conflict, 0},
		{"whatever was there", store.AnyVersion, "", 3},
	} {
		got, err := put("{}", c.base)
		if fault.CodeOf(err) != c.want || (err == nil && got != c.at) {
			t.Errorf("%s: version %d, %v; want %d, %q", c.name, got, err, c.at, c.want)
		}
	}
	err = s.Write(ctx, store.Normal, func(tx *store.Tx) error { return tx.RemoveDefinition(store.SegmentKind, "vip") })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := put("{}", 3); !fault.Is(err, fault.Conflict) {
		t.Errorf("saving a removed one: %v", err)
	}
	if v, err := put("{}", 0); err != nil || v != 4 {
		t.Errorf("made again: version %d, %v; want 4, since runs may be pinned to 1 to 3", v, err)
	}
	_ = s.Read(ctx, func(tx *store.Tx) error {
		if all, err := tx.DefinitionVersions(store.SegmentKind, "vip"); err != nil || len(all) != 4 || all[0].Version != 4 {
			t.Errorf("versions: %v, %v", all, err)
		}
		if _, err := tx.DefinitionVersion(store.SegmentKind, "vip", 9); !fault.Is(err, fault.NotFound) {
			t.Errorf("a version that never was: %v", err)
		}
		return nil
	})
}
