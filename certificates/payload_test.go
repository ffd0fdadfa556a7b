package certificates

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/golang-jwt/jwt/v5"
	"pgregory.net/rapid"

	"golau/internal/audit"
	"golau/internal/problem"
)

func TestPayload(t *testing.T) {
	h := open(t)
	c := h.issue(award())
	fragment, _ := c.Fragment()
	claims, err := VerifyPayload(h.keys, fragment)
	if err != nil || claims.ID != c.ID || claims.Holder != "Aisha Karim" || claims.Completed != "2026-11-14" || claims.Key == "" {
		t.Errorf("%+v %v", claims, err)
	}
	if len(fragment) > 345 {
		t.Errorf("the payload has %d characters: the code gets too fine", len(fragment))
	}
	a := award()
	a.Enrolment, a.HolderName = "enrolment-2", strings.Repeat("ŵ", 100)
	c = h.issue(a)
	long, _ := c.Fragment()
	claims, err = VerifyPayload(h.keys, long)
	if err != nil || !utf8.ValidString(claims.Holder) || !strings.HasSuffix(claims.Holder, "ŵ…") || len(long) > 370 {
		t.Errorf("%d characters, %+v, %v", len(long), claims, err)
	}
}

// Signing again, and by two at once, changes nothing.
func TestSignOnce(t *testing.T) {
	h := open(t)
	c := h.issue(award())
	before := c.Token
	h.keys = newKeys(t, 9)
	if c = h.sign(c); c.Token != before {
		t.Error("the signature changed")
	}
	if n := h.count("SELECT COUNT(*) FROM audit_events WHERE verb = 'certificates.signed'"); n != 1 {
		t.Errorf("%d audit lines", n)
	}
	if err := Sign(t.Context(), h.db, h.keys, "nobody's"); problem.KindOf(err) != problem.NotFound {
		t.Error(err)
	}
	if _, err := audit.Verify(h.read()); err != nil {
		t.Error(err)
	}
}

// Whatever is done to a payload, it verifies as it was signed or not at all.
func TestForgedPayloads(t *testing.T) {
	h := open(t)
	c := h.issue(award())
	good, _ := c.Fragment()
	address := c.Address("https://golau.example", "cy") + "#"
	forged := func(bad string) {
		t.Helper()
		if claims, err := VerifyPayload(h.keys, bad); !errors.Is(err, ErrForged) || claims != (Claims{}) {
			t.Errorf("%q verifies", bad)
		}
		if v := h.verify(address + bad); bad != "" && v.Status != Unknown {
			t.Errorf("%q is %s", bad, v.Status)
		}
	}
	// Each byte, each bit, and each letter that stands for the same bits.
	for i := range good {
		for bit := range 8 {
			b := []byte(good)
			b[i] ^= 1 << bit
			forged(string(b))
		}
		for _, other := range "AQgw9_-.\n=" {
			if b := []byte(good); b[i] != byte(other) {
				b[i] = byte(other)
				forged(string(b))
			}
		}
		forged(good[:i])
		forged(good[:i] + "\n" + good[i:])
		forged(good[:i] + good[i+1:])
	}
	forged(good + "A")
	forged(good + "=")
	forged("##" + good)
	forged("2" + good[1:])
	forged("1." + strings.Repeat(".", 1<<20))
	rapid.Check(t, func(r *rapid.T) {
		if s := rapid.String().Draw(r, "payload"); s != "#"+good && s != good {
			if _, err := VerifyPayload(h.keys, s); err == nil {
				r.Fatalf("%q verifies", s)
			}
		}
	})

	claims := func() *tokenClaims {
		digest, _ := c.digest()
		return &tokenClaims{Issuer: issuer, Audience: audience, ID: c.ID, Holder: "Eve", Completed: "2026-11-14", Digest: digest}
	}
	sign := func(method jwt.SigningMethod, kid string, with any, claims jwt.Claims) string {
		token := jwt.NewWithClaims(method, claims)
		token.Header["kid"] = kid
		s, err := token.SignedString(with)
		if err != nil {
			t.Fatal(err)
		}
		return version + s
	}
	other := newKeys(t, 2)
	forged(sign(jwt.SigningMethodEdDSA, other.kid, other.private, claims()))
	forged(sign(jwt.SigningMethodEdDSA, h.keys.kid, other.private, claims()))
	forged(sign(jwt.SigningMethodEdDSA, "../../signing-key.pem", other.private, claims()))
	forged(sign(jwt.SigningMethodNone, h.keys.kid, jwt.UnsafeAllowNoneSignatureType, claims()))
	public := h.keys.private.Public().(ed25519.PublicKey)
	forged(sign(jwt.SigningMethodHS256, h.keys.kid, []byte(public), claims()))
	for _, spoil := range []func(*tokenClaims){func(c *tokenClaims) { c.Issuer = "x" }, func(c *tokenClaims) { c.Audience = "session" }, func(c *tokenClaims) { c.Audience = "" }} {
		s := claims()
		spoil(s)
		forged(sign(jwt.SigningMethodEdDSA, h.keys.kid, h.keys.private, s))
	}
	// Even our own signature over other words is not this certificate's.
	mine := sign(jwt.SigningMethodEdDSA, h.keys.kid, h.keys.private, claims())
	if v := h.verify(address + mine); v.Status != Unknown {
		t.Errorf("other words are %s", v.Status)
	}
	if v := h.verify(address + good); v.Status != Valid {
		t.Errorf("the true payload is %s", v.Status)
	}
	a := award()
	a.Enrolment = "enrolment-2"
	second := h.issue(a)
	another, _ := second.Fragment()
	if v := h.verify(address + another); v.Status != Unknown {
		t.Errorf("with another certificate's payload: %s", v.Status)
	}
}

// An outsider needs nothing of ours but the published key.
func TestPayloadWithAPublishedKey(t *testing.T) {
	h := open(t)
	c := h.issue(award())
	parts := strings.Split(c.Token, ".")
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil {
		t.Fatal(err)
	}
	_, x, _ := strings.Cut(string(h.keys.JWKS()), `"x":"`)
	x, _, _ = strings.Cut(x, `"`)
	public, err := base64.RawURLEncoding.DecodeString(x)
	if err != nil || !ed25519.Verify(public, []byte(parts[0]+"."+parts[1]), signature) {
		t.Errorf("does not verify: %v", err)
	}
}
