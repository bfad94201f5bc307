package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/store"
)

// findings are what was measured at one size. Times are milliseconds.
type findings struct {
	contacts, events           int
	duckVersion, sqliteVersion string
	made, opened               time.Duration
	fileMB                     int64
	answers                    []answer
	explain, overlap           float64 // the median, the median
	written, applied           float64 // 1,000 events into the file; 100 segments current again
	memory                     memory
	busy                       string // the machine's load while questions were asked
}

// answer is one question's.
type answer struct {
	name                           string
	count                          int
	cold, warm, kept, duck, sqlite float64 // sqlite is 0 where it has no answer
}

func say(format string, args ...any) {
	fmt.Fprintf(os.Stderr, time.Now().Format(time.TimeOnly)+" "+format+"\n", args...)
}

// measureSize makes a crowd and measures everything on it. In a folder that is
// named it is kept, and not made again.
func measureSize(contacts, events int, folder string) (*findings, error) {
	if folder == "" {
		var err error
		if folder, err = os.MkdirTemp("", "mailwright-audience-"); err != nil {
			return nil, err
		}
		defer func() { _ = os.RemoveAll(folder) }()
	}
	f := &findings{contacts: contacts, events: events}
	say("making %d contacts with %d events", contacts, events)
	began := time.Now()
	c, err := makeCrowd(folder, contacts, events)
	if err != nil {
		return nil, fmt.Errorf("make the workspace: %w", err)
	}
	f.made = time.Since(began)
	if info, err := os.Stat(c.workspace); err == nil {
		f.fileMB = info.Size() >> 20
	}
	say("made in %.0f s, %d MB", f.made.Seconds(), f.fileMB)
	s, err := store.Open(context.Background(), c.workspace, func() time.Time { return asOf })
	if err != nil {
		return nil, err
	}
	defer func() { _ = s.Close(context.Background()) }()
	if err := putSegments(s); err != nil {
		return nil, err
	}
	if err := f.questions(c, s); err != nil {
		return nil, err
	}
	if f.memory, err = measureMemory(c.workspace); err != nil {
		return nil, err
	}
	say("memory %d MB, peak %d MB", f.memory.resident, f.memory.peak)
	return f, f.live(c, s)
}

// warmRuns is how often a question is asked warm, of us and of DuckDB; the best time
// of both counts, since other programs may run beside.
const warmRuns = 11

func (f *findings) questions(c *crowd, s *store.Store) error {
	d, err := startDuck(c)
	if err != nil {
		return err
	}
	defer d.stop()
	lite, err := openSQLite(c)
	if err != nil {
		return err
	}
	defer func() { _ = lite.db.Close() }()
	if err := lite.db.QueryRow(`SELECT sqlite_version()`).Scan(&f.sqliteVersion); err != nil {
		return err
	}
	f.duckVersion = duckVersion()
	say("DuckDB has its tables")
	engine := audience.New(s.Columns())
	began := time.Now()
	if _, err := engine.At(context.Background(), asOf); err != nil {
		return err
	}
	f.opened = time.Since(began)
	for _, q := range questions() {
		a, err := ask(engine, q)
		if err != nil {
			return fmt.Errorf("%s: %w", q.name, err)
		}
		if err := compare(&a, d, lite, q); err != nil {
			return fmt.Errorf("%s: %w", q.name, err)
		}
		say("%-46s %8d  cold %8.1f  warm %7.2f  kept %6.3f  DuckDB %7.2f  SQLite %8.1f", a.name, a.count, a.cold, a.warm, a.kept, a.duck, a.sqlite)
		f.answers = append(f.answers, a)
	}
	f.busy = load()
	return nil
}

// ask asks the engine: cold with the people at hand and no column, warm with the
// columns and no kept answer, and kept.
func ask(engine *audience.Engine, q question) (answer, error) {
	ctx := context.Background()
	a := answer{name: q.name}
	n, err := condition.Parse([]byte(q.condition))
	if err != nil {
		return a, err
	}
	timed := func(prepare func(*audience.View)) (float64, error) {
		v, err := engine.At(ctx, asOf)
		if err != nil {
			return 0, err
		}
		prepare(v)
		began := time.Now()
		v, err = engine.At(ctx, asOf)
		if err != nil {
			return 0, err
		}
		a.count, err = v.Count(ctx, n)
		return milliseconds(time.Since(began)), err
	}
	if a.cold, err = timed(func(*audience.View) { engine.DropColumns() }); err != nil {
		return a, err
	}
	var warm, kept []float64
	for range warmRuns {
		ms, err := timed((*audience.View).Forget)
		if err != nil {
			return a, err
		}
		warm = append(warm, ms)
	}
	for range warmRuns {
		ms, err := timed(func(*audience.View) {})
		if err != nil {
			return a, err
		}
		kept = append(kept, ms)
	}
	a.warm, a.kept = slices.Min(warm), slices.Min(kept)
	return a, nil
}

// compare asks the peers, whose counts must be the engine's. Their best time counts.
func compare(a *answer, d *duck, lite *sqlite, q question) error {
	p, err := d.ask(forDuckDB(q.sql), warmRuns)
	if err != nil {
		return err
	}
	if p.Count != a.count {
		return fmt.Errorf("DuckDB counts %d and we %d", p.Count, a.count)
	}
	a.duck = slices.Min(p.MS)
	if q.sqlite == "–" {
		return nil
	}
	if p, err = lite.ask(q); err != nil {
		return err
	}
	if p.Count != a.count {
		return fmt.Errorf("SQLite counts %d and we %d", p.Count, a.count)
	}
	a.sqlite = slices.Min(p.MS)
	return nil
}

func median(list []float64) float64 {
	list = slices.Sorted(slices.Values(list))
	return list[len(list)/2]
}
