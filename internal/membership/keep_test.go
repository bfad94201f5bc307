package membership

import (
	"testing"
	"time"
)

// Each step is what Keep sees at a second: the data's version, and whether a
// refresh is due then; each that is due is done.
func TestPace(t *testing.T) {
	begin := time.Date(2026, 5, 3, 8, 0, 0, 0, time.UTC)
	for name, steps := range map[string][]struct {
		second  int
		version int64
		due     bool
	}{
		"at once, and when time alone has passed": {{0, 1, true}, {2, 1, false}, {298, 1, false}, {300, 1, true}, {302, 1, false}},
		"once a change is over":                   {{0, 1, true}, {2, 2, false}, {4, 2, true}, {6, 2, false}},
		"now and then while an import runs":       {{0, 1, true}, {10, 2, false}, {11, 3, false}, {20, 9, false}, {39, 20, false}, {40, 21, true}, {42, 22, false}, {44, 22, true}},
	} {
		t.Run(name, func(t *testing.T) {
			var p pace
			for _, s := range steps {
				now := begin.Add(time.Duration(s.second) * time.Second)
				if got := p.due(s.version, now); got != s.due {
					t.Fatalf("at second %d with version %d: due is %v", s.second, s.version, got)
				}
				if s.due {
					p.done(s.version, now)
				}
			}
		})
	}
}
