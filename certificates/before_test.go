package certificates

import (
	"testing"

	"golau/internal/audit"
	"golau/internal/store"
)

// A row that was printed with its holder's name, as rows were before, still
// agrees with its print, and a change of it is still noticed.
func TestPrintsFromBefore(t *testing.T) {
	h := open(t)
	c := h.issue(award())
	err := h.write(func(tx store.Tx) error {
		print, err := printOf(tx.Rx, namedRow, c.ID, "")
		if err != nil {
			return err
		}
		return audit.RecordOf(tx, "certificates.issued", subject(c.ID), print, nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.keys.checkOne(h.read(), c.ID); err != nil {
		t.Error(err)
	}
	tamper(h, "issued", "UPDATE certificates_issued SET attempt_id = 'x'") // not on the sheet: the print alone knows
	if err := h.keys.checkOne(h.read(), c.ID); err == nil {
		t.Error("a changed row passes")
	}
}
