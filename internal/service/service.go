// Package service says what a content service is: a program of the business, or of
// somebody it trusts, that is asked by REST what an e-mail should say to each
// person, before the e-mails are composed. Its answers are seen in Liquid as
// services.SLUG.
//
// Asking is package remote's; keeping answers is the store's.
package service

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/fault"
)

// Service is how a content service is asked, and what it is told of people.
type Service struct {
	Name        string   `json:"name"`
	URL         string   `json:"url"`    // https, or http on this machine
	Fields      []string `json:"fields"` // attributes that it is told, and nothing else
	Batch       int      `json:"batch,omitempty"`
	TimeoutMS   int      `json:"timeout_ms,omitempty"`
	KeepMinutes int      `json:"keep_minutes,omitempty"`
	Secret      string   `json:"secret,omitempty"` // name of the token to send as Authorization: Bearer
}

// Bounds of a service.
const (
	MaxBatch       = 500
	MinTimeoutMS   = 100
	MaxTimeoutMS   = 30_000
	MaxKeepMinutes = 7 * 24 * 60
	maxFields      = 50
)

// What stands for a number that is left out.
const (
	DefaultBatch       = 100
	DefaultTimeoutMS   = 2_000
	DefaultKeepMinutes = 60
)

// Timeout bounds one request.
func (s Service) Timeout() time.Duration { return time.Duration(s.TimeoutMS) * time.Millisecond }

// Kept is how long an answer holds.
func (s Service) Kept() time.Duration { return time.Duration(s.KeepMinutes) * time.Minute }

// Parse reads a service and fills in what was left out. It returns fault.Invalid
// with the field for what a service does not have or must not be.
func Parse(body []byte) (Service, error) {
	s := Service{Batch: DefaultBatch, TimeoutMS: DefaultTimeoutMS, KeepMinutes: DefaultKeepMinutes}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return s, misread(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return s, fault.New(fault.Invalid, "something follows the end of the service")
	}
	if s.Fields == nil {
		s.Fields = []string{}
	}
	return s, s.check()
}

func misread(err error) error {
	if name, unknown := strings.CutPrefix(err.Error(), "json: unknown field "); unknown {
		name = strings.Trim(name, `"`)
		return fault.At(fault.Invalid, name, "a service has no field %q", name)
	}
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return fault.At(fault.Invalid, wrong.Field, "%s cannot be a %s", wrong.Field, wrong.Value)
	}
	return fault.New(fault.Invalid, "the service is no JSON: %w", err)
}

func (s Service) check() error {
	if err := s.checkURL(); err != nil {
		return err
	}
	for _, n := range []struct {
		field         string
		is, min, most int
	}{
		{"batch", s.Batch, 1, MaxBatch},
		{"timeout_ms", s.TimeoutMS, MinTimeoutMS, MaxTimeoutMS},
		{"keep_minutes", s.KeepMinutes, 0, MaxKeepMinutes},
		{"fields", len(s.Fields), 0, maxFields},
	} {
		if n.is < n.min || n.is > n.most {
			return fault.At(fault.Invalid, n.field, "%s must be from %d to %d", n.field, n.min, n.most)
		}
	}
	if i := slices.Index(s.Fields, ""); i >= 0 {
		return fault.At(fault.Invalid, "fields", "name attributes, such as country")
	}
	return nil
}

// checkURL wants an address that nobody on the way can read: what is sent are
// people's data.
func (s Service) checkURL() error {
	u, err := url.Parse(s.URL)
	switch {
	case err != nil || u.Host == "":
		return fault.At(fault.Invalid, "url", "%q is no address: give one that begins with https://", s.URL)
	case u.User != nil:
		return fault.At(fault.Invalid, "url", "no password in the address: name a secret instead")
	case u.Scheme == "https", u.Scheme == "http" && local(u.Hostname()):
		return nil
	}
	return fault.At(fault.Invalid, "url", "people's data travel by https only; http is for a service on this machine")
}

func local(host string) bool { return host == "localhost" || host == "127.0.0.1" || host == "::1" }

// JSON gives the service as it is kept.
func (s Service) JSON() ([]byte, error) { return json.Marshal(s) }
