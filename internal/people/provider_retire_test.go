package people

import (
	"testing"

	"golau/internal/problem"
)

// What is given up takes its connections along and nothing else: its people are
// signed out, come in by other ways, and connect again to what comes after it.
func TestRetiringAProvider(t *testing.T) {
	a := newAgency(t)
	ctx := t.Context()
	v := a.join()
	r, err := a.come(Viewer{})
	if err != nil {
		t.Fatal(err)
	}
	sealed, away := a.away()
	tom := a.viewer(a.signIn("tom@demo.example", tomPassword))
	stays := a.signIn("rhian@demo.example", rhianPassword)
	wants(t, a.RetireProvider(ctx, tom, "school", "x"), problem.Forbidden, "")
	wants(t, second(WhatRetires(a.rx(), tom, "school")), problem.Forbidden, "")
	wants(t, a.RetireProvider(ctx, a.alex, "nowhere", "x"), problem.NotFound, "")
	wants(t, second(WhatRetires(a.rx(), a.alex, "nowhere")), problem.NotFound, "")
	wants(t, a.RetireProvider(ctx, a.alex, "school", " "), problem.Invalid, "people.reason.required")
	if w, err := WhatRetires(a.rx(), a.alex, "school"); err != nil || w.Lost != 1 || w.Kept != 0 || w.Provider.Key != "school" {
		t.Fatalf("%+v, %v", w, err)
	}
	if err := a.RetireProvider(ctx, a.alex, "school", "the contract has ended"); err != nil {
		t.Fatal(err)
	}
	a.shut("through the agency", r.Session)
	a.viewer(stays)
	for _, table := range []string{"people_providers", "people_provider_domains", "people_identities"} {
		if n := a.count(table); n != 0 {
			t.Errorf("%d in %s", n, table)
		}
	}
	if p, err := PersonByID(a.rx(), v.Person); err != nil || p.Suspended() || a.count("people_memberships WHERE person_id = ? AND ended_at IS NULL", v.Person) != 1 {
		t.Errorf("%+v, %v: the account is gone", p, err)
	}
	if a.count("audit_events WHERE verb = 'people.provider_retired'") != 1 || a.count("audit_details WHERE detail LIKE '%the contract has ended%'") != 1 {
		t.Error("it is not on record")
	}
	// Whoever was on the way finds it over, and it is offered to nobody.
	_, err = a.FinishSSO(ctx, Viewer{}, "school", sealed, away)
	wants(t, err, problem.Conflict, "people.sso.over")
	if ways, _ := a.WaysIn(ctx, "mari@hill.example"); len(ways) != 0 {
		t.Errorf("%+v", ways)
	}
	wants(t, a.RetireProvider(ctx, a.alex, "school", "again"), problem.NotFound, "")
	// The next one under the same name knows nobody: the address alone opens nothing.
	if key, err := a.AddProvider(ctx, a.alex, "school", a.form); err != nil || key != "school" {
		t.Fatal(key, err)
	}
	if err := a.EnableProvider(ctx, a.alex, "school"); err != nil {
		t.Fatal(err)
	}
	if r, err = a.come(Viewer{}); err != nil || r.Session != "" {
		t.Errorf("%+v, %v", r, err)
	}
	if _, err := a.MayConnect(ctx, r.Trip); err != nil {
		t.Errorf("who has an account may not connect it: %v", err)
	}
}

// Two agencies with one directory: the people of the one that is given up go on by
// the other's.
func TestRetiringOneOfTwoAtOneIssuer(t *testing.T) {
	a := newAgency(t)
	ctx := t.Context()
	a.says("subject-7", "mari@shared.example", true)
	v := a.join()
	r, err := a.come(Viewer{})
	if err != nil {
		t.Fatal(err)
	}
	f := a.form
	f.Domains = "shared.example"
	if _, err := a.AddProvider(ctx, a.alex, "twin", f); err != nil {
		t.Fatal(err)
	}
	if err := a.EnableProvider(ctx, a.alex, "twin"); err != nil {
		t.Fatal(err)
	}
	if w, err := WhatRetires(a.rx(), a.alex, "school"); err != nil || w.Lost != 0 || w.Kept != 1 {
		t.Fatalf("%+v, %v", w, err)
	}
	if err := a.RetireProvider(ctx, a.alex, "school", "one directory, one button"); err != nil {
		t.Fatal(err)
	}
	if a.viewer(r.Session).Person != v.Person || a.count("people_identities WHERE person_id = ?", v.Person) != 1 {
		t.Error("the connection is gone")
	}
	cs, err := a.Connections(ctx, v)
	if err != nil || len(cs) != 1 || !cs[0].Enabled {
		t.Errorf("%+v, %v", cs, err)
	}
}
