package people

import (
	"testing"

	"golau/internal/problem"
	"golau/internal/store"
)

// An agency that is retired takes in nobody by any way; its people, and what they
// may, stay. It comes back as it was, but for its invitations.
func TestRetiringAnAgency(t *testing.T) {
	h := newHouse(t, Options{})
	ctx, v := t.Context(), h.runs()
	lead := h.viewer(h.signIn("tom@demo.example", tomPassword))
	h.write(func(tx store.Tx) error { return AddDomain(tx, h.school, "hill.example") })
	line := NewInvitation{Email: "new@hill.example", Name: "New One", Organisation: "school", JobRole: Education, Language: "en"}
	if _, err := h.Invite(ctx, lead, []NewInvitation{line}, ""); err != nil {
		t.Fatal(err)
	}
	before := lines(h)
	wants(t, h.RetireAgency(ctx, lead, "school", "closed"), problem.Forbidden, "")
	wants(t, second(StandingOf(h.rx(), lead, "school")), problem.Forbidden, "")
	wants(t, h.RetireAgency(ctx, v, "school", " "), problem.Invalid, "people.reason.required")
	wants(t, h.RetireAgency(ctx, v, "nowhere", "closed"), problem.NotFound, "")
	s, err := StandingOf(h.rx(), v, "school")
	if err != nil || s.People != 2 || s.Leads != 1 || s.Invitations != 1 || len(s.Domains) != 1 || lines(h) != before {
		t.Fatalf("%+v, %v", s, err)
	}
	if err := h.RetireAgency(ctx, v, "school", "closed in July"); err != nil {
		t.Fatal(err)
	}
	if h.count("audit_details WHERE detail LIKE '%closed in July%'") != 1 || h.count("people_invitations WHERE withdrawn_at IS NULL") != 0 {
		t.Error("no reason on record, or an invitation that still holds")
	}
	lead = h.viewer(h.signIn("tom@demo.example", tomPassword))
	if !lead.Is(Lead) || !lead.Memberships[0].Organisation.Retired || h.count("people_memberships WHERE organisation_id = ? AND ended_at IS NULL", h.school) != 2 {
		t.Errorf("its people went with it: %+v", lead)
	}
	for who, w := range map[string]Viewer{"lead": lead, "admin": v} {
		_, err := h.Invite(ctx, w, []NewInvitation{line}, "")
		if e := wants(t, err, problem.Invalid, ""); e.Fields["organisation"] == "" {
			t.Errorf("%s: %v", who, e.Fields)
		}
	}
	wants(t, h.GiveMembership(ctx, v, h.rhian, MembershipForm{"school/east", Officer, Health, ""}), problem.Invalid, "")
	if ps, err := placesOfDomain(h.rx(), "hill.example"); err != nil || len(ps) != 0 {
		t.Errorf("its domain leads to %v, %v", ps, err)
	}
	if _, o, err := h.outcomeOf(h.rx(), ToJoin, "x@hill.example"); err != nil || o != IsStranger {
		t.Errorf("a letter says %q, %v", o, err)
	}
	wants(t, h.AddAgencyDomain(ctx, v, "school", "other.example"), problem.Conflict, "people.agency.is_retired")
	wants(t, h.RetireAgency(ctx, v, "school", "again"), problem.Conflict, "people.agency.is_retired")
	if s, _ := StandingNow(h.rx()); s.Organisations != 2 || s.Leads != 0 || s.WithDomain != 0 {
		t.Errorf("it counts: %+v", s)
	}

	f := AgencyForm{Name: s.Agency.Name, Kind: "school", Council: "demo-1", Boards: []string{"east"}}
	key, err := h.AddAgency(ctx, v, f) // its name is free
	if err != nil {
		t.Fatal(err)
	}
	wants(t, h.ReturnAgency(ctx, v, "school"), problem.Conflict, "people.agency.taken")
	f.Name.EN, f.Name.CY = "Hill School 2", "Ysgol y Bryn 2"
	if err := h.ChangeAgency(ctx, v, key, f); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := h.ReturnAgency(ctx, v, "school"); err != nil {
			t.Fatal(err)
		}
	}
	if ps, _ := placesOfDomain(h.rx(), "hill.example"); len(ps) != 1 || h.count("audit_events WHERE verb = 'people.organisation_returned'") != 1 {
		t.Errorf("it did not come back, or twice: %v", ps)
	}
}
