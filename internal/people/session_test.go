package people

import (
	"strings"
	"testing"
	"time"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

func (h *house) shut(what, token string) {
	h.t.Helper()
	v, err := h.Resolve(h.t.Context(), token)
	if problem.KindOf(err) != problem.Unauthenticated || v.SignedIn() {
		h.t.Errorf("%s: the session still opens: %v %v", what, v.Person, err)
	}
}

// A11: a token planted before signing in is worth nothing, every sign-in makes
// a new one, and only its hash is kept.
func TestSessionFixation(t *testing.T) {
	h := newHouse(t, Options{})
	planted := strings.Repeat("A", 43)
	h.shut("planted before", planted)
	seen := map[string]bool{planted: true}
	for range 20 {
		token := h.signIn("rhian@demo.example", rhianPassword)
		if len(token) != 43 || seen[token] {
			t.Fatalf("token %q is short or not new", token)
		}
		seen[token] = true
		if h.count("people_sessions WHERE token_hash = ?", token) != 0 {
			t.Fatal("the token itself is in the database")
		}
	}
	h.shut("planted after", planted)
	for token := range seen {
		if token != planted {
			h.viewer(token) // parallel sessions live side by side
		}
	}
	for _, odd := range []string{"", "x", strings.Repeat("A", 42), strings.Repeat("A", 44), strings.Repeat("'", 43), strings.Repeat("A", 1<<20)} {
		h.shut("odd token", odd)
		if err := h.SignOut(t.Context(), odd); err != nil {
			t.Errorf("sign out of %.10q: %v", odd, err)
		}
	}
}

func TestSessionEnds(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	one := h.signIn("rhian@demo.example", rhianPassword)
	two := h.signIn("rhian@demo.example", rhianPassword)
	other := h.signIn("tom@demo.example", tomPassword)

	if err := h.SignOut(ctx, one); err != nil {
		t.Fatal(err)
	}
	h.shut("signed out", one)
	h.viewer(two)
	if err := h.SignOut(ctx, one); err != nil {
		t.Errorf("signing out twice: %v", err)
	}

	three := h.signIn("rhian@demo.example", rhianPassword)
	if err := h.SetPassword(ctx, h.viewer(two), rhianPassword, "seven purple kettles"); err != nil {
		t.Fatal(err)
	}
	h.shut("password changed elsewhere", three)
	h.viewer(two)
	wants(t, second(h.SignIn(ctx, "rhian@demo.example", rhianPassword)), problem.Invalid, "people.signin.wrong")
	four := h.signIn("rhian@demo.example", "seven purple kettles")

	if err := h.SignOutEverywhere(ctx, h.viewer(two)); err != nil {
		t.Fatal(err)
	}
	h.shut("everywhere", two)
	h.shut("everywhere", four)

	five := h.signIn("rhian@demo.example", "seven purple kettles")
	h.write(func(tx store.Tx) error { return Suspend(tx, h.rhian) })
	h.shut("suspended", five)
	e := wants(t, second(h.SignIn(ctx, "rhian@demo.example", "seven purple kettles")), problem.Forbidden, "people.signin.suspended")
	if e.Fields != nil {
		t.Error("a suspended account is not a field to put right")
	}
	wants(t, second(h.SignIn(ctx, "rhian@demo.example", "wrong")), problem.Invalid, "people.signin.wrong")
	if who, ok := h.ResolveExpired(ctx, five); ok {
		t.Errorf("a suspended person's answer would be sealed for %s", who)
	}

	h.viewer(other) // all of this was somebody else's
	if n, err := audit.Verify(h.rx()); err != nil || n == 0 {
		t.Errorf("audit: %d lines, %v", n, err)
	}
}

// Two walls stand between a suspended person and the door; each holds alone.
func TestSuspensionHoldsTwice(t *testing.T) {
	h := newHouse(t, Options{})
	token := h.signIn("rhian@demo.example", rhianPassword)
	h.write(func(tx store.Tx) error { return Suspend(tx, h.rhian) })
	if h.count("people_sessions WHERE ended_at IS NULL") != 0 {
		t.Error("the session did not end")
	}
	h.write(func(tx store.Tx) error { return tx.Exec("UPDATE people_sessions SET ended_at = NULL").Error })
	h.shut("suspended, session running", token)
	lines := h.count("audit_events")
	h.write(func(tx store.Tx) error { return Suspend(tx, h.rhian) })
	if h.count("audit_events") != lines {
		t.Error("suspending twice was recorded twice")
	}
	wants(t, h.try(func(tx store.Tx) error { return Suspend(tx, "nobody") }), problem.NotFound, "")
}

func TestSessionExpiresAbsolutely(t *testing.T) {
	h := newHouse(t, Options{})
	token := h.signIn("rhian@demo.example", rhianPassword)
	if _, ok := h.ResolveExpired(t.Context(), token); ok {
		t.Error("a running session counts as expired")
	}
	for range 12 { // use does not prolong it
		h.viewer(token)
		h.clock.Advance(time.Hour - aMoment)
	}
	h.viewer(token)
	h.clock.Advance(12 * aMoment)
	h.shut("after twelve hours", token)
	if who, ok := h.ResolveExpired(t.Context(), token); !ok || who != h.rhian {
		t.Errorf("the expired session was %q, %v", who, ok)
	}
	if _, ok := h.ResolveExpired(t.Context(), strings.Repeat("B", 43)); ok {
		t.Error("a session that never was")
	}
	// Forgotten a month later, when the person signs in again.
	h.clock.Advance(keepEnded + time.Hour)
	h.signIn("rhian@demo.example", rhianPassword)
	if _, ok := h.ResolveExpired(t.Context(), token); ok {
		t.Error("the old session was not forgotten")
	}
}

// Half a session is nobody's: it opens nothing until the second factor came.
func TestHalfASessionOpensNothing(t *testing.T) {
	h := newHouse(t, Options{})
	token := h.signIn("rhian@demo.example", rhianPassword)
	h.write(func(tx store.Tx) error { return tx.Exec("UPDATE people_sessions SET half = 1").Error })
	h.shut("half signed in", token)
	h.write(func(tx store.Tx) error { return tx.Exec("UPDATE people_sessions SET half = 0").Error })
	h.viewer(token)
}

// A demotion works on the next request.
func TestMembershipEndsAtOnce(t *testing.T) {
	h := newHouse(t, Options{})
	token := h.signIn("tom@demo.example", tomPassword)
	v := h.viewer(token)
	if !v.Is(Lead) || !v.May(SeeAgency) {
		t.Fatalf("tom does not lead: %+v", v)
	}
	h.write(func(tx store.Tx) error { return EndMembership(tx, v.Home().ID) })
	v = h.viewer(token)
	if len(v.Memberships) != 0 || v.Is(Lead) || v.May(SeeAgency) || v.May(TakeCourses) {
		t.Errorf("after the end: %+v", v)
	}
	if !v.May(ManageOwnAccount) || !v.May(SeeOwnCertificates) {
		t.Error("a leaver lost the account or the certificates")
	}
	wants(t, second(v.OrganisationScope("")), problem.Forbidden, "")
	wants(t, h.try(func(tx store.Tx) error { return EndMembership(tx, "none") }), problem.NotFound, "")
	// Another role is another membership.
	h.write(func(tx store.Tx) error {
		_, err := AddMembership(tx, NewMembership{PersonID: h.tom, OrganisationID: h.both, BoardID: h.west, Role: Learner, JobRole: Health})
		return err
	})
	if v = h.viewer(token); !v.Is(Learner) || v.Home().Board.ID != h.west {
		t.Errorf("after the change: %+v", v)
	}
	// One that has yet to begin is not there yet.
	h.write(func(tx store.Tx) error {
		_, err := AddMembership(tx, NewMembership{PersonID: h.tom, OrganisationID: h.both, BoardID: h.east, Role: Officer, JobRole: Health,
			StartedAt: store.At(tx.Now.Add(time.Hour))})
		return err
	})
	if v = h.viewer(token); v.Is(Officer) {
		t.Error("a membership of tomorrow works today")
	}
	h.clock.Advance(time.Hour)
	if v = h.viewer(token); !v.Is(Officer) {
		t.Error("a membership that has begun does not work")
	}
}

func TestSignInAs(t *testing.T) {
	ctx := t.Context()
	real := newHouse(t, Options{})
	wants(t, second(real.SignInAs(ctx, "rhian")), problem.NotFound, "")
	demo := newHouse(t, Options{Demo: true})
	token, err := demo.SignInAs(ctx, "megan")
	if err != nil {
		t.Fatal(err)
	}
	if v := demo.viewer(token); v.Person != demo.officer || !v.Is(Officer) {
		t.Errorf("signed in as %+v", v)
	}
	for _, key := range []string{"", "alex", "nobody", "' OR 1=1 --"} {
		wants(t, second(demo.SignInAs(ctx, key)), problem.NotFound, "")
	}
	wants(t, demo.SetPassword(ctx, demo.viewer(token), "anything", "three other words"), problem.Conflict, "people.password.none")
	if demo.hasher.matches.Load() != 0 {
		t.Error("an account without a password reached the hash")
	}
	cast, err := Cast(demo.rx())
	if err != nil || len(cast) != 3 || cast[0].Key != "rhian" || cast[2].Membership.Role != Officer {
		t.Errorf("cast %+v, %v", cast, err)
	}
	demo.write(func(tx store.Tx) error { return Suspend(tx, demo.officer) })
	wants(t, second(demo.SignInAs(ctx, "megan")), problem.NotFound, "")
}

func TestAccount(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	token := h.signIn("rhian@demo.example", rhianPassword)
	v := h.viewer(token)
	if err := h.SetLanguage(ctx, v, i18n.EN); err != nil {
		t.Fatal(err)
	}
	wants(t, h.SetLanguage(ctx, v, "fr"), problem.Invalid, "people.language.unknown")
	h.write(func(tx store.Tx) error { return Rename(tx, h.rhian, "  Rhian   Morys-Ŵyn ") })
	if v = h.viewer(token); v.Language != i18n.EN || v.Name != "Rhian Morys-Ŵyn" {
		t.Errorf("after the changes: %+v", v)
	}
	lines := h.count("audit_events")
	h.write(func(tx store.Tx) error { return Rename(tx, h.rhian, "Rhian Morys-Ŵyn") })
	if err := h.SetLanguage(ctx, v, i18n.EN); err != nil {
		t.Fatal(err)
	}
	if h.count("audit_events") != lines {
		t.Error("nothing changed, but it was recorded")
	}
	wants(t, h.try(func(tx store.Tx) error { return Rename(tx, h.rhian, "123") }), problem.Invalid, "people.name.short")
	wants(t, h.try(func(tx store.Tx) error { return Rename(tx, "nobody", "Some Body") }), problem.NotFound, "")
	for _, err := range []error{h.SetLanguage(ctx, Viewer{}, i18n.EN), h.SignOutEverywhere(ctx, Viewer{}),
		h.SetPassword(ctx, Viewer{}, "a", "b")} {
		wants(t, err, problem.Unauthenticated, "people.session.ended")
	}
}

// What is recorded holds no name, address or password; those lie in the detail,
// which can be emptied, and a password in neither.
func TestAuditHoldsNoSecrets(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	token := h.signIn("rhian@demo.example", rhianPassword)
	_, _ = h.SignIn(ctx, "rhian@demo.example", "canary-wrong-password")
	_, _ = h.SignIn(ctx, "nobody-canary@demo.example", "canary-wrong-password")
	if err := h.SetPassword(ctx, h.viewer(token), rhianPassword, "canary zebra lamp post"); err != nil {
		t.Fatal(err)
	}
	if err := h.SignOut(ctx, token); err != nil {
		t.Fatal(err)
	}
	var events []audit.Event
	if err := h.rx().Raw("SELECT * FROM audit_events ORDER BY id").Scan(&events).Error; err != nil {
		t.Fatal(err)
	}
	var verbs []string
	for _, e := range events {
		if all := strings.ToLower(e.Actor + e.Verb + e.Subject); strings.Contains(all, "@") || strings.Contains(all, "morys") {
			t.Errorf("personal data in the chain: %+v", e)
		}
		verbs = append(verbs, e.Verb)
	}
	tail := strings.Join(verbs[len(verbs)-5:], " ")
	if want := "people.signed_in people.signin_failed people.signin_failed people.password_changed people.signed_out"; tail != want {
		t.Errorf("recorded %s, want %s", tail, want)
	}
	for _, secret := range []string{"%canary-wrong%", "%zebra%", "%nobody-canary%", "%" + token + "%", "%marmalade%"} {
		if n := h.count("audit_details WHERE detail LIKE ?", secret); n != 0 {
			t.Errorf("%s stands in %d details", secret, n)
		}
	}
	if h.count("audit_details WHERE detail LIKE '%Rhian Morys%'") == 0 {
		t.Error("the detail of a new person lacks the name")
	}
}
