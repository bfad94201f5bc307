// Package membership keeps who is in each segment: it answers all segments, notes
// who joined and left since the last time, and when, and says as of when that is.
//
// A Keeper is made for an open workspace. Refresh brings segments up to date once;
// Keep does so while the workspace is open: soon after data changed, and every
// few minutes, since time alone moves windows. Only differences are written, all
// of one refresh in one transaction, so that a kill at any moment leaves the state
// before it or the one after it.
//
// Several processes may refresh: each looks, in the transaction, whether another
// was there since it read, and begins again if so; nothing is noted twice. Only
// one keeps: it holds a lease.
//
// Who is in a segment is answered by package audience alone; storing is the
// work of package store.
package membership

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/civil"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/segment"
	"github.com/mailwright/mailwright/internal/store"
)

// Keeper keeps the members of segments. Its methods may be used by many
// goroutines.
type Keeper struct {
	store  *store.Store
	engine *audience.Engine
	now    func() time.Time
	actor  string // for the lease

	mu      sync.Mutex // one refresh at a time
	known   map[int64]known
	numbers []int64 // of the ordinals that known speaks of
}

// known is what this process knows of a segment's members.
type known struct {
	change, revision int64 // up to which it is known
	members          audience.Bitmap
	gone             []contact.ID // members who are no contacts any more
	loose            int          // how many changes came since the snapshot
	moved            int          // how many people those moved
}

// New gives a keeper. now is the clock, actor who keeps, for people.
func New(s *store.Store, e *audience.Engine, now func() time.Time, actor string) *Keeper {
	if now == nil {
		now = time.Now
	}
	return &Keeper{store: s, engine: e, now: now, actor: actor, known: map[int64]known{}}
}

// Report says what a refresh did.
type Report struct {
	Segments int   `json:"segments"` // that are current now
	Joined   int   `json:"joined"`
	Left     int   `json:"left"`
	AsOf     int64 `json:"as_of"` // Unix ms
}

// errPassed tells that another process was there since the states were read.
var errPassed = fault.New(fault.Conflict, "another program keeps the segments current at this moment; try again")

// attempts is how often a refresh begins again when others pass it.
const attempts = 5

// Refresh brings segments up to date, all without slugs. A segment that cannot be
// answered keeps its members and says why. Members answered for a later instant
// than the clock's are left as they are.
func (k *Keeper) Refresh(ctx context.Context, slugs ...string) (report Report, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for range attempts {
		var states map[string]store.SegmentState
		// They are read before the view: who is erased after that is noticed when
		// the members are recorded.
		if states, err = k.states(ctx); err != nil {
			return report, err
		}
		err = k.engine.Retry(ctx, k.now(), func(v *audience.View) error {
			report, err = k.refresh(ctx, v, states, slugs)
			return err
		})
		if !errors.Is(err, errPassed) {
			break
		}
	}
	return report, err
}

func (k *Keeper) refresh(ctx context.Context, v *audience.View, states map[string]store.SegmentState, slugs []string) (Report, error) {
	answers, err := v.AnswerSegments(ctx, slugs...)
	if err != nil {
		return Report{}, err
	}
	k.follow(v)
	plan := make([]step, 0, len(answers))
	for _, a := range answers {
		state, ok := states[a.Slug]
		if !ok || state.AsOf > v.AsOf().UnixMilli() {
			continue
		}
		s, err := k.step(ctx, v, state, a)
		if err != nil {
			return Report{}, err
		}
		plan = append(plan, s)
	}
	if err := k.record(ctx, v, plan); err != nil {
		return Report{}, err
	}
	r := Report{AsOf: v.AsOf().UnixMilli()}
	for _, s := range plan {
		k.known[s.state.ID] = s.known
		if s.answer.Problem == "" {
			r.Segments++
		}
		r.Joined += s.change.Joined.Len()
		r.Left += s.change.Left.Len()
	}
	return r, nil
}

// states reads what is kept of every segment; new segments are given a state.
func (k *Keeper) states(ctx context.Context) (map[string]store.SegmentState, error) {
	var list []store.SegmentState
	read := func(tx *store.Tx) (err error) {
		list, err = tx.SegmentStates()
		return err
	}
	missing := 0
	err := k.store.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.Definitions(store.SegmentKind)
		if err != nil {
			return err
		}
		err = read(tx)
		missing = len(all) - len(list)
		return err
	})
	if err == nil && missing > 0 {
		err = k.store.Write(ctx, store.Normal, func(tx *store.Tx) error {
			if err := tx.AddSegmentStates(); err != nil {
				return err
			}
			return read(tx)
		})
	}
	bySlug := make(map[string]store.SegmentState, len(list))
	for _, s := range list {
		bySlug[s.Slug] = s
	}
	return bySlug, err
}

// follow forgets what is known in ordinals that the view does not have.
func (k *Keeper) follow(v *audience.View) {
	now := v.Numbers()
	if !begins(now, k.numbers) {
		k.known = map[int64]known{}
	}
	k.numbers = now
}

// begins tells whether a list begins with another.
func begins(list, with []int64) bool {
	if len(with) > len(list) {
		return false
	}
	if len(with) == 0 || &list[0] == &with[0] {
		return true
	}
	for i, n := range with {
		if list[i] != n {
			return false
		}
	}
	return true
}

// step is what a refresh does with one segment.
type step struct {
	state  store.SegmentState
	answer audience.SegmentAnswer
	change segment.Change
	known  known // once it is recorded
	size   int
}

// step compares a segment's members with those that were recorded.
func (k *Keeper) step(ctx context.Context, v *audience.View, state store.SegmentState, a audience.SegmentAnswer) (step, error) {
	s := step{state: state, answer: a, size: state.Size}
	before, err := k.recall(ctx, v, state)
	if err != nil {
		return s, err
	}
	s.known = before
	if a.Problem != "" {
		return s, nil
	}
	joined, left := v.Moved(before.members, a.Members)
	left = append(left, before.gone...)
	s.size = a.Members.Count()
	s.change = segment.Change{
		At: v.AsOf().UnixMilli(), Cause: cause(state, a.Basis, v.Version()), Version: state.Version, Size: s.size,
		Joined: segment.PeopleOf(joined...), Left: segment.PeopleOf(left...),
	}
	s.known.members, s.known.gone = a.Members, nil
	return s, nil
}

// cause tells why the members of a segment may have changed since its state.
func cause(state store.SegmentState, basis string, dataVersion int64) segment.Cause {
	switch {
	case state.Basis == "":
		return segment.First
	case state.Basis != basis:
		return segment.Definition
	case state.DataVersion != dataVersion:
		return segment.Data
	}
	return segment.Time
}

// recall gives the recorded members, from memory where nobody else wrote since.
func (k *Keeper) recall(ctx context.Context, v *audience.View, state store.SegmentState) (known, error) {
	if had, ok := k.known[state.ID]; ok && had.change == state.ChangeID && had.revision == state.Revision {
		return had, nil
	}
	var people segment.People
	had := known{change: state.ChangeID, revision: state.Revision}
	err := k.store.Read(ctx, func(tx *store.Tx) (err error) {
		now, err := tx.SegmentState(state.Slug)
		if err != nil {
			return err
		}
		if now.ID != state.ID || now.ChangeID != state.ChangeID || now.Revision != state.Revision {
			return errPassed
		}
		people, had.loose, err = tx.SegmentMembers(state.ID)
		return err
	})
	if err != nil {
		return known{}, fmt.Errorf("read the members of %s: %w", state.Slug, err)
	}
	had.members, had.gone = v.Ordinals(people.Each)
	return had, nil
}

// A snapshot is made when reading the changes since the last would take long:
// after so many changes, or so many people moved as are in the segment.
const (
	looseChanges = 100
	looseMoves   = 5000
)

// record writes what moved, in one transaction; errPassed when another process
// wrote or a person was erased since the states were read.
func (k *Keeper) record(ctx context.Context, v *audience.View, plan []step) error {
	if len(plan) == 0 {
		return nil
	}
	return k.store.Write(ctx, store.Normal, func(tx *store.Tx) error {
		list, err := tx.SegmentStates()
		if err != nil {
			return err
		}
		now := make(map[int64]store.SegmentState, len(list))
		for _, s := range list {
			now[s.ID] = s
		}
		for i := range plan {
			s := &plan[i]
			at, ok := now[s.state.ID]
			if !ok || at.ChangeID != s.state.ChangeID || at.Revision != s.state.Revision || at.AsOf > v.AsOf().UnixMilli() {
				return errPassed
			}
			if err := s.record(tx, v); err != nil {
				return fmt.Errorf("record who is in %s: %w", s.state.Slug, err)
			}
		}
		return nil
	})
}

func (s *step) record(tx *store.Tx, v *audience.View) error {
	day := int64(civil.DateOf(v.AsOf(), v.Schema().Zone))
	current := store.SegmentCurrent{Basis: s.answer.Basis, AsOf: v.AsOf().UnixMilli(), DataVersion: v.Version(), Size: s.size, Problem: s.answer.Problem, Day: day}
	if s.answer.Problem != "" { // what was known stays as of when it was known
		current.Basis, current.AsOf, current.DataVersion = s.state.Basis, s.state.AsOf, s.state.DataVersion
		return tx.KeepSegment(s.state.ID, current)
	}
	moved := s.change.Joined.Len() + s.change.Left.Len()
	edited := s.change.Cause == segment.Definition && s.state.KeptVersion != s.state.Version
	if moved > 0 || edited || s.change.Cause == segment.First {
		change, err := tx.RecordSegmentChange(s.state.ID, day, s.change)
		if err != nil {
			return err
		}
		s.known.change = change
		s.known.loose++
		s.known.moved += moved
		if s.known.loose > looseChanges || s.known.loose > 1 && s.known.moved > max(looseMoves, s.size) {
			if err := tx.SnapshotSegment(s.state.ID, change, segment.PeopleOf(v.IDs(s.answer.Members)...)); err != nil {
				return err
			}
			s.known.loose, s.known.moved = 0, 0
		}
	}
	return tx.KeepSegment(s.state.ID, current)
}
