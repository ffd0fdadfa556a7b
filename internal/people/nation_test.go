package people

import (
	"testing"

	"golau/internal/problem"
)

// Where somebody works is in what they are resolved to; it changes by their own
// choice alone, and each change has its line.
func TestNation(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	token := h.signIn("rhian@demo.example", rhianPassword)
	v := h.viewer(token)
	now := func() Nation {
		t.Helper()
		v, err := h.Resolve(ctx, token)
		if err != nil {
			t.Fatal(err)
		}
		return v.Nation
	}
	if now() != Wales {
		t.Errorf("whoever has chosen none works in %q", now())
	}
	for _, n := range Nations {
		if err := h.SetNation(ctx, v, n); err != nil || now() != n {
			t.Errorf("%s: %v, %s", n, err, now())
		}
	}
	lines := func() int { return h.count("audit_events WHERE verb = 'people.nation_changed'") }
	before := lines()
	if before != len(Nations)-1 {
		t.Errorf("%d lines for %d changes", before, len(Nations)-1)
	}
	for _, bad := range []Nation{"", "cymru", "Wales", "england "} {
		err := h.SetNation(ctx, v, bad)
		if p, ok := problem.As(err); !ok || p.Kind != problem.Invalid || now() != NorthernIreland {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if err := h.SetNation(ctx, v, NorthernIreland); err != nil || lines() != before {
		t.Errorf("the same again: %v, %d lines", err, lines())
	}
	if err := h.SetNation(ctx, Viewer{}, England); problem.KindOf(err) != problem.Unauthenticated {
		t.Error(err)
	}
}

// Whoever has an account when they accept an invitation keeps the nation they
// chose: the form asks only those who are new.
func TestAnInvitationLeavesTheNationOfAnAccount(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	v := h.viewer(h.signIn("rhian@demo.example", rhianPassword))
	if err := h.SetNation(ctx, v, Scotland); err != nil {
		t.Fatal(err)
	}
	l := h.invite(h.as(h.tom), newcomer("ffion@demo.example"))
	if _, err := h.AcceptInvitation(ctx, v, l.Link, Acceptance{As: AsMyself, Nation: England}); err != nil {
		t.Fatal(err)
	}
	if h.count("people_persons WHERE nation = 'scotland'") != 1 || h.count("people_persons WHERE nation = 'england'") != 0 {
		t.Error("the nation that was chosen before is gone")
	}
}
