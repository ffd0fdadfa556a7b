package certificates

import (
	"context"
	"fmt"

	"golau/internal/audit"
	"golau/internal/store"
)

// Check re-verifies every certificate and returns how many hold, with an error
// that names those that do not (see audit.Faults). rx must see one moment
// (store.DB.Snapshot) where somebody may be writing.
func Check(rx store.Rx, k *Keys) (checked int, err error) {
	return CheckAll(context.Background(), rx, k, nil)
}

// CheckAll is Check, tells how far it is, and stops when ctx ends.
//
// Each row is held to two witnesses: the signature, for what is printed on the
// certificate, and the record of what happened, for the whole row. What the
// record says was issued, signed or withdrawn must still be there.
func CheckAll(ctx context.Context, rx store.Rx, k *Keys, progress func(done, of int)) (checked int, err error) {
	var all int
	if err := rx.Raw("SELECT count(*) FROM certificates_issued").Scan(&all).Error; err != nil {
		return 0, store.Explain(err)
	}
	const batch = 200
	var found audit.Faults
	seen := 0
	for id := ""; ; {
		if err := ctx.Err(); err != nil {
			return checked, err
		}
		var ids []string
		if err := rx.Raw("SELECT id FROM certificates_issued WHERE id > ? ORDER BY id LIMIT ?", id, batch).Scan(&ids).Error; err != nil {
			return checked, store.Explain(err)
		}
		for _, id = range ids {
			seen++
			if err := k.checkOne(rx, id); err != nil {
				found.Add(fmt.Errorf("certificate %s: %w", Number(id), err))
				continue
			}
			checked++
		}
		if progress != nil {
			progress(seen, all)
		}
		if len(ids) < batch {
			checkAround(rx, seen, &found)
			return checked, found.Err()
		}
	}
}

// witness is what must be there because the record says so.
type witness struct {
	verb, row, which, gone, changed string
	before                          string // how the row was printed before, "" for the same
	erased                          bool   // erasure took something from the row: from then on its own line speaks for it
}

var witnesses = []witness{
	{"certificates.issued", issuedRow, "", "", "its row was changed after it was issued", namedRow, true},
	{"certificates.signed", signatureRow, "", "its signature was removed", "its signature's row was changed", "", true},
	{"certificates.superseded", statusRow, string(Superseded), "that it was superseded was removed", "the row that says it was superseded was changed", "", false},
	{"certificates.revoked", statusRow, string(Revoked), "its withdrawal was removed", "the row of its withdrawal was changed", "", false},
	{erasedVerb, stubRow, "", "that its holder was erased was removed", "its row was changed after its holder was erased", "", false},
}

// checkOne returns how a certificate disagrees with its witnesses.
func (k *Keys) checkOne(rx store.Rx, id string) error {
	c, _, err := byID(rx, id)
	if err != nil {
		return fmt.Errorf("it cannot be read: %w", err)
	}
	if fault := k.fault(c); fault != "" {
		return fmt.Errorf("%s", fault)
	}
	lines, err := audit.About(rx, subject(id))
	if err != nil {
		return err
	}
	if c.Erased && (c.HolderName != "" || c.Token != "") {
		return fmt.Errorf("its holder was erased, and their name is still there")
	}
	for _, w := range witnesses {
		if err := w.ask(rx, c, lines); err != nil {
			return err
		}
	}
	return c.checkRegister(rx, lines)
}

// ask compares a row with the line that says it was written. A line from before
// there were prints says only that the row must be there.
func (w witness) ask(rx store.Rx, c Certificate, lines []audit.Event) error {
	now, err := printOf(rx, w.row, c.ID, w.which)
	if err != nil {
		return err
	}
	said, there := "", false
	for _, l := range lines {
		if l.Verb == w.verb {
			said, there = l.Print, true
		}
	}
	switch {
	case there && now == "":
		return fmt.Errorf("%s", w.gone)
	case !there && now != "":
		return fmt.Errorf("the record knows nothing of its row (%s)", w.verb)
	case there && said != "" && said != now && !(w.erased && c.Erased):
		if w.before != "" {
			if now, err = printOf(rx, w.before, c.ID, w.which); err != nil || now == said {
				return err
			}
		}
		return fmt.Errorf("%s", w.changed)
	}
	return nil
}
