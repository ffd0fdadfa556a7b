package people

import (
	"testing"
	"time"

	"golau/internal/problem"
	"golau/internal/store"
)

func TestResetPassword(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	before := h.signIn("rhian@demo.example", rhianPassword)
	signIn, other := h.ask(ToSignIn, "rhian@demo.example")
	nonce, l := h.ask(ToReset, "rhian@demo.example")
	wants(t, second(h.MayReset(ctx, nonce)), problem.NotFound, "people.proof.gone")
	wants(t, second(h.ResetPassword(ctx, nonce, "three quite new words")), problem.NotFound, "people.proof.gone")
	proof, err := h.ProveByCode(ctx, ToReset, nonce, l.Code)
	if err != nil || proof == nonce {
		t.Fatalf("the proof is %q: %v", proof, err)
	}
	// The code is used, and who asked holds nothing any more.
	gone(t, second(h.ProveByCode(ctx, ToReset, nonce, l.Code)))
	wants(t, second(h.ProveByLink(ctx, ToReset, l.Link)), problem.NotFound, "people.link.gone")
	wants(t, second(h.MayReset(ctx, nonce)), problem.NotFound, "people.proof.gone")
	wants(t, second(h.MayJoin(ctx, proof)), problem.NotFound, "people.proof.gone")
	if email, err := h.MayReset(ctx, proof); err != nil || email != "rhian@demo.example" {
		t.Errorf("%q, %v", email, err)
	}
	for password, key := range map[string]string{"": "people.password.required", "short": "people.password.short",
		"Rhian Hill School 1": "people.password.context"} {
		e := wants(t, second(h.ResetPassword(ctx, proof, password)), problem.Invalid, "")
		if e.Fields["new"] != key {
			t.Errorf("%q: %v", password, e.Fields)
		}
	}
	token, err := h.ResetPassword(ctx, proof, "three quite new words")
	if err != nil {
		t.Fatal(err)
	}
	if h.viewer(token).Person != h.rhian || h.count("people_sessions WHERE via = 'reset'") != 1 {
		t.Error("no session of her own")
	}
	wants(t, second(h.Resolve(ctx, before)), problem.Unauthenticated, "")
	wants(t, second(h.ResetPassword(ctx, proof, "four other quite new words")), problem.NotFound, "people.proof.gone")
	gone(t, second(h.SignInByCode(ctx, signIn, other.Code))) // what was under way has ended too
	wants(t, second(h.SignIn(ctx, "rhian@demo.example", rhianPassword)), problem.Invalid, "people.signin.wrong")
	h.signIn("rhian@demo.example", "three quite new words")
	if h.count("outbox_jobs WHERE kind = ?", PasswordChanged) != 1 || h.count("audit_events WHERE verb = 'people.password_reset'") != 1 {
		t.Error("nobody is told, or nothing recorded")
	}
}

// Half an hour to choose a password; suspended meanwhile, none.
func TestResetGrowsOld(t *testing.T) {
	for what, meanwhile := range map[string]func(h *house){
		"half an hour": func(h *house) { h.clock.Advance(30 * time.Minute) },
		"suspended":    func(h *house) { h.write(func(tx store.Tx) error { return Suspend(tx, h.rhian) }) },
	} {
		h := newHouse(t, Options{})
		_, l := h.ask(ToReset, "rhian@demo.example")
		proof, err := h.ProveByLink(t.Context(), ToReset, l.Link)
		if err != nil {
			t.Fatal(err)
		}
		meanwhile(h)
		if _, err := h.ResetPassword(t.Context(), proof, "three quite new words"); err == nil || problem.KindOf(err) == problem.Internal {
			t.Errorf("%s: %v", what, err)
		}
		if h.count("people_sessions") != 0 || h.count("people_persons WHERE password_hash = 'hash:three quite new words'") != 0 {
			t.Errorf("%s: the password was changed", what)
		}
	}
}

// Somebody who comes in by codes alone may choose a password by letter.
func TestResetMakesAFirstPassword(t *testing.T) {
	h := newHouse(t, Options{})
	_, l := h.ask(ToReset, "alex@demo.example")
	proof, err := h.ProveByLink(t.Context(), ToReset, l.Link)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.ResetPassword(t.Context(), proof, "three quite new words"); err != nil {
		t.Fatal(err)
	}
	h.signIn("alex@demo.example", "three quite new words")
}
