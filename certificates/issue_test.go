package certificates

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// One issue writes everything that belongs together, and nothing is lost on
// the way through the database.
func TestIssueRecords(t *testing.T) {
	h := open(t)
	a := award()
	var c Certificate
	if err := h.write(func(tx store.Tx) (err error) { c, err = Issue(tx, a); return }); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(a, c.Award); diff != "" {
		t.Errorf("the award changed: %s", diff)
	}
	back, err := ByID(h.read(), a.Person, c.ID)
	if diff := cmp.Diff(c, back); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	for sql, want := range map[string]int{
		"SELECT COUNT(*) FROM certificates_issued":                                                   1,
		"SELECT COUNT(*) FROM certificates_register WHERE board_id = 'board-arian'":                  1,
		"SELECT COUNT(*) FROM audit_events WHERE verb = 'certificates.issued'":                       1,
		"SELECT COUNT(*) FROM outbox_jobs WHERE kind = 'certificates.sign' AND key = '" + c.ID + "'": 1,
	} {
		if got := h.count(sql); got != want {
			t.Errorf("%s: %d, want %d", sql, got, want)
		}
	}
}

// However often and however concurrently an enrolment is completed, it has one
// certificate.
func TestIssueTwice(t *testing.T) {
	h := open(t)
	ids := make([]string, 100)
	var wait sync.WaitGroup
	for i := range ids {
		wait.Go(func() {
			a := award()
			a.Attempt = "attempt-" + strings.Repeat("x", i)
			err := h.write(func(tx store.Tx) error {
				c, err := Issue(tx, a)
				ids[i] = c.ID
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	for _, id := range ids {
		if id != ids[0] || id == "" {
			t.Fatalf("two certificates: %s and %s", ids[0], id)
		}
	}
	for _, sql := range []string{"SELECT COUNT(*) FROM certificates_issued", "SELECT COUNT(*) FROM certificates_register",
		"SELECT COUNT(*) FROM outbox_jobs", "SELECT COUNT(*) FROM audit_events"} {
		if n := h.count(sql); n != 1 {
			t.Errorf("%s: %d", sql, n)
		}
	}
}

// If the verb fails after the certificate was issued, there is none.
func TestIssueIsUndone(t *testing.T) {
	h := open(t)
	stop := errors.New("the rest failed")
	err := h.write(func(tx store.Tx) error {
		if _, err := Issue(tx, award()); err != nil {
			return err
		}
		return stop
	})
	if !errors.Is(err, stop) {
		t.Fatal(err)
	}
	if n := h.count("SELECT (SELECT COUNT(*) FROM certificates_issued) + (SELECT COUNT(*) FROM outbox_jobs) + (SELECT COUNT(*) FROM audit_events)"); n != 0 {
		t.Errorf("%d rows are left", n)
	}
}

func TestIssueRefuses(t *testing.T) {
	h := open(t)
	for name, spoil := range map[string]func(*Award){
		"person":         func(a *Award) { a.Person = "" },
		"enrolment":      func(a *Award) { a.Enrolment = "" },
		"Welsh title":    func(a *Award) { a.Course.Title.CY = "" },
		"edition":        func(a *Award) { a.Course.Edition = "" },
		"minutes":        func(a *Award) { a.Course.Minutes = 0 },
		"issuer":         func(a *Award) { a.Board.Name = i18n.Text{} },
		"date":           func(a *Award) { a.Completed = store.Time{} },
		"validity":       func(a *Award) { a.ValidUntil = a.Completed },
		"language":       func(a *Award) { a.Language = "fr" },
		"objectives":     func(a *Award) { a.Objectives = nil },
		"Welsh outcome":  func(a *Award) { a.Objectives = []i18n.Text{{EN: "x"}} },
		"name":           func(a *Award) { a.HolderName = " " },
		"long name":      func(a *Award) { a.HolderName = strings.Repeat("a", 10_000) },
		"control":        func(a *Award) { a.HolderName = "Eve\x00" },
		"direction":      func(a *Award) { a.HolderName = "\u202eevE" },
		"line":           func(a *Award) { a.HolderName = "Eve\nKarim" },
		"invisible":      func(a *Award) { a.HolderName = "E\u200bve" },
		"emoji":          func(a *Award) { a.HolderName = "Eve \U0001f600" },
		"not characters": func(a *Award) { a.HolderName = "Eve \xff" },
	} {
		a := award()
		spoil(&a)
		if err := h.write(func(tx store.Tx) error { _, err := Issue(tx, a); return err }); err == nil {
			t.Errorf("issued with a faulty %s", name)
		}
	}
	if n := h.count("SELECT COUNT(*) FROM certificates_issued"); n != 0 {
		t.Errorf("%d certificates", n)
	}
}

// A correction takes the place of the old certificate, once.
func TestReissue(t *testing.T) {
	h := open(t)
	old := h.issue(award())
	corrected := award()
	corrected.HolderName, corrected.Person, corrected.Enrolment = "Aisha Karim-Wyn", "somebody else", "another"
	var c Certificate
	if err := h.write(func(tx store.Tx) (err error) { c, err = Reissue(tx, old.ID, corrected); return }); err != nil {
		t.Fatal(err)
	}
	if c.Person != old.Person || c.Enrolment != old.Enrolment || c.Revision != 2 || c.HolderName != "Aisha Karim-Wyn" {
		t.Errorf("%+v", c)
	}
	c = h.sign(c)
	if v := h.verify(old.ID); v.Status != Superseded || v.Certificate.HolderName != "Aisha Karim" {
		t.Errorf("the old one is %s", v.Status)
	}
	if v := h.verify(c.ID); v.Status != Valid || v.Certificate.HolderName != "Aisha Karim-Wyn" {
		t.Errorf("the new one is %s: %s", v.Status, v.Fault)
	}
	for _, err := range []error{
		h.write(func(tx store.Tx) error { _, err := Reissue(tx, old.ID, award()); return err }),
		h.write(func(tx store.Tx) error { return Revoke(tx, old.ID, "too late") }),
	} {
		if problem.KindOf(err) != problem.Conflict {
			t.Errorf("a superseded certificate was changed again: %v", err)
		}
	}
	if mine, err := For(h.read(), old.Person); err != nil || len(mine) != 2 {
		t.Errorf("%d certificates, %v", len(mine), err)
	}
}

func TestRevoke(t *testing.T) {
	h := open(t)
	c := h.issue(award())
	for _, reason := range []string{"", "  ", strings.Repeat("x", 501), "\xff"} {
		if err := h.write(func(tx store.Tx) error { return Revoke(tx, c.ID, reason) }); problem.KindOf(err) != problem.Invalid {
			t.Errorf("revoked for %q: %v", reason, err)
		}
	}
	if err := h.write(func(tx store.Tx) error { return Revoke(tx, "nobody's", "why") }); problem.KindOf(err) != problem.NotFound {
		t.Error(err)
	}
	if v := h.verify(c.ID); v.Status != Valid {
		t.Fatalf("is %s before", v.Status)
	}
	if err := h.write(func(tx store.Tx) error { return Revoke(tx, c.ID, "issued in error") }); err != nil {
		t.Fatal(err)
	}
	if v := h.verify(c.ID); v.Status != Revoked {
		t.Errorf("is %s after", v.Status)
	}
}

// Evidence is never changed or removed, by any statement.
func TestTablesAreAppendOnly(t *testing.T) {
	h := open(t)
	c := h.issue(award())
	if err := h.write(func(tx store.Tx) error { return Revoke(tx, c.ID, "a reason") }); err != nil {
		t.Fatal(err)
	}
	for table, column := range map[string]string{"issued": "holder_name", "register": "board_id", "status": "reason", "signatures": "token"} {
		for _, sql := range []string{
			"UPDATE certificates_" + table + " SET " + column + " = 'x'",
			"DELETE FROM certificates_" + table,
			"INSERT OR REPLACE INTO certificates_" + table + " SELECT * FROM certificates_" + table,
		} {
			err := h.write(func(tx store.Tx) error { return tx.Exec(sql).Error })
			if err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s: %v", sql, err)
			}
		}
	}
}

// A certificate is shown to its holder; to others it does not exist.
func TestWhoSeesWhat(t *testing.T) {
	h := open(t)
	mine := h.issue(award())
	other := award()
	other.Person, other.Enrolment, other.Board.ID = "person-tom", "enrolment-2", "board-twin"
	h.issue(other)
	if _, err := ByID(h.read(), "person-tom", mine.ID); problem.KindOf(err) != problem.NotFound {
		t.Errorf("someone else's certificate: %v", err)
	}
	if cs, err := For(h.read(), "person-aisha"); err != nil || len(cs) != 1 || cs[0].ID != mine.ID {
		t.Errorf("%v %v", cs, err)
	}
	alone := award()
	alone.Enrolment, alone.Board.ID = "enrolment-3", ""
	if v := h.verify(h.issue(alone).ID); v.Status != Valid {
		t.Errorf("without a board: %s", v.Status)
	}
}
