package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/store"
)

const (
	liveSegments = 100
	newEvents    = 1_000
	overlapped   = 10
)

// putSegments saves the segments that shall be kept current, and the one that a
// question names.
func putSegments(s *store.Store) error {
	return s.Write(context.Background(), store.Normal, func(tx *store.Tx) error {
		put := func(slug, body string) error {
			_, err := tx.PutDefinition(store.Definition{Kind: store.SegmentKind, Slug: slug, Name: slug, Body: body}, store.AnyVersion, "", "")
			return err
		}
		for i, body := range live(liveSegments) {
			if err := put(fmt.Sprintf("live-%d", i), body); err != nil {
				return err
			}
		}
		return put("vip", vip)
	})
}

func member(slug string) condition.Node {
	return condition.Node{Kind: condition.Segment, Segment: slug, Op: condition.In}
}

// live measures with an engine that has everything loaded: why, overlap, and new
// events under live segments.
func (f *findings) live(c *crowd, s *store.Store) error {
	ctx := context.Background()
	engine := audience.New(s.Columns())
	v, err := engine.At(ctx, asOf)
	if err != nil {
		return err
	}
	segments := make([]condition.Node, liveSegments)
	for i := range segments {
		segments[i] = member(fmt.Sprintf("live-%d", i))
		if _, err := v.Count(ctx, segments[i]); err != nil {
			return err
		}
	}
	if f.explain, err = explaining(ctx, v, c); err != nil {
		return err
	}
	if f.overlap, err = overlapping(ctx, v, segments[:overlapped]); err != nil {
		return err
	}
	say("explain %.2f ms, overlap %.2f ms", f.explain, f.overlap)
	return f.applying(ctx, engine, c, s, segments)
}

func explaining(ctx context.Context, v *audience.View, c *crowd) (float64, error) {
	list := questions()
	n, err := condition.Parse([]byte(list[len(list)-1].condition))
	if err != nil {
		return 0, err
	}
	if _, err := v.Count(ctx, n); err != nil {
		return 0, err
	}
	r := rand.New(rand.NewPCG(4, 4)) //nolint:gosec // any people
	var times []float64
	for range 100 {
		began := time.Now()
		if _, err := v.Explain(ctx, n, contact.ID(1+r.IntN(c.contacts))); err != nil {
			return 0, err
		}
		times = append(times, milliseconds(time.Since(began)))
	}
	return median(times), nil
}

// overlapping lays segments over each other whose answers are known, as the page
// that shows them does.
func overlapping(ctx context.Context, v *audience.View, segments []condition.Node) (float64, error) {
	var times []float64
	for range warmRuns {
		began := time.Now()
		if _, _, err := v.Overlap(ctx, segments); err != nil {
			return 0, err
		}
		times = append(times, milliseconds(time.Since(began)))
	}
	return median(times), nil
}

// applying writes new events of all types, a minute's worth each time, and answers
// all segments anew at the new instant. An engine that reads everything afresh must
// then give the same counts.
func (f *findings) applying(ctx context.Context, engine *audience.Engine, c *crowd, s *store.Store, segments []condition.Node) error {
	v, err := engine.At(ctx, asOf)
	if err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(5, uint64(v.Version()))) //nolint:gosec // made-up events, others in each run
	var written, applied []float64
	counts := make([]int, len(segments))
	now := asOf
	for range 5 {
		now = now.Add(time.Minute)
		began := time.Now()
		if err := write(ctx, s, c, r, now); err != nil {
			return err
		}
		written = append(written, milliseconds(time.Since(began)))
		began = time.Now()
		if err := countAll(ctx, engine, now, segments, counts); err != nil {
			return err
		}
		applied = append(applied, milliseconds(time.Since(began)))
	}
	f.written, f.applied = median(written), median(applied)
	say("1,000 events written in %.1f ms, 100 segments current after %.1f ms (%.0f)", f.written, f.applied, applied)
	afresh := make([]int, len(segments))
	if err := countAll(ctx, audience.New(s.Columns()), now, segments, afresh); err != nil {
		return err
	}
	if !slices.Equal(counts, afresh) {
		return fmt.Errorf("segments kept current count %v, read afresh %v", counts, afresh)
	}
	return nil
}

func countAll(ctx context.Context, engine *audience.Engine, now time.Time, segments []condition.Node, counts []int) error {
	v, err := engine.At(ctx, now)
	if err != nil {
		return err
	}
	for i, n := range segments {
		if counts[i], err = v.Count(ctx, n); err != nil {
			return err
		}
	}
	return nil
}

// write adds new events of the last minute as an import does.
func write(ctx context.Context, s *store.Store, c *crowd, r *rand.Rand, now time.Time) error {
	return s.Write(ctx, store.Normal, func(tx *store.Tx) error {
		var list []store.EventRow
		var types []string
		for i, t := range eventTypes {
			for range newEvents * t.share / 1000 {
				e := happening(r, c.contacts, t)
				row := store.EventRow{Type: int64(i + 1), Contact: e.contact, At: now.UnixMilli() - int64(r.IntN(60_000)), Key: int64(r.Uint64())} //nolint:gosec // any number
				if t.money {
					row.Value = e.value
				}
				if len(t.properties) > 0 {
					row.Properties = e.json(t)
				}
				list = append(list, row)
			}
			types = append(types, t.name)
		}
		_, first, last, err := tx.InsertEvents(0, list)
		if err != nil {
			return err
		}
		return tx.LogEvents(types, first, last)
	})
}
