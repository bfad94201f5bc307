package campaign

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/url"
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
	if err := checkPolicies(c.Policies); err != nil {
		return c, err
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
	}
	if err := checkAddress("from.email", c.From.Email); err != nil {
		return err
	}
	if err := checkAddress("reply_to", c.ReplyTo); c.ReplyTo != "" && err != nil {
		return err
	}
	if strings.Contains(unsubscribe, "{{") || strings.Contains(unsubscribe, "{%") {
		return nil // only with a person's data is it an address
	}
	return c.CheckUnsubscribe(unsubscribe)
}

func checkAddress(field, address string) error {
	if _, err := contact.NormalizeEmail(address); err != nil {
		return fault.At(fault.Invalid, field, "%q is no e-mail address", address)
	}
	return nil
}

// CheckUnsubscribe says whether one person's address to unsubscribe will do:
// mailto:, https: or http:, on one line. Marketing needs one; other mail may go
// without (fault.Invalid).
func (c Campaign) CheckUnsubscribe(address string) error {
	if address == "" {
		if c.Purpose != consent.Marketing {
			return nil
		}
		return fault.At(fault.Invalid, "unsubscribe", "marketing mail needs a way to unsubscribe: give an address (mailto:…) or a link (https://…)")
	}
	u, err := url.Parse(address)
	switch {
	case err != nil || strings.ContainsAny(address, "\r\n\x00"):
	case u.Scheme == "mailto":
		if checkAddress("", u.Opaque) == nil {
			return nil
		}
	case u.Scheme == "https" || u.Scheme == "http":
		if u.Host != "" {
			return nil
		}
	}
	return fault.At(fault.Invalid, "unsubscribe", "%q is no way to unsubscribe: it is mailto: with an address, or a link with https://", address)
}
