package render

import (
	"crypto/sha256"
	"encoding/binary"
	"time"

	"github.com/mailwright/mailwright/internal/catalog"
	"github.com/mailwright/mailwright/internal/condition"
	"github.com/mailwright/mailwright/internal/profile"
	"github.com/mailwright/mailwright/internal/rule"
)

// Context is what a message is made for, the same for everybody of a campaign
// but for the links.
type Context struct {
	AsOf           time.Time
	Zone           *time.Location
	Campaign       string // name
	Slug           string
	Arm            string
	UnsubscribeURL string
	PreferencesURL string
	ViewURL        string
	PostalAddress  string
	Judge          rule.Judge
	Products       []catalog.Product // the catalogue, newest first
	Money          func(catalog.Product) string
	Explain        bool // fill the trace's explanations; previews do, campaigns do not
}

// Message is one rendered e-mail.
type Message struct {
	Subject   string
	Preheader string
	HTML      string
	Text      string
	Blocks    []BlockPart // the top-level blocks, in order
	Bytes     int         // of HTML
}

// BlockPart is one top-level block of a message.
type BlockPart struct {
	ID   string
	HTML string
	Text string
}

// Hash gives the SHA-256 over the message's parts, each with its length before it.
func (m Message) Hash() [32]byte {
	h := sha256.New()
	for _, s := range []string{m.Subject, m.Preheader, m.HTML, m.Text} {
		_ = binary.Write(h, binary.BigEndian, int64(len(s)))
		_, _ = h.Write([]byte(s))
	}
	return [32]byte(h.Sum(nil))
}

// Trace is what a message was made of.
type Trace struct {
	Blocks  []BlockTrace `json:"blocks"`
	Missing []Missing    `json:"missing"` // of subject and preheader
	Refused []string     `json:"refused"` // addresses that may not stand in a message

	Services []profile.Answer `json:"services,omitempty"` // what content services said
}

// BlockTrace is what became of one block.
type BlockTrace struct {
	ID       string      `json:"id"`
	Path     string      `json:"path"`
	Kind     string      `json:"kind"`
	Depth    int         `json:"depth"` // 0 for top-level blocks
	Rule     *RuleTrace  `json:"rule"`
	Variant  string      `json:"variant"`
	Fallback bool        `json:"fallback"` // the fallback was taken
	Reason   string      `json:"reason"`   // why, in words
	Hidden   bool        `json:"hidden"`   // the rule chose nothing, so nothing is shown
	Missing  []Missing   `json:"missing"`
	Picks    []PickTrace `json:"picks"`
	Start    int         `json:"start"` // where the block lies in the message's HTML, in bytes …
	End      int         `json:"end"`   // … nested ones only where the trace explains; 0 and 0 is nowhere
}

// RuleTrace is what a rule tried and chose.
type RuleTrace struct {
	Chosen string       `json:"chosen"`
	Path   string       `json:"path"`
	Tried  []TriedTrace `json:"tried"`
}

// TriedTrace is one branch that was looked at.
type TriedTrace struct {
	Path    string                 `json:"path"`
	Name    string                 `json:"name"`
	Choose  string                 `json:"choose"`
	Holds   bool                   `json:"holds"`
	Because *condition.Explanation `json:"because"`
}

// PickTrace is a product that was shown and why.
type PickTrace struct {
	SKU    string `json:"sku"`
	Title  string `json:"title"`
	Reason string `json:"reason"`

	NoImage bool `json:"no_image,omitempty"`
}

// Missing is a variable that had no value.
type Missing struct {
	Name    string `json:"name"`
	Where   string `json:"where"` // the block or field
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Covered bool   `json:"covered"` // a default or a fallback stood in
}

// Gaps gives the missing variables that nothing stood in for.
func (t Trace) Gaps() []Missing {
	var gaps []Missing
	collect := func(list []Missing, covered bool) {
		for _, m := range list {
			if !m.Covered && !covered {
				gaps = append(gaps, m)
			}
		}
	}
	collect(t.Missing, false)
	for _, b := range t.Blocks {
		collect(b.Missing, b.Fallback)
	}
	return gaps
}
