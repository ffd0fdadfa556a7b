package certificates

import (
	"strings"
	"testing"

	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

func somebody(r people.Role, board string) people.Viewer {
	return people.Viewer{Person: "person-" + string(r), Memberships: []people.Membership{{ID: "m", Role: r, Board: people.Board{ID: board}}}}
}

// An officer handles the board's certificates, an administrator those whose
// number they hold; to others there are none.
func TestWhoMayHandle(t *testing.T) {
	h := open(t)
	c := h.issue(award())
	for what, w := range map[string]struct {
		v    people.Viewer
		kind problem.Kind // Internal: may
	}{
		"their officer":     {somebody(people.Officer, "board-arian"), problem.Internal},
		"another's officer": {somebody(people.Officer, "board-other"), problem.NotFound},
		"an administrator":  {somebody(people.Admin, "board-other"), problem.Internal},
		"a lead":            {somebody(people.Lead, "board-arian"), problem.Forbidden},
		"the holder":        {people.Viewer{Person: c.Person, Memberships: somebody(people.Learner, "board-arian").Memberships}, problem.Forbidden},
		"nobody":            {people.Viewer{}, problem.Unauthenticated},
	} {
		got, err := Handle(h.read(), w.v, c.Number())
		if w.kind == problem.Internal && (err != nil || got.ID != c.ID) || w.kind != problem.Internal && problem.KindOf(err) != w.kind {
			t.Errorf("%s: %v, %v", what, got.ID, err)
		}
		err = Withdraw(t.Context(), h.db, w.v, c.ID, Reason("none"), "")
		if err == nil {
			t.Errorf("%s withdrew it without a reason", what)
		}
		if w.kind != problem.Internal {
			if err = Withdraw(t.Context(), h.db, w.v, c.ID, InError, ""); problem.KindOf(err) != w.kind {
				t.Errorf("%s withdraws: %v", what, err)
			}
			if _, err = Correct(t.Context(), h.db, h.keys, w.v, c.ID, "Somebody Else", "x"); problem.KindOf(err) != w.kind {
				t.Errorf("%s corrects: %v", what, err)
			}
		}
	}
	if v := h.verify(c.ID); v.Status != Valid {
		t.Error(v.Status)
	}
	_, err := Handle(h.read(), somebody(people.Admin, ""), "GL-1")
	if p, _ := problem.As(err); p == nil || p.Fields["number"] == "" {
		t.Error(err)
	}
}

// A withdrawal keeps the reason in the evidence and the words in the record's
// detail alone, and has a letter tell the holder; it happens once.
func TestWithdraw(t *testing.T) {
	h := open(t)
	c := h.issue(award())
	officer := somebody(people.Officer, "board-arian")
	for field, err := range map[string]error{
		"reason": Withdraw(t.Context(), h.db, officer, c.ID, "because", ""),
		"words":  Withdraw(t.Context(), h.db, officer, c.ID, OtherReason, "  "),
		"long":   Withdraw(t.Context(), h.db, officer, c.ID, InError, strings.Repeat("x", maxWords+1)),
	} {
		if problem.KindOf(err) != problem.Invalid {
			t.Errorf("%s: %v", field, err)
		}
	}
	if err := Withdraw(t.Context(), h.db, officer, c.ID, NotTheirOwn, "CANARY words"); err != nil {
		t.Fatal(err)
	}
	if v := h.verify(c.ID); v.Status != Revoked {
		t.Error(v.Status)
	}
	for sql, want := range map[string]int{
		"SELECT count(*) FROM certificates_status WHERE status = 'revoked' AND reason = 'not_own_work'":                      1,
		"SELECT count(*) FROM audit_details WHERE detail LIKE '%CANARY words%'":                                              1,
		"SELECT count(*) FROM outbox_jobs WHERE kind = 'certificates.withdrawn' AND payload NOT LIKE '%CANARY%'":             1,
		"SELECT count(*) FROM audit_events WHERE verb = 'certificates.revoked' AND actor = 'person-officer' AND via = 'web'": 1,
	} {
		if got := h.count(sql); got != want {
			t.Errorf("%s: %d", sql, got)
		}
	}
	if err := Withdraw(t.Context(), h.db, officer, c.ID, InError, ""); problem.KindOf(err) != problem.Conflict {
		t.Error(err)
	}
	if _, err := Check(h.read(), h.keys); err != nil {
		t.Error(err)
	}
}

// A correction takes the old one's place in the name given or the holder's
// present one, is entered in the register, signed and told of.
func TestCorrect(t *testing.T) {
	h := open(t)
	a := award()
	if err := h.write(func(tx store.Tx) (err error) {
		a.Person, err = people.AddPerson(tx, people.NewPerson{Email: "aisha@shared.example", Name: "Aisha Karim-Puw", Language: "en"})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	old := h.issue(a)
	admin := somebody(people.Admin, "")
	for what, f := range map[string][2]string{"no reason": {"Aisha K", ""}, "no name": {"1", "x"}, "the same": {"Aisha  Karim", "x"}} {
		if _, err := Correct(t.Context(), h.db, h.keys, admin, old.ID, f[0], f[1]); problem.KindOf(err) != problem.Invalid {
			t.Errorf("%s: %v", what, err)
		}
	}
	if n := h.count("SELECT count(*) FROM certificates_issued"); n != 1 {
		t.Fatalf("%d certificates", n)
	}
	anew, err := Correct(t.Context(), h.db, h.keys, admin, old.ID, "", "She married")
	if err != nil {
		t.Fatal(err)
	}
	if v := h.verify(anew.ID); v.Status != Valid || v.Certificate.HolderName != "Aisha Karim-Puw" || v.Certificate.Revision != 2 {
		t.Errorf("%+v", v)
	}
	if v := h.verify(old.ID); v.Status != Superseded {
		t.Error(v.Status)
	}
	if found, err := Handle(h.read(), admin, old.ID); err != nil || found.Successor != anew.ID {
		t.Errorf("%+v %v", found, err)
	}
	if n := h.count("SELECT count(*) FROM certificates_register WHERE certificate_id = ? AND board_id = 'board-arian'", anew.ID); n != 1 {
		t.Error("it is not in the register")
	}
	if n := h.count("SELECT count(*) FROM outbox_jobs WHERE kind = 'certificates.corrected' AND key = ?", anew.ID); n != 1 {
		t.Error("nobody tells the holder")
	}
	if _, err := Correct(t.Context(), h.db, h.keys, admin, old.ID, "Aisha Puw", "again"); problem.KindOf(err) != problem.Conflict {
		t.Error(err)
	}
	if _, err := Check(h.read(), h.keys); err != nil {
		t.Error(err)
	}
}
