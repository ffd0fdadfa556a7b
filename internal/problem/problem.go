// Package problem says what went wrong in terms a page can show: a kind, which
// decides the status, and a message key, which decides the words.
//
// It knows no language, no status code and no page: those belong to the door.
package problem

import (
	"errors"
	"fmt"
	"time"
)

// Kind says which sort of answer an error deserves.
type Kind int

const (
	// Internal is our fault; the person learns nothing but a number to quote.
	Internal Kind = iota
	// NotFound is also the answer for what exists but belongs to someone else.
	NotFound
	// Unauthenticated asks the person to sign in first.
	Unauthenticated
	// Forbidden is for a verb the person's role does not have.
	Forbidden
	// Invalid is input that can be put right; Fields says where.
	Invalid
	// Conflict is a request that does not fit the present state.
	Conflict
	// TooMany asks the person to wait; RetryAfter says how long.
	TooMany
	// Unavailable is for storage that cannot answer now; nothing was done.
	Unavailable
)

// Error is a problem with everything a page needs to explain it.
type Error struct {
	Kind       Kind
	Key        string            // message key of the sentence shown
	Args       map[string]any    // values for the sentence
	Fields     map[string]string // form field -> message key, for Invalid
	RetryAfter time.Duration     // for TooMany and Unavailable; 0 = not said
	Err        error             // the cause, for the log only
}

// New makes a problem of a kind. args are pairs of name and value.
func New(kind Kind, key string, args ...any) *Error {
	e := &Error{Kind: kind, Key: key}
	for i := 0; i+1 < len(args); i += 2 {
		if e.Args == nil {
			e.Args = make(map[string]any, len(args)/2)
		}
		e.Args[fmt.Sprint(args[i])] = args[i+1]
	}
	return e
}

// InvalidField makes an Invalid problem about one form field.
func InvalidField(field, key string, args ...any) *Error {
	e := New(Invalid, key, args...)
	e.Fields = map[string]string{field: key}
	return e
}

// Because returns the problem with its cause attached.
func (e *Error) Because(err error) *Error {
	c := *e
	c.Err = err
	return &c
}

// After returns the problem with the time to wait before trying again.
func (e *Error) After(d time.Duration) *Error {
	c := *e
	c.RetryAfter = d
	return &c
}

// Error is for logs; people are shown the message of Key.
func (e *Error) Error() string {
	if e.Err != nil {
		return e.Key + ": " + e.Err.Error()
	}
	return e.Key
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// As returns the problem in err's chain, if there is one.
func As(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}

// KindOf returns the kind of err; an error of no kind is Internal.
func KindOf(err error) Kind {
	if e, ok := As(err); ok {
		return e.Kind
	}
	return Internal
}
