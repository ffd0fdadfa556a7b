package people

import (
	"testing"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// Whoever is suspended in one agency is nobody there from the next page on, and
// what they are elsewhere, until they are let in again.
func TestSuspendedInOneAgency(t *testing.T) {
	h := newHouse(t, Options{Demo: true})
	ctx := t.Context()
	s := scopeOf(h.school, h.east)
	rhian := func() Viewer {
		t.Helper()
		token, err := h.SignInAs(ctx, "rhian")
		if err != nil {
			t.Fatal(err)
		}
		return h.viewer(token)
	}
	p := h.positionOf(h.rhian, s)
	if v := rhian(); v.Barred() || len(v.Memberships) != 1 {
		t.Fatalf("%+v", v)
	}
	wants(t, h.SuspendHere(ctx, asTom, s, p.ID, " "), problem.Invalid, "")
	wants(t, h.SuspendHere(ctx, asTom, scopeOf(h.twin, h.west), p.ID, "Leave"), problem.NotFound, "")
	wants(t, h.SuspendHere(ctx, asTom, s, h.positionOf(h.tom, s).ID, "Leave"), problem.Conflict, "people.position.has_power")
	for range 2 {
		if err := h.SuspendHere(ctx, asTom, s, p.ID, "Leave"); err != nil {
			t.Fatal(err)
		}
	}
	if v := rhian(); !v.Barred() || len(v.Memberships) != 0 || len(v.Suspended) != 1 || v.Suspended[0].Organisation.ID != h.school {
		t.Errorf("suspended: %+v", v)
	}
	if is, err := SuspendedAmong(h.rx(), s, []string{"nobody", p.ID, h.positionOf(h.tom, s).ID}); err != nil || len(is) != 1 || !is[p.ID] {
		t.Errorf("%v, %v", is, err)
	}
	if is, err := SuspendedAmong(h.rx(), scopeOf(h.twin, h.west), []string{p.ID}); err != nil || len(is) != 0 {
		t.Errorf("to another agency: %v, %v", is, err)
	}
	h.write(func(tx store.Tx) error {
		_, err := AddMembership(tx, NewMembership{PersonID: h.rhian, OrganisationID: h.twin, BoardID: h.west, Role: Learner, JobRole: Health})
		return err
	})
	if v := rhian(); v.Barred() || v.Home().Organisation.ID != h.twin || len(v.Suspended) != 1 {
		t.Errorf("elsewhere: %+v", v)
	}
	wants(t, h.Reinstate(ctx, asTom, s, p.ID, ""), problem.Invalid, "")
	for range 2 {
		if err := h.Reinstate(ctx, asTom, s, p.ID, "Back from leave"); err != nil {
			t.Fatal(err)
		}
	}
	if v := rhian(); len(v.Memberships) != 2 || len(v.Suspended) != 0 {
		t.Errorf("let in again: %+v", v)
	}
	if n := h.count("audit_events WHERE verb IN ('people.suspended_here', 'people.reinstated')"); n != 2 {
		t.Errorf("%d lines on record", n)
	}
}

// A role of power is an administrator's word, and counts more than a suspension;
// whoever left and comes back is not suspended any more.
func TestWhatEndsASuspension(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	s := scopeOf(h.school, h.east)
	p := h.positionOf(h.rhian, s)
	suspend := func() {
		t.Helper()
		if err := h.SuspendHere(ctx, asTom, s, p.ID, "Leave"); err != nil {
			t.Fatal(err)
		}
	}
	suspend()
	if err := h.RecordLeaver(ctx, asTom, s, p.ID, "2026-11-01"); err != nil {
		t.Fatal(err)
	}
	wants(t, h.Reinstate(ctx, asTom, s, p.ID, "x"), problem.NotFound, "")
	if err := h.TakeBack(ctx, asTom, s, p.ID); err != nil {
		t.Fatal(err)
	}
	if p := h.positionOf(h.rhian, s); !p.Suspended.IsZero() || p.Reason != "" {
		t.Errorf("back: %+v", p)
	}
	suspend()
	if err := h.GiveMembership(ctx, h.runs(), h.rhian, MembershipForm{"school/east", Lead, Health, ""}); err != nil {
		t.Fatal(err)
	}
	if p := h.positionOf(h.rhian, s); !p.Suspended.IsZero() {
		t.Errorf("a lead who is suspended: %+v", p)
	}
}

// People are moved together if they are those who were looked at, or nobody is.
func TestPeopleAreMovedTogether(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	s := scopeOf(h.school, h.east)
	to, theirs := team(h, s, "To", ""), team(h, scopeOf(h.twin, h.west), "Theirs", "")
	ids := []string{h.positionOf(h.rhian, s).ID, h.positionOf(h.tom, s).ID, h.positionOf(h.officer, scopeOf(h.both, h.east)).ID, "nothing"}
	m, err := WhoMoves(h.rx(), s, ids)
	if err != nil || len(m.Who) != 2 {
		t.Fatalf("%+v, %v", m, err)
	}
	for f, field := range map[Move]string{{}: "to_team", {Team: theirs}: "to_team", {JobRole: "spy"}: "to_job"} {
		if p := wants(t, second(h.MovePeople(ctx, asTom, s, ids, m.Look, f)), problem.Invalid, ""); p.Fields[field] == "" {
			t.Errorf("%+v: %v", f, p.Fields)
		}
	}
	wants(t, second(WhoMoves(h.rx(), s, nil)), problem.Invalid, "")
	wants(t, second(WhoMoves(h.rx(), s, make([]string, MaxMoved+1))), problem.Invalid, "")
	if n, err := h.MovePeople(ctx, asTom, s, ids, m.Look, Move{Team: to, JobRole: Health}); err != nil || n != 2 {
		t.Fatal(n, err)
	}
	if h.count("people_positions WHERE team_id = ? AND job_role = 'health'", to) != 2 || h.count("audit_events WHERE verb = 'people.position_changed'") != 2 {
		t.Error("not moved, or not on record")
	}
	wants(t, second(h.MovePeople(ctx, asTom, s, ids, m.Look, Move{Team: NoTeam})), problem.Conflict, "people.move.changed")
	if m, err = WhoMoves(h.rx(), s, ids); err != nil {
		t.Fatal(err)
	}
	if err := h.RecordLeaver(ctx, asTom, s, ids[0], "2026-11-01"); err != nil {
		t.Fatal(err)
	}
	wants(t, second(h.MovePeople(ctx, asTom, s, ids, m.Look, Move{Team: NoTeam})), problem.Conflict, "people.move.changed")
	if h.count("people_positions WHERE team_id = ?", to) != 2 {
		t.Error("somebody was moved")
	}
}

// A line manager's people: their own, whom these manage in turn, and nobody who has
// left or is managed by somebody who has.
func TestWhomALineManagerManages(t *testing.T) {
	h := newHouse(t, Options{Demo: true})
	ctx := t.Context()
	s := scopeOf(h.school, h.east)
	var deeper, third string
	h.write(func(tx store.Tx) error {
		for i, to := range []*string{&deeper, &third} {
			person, err := AddPerson(tx, NewPerson{Name: "Deeper", Email: []string{"d@demo.example", "e@demo.example"}[i], Language: i18n.EN})
			if err == nil {
				*to, err = AddMembership(tx, NewMembership{PersonID: person, OrganisationID: h.school, BoardID: h.east, Role: Learner, JobRole: Health})
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	rhian := h.positionOf(h.rhian, s)
	managed := func(id, by string) {
		t.Helper()
		if err := h.SetPosition(ctx, asTom, s, id, PositionForm{JobRole: Health, Manager: by}); err != nil {
			t.Fatal(err)
		}
	}
	tom := func() Viewer { return h.viewer(h.whole(h.signIn("tom@demo.example", tomPassword))) }
	v := tom()
	if v.Manages {
		t.Error("who manages nobody manages")
	}
	wants(t, second(StaffOf(h.rx(), v)), problem.Forbidden, "people.forbidden")
	managed(rhian.ID, "tom@demo.example")
	managed(deeper, "rhian@demo.example")
	managed(third, "d@demo.example")
	v = tom()
	all, err := StaffOf(h.rx(), v)
	if err != nil || !v.Manages || len(all) != 1 || !all[0].Deep || all[0].Place.Organisation.ID != h.school {
		t.Fatalf("%+v, %v", all, err)
	}
	if own, below := all[0].Own.part.ids(), all[0].Below.part.ids(); len(own) != 1 || own[0] != rhian.ID || len(below) != 2 {
		t.Errorf("own %v, below %v", own, below)
	}
	for name, f := range map[string]func(){"a page": func() { _, _ = PositionIn(h.rx(), all[0].Own, rhian.ID) }, "teams": func() { _, _ = Teams(h.rx(), all[0].Own, i18n.EN) },
		"a move": func() { _, _ = WhoMoves(h.rx(), all[0].Own, []string{rhian.ID}) }} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("a line manager opens %s", name)
				}
			}()
			f()
		}()
	}
	if err := h.RecordLeaver(ctx, asTom, s, deeper, "2026-11-01"); err != nil {
		t.Fatal(err)
	}
	if all, err = StaffOf(h.rx(), v); err != nil || all[0].Deep {
		t.Errorf("below somebody who has left: %+v, %v", all, err)
	}
	if err := h.RecordLeaver(ctx, asTom, s, rhian.ID, "2026-11-01"); err != nil {
		t.Fatal(err)
	}
	wants(t, second(StaffOf(h.rx(), v)), problem.Forbidden, "")
	if v = tom(); v.Manages {
		t.Error("who managed the last one still manages")
	}
}
