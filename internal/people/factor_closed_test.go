package people

import (
	"testing"
	"time"

	"golau/internal/problem"
	"golau/internal/store"
)

// wrongCodes types n wrong codes of the app, each group after a right password and
// as late as the throttle wants it.
func (h *house) wrongCodes(n int) {
	h.t.Helper()
	for i := range n {
		if i%10 == 0 {
			h.clock.Advance(5*time.Minute + time.Second)
		}
		wants(h.t, second(h.GiveCode(h.t.Context(), h.halfIn("tom@demo.example", tomPassword), "000000")), problem.Invalid, "people.factor.wrong")
	}
}

// Whoever holds the password has not all day to guess at six digits: after twenty
// the app is closed for an hour, and after that for one guess an hour. The owner
// is told, once, and comes in by a recovery code, which opens the app again.
func TestTheAppCloses(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	a := h.setUp(h.halfIn("tom@demo.example", tomPassword), "")
	give := func(code string) error {
		return second(h.GiveCode(ctx, h.halfIn("tom@demo.example", tomPassword), code))
	}
	told := h.count("outbox_jobs WHERE kind = ?", FactorsChanged)
	h.wrongCodes(10)
	h.clock.Advance(5*time.Minute + time.Second)
	if err := give(h.code(h.secret, 0)); err != nil { // the owner's own sign-in gives none back
		t.Fatal(err)
	}
	h.wrongCodes(10)
	h.clock.Advance(10 * time.Minute)
	for _, code := range []string{h.code(h.secret, 0), "000000"} {
		e := wants(t, give(code), problem.TooMany, "people.factor.closed")
		if e.RetryAfter != 50*time.Minute {
			t.Errorf("told to wait %v", e.RetryAfter)
		}
	}
	wants(t, second(h.RenewRecovery(ctx, h.viewer(a.Session), h.code(h.secret, 0))), problem.TooMany, "people.factor.closed")
	if h.count("outbox_jobs WHERE kind = ?", FactorsChanged) != told+1 || h.count("audit_events WHERE verb = 'people.factor_closed'") != 1 {
		t.Error("the owner is not told, or more than once")
	}
	for range 3 { // from now on one guess an hour, and no letter for each
		h.clock.Advance(time.Hour)
		wants(t, give("000000"), problem.Invalid, "people.factor.wrong")
		wants(t, give(h.code(h.secret, 0)), problem.TooMany, "people.factor.closed")
	}
	if h.count("outbox_jobs WHERE kind = ?", FactorsChanged) != told+1 {
		t.Error("a letter for each guess")
	}
	h.clock.Advance(time.Hour)
	if err := give(h.code(h.secret, 0)); err != nil {
		t.Errorf("after an hour: %v", err)
	}
	h.clock.Advance(time.Minute)
	wants(t, give("000000"), problem.Invalid, "people.factor.wrong")
	wants(t, give(h.code(h.secret, 0)), problem.TooMany, "people.factor.closed")
	if err := give(a.Codes[0]); err != nil {
		t.Fatalf("a recovery code: %v", err)
	}
	h.clock.Advance(time.Minute)
	if err := give(h.code(h.secret, 0)); err != nil {
		t.Errorf("after a recovery code: %v", err)
	}
}

// A day later it is forgotten; an administrator's reset opens at once; and whoever
// lacks the password closes nothing.
func TestTheAppOpensAgain(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	h.setUp(h.halfIn("tom@demo.example", tomPassword), "")
	for range 40 {
		_, _ = h.SignIn(ctx, "tom@demo.example", "not the password at all")
		_, _ = h.GiveCode(ctx, "0000000000000000000000000000000000000000000", "000000")
		h.clock.Advance(time.Minute)
	}
	if h.count("people_totp_tries") != 0 {
		t.Error("a stranger's guesses count")
	}
	h.clock.Advance(5 * time.Minute)
	h.wrongCodes(20)
	h.clock.Advance(24 * time.Hour)
	h.wrongCodes(10) // a new day: these are its first
	if n := h.count("people_totp_tries"); n != 10 {
		t.Errorf("%d are kept", n)
	}
	h.wrongCodes(10)
	alex := Viewer{Person: h.boss, Memberships: []Membership{{Role: Admin}}}
	if err := h.ResetFactors(ctx, alex, h.tom, "phone lost; checked by telephone", ""); err != nil {
		t.Fatal(err)
	}
	if h.count("people_totp_tries") != 0 {
		t.Error("a reset leaves it closed")
	}
	h.setUp(h.halfIn("tom@demo.example", tomPassword), "")
}

// Somebody who has no password is not told to change it.
func TestAClosedAppOfSomebodyWithoutAPassword(t *testing.T) {
	h := newHouse(t, Options{})
	h.setUp(h.halfIn("tom@demo.example", tomPassword), "")
	h.wrongCodes(10)
	h.clock.Advance(5*time.Minute + time.Second)
	h.wrongCodes(10)
	h.clock.Advance(10 * time.Minute)
	half := h.halfIn("tom@demo.example", tomPassword)
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_persons SET password_hash = '' WHERE id = ?", h.tom).Error
	})
	wants(t, second(h.GiveCode(t.Context(), half, "000000")), problem.TooMany, "people.factor.closed_codes")
}
