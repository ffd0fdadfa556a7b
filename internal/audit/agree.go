package audit

import (
	"errors"
	"fmt"
	"slices"
)

// Row is a row of evidence that a line of the record was written with.
type Row struct {
	Name   string   // for whoever is told that it was changed
	Prints []string // what it may be printed as; one of them is in its line
}

// Agree holds the rows of one subject to the lines of a verb about it: a row for
// each line and a line for each row, printed alike. Lines from before there were
// prints say only that there must be a row; older is how many rows have no other.
func Agree(lines []Event, verb string, rows []Row) (older int, err error) {
	var prints []string
	all := 0
	for _, l := range lines {
		if l.Verb != verb {
			continue
		}
		all++
		if l.Print != "" {
			prints = append(prints, l.Print)
		}
	}
	blank := all - len(prints)
	var strange []string
	for _, r := range rows {
		at := slices.IndexFunc(prints, func(p string) bool { return slices.Contains(r.Prints, p) })
		if at < 0 {
			strange = append(strange, r.Name)
			continue
		}
		prints = slices.Delete(prints, at, at+1)
	}
	switch {
	case len(rows) < all && len(strange) <= blank:
		return 0, fmt.Errorf("a row is gone of which the record says %s", verb)
	case len(strange) <= blank:
		return len(strange), nil
	case len(rows) > all && len(prints) == 0:
		return 0, fmt.Errorf("the record knows nothing of %s (%s)", strange[0], verb)
	case len(strange) > 1 && blank > 0:
		return 0, fmt.Errorf("%s, or another of its rows, was changed", strange[0])
	}
	return 0, fmt.Errorf("%s was changed", strange[0])
}

// Faults are what a check found. One must not hide the others: whoever forges a
// row would only have to spoil another before it.
type Faults struct {
	named []error
	more  int
}

// mostNamed is how many faults are named; of the others only the number is.
const mostNamed = 50

// Add notes a fault; nil is none.
func (f *Faults) Add(err error) {
	switch {
	case err == nil:
	case len(f.named) < mostNamed:
		f.named = append(f.named, err)
	default:
		f.more++
	}
}

// Err is all that was found, nil for nothing.
func (f *Faults) Err() error {
	if f.more == 0 {
		return errors.Join(f.named...)
	}
	return errors.Join(append(f.named, fmt.Errorf("and %d more faults", f.more))...)
}
