package membership_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/membership"
	"github.com/mailwright/mailwright/internal/segment"
	"github.com/mailwright/mailwright/internal/store"
)

var begin = time.Date(2026, 5, 3, 8, 42, 0, 0, time.UTC)

// shop is a workspace with a clock that tests move.
type shop struct {
	t      testing.TB
	path   string
	now    time.Time
	store  *store.Store
	engine *audience.Engine
	keeper *membership.Keeper
	key    int64
}

func newShop(t testing.TB) *shop {
	t.Helper()
	dir := t.TempDir()
	s := &shop{t: t, path: filepath.Join(dir, "shop.mailwright"), now: begin}
	var err error
	s.store, err = store.Create(context.Background(), s.path, store.Options{Name: "Shop", Zone: "Europe/Paris", Currency: "EUR", Now: s.clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.store.Close(context.Background()) })
	s.wire()
	return s
}

func (s *shop) clock() time.Time { return s.now }

func (s *shop) wire() {
	s.engine = audience.New(s.store.Columns())
	s.keeper = membership.New(s.store, s.engine, s.clock, "test")
}

// another opens the same file as another process does.
func (s *shop) another() *shop {
	s.t.Helper()
	other := *s
	var err error
	if other.store, err = store.Open(context.Background(), s.path, other.clock); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = other.store.Close(context.Background()) })
	other.wire()
	return &other
}

func (s *shop) write(f func(tx *store.Tx) error) {
	s.t.Helper()
	if err := s.store.Write(context.Background(), store.Normal, f); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shop) read(f func(tx *store.Tx) error) {
	s.t.Helper()
	if err := s.store.Read(context.Background(), f); err != nil {
		s.t.Fatal(err)
	}
}

// people adds contacts up to a number.
func (s *shop) people(from, to int64) {
	s.t.Helper()
	s.write(func(tx *store.Tx) error {
		for id := from; id <= to; id++ {
			if _, err := tx.Exec(`INSERT INTO contacts (id, email, source, created_at, updated_at) VALUES (?, ?, 'import', 0, 0)`, id, fmt.Sprintf("p%d@example.org", id)); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(`INSERT INTO event_types (id, name, value_type) VALUES (1, 'order_placed', 'money') ON CONFLICT DO NOTHING`); err != nil {
			return err
		}
		if err := tx.LogChange(store.ChangedSchema, "", ""); err != nil {
			return err
		}
		return tx.LogChange(store.ChangedContacts, "", "")
	})
}

// order notes that somebody ordered at an instant.
func (s *shop) order(who int64, at time.Time) {
	s.t.Helper()
	s.key++
	s.write(func(tx *store.Tx) error {
		if _, _, _, err := tx.InsertEvents(0, []store.EventRow{{Type: 1, Contact: who, At: at.UnixMilli(), Value: int64(100), Properties: `{}`, Key: s.key}}); err != nil {
			return err
		}
		return tx.LogChange(store.ChangedEvents, "order_placed", "")
	})
}

func (s *shop) put(slug, body string) {
	s.t.Helper()
	s.write(func(tx *store.Tx) error {
		_, err := tx.PutDefinition(store.Definition{Kind: store.SegmentKind, Slug: slug, Name: slug, Body: body}, store.AnyVersion, "", "test")
		return err
	})
}

func (s *shop) group(slugs ...string) {
	s.t.Helper()
	s.write(func(tx *store.Tx) error {
		_, err := tx.PutDefinition(store.Definition{Kind: store.GroupKind, Slug: "ladder", Name: "Ladder", Body: segment.Group{Segments: slugs}.Body()}, store.AnyVersion, "", "test")
		return err
	})
}

func (s *shop) refresh(slugs ...string) membership.Report {
	s.t.Helper()
	r, err := s.keeper.Refresh(context.Background(), slugs...)
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

func (s *shop) state(slug string) (state store.SegmentState) {
	s.t.Helper()
	s.read(func(tx *store.Tx) (err error) {
		state, err = tx.SegmentState(slug)
		return err
	})
	return state
}

// changes gives a segment's changes, the oldest first.
func (s *shop) changes(slug string) (list []segment.Change) {
	s.t.Helper()
	id := s.state(slug).ID
	s.read(func(tx *store.Tx) error {
		return tx.SegmentChanges(id, func(c segment.Change) bool {
			list = append(list, c)
			return true
		})
	})
	slices.Reverse(list)
	return list
}

// kept gives the members that are on record.
func (s *shop) kept(slug string) (ids []contact.ID) {
	s.t.Helper()
	id := s.state(slug).ID
	s.read(func(tx *store.Tx) error {
		people, _, err := tx.SegmentMembers(id)
		ids = people.IDs()
		return err
	})
	return ids
}

// answered gives the members by the engine.
func (s *shop) answered(slug string) []contact.ID {
	s.t.Helper()
	v, err := s.engine.At(context.Background(), s.now)
	if err != nil {
		s.t.Fatal(err)
	}
	ids, err := v.Members(context.Background(), condition.Node{Kind: condition.Segment, Segment: slug, Op: condition.In})
	if err != nil {
		s.t.Fatal(err)
	}
	return ids
}

func (s *shop) same(what string, got, want []contact.ID) {
	s.t.Helper()
	if !slices.Equal(got, want) {
		s.t.Errorf("%s: %v, want %v", what, got, want)
	}
}

const (
	buyers  = `{"kind":"event","event":"order_placed","window":{"last":30,"unit":"day"}}`
	regular = `{"kind":"event","event":"order_placed","op":"gte","value":2}`
)

func TestJoinsAndLeavesWithTheirCauses(t *testing.T) {
	s := newShop(t)
	s.people(1, 5)
	s.order(1, begin.AddDate(0, 0, -29))
	s.order(2, begin.AddDate(0, 0, -1))
	s.put("buyers", buyers)
	s.refresh()
	s.same("at first", s.kept("buyers"), []contact.ID{1, 2})

	s.order(3, begin)
	s.refresh()
	s.now = begin.AddDate(0, 0, 2) // the order of 1 leaves the window by itself
	s.refresh()
	s.same("after two days", s.kept("buyers"), []contact.ID{2, 3})
	s.put("buyers", regular)
	s.order(2, begin)
	s.refresh()

	want := []struct {
		cause        segment.Cause
		joined, left []contact.ID
		size         int
	}{
		{segment.First, []contact.ID{1, 2}, []contact.ID{}, 2},
		{segment.Data, []contact.ID{3}, []contact.ID{}, 3},
		{segment.Time, []contact.ID{}, []contact.ID{1}, 2},
		{segment.Definition, []contact.ID{}, []contact.ID{3}, 1},
	}
	got := s.changes("buyers")
	if len(got) != len(want) {
		t.Fatalf("%d changes, want %d: %+v", len(got), len(want), got)
	}
	for i, w := range want {
		if got[i].Cause != w.cause || got[i].Size != w.size {
			t.Errorf("change %d is %s to %d, want %s to %d", i, got[i].Cause, got[i].Size, w.cause, w.size)
		}
		s.same(fmt.Sprintf("joined in change %d", i), got[i].Joined.IDs(), w.joined)
		s.same(fmt.Sprintf("left in change %d", i), got[i].Left.IDs(), w.left)
	}
	if state := s.state("buyers"); state.AsOf != s.now.UnixMilli() || state.Size != 1 || state.Version != 2 {
		t.Errorf("the state is %+v", state)
	}
	var moves []segment.Move
	s.read(func(tx *store.Tx) (err error) {
		moves, err = tx.MovesOf(3)
		return err
	})
	if len(moves) != 2 || moves[0].Joined || !moves[1].Joined || moves[1].Segment != "buyers" || moves[1].At != begin.UnixMilli() {
		t.Errorf("the history of 3: %+v", moves)
	}
	id := s.state("buyers").ID
	s.read(func(tx *store.Tx) error {
		days, err := tx.SegmentDays(0)
		if got := days[id]; len(got) != 2 || got[0].Size != 3 || got[0].Joined != 1 || got[1].Left != 1 || !got[1].Edited || got[1].Size != 1 {
			t.Errorf("the days: %+v", got)
		}
		return err
	})
}

func TestNothingIsWrittenTwiceByTwoProcesses(t *testing.T) {
	s := newShop(t)
	s.people(1, 3)
	s.put("buyers", buyers)
	other := s.another()
	s.refresh()
	other.refresh()
	s.order(1, begin)
	other.refresh()
	s.refresh()
	other.refresh()
	s.order(2, begin)
	s.refresh()
	if got := s.changes("buyers"); len(got) != 3 {
		t.Errorf("%d changes, want the first, and one for each order: %+v", len(got), got)
	}
	s.same("kept", s.kept("buyers"), []contact.ID{1, 2})

	lease, err := s.store.Take(context.Background(), "segments", "test")
	if err != nil {
		t.Fatal(err)
	}
	defer lease.Release()
	if _, err := other.store.Take(context.Background(), "segments", "test"); !fault.Is(err, fault.Conflict) {
		t.Errorf("a second keeper: %v", err)
	}
}

func TestAKillBetweenChangesNothing(t *testing.T) {
	s := newShop(t)
	s.people(1, 3)
	s.order(1, begin)
	s.put("buyers", buyers)
	s.refresh()
	s.order(2, begin)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.keeper.Refresh(ctx); err == nil {
		t.Fatal("a refresh that was stopped said that it was done")
	}
	s.same("before", s.kept("buyers"), []contact.ID{1})
	after := s.another() // whoever comes next finds what was committed and goes on
	after.refresh()
	s.same("after", s.kept("buyers"), []contact.ID{1, 2})
	s.refresh()
	if got := s.changes("buyers"); len(got) != 2 {
		t.Errorf("%d changes, want 2", len(got))
	}
}

func TestWhoIsErasedLeavesNoTrace(t *testing.T) {
	for _, people := range []int64{5, 600} { // of small changes, and of large ones
		t.Run(fmt.Sprint(people), func(t *testing.T) {
			s := newShop(t)
			s.people(1, people)
			s.put("all", `{"kind":"everyone"}`)
			s.put("list", `{"kind":"everyone"}`)
			s.refresh()
			s.write(func(tx *store.Tx) error { return tx.FreezeSegment("list", segment.PeopleOf(1, 2, 3)) })
			s.refresh()
			s.write(func(tx *store.Tx) error {
				p, err := tx.People("test")
				if err != nil {
					return err
				}
				return p.Erase(2)
			})
			check := func(when string) {
				t.Helper()
				for _, slug := range []string{"all", "list"} {
					for _, c := range s.changes(slug) {
						if c.Joined.Has(2) || c.Left.Has(2) {
							t.Errorf("%s: 2 is in the %s change of %s", when, c.Cause, slug)
						}
					}
					if slices.Contains(s.kept(slug), 2) {
						t.Errorf("%s: 2 is kept in %s", when, slug)
					}
				}
				var moves []segment.Move
				s.read(func(tx *store.Tx) (err error) {
					moves, err = tx.MovesOf(2)
					return err
				})
				if len(moves) > 0 {
					t.Errorf("%s: 2 still has a history: %v", when, moves)
				}
			}
			check("at once")
			s.refresh()
			check("after a refresh")
			s.same("the list", s.answered("list"), []contact.ID{1, 3})
			if got := s.state("all").Size; got != int(people-1) {
				t.Errorf("%d are in all, want %d", got, people-1)
			}
		})
	}
}

func TestContactsThatAnUndoTookAwayHaveLeft(t *testing.T) {
	s := newShop(t)
	s.people(1, 10)
	s.put("all", `{"kind":"everyone"}`)
	s.refresh()
	s.write(func(tx *store.Tx) error {
		if _, err := tx.Exec(`DELETE FROM contacts WHERE id > 4`); err != nil { // so many that ordinals are made anew
			return err
		}
		return tx.LogChange(store.ChangedContacts, "", "")
	})
	s.refresh()
	s.same("kept", s.kept("all"), []contact.ID{1, 2, 3, 4})
	s.another().refresh()
	s.same("kept by who comes next", s.kept("all"), []contact.ID{1, 2, 3, 4})
	if got := s.changes("all"); len(got) != 2 || got[1].Left.Len() != 6 {
		t.Errorf("changes: %+v", got)
	}
}

func TestAFixedListStays(t *testing.T) {
	s := newShop(t)
	s.people(1, 4)
	s.order(1, begin)
	s.put("buyers", buyers)
	s.put("others", `{"kind":"segment","segment":"buyers","op":"not_in"}`)
	s.write(func(tx *store.Tx) error { return tx.FreezeSegment("buyers", segment.PeopleOf(1, 4)) })
	s.order(2, begin)
	s.now = begin.AddDate(1, 0, 0)
	s.same("the list", s.answered("buyers"), []contact.ID{1, 4})
	s.same("the others", s.answered("others"), []contact.ID{2, 3})
	v, err := s.engine.At(context.Background(), s.now)
	if err != nil {
		t.Fatal(err)
	}
	e, err := v.Explain(context.Background(), condition.Node{Kind: condition.Segment, Segment: "buyers", Op: condition.In}, 4)
	if err != nil || !e.Holds || e.Children[0].Sentence != "on the fixed list of 3 May 2026" || e.Children[0].Seen != "on the list" {
		t.Errorf("explained: %+v, %v", e, err)
	}
	s.write(func(tx *store.Tx) error { return tx.ThawSegment("buyers") })
	s.now = begin
	s.same("live again", s.answered("buyers"), []contact.ID{1, 2})
}

// Whatever happens, replaying joins and leaves from nothing gives who is in now.
func TestReplayGivesTheMembers(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := newShop(t)
		n := int64(1)
		s.people(1, 1)
		conditions := []string{buyers, regular, `{"kind":"everyone"}`, `{"kind":"none","children":[{"kind":"segment","segment":"a","op":"in"}]}`}
		s.put("a", buyers)
		s.put("b", conditions[3])
		for range rapid.IntRange(1, 25).Draw(r, "steps") {
			switch rapid.IntRange(0, 7).Draw(r, "step") {
			case 0:
				s.people(n+1, n+3)
				n += 3
			case 1, 2:
				s.order(rapid.Int64Range(1, n).Draw(r, "who"), s.now.AddDate(0, 0, -rapid.IntRange(0, 40).Draw(r, "ago")))
			case 3:
				s.now = s.now.AddDate(0, 0, rapid.IntRange(0, 20).Draw(r, "days"))
			case 4:
				s.put("a", conditions[rapid.IntRange(0, 2).Draw(r, "condition")])
			case 5:
				s.write(func(tx *store.Tx) error {
					_, err := tx.Exec(`DELETE FROM contacts WHERE id = ?`, rapid.Int64Range(2, n+1).Draw(r, "gone"))
					if err != nil {
						return err
					}
					return tx.LogChange(store.ChangedContacts, "", "")
				})
			case 6:
				s = s.another()
			case 7:
				s.refresh()
			}
		}
		s.refresh()
		for _, slug := range []string{"a", "b"} {
			var members segment.People
			for _, c := range s.changes(slug) {
				if c.Joined.After(segment.People{}, c.Left).Len() != c.Joined.Len() {
					r.Fatalf("%s: somebody joined and left in one change", slug)
				}
				members = members.After(c.Joined, c.Left)
				if members.Len() != c.Size {
					r.Fatalf("%s: %d after a change that says %d", slug, members.Len(), c.Size)
				}
			}
			if want := s.answered(slug); !slices.Equal(members.IDs(), want) || !slices.Equal(s.kept(slug), want) {
				r.Fatalf("%s: replayed %v, kept %v, want %v", slug, members.IDs(), s.kept(slug), want)
			}
		}
	})
}

func TestWhileItIsOpenSegmentsAreKept(t *testing.T) {
	s := newShop(t)
	s.people(1, 3)
	s.put("buyers", buyers)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s.keeper.Keep(ctx)
	}()
	until := func(what string, done func() bool) {
		t.Helper()
		for deadline := time.Now().Add(20 * time.Second); !done(); time.Sleep(50 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("%s did not come", what)
			}
		}
	}
	until("the first count", func() bool { return s.state("buyers").AsOf > 0 })
	s.order(2, begin)
	until("the order", func() bool { return s.state("buyers").Size == 1 })
	cancel()
	<-ended
	lease, err := s.store.Take(context.Background(), "segments", "test")
	if err != nil {
		t.Fatalf("the lease was not given back: %v", err)
	}
	lease.Release()
}
