package certificates

import (
	"errors"
	"fmt"

	"golau/internal/audit"
	"golau/internal/store"
)

// The verbs by which the record knows that a certificate was kept out of the
// register when it was issued, since nobody had confirmed its holder's agency,
// and that it was entered later.
const (
	withheldVerb   = "certificates.withheld"
	registeredVerb = "certificates.registered"
)

// checkRegister wants the certificate in its board's register and in no other:
// as the record says that it was entered, or not at all if the record says that
// it was withheld. Of most the record says neither: they stand there since they
// were issued.
func (c Certificate) checkRegister(rx store.Rx, lines []audit.Event) error {
	var entries []struct {
		BoardID   string
		EnteredAt store.Time
	}
	if err := rx.Raw("SELECT board_id, entered_at FROM certificates_register WHERE certificate_id = ?", c.ID).Scan(&entries).Error; err != nil {
		return fmt.Errorf("its entry in the register cannot be read: %w", err)
	}
	want, print := 1, ""
	if c.Board.ID == "" {
		want = 0
	}
	for _, l := range lines {
		switch l.Verb {
		case withheldVerb:
			want = 0
		case registeredVerb:
			want, print = 1, l.Print
		}
	}
	changed := errors.New("its entry in the board's register was changed")
	if len(entries) != want || want == 1 && entries[0].BoardID != c.Board.ID {
		return changed
	}
	if print == "" {
		if want == 1 && !entries[0].EnteredAt.Equal(c.Issued.Time) {
			return changed
		}
		return nil
	}
	now, err := printOf(rx, registerRow, c.ID, "")
	if err == nil && now != print {
		err = changed
	}
	return err
}
