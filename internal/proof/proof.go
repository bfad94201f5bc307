// Package proof renders a message for everybody of an audience before anything
// leaves, with the renderer that will send it, and sums up what came out: which
// branches, variants and fallbacks people get (and which nobody gets), which
// variables are missing for whom, which messages fail and why, which are too large
// or the same as another's, and one real person for each distinct way the e-mail
// comes out.
//
// A Proof is made by a Collector, which is handed one result after another and
// keeps counts, and of each person a fingerprint of the message and the number of
// the way it comes out; never messages. What is kept so is what is sent: planning
// compares each message with its fingerprint (see internal/send).
package proof

import (
	"time"

	"github.com/mailwright/mailwright/internal/campaign"
	"github.com/mailwright/mailwright/internal/contact"
)

// shown is how many people of a group are kept; the others are found by their way.
const shown = 50

// maxWays bounds how many distinct ways are kept. Whoever comes out another way is
// counted as one of Others, and in every group all the same.
const maxWays = 5000

// maxTwins bounds how many groups of equal messages are listed.
const maxTwins = 20

// Group is the people with the same problem.
type Group struct {
	campaign.Problem
	Item     int          `json:"item"` // its number, by which ways name it
	Count    int          `json:"count"`
	Contacts []contact.ID `json:"contacts"` // the first of them
}

// RowSort says what a row of the coverage counts.
type RowSort string

// The sorts of rows.
const (
	ByBranch   RowSort = "branch"   // took a branch of a choice, or its default
	ByNothing  RowSort = "nothing"  // the rule chose nothing
	ByFallback RowSort = "fallback" // got the fallback of a block
	NotReached RowSort = "not_reached"
)

// Row is one way a block can go, and who goes it; Count may be 0. The rows of one
// choice add up to all messages: who does not come to it (another variant around
// it was taken, or the message failed before) is a row of its own.
type Row struct {
	Sort     RowSort      `json:"sort"`
	Block    string       `json:"block"`
	Path     string       `json:"path"`    // of the block
	Branch   string       `json:"branch"`  // the path in the rule
	Name     string       `json:"name"`    // of the branch
	Variant  string       `json:"variant"` // "" is nothing
	Item     int          `json:"item"`    // 0 for NotReached, which nobody's message shows
	Count    int          `json:"count"`
	Contacts []contact.ID `json:"contacts"`
}

// Way is one distinct way the e-mail comes out: the same branches, the same
// fallbacks, the same gaps.
type Way struct {
	Number  int        `json:"number"` // from 1, in the order met
	Items   []int      `json:"items"`
	Words   []string   `json:"words"` // what sets it apart
	Count   int        `json:"count"`
	Contact contact.ID `json:"contact"` // one person who gets it
	Adds    bool       `json:"adds"`    // shows something that no rarer way before it shows
}

// Twins are people who get the very same message.
type Twins struct {
	Count    int          `json:"count"`
	Contacts []contact.ID `json:"contacts"` // the first of them
}

// Proof is what rendering everybody showed.
type Proof struct {
	Total    int           `json:"total"`    // people to check
	Messages int           `json:"messages"` // checked, the failed among them; fewer than Total when it was stopped
	Failed   int           `json:"failed"`
	Groups   []Group       `json:"groups"` // the gravest and largest first
	Rows     []Row         `json:"rows"`   // in the order of the message
	Ways     []Way         `json:"ways"`   // rarest first
	Others   int           `json:"others"` // people of ways beyond those that are kept
	Twins    []Twins       `json:"twins"`  // largest first
	Alike    int           `json:"alike"`  // people whose message somebody else gets too
	BytesMax int           `json:"bytes_max"`
	BytesSum int64         `json:"bytes_sum"`
	Took     time.Duration `json:"took"`
}

// WaysWith gives the numbers of the ways that show an item.
func (p Proof) WaysWith(item int) []int {
	numbers := []int{}
	for _, w := range p.Ways {
		for _, i := range w.Items {
			if i == item {
				numbers = append(numbers, w.Number)
			}
		}
	}
	return numbers
}
