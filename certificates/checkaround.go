package certificates

import (
	"errors"
	"fmt"
	"strings"

	"golau/internal/audit"
	"golau/internal/store"
)

// faults are what a check found. One must not hide the others: whoever forges a
// certificate would only have to spoil another before it.
type faults struct {
	named []error
	more  int
}

// mostNamed is how many faults are named; of the others only the number is.
const mostNamed = 50

func (f *faults) add(err error) {
	switch {
	case err == nil:
	case len(f.named) < mostNamed:
		f.named = append(f.named, err)
	default:
		f.more++
	}
}

func (f *faults) err() error {
	if f.more == 0 {
		return errors.Join(f.named...)
	}
	return errors.Join(append(f.named, fmt.Errorf("and %d more faults", f.more))...)
}

// checkAround looks for what stands alone: a certificate that is gone, an entry
// of the register that moved, a key that is not the one it was.
func checkAround(rx store.Rx, have int, found *faults) {
	issued, err := audit.Count(rx, "certificates.issued")
	found.add(err)
	if err == nil && issued != have {
		gone := 0
		found.add(audit.Subjects(rx, "certificates.issued", func(about string) error {
			id := strings.TrimPrefix(about, subject(""))
			if _, there, err := byID(rx, id); err != nil || !there {
				gone++
				found.add(fmt.Errorf("certificate %s: its row was removed", Number(id)))
			}
			return nil
		}))
		if gone == 0 {
			found.add(fmt.Errorf("there are %d certificates, and the record knows of %d", have, issued))
		}
	}
	var entries, first, last int
	err = rx.Raw("SELECT count(*), coalesce(min(id), 1), coalesce(max(id), 0) FROM certificates_register").Row().Scan(&entries, &first, &last)
	found.add(store.Explain(err))
	if err == nil && (first != 1 || entries != last) {
		found.add(fmt.Errorf("the register has %d entries and counts from %d to %d", entries, first, last))
	}
	found.add(checkKeyRows(rx))
}
