package segment

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/mailwright/mailwright/internal/fault"
)

// Group is an exclusive group: segments in an order, of which a person counts in
// the first that fits, so that no two of them share anybody.
type Group struct {
	Slug     string
	Name     string // for people
	Segments []string
}

// MaxGroup is how many segments a group has at most.
const MaxGroup = 50

// ParseGroup reads the JSON of a group: {"segments":["vip","regular"]}.
func ParseGroup(body []byte) (g Group, err error) {
	var read struct {
		Segments []string `json:"segments"`
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&read); err != nil {
		return g, fault.New(fault.Invalid, `a group is {"segments":["first","second"]}: %w`, err)
	}
	g.Segments = read.Segments
	return g, nil
}

// Body gives the JSON that ParseGroup reads.
func (g Group) Body() string {
	b, _ := json.Marshal(map[string][]string{"segments": append([]string{}, g.Segments...)}) // texts always marshal
	return string(b)
}

// Before gives the segments that come before one; ok tells whether it is in the
// group at all.
func (g Group) Before(slug string) (earlier []string, ok bool) {
	i := slices.Index(g.Segments, slug)
	if i < 0 {
		return nil, false
	}
	return g.Segments[:i], true
}

// Check holds the laws of a group by itself: a slug, a name, and up to MaxGroup
// segments, each once.
func (g Group) Check() error {
	if err := CheckSlug(g.Slug); err != nil {
		return err
	}
	if n := len([]rune(g.Name)); strings.TrimSpace(g.Name) == "" || n > MaxName {
		return fault.At(fault.Invalid, "name", "give the group a name of at most %d characters", MaxName)
	}
	if n := len(g.Segments); n < 2 || n > MaxGroup {
		return fault.At(fault.Invalid, "segments", "a group has 2 to %d segments, in the order in which they count", MaxGroup)
	}
	for i, s := range g.Segments {
		if slices.Contains(g.Segments[:i], s) {
			return fault.At(fault.Invalid, "segments", "the segment %q is in the group twice", s)
		}
	}
	return nil
}
