// Package esp says what an adapter to an e-mail service provider is. The adapters
// are in the folders below, one each, and do not know each other; package send
// lists them. An adapter describes its settings as data, from which the form, the
// help and the docs are drawn, and is held to the same laws by the tests of package
// conformance.
//
// An adapter is opened for a run (Kind.Open), delivers letters from several
// goroutines at once, and is closed. What became of a letter is an Outcome, and its
// one hard rule is: when it is not certain whether the provider has the letter, the
// outcome is Unknown, so that nobody gets a message twice.
package esp

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/mailwright/mailwright/internal/fault"
	"github.com/mailwright/mailwright/internal/secret"
)

// Letter is a message as adapters get it.
type Letter struct {
	Key       string // idempotency key, the same for ever
	Campaign  string // slug
	Date      time.Time
	From      string // address of the sender
	To        string
	Subject   string
	Preheader string
	HTML      string
	Text      string
	Blocks    []Block // the top-level blocks' HTML, in order
	Frame     Frame   // the document around them
	MIME      []byte  // the whole e-mail; nil for adapters that do not take it
	Pictures  []Picture
}

// Picture is a picture that the HTML shows.
type Picture struct {
	Name      string
	Reference string // how the HTML refers to it: cid:…
	Bytes     []byte
}

// Block is one top-level block of a letter.
type Block struct{ ID, HTML string }

// Frame is the document around the blocks: Head, subject, Middle, preheader, Body,
// blocks, Foot.
type Frame struct{ Head, Middle, Body, Foot string }

// State is what became of a letter.
type State int

// What becomes of a letter. Unknown, that the provider may have it or not, is the
// zero State, so that an outcome that nobody filled in never leads to a second
// sending.
const (
	Unknown  State = iota
	Accepted       // the provider took it
	Rejected       // the provider refused it for good
	Later          // it was not taken now, for a reason that passes; nobody has it
	Stop           // nothing can be sent now; nobody has it
)

// Outcome is what became of a letter and what the provider said, for people.
type Outcome struct {
	State  State
	Answer string
}

// Adapter delivers letters. Its methods may be called from many goroutines.
type Adapter interface {
	// Deliver hands a letter over. When ctx ends before the handing over began, it
	// gives Later; once it has begun, it does not stop half-way.
	Deliver(ctx context.Context, l Letter) Outcome
	// Close ends the run and releases what was held; closing again does nothing.
	Close() error
}

// Syncer is an adapter whose accepted letters are safe from a power cut only after
// Sync. It is called before their fates are written down.
type Syncer interface {
	Sync() error
}

// Tester is an adapter that can be tried without sending.
type Tester interface {
	// Test connects and gives what the provider said.
	Test(ctx context.Context) (answer string, err error)
}

// FieldType is how a setting is given.
type FieldType string

// The types of settings, and so of the fields of a form.
const (
	// Text is one line.
	Text    FieldType = "text"
	Number  FieldType = "number"
	Secret  FieldType = "secret" // the name of a secret; its value is kept elsewhere
	Choice  FieldType = "choice"
	Folder  FieldType = "folder"
	Boolean FieldType = "boolean"
)

// Field is one setting of an adapter.
type Field struct {
	Name     string    `json:"name"`
	Label    string    `json:"label"`
	Type     FieldType `json:"type"`
	Options  []string  `json:"options"`
	Default  string    `json:"default"`
	Required bool      `json:"required"`
	Help     string    `json:"help"`
}

// Kind is an adapter as a row of the list.
type Kind struct {
	Name        string
	Label       string
	About       string
	Fields      []Field
	TakesMIME   bool // it wants whole e-mails
	Idempotent  bool // a letter delivered twice is there once, so one whose fate is not known is delivered again
	Connections int  // letters that are under way at once, unless the settings say otherwise
	Open        func(ctx context.Context, s Settings, env Env) (Adapter, error)
}

// windowIdempotent is how many letters are under way at once with an adapter that
// takes a letter twice without harm.
const windowIdempotent = 64

// Window is how many letters may be marked as under way at once: two for each
// connection, so that one is ready while the fate of another is written down and a
// crash still leaves few of unknown fate; more where that does no harm.
func (k Kind) Window() int {
	if k.Idempotent {
		return max(k.Connections, windowIdempotent)
	}
	return 2 * max(k.Connections, 1)
}

// ConnectionsField is the setting by which a sender says how many letters may be
// under way at once.
const ConnectionsField = "connections"

// With is the kind as a sender's settings have it.
func (k Kind) With(s Settings) Kind {
	if n := int(s.Number(ConnectionsField)); n > 0 {
		k.Connections = n
	}
	return k
}

// Env is what an adapter gets from its surroundings.
type Env struct {
	Folder string // relative folders are below it
	Secret func(name string) (string, error)
	Now    func() time.Time
}

// Settings are the checked settings of one sender.
type Settings map[string]string

// Read checks a sender's JSON against the kind: every field known and of its type,
// required ones there, defaults filled in. It returns fault.Invalid naming the field.
func (k Kind) Read(body []byte) (Settings, error) {
	var raw map[string]any
	d := json.NewDecoder(strings.NewReader(string(body)))
	d.UseNumber()
	if err := d.Decode(&raw); err != nil {
		return nil, fault.New(fault.Invalid, "the settings are no JSON object: %w", err)
	}
	s := Settings{}
	for _, f := range k.Fields {
		s[f.Name] = f.Default
	}
	for name, v := range raw {
		if name == "adapter" {
			continue
		}
		f, ok := k.field(name)
		if !ok {
			return nil, fault.At(fault.Invalid, name, "%s has no setting %q", k.Label, name)
		}
		text, err := f.read(v)
		if err != nil {
			return nil, err
		}
		s[name] = text
	}
	for _, f := range k.Fields {
		if f.Required && s[f.Name] == "" {
			return nil, fault.At(fault.Invalid, f.Name, "%s is needed", f.Label)
		}
	}
	return s, nil
}

func (k Kind) field(name string) (Field, bool) {
	for _, f := range k.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

func (f Field) read(v any) (string, error) {
	text := fmt.Sprint(v)
	switch v := v.(type) {
	case nil:
		return f.Default, nil
	case string:
		text = strings.TrimSpace(v)
	case json.Number:
		if f.Type != Number {
			return "", fault.At(fault.Invalid, f.Name, "%s is text in quotes, not a number", f.Label)
		}
	case bool:
		if f.Type != Boolean {
			return "", fault.At(fault.Invalid, f.Name, "%s is not true or false", f.Label)
		}
	default:
		return "", fault.At(fault.Invalid, f.Name, "%s is one value", f.Label)
	}
	switch f.Type {
	case Number:
		if n, err := json.Number(text).Float64(); text != "" && (err != nil || n < 0) {
			return "", fault.At(fault.Invalid, f.Name, "%s is a number from 0 on, not %q", f.Label, text)
		}
	case Secret:
		if text == "" {
			return "", nil
		}
		if err := secret.CheckName(text); err != nil {
			return "", fault.At(fault.Invalid, f.Name, "%s is the name under which it is kept, not the password itself: letters, digits, -, _ and .", f.Label)
		}
	case Boolean:
		if text != "true" && text != "false" {
			return "", fault.At(fault.Invalid, f.Name, "%s is true or false", f.Label)
		}
	case Choice:
		for _, o := range f.Options {
			if o == text {
				return text, nil
			}
		}
		return "", fault.At(fault.Invalid, f.Name, "%s is one of %s", f.Label, strings.Join(f.Options, ", "))
	}
	if strings.ContainsAny(text, "\r\n\x00") {
		return "", fault.At(fault.Invalid, f.Name, "%s is one line", f.Label)
	}
	return text, nil
}

// Number gives a number setting; 0 where it is empty.
func (s Settings) Number(name string) float64 {
	n, _ := json.Number(s[name]).Float64() // checked by Read
	return n
}
