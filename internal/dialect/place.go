package dialect

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/mailwright/mailwright/internal/fault"
)

// Place is where something stands in a source. Lines and columns begin at 1;
// columns count characters.
type Place struct {
	Name   string // the source's name, as given to Parse
	Line   int
	Column int
}

// String gives "name, line 3, column 7"; without a name it begins with line.
func (p Place) String() string {
	s := fmt.Sprintf("line %d, column %d", p.Line, p.Column)
	if p.Name != "" {
		return p.Name + ", " + s
	}
	return s
}

// Error is a failure of a template with its place. It is the cause of the
// fault.Invalid errors that Parse and Render return.
type Error struct {
	Place   Place
	Message string
	Limit   bool // a limit of the message was passed, and not the template's logic
}

// Error gives the place and the message.
func (e *Error) Error() string { return e.Place.String() + ": " + e.Message }

// PlaceOf gives the place of a template's failure.
func PlaceOf(err error) (Place, bool) {
	var e *Error
	if errors.As(err, &e) {
		return e.Place, true
	}
	return Place{}, false
}

// coded makes the error that leaves the package.
func coded(e *Error) error {
	return &fault.Error{Code: fault.Invalid, Field: e.Place.String(), Message: e.Message, Cause: e}
}

// source is a named text; it turns offsets into places.
type source struct {
	name string
	text string
}

func (s *source) place(offset int) Place {
	before := s.text[:max(0, min(offset, len(s.text)))]
	start := strings.LastIndexByte(before, '\n') + 1
	return Place{
		Name:   s.name,
		Line:   strings.Count(before, "\n") + 1,
		Column: utf8.RuneCountInString(before[start:]) + 1,
	}
}

func (s *source) errorf(offset int, format string, args ...any) *Error {
	return &Error{Place: s.place(offset), Message: fmt.Sprintf(format, args...)}
}
