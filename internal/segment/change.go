package segment

import "github.com/mailwright/mailwright/internal/contact"

// Cause is why people joined or left a segment.
type Cause string

// The causes.
const (
	First      Cause = "first"      // it was counted for the first time
	Data       Cause = "data"       // what is known of people changed
	Time       Cause = "time"       // time alone moved a window
	Definition Cause = "definition" // its condition, its group or a segment it names was changed
)

// Change is one moment at which people joined or left.
type Change struct {
	ID      int64
	At      int64 // Unix ms: the instant the members were answered for
	Cause   Cause
	Version int // of the definition
	Size    int // after it
	Joined  People
	Left    People
}

// Move is one person's joining or leaving.
type Move struct {
	Segment string // slug
	Contact contact.ID
	At      int64 // Unix ms
	Joined  bool
	Cause   Cause
}

// Day is how a segment moved on one local day.
type Day struct {
	Date   int64 // days since 1970-01-01 in the workspace's zone
	Size   int   // at its end, or now
	Joined int   // since it was counted first, through data and time
	Left   int
	Edited bool // the definition was changed
}
