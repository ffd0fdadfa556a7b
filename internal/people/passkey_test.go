package people

import (
	"strings"
	"testing"

	"golau/internal/problem"
	"golau/internal/store"

	"github.com/descope/virtualwebauthn"
)

const siteOrigin = "https://golau.example"

// device is an authenticator with one passkey of one person.
type device struct {
	h    *house
	site virtualwebauthn.RelyingParty
	auth virtualwebauthn.Authenticator
	key  virtualwebauthn.Credential
}

func (h *house) device(person string) *device {
	return &device{h, virtualwebauthn.RelyingParty{Name: "Golau", ID: "golau.example", Origin: siteOrigin},
		virtualwebauthn.NewAuthenticatorWithOptions(virtualwebauthn.AuthenticatorOptions{UserHandle: []byte(person)}),
		wellMadeKey()}
}

// wellMadeKey makes a key pair that stands for itself: the library that plays the
// authenticator leaves out zeros at the beginning of a coordinate, which one key
// in 128 has and which no real authenticator does.
func wellMadeKey() virtualwebauthn.Credential {
	for {
		k := virtualwebauthn.NewCredential(virtualwebauthn.KeyTypeEC2)
		if len(k.Key.AttestationData()) == wholeKey {
			return k
		}
	}
}

// wholeKey is the length of a P-256 public key as COSE writes it.
const wholeKey = 77

// made answers a request for a new passkey.
func (d *device) made(token string) string {
	d.h.t.Helper()
	options, err := d.h.BeginPasskey(d.h.t.Context(), token)
	if err != nil {
		d.h.t.Fatal(err)
	}
	asked, err := virtualwebauthn.ParseAttestationOptions(string(options))
	if err != nil {
		d.h.t.Fatalf("%v: %s", err, options)
	}
	return virtualwebauthn.CreateAttestationResponse(d.site, d.auth, d.key, *asked)
}

// signed answers a request to sign in, or to give the second factor.
func (d *device) signed(token string) (nonce, answer string) {
	d.h.t.Helper()
	options, nonce, err := d.h.AskPasskey(d.h.t.Context(), token)
	if err != nil {
		d.h.t.Fatal(err)
	}
	asked, err := virtualwebauthn.ParseAssertionOptions(string(options))
	if err != nil {
		d.h.t.Fatalf("%v: %s", err, options)
	}
	d.key.Counter++
	return nonce, virtualwebauthn.CreateAssertionResponse(d.site, d.auth, d.key, *asked)
}

// A lead makes a passkey at the first door, comes in by it alone, gives it as a
// second factor, and cannot remove the last.
func TestPasskey(t *testing.T) {
	h := newHouse(t, Options{Origin: siteOrigin})
	ctx := t.Context()
	half := h.halfIn("tom@demo.example", tomPassword)
	phone := h.device(h.tom)
	a, err := h.AddPasskey(ctx, half, "  My   phone ", phone.made(half), "")
	if err != nil || len(a.Codes) != 10 || a.Session == "" {
		t.Fatalf("%+v %v", a, err)
	}
	h.shut("half, completed", half)
	keys, err := PasskeysOf(h.rx(), h.tom)
	if err != nil || len(keys) != 1 || keys[0].Name != "My phone" || !keys[0].UsedAt.IsZero() {
		t.Fatalf("%+v %v", keys, err)
	}
	nonce, answer := phone.signed("")
	token, err := h.SignInByPasskey(ctx, nonce, answer)
	if err != nil {
		t.Fatal(err)
	}
	v, err := h.Resolve(ctx, token)
	if err != nil || v.Person != h.tom {
		t.Fatalf("a passkey is both factors: %v", err)
	}
	wants(t, second(h.SignInByPasskey(ctx, nonce, answer)), problem.Invalid, "people.passkey.wrong") // replayed

	half = h.halfIn("tom@demo.example", tomPassword)
	nonce, answer = phone.signed(half)
	session, err := h.GivePasskey(ctx, half, nonce, answer)
	if err != nil {
		t.Fatal(err)
	}
	if ss, _ := SessionsOf(h.rx(), h.viewer(session)); ss[0].Factor == "" && ss[1].Factor == "" {
		t.Error("no session says how it became whole")
	}
	wants(t, h.RemovePasskey(ctx, v, keys[0].ID, a.Codes[0]), problem.Conflict, "people.factor.required")
	h.setUp(session, a.Codes[0])
	v = h.viewer(session)
	wants(t, h.RemovePasskey(ctx, h.viewer(h.signIn("rhian@demo.example", rhianPassword)), keys[0].ID, rhianPassword), problem.NotFound, "")
	if err := h.RemovePasskey(ctx, v, keys[0].ID, a.Codes[1]); err != nil {
		t.Fatal(err)
	}
	wants(t, second(h.SignInByPasskey(ctx, func() string { n, x := phone.signed(""); answer = x; return n }(), answer)), problem.Invalid, "")
}

// What a thief, a copy, another site or an old page answers opens nothing.
func TestForgedPasskeys(t *testing.T) {
	h := newHouse(t, Options{Origin: siteOrigin})
	ctx := t.Context()
	tom, rhian := h.device(h.tom), h.device(h.rhian)
	half := h.halfIn("tom@demo.example", tomPassword)
	_, err := h.AddPasskey(ctx, half, "phone", tom.made(half), "")
	if err != nil {
		t.Fatal(err)
	}
	whole := h.signIn("rhian@demo.example", rhianPassword)
	wants(t, second(h.AddPasskey(ctx, whole, "phone", rhian.made(whole), "")), problem.Invalid, "people.password.required")
	wants(t, second(h.AddPasskey(ctx, whole, " ", rhian.made(whole), rhianPassword)), problem.Invalid, "people.passkey.name")
	wants(t, second(h.AddPasskey(ctx, whole, "stolen", tom.made(whole), rhianPassword)), problem.Invalid, "people.passkey.wrong")
	other := h.signIn("rhian@demo.example", rhianPassword)
	wants(t, second(h.AddPasskey(ctx, other, "phone", rhian.made(whole), rhianPassword)), problem.Invalid, "people.passkey.wrong")
	if _, err := h.AddPasskey(ctx, whole, "phone", rhian.made(whole), rhianPassword); err != nil {
		t.Fatal(err)
	}

	bad := func(what string, d *device, change func()) {
		t.Helper()
		before := *d
		change()
		nonce, answer := d.signed("")
		count := d.key.Counter
		*d = before
		d.key.Counter = max(count, before.key.Counter)
		if token, err := h.SignInByPasskey(ctx, nonce, answer); problem.KindOf(err) != problem.Invalid || token != "" {
			t.Errorf("%s: %q, %v", what, token, err)
		}
	}
	bad("another site", tom, func() { tom.site.Origin = "https://golau.example.evil.example" })
	bad("another party", tom, func() { tom.site.ID = "evil.example" })
	bad("another's handle", tom, func() { tom.auth.Options.UserHandle = []byte(h.rhian) })
	bad("nobody's handle", tom, func() { tom.auth.Options.UserHandle = []byte("nobody") })
	bad("another key", tom, func() { tom.key.Key = rhian.key.Key })
	bad("not verified", tom, func() { tom.auth.Options.UserNotVerified = true })

	half = h.halfIn("tom@demo.example", tomPassword)
	nonce, answer := tom.signed(half)
	wants(t, second(h.SignInByPasskey(ctx, nonce, answer)), problem.Invalid, "people.passkey.wrong") // asked for the other step
	_, theirs := rhian.signed("")
	nonce, _ = tom.signed(half)
	wants(t, second(h.GivePasskey(ctx, half, nonce, theirs)), problem.Invalid, "people.passkey.wrong")
	nonce, answer = tom.signed(half)
	h.clock.Advance(challengeLife)
	wants(t, second(h.GivePasskey(ctx, half, nonce, answer)), problem.Invalid, "people.passkey.wrong") // too late
	for _, odd := range []string{"", "{}", "[", `{"id":"x"}`, strings.Repeat("9", 1<<16)} {
		nonce, _ = tom.signed("")
		wants(t, second(h.SignInByPasskey(ctx, nonce, odd)), problem.Invalid, "people.passkey.wrong")
		wants(t, second(h.AddPasskey(ctx, whole, "x", odd, rhianPassword)), problem.Invalid, "people.passkey.wrong")
	}
	// A copy that answers with a counter of before.
	nonce, answer = tom.signed("")
	if _, err := h.SignInByPasskey(ctx, nonce, answer); err != nil {
		t.Fatal(err)
	}
	tom.key.Counter -= 2
	nonce, answer = tom.signed("")
	wants(t, second(h.SignInByPasskey(ctx, nonce, answer)), problem.Invalid, "people.passkey.wrong")
	if h.count("audit_events WHERE verb = 'people.passkey_copied'") != 1 {
		t.Error("the copy is not recorded")
	}
	tom.key.Counter += 9
	nonce, answer = tom.signed("")
	h.write(func(tx store.Tx) error { return Suspend(tx, h.tom) })
	wants(t, second(h.SignInByPasskey(ctx, nonce, answer)), problem.Forbidden, "people.signin.suspended")
	// Without an origin, and in the demonstration, there are none.
	none := newHouse(t, Options{})
	wants(t, second(none.BeginPasskey(ctx, "")), problem.Conflict, "people.passkey.not_here")
}
