package certificates

import (
	"strings"
	"testing"

	"golau/internal/people"
	"golau/internal/store"
)

// waiting is the signed certificate of somebody whose agency nobody has confirmed.
func (h house) waiting() Certificate {
	h.t.Helper()
	a := award()
	a.Unconfirmed = true
	err := h.write(func(tx store.Tx) (err error) {
		a.Person, err = people.AddPerson(tx, people.NewPerson{Email: "aisha@shared.example", Name: "Aisha Karim-Puw", Language: "en"})
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return h.issue(a)
}

// forge is tamper, for deletions too.
func (h house) forge(sql string) {
	h.t.Helper()
	if err := h.write(func(tx store.Tx) error { return tx.Exec("DROP TRIGGER certificates_register_no_delete").Error }); err != nil {
		h.t.Fatal(err)
	}
	tamper(h, "register", sql)
}

func (h house) enter(c Certificate) {
	h.t.Helper()
	if err := h.write(func(tx store.Tx) error { return EnterRegister(tx, c.Person, c.Organisation, c.Board.ID) }); err != nil {
		h.t.Fatal(err)
	}
}

func (h house) holds(when string, want int) {
	h.t.Helper()
	if n, err := Check(h.read(), h.keys); n != want || err != nil {
		h.t.Errorf("%s: %d of %d hold: %v", when, n, want, err)
	}
}

// Who is unconfirmed has a certificate that holds before a lead agrees, after,
// and once its holder was erased at either time; an entry that the record does
// not know of, or that differs from what it knows, is a forgery as ever.
func TestWithheldHolds(t *testing.T) {
	for what, c := range map[string]struct {
		entered bool
		forge   string
	}{
		"withheld, then put in":     {false, "INSERT INTO certificates_register (board_id, certificate_id, entered_at) SELECT board_id, id, issued_at FROM certificates_issued"},
		"entered, then taken out":   {true, "DELETE FROM certificates_register"},
		"entered, then antedated":   {true, "UPDATE certificates_register SET entered_at = (SELECT issued_at FROM certificates_issued)"},
		"entered, then moved board": {true, "UPDATE certificates_register SET board_id = 'board-x'"},
	} {
		h := open(t)
		cert := h.waiting()
		h.holds(what, 1)
		if c.entered {
			h.clock.Advance(3600e9)
			h.enter(cert)
			h.enter(cert) // told twice
			h.holds(what, 1)
		}
		if n := h.count("SELECT count(*) FROM certificates_register"); n == 1 != c.entered {
			t.Errorf("%s: %d entries", what, n)
		}
		h.erase(cert.Person)
		h.holds(what+", erased", 1)
		if v := h.verify(cert.ID); v.Status != Valid {
			t.Errorf("%s, erased: %s (%s)", what, v.Status, v.Fault)
		}
		h.forge(c.forge)
		if _, err := Check(h.read(), h.keys); err == nil || !strings.Contains(err.Error(), "register was changed") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A correction enters nobody in a register before a lead has agreed; then both
// the corrected and the correction are entered.
func TestCorrectedWhileWithheld(t *testing.T) {
	h := open(t)
	old := h.waiting()
	anew, err := Correct(t.Context(), h.db, h.keys, somebody(people.Admin, ""), old.ID, "", "She married")
	if err != nil {
		t.Fatal(err)
	}
	if n := h.count("SELECT count(*) FROM certificates_register"); n != 0 {
		t.Error("a correction stands in the register, and no lead has agreed")
	}
	h.holds("corrected", 2)
	h.enter(old)
	if n := h.count("SELECT count(*) FROM certificates_register WHERE certificate_id IN (?, ?)", old.ID, anew.ID); n != 2 {
		t.Errorf("%d entries after the lead agreed", n)
	}
	h.holds("confirmed", 2)
	if _, err := Correct(t.Context(), h.db, h.keys, somebody(people.Admin, ""), anew.ID, "Aisha Puw", "again"); err != nil {
		t.Fatal(err)
	}
	if n := h.count("SELECT count(*) FROM certificates_register"); n != 3 {
		t.Errorf("%d entries, want that of a later correction too", n)
	}
	h.holds("corrected again", 3)
}

// One fault does not hide the next, and the rest is counted.
func TestCheckNamesAllFaults(t *testing.T) {
	h := open(t)
	var cs []Certificate
	for _, e := range []string{"one", "two", "three"} {
		a := award()
		a.Enrolment = e
		cs = append(cs, h.issue(a))
	}
	tamper(h, "issued", "UPDATE certificates_issued SET minutes = 600 WHERE enrolment_id IN ('one', 'three')")
	h.forge("DELETE FROM certificates_register WHERE id = 1")
	n, err := Check(h.read(), h.keys)
	if n != 1 || err == nil || !strings.Contains(err.Error(), cs[0].Number()) || !strings.Contains(err.Error(), cs[2].Number()) ||
		!strings.Contains(err.Error(), "the register has 2 entries") || strings.Contains(err.Error(), cs[1].Number()) {
		t.Errorf("%d hold: %v", n, err)
	}
}
