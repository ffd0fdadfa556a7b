package people

import (
	"testing"

	"golau/internal/problem"
	"golau/internal/store"
)

// merging sets two agencies up of which one goes into the other: Hill School with a
// learner, a lead, one who waits, two invitations and a domain goes into "both",
// where Tom leads already and waits as a learner.
func merging(t *testing.T) (*house, MergeForm) {
	h := newHouse(t, Options{})
	h.write(func(tx store.Tx) error {
		for _, n := range []NewMembership{
			{PersonID: h.officer, OrganisationID: h.school, BoardID: h.east, Role: Learner, JobRole: Education, Unconfirmed: true},
			{PersonID: h.tom, OrganisationID: h.both, BoardID: h.east, Role: Lead, JobRole: Health},
			{PersonID: h.rhian, OrganisationID: h.both, BoardID: h.east, Role: Learner, JobRole: Health, Unconfirmed: true},
		} {
			if _, err := AddMembership(tx, n); err != nil {
				return err
			}
		}
		return AddDomain(tx, h.school, "hill.example")
	})
	ask := func(email, agency string) {
		_, err := h.Invite(t.Context(), h.runs(), []NewInvitation{{Email: email, Name: "New One", Organisation: agency, Board: "east", JobRole: Education, Language: "cy"}}, "")
		if err != nil {
			t.Fatal(err)
		}
	}
	ask("new@hill.example", "school")
	ask("two@hill.example", "school")
	ask("two@hill.example", "both")
	m, err := WhatMerges(h.rx(), h.runs(), "school", "both")
	if err != nil || m.From.People != 3 || m.Memberships != 1 || m.There != 2 || m.Sent != 1 || m.Dropped != 1 || len(m.Missing) != 0 || len(m.From.Domains) != 1 {
		t.Fatalf("%+v, %v", m, err)
	}
	return h, MergeForm{Into: "both", Look: m.Look(), Reason: "one school from September"}
}

// One agency goes into another: everybody is there once, in the role they had, and
// what was said before is what was done.
func TestMergingAgencies(t *testing.T) {
	h, f := merging(t)
	ctx, v := t.Context(), h.runs()
	school := scopeOf(h.school, h.east)
	if err := h.SetPosition(ctx, v, school, h.positionOf(h.rhian, school).ID, PositionForm{JobRole: Education, Group: "C", StaffNumber: "0017"}); err != nil {
		t.Fatal(err)
	}
	if err := h.MergeAgencies(ctx, v, "school", f); err != nil {
		t.Fatal(err)
	}
	for sql, want := range map[string]int{
		"people_memberships WHERE organisation_id = '" + h.school + "' AND ended_at IS NULL":                                                       0,
		"people_memberships WHERE organisation_id = '" + h.both + "' AND person_id = '" + h.tom + "' AND role = 'lead' AND ended_at IS NULL":       1,
		"people_memberships WHERE organisation_id = '" + h.both + "' AND person_id = '" + h.rhian + "' AND unconfirmed = 0 AND ended_at IS NULL":   1,
		"people_memberships WHERE organisation_id = '" + h.both + "' AND person_id = '" + h.officer + "' AND unconfirmed = 1 AND role = 'learner'": 1,
		"people_invitations WHERE organisation_id = '" + h.school + "' AND withdrawn_at IS NULL":                                                   0,
		"people_invitations WHERE organisation_id = '" + h.both + "' AND withdrawn_at IS NULL":                                                     2,
		"outbox_jobs WHERE kind = 'people.invited'":                                                               4,
		"people_email_domains WHERE organisation_id = '" + h.both + "' AND domain = 'hill.example'":               1,
		"people_email_domains WHERE organisation_id = '" + h.school + "'":                                         0,
		"people_organisations WHERE key = 'school' AND retired_at IS NOT NULL AND merged_into = '" + h.both + "'": 1,
		"audit_details WHERE detail LIKE '%one school from September%'":                                           1,
	} {
		if n := h.count(sql); n != want {
			t.Errorf("%d, want %d: %s", n, want, sql)
		}
	}
	if p := h.positionOf(h.rhian, scopeOf(h.both, h.east)); p.Group != "C" || p.StaffNumber != "0017" || !p.Left.IsZero() || h.positionOf(h.rhian, school).Left.IsZero() {
		t.Errorf("what her position said stayed behind: %+v", p)
	}
	if h.count("people_positions WHERE organisation_id = '"+h.both+"' AND words LIKE '%0017'") != 1 {
		t.Error("she is not found by her staff number any more")
	}
	if m, err := MembershipNow(h.rx(), h.rhianMember); err != nil || m.Organisation.ID != h.both || m.Unconfirmed {
		t.Errorf("%+v, %v", m, err)
	}
	if ids, err := MergedInto(h.rx(), h.both); err != nil || len(ids) != 1 || ids[0] != h.school {
		t.Errorf("%v, %v", ids, err)
	}
	wants(t, h.ReturnAgency(ctx, v, "school"), problem.Conflict, "people.agency.merged")
	wants(t, h.MergeAgencies(ctx, v, "school", f), problem.NotFound, "")
}

// What cannot be merged is not, and nothing is half done.
func TestMergingIsRefused(t *testing.T) {
	h, f := merging(t)
	ctx, v := t.Context(), h.runs()
	lead := h.viewer(h.signIn("tom@demo.example", tomPassword))
	before := lines(h)
	wants(t, h.MergeAgencies(ctx, lead, "school", f), problem.Forbidden, "")
	wants(t, second(WhatMerges(h.rx(), lead, "school", "both")), problem.Forbidden, "")
	for _, c := range []struct {
		change func(*MergeForm)
		key    string
		kind   problem.Kind
		says   string
	}{
		{func(f *MergeForm) { f.Reason = "" }, "school", problem.Invalid, "people.reason.required"},
		{func(f *MergeForm) { f.Look = "x" }, "school", problem.Conflict, "people.agency.merge_changed"},
		{func(f *MergeForm) { f.Into = "school" }, "school", problem.NotFound, ""},
		{func(f *MergeForm) { f.Into = "nowhere" }, "school", problem.NotFound, ""},
		{func(f *MergeForm) {}, "nowhere", problem.NotFound, ""},
		{func(f *MergeForm) { f.Into = "twin" }, "school", problem.Conflict, "people.agency.merge_boards"},
	} {
		bad := f
		c.change(&bad)
		wants(t, h.MergeAgencies(ctx, v, c.key, bad), c.kind, c.says)
	}
	if m, err := WhatMerges(h.rx(), v, "school", "twin"); err != nil || len(m.Missing) != 1 || m.Missing[0].ID != h.east {
		t.Errorf("%+v, %v", m.Missing, err)
	}
	if lines(h) != before || h.count("people_organisations WHERE retired_at IS NOT NULL") != 0 {
		t.Error("something was done")
	}
	h.write(func(tx store.Tx) error { // somebody comes in between
		_, err := AddMembership(tx, NewMembership{PersonID: h.boss, OrganisationID: h.school, BoardID: h.east, Role: Learner, JobRole: Education})
		return err
	})
	wants(t, h.MergeAgencies(ctx, v, "school", f), problem.Conflict, "people.agency.merge_changed")
	if err := h.RetireAgency(ctx, v, "both", "closed"); err != nil {
		t.Fatal(err)
	}
	wants(t, h.MergeAgencies(ctx, v, "school", f), problem.NotFound, "")
}

// Whoever comes by the agency's own sign-in goes on doing so in the other.
func TestMergingMovesTheSignIn(t *testing.T) {
	a := newAgency(t)
	a.join()
	a.write(func(tx store.Tx) error { return LinkBoard(tx, a.twin, a.east) })
	m, err := WhatMerges(a.rx(), a.alex, "school", "twin")
	if err != nil || len(m.From.SignIns) != 1 || m.Connections != 1 {
		t.Fatalf("%+v, %v", m, err)
	}
	if err := a.MergeAgencies(t.Context(), a.alex, "school", MergeForm{Into: "twin", Look: m.Look(), Reason: "one school"}); err != nil {
		t.Fatal(err)
	}
	p, err := ProviderByKey(a.rx(), a.alex, "school")
	if err != nil || p.Organisation.ID != a.twin || len(p.Domains) == 0 || !p.Enabled {
		t.Fatalf("%+v, %v", p, err)
	}
	if r, err := a.come(Viewer{}); err != nil || r.Session == "" {
		t.Errorf("%+v, %v", r, err)
	}
	if a.count("audit_events WHERE verb = 'people.provider_moved'") != 1 {
		t.Error("not on record")
	}
}
