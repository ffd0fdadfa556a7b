package people

import (
	"testing"
	"time"

	"golau/internal/store"
)

// merged is the school with Rhian’s second account behind her first.
func merged(h *house) (s OrganisationScope, rhian, again Position) {
	h.t.Helper()
	s, rhian, again = twins(h)
	id := h.propose(s, rhian.ID, again.ID)
	h.says(rhian.Person, id, SaidYes)
	h.says(again.Person, id, SaidYes)
	return s, rhian, again
}

// A list that knows somebody by the address of the account that stands behind theirs
// is about them: nobody is invited again, nobody is missing, and of both addresses
// the one that is kept counts.
func TestAListKnowsEitherAddress(t *testing.T) {
	h := newHouse(t, Options{})
	s, rhian, _ := merged(h)
	tom := "Tom Ellis;tom@demo.example;Education;;;;;\n"
	if _, p := h.bring(s, head+tom+"Rhian Morys;rhian@home.example;Education;;;;;\n"); !p.Fits() || p.Does() || p.Unchanged != 2 || len(p.Missing) != 0 {
		t.Errorf("by the second address: %+v", p)
	}
	if _, p := h.bring(s, head+tom+"Rhian Morys;rhian@demo.example;Education;;;;;\nRhian Morys;rhian@home.example;Health;;;;;\n"); !p.Fits() || p.Does() || p.Unchanged != 3 {
		t.Errorf("by both: %+v", p)
	}
	_, p := h.bring(s, head+"Tom Ellis;tom@demo.example;Education;;;;;RHIAN@home.example\nRhian Morys;rhian@home.example;Health;;;;;\n")
	if !p.Fits() || len(p.Changed) != 2 || p.Changed[1].Position != rhian.ID || len(p.New) != 0 {
		t.Errorf("changed by the second address: %+v", p)
	}
}

// Whoever stands behind a place that lasts is kept as its holder is, and no longer.
func TestWhoStandsBehindIsKept(t *testing.T) {
	h := newHouse(t, Options{})
	s, rhian, again := merged(h)
	passes := func() (is bool) {
		t.Helper()
		for _, p := range Passing {
			if p.Kind == Left {
				still, err := p.Still(h.rx(), again.Person, h.rx().Now())
				if err != nil {
					t.Fatal(err)
				}
				is = is || still
			}
		}
		return is
	}
	h.clock.Advance(time.Hour)
	if passes() {
		t.Error("an account goes whose learning counts")
	}
	if err := h.RecordLeaver(t.Context(), asTom, s, rhian.ID, "2026-11-01"); err != nil {
		t.Fatal(err)
	}
	if !passes() {
		t.Error("an account stays for ever")
	}
}

// When the agency goes into another, whoever stands behind somebody stands behind
// them there.
func TestWhoStandsBehindComesAlong(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	_, rhian, again := merged(h)
	m, err := WhatMerges(h.rx(), h.runs(), "school", "both")
	if err != nil {
		t.Fatal(err)
	}
	if err := h.MergeAgencies(ctx, h.runs(), "school", MergeForm{Into: "both", Look: m.Look(), Reason: "one school"}); err != nil {
		t.Fatal(err)
	}
	there := h.positionOf(rhian.Person, scopeOf(h.both, h.east))
	if who, err := Behind(h.rx(), there.ID); err != nil || len(who) != 1 || who[0] != again.Person {
		t.Errorf("%v, %v", who, err)
	}
	h.write(func(tx store.Tx) error { return Erase(tx, again.Person) })
	if who, err := Behind(h.rx(), there.ID); err != nil || len(who) != 0 {
		t.Errorf("whoever is erased still counts: %v, %v", who, err)
	}
}
