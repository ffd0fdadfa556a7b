package people

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

func TestAcceptAsSomebodyNew(t *testing.T) {
	for _, password := range []string{"", "three quite new words"} {
		h := newHouse(t, Options{})
		ctx := t.Context()
		l := h.invite(h.as(h.tom), newcomer("ffion@demo.example"))
		for range 20 { // a scanner
			if n, err := h.InvitationOpen(ctx, Viewer{}, l.Link); err != nil || n.Known || n.Self || n.Ask {
				t.Fatalf("%+v, %v", n, err)
			}
		}
		for _, bad := range []string{"", "x", strings.Repeat("A", 43)} {
			wants(t, second(h.AcceptInvitation(ctx, Viewer{}, bad, Acceptance{})), problem.NotFound, "people.invitation.gone")
		}
		e := wants(t, second(h.AcceptInvitation(ctx, Viewer{}, l.Link, Acceptance{Name: "1", Password: "short", Language: i18n.CY})), problem.Invalid, "people.invalid")
		if e.Fields["name"] != "people.name.short" || e.Fields["password"] != "people.password.short" || h.hasher.hashes.Load() != 0 {
			t.Errorf("%v", e.Fields)
		}
		token, err := h.AcceptInvitation(ctx, Viewer{}, l.Link, Acceptance{Name: "Ffion Haf Puw", Password: password, Language: i18n.EN})
		if err != nil {
			t.Fatal(err)
		}
		v := h.viewer(token)
		m := v.Home()
		if v.Name != "Ffion Haf Puw" || v.Email != "ffion@demo.example" || v.Language != i18n.EN || m.Organisation.ID != h.school ||
			m.Role != Learner || m.JobRole != Education || m.Unconfirmed || len(v.Memberships) != 1 {
			t.Errorf("%+v", v)
		}
		if h.count("people_sessions WHERE via = 'invitation'") != 1 {
			t.Error("the session does not say how she came in")
		}
		wants(t, second(h.AcceptInvitation(ctx, Viewer{}, l.Link, Acceptance{Name: "Somebody", Language: i18n.EN})), problem.NotFound, "people.invitation.gone")
		if password != "" {
			h.signIn("ffion@demo.example", password)
		}
		nonce, code := h.ask(ToSignIn, "ffion@demo.example")
		if _, err := h.SignInByCode(ctx, nonce, code.Code); err != nil {
			t.Error(err)
		}
	}
}

// Fifty acceptances at one moment are one person.
func TestFiftyAcceptancesAreOne(t *testing.T) {
	h := newHouse(t, Options{})
	l := h.invite(h.as(h.tom), newcomer("ffion@demo.example"))
	people := h.count("people_persons")
	var wg sync.WaitGroup
	var in atomic.Int64
	for range 50 {
		wg.Go(func() {
			_, err := h.AcceptInvitation(t.Context(), Viewer{}, l.Link, Acceptance{Name: "Ffion Haf", Language: i18n.CY})
			if err == nil {
				in.Add(1)
			} else if k := problem.KindOf(err); k != problem.NotFound && k != problem.Conflict {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if in.Load() != 1 || h.count("people_persons") != people+1 || h.count("people_sessions") != 1 ||
		h.count("people_memberships m JOIN people_persons p ON p.id = m.person_id WHERE p.email_key = 'ffion@demo.example'") != 1 {
		t.Errorf("%d were accepted", in.Load())
	}
}

// Whoever has an account keeps it: the place of work is added.
func TestAcceptAsSomebodyKnown(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	n := newcomer("RHIAN@demo.example")
	n.Organisation, n.Role = "twin", Lead
	l := h.invite(h.as(h.boss), n)
	if open, err := h.InvitationOpen(ctx, Viewer{}, l.Link); err != nil || !open.Known || open.Self || open.Ask {
		t.Errorf("%+v, %v", open, err)
	}
	token, err := h.AcceptInvitation(ctx, Viewer{}, l.Link, Acceptance{Name: "Another Name", Password: "not hers at all to set", Language: i18n.EN})
	if err != nil {
		t.Fatal(err)
	}
	v := h.viewer(token)
	if v.Person != h.rhian || v.Name != "Rhian Morys" || v.Language != i18n.CY || len(v.Memberships) != 2 || !v.Is(Lead) {
		t.Errorf("%+v", v)
	}
	h.signIn("rhian@demo.example", rhianPassword) // the password is what it was

	// Signed in as herself, her session goes on.
	n.Role = Learner
	l = h.invite(h.as(h.boss), n)
	token, err = h.AcceptInvitation(ctx, v, l.Link, Acceptance{})
	if err != nil || token != "" || len(h.as(h.rhian).Memberships) != 3 {
		t.Errorf("%q, %v", token, err)
	}
	// Suspended, she is not let in by this door either.
	n.Role = Officer
	l = h.invite(h.as(h.boss), n)
	h.write(func(tx store.Tx) error { return Suspend(tx, h.rhian) })
	wants(t, second(h.AcceptInvitation(ctx, Viewer{}, l.Link, Acceptance{})), problem.Forbidden, "people.signin.suspended")
}

// An invitation opened while somebody else is signed in asks who accepts.
func TestNothingIsMergedUnasked(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	tom := h.as(h.tom)
	l := h.invite(h.as(h.boss), newcomer("ffion@demo.example"))
	if open, err := h.InvitationOpen(ctx, tom, l.Link); err != nil || !open.Ask || open.Self || open.Known {
		t.Errorf("%+v, %v", open, err)
	}
	form := Acceptance{Name: "Ffion Haf", Language: i18n.CY}
	for _, as := range []As{"", "somebody"} {
		form.As = as
		e := wants(t, second(h.AcceptInvitation(ctx, tom, l.Link, form)), problem.Invalid, "people.invitation.who")
		if e.Fields["as"] == "" {
			t.Error(e.Fields)
		}
	}
	form.As = AsInvited
	token, err := h.AcceptInvitation(ctx, tom, l.Link, form)
	if err != nil || h.viewer(token).Email != "ffion@demo.example" || len(h.as(h.tom).Memberships) != 1 {
		t.Fatalf("not somebody new: %v", err)
	}
	// It is his own second address: only when he says so.
	n := newcomer("tom.home@demo.example")
	l = h.invite(h.as(h.boss), n)
	people := h.count("people_persons")
	token, err = h.AcceptInvitation(ctx, tom, l.Link, Acceptance{As: AsMyself})
	if err != nil || token != "" || h.count("people_persons") != people || len(h.as(h.tom).Memberships) != 2 {
		t.Errorf("%q, %v", token, err)
	}
	// An address with an account of its own is never merged, even if he says so.
	n = newcomer("rhian@demo.example")
	n.Organisation = "twin"
	l = h.invite(h.as(h.boss), n)
	wants(t, second(h.AcceptInvitation(ctx, tom, l.Link, Acceptance{As: AsMyself})), problem.Invalid, "people.invitation.who")
	if token, err = h.AcceptInvitation(ctx, tom, l.Link, Acceptance{As: AsInvited}); err != nil || h.viewer(token).Person != h.rhian {
		t.Error(err)
	}
}
