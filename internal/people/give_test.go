package people

import (
	"testing"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// A role with power is given, offered, and a second step taken off, by whoever
// gives their own proof; a role without it needs none. Who gets it hears of it,
// and so do the other administrators of one that administers.
func TestPowerAsksForAProof(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	var token string
	h.write(func(tx store.Tx) (err error) {
		token, err = h.enter(tx, h.boss, "code")
		return err
	})
	v := h.viewer(h.whole(token))
	nesta := h.administers("Nesta Wyn", "nesta@demo.example")
	factored := h.halfIn("tom@demo.example", tomPassword)
	h.setUp(factored, "")
	guest := func(r Role) []NewInvitation {
		return []NewInvitation{{Email: "guest@demo.example", Name: "Guest", Organisation: "both", Board: "west", Role: r, JobRole: Health, Language: i18n.EN}}
	}
	for what, do := range map[string]func(proof string) error{
		"lead": func(p string) error {
			return h.GiveMembership(ctx, v, h.rhian, MembershipForm{"both/west", Lead, Health, p})
		},
		"officer": func(p string) error {
			return h.GiveMembership(ctx, v, h.rhian, MembershipForm{"both/west", Officer, Health, p})
		},
		"admin": func(p string) error {
			return h.GiveMembership(ctx, v, h.rhian, MembershipForm{"both/west", Admin, Health, p})
		},
		"invited": func(p string) error { _, err := h.Invite(ctx, v, guest(Admin), p); return err },
		"reset":   func(p string) error { return h.ResetFactors(ctx, v, h.tom, "lost", p) },
	} {
		before := lines(h)
		for typed, key := range map[string]string{"": "people.factor.required_code", "x": "people.factor.shape"} {
			if e := wants(t, do(typed), problem.Invalid, ""); e.Fields["proof"] != key {
				t.Errorf("%s: %v", what, e.Fields)
			}
		}
		if lines(h) != before {
			t.Errorf("%s: something was done without a proof", what)
		}
		if e := wants(t, do("abcd-abcd-abcd-abcd"), problem.Invalid, ""); e.Fields["proof"] != "people.factor.wrong" {
			t.Errorf("%s: %v", what, e.Fields)
		}
		if h.count("people_memberships WHERE person_id = ? AND role = ?", h.rhian, what)+h.count("people_invitations") > 0 && what != "reset" {
			t.Errorf("%s: done by a wrong proof", what)
		}
		if err := do(h.spare(h.boss)); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if what == "invited" {
			h.write(func(tx store.Tx) error { return tx.Exec("DELETE FROM people_invitations").Error })
		}
	}
	if err := h.GiveMembership(ctx, v, h.tom, MembershipForm{"both/west", Learner, Health, ""}); err != nil {
		t.Errorf("a learner: %v", err)
	}
	if _, err := h.Invite(ctx, v, guest(Learner), ""); err != nil {
		t.Errorf("a learner invited: %v", err)
	}
	if n := h.count("outbox_jobs WHERE kind = ? AND json_extract(payload, '$.Person') = ?", RoleGiven, h.rhian); n != 3 {
		t.Errorf("%d letters say which role was given", n)
	}
	if n := h.count("outbox_jobs WHERE kind = ? AND json_extract(payload, '$.Person') = ? AND json_extract(payload, '$.What') = 'reset' AND json_extract(payload, '$.By') = ?",
		FactorsChanged, h.tom, h.boss); n != 1 {
		t.Errorf("%d letters say who took the second step off", n)
	}
	made := "outbox_jobs WHERE kind = ? AND json_extract(payload, '$.What') = 'made' AND json_extract(payload, '$.Person') = ? AND json_extract(payload, '$.By') = ?"
	if h.count(made, AdminsTold, nesta, h.boss) != 1 || h.count("outbox_jobs WHERE kind = ?", AdminsTold) != 1 {
		t.Error("the other administrator does not hear of a third, or somebody else does")
	}
}

// The others hear who is no administrator any more, and who became one by an
// invitation.
func TestAdministratorsHearOfEachOther(t *testing.T) {
	h := newHouse(t, Options{})
	ctx, v := t.Context(), h.runs()
	nesta, third := h.administers("Nesta Wyn", "nesta@demo.example"), h.administers("Cai Wyn", "cai@demo.example")
	told := func(what AdminsWhat, about string, want ...string) {
		t.Helper()
		var got []string
		err := h.rx().Raw(`SELECT json_extract(payload, '$.Person') FROM outbox_jobs WHERE kind = ? AND json_extract(payload, '$.What') = ?
			AND json_extract(payload, '$.About') = ? AND json_extract(payload, '$.By') = ? ORDER BY id`, AdminsTold, what, about, h.boss).Scan(&got).Error
		if err != nil || len(got) != len(want) {
			t.Fatalf("%s: %d are told, not %d: %v", what, len(got), len(want), err)
		}
		for _, id := range want {
			if h.count("outbox_jobs WHERE kind = ? AND json_extract(payload, '$.Person') = ? AND json_extract(payload, '$.What') = ?", AdminsTold, id, what) != 1 {
				t.Errorf("%s: somebody is not told", what)
			}
		}
	}
	ms, _ := MembershipsOf(h.rx(), third)
	if err := h.TakeMembership(ctx, v, third, ms[0].ID, "left"); err != nil {
		t.Fatal(err)
	}
	told(AdminUnmade, third, nesta, third)
	if err := h.SuspendPerson(ctx, v, nesta, "left"); err != nil {
		t.Fatal(err)
	}
	told(AdminShut, nesta, nesta)
	if err := h.LiftSuspension(ctx, v, nesta, "back"); err != nil {
		t.Fatal(err)
	}
	told(AdminLetIn, nesta, nesta)
	if err := h.SuspendPerson(ctx, v, h.tom, "left"); err != nil {
		t.Fatal(err)
	}
	told(AdminShut, h.tom) // no administrator: nobody is told
	l := h.invite(v, NewInvitation{Email: "guest@demo.example", Name: "Guest", Organisation: "both", Board: "west", Role: Admin, JobRole: Health, Language: i18n.EN})
	if _, err := h.AcceptInvitation(ctx, Viewer{}, l.Link, Acceptance{Name: "Guest", Language: i18n.EN}); err != nil {
		t.Fatal(err)
	}
	var guest string
	h.rx().Raw("SELECT id FROM people_persons WHERE email_key = 'guest@demo.example'").Scan(&guest)
	told(AdminMade, guest, nesta, h.boss)
}
