package people

import (
	"testing"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// tomLeads is Tom as he stands now, from the database.
func (h *house) tomLeads() Viewer {
	h.t.Helper()
	ms, err := MembershipsOf(h.rx(), h.tom)
	if err != nil {
		h.t.Fatal(err)
	}
	return Viewer{Person: h.tom, Name: "Tom Ellis", Language: i18n.EN, Memberships: ms}
}

// parts makes a tree of teams, with Rhian in the lowest, and has Tom lead a team in
// the middle of it.
func (h *house) parts() (top, mine, below, beside string, part OrganisationScope) {
	h.t.Helper()
	s := scopeOf(h.school, h.east)
	top = team(h, s, "Top", "")
	mine, beside = team(h, s, "Mine", top), team(h, s, "Beside", top)
	below = team(h, s, "Below", mine)
	if err := h.SetPosition(h.t.Context(), asTom, s, h.positionOf(h.rhian, s).ID, PositionForm{JobRole: Education, Team: below}); err != nil {
		h.t.Fatal(err)
	}
	if err := h.SetPart(h.t.Context(), h.runs(), h.tomLeads().Memberships[0].ID, false, []string{mine}); err != nil {
		h.t.Fatal(err)
	}
	part, err := h.tomLeads().OrganisationScope("")
	if err != nil || part.IsWhole() {
		h.t.Fatal(part, err)
	}
	return top, mine, below, beside, part
}

// A scope that nobody granted, or with a part that nobody gave, answers nothing.
func TestAForgottenPartNeverWidens(t *testing.T) {
	forgotten := Viewer{Person: "p", Memberships: []Membership{{Role: Lead, Organisation: Organisation{ID: "o"}, Board: Board{ID: "b"}}}}
	s, err := forgotten.OrganisationScope("")
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]OrganisationScope{"zero": {}, "forgotten": s, "no agency": {"", "b", Whole}, "no board": {"o", "", Whole}, "unheard": {"o", "b", "all"}} {
		for what, f := range map[string]func(){"Within": func() { s.Within("q") }, "IsWhole": func() { s.IsWhole() }, "Organisation": func() { s.Organisation() }, "holds": func() { s.holds("") }} {
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("%s: %s answers", name, what)
					}
				}()
				f()
			}()
		}
	}
	for part, want := range map[Part]string{"teams": "q.team_id IN (SELECT value FROM json_each(?)) []", "teams a b": `q.team_id IN (SELECT value FROM json_each(?)) ["a","b"]`, Whole: "1 = 1"} {
		sql, args := OrganisationScope{"o", "b", part}.Within("q")
		for _, a := range args {
			sql += " " + a.(string)
		}
		if sql != want {
			t.Errorf("%s: %s", part, sql)
		}
	}
}

// A lead of a part orders their own teams and people, and moves neither over its edge.
func TestALeadOfAPartKeepsToIt(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	top, mine, below, beside, part := h.parts()
	v := h.tomLeads()
	ts, err := TeamsCounted(h.rx(), part, i18n.EN)
	if err != nil || len(ts) != 2 || ts[0].ID != mine || ts[0].Parent != "" || ts[0].Within != 1 || ts[1].Depth != 1 {
		t.Errorf("%+v, %v", ts, err)
	}
	named := func(id, parent string) Team {
		return Team{ID: id, Name: i18n.Text{EN: "Renamed " + id}, Parent: parent}
	}
	wants(t, second(h.SaveTeam(ctx, v, part, named(top, ""))), problem.NotFound, "")
	wants(t, second(h.SaveTeam(ctx, v, part, named(beside, mine))), problem.NotFound, "")
	for name, to := range map[string]Team{"new at the top": named("", ""), "new beyond": named("", beside), "their own beyond": named(mine, beside), "theirs below itself": named(mine, below), "one of theirs to the top": named(below, ""), "one of theirs beyond": named(below, beside)} {
		if p := wants(t, second(h.SaveTeam(ctx, v, part, to)), problem.Invalid, ""); p != nil && p.Fields["parent"] == "" {
			t.Errorf("%s: %v", name, p.Fields)
		}
	}
	if _, err := h.SaveTeam(ctx, v, part, named(mine, "")); err != nil {
		t.Error(err)
	}
	if h.count("people_teams WHERE id = ? AND parent_id = ?", mine, top) != 1 {
		t.Error("the team with which the part begins went elsewhere")
	}
	newer, err := h.SaveTeam(ctx, v, part, Team{Name: i18n.Text{EN: "Newer"}, Parent: mine})
	if err != nil {
		t.Fatal(err)
	}
	v = h.tomLeads()
	if part, err = v.OrganisationScope(""); err != nil || !part.holds(newer) {
		t.Errorf("what they add is not theirs: %v, %v", part, err)
	}
	wants(t, h.CloseTeam(ctx, v, part, mine), problem.Conflict, "people.team.led")
	wants(t, h.CloseTeam(ctx, asTom, scopeOf(h.school, h.east), mine), problem.Conflict, "people.team.led") // nor does anybody else
	wants(t, h.CloseTeam(ctx, v, part, beside), problem.NotFound, "")
	if err := h.CloseTeam(ctx, v, part, newer); err != nil {
		t.Error(err)
	}
	rhian := h.positionOf(h.rhian, scopeOf(h.school, h.east))
	for _, to := range []string{"", top, beside} {
		wants(t, h.SetPosition(ctx, v, part, rhian.ID, PositionForm{JobRole: Health, Team: to}), problem.Invalid, "")
		if to == "" {
			to = NoTeam
		}
		m, err := WhoMoves(h.rx(), part, []string{rhian.ID})
		if err != nil {
			t.Fatal(err)
		}
		wants(t, second(h.MovePeople(ctx, v, part, []string{rhian.ID}, m.Look, Move{Team: to})), problem.Invalid, "")
	}
	tom := h.positionOf(h.tom, scopeOf(h.school, h.east)) // he is in no team, and so not in his part
	wants(t, second(PositionIn(h.rx(), part, tom.ID)), problem.NotFound, "")
	wants(t, h.SetPosition(ctx, v, part, rhian.ID, PositionForm{JobRole: Health, Team: mine, Manager: "tom@demo.example"}), problem.Invalid, "")
	wants(t, h.SetPart(ctx, v, v.Memberships[0].ID, true, nil), problem.Forbidden, "people.forbidden")
	if _, err := LeaderToSet(h.rx(), v, v.Memberships[0].ID); problem.KindOf(err) != problem.Forbidden {
		t.Error(err)
	}
	if waits, err := WaitingFor(h.rx(), v); err != nil || len(waits) != 0 {
		t.Errorf("%v, %v", waits, err)
	}
}

// Whoever is in the part names no line manager who is themselves: they would see
// whom that person manages beyond it.
func TestALeadOfAPartManagesNobodyByTheirOwnWord(t *testing.T) {
	h := newHouse(t, Options{})
	_, mine, _, _, part := h.parts()
	s := scopeOf(h.school, h.east)
	tom := h.positionOf(h.tom, s)
	if err := h.SetPosition(t.Context(), asTom, s, tom.ID, PositionForm{JobRole: Education, Team: mine}); err != nil {
		t.Fatal(err)
	}
	p := wants(t, h.SetPosition(t.Context(), h.tomLeads(), part, h.positionOf(h.rhian, s).ID, PositionForm{JobRole: Education, Team: mine, Manager: "tom@demo.example"}), problem.Invalid, "")
	if p.Fields["manager"] != "people.position.manager_own" {
		t.Error(p.Fields)
	}
}

// Who leads what is set by somebody else who leads all of it, or by an administrator.
func TestWhoSetsAPart(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	s := scopeOf(h.school, h.east)
	own, foreign := team(h, s, "Own", ""), team(h, scopeOf(h.twin, h.west), "Theirs", "")
	tom := h.tomLeads()
	var other, elsewhere string
	h.write(func(tx store.Tx) (err error) {
		if other, err = AddMembership(tx, NewMembership{PersonID: h.officer, OrganisationID: h.school, BoardID: h.east, Role: Lead, JobRole: Health}); err != nil {
			return err
		}
		elsewhere, err = AddMembership(tx, NewMembership{PersonID: h.rhian, OrganisationID: h.twin, BoardID: h.west, Role: Lead, JobRole: Health})
		return err
	})
	wants(t, h.SetPart(ctx, tom, tom.Memberships[0].ID, false, []string{own}), problem.Conflict, "people.part.self")
	wants(t, h.SetPart(ctx, tom, elsewhere, false, []string{foreign}), problem.NotFound, "")
	wants(t, h.SetPart(ctx, tom, h.rhianMember, false, []string{own}), problem.NotFound, "") // who leads nothing
	wants(t, h.SetPart(ctx, Viewer{Person: h.rhian}, other, true, nil), problem.Forbidden, "")
	for _, teams := range [][]string{nil, {foreign}, {own, "nothing"}} {
		if p := wants(t, h.SetPart(ctx, tom, other, false, teams), problem.Invalid, ""); p.Fields["teams"] == "" {
			t.Error(p.Fields)
		}
	}
	if err := h.SetPart(ctx, tom, other, false, []string{own, own}); err != nil {
		t.Fatal(err)
	}
	all, err := Leaders(h.rx(), tom, s)
	if err != nil || len(all) != 2 || all[0].Leads != Whole || !all[0].Own || len(all[1].Teams) != 1 || all[1].Name != "Megan Puw" {
		t.Errorf("%+v, %v", all, err)
	}
	megan := Viewer{Person: h.officer, Memberships: []Membership{all[1].Membership}}
	part, err := megan.OrganisationScope("")
	if err != nil {
		t.Fatal(err)
	}
	if mine, err := Leaders(h.rx(), megan, part); err != nil || len(mine) != 1 {
		t.Errorf("a lead of a part sees %v, %v", mine, err)
	}
	if len(megan.LedWhole()) != 0 || len(tom.LedWhole()) != 1 {
		t.Error("who leads everybody")
	}
	if err := h.SetPart(ctx, h.runs(), other, true, []string{own}); err != nil || h.count("people_led_teams") != 0 || h.count("people_memberships WHERE leads_part = 1") != 0 {
		t.Error("not whole again", err)
	}
	if h.count("audit_events WHERE verb = 'people.part_set'") != 2 {
		t.Error("not on record")
	}
}

// A part stays a part where its agency is merged into another, of which it holds
// nobody; whoever was suspended stays it.
func TestAMergerWidensNoPart(t *testing.T) {
	h, f := merging(t)
	ctx := t.Context()
	h.write(func(tx store.Tx) error {
		return EndMembership(tx, h.one("people_memberships WHERE organisation_id = ? AND person_id = ? AND role = 'lead'", h.both, h.tom))
	})
	h.parts()
	s := scopeOf(h.school, h.east)
	if err := h.SuspendHere(ctx, asTom, s, h.positionOf(h.rhian, s).ID, "Leave"); err != nil {
		t.Fatal(err)
	}
	m, err := WhatMerges(h.rx(), h.runs(), "school", "both")
	if err != nil {
		t.Fatal(err)
	}
	f.Look = m.Look()
	if err := h.MergeAgencies(ctx, h.runs(), "school", f); err != nil {
		t.Fatal(err)
	}
	v := h.tomLeads()
	at, err := v.OrganisationScope("both")
	if err != nil || at.IsWhole() || len(at.part.ids()) != 0 {
		t.Errorf("the part is %q, %v", at.part, err)
	}
	if p := h.positionOf(h.rhian, scopeOf(h.both, h.east)); p.Suspended.IsZero() || p.Reason != "Leave" {
		t.Errorf("not suspended any more: %+v", p)
	}
}

// one is the id of the one row.
func (h *house) one(from string, args ...any) (id string) {
	h.t.Helper()
	if err := h.rx().Raw("SELECT id FROM "+from, args...).Scan(&id).Error; err != nil || id == "" {
		h.t.Fatal(err)
	}
	return id
}

// An invitation says where somebody will stand; whoever stands there already stays.
func TestAnInvitationSaysWhereSomebodyStands(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	top, mine, below, beside, part := h.parts()
	v := h.tomLeads()
	line := NewInvitation{Email: "new@demo.example", Name: "New One", JobRole: Health, Language: i18n.EN, Stand: Stand{Team: beside, Group: "C", WorksSince: "01/09/2019"}}
	for _, team := range []string{top, beside, "nothing"} {
		line.Team = team
		if p := wants(t, second(h.Invite(ctx, v, []NewInvitation{line}, "")), problem.Invalid, ""); p.Fields["team"] == "" {
			t.Error(p.Fields)
		}
	}
	line.Team = ""
	if plan, err := h.Invite(ctx, v, []NewInvitation{line}, ""); err != nil || plan[0].Team != mine {
		t.Fatalf("%+v, %v", plan, err)
	}
	if _, err := h.Invite(ctx, h.runs(), []NewInvitation{{Email: "second@demo.example", Name: "Second", JobRole: Health, Language: i18n.EN, Organisation: "school", Stand: Stand{Team: beside}}}, ""); err != nil {
		t.Fatal(err)
	}
	if is, _, err := Invitations(h.rx(), v, 0); err != nil || len(is) != 1 || is[0].Email != "new@demo.example" {
		t.Errorf("%+v, %v", is, err)
	}
	accept := func(email string) {
		t.Helper()
		id := h.one("people_invitations WHERE email_key = ?", email)
		if _, err := h.AcceptInvitation(ctx, Viewer{}, h.linkOf("invitation", id), Acceptance{Name: "New One", Language: i18n.EN, Nation: "wales"}); err != nil {
			t.Fatal(err)
		}
	}
	accept("new@demo.example")
	s := scopeOf(h.school, h.east)
	p := h.positionOf(h.one("people_persons WHERE email_key = 'new@demo.example'"), s)
	if p.Team != mine || p.Group != "C" || p.WorksSince != "2019-09-01" {
		t.Errorf("%+v", p)
	}
	if _, err := PositionIn(h.rx(), part, p.ID); err != nil {
		t.Error(err)
	}
	h.write(func(tx store.Tx) error { // whoever stands there already is moved by no invitation
		_, err := h.Directory.invite(tx, h.boss, Planned{NewInvitation: NewInvitation{Email: "rhian@demo.example", Name: "Rhian", Role: Officer, JobRole: Health, Language: i18n.EN, Stand: Stand{Team: beside}},
			Place: Place{Organisation{ID: h.school}, Board{ID: h.east}}, emailKey: "rhian@demo.example"})
		return err
	})
	accept("rhian@demo.example")
	if p := h.positionOf(h.rhian, s); p.Team != below {
		t.Errorf("moved to %s", p.Team)
	}
}

// A lead of a part names nobody beyond it as a reviewer, but for those who lead all of
// the agency: else an address would tell who works there.
func TestAReviewerIsOfThePart(t *testing.T) {
	h := newHouse(t, Options{})
	whole := scopeOf(h.school, h.east)
	h.joins("Far Away", "far@demo.example")
	lead := h.joins("Whole Lead", "whole@demo.example")
	h.write(func(tx store.Tx) error {
		_, err := AddMembership(tx, NewMembership{PersonID: lead, OrganisationID: h.school, BoardID: h.east, Role: Lead, JobRole: Education})
		return err
	})
	_, _, _, _, part := h.parts()
	for email, want := range map[string][2]bool{"rhian@demo.example": {true, true}, "far@demo.example": {true, false}, "whole@demo.example": {true, true},
		"nobody@demo.example": {false, false}, "megan@demo.example": {false, false}} {
		for i, s := range []OrganisationScope{whole, part} {
			id, err := WorksAt(h.rx(), s, email)
			if found := err == nil && id != ""; found != want[i] || err != nil && problem.KindOf(err) != problem.NotFound {
				t.Errorf("%s, scope %d: %q, %v", email, i, id, err)
			}
		}
	}
}
