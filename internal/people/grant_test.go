package people

import (
	"testing"

	"golau/internal/problem"
)

// oneDoor signs Rhian in as the learner she is: with her password alone.
func (h *house) oneDoor() string {
	h.t.Helper()
	token, err := h.SignIn(h.t.Context(), "rhian@demo.example", rhianPassword)
	if err != nil {
		h.t.Fatal(err)
	}
	if v, err := h.Resolve(h.t.Context(), token); err != nil || v.Is(Admin) || v.Is(Lead) {
		h.t.Fatalf("not a learner who is in: %+v, %v", v, err)
	}
	return token
}

// A session that one password made is worth no more than that on the day its
// person is given a role which asks for two steps.
func TestARoleThatIsGivenEndsSessionsOfOneDoor(t *testing.T) {
	for _, role := range mustHaveSecond {
		h := newHouse(t, Options{})
		ctx, first, other := t.Context(), h.oneDoor(), h.oneDoor()
		if err := h.GiveMembership(ctx, h.runs(), h.rhian, MembershipForm{"both/west", Learner, Health, ""}); err != nil {
			t.Fatal(err)
		}
		if v, err := h.Resolve(ctx, first); err != nil || len(v.Memberships) != 2 {
			t.Errorf("a learner in two places: %v", err)
		}
		if err := h.GiveMembership(ctx, h.runs(), h.rhian, MembershipForm{"both/west", role, Health, ""}); err != nil {
			t.Fatal(err)
		}
		h.shut(string(role), first)
		h.shut(string(role)+" elsewhere", other)
		if _, err := h.ResolveHalf(ctx, first); err != nil {
			t.Error(err)
		}
		wants(t, h.BeginTOTP(ctx, first), problem.Unauthenticated, "") // nor does it set a factor up
		if h.count("audit_details WHERE detail LIKE '%\"ended_sessions\":2%'") != 1 {
			t.Error("not on record")
		}
		if v := h.viewer(h.halfIn("rhian@demo.example", rhianPassword)); !v.Is(role) {
			t.Errorf("with the second step: %+v", v)
		}
	}
}

// Who has shown a second factor goes on, and nobody else's session is touched.
func TestARoleThatIsGivenLeavesOtherSessions(t *testing.T) {
	h := newHouse(t, Options{})
	tom, rhian := h.signIn("tom@demo.example", tomPassword), h.oneDoor()
	if err := h.GiveMembership(t.Context(), h.runs(), h.tom, MembershipForm{"both/west", Admin, Health, ""}); err != nil {
		t.Fatal(err)
	}
	if v, err := h.Resolve(t.Context(), tom); err != nil || !v.Is(Admin) {
		t.Errorf("%+v, %v", v, err)
	}
	if _, err := h.Resolve(t.Context(), rhian); err != nil {
		t.Error(err)
	}
}

// By an invitation too: accepted as oneself it ends the session that accepts it,
// and leads on to the second step, by the letter that proves the address.
func TestAnInvitationToARoleEndsSessionsOfOneDoor(t *testing.T) {
	h := newHouse(t, Options{})
	ctx, token := t.Context(), h.oneDoor()
	v, err := h.Resolve(ctx, token)
	if err != nil {
		t.Fatal(err)
	}
	n := newcomer("rhian@demo.example")
	n.Organisation = "twin"
	l := h.invite(h.as(h.boss), n)
	if next, err := h.AcceptInvitation(ctx, v, l.Link, Acceptance{}); err != nil || next != "" {
		t.Fatalf("%q, %v", next, err)
	}
	if _, err := h.Resolve(ctx, token); err != nil {
		t.Errorf("a learner's session: %v", err)
	}
	n.Role = Lead
	l = h.invite(h.as(h.boss), n)
	next, err := h.AcceptInvitation(ctx, v, l.Link, Acceptance{})
	if err != nil || next == "" {
		t.Fatalf("%q, %v", next, err)
	}
	h.shut("who accepted", token)
	h.shut("who owes the second step", next)
	if !h.viewer(next).Is(Lead) {
		t.Error("the second step leads nowhere")
	}
}

// An invitation sent to another address says nothing about whose session it is:
// they sign in again.
func TestAnInvitationToAnotherAddressBeginsNoSession(t *testing.T) {
	h := newHouse(t, Options{})
	ctx, token := t.Context(), h.oneDoor()
	v, err := h.Resolve(ctx, token)
	if err != nil {
		t.Fatal(err)
	}
	n := newcomer("rhian.home@demo.example")
	n.Role = Lead
	l := h.invite(h.as(h.boss), n)
	next, err := h.AcceptInvitation(ctx, v, l.Link, Acceptance{As: AsMyself})
	if err != nil || next != "" || h.count("people_sessions WHERE person_id = ?", h.rhian) != 1 {
		t.Fatalf("%q, %v", next, err)
	}
	h.shut("who accepted", token)
}
