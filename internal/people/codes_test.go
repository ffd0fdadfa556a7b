package people

import (
	"context"
	"fmt"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// listed makes an e-mail domain belong to agencies.
func (h *house) listed(domain string, organisations ...string) {
	h.t.Helper()
	h.write(func(tx store.Tx) error {
		for _, o := range organisations {
			if err := AddDomain(tx, o, domain); err != nil {
				return err
			}
		}
		return nil
	})
}

// ask asks for a letter and returns the browser's nonce and the letter.
func (h *house) ask(p Purpose, email string) (nonce string, l CodeLetter) {
	h.t.Helper()
	nonce, err := h.AskCode(h.t.Context(), netip.Addr{}, p, email, i18n.EN)
	if err != nil {
		h.t.Fatalf("ask to %s: %v", p, err)
	}
	var id string
	if err := h.rx().Raw("SELECT id FROM people_codes WHERE nonce_hash = ?", hashToken(nonce)).Scan(&id).Error; err != nil {
		h.t.Fatal(err)
	}
	l, _, err = h.CodeLetter(h.t.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return nonce, l
}

// another is a code that is not the right one.
func another(code string) string {
	if code == "000000" {
		return "000001"
	}
	return "000000"
}

func TestSignInByCode(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	nonce, l := h.ask(ToSignIn, " RHIAN@demo.example ")
	if l.Outcome != HasCode || l.Email != "Rhian@demo.example" || l.Language != i18n.CY || len(l.Code) != 6 || !isToken(l.Link) {
		t.Fatalf("the letter says %+v", l)
	}
	// The table holds neither code nor link, nor does the job.
	var held string
	if err := h.rx().Raw(`SELECT group_concat(code_hash || link_hash || nonce_hash) || (SELECT group_concat(payload) FROM outbox_jobs)
		FROM people_codes`).Scan(&held).Error; err != nil || strings.Contains(held, l.Link) || strings.Contains(held, nonce) {
		t.Errorf("what opens the door lies in the database: %v", err)
	}
	for typed, key := range map[string]string{"": "people.code.required", "12345": "people.code.shape", "12345x": "people.code.shape",
		"1234567": "people.code.shape", "١٢٣٤٥٦": "people.code.shape"} {
		wants(t, second(h.SignInByCode(ctx, nonce, typed)), problem.Invalid, key)
		if e, _ := problem.As(second(h.SignInByCode(ctx, nonce, typed))); e.Fields["code"] != key {
			t.Errorf("%q: %v", typed, e.Fields)
		}
	}
	if h.count("people_signin_guesses") != 0 {
		t.Error("nonsense counts as a guess")
	}
	token, err := h.SignInByCode(ctx, nonce, l.Code[:3]+" "+l.Code[3:])
	if err != nil {
		t.Fatal(err)
	}
	if v := h.viewer(token); v.Person != h.rhian {
		t.Errorf("signed in as %+v", v)
	}
	if h.count("people_sessions WHERE via = 'code'") != 1 {
		t.Error("the session does not say how its person came in")
	}
	// Once: neither the code nor the link of the same letter works again.
	gone(t, second(h.SignInByCode(ctx, nonce, l.Code)))
	wants(t, second(h.SignInByLink(ctx, l.Link)), problem.NotFound, "people.link.gone")
}

// gone wants a code that no longer works.
func gone(t *testing.T, err error) {
	t.Helper()
	if e, ok := problem.As(err); !ok || e.Fields["code"] != "people.code.gone" {
		t.Fatalf("got %v, want a code that no longer works", err)
	}
}

func wrong(t *testing.T, err error) {
	t.Helper()
	if e, ok := problem.As(err); !ok || e.Fields["code"] != "people.code.wrong" {
		t.Fatalf("got %v, want a wrong code", err)
	}
}

// A15: the link works in any browser, by a deliberate act; looking at it, as
// often as a mail scanner likes, uses nothing up.
func TestSignInByLink(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	nonce, l := h.ask(ToSignIn, "rhian@demo.example")
	for range 20 {
		if email, err := h.LinkOpen(ctx, ToSignIn, l.Link); err != nil || email != "rhian@demo.example" {
			t.Fatalf("%q, %v", email, err)
		}
	}
	for _, p := range []Purpose{ToReset, ToJoin} {
		wants(t, second(h.LinkOpen(ctx, p, l.Link)), problem.NotFound, "people.link.gone")
		wants(t, second(h.ProveByLink(ctx, p, l.Link)), problem.NotFound, "people.link.gone")
	}
	for _, bad := range []string{"", "x", nonce, strings.Repeat("A", 43)} {
		wants(t, second(h.SignInByLink(ctx, bad)), problem.NotFound, "people.link.gone")
	}
	token, err := h.SignInByLink(ctx, l.Link)
	if err != nil || h.viewer(token).Person != h.rhian {
		t.Fatal(err)
	}
	wants(t, second(h.SignInByLink(ctx, l.Link)), problem.NotFound, "people.link.gone")
	wants(t, second(h.LinkOpen(ctx, ToSignIn, l.Link)), problem.NotFound, "people.link.gone")
	gone(t, second(h.SignInByCode(ctx, nonce, l.Code)))
}

// A11, A12: ten minutes; five guesses; the browser that asked and no other.
func TestACodeIsOfOneBrowserAndShort(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	rhians, l := h.ask(ToSignIn, "rhian@demo.example")
	other, _ := h.ask(ToSignIn, "tom@demo.example")
	wrong(t, second(h.SignInByCode(ctx, other, l.Code))) // another browser's code
	for _, nonce := range []string{"", "x", strings.Repeat("A", 43)} {
		gone(t, second(h.SignInByCode(ctx, nonce, l.Code)))
	}
	for range 4 {
		wrong(t, second(h.SignInByCode(ctx, rhians, another(l.Code))))
	}
	gone(t, second(h.SignInByCode(ctx, rhians, another(l.Code)))) // the fifth says that it was the last
	gone(t, second(h.SignInByCode(ctx, rhians, l.Code)))
	if h.count("people_sessions") != 0 {
		t.Error("a session was made")
	}
	if h.count("audit_events WHERE verb = 'people.signin_failed' AND subject = ?", "person:"+h.rhian) != 5 {
		t.Error("wrong codes are not recorded")
	}

	nonce, l := h.ask(ToSignIn, "tom@demo.example")
	h.clock.Advance(10*time.Minute - aMoment)
	if _, err := h.LinkOpen(ctx, ToSignIn, l.Link); err != nil {
		t.Fatal(err)
	}
	h.clock.Advance(aMoment)
	gone(t, second(h.SignInByCode(ctx, nonce, l.Code)))
	wants(t, second(h.SignInByLink(ctx, l.Link)), problem.NotFound, "people.link.gone")
}

// A12: codes and passwords share one throttle and one alarm; the link still lets
// the owner of the mailbox in.
func TestCodesShareTheThrottle(t *testing.T) {
	h := newHouse(t, Options{SprayAccounts: 1000})
	ctx := t.Context()
	nonce, l := h.ask(ToSignIn, "rhian@demo.example")
	for range 3 {
		wrong(t, second(h.SignInByCode(ctx, nonce, another(l.Code))))
	}
	for i := range 7 {
		wants(t, second(h.SignIn(ctx, "rhian@demo.example", fmt.Sprint("guess ", i))), problem.Invalid, "people.signin.wrong")
	}
	wants(t, second(h.SignInByCode(ctx, nonce, l.Code)), problem.TooMany, "people.signin.throttled")
	wants(t, second(h.SignIn(ctx, "rhian@demo.example", rhianPassword)), problem.TooMany, "people.signin.throttled")
	if _, err := h.SignInByLink(ctx, l.Link); err != nil {
		t.Errorf("whoever is guessed at cannot come in by the letter: %v", err)
	}
	h.signIn("rhian@demo.example", rhianPassword)

	s := newHouse(t, Options{SprayAccounts: 5})
	for i := range 5 {
		nonce, _ := s.ask(ToSignIn, fmt.Sprintf("somebody%d@demo.example", i))
		wrong(t, second(s.SignInByCode(ctx, nonce, "000000")))
	}
	if s.count("audit_events WHERE verb = 'people.spray'") != 1 {
		t.Error("codes guessed on many accounts are no attack")
	}
}

// A hundred right codes at one moment are one session.
func TestOneCodeOneSession(t *testing.T) {
	h := newHouse(t, Options{Guesses: 1000})
	nonce, l := h.ask(ToSignIn, "rhian@demo.example")
	var wg sync.WaitGroup
	var in atomic.Int64
	for i := range 100 {
		wg.Go(func() {
			var err error
			if i%2 == 0 {
				_, err = h.SignInByCode(t.Context(), nonce, l.Code)
			} else {
				_, err = h.SignInByLink(t.Context(), l.Link)
			}
			if err == nil {
				in.Add(1)
			}
		})
	}
	wg.Wait()
	if in.Load() != 1 || h.count("people_sessions") != 1 {
		t.Errorf("%d came in, %d sessions", in.Load(), h.count("people_sessions"))
	}
}

// A suspended person's letter opens nothing, and says why to whoever reads it.
func TestSuspendedByCode(t *testing.T) {
	for _, p := range []Purpose{ToSignIn, ToReset} {
		h := newHouse(t, Options{})
		nonce, l := h.ask(p, "rhian@demo.example")
		h.write(func(tx store.Tx) error { return Suspend(tx, h.rhian) })
		var err error
		if p == ToSignIn {
			_, err = h.SignInByCode(t.Context(), nonce, l.Code)
		} else {
			_, err = h.ProveByCode(t.Context(), p, nonce, l.Code)
		}
		wants(t, err, problem.Forbidden, "people.signin.suspended")
		gone(t, second(h.SignInByCode(t.Context(), nonce, l.Code)))
		if h.count("people_sessions") != 0 || h.count("audit_events WHERE verb = 'people.signin_refused'") != 1 {
			t.Error("a suspended person came in, or nobody wrote it down")
		}
	}
}

// Letters cannot be used to fill a mailbox, whoever's it is.
func TestLettersAreFew(t *testing.T) {
	h := newHouse(t, Options{StrangerLetters: 4, NewcomerLetters: 2})
	h.listed("school.example", h.school)
	for _, email := range []string{"rhian@demo.example", "nobody@demo.example"} {
		for i := range 3 {
			h.ask([]Purpose{ToSignIn, ToReset, ToJoin}[i], email)
		}
		e := wants(t, second(h.AskCode(t.Context(), netip.Addr{}, ToSignIn, strings.ToUpper(email), i18n.EN)), problem.TooMany, "people.code.throttled")
		if e.RetryAfter != 10*time.Minute {
			t.Errorf("%s is told to wait %v", email, e.RetryAfter)
		}
	}
	outcome := func(p Purpose, email string) Outcome {
		nonce, _ := h.ask(p, email)
		c, err := codeBy(h.rx(), "nonce_hash", hashToken(nonce))
		if err != nil {
			t.Fatal(err)
		}
		return c.Outcome
	}
	for i, want := range []Outcome{IsStranger, isHeld, isHeld} { // three were sent above
		if got := outcome(ToJoin, fmt.Sprintf("a%d@evil.example", i)); got != want {
			t.Errorf("letter %d to a stranger is %s", i, got)
		}
	}
	for i, want := range []Outcome{IsNewcomer, IsNewcomer, isHeld} {
		if got := outcome(ToJoin, fmt.Sprintf("n%d@school.example", i)); got != want {
			t.Errorf("letter %d to a newcomer is %s", i, got)
		}
	}
	if got := outcome(ToSignIn, "tom@demo.example"); got != HasCode {
		t.Errorf("strangers are in the way of those who have an account: %s", got)
	}
	h.clock.Advance(time.Hour)
	if got := outcome(ToJoin, "late@evil.example"); got != IsStranger {
		t.Errorf("an hour later: %s", got)
	}
	// A day later nothing is left of them.
	h.clock.Advance(25 * time.Hour)
	h.ask(ToSignIn, "tom@demo.example")
	if n := h.count("people_codes"); n != 1 {
		t.Errorf("%d rows are kept", n)
	}
}

// statements counts what reaches the database.
func (h *house) statements() *atomic.Int64 {
	n := new(atomic.Int64)
	h.write(func(tx store.Tx) error {
		for _, rx := range []store.Rx{tx.Rx, h.db.Read(context.WithoutCancel(h.t.Context()))} {
			counted(rx.Callback().Query().Before("*").Register, n)
			counted(rx.Callback().Raw().Before("*").Register, n)
			counted(rx.Callback().Row().Before("*").Register, n)
		}
		return nil
	})
	return n
}

func counted[DB any](register func(string, func(DB)) error, n *atomic.Int64) {
	if err := register("count", func(DB) { n.Add(1) }); err != nil {
		panic(err)
	}
}
