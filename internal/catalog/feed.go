package catalog

import (
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/fault"
)

// Feed is a list of products that a shop publishes, fetched on a schedule.
type Feed struct {
	Slug     string  `json:"slug"`
	Name     string  `json:"name"`
	URL      string  `json:"url"`       // http or https
	Hours    int     `json:"hours"`     // between two fetches; 0: only when asked
	Shrink   float64 `json:"shrink"`    // a copy with less than this part of the products before is not believed; 0.5 when 0
	KeepGone bool    `json:"keep_gone"` // products that the feed has no more stay as they are
}

// FeedState is what fetching a feed told.
type FeedState struct {
	ETag, LastModified string    // of the last good copy
	State              string    // FeedOK, FeedUnchanged, FeedFailed; "" before the first fetch
	Message            string    // why it failed, for people
	TriedAt            time.Time // zero before the first
	FetchedAt          time.Time // the last time that the copy here was known to be the feed's
	Products           int       // in the last good copy
	Batch              int64     // that brought it
}

// How the last fetch of a feed ended.
const (
	FeedOK        = "ok"
	FeedUnchanged = "unchanged"
	FeedFailed    = "failed"
)

// Bounds of a feed's settings.
const (
	MaxFeedHours  = 24 * 31
	defaultShrink = 0.5
	retryHours    = 1
)

// Check refuses what no feed may be; the address is checked by who fetches it.
func (f Feed) Check() error {
	switch {
	case strings.TrimSpace(f.Name) == "":
		return fault.At(fault.Invalid, "name", "give the feed a name")
	case f.Hours < 0 || f.Hours > MaxFeedHours:
		return fault.At(fault.Invalid, "hours", "must be from 0 to %d", MaxFeedHours)
	case f.Shrink < 0 || f.Shrink > 1:
		return fault.At(fault.Invalid, "shrink", "is a part, from 0 to 1")
	}
	return nil
}

// Least gives the smallest number of products that a new copy is believed with.
func (f Feed) Least(before int) int {
	shrink := f.Shrink
	if shrink == 0 {
		shrink = defaultShrink
	}
	return int(shrink * float64(before))
}

// Next gives when the feed is to be fetched; ok is false for one without a
// schedule. What failed is tried again within the hour.
func (f Feed) Next(s FeedState) (at time.Time, ok bool) {
	hours := f.Hours
	if hours == 0 {
		return time.Time{}, false
	}
	if s.State == FeedFailed {
		hours = min(hours, retryHours)
	}
	if s.TriedAt.IsZero() {
		return time.Time{}, true
	}
	return s.TriedAt.Add(time.Duration(hours) * time.Hour), true
}
