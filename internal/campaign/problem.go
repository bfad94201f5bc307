package campaign

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
)

// ProblemKind is what is noticed about a message.
type ProblemKind string

// The kinds of problems.
const (
	NotMade   ProblemKind = "error"    // there is no message; it is never sent
	NoSubject ProblemKind = "subject"  // the subject is empty
	Missing   ProblemKind = "missing"  // a variable has no value, and nothing stands in
	NoPicture ProblemKind = "picture"  // a product or an image without a picture
	Refused   ProblemKind = "link"     // an address that may not stand in a message was taken out
	Oversize  ProblemKind = "oversize" // Gmail cuts messages above 102 KB
	Fallback  ProblemKind = "fallback" // a block took its fallback
	StandIn   ProblemKind = "default"  // a default stands in for a variable
)

// ProblemKinds gives all kinds, the gravest first.
func ProblemKinds() []ProblemKind {
	return []ProblemKind{NotMade, NoSubject, Missing, NoPicture, Refused, Oversize, Fallback, StandIn}
}

// Problem is one thing noticed about a message. Equal problems of different people
// are equal values: nothing of a person is in them.
type Problem struct {
	Kind    ProblemKind `json:"kind"`
	Place   string      `json:"place"`   // the block, with the line where there is one; subject; preheader; "" for the whole
	Message string      `json:"message"` // the variable, the cause
}

// Block gives the place without the line.
func (p Problem) Block() string {
	block, _, _ := strings.Cut(p.Place, ",")
	return block
}

// String says the problem in a few words: "no country in greet".
func (p Problem) String() string {
	in := ""
	if p.Block() != "" {
		in = " in " + p.Block()
	}
	switch p.Kind {
	case NotMade:
		return "no message: " + p.Message + in
	case NoSubject:
		return "no subject"
	case Missing:
		return "no " + p.Message + in
	case NoPicture:
		return p.Message + in
	case Refused:
		return "without a link (" + p.Message + ")"
	case Oversize:
		return "too large for Gmail"
	case Fallback:
		return "the fallback" + in
	case StandIn:
		return "a default for " + p.Message + in
	}
	return p.Message + in
}

// Decision is what is to be done about a problem.
type Decision string

// The decisions. Without one, a message that could not be made stays out and is
// listed, and every other message is sent.
const (
	Stop   Decision = "block"  // nothing is sent while anybody has it
	Skip   Decision = "skip"   // those people are left out
	Accept Decision = "accept" // it is sent as it is
)

// Policy is a decision about a problem, and whose it was. Without a place and a
// message it is about every problem of its kind that no other policy names.
type Policy struct {
	Kind    ProblemKind `json:"kind"`
	Place   string      `json:"place,omitempty"`
	Message string      `json:"message,omitempty"`
	Do      Decision    `json:"do"`
	By      string      `json:"by,omitempty"`
	At      string      `json:"at,omitempty"` // RFC 3339
}

// Decide gives the policy for a problem; its Do is "" where nothing was decided.
func (c Campaign) Decide(p Problem) (found Policy) {
	for _, one := range c.Policies {
		switch {
		case one.Kind != p.Kind:
		case one.Place == p.Place && one.Message == p.Message:
			return one
		case one.Place == "" && one.Message == "":
			found = one
		}
	}
	return found
}

// WithPolicy gives the campaign with a decision in place of the one about the same
// problem; a Do of "" takes it back.
func (c Campaign) WithPolicy(p Policy) Campaign {
	list := []Policy{}
	for _, one := range c.Policies {
		if one.Kind != p.Kind || one.Place != p.Place || one.Message != p.Message {
			list = append(list, one)
		}
	}
	if p.Do != "" {
		list = append(list, p)
	}
	c.Policies = list
	return c
}

func checkPolicies(list []Policy) error {
	for _, p := range list {
		known := false
		for _, k := range ProblemKinds() {
			known = known || k == p.Kind
		}
		switch {
		case !known:
			return fault.At(fault.Invalid, "policies", "%q is no kind of problem", p.Kind)
		case p.Do != Stop && p.Do != Skip && p.Do != Accept:
			return fault.At(fault.Invalid, "policies", "%q is none of block, skip, accept", p.Do)
		case p.Do == Accept && p.Kind == NotMade:
			return fault.At(fault.Invalid, "policies", "a message that could not be made cannot be sent: skip those people, or block")
		}
	}
	return nil
}

// Basis is a fingerprint of everything in the campaign that decides who gets what.
// Policies are not in it: deciding about a problem does not make a check old.
func (c Campaign) Basis() string {
	c.Policies = nil
	body, _ := json.Marshal(c) // strings and numbers always marshal
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:12])
}

// Fingerprint is the first half of the SHA-256 of a message's parts; zero is no message.
type Fingerprint [16]byte

// Checked is what a check keeps of one person.
type Checked struct {
	Contact contact.ID
	Hash    Fingerprint
	Way     int // which of the distinct ways the message comes out; 0 is none of those kept
}
