package consent

import "time"

// Standing is what the ledger says of one contact and one purpose at an instant.
type Standing struct {
	State     State // "" when there is no entry
	Source    string
	At        time.Time
	ExpiresAt time.Time
}

// Granted reports whether the standing is a grant that has not run out at the
// instant. Suppression is not consent and is not looked at here.
func (s Standing) Granted(at time.Time) bool {
	return (s.State == Granted || s.State == Confirmed) && (s.ExpiresAt.IsZero() || s.ExpiresAt.After(at))
}

// Decide combines the ledger's standing with suppression into the permission to
// write at the instant.
func Decide(s Standing, suppressed bool, at time.Time) Permission {
	switch {
	case suppressed:
		return Permission{Reason: Suppressed}
	case s.Granted(at):
		return Permission{Allowed: true}
	case s.State == "":
		return Permission{Reason: NoConsent}
	case s.State == Withdrawn:
		return Permission{Reason: WithdrawnBy}
	}
	return Permission{Reason: Expired}
}

// Label says a reason in words.
func (r Reason) Label() string {
	switch r {
	case NoConsent:
		return "no consent for this purpose"
	case WithdrawnBy:
		return "unsubscribed"
	case Expired:
		return "consent has run out"
	case Suppressed:
		return "on the suppression list"
	}
	return "not decided"
}
