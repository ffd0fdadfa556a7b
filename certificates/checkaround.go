package certificates

import (
	"fmt"
	"strings"

	"golau/internal/audit"
	"golau/internal/store"
)

// checkAround looks for what stands alone: a certificate that is gone, an entry
// of the register that moved, a key that is not the one it was.
func checkAround(rx store.Rx, have int, found *audit.Faults) {
	issued, err := audit.Count(rx, "certificates.issued")
	found.Add(err)
	if err == nil && issued != have {
		gone := 0
		found.Add(audit.Subjects(rx, "certificates.issued", func(about string) error {
			id := strings.TrimPrefix(about, subject(""))
			if _, there, err := byID(rx, id); err != nil || !there {
				gone++
				found.Add(fmt.Errorf("certificate %s: its row was removed", Number(id)))
			}
			return nil
		}))
		if gone == 0 {
			found.Add(fmt.Errorf("there are %d certificates, and the record knows of %d", have, issued))
		}
	}
	var entries, first, last int
	err = rx.Raw("SELECT count(*), coalesce(min(id), 1), coalesce(max(id), 0) FROM certificates_register").Row().Scan(&entries, &first, &last)
	found.Add(store.Explain(err))
	if err == nil && (first != 1 || entries != last) {
		found.Add(fmt.Errorf("the register has %d entries and counts from %d to %d", entries, first, last))
	}
	found.Add(checkKeyRows(rx))
}
