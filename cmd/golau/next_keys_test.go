package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golau/internal/store"

	"github.com/descope/virtualwebauthn"
)

// keyRing is an authenticator with one passkey of one person.
type keyRing struct {
	site virtualwebauthn.RelyingParty
	auth virtualwebauthn.Authenticator
	key  virtualwebauthn.Credential
}

func newKeyRing(person string) *keyRing {
	k := &keyRing{site: virtualwebauthn.RelyingParty{Name: "Golau", ID: site, Origin: "https://" + site},
		auth: virtualwebauthn.NewAuthenticatorWithOptions(virtualwebauthn.AuthenticatorOptions{UserHandle: []byte(person)})}
	const whole = 77 // bytes of a public key; the library leaves zeros at the front of a coordinate out
	for len(k.key.ID) == 0 || len(k.key.Key.AttestationData()) != whole {
		k.key = virtualwebauthn.NewCredential(virtualwebauthn.KeyTypeEC2)
	}
	return k
}

// made answers what a browser is asked for by a new passkey.
func (k *keyRing) made(b *browser) string {
	b.t.Helper()
	asked, err := virtualwebauthn.ParseAttestationOptions(b.post("/en/passkey/new", nil).want(http.StatusOK).Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return virtualwebauthn.CreateAttestationResponse(k.site, k.auth, k.key, *asked)
}

// signed answers what a browser is asked to sign.
func (k *keyRing) signed(b *browser) string {
	b.t.Helper()
	asked, err := virtualwebauthn.ParseAssertionOptions(b.post("/en/passkey/ask", nil).want(http.StatusOK).Body)
	if err != nil {
		b.t.Fatal(err)
	}
	k.key.Counter++
	return virtualwebauthn.CreateAssertionResponse(k.site, k.auth, k.key, *asked)
}

// ways are the values of next= and where each leads: one to a page of this site,
// the others nowhere.
func ways(t *testing.T, enter func(next string) (to string)) {
	t.Helper()
	if to := enter("/en/account"); to != "/en/account" {
		t.Errorf("a page of this site leads to %q", to)
	}
	for _, next := range elsewhere {
		if to := enter(next); to != "/en/learn" {
			t.Errorf("%q leads to %q", next, to)
		}
	}
}

// T1-18, attack A16: as TestNextLeadsNowhereElseByAnyDoor, by the forms of
// passkeys and of an app that is set up on the way in.
func TestNextLeadsNowhereElseByAnyFactor(t *testing.T) {
	t.Parallel()
	// onward is where the page of the new recovery codes leads.
	onward := func(r *reply) string {
		r.want(http.StatusOK)
		return attr(find(find(r.doc(), tag("main")), both(tag("a"), hasClass("govuk-button"))), "href")
	}
	first := func(h *house) *browser {
		return h.visitor().firstStep("lowri")
	}
	t.Run("an app is set up", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		ways(t, func(next string) string {
			h.clock.Advance(time.Minute)
			h.write(forget(h.id["lowri"]))
			b := first(h)
			page := b.post("/en/second-factor/set-up", url.Values{"next": {next}}).want(http.StatusOK)
			secret := strings.ReplaceAll(textOf(find(page.doc(), tag("code"))), " ", "")
			return onward(b.post("/en/second-factor/confirm", url.Values{"code": {h.appCode(secret, 0)}, "next": {next}}))
		})
	})
	t.Run("a passkey is made", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		ways(t, func(next string) string {
			h.write(forget(h.id["lowri"]))
			h.write(func(tx store.Tx) error { return tx.Exec("DELETE FROM people_passkeys").Error })
			b, k := first(h), newKeyRing(h.id["lowri"])
			return onward(b.post("/en/second-factor/passkey", url.Values{"name": {"Key"}, "answer": {k.made(b)}, "next": {next}}))
		})
	})
	t.Run("a passkey is the second step, and both", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.write(forget(h.id["lowri"]))
		b, k := first(h), newKeyRing(h.id["lowri"])
		onward(b.post("/en/second-factor/passkey", url.Values{"name": {"Key"}, "answer": {k.made(b)}}))
		for _, comes := range []func() *browser{h.visitor, func() *browser { return first(h) }} {
			ways(t, func(next string) string {
				h.clock.Advance(time.Minute)
				b := comes()
				return b.post("/en/passkey", url.Values{"answer": {k.signed(b)}, "next": {next}}).want(http.StatusSeeOther).Header.Get("Location")
			})
		}
	})
}
