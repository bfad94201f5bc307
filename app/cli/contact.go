package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/mailwright/mailwright/app"
)

type contactCommands struct {
	Show   contactShow   `cmd:"" help:"Show what is known of a person."`
	List   contactList   `cmd:"" help:"List people."`
	Export contactExport `cmd:"" help:"Print everything known of a person as JSON."`
	Erase  contactErase  `cmd:"" help:"Take a person out for good. It cannot be taken back."`
}

// person names somebody by an address in any writing.
type person struct {
	Email string `arg:"" help:"The person's address."`
}

// open opens the workspace and finds the person.
func (c person) open(rt *runtime) (*app.App, int64, error) {
	a, err := rt.open()
	if err != nil {
		return nil, 0, err
	}
	id, err := a.ContactID(rt.ctx, c.Email)
	return a, id, err
}

type contactShow struct{ person }

// Run shows a person.
func (c contactShow) Run(rt *runtime) error {
	a, id, err := c.open(rt)
	if err != nil {
		return err
	}
	d, err := a.Contacts().Get(rt.ctx, id)
	if err != nil {
		return err
	}
	return rt.print(d, func(w io.Writer) { writePerson(w, d) })
}

func writePerson(w io.Writer, d app.ContactDetail) {
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\n", args...) }
	say("%s  %s  (contact %d, known since %s)", d.Email, d.Name, d.ID, day(d.CreatedAt))
	if d.Suppressed != nil {
		say("  never written to: %s", d.Suppressed.Reason)
	}
	for _, a := range d.Attributes {
		if a.Value.IsSet() {
			say("  %-20s %s", a.Name, a.Value)
		}
	}
	for _, c := range d.Consents {
		if c.State != "" {
			say("  consent to %-9s %s since %s (%s)", c.Purpose, c.State, day(c.At), c.Source)
		}
	}
	for _, e := range d.EventCounts {
		say("  %-20s %d times, last on %s", e.Event, e.Count, day(e.LastAt))
	}
	var in []string
	for _, s := range d.Segments {
		in = append(in, s.Slug)
	}
	if len(in) > 0 {
		say("  in the segments      %s", strings.Join(in, ", "))
	}
	for _, m := range d.Messages {
		say("  message %-12d %s: %s (%s)", m.ID, m.Campaign, m.Subject, m.State)
	}
}

func day(ms int64) string { return time.UnixMilli(ms).UTC().Format(time.DateOnly) }

type contactList struct {
	Segment string `placeholder:"S" help:"Only the people in this segment."`
	Search  string `placeholder:"Q" help:"Words in the address, the names or the customer number."`
}

// Run lists people, page by page, so that any number of them takes little memory.
func (c contactList) Run(rt *runtime) error {
	a, err := rt.open()
	if err != nil {
		return err
	}
	const page = 500
	columns := []string{"first_name", "last_name", "country"}
	for offset := 0; ; offset += page {
		got, err := a.Contacts().List(rt.ctx, app.ContactQuery{Segment: c.Segment, Search: c.Search, Columns: columns, Offset: offset, Limit: page})
		if err != nil {
			return err
		}
		header := []string{"EMAIL", "FIRST NAME", "LAST NAME", "COUNTRY"}
		if offset > 0 {
			header = nil
		}
		if err := list(rt, got.Rows, header, func(r app.ContactRow) []string {
			return []string{r.Email, r.Values["first_name"].String(), r.Values["last_name"].String(), r.Values["country"].String()}
		}); err != nil {
			return err
		}
		if len(got.Rows) < page {
			return nil
		}
	}
}

type contactExport struct{ person }

// Run prints everything known of a person: JSON, with --json or without.
func (c contactExport) Run(rt *runtime) error {
	a, id, err := c.open(rt)
	if err != nil {
		return err
	}
	e, err := a.Contacts().Export(rt.ctx, id)
	if err != nil {
		return err
	}
	return rt.line(e)
}

type contactErase struct{ person }

// Run erases a person.
func (c contactErase) Run(rt *runtime) error {
	a, id, err := c.open(rt)
	if err != nil {
		return err
	}
	if err := a.Contacts().Erase(rt.ctx, id); err != nil {
		return err
	}
	return rt.print(map[string]int64{"erased": id}, func(w io.Writer) {
		_, _ = fmt.Fprintln(w, "Erased. Imports will not bring this person back.")
	})
}
