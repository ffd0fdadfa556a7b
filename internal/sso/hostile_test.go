package sso_test

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"golau/internal/sso"
	"golau/internal/sso/ssotest"

	"github.com/golang-jwt/jwt/v5"
)

// noon is when these tests happen.
var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

type dice struct{ n byte }

func (d *dice) Read(b []byte) (int, error) {
	for i := range b {
		d.n++
		b[i] = d.n
	}
	return len(b), nil
}

// desk is a client and a provider on this machine, at noon.
type desk struct {
	*ssotest.IdP
	t   testing.TB
	c   *sso.Client
	s   sso.Settings
	now time.Time
}

func newDesk(t testing.TB) *desk {
	d := &desk{t: t, now: noon}
	clock := func() time.Time { return d.now }
	d.IdP = ssotest.New(t, clock)
	d.c = sso.New(sso.Options{Now: clock, Chance: &dice{}, Loopback: true})
	d.s = sso.Settings{Issuer: d.URL, ClientID: d.ClientID, Secret: d.Secret, Scopes: "openid email", Redirect: "https://golau.example/sso/x/callback"}
	return d
}

// come goes there and back.
func (d *desk) come() (sso.Claims, error) {
	d.t.Helper()
	g, err := d.c.NewGrant()
	if err != nil {
		d.t.Fatal(err)
	}
	return d.comeWith(g)
}

func (d *desk) comeWith(g sso.Grant) (sso.Claims, error) {
	d.t.Helper()
	address, err := d.c.Begin(d.t.Context(), d.s, g)
	if err != nil {
		return sso.Claims{}, err
	}
	q := d.Authorize(address)
	return d.c.Finish(d.t.Context(), d.s, g, sso.Answer{Code: q.Get("code"), Issuer: q.Get("iss")})
}

func word(err error) string {
	var f *sso.Fault
	if errors.As(err, &f) {
		return f.Word
	}
	return ""
}

func TestAnHonestAnswer(t *testing.T) {
	d := newDesk(t)
	c, err := d.come()
	if err != nil || c.Issuer != d.URL || c.Subject != "subject-1" || c.Email != "mari@shared.example" || !c.EmailVerified || c.Name != "Mari Wyn" {
		t.Fatalf("%+v, %v", c, err)
	}
	if d.Asked("/keys") != 1 || d.Asked("/.well-known/openid-configuration") != 1 {
		t.Error("keys and discovery are asked for once in ten minutes")
	}
	d.Rotate(ssotest.Second())
	if _, err := d.come(); err != nil {
		t.Errorf("after a rotation: %v", err)
	}
}

func hs256(t *ssotest.Token, key []byte) {
	t.Method, t.Key = jwt.SigningMethodHS256, key
}

// T2-08: what a hostile provider, or somebody between, may answer. Each is
// refused as forged, and nobody comes in by it.
func TestForgedTokens(t *testing.T) {
	claim := func(name string, value any) func(*desk) {
		return func(d *desk) {
			d.Forge = func(k *ssotest.Token) {
				if value == nil {
					delete(k.Claims, name)
				} else {
					k.Claims[name] = value
				}
			}
		}
	}
	at := func(name string, ago time.Duration) func(*desk) { return claim(name, noon.Add(-ago).Unix()) }
	forge := func(f func(*ssotest.Token)) func(*desk) { return func(d *desk) { d.Forge = f } }
	cases := map[string]func(*desk){
		"alg none": forge(func(k *ssotest.Token) {
			k.Method, k.Key = jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType
		}),
		"alg NoNe": forge(func(k *ssotest.Token) {
			b := base64.RawURLEncoding.EncodeToString
			k.Raw = b([]byte(`{"alg":"NoNe"}`)) + "." + b([]byte(`{"sub":"subject-1"}`)) + "."
		}),
		"HS256 by the secret":     func(d *desk) { d.Forge = func(k *ssotest.Token) { hs256(k, []byte(d.Secret)) } },
		"HS256 by the public key": forge(func(k *ssotest.Token) { hs256(k, ssotest.First().RSA.N.Bytes()) }),
		"HS256 as the provider says": func(d *desk) {
			d.Doc = func(m map[string]any) { m["id_token_signing_alg_values_supported"] = []string{"HS256", "RS256"} }
			d.Forge = func(k *ssotest.Token) { hs256(k, []byte(d.Secret)) }
		},
		"another way of signing":  forge(func(k *ssotest.Token) { k.Method = jwt.SigningMethodRS512 }),
		"another's key":           forge(func(k *ssotest.Token) { k.Key = ssotest.Second().RSA }),
		"another's key, no name":  forge(func(k *ssotest.Token) { k.Key = ssotest.Second().RSA; k.Header["kid"] = "" }),
		"a key it brings along":   forge(func(k *ssotest.Token) { k.Key = ssotest.Second().RSA; k.Header["jwk"] = ssotest.Second().JWK() }),
		"a key from an address":   forge(func(k *ssotest.Token) { k.Key = ssotest.Second().RSA; k.Header["jku"] = "https://evil.example/keys" }),
		"a key of no name":        forge(func(k *ssotest.Token) { k.Key = ssotest.Second().RSA; k.Header["kid"] = "../../etc/passwd" }),
		"a critical header":       forge(func(k *ssotest.Token) { k.Header["crit"] = []string{"exp"} }),
		"no signature":            forge(func(k *ssotest.Token) { k.Raw = cut(k, 2) }),
		"claims changed after":    forge(func(k *ssotest.Token) { k.Raw = tampered(k) }),
		"no token":                forge(func(k *ssotest.Token) { k.Raw = "x" }),
		"five parts":              forge(func(k *ssotest.Token) { k.Raw = "a.b.c.d.e" }),
		"another issuer":          claim("iss", "https://evil.example"),
		"no issuer":               claim("iss", nil),
		"the issuer with a slash": func(d *desk) { claim("iss", d.URL+"/")(d) },
		"another audience":        claim("aud", "another-site"),
		"no audience":             claim("aud", nil),
		"an empty audience":       claim("aud", []string{}),
		"two audiences, no azp":   claim("aud", []string{"golau", "another-site"}),
		"two audiences, their azp": forge(func(k *ssotest.Token) {
			k.Claims["aud"], k.Claims["azp"] = []string{"golau", "another-site"}, "another-site"
		}),
		"one audience, their azp": claim("azp", "another-site"),
		"another nonce":           claim("nonce", "another"),
		"no nonce":                claim("nonce", nil),
		"an empty nonce":          claim("nonce", ""),
		"expired":                 at("exp", time.Second),
		"no expiry":               claim("exp", nil),
		"signed long ago":         at("iat", 11*time.Minute),
		"signed in the future":    at("iat", -3*time.Minute),
		"signed at no time":       claim("iat", nil),
		"not yet valid":           at("nbf", -6*time.Minute),
		"no subject":              claim("sub", nil),
		"an empty subject":        claim("sub", ""),
		"an endless subject":      claim("sub", strings.Repeat("x", 256)),
		"a subject of two lines":  claim("sub", "a\nb"),
		"another's access token":  claim("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"),
		"a list for a subject":    claim("sub", []string{"a"}),
		"no token of identity":    func(d *desk) { d.Reply = func(m map[string]any) { delete(m, "id_token") } },
		"a number for a token":    func(d *desk) { d.Reply = func(m map[string]any) { m["id_token"] = 7 } },
		"details of another": func(d *desk) {
			delete(d.Person, "email")
			d.Info = map[string]any{"sub": "subject-2", "email": "boss@shared.example", "email_verified": true}
		},
		"details of nobody": func(d *desk) {
			delete(d.Person, "email")
			d.Info = map[string]any{"email": "boss@shared.example", "email_verified": true}
		},
	}
	if len(cases) < 40 {
		t.Errorf("only %d wrong answers", len(cases))
	}
	for name, spoil := range cases {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			spoil(d)
			if c, err := d.come(); word(err) != sso.Forged || c.Subject != "" {
				t.Errorf("got %+v, %v", c, err)
			}
		})
	}
}

// cut returns the token with the parts up to n.
func cut(k *ssotest.Token, n int) string {
	raw, _ := jwt.NewWithClaims(k.Method, k.Claims).SignedString(k.Key)
	return strings.Join(strings.Split(raw, ".")[:n], ".") + "."
}

// tampered signs one thing and says another.
func tampered(k *ssotest.Token) string {
	raw, _ := jwt.NewWithClaims(k.Method, k.Claims).SignedString(k.Key)
	k.Claims["sub"] = "subject-2"
	other, _ := jwt.NewWithClaims(k.Method, k.Claims).SignedString(k.Key)
	a, b := strings.Split(raw, "."), strings.Split(other, ".")
	return a[0] + "." + b[1] + "." + a[2]
}

// A key that the provider withdrew opens nothing once what was known of it is
// old; and a stolen one is refused at once when the provider has a new one.
func TestWithdrawnKeys(t *testing.T) {
	d := newDesk(t)
	if _, err := d.come(); err != nil {
		t.Fatal(err)
	}
	d.Rotate(ssotest.Second())
	d.Forge = func(k *ssotest.Token) { k.Key, k.Header["kid"] = ssotest.First().RSA, "first" }
	d.now = d.now.Add(11 * time.Minute)
	if _, err := d.come(); word(err) != sso.Forged {
		t.Errorf("a withdrawn key: %v", err)
	}
}

// Whatever is in the answer but the identity and the address does not get out.
func TestNoRolesComeOut(t *testing.T) {
	d := newDesk(t)
	d.Person["roles"], d.Person["groups"], d.Person["role"] = []string{"admin"}, []string{"admin"}, "admin"
	c, err := d.come()
	if err != nil || c.ACR != "" || c.AMR != nil {
		t.Errorf("%+v, %v", c, err)
	}
}

// What is not plainly said to be proven is not.
func TestUnprovenAddresses(t *testing.T) {
	for name, v := range map[string]any{"no": false, "a word": "no", "null": nil, "two": 2, "a list": []bool{true}, "an object": map[string]any{"true": true}} {
		d := newDesk(t)
		d.Person["email_verified"] = v
		if c, err := d.come(); err != nil || c.EmailVerified {
			t.Errorf("%s: %+v, %v", name, c, err)
		}
	}
	for name, p := range map[string]map[string]any{"text": {"email_verified": "true"}, "Entra": {"xms_edov": 1}, "Entra, text": {"xms_edov": "1"}} {
		d := newDesk(t)
		delete(d.Person, "email_verified")
		for k, v := range p {
			d.Person[k] = v
		}
		if c, err := d.come(); err != nil || !c.EmailVerified {
			t.Errorf("%s: %+v, %v", name, c, err)
		}
	}
}
