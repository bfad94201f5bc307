// Package fault is the one error type that crosses layers: a code for programs,
// a message for people, and the field or path it speaks of.
//
// Inside a package errors are wrapped with fmt.Errorf as usual; where a failure
// first has a meaning for a user it is coded here, once. The edges (window,
// browser, CLI) turn codes into pages, HTTP statuses and exit codes; anything
// that carries no code is Internal there.
package fault

import (
	"errors"
	"fmt"
)

// Code says what kind of failure this is. The codes are part of the CLI's
// contract and never change their spelling.
type Code string

// The codes.
const (
	Invalid     Code = "invalid"     // the input is wrong and says where
	NotFound    Code = "not_found"   // the named thing does not exist
	Conflict    Code = "conflict"    // exists already, is busy, or was changed by someone else
	Denied      Code = "denied"      // not permitted: no consent, read-only file, wrong token
	Unavailable Code = "unavailable" // a file, disk, network or service cannot be reached now
	Cancelled   Code = "cancelled"   // the user stopped it
	Internal    Code = "internal"    // a defect of the program
)

// Error is a failure with a code. Message is a sentence for people: what
// happened, what was kept, what to do next. Field is the input it speaks of, a
// name or a path such as root.children[1].value; it may be empty.
type Error struct {
	Code    Code
	Message string
	Field   string
	Cause   error
}

// Error gives the message for people, with the field before it.
func (e *Error) Error() string {
	if e.Field != "" {
		return e.Field + ": " + e.Message
	}
	return e.Message
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// New makes a coded error with a formatted message; a %w verb sets its cause.
func New(code Code, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Code: code, Message: err.Error(), Cause: errors.Unwrap(err)}
}

// At is New for one field or path of the input.
func At(code Code, field, format string, args ...any) *Error {
	e := New(code, format, args...)
	e.Field = field
	return e
}

// As gives the first coded error that err is or wraps.
func As(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}

// CodeOf gives the code of err or of the first coded error it wraps, Internal
// where there is none, and "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e, ok := As(err); ok {
		return e.Code
	}
	return Internal
}

// Is reports whether err carries the code.
func Is(err error, code Code) bool { return err != nil && CodeOf(err) == code }
