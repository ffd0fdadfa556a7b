package people

import (
	"testing"

	"golau/internal/problem"
)

// Where the agency's own sign-in is the only way, nobody leaves it by a button,
// nor goes round it by an invitation.
func TestTheOnlyWayIsNotLeft(t *testing.T) {
	a := newAgency(t)
	ctx := t.Context()
	a.says("rhian-there", "rhian@demo.example", true)
	r, err := a.come(Viewer{})
	if err != nil {
		t.Fatal(err)
	}
	rhian := a.connects("rhian@demo.example", rhianPassword, r.Trip)
	cs, err := a.Connections(ctx, rhian)
	if err != nil || len(cs) != 1 {
		t.Fatal(cs, err)
	}
	only := a.form
	only.OnlyWay, only.Secret = true, ""
	if err := a.ChangeProvider(ctx, a.alex, "school", only); err != nil {
		t.Fatal(err)
	}
	wants(t, a.Disconnect(ctx, rhian, cs[0].ID, rhianPassword), problem.Conflict, "people.sso.only_stays")
	if a.count("people_identities WHERE person_id = ?", a.rhian) != 1 {
		t.Fatal("it is gone")
	}
	wants(t, second(a.SignIn(ctx, "rhian@demo.example", rhianPassword)), problem.Forbidden, "people.sso.only_there")

	n := newcomer("rhian@demo.example")
	n.Organisation = "twin"
	l := a.invite(a.as(a.boss), n)
	wants(t, second(a.AcceptInvitation(ctx, Viewer{}, l.Link, Acceptance{})), problem.Forbidden, "people.sso.only_there")
	if got, err := a.InvitationOpen(ctx, rhian, l.Link); err != nil || !got.Self {
		t.Fatalf("the invitation is used up: %+v, %v", got, err)
	}
	if next, err := a.AcceptInvitation(ctx, rhian, l.Link, Acceptance{}); err != nil || next != "" {
		t.Errorf("who came by it accepts as themselves: %q, %v", next, err)
	}
	// To a role that asks for a second factor, it ends their session and begins none.
	n.Role = Lead
	l = a.invite(a.as(a.boss), n)
	if next, err := a.AcceptInvitation(ctx, rhian, l.Link, Acceptance{}); err != nil || next != "" {
		t.Errorf("%q, %v", next, err)
	}
	if a.count("people_sessions WHERE person_id = ? AND ended_at IS NULL", a.rhian) != 0 {
		t.Error("a session goes on")
	}
	// What is not the only way, or not any more, goes as ever.
	if err := a.DisableProvider(ctx, a.alex, "school"); err != nil {
		t.Fatal(err)
	}
	if err := a.Disconnect(ctx, rhian, cs[0].ID, rhianPassword); err != nil {
		t.Error(err)
	}
}
