package certificates

import (
	"context"
	"strings"
	"testing"

	"golau/internal/problem"
	"golau/internal/store"
)

func (h house) erase(person string) {
	h.t.Helper()
	if err := h.write(func(tx store.Tx) error { _, err := Erase(tx, h.keys, person); return err }); err != nil {
		h.t.Fatal(err)
	}
}

// code is what the QR code of a certificate says.
func (h house) code(c Certificate) string {
	h.t.Helper()
	fragment, err := c.Fragment()
	if err != nil {
		h.t.Fatal(err)
	}
	return c.Address("https://golau.example", "en") + "#" + fragment
}

// A certificate outlives its holder's name: by its number it is as it was, but
// for the name; by the code of the sheet it bears the name that was signed.
func TestErasedVerifies(t *testing.T) {
	h := open(t)
	c := h.issue(award())
	twin := award()
	twin.Person, twin.Enrolment = "person-twin", "enrolment-twin"
	other := h.issue(twin)
	code := h.code(c)
	h.erase(c.Person)
	h.erase(c.Person) // again changes nothing

	if n := h.count("SELECT count(*) FROM certificates_issued WHERE holder_name = 'Aisha Karim'"); n != 1 {
		t.Errorf("%d bear the name, want the twin's alone", n)
	}
	if n := h.count("SELECT count(*) FROM certificates_signatures WHERE token = ''"); n != 1 {
		t.Errorf("%d tokens gone", n)
	}
	v := h.verify(c.ID)
	if v.Status != Valid || v.Certificate.HolderName != "" || !v.Certificate.Erased || v.Certificate.Course.Title != c.Course.Title || v.Certificate.Board != c.Board {
		t.Errorf("by its number: %s %q %+v", v.Status, v.Fault, v.Certificate)
	}
	if v := h.verify(code); v.Status != Valid || v.Certificate.HolderName != "Aisha Karim" {
		t.Errorf("by the sheet: %s %q %q", v.Status, v.Fault, v.Certificate.HolderName)
	}
	if v := h.verify(other.ID); v.Status != Valid || v.Certificate.HolderName != "Aisha Karim" {
		t.Errorf("the twin's: %s %q", v.Status, v.Certificate.HolderName)
	}
	if n, err := Check(h.read(), h.keys); n != 2 || err != nil {
		t.Errorf("%d hold: %v", n, err)
	}
	if n, err := SignAll(context.Background(), h.db, h.keys); n != 0 || err != nil {
		t.Errorf("%d signed anew, %v", n, err)
	}
}

// Of a certificate that is erased nothing else can be changed unnoticed, no
// other sheet passes for its own, and it gets no new name.
func TestErasedIsEvidence(t *testing.T) {
	for column, value := range map[string]any{"course_slug": "x", "title_en": "x", "minutes": 600, "board_en": "x", "completed_at": 1,
		"valid_until": int64(1) << 50, "person_id": "x", "demonstration": 1} {
		h := open(t)
		c := h.issue(award())
		code := h.code(c)
		h.erase(c.Person)
		tamper(h, "issued", "UPDATE certificates_issued SET "+column+" = ?", value)
		for _, text := range []string{c.ID, code} {
			if v := h.verify(text); v.Status != Damaged {
				t.Errorf("%s changed: %s", column, v.Status)
			}
		}
		if _, err := Check(h.read(), h.keys); err == nil {
			t.Errorf("%s changed, and the check does not say so", column)
		}
	}
	h := open(t)
	c := h.issue(award())
	h.erase(c.Person)
	a := award()
	a.Enrolment, a.HolderName = "enrolment-2", "Eve Karim"
	second := h.issue(a)
	forged := strings.Replace(h.code(second), second.ID, c.ID, 1)
	if v := h.verify(forged); v.Status != Unknown {
		t.Errorf("another's sheet: %s", v.Status)
	}
	err := h.write(func(tx store.Tx) error { _, err := Reissue(tx, c.ID, a); return err })
	if problem.KindOf(err) != problem.Conflict {
		t.Errorf("a new name: %v", err)
	}
	for _, sql := range []string{
		"UPDATE certificates_issued SET holder_name = 'Aisha Karim' WHERE id = '" + c.ID + "'",
		"UPDATE certificates_issued SET holder_name = '[erased]', title_en = 'x' WHERE id = '" + c.ID + "'",
		"UPDATE certificates_issued SET holder_name = '[erased]' WHERE id = '" + second.ID + "'",
		"UPDATE certificates_signatures SET token = 'x' WHERE certificate_id = '" + c.ID + "'",
		"UPDATE certificates_signatures SET token = '' WHERE certificate_id = '" + second.ID + "'",
		"DELETE FROM certificates_erased", "UPDATE certificates_erased SET held = 0",
	} {
		if err := h.write(func(tx store.Tx) error { return tx.Exec(sql).Error }); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

// What did not hold before does not seem to hold after.
func TestErasedKeepsItsFault(t *testing.T) {
	h := open(t)
	c := h.issue(award())
	id := c.ID
	tamper(h, "issued", "UPDATE certificates_issued SET minutes = 600")
	h.erase(c.Person)
	if v := h.verify(id); v.Status != Damaged {
		t.Errorf("is %s", v.Status)
	}
}

// What waits for its signature is signed first.
func TestEraseWaitsForTheSignature(t *testing.T) {
	h := open(t)
	err := h.write(func(tx store.Tx) error { _, err := Issue(tx, award()); return err })
	if err != nil {
		t.Fatal(err)
	}
	err = h.write(func(tx store.Tx) error { _, err := Erase(tx, h.keys, "person-aisha"); return err })
	if problem.KindOf(err) != problem.Conflict {
		t.Errorf("%v", err)
	}
	ids, err := Unsigned(h.read(), "person-aisha")
	if err != nil || len(ids) != 1 {
		t.Fatalf("%v %v", ids, err)
	}
}

// No print lets names be tried: two rows alike but for the name print alike.
func TestPrintsHoldNoName(t *testing.T) {
	h := open(t)
	c := h.issue(award())
	before, err := printOf(h.read(), issuedRow, c.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	tamper(h, "issued", "UPDATE certificates_issued SET holder_name = 'Eve Karim'")
	if after, err := printOf(h.read(), issuedRow, c.ID, ""); after != before || err != nil {
		t.Errorf("%v", err)
	}
	if v := h.verify(c.ID); v.Status != Damaged {
		t.Error("the signature does not answer for the name")
	}
}
