// Package consent is the law of who may be written to: purposes, an append-only
// ledger of what each contact agreed to and where that came from, suppression,
// and Permission, whose zero value refuses.
package consent

import (
	"time"

	"github.com/mailwright/mailwright/internal/contact"
)

// Purpose is what a contact may consent to: "marketing", "recommendations", "profiling".
type Purpose string

// Marketing is the purpose of campaigns unless another is named.
const Marketing Purpose = "marketing"

// Purposes lists the purposes a new workspace has.
var Purposes = []Purpose{Marketing, "recommendations", "profiling"}

// State is what a ledger entry says.
type State string

// What an entry can say.
const (
	Granted   State = "granted"
	Confirmed State = "confirmed" // granted, and proven by a second step (double opt-in)
	Withdrawn State = "withdrawn"
)

// Entry is one line of the ledger. Entries are never changed; a later entry says otherwise.
type Entry struct {
	ID        int64
	Contact   contact.ID
	Purpose   Purpose
	State     State
	Source    string // where it was given: "import customers.csv", "checkout form", …
	At        time.Time
	ExpiresAt time.Time // zero: does not expire
	Batch     int64     // the import that wrote it, 0 for none
	Reverts   int64     // the entry whose effect an undo takes back, 0 for none
}

// Permission says whether one contact may be written to for one purpose at one
// instant, and why not. The zero Permission refuses.
type Permission struct {
	Allowed bool
	Reason  Reason
}

// Reason is why a permission is refused; "" when it is given.
type Reason string

// Why a permission is refused.
const (
	NoConsent   Reason = "no_consent" // nothing in the ledger for the purpose
	WithdrawnBy Reason = "withdrawn"  // the newest entry withdraws
	Expired     Reason = "expired"    // the grant has run out
	Suppressed  Reason = "suppressed" // the address is on the suppression list

)
