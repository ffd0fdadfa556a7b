package people

import (
	"context"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// proof proves an address by its letter.
func (h *house) proof(email string) string {
	h.t.Helper()
	nonce, l := h.ask(ToJoin, email)
	proof, err := h.ProveByCode(h.t.Context(), ToJoin, nonce, l.Code)
	if err != nil {
		h.t.Fatalf("%s: %v", email, err)
	}
	return proof
}

func joinerForm() NewJoiner {
	return NewJoiner{Name: "Ffion Haf", JobRole: Education, Language: i18n.CY}
}

// The letter says what is right for each; the page has told them nothing.
func TestWhatTheLetterOfJoiningSays(t *testing.T) {
	h := newHouse(t, Options{})
	h.listed("school.example", h.school)
	for email, want := range map[string]Outcome{"new@school.example": IsNewcomer, "new@nowhere.example": IsStranger, "tom@demo.example": HasAccount} {
		nonce, l := h.ask(ToJoin, email)
		if l.Outcome != want || (l.Code != "") != (want == IsNewcomer) || (l.Link != "") != (want == IsNewcomer) {
			t.Errorf("%s: %+v", email, l)
		}
		if want == IsNewcomer {
			continue
		}
		// Even the code that nobody was told opens nothing.
		c, err := codeBy(h.rx(), "nonce_hash", hashToken(nonce))
		if err != nil {
			t.Fatal(err)
		}
		wrong(t, second(h.ProveByCode(t.Context(), ToJoin, nonce, h.codeOf(c.ID))))
		wants(t, second(h.ProveByLink(t.Context(), ToJoin, h.linkOf("link", c.ID))), problem.NotFound, "people.link.gone")
	}
}

// An agency's own domain: whoever has an address belongs there and counts.
func TestJoinByTheAgencysOwnDomain(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	h.listed("school.example", h.school)
	proof := h.proof("Ffion@School.example")
	j, err := h.MayJoin(ctx, proof)
	if err != nil || len(j.Places) != 1 || j.Email != "Ffion@School.example" {
		t.Fatalf("%+v, %v", j, err)
	}
	e := wants(t, second(h.Join(ctx, proof, NewJoiner{Password: "short"})), problem.Invalid, "people.invalid")
	if e.Fields["name"] != "people.name.required" || e.Fields["job_role"] == "" || e.Fields["password"] != "people.password.short" || len(e.Fields) != 3 {
		t.Errorf("%v", e.Fields)
	}
	token, err := h.Join(ctx, proof, joinerForm())
	if err != nil {
		t.Fatal(err)
	}
	v := h.viewer(token)
	if m := v.Home(); v.Name != "Ffion Haf" || m.Organisation.ID != h.school || m.Role != Learner || m.Unconfirmed {
		t.Errorf("%+v", v)
	}
	wants(t, second(h.Join(ctx, proof, joinerForm())), problem.NotFound, "people.proof.gone")
	if ws, err := WaitingFor(h.rx(), h.as(h.tom)); err != nil || len(ws) != 0 {
		t.Errorf("somebody waits: %+v, %v", ws, err)
	}
	old := h.proof("late@school.example")
	h.clock.Advance(30 * time.Minute)
	wants(t, second(h.Join(ctx, old, joinerForm())), problem.NotFound, "people.proof.gone")
}

// A shared domain offers the choice, and a lead of the chosen agency confirms.
func TestJoinASharedDomain(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	h.listed("shared.example", h.school, h.twin)
	proof := h.proof("ffion@shared.example")
	form := joinerForm()
	for _, place := range []string{"", "both/east", "school/west"} {
		form.Place = place
		e := wants(t, second(h.Join(ctx, proof, form)), problem.Invalid, "people.invalid")
		if e.Fields["place"] != "people.join.place" || len(e.Fields) != 1 {
			t.Errorf("%q: %v", place, e.Fields)
		}
	}
	form.Place = "school/east"
	token, err := h.Join(ctx, proof, form)
	if err != nil {
		t.Fatal(err)
	}
	v := h.viewer(token)
	m := v.Home()
	if !m.Unconfirmed || !v.May(TakeCourses) || h.count("outbox_jobs WHERE kind = ?", Joined) != 1 {
		t.Errorf("%+v", m)
	}
	// Whoever is not the lead of that agency under that board meets nobody.
	twinLead := ""
	h.write(func(tx store.Tx) error {
		twinLead, err = AddPerson(tx, NewPerson{Name: "Dilwyn Rees", Email: "dilwyn@demo.example", Language: i18n.CY})
		if err == nil {
			_, err = AddMembership(tx, NewMembership{PersonID: twinLead, OrganisationID: h.twin, BoardID: h.west, Role: Lead, JobRole: Education})
		}
		return err
	})
	for who, want := range map[string]int{h.tom: 1, twinLead: 0, h.boss: 0} {
		if ws, err := WaitingFor(h.rx(), h.as(who)); err != nil || len(ws) != want {
			t.Errorf("%d wait for %s, %v", len(ws), h.as(who).Name, err)
		}
	}
	for who, kind := range map[string]problem.Kind{twinLead: problem.NotFound, h.boss: problem.NotFound, h.officer: problem.Forbidden, h.rhian: problem.Forbidden} {
		wants(t, h.Confirm(ctx, h.as(who), m.ID), kind, "")
		wants(t, h.Decline(ctx, h.as(who), m.ID), kind, "")
	}
	if err := h.Confirm(ctx, h.as(h.tom), m.ID); err != nil {
		t.Fatal(err)
	}
	if h.count("outbox_jobs WHERE kind = ?", Confirmed) != 1 {
		t.Error("nothing follows")
	}
	if h.viewer(token).Home().Unconfirmed {
		t.Error("still unconfirmed")
	}
	wants(t, h.Confirm(ctx, h.as(h.tom), m.ID), problem.NotFound, "")
	for _, sql := range []string{"UPDATE people_memberships SET unconfirmed = 1 WHERE role = 'learner'",
		"UPDATE people_memberships SET role = 'lead'"} {
		err := h.db.Write(ctx, store.Actor{}, func(_ context.Context, tx store.Tx) error { return tx.Exec(sql).Error })
		if err == nil || !strings.Contains(err.Error(), "a membership can only") {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

func TestDecline(t *testing.T) {
	h := newHouse(t, Options{})
	h.listed("shared.example", h.school, h.twin)
	form := joinerForm()
	form.Place = "twin/west" // which has no lead: the administrator answers
	token, err := h.Join(t.Context(), h.proof("ffion@shared.example"), form)
	if err != nil {
		t.Fatal(err)
	}
	id := h.viewer(token).Home().ID
	ws, err := WaitingFor(h.rx(), h.as(h.boss))
	if err != nil || len(ws) != 1 || ws[0].ID != id || ws[0].Name != "Ffion Haf" || ws[0].Email != "ffion@shared.example" {
		t.Fatalf("%+v, %v", ws, err)
	}
	if err := h.Decline(t.Context(), h.as(h.boss), id); err != nil {
		t.Fatal(err)
	}
	if v := h.viewer(token); len(v.Memberships) != 0 || v.May(TakeCourses) || h.count("outbox_jobs WHERE kind = ?", Declined) != 1 {
		t.Errorf("%+v", v)
	}
}

// An invitation to where somebody waits is the word they waited for.
func TestAnInvitationConfirms(t *testing.T) {
	h := newHouse(t, Options{})
	h.listed("shared.example", h.school, h.twin)
	form := joinerForm()
	form.Place = "school/east"
	token, err := h.Join(t.Context(), h.proof("ffion@shared.example"), form)
	if err != nil {
		t.Fatal(err)
	}
	l := h.invite(h.as(h.tom), newcomer("ffion@shared.example"))
	if _, err := h.AcceptInvitation(t.Context(), Viewer{}, l.Link, Acceptance{}); err != nil {
		t.Fatal(err)
	}
	if v := h.viewer(token); len(v.Memberships) != 1 || v.Home().Unconfirmed {
		t.Errorf("%+v", v.Memberships)
	}
	// Only learners can be unconfirmed: nobody gives themselves a role.
	err = h.db.Write(t.Context(), store.Actor{}, func(_ context.Context, tx store.Tx) error {
		return second(AddMembership(tx, NewMembership{PersonID: h.rhian, OrganisationID: h.twin, BoardID: h.west, Role: Lead, JobRole: Education, Unconfirmed: true}))
	})
	if err == nil {
		t.Error("somebody made themselves a lead")
	}
}
