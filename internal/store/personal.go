package store

import (
	"errors"
	"strings"
)

// Personal is how a table tells of a person: a text that reads what is theirs,
// with the person's id for every parameter. What would help somebody else more
// than the person, such as the hash of a password, is not among its columns.
type Personal struct{ Table, Query string }

// Apart is a table that holds nothing about a person that is theirs to take, and
// why.
type Apart struct{ Table, Why string }

// About runs the text for a person. The rows must be closed.
func (p Personal) About(rx Rx, person string) (Rows, error) {
	args := make([]any, strings.Count(p.Query, "?"))
	for i := range args {
		args[i] = person
	}
	rows, err := rx.Query(p.Query, args...)
	return rows, Explain(err)
}

// Count says how many rows the text gives for a person.
func (p Personal) Count(rx Rx, person string) (n int, err error) {
	counted := Personal{p.Table, "SELECT count(*) FROM (" + p.Query + ")"}
	rows, err := counted.About(rx, person)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	if rows.Next() {
		err = rows.Scan(&n)
	}
	return n, errors.Join(err, rows.Err())
}

// Rows are what a text gives, one after the other.
type Rows interface {
	Columns() ([]string, error)
	Next() bool
	Scan(into ...any) error
	Err() error
	Close() error
}
