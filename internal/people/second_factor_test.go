package people

import (
	"strings"
	"sync"
	"testing"
	"time"

	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/store"
)

// halfIn passes the first door alone.
func (h *house) halfIn(email, password string) string {
	h.t.Helper()
	token, err := h.SignIn(h.t.Context(), email, password)
	if err != nil {
		h.t.Fatal(err)
	}
	half, err := h.ResolveHalf(h.t.Context(), token)
	if err != nil || !half.Owes() {
		h.t.Fatalf("not half signed in: %+v, %v", half, err)
	}
	h.shut("half", token)
	return token
}

// Leads, officers and administrators must have a second factor; learners may;
// whoever becomes a lead is asked at once.
func TestWhoOwesASecondFactor(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	tom := h.halfIn("tom@demo.example", tomPassword)
	if half, _ := h.ResolveHalf(ctx, tom); !half.Factors.Required || half.Factors.Any() {
		t.Errorf("a lead: %+v", half.Factors)
	}
	first, err := h.SignIn(ctx, "rhian@demo.example", rhianPassword)
	if err != nil {
		t.Fatal(err)
	}
	if v, err := h.Resolve(ctx, first); err != nil || v.Person != h.rhian {
		t.Fatalf("a learner: %v", err)
	}
	h.write(func(tx store.Tx) error {
		_, err := AddMembership(tx, NewMembership{PersonID: h.rhian, OrganisationID: h.both, BoardID: h.west, Role: Lead, JobRole: Health})
		return err
	})
	h.shut("the session of somebody who becomes a lead", first)
	h.halfIn("rhian@demo.example", rhianPassword)
	h.write(func(tx store.Tx) error { // what is over asks for nothing
		return tx.Exec("UPDATE people_memberships SET ended_at = ? WHERE person_id = ?", tx.Now, h.tom).Error
	})
	token, err := h.SignIn(ctx, "tom@demo.example", tomPassword)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Resolve(ctx, token); err != nil {
		t.Errorf("who leads no more: %v", err)
	}
	demo := newHouse(t, Options{Demo: true})
	token, err = demo.SignInAs(ctx, "megan")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := demo.Resolve(ctx, token); err != nil {
		t.Errorf("the cast: %v", err)
	}
	wants(t, demo.BeginTOTP(ctx, token), problem.Conflict, "people.factor.demo")
}

// RFC 6238, ±1 step, each code once; the secret is in no table and no record.
func TestTOTP(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	a := h.setUp(h.halfIn("tom@demo.example", tomPassword), "")
	if len(a.Codes) != 10 || a.Session == "" {
		t.Fatalf("%+v", a)
	}
	for _, table := range []string{"people_totp WHERE sealed LIKE '%'||?||'%'", "audit_details WHERE detail LIKE '%'||?||'%'", "outbox_jobs WHERE payload LIKE '%'||?||'%'"} {
		for _, secret := range append(a.Codes, h.secret, strings.ReplaceAll(a.Codes[0], "-", "")) {
			if h.count(table, secret) != 0 {
				t.Errorf("%s holds a secret", table)
			}
		}
	}
	h.clock.Advance(10 * time.Minute)
	try := func(code string) error {
		_, err := h.GiveCode(ctx, h.halfIn("tom@demo.example", tomPassword), code)
		return err
	}
	now := h.code(h.secret, 0)
	for _, steps := range []int{-2, 2, 20} {
		wants(t, try(h.code(h.secret, steps)), problem.Invalid, "people.factor.wrong")
	}
	if err := try(h.code(h.secret, -1)); err != nil {
		t.Errorf("half a minute late: %v", err)
	}
	wants(t, try(h.code(h.secret, -1)), problem.Invalid, "people.factor.wrong")
	if err := try(now[:3] + " " + now[3:]); err != nil {
		t.Errorf("the code of now: %v", err)
	}
	if err := try(h.code(h.secret, 1)); err != nil {
		t.Errorf("half a minute early: %v", err)
	}
	for _, steps := range []int{-1, 0, 1} { // also those that a later one passed over
		wants(t, try(h.code(h.secret, steps)), problem.Invalid, "people.factor.wrong")
	}
	for _, odd := range []string{"", " ", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "abcd-efgh-jkmn-pqr!", strings.Repeat("1", 1<<16)} {
		e := wants(t, try(odd), problem.Invalid, "")
		if e.Fields["code"] == "people.factor.wrong" {
			t.Errorf("%.20q was a guess", odd)
		}
	}
	if n, err := audit.Verify(h.rx()); err != nil || n == 0 {
		t.Error(n, err)
	}
	// A secret moved into another's row, or read with another key, opens nothing.
	h.setUp(h.signIn("rhian@demo.example", rhianPassword), rhianPassword)
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_totp SET sealed = (SELECT sealed FROM people_totp WHERE person_id = ?) WHERE person_id = ?", h.rhian, h.tom).Error
	})
	h.clock.Advance(time.Minute)
	wants(t, try(h.code(h.secret, 0)), problem.Unavailable, "")
	if err := try(a.Codes[0]); err != nil {
		t.Errorf("a recovery code without the key: %v", err)
	}
}

// T1-25: fifty copies of one code, or of one recovery code, at one moment make
// one session.
func TestACodeIsUsedOnce(t *testing.T) {
	h := newHouse(t, Options{Guesses: 1000})
	a := h.setUp(h.halfIn("tom@demo.example", tomPassword), "")
	h.clock.Advance(time.Minute)
	for name, code := range map[string]string{"app": h.code(h.secret, 0), "recovery": a.Codes[3]} {
		tokens := make([]string, 50)
		for i := range tokens {
			tokens[i] = h.halfIn("tom@demo.example", tomPassword)
		}
		var wg sync.WaitGroup
		var mu sync.Mutex
		in := 0
		for _, token := range tokens {
			wg.Go(func() {
				if session, err := h.GiveCode(t.Context(), token, code); err == nil && session != "" {
					mu.Lock()
					in++
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		if in != 1 {
			t.Errorf("%s: %d sessions", name, in)
		}
	}
}

// Guesses at codes count across the steps and the pages, and a right password in
// between gives none back; after five minutes the right code opens.
func TestCodesAreNotGuessed(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	a := h.setUp(h.halfIn("tom@demo.example", tomPassword), "")
	v := h.viewer(a.Session)
	h.clock.Advance(time.Minute)
	for i := range 10 {
		if i%2 == 0 {
			wants(t, second(h.GiveCode(ctx, h.halfIn("tom@demo.example", tomPassword), "000000")), problem.Invalid, "people.factor.wrong")
		} else {
			wants(t, second(h.RenewRecovery(ctx, v, "aaaa-aaaa-aaaa-aaaa")), problem.Invalid, "people.factor.wrong")
		}
	}
	token := h.halfIn("tom@demo.example", tomPassword)
	for _, right := range []string{h.code(h.secret, 0), a.Codes[0]} {
		e := wants(t, second(h.GiveCode(ctx, token, right)), problem.TooMany, "people.signin.throttled")
		if e.RetryAfter <= 0 || e.RetryAfter > 5*time.Minute {
			t.Errorf("told to wait %v", e.RetryAfter)
		}
	}
	h.clock.Advance(5*time.Minute + time.Second)
	if _, err := h.GiveCode(ctx, token, a.Codes[0]); err != nil {
		t.Errorf("after the wait: %v", err)
	}
}
