package people

import (
	"strings"
	"testing"

	"golau/internal/problem"
)

func TestGivingAndTakingMemberships(t *testing.T) {
	h := newHouse(t, Options{})
	ctx, v := t.Context(), h.runs()
	f := MembershipForm{"both/west", Lead, Health, ""}
	if err := h.GiveMembership(ctx, v, h.rhian, f); err != nil {
		t.Fatal(err)
	}
	wants(t, h.GiveMembership(ctx, v, h.rhian, f), problem.Conflict, "people.membership.exists")
	ms, _ := MembershipsOf(h.rx(), h.rhian)
	if len(ms) != 2 || ms[1].Role != Lead || ms[1].Board.ID != h.west {
		t.Fatalf("%+v", ms)
	}
	for field, bad := range map[string]MembershipForm{"place": {"school/west", Lead, Health, ""}, "role": {"both/west", "owner", Health, ""}, "job_role": {"both/west", Lead, "", ""}} {
		if e := wants(t, h.GiveMembership(ctx, v, h.tom, bad), problem.Invalid, ""); len(e.Fields) != 1 || e.Fields[field] == "" {
			t.Errorf("%s: %v", field, e.Fields)
		}
	}
	for _, place := range []string{"", "/", "both", "both/", "/west", "both/west/x", strings.Repeat("x", 10_000)} {
		wants(t, h.GiveMembership(ctx, v, h.tom, MembershipForm{place, Lead, Health, ""}), problem.Invalid, "")
	}
	wants(t, h.GiveMembership(ctx, v, "nobody", f), problem.NotFound, "")
	// Somebody else's membership is not there, and one that has ended is neither.
	wants(t, h.TakeMembership(ctx, v, h.tom, ms[1].ID, "left"), problem.NotFound, "")
	if err := h.TakeMembership(ctx, v, h.rhian, ms[1].ID, "left"); err != nil {
		t.Fatal(err)
	}
	wants(t, h.TakeMembership(ctx, v, h.rhian, ms[1].ID, "left"), problem.NotFound, "")
	all, err := AllMembershipsOf(h.rx(), h.rhian)
	if err != nil || len(all) != 2 || all[1].Ended.IsZero() {
		t.Errorf("%+v, %v", all, err)
	}
}

// Somebody must be left who can administer the installation.
func TestTheLastAdministratorStays(t *testing.T) {
	h := newHouse(t, Options{})
	ctx, v := t.Context(), h.runs()
	ms, _ := MembershipsOf(h.rx(), h.boss)
	before := lines(h)
	wants(t, h.TakeMembership(ctx, v, h.boss, ms[0].ID, "left"), problem.Conflict, "people.admin.last")
	wants(t, h.SuspendPerson(ctx, v, h.boss, "tired"), problem.Conflict, "people.suspend.self")
	other := Viewer{Person: h.tom, Memberships: []Membership{{Role: Admin}}} // as their session was a moment ago
	wants(t, h.SuspendPerson(ctx, other, h.boss, "tired"), problem.Conflict, "people.admin.last")
	if lines(h) != before || h.count("people_persons WHERE suspended_at IS NOT NULL") != 0 {
		t.Error("something was done")
	}
	if err := h.GiveMembership(ctx, v, h.tom, MembershipForm{"school/east", Admin, Education, ""}); err != nil {
		t.Fatal(err)
	}
	if err := h.TakeMembership(ctx, v, h.boss, ms[0].ID, "left"); err != nil {
		t.Errorf("not the last any more: %v", err)
	}
}

func TestSuspending(t *testing.T) {
	h := newHouse(t, Options{})
	ctx, v := t.Context(), h.runs()
	token := h.signIn("rhian@demo.example", rhianPassword)
	for range 2 {
		if err := h.SuspendPerson(ctx, v, h.rhian, " left  her\nkey in the door "); err != nil {
			t.Fatal(err)
		}
	}
	p, _ := PersonByID(h.rx(), h.rhian)
	if !p.Suspended() || p.SuspendedReason != "left her key in the door" || h.count("audit_events WHERE verb = 'people.suspended'") != 1 {
		t.Errorf("%+v", p)
	}
	if _, err := h.Resolve(ctx, token); err == nil {
		t.Error("still signed in")
	}
	for _, bad := range []string{"", " \n ", strings.Repeat("x", 501), "a\x00b", "a\u202eb", "\xff"} {
		wants(t, h.SuspendPerson(ctx, v, h.tom, bad), problem.Invalid, "")
		wants(t, h.LiftSuspension(ctx, v, h.rhian, bad), problem.Invalid, "")
	}
	wants(t, h.SuspendPerson(ctx, v, "nobody", "x"), problem.NotFound, "")
	wants(t, h.LiftSuspension(ctx, v, "nobody", "x"), problem.NotFound, "")
	for range 2 {
		if err := h.LiftSuspension(ctx, v, h.rhian, "found it"); err != nil {
			t.Fatal(err)
		}
	}
	p, _ = PersonByID(h.rx(), h.rhian)
	if p.Suspended() || p.SuspendedReason != "" || h.count("audit_events WHERE verb = 'people.suspension_lifted'") != 1 {
		t.Errorf("%+v", p)
	}
	h.signIn("rhian@demo.example", rhianPassword)
}

func TestFindingPeople(t *testing.T) {
	h := newHouse(t, Options{})
	for words, want := range map[string]int{"MORYS": 1, "demo.example": 4, "rhian@": 1, "él": 1, "  tom  ellis ": 1, "nobody": 0, "%%": 0, strings.Repeat("x", 10_000): 0} {
		found, more, err := FindPersons(h.rx(), h.runs(), words)
		if err != nil || more || len(found) != want {
			t.Errorf("%.20q: %d, %v", words, len(found), err)
		}
	}
	found, _, _ := FindPersons(h.rx(), h.runs(), "morys")
	if len(found) != 1 || len(found[0].Memberships) != 1 || found[0].Memberships[0].Organisation.ID != h.school {
		t.Errorf("%+v", found)
	}
	for _, short := range []string{"", "a", "  \t "} {
		if _, _, err := FindPersons(h.rx(), h.runs(), short); problem.KindOf(err) != problem.Invalid || err == nil {
			t.Errorf("%q: %v", short, err)
		}
	}
}

func TestCouncilsNumbers(t *testing.T) {
	h := newHouse(t, Options{})
	ctx, v, before := t.Context(), h.runs(), lines(h)
	rhian := h.viewer(h.signIn("rhian@demo.example", rhianPassword))
	if h.CouncilOf(rhian).DayNumber != "01632 960001" {
		t.Fatal("the shelf was not filled")
	}
	f := CouncilForm{" 01632  960777", "+44 (0)1632 960888", "2026-11-23", "https://cyngor.example/plant"}
	for range 2 {
		if err := h.ChangeCouncil(ctx, v, "demo-1", f); err != nil {
			t.Fatal(err)
		}
	}
	if c := h.CouncilOf(rhian); c.DayNumber != "01632 960777" || c.CheckedOn != "2026-11-23" || lines(h) != before+2 { // one is the sign-in
		t.Errorf("every page still shows %+v; %d lines", c, lines(h)-before)
	}
	for field, bad := range map[string]CouncilForm{
		"day_number":          {"ring the bell", "", "2026-11-23", ""},
		"out_of_hours_number": {"01632 960001", "12", "2026-11-23", ""},
		"checked_on":          {"01632 960001", "", "", ""},
		"website":             {"", "", "", "javascript:alert(1)"},
	} {
		if e := wants(t, h.ChangeCouncil(ctx, v, "demo-1", bad), problem.Invalid, ""); len(e.Fields) != 1 || e.Fields[field] == "" {
			t.Errorf("%s: %v", field, e.Fields)
		}
	}
	for _, day := range []string{"2026-11-24", "2026-02-30", "0001-01-01", "yesterday", "2026-11-23T00:00", strings.Repeat("2", 10_000)} {
		if e := wants(t, h.ChangeCouncil(ctx, v, "demo-1", CouncilForm{CheckedOn: day}), problem.Invalid, ""); e.Fields["checked_on"] == "" {
			t.Errorf("%.20q: %v", day, e.Fields)
		}
	}
	for _, site := range []string{"http://a.example", "https://user@a.example", "https://a.example:99", "//a.example", "https://localhost", "https://127.0.0.1", "https://ŵ.example"} {
		wants(t, h.ChangeCouncil(ctx, v, "demo-1", CouncilForm{Website: site}), problem.Invalid, "")
	}
	if err := h.ChangeCouncil(ctx, v, "demo-1", CouncilForm{}); err != nil {
		t.Errorf("no number is better than a wrong one: %v", err)
	}
	wants(t, h.ChangeCouncil(ctx, v, "nowhere", f), problem.NotFound, "")
	old := Council{CheckedOn: "2025-11-22"}
	if !old.Old("2026-11-23") || (Council{CheckedOn: "2025-11-23"}).Old("2026-11-23") || (Council{}).Old("2026-11-23") {
		t.Error("a year is counted wrongly")
	}
	ours, others, err := CouncilLines(h.rx(), "cy")
	if err != nil || len(ours) != 1 || ours[0].Agencies != 1 || len(others) != 0 {
		t.Errorf("%+v %+v %v", ours, others, err)
	}
}
