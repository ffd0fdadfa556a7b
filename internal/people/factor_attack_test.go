package people

import (
	"testing"
	"time"

	"golau/internal/problem"
	"golau/internal/store"
)

// The half session is worth nothing once the code was given, after a quarter of
// an hour, after a new password, and to whoever wants another factor with it.
func TestHalfSessionFixation(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	a := h.setUp(h.halfIn("tom@demo.example", tomPassword), "")
	planted := h.halfIn("tom@demo.example", tomPassword)
	session, err := h.GiveCode(ctx, planted, a.Codes[0])
	if err != nil || session == planted {
		t.Fatal(session, err)
	}
	h.shut("planted, then completed", planted)
	wants(t, second(h.GiveCode(ctx, planted, a.Codes[1])), problem.Unauthenticated, "")
	wants(t, second(h.GiveCode(ctx, session, a.Codes[1])), problem.Unauthenticated, "")

	other := h.halfIn("tom@demo.example", tomPassword)
	wants(t, h.BeginTOTP(ctx, other), problem.Forbidden, "people.factor.give_first")
	wants(t, second(h.BegunTOTP(ctx, other)), problem.Forbidden, "people.factor.give_first")
	wants(t, second(h.ConfirmTOTP(ctx, other, "123456", "")), problem.Forbidden, "people.factor.give_first")
	if err := h.SetPassword(ctx, h.viewer(session), tomPassword, "seven purple kettles"); err != nil {
		t.Fatal(err)
	}
	wants(t, second(h.GiveCode(ctx, other, a.Codes[2])), problem.Unauthenticated, "")

	late := h.halfIn("tom@demo.example", "seven purple kettles")
	h.clock.Advance(halfLife)
	wants(t, second(h.GiveCode(ctx, late, a.Codes[2])), problem.Unauthenticated, "")
	gone := h.halfIn("tom@demo.example", "seven purple kettles")
	h.write(func(tx store.Tx) error { return Suspend(tx, h.tom) })
	wants(t, second(h.GiveCode(ctx, gone, a.Codes[2])), problem.Unauthenticated, "")
}

// What one session has begun to set up is nothing to another: whoever shows
// somebody a secret they know gains nothing.
func TestBegunBelongsToItsSession(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	thief, owner := h.halfIn("tom@demo.example", tomPassword), h.halfIn("tom@demo.example", tomPassword)
	if err := h.BeginTOTP(ctx, thief); err != nil {
		t.Fatal(err)
	}
	known, err := h.BegunTOTP(ctx, thief)
	if err != nil {
		t.Fatal(err)
	}
	wants(t, second(h.BegunTOTP(ctx, owner)), problem.Conflict, "people.factor.begin_again")
	wants(t, second(h.ConfirmTOTP(ctx, owner, h.code(known.Secret, 0), "")), problem.Conflict, "")
	h.setUp(owner, "")
	wants(t, second(h.ConfirmTOTP(ctx, thief, h.code(known.Secret, 0), "")), problem.Unauthenticated, "")
	// Begun twice is one secret; too old is begun again.
	rhian := h.signIn("rhian@demo.example", rhianPassword)
	for range 2 {
		if err := h.BeginTOTP(ctx, rhian); err != nil {
			t.Fatal(err)
		}
	}
	b, err := h.BegunTOTP(ctx, rhian)
	if err != nil || b.Proof != ProofPassword || b.Half {
		t.Fatalf("%+v %v", b, err)
	}
	h.clock.Advance(begunLife)
	wants(t, second(h.ConfirmTOTP(ctx, rhian, h.code(b.Secret, 0), rhianPassword)), problem.Conflict, "people.factor.begin_again")
}

// A session that was left open changes nothing without the password, or a code;
// who must have a factor cannot remove the last; the rest of the sessions end.
func TestFactorsNeedProof(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	token, elsewhere := h.signIn("rhian@demo.example", rhianPassword), h.signIn("rhian@demo.example", rhianPassword)
	if err := h.BeginTOTP(ctx, token); err != nil {
		t.Fatal(err)
	}
	b, _ := h.BegunTOTP(ctx, token)
	wants(t, second(h.ConfirmTOTP(ctx, token, h.code(b.Secret, 0), "wrong")), problem.Invalid, "people.password.old_wrong")
	wants(t, second(h.ConfirmTOTP(ctx, token, h.code(b.Secret, 0), "")), problem.Invalid, "people.password.required")
	wants(t, second(h.ConfirmTOTP(ctx, token, "000000", rhianPassword)), problem.Invalid, "people.factor.wrong_first")
	a, err := h.ConfirmTOTP(ctx, token, h.code(b.Secret, 0), rhianPassword)
	if err != nil || a.Session != "" || len(a.Codes) != 10 {
		t.Fatalf("%+v %v", a, err)
	}
	h.shut("another session", elsewhere)
	v := h.viewer(token)
	wants(t, h.RemoveTOTP(ctx, v, rhianPassword), problem.Invalid, "people.factor.shape")
	wants(t, h.RemoveTOTP(ctx, v, h.code(b.Secret, 0)), problem.Invalid, "people.factor.wrong") // used a moment ago
	codes, err := h.RenewRecovery(ctx, v, a.Codes[0])
	if err != nil || len(codes) != 10 {
		t.Fatal(codes, err)
	}
	wants(t, h.RemoveTOTP(ctx, v, a.Codes[1]), problem.Invalid, "people.factor.wrong") // void since
	// Another app in the place of the first, by a code.
	if err := h.BeginTOTP(ctx, token); err != nil {
		t.Fatal(err)
	}
	b2, _ := h.BegunTOTP(ctx, token)
	if b2.Proof != ProofCode || b2.Secret == b.Secret {
		t.Errorf("%+v", b2)
	}
	wants(t, second(h.ConfirmTOTP(ctx, token, h.code(b2.Secret, 0), "000000")), problem.Invalid, "people.factor.wrong")
	if a, err := h.ConfirmTOTP(ctx, token, h.code(b2.Secret, 0), codes[0]); err != nil || a.Codes != nil {
		t.Fatalf("%+v %v", a, err)
	}
	h.clock.Advance(time.Minute)
	wants(t, h.RemoveTOTP(ctx, v, h.code(b.Secret, 0)), problem.Invalid, "people.factor.wrong") // of the first app
	if err := h.RemoveTOTP(ctx, v, h.code(b2.Secret, 0)); err != nil {
		t.Fatal(err)
	}
	if h.count("people_recovery_codes") != 0 || h.count("outbox_jobs WHERE kind = ?", FactorsChanged) != 4 {
		t.Error("codes are left, or a letter is missing")
	}
	wants(t, h.RemoveTOTP(ctx, v, rhianPassword), problem.Conflict, "people.factor.none")

	lead := h.setUp(h.halfIn("tom@demo.example", tomPassword), "")
	tom := h.viewer(lead.Session)
	wants(t, h.RemoveTOTP(ctx, tom, lead.Codes[0]), problem.Conflict, "people.factor.required")
	if f, err := h.FactorsOf(h.rx(), h.tom); err != nil || !f.TOTP || f.Codes != 10 {
		t.Errorf("what was refused is half done: %+v %v", f, err)
	}
}

// An administrator resets what was lost, with a reason; the person's sessions
// end, and the next sign-in asks for a new factor.
func TestResetFactors(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	a := h.setUp(h.halfIn("tom@demo.example", tomPassword), "")
	alex := Viewer{Person: h.boss, Memberships: []Membership{{Role: Admin}}}
	wants(t, h.ResetFactors(ctx, h.viewer(a.Session), h.tom, "lost", ""), problem.Forbidden, "")
	wants(t, h.ResetFactors(ctx, alex, h.tom, " ", ""), problem.Invalid, "people.reason.required")
	wants(t, h.ResetFactors(ctx, alex, "nobody", "lost", ""), problem.NotFound, "")
	wants(t, h.ResetFactors(ctx, alex, h.boss, "lost", ""), problem.Conflict, "people.factor.own")
	wants(t, h.ResetFactors(ctx, alex, h.rhian, "lost", ""), problem.Conflict, "people.factor.none")
	half := h.halfIn("tom@demo.example", tomPassword)
	if err := h.ResetFactors(ctx, alex, h.tom, "phone lost; checked by telephone", ""); err != nil {
		t.Fatal(err)
	}
	h.shut("reset", a.Session)
	wants(t, second(h.GiveCode(ctx, half, a.Codes[0])), problem.Unauthenticated, "")
	if half, _ := h.ResolveHalf(ctx, h.halfIn("tom@demo.example", tomPassword)); half.Factors.Any() {
		t.Error("a factor is left")
	}
	if h.count("audit_details WHERE detail LIKE '%checked by telephone%'") != 1 {
		t.Error("the reason is not recorded")
	}
}

// The list of sessions names this one and how it began; somebody else's is not
// there to end.
func TestSessionsOf(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	a := h.setUp(h.halfIn("tom@demo.example", tomPassword), "")
	tom := h.viewer(a.Session)
	one := h.signIn("rhian@demo.example", rhianPassword)
	h.clock.Advance(time.Minute)
	two := h.viewer(h.signIn("rhian@demo.example", rhianPassword))
	all, err := SessionsOf(h.rx(), two)
	if err != nil || len(all) != 2 || !all[0].Here || all[1].Here || all[1].Via != "password" || all[0].Factor != "" {
		t.Fatalf("%+v %v", all, err)
	}
	if ss, err := SessionsOf(h.rx(), tom); err != nil || len(ss) != 1 || ss[0].Factor != TOTP {
		t.Errorf("%+v %v", ss, err)
	}
	wants(t, h.EndSession(ctx, two, tom.Session), problem.NotFound, "")
	wants(t, h.EndSession(ctx, two, ""), problem.NotFound, "")
	if err := h.EndSession(ctx, two, all[1].Name); err != nil {
		t.Fatal(err)
	}
	h.shut("ended", one)
	h.viewer(a.Session)
}
