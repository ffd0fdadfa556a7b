package people

import (
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// An administrator who has lost password, telephone and recovery codes comes in
// by a link of the machine, once, within the hour, and sets everything up anew.
func TestAdminLink(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	var old string
	h.write(func(tx store.Tx) (err error) {
		old, err = h.enter(tx, h.boss, "code")
		return err
	})
	old = h.whole(old)
	lost := h.recovery[h.boss]
	nesta := h.administers("Nesta Wyn", "nesta@demo.example")

	first, err := h.OfferAdminLink(ctx, AdminLinkWanted{Email: "ALEX@demo.example"})
	if err != nil {
		t.Fatal(err)
	}
	l, err := h.OfferAdminLink(ctx, AdminLinkWanted{Email: "alex@demo.example"})
	if err != nil || !l.Known || l.Name != "Alex Reid" || l.Language != i18n.EN || l.Told != 2 {
		t.Fatalf("%+v %v", l, err)
	}
	wants(t, second(h.AdminLinkOpen(ctx, first.Token)), problem.NotFound, "people.admin_link.gone") // void
	wants(t, h.SetupOpen(ctx, l.Token), problem.NotFound, "")                                       // it is no first start
	if w, err := h.AdminLinkOpen(ctx, l.Token); err != nil || w.Email != "alex@demo.example" || w.New || !w.Known {
		t.Errorf("%+v %v", w, err)
	}
	e := wants(t, second(h.UseAdminLink(ctx, l.Token, AdminLinkForm{Password: "short"})), problem.Invalid, "")
	if e.Fields["password"] == "" {
		t.Errorf("%v", e.Fields)
	}
	session, err := h.UseAdminLink(ctx, l.Token, AdminLinkForm{Password: "three quite new words"})
	if err != nil {
		t.Fatal(err)
	}
	h.shut("of before", old)
	h.shut("half in", session)
	if f, err := h.FactorsOf(h.rx(), h.boss); err != nil || f.Any() || f.Codes != 0 {
		t.Errorf("%+v %v", f, err)
	}
	wants(t, second(h.UseAdminLink(ctx, l.Token, AdminLinkForm{Password: "three quite new words"})), problem.NotFound, "people.admin_link.gone")
	if _, err := h.GiveCode(ctx, session, lost[0]); err == nil {
		t.Error("a recovery code of before opens")
	}
	anew := h.setUp(session, "")
	h.recovery[h.boss] = anew.Codes
	if v := h.viewer(anew.Session); v.Person != h.boss || !v.Is(Admin) {
		t.Errorf("%+v", v)
	}
	h.signIn("alex@demo.example", "three quite new words")
	for verb, n := range map[string]int{"people.admin_link_offered": 2, "people.admin_link_used": 1} {
		if got := h.count("audit_events WHERE verb = ? AND subject = ?", verb, "person:"+h.boss); got != n {
			t.Errorf("%s stands %d times", verb, got)
		}
	}
	if h.count("audit_events WHERE verb = 'people.admin_link_offered' AND via = 'cli' AND actor = ''") != 2 {
		t.Error("the record does not say that it was done on the machine")
	}
	if n := h.count("outbox_jobs WHERE kind = ? AND json_extract(payload, '$.Person') = ?", AdminsTold, nesta); n != 3 {
		t.Errorf("the other administrator gets %d letters", n)
	}
}

// A link that nobody used in time, and one about somebody who may not come in any
// more, opens nothing.
func TestAdminLinkGrowsOld(t *testing.T) {
	changed := func(fn func(h *house, tx store.Tx) error) func(h *house) {
		return func(h *house) { h.write(func(tx store.Tx) error { return fn(h, tx) }) }
	}
	for what, meanwhile := range map[string]func(h *house){
		"an hour":   func(h *house) { h.clock.Advance(time.Hour) },
		"suspended": changed(func(h *house, tx store.Tx) error { return Suspend(tx, h.boss) }),
		"erased":    changed(func(h *house, tx store.Tx) error { return Erase(tx, h.boss) }),
		"no administrator any more": changed(func(_ *house, tx store.Tx) error {
			return tx.Exec("UPDATE people_memberships SET ended_at = ? WHERE role = 'admin'", tx.Now).Error
		}),
	} {
		h := newHouse(t, Options{})
		l, err := h.OfferAdminLink(t.Context(), AdminLinkWanted{Email: "alex@demo.example"})
		if err != nil {
			t.Fatal(err)
		}
		meanwhile(h)
		if _, err := h.UseAdminLink(t.Context(), l.Token, AdminLinkForm{Password: "three quite new words"}); problem.KindOf(err) != problem.NotFound {
			t.Errorf("%s: %v", what, err)
		}
		if err := h.SetupOpen(t.Context(), l.Token); problem.KindOf(err) != problem.NotFound {
			t.Errorf("%s: it opens the first start: %v", what, err)
		}
		if h.count("people_sessions") != 0 || h.count("people_persons WHERE password_hash = 'hash:three quite new words'") != 0 {
			t.Errorf("%s: somebody came in", what)
		}
	}
}

// Nobody is made an administrator by it unless that is said; then whoever it is,
// with an account or without, and at a place there is.
func TestAdminLinkForSomebodyNew(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	offer := func(w AdminLinkWanted) error { return second(h.OfferAdminLink(ctx, w)) }
	wants(t, offer(AdminLinkWanted{Email: "nobody@demo.example"}), problem.NotFound, "people.admin_link.nobody")
	wants(t, offer(AdminLinkWanted{Email: "rhian@demo.example"}), problem.Conflict, "people.admin_link.not_admin")
	wants(t, offer(AdminLinkWanted{Email: "x", New: true}), problem.Invalid, "")
	wants(t, offer(AdminLinkWanted{Email: "new@demo.example", New: true, Place: "school/west"}), problem.Invalid, "")
	h.write(func(tx store.Tx) error { return Suspend(tx, h.tom) })
	wants(t, offer(AdminLinkWanted{Email: "tom@demo.example", New: true}), problem.Conflict, "people.admin_link.suspended")
	if h.count("people_setup") != 0 || h.count("outbox_jobs WHERE kind = ?", AdminsTold) != 0 {
		t.Error("something was done")
	}

	l, err := h.OfferAdminLink(ctx, AdminLinkWanted{Email: "New@demo.example", New: true, Place: "school/east"})
	if err != nil || l.Known || l.Told != 1 {
		t.Fatalf("%+v %v", l, err)
	}
	e := wants(t, second(h.UseAdminLink(ctx, l.Token, AdminLinkForm{Language: i18n.CY})), problem.Invalid, "")
	if e.Fields["name"] == "" || e.Fields["password"] == "" || e.Fields["job_role"] == "" {
		t.Errorf("%v", e.Fields)
	}
	session, err := h.UseAdminLink(ctx, l.Token, AdminLinkForm{Name: "Nesta Wyn", Password: "three quite new words", JobRole: Health, Language: i18n.CY})
	if err != nil {
		t.Fatal(err)
	}
	v := h.viewer(session)
	if !v.Is(Admin) || v.Email != "New@demo.example" || v.Language != i18n.CY || v.Home().Organisation.ID != h.school || v.Home().JobRole != Health {
		t.Errorf("%+v", v)
	}
	if h.count("people_setup WHERE email <> ''") != 0 {
		t.Error("the address stays with the link")
	}

	if l, err = h.OfferAdminLink(ctx, AdminLinkWanted{Email: "rhian@demo.example", New: true}); err != nil {
		t.Fatal(err)
	}
	if session, err = h.UseAdminLink(ctx, l.Token, AdminLinkForm{Password: "four other quite new words"}); err != nil {
		t.Fatal(err)
	}
	if v := h.viewer(session); v.Person != h.rhian || !v.Is(Admin) || !v.Is(Learner) || v.Memberships[1].JobRole != Education || v.Memberships[1].Organisation.ID != h.both {
		t.Errorf("%+v", v)
	}
	if n := h.count("outbox_jobs WHERE kind = ? AND json_extract(payload, '$.What') = 'made'", AdminsTold); n != 1+2 {
		t.Errorf("%d letters say that somebody was made an administrator", n)
	}
}

// administers adds an administrator.
func (h *house) administers(name, email string) (id string) {
	h.t.Helper()
	h.write(func(tx store.Tx) (err error) {
		if id, err = AddPerson(tx, NewPerson{Name: name, Email: email, Language: i18n.EN, PasswordHash: "hash:" + rhianPassword}); err != nil {
			return err
		}
		_, err = AddMembership(tx, NewMembership{PersonID: id, OrganisationID: h.both, BoardID: h.west, Role: Admin, JobRole: Health})
		return err
	})
	return id
}
