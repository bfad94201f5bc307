package app

import (
	"context"
	"slices"
	"time"

	"github.com/mailwright/mailwright/internal/audience"
	"github.com/mailwright/mailwright/internal/condition"
)

// Timing is how long the answer to one condition took, in milliseconds.
type Timing struct {
	Count    int     `json:"count"`
	ColdMS   float64 `json:"cold_ms"`   // with every column dropped before it
	WarmMS   float64 `json:"warm_ms"`   // columns loaded, no kept answer; the median
	CachedMS float64 `json:"cached_ms"` // asked again
}

// BenchConditions times conditions; repeat is how often the warm answer is asked.
// It is for the terminal, not a service of the window.
func (a *App) BenchConditions(ctx context.Context, nodes []condition.Node, repeat int) ([]Timing, error) {
	w, err := a.current()
	if err != nil {
		return nil, err
	}
	asOf := a.options.Now()
	timings := make([]Timing, 0, len(nodes))
	for _, n := range nodes {
		t, err := bench(ctx, w.Audience, n, asOf, max(repeat, 1))
		if err != nil {
			return nil, err
		}
		timings = append(timings, t)
	}
	return timings, nil
}

func bench(ctx context.Context, e *audience.Engine, n condition.Node, asOf time.Time, repeat int) (t Timing, err error) {
	ask := func() (float64, error) {
		start := time.Now()
		v, err := e.At(ctx, asOf)
		if err == nil {
			t.Count, err = v.Count(ctx, n)
		}
		return float64(time.Since(start).Microseconds()) / 1000, err
	}
	e.Drop()
	if t.ColdMS, err = ask(); err != nil {
		return t, err
	}
	warm := make([]float64, repeat)
	for i := range warm {
		v, err := e.At(ctx, asOf)
		if err != nil {
			return t, err
		}
		v.Forget()
		if warm[i], err = ask(); err != nil {
			return t, err
		}
	}
	slices.Sort(warm)
	t.WarmMS = warm[len(warm)/2]
	t.CachedMS, err = ask()
	return t, err
}
