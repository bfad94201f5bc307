package membership_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/segment"
	"github.com/mailwright/mailwright/internal/store"
)

// The segments of a group share nobody, and together they have everybody who fits
// any of them, whichever way they are ordered and whatever is frozen; one person
// and everybody get the same answer.
func TestAGroupDividesWhoFits(t *testing.T) {
	s := newShop(t)
	const people = 60
	s.people(1, people)
	for id := int64(1); id <= people; id++ {
		for n := range id % 5 {
			s.order(id, begin.AddDate(0, 0, -int(n*id)))
		}
	}
	conditions := []string{
		buyers, regular, `{"kind":"everyone"}`,
		`{"kind":"event","event":"order_placed","op":"eq","value":0}`,
		`{"kind":"bucket","salt":"a","from":0,"to":5000}`,
		`{"kind":"attribute","attribute":"contact.id","op":"gt","value":30}`,
		`{"kind":"segment","segment":"outside","op":"not_in"}`,
	}
	s.put("outside", conditions[4])
	slugs := []string{"a", "b", "c", "d"}
	rapid.Check(t, func(r *rapid.T) {
		own := map[string]condition.Node{}
		for _, slug := range slugs {
			body := rapid.SampledFrom(conditions).Draw(r, slug)
			n, err := condition.Parse([]byte(body))
			if err != nil {
				r.Fatal(err)
			}
			own[slug] = n
			s.put(slug, body)
		}
		order := rapid.Permutation(slugs).Draw(r, "order")[:rapid.IntRange(2, 4).Draw(r, "rungs")]
		frozen := rapid.SampledFrom(slugs).Draw(r, "frozen")
		list := segment.PeopleOf(contact.ID(rapid.Int64Range(1, people).Draw(r, "first")), contact.ID(rapid.Int64Range(1, people).Draw(r, "second")))
		s.write(func(tx *store.Tx) error {
			if state, err := tx.SegmentState(frozen); err != nil || state.FrozenAt != nil {
				return err
			}
			return tx.FreezeSegment(frozen, list)
		})
		s.group(order...)
		v, err := s.engine.At(context.Background(), s.now)
		if err != nil {
			r.Fatal(err)
		}
		ctx := context.Background()
		seen := map[contact.ID]string{}
		union := map[contact.ID]bool{}
		for _, slug := range order {
			raw := list.IDs()
			if slug != frozen {
				if raw, err = v.Members(ctx, own[slug]); err != nil {
					r.Fatal(err)
				}
			}
			for _, id := range raw {
				union[id] = true
			}
			named := condition.Node{Kind: condition.Segment, Segment: slug, Op: condition.In}
			members, err := v.Members(ctx, named)
			if err != nil {
				r.Fatal(err)
			}
			for _, id := range members {
				if other, twice := seen[id]; twice {
					r.Fatalf("%d counts in %s and in %s", id, other, slug)
				}
				seen[id] = slug
				if !slices.Contains(raw, id) {
					r.Fatalf("%d counts in %s without fitting it", id, slug)
				}
			}
			for id := contact.ID(1); id <= people; id++ {
				if one, err := v.Holds(ctx, named, id); err != nil || one != slices.Contains(members, id) {
					r.Fatalf("%d in %s: %v alone, %v", id, slug, one, err)
				}
			}
		}
		if len(seen) != len(union) {
			r.Fatalf("%d count, %d fit", len(seen), len(union))
		}
		s.write(func(tx *store.Tx) error {
			if state, err := tx.SegmentState(frozen); err != nil || state.FrozenAt == nil {
				return err
			}
			return tx.ThawSegment(frozen)
		})
	})
}

func TestAnotherOrderIsNoChangeOfData(t *testing.T) {
	s := newShop(t)
	s.people(1, 3)
	s.order(1, begin)
	s.put("buyers", buyers)
	s.put("all", `{"kind":"everyone"}`)
	s.refresh()
	s.group("buyers", "all")
	s.refresh()
	s.same("the rest", s.kept("all"), []contact.ID{2, 3})
	s.put("other", regular)
	s.group("buyers", "all", "other")
	s.refresh() // nothing of buyers and all is changed by one that comes after them
	s.group("all", "buyers", "other")
	s.refresh()
	s.same("nobody is left for buyers", s.kept("buyers"), []contact.ID{})
	if n := len(s.changes("buyers")); n != 2 {
		t.Errorf("buyers changed %d times, want 2: counted first, and lost", n)
	}
	var causes []string
	for _, c := range s.changes("all") {
		causes = append(causes, string(c.Cause))
	}
	if got := fmt.Sprint(causes); got != "[first definition definition]" {
		t.Errorf("the causes are %s", got)
	}
}
