package campaign

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/mailwright/mailwright/internal/consent"
	"github.com/mailwright/mailwright/internal/contact"
	"github.com/mailwright/mailwright/internal/fault"
)

// Parse reads a campaign. Fields that a campaign does not have are refused by
// name; what is not decided yet may be empty (see Check).
func Parse(body []byte) (Campaign, error) {
	var c Campaign
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return c, misread(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return c, fault.New(fault.Invalid, "something follows the end of the campaign")
	}
	if c.Include == nil {
		c.Include = []string{}
	}
	if c.Purpose == "" {
		c.Purpose = consent.Marketing
	}
	return c, nil
}

func misread(err error) error {
	if name, unknown := strings.CutPrefix(err.Error(), "json: unknown field "); unknown {
		name = strings.Trim(name, `"`)
		return fault.At(fault.Invalid, name, "a campaign has no field %q", name)
	}
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return fault.At(fault.Invalid, wrong.Field, "%s cannot be a %s", wrong.Field, wrong.Value)
	}
	return fault.New(fault.Invalid, "the campaign is no JSON: %w", err)
}

// Check holds the laws of a campaign that is to be sent and gives the first
// breach as fault.Invalid with its field. unsubscribe is the address in force, the
// campaign's own or the workspace's.
func (c Campaign) Check(unsubscribe string) error {
	switch {
	case strings.TrimSpace(c.Name) == "":
		return fault.At(fault.Invalid, "name", "give the campaign a name")
	case c.Template == "":
		return fault.At(fault.Invalid, "template", "choose what to send: a template")
	case c.ESP == "":
		return fault.At(fault.Invalid, "esp", "choose how to send: a sender")
	case c.From.Email == "":
		return fault.At(fault.Invalid, "from.email", "say from which address the campaign comes")
	case strings.ContainsAny(c.From.Name+c.From.Email+c.ReplyTo+c.Name, "\r\n\x00"):
		return fault.At(fault.Invalid, "from", "names and addresses are one line each")
	case c.Purpose == consent.Marketing && strings.TrimSpace(unsubscribe) == "":
		return fault.At(fault.Invalid, "unsubscribe", "marketing mail needs a way to unsubscribe: give an address (mailto:…) or a link (https://…)")
	}
	for field, address := range map[string]string{"from.email": c.From.Email, "reply_to": c.ReplyTo} {
		if address == "" {
			continue
		}
		if _, err := contact.NormalizeEmail(address); err != nil {
			return fault.At(fault.Invalid, field, "%q is no e-mail address", address)
		}
	}
	return nil
}
