// Package campaign holds campaigns, the plan a send is pinned to, and the
// states of its messages.
package campaign

import (
	"time"

	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/contact"
)

// Campaign is who gets what from whom, and why that is allowed.
type Campaign struct {
	Name        string          `json:"name"`
	Template    string          `json:"template"`                   // slug
	Version     int             `json:"template_version,omitempty"` // pinned; 0 is the newest, pinned when planned
	Include     []string        `json:"include"`                    // segments in: any of them; empty is everyone
	Exclude     []string        `json:"exclude,omitempty"`          // segments out
	Purpose     consent.Purpose `json:"purpose"`
	From        Address         `json:"from"`
	ReplyTo     string          `json:"reply_to,omitempty"`
	ESP         string          `json:"esp"`                   // slug
	Unsubscribe string          `json:"unsubscribe,omitempty"` // mailto: or https: ; may hold {{ email }}-style Liquid
	Policies    []Policy        `json:"policies,omitempty"`    // what is decided about problems
}

// Address is a name and an address of a sender.
type Address struct {
	Name  string `json:"name,omitempty"`
	Email string `json:"email"`
}

// RunState is where the run of a campaign stands.
type RunState string

// The states of a run, in their order; a paused one goes on to run again.
const (
	Planning RunState = "planning" // messages are being composed; one that was cut short is begun anew
	Planned  RunState = "planned"  // every message is composed and kept; nothing has left
	Running  RunState = "running"
	Paused   RunState = "paused"
	Finished RunState = "finished"
)

// Run is a planned campaign: its instant, template version and messages are
// pinned, and stay what they are. AsOf is the instant whose data the messages are
// made of: that of the check where there was one.
type Run struct {
	ID              int64
	Slug            string // of the campaign
	Campaign        Campaign
	TemplateVersion int
	AsOf            time.Time
	State           RunState
	Note            string // why it is paused, for people
	CreatedAt       time.Time
	FinishedAt      time.Time
	Unsubscribe     string // the address in force, Liquid
	Check           int64  // the check it was compared with; 0 for none
}

// MessageState is the fate of one message.
type MessageState string

// The fates of a message.
const (
	MessagePlanned  MessageState = "planned"
	MessageFailed   MessageState = "failed"   // could not be composed; never sent
	MessageSending  MessageState = "sending"  // handed to the ESP; no answer yet
	MessageAccepted MessageState = "accepted" // the ESP took it
	MessageRejected MessageState = "rejected" // the ESP refused it
	MessageUnknown  MessageState = "unknown"  // a crash or a lost answer; never sent again by itself
	MessageHeld     MessageState = "held"     // permission was gone, or it is not what was checked
)

// Message is one message of a run, without its parts.
type Message struct {
	ID        int64
	Run       int64
	Contact   contact.ID
	Email     string
	State     MessageState
	Key       string // idempotency key, the same for ever
	Subject   string
	Hash      [32]byte // SHA-256 of the composed parts
	Error     string   // for people, when failed, rejected, unknown or held
	Remote    string   // the ESP's id or answer
	UpdatedAt time.Time
}
