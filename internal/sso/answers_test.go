package sso_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"golau/internal/sso"
)

// An answer that belongs to another question, another provider or another site
// is refused.
func TestAnswersToOtherQuestions(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	mine, _ := d.c.NewGrant()
	theirs, _ := d.c.NewGrant()
	if mine == theirs || mine.State == mine.Nonce || len(mine.Verifier) < 43 {
		t.Fatalf("grants %+v, %+v", mine, theirs)
	}
	begin := func(g sso.Grant) (code string) {
		address, err := d.c.Begin(ctx, d.s, g)
		if err != nil {
			t.Fatal(err)
		}
		return d.Authorize(address).Get("code")
	}
	finish := func(g sso.Grant, a sso.Answer) error {
		_, err := d.c.Finish(ctx, d.s, g, a)
		return err
	}
	if err := finish(mine, sso.Answer{Code: begin(theirs)}); word(err) != sso.Stale {
		t.Errorf("a code of another browser (PKCE): %v", err)
	}
	code := begin(mine)
	if err := finish(mine, sso.Answer{Code: code}); err != nil {
		t.Fatal(err)
	}
	if err := finish(mine, sso.Answer{Code: code}); word(err) != sso.Stale {
		t.Errorf("a code a second time: %v", err)
	}
	for _, bad := range []string{"", strings.Repeat("x", 5000)} {
		if err := finish(mine, sso.Answer{Code: bad}); word(err) != sso.Forged {
			t.Errorf("the code %.9q: %v", bad, err)
		}
	}
	// Mix-up: the browser was sent to one provider, and another answers.
	asked := d.Asked("/token")
	if err := finish(mine, sso.Answer{Code: begin(mine), Issuer: "https://evil.example"}); word(err) != sso.Forged {
		t.Errorf("another provider's answer: %v", err)
	}
	if d.Asked("/token") != asked {
		t.Error("the code of another provider was redeemed here")
	}
	if err := finish(mine, sso.Answer{Code: begin(mine), Issuer: d.URL}); err != nil {
		t.Errorf("the provider's own name: %v", err)
	}
	named := newDesk(t)
	named.Doc = func(m map[string]any) { m["authorization_response_iss_parameter_supported"] = true }
	if _, err := named.come(); word(err) != sso.Forged {
		t.Errorf("a provider that names itself does not: %v", err)
	}
	d.s.Secret = "another word"
	if err := finish(mine, sso.Answer{Code: begin(mine)}); word(err) != sso.Unknown {
		t.Errorf("a wrong secret: %v", err)
	}
}

// NHS CIS2 and GOV.UK One Login know a site by its key, and tell the address
// apart from the token.
func TestByKey(t *testing.T) {
	d := newDesk(t)
	key, err := sso.NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := key.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if key, err = sso.OpenKey(raw); err != nil {
		t.Fatal(err)
	}
	text, err := key.PEM()
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode([]byte(text))
	public, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	d.Site = rsaOf(t, public)
	d.s.Secret, d.s.Key = "", key
	d.Doc = func(m map[string]any) { m["token_endpoint_auth_methods_supported"] = []string{"private_key_jwt"} }
	d.Person = map[string]any{"sub": "s"}
	d.Info = map[string]any{"sub": "s", "email": "a@b.example", "email_verified": true, "given_name": "Mari", "family_name": "Wyn"}
	c, err := d.come()
	if err != nil || c.Email != "a@b.example" || !c.EmailVerified || c.Name != "Mari Wyn" {
		t.Fatalf("%+v, %v", c, err)
	}
	set := key.Set()["keys"].([]any)[0].(map[string]any)
	if set["d"] != nil || set["kid"] != key.ID() {
		t.Errorf("the published key is %v", set)
	}
	d.now = d.now.Add(11 * time.Minute) // so that it is asked anew
	d.Doc = func(m map[string]any) { m["token_endpoint_auth_methods_supported"] = []string{"client_secret_basic"} }
	if _, err := d.come(); word(err) != sso.Method {
		t.Errorf("a provider that takes no keys: %v", err)
	}
}

// What the administrator's test says of a provider that does not work.
func TestWhatIsWrong(t *testing.T) {
	set := func(name string, v any) func(*desk) {
		return func(d *desk) { d.Doc = func(m map[string]any) { m[name] = v } }
	}
	for name, c := range map[string]struct {
		spoil func(*desk)
		word  string
	}{
		"in order":           {func(*desk) {}, ""},
		"not filled in":      {func(d *desk) { d.s.ClientID = "" }, sso.Half},
		"no secret":          {func(d *desk) { d.s.Secret = "" }, sso.Half},
		"nobody there":       {func(d *desk) { d.Close() }, sso.Unreachable},
		"an error":           {func(d *desk) { d.Down = true }, sso.Status},
		"another page":       {func(d *desk) { d.s.Issuer = d.URL + "/tenant" }, sso.Status},
		"a slash too many":   {func(d *desk) { d.s.Issuer = d.URL + "/" }, sso.WrongIssuer},
		"another name":       {set("issuer", "https://evil.example"), sso.WrongIssuer},
		"no way in":          {set("authorization_endpoint", ""), sso.Endpoints},
		"a way in by script": {set("authorization_endpoint", "javascript:alert(1)"), sso.Endpoints},
		"an open line":       {set("token_endpoint", "http://idp.example/token"), sso.Endpoints},
		"keys in a file":     {set("jwks_uri", "file:///etc/passwd"), sso.Endpoints},
		"no algorithm":       {set("id_token_signing_alg_values_supported", []string{"HS256", "none"}), sso.Algorithms},
		"no key":             {func(d *desk) { d.Keys = func() []any { return nil } }, sso.NoKey},
		"a key for secrets": {func(d *desk) {
			d.Keys = func() []any { return []any{map[string]any{"kty": "oct", "k": "AAAA"}} }
		}, sso.NoKey},
		"keys elsewhere":  {func(d *desk) { set("jwks_uri", d.URL+"/nowhere")(d) }, sso.NoKey},
		"a wrong secret":  {func(d *desk) { d.s.Secret = "x" }, sso.Unknown},
		"a wrong id":      {func(d *desk) { d.s.ClientID = "x" }, sso.Unknown},
		"only by keys":    {set("token_endpoint_auth_methods_supported", []string{"private_key_jwt"}), sso.Method},
		"its clock":       {func(d *desk) { d.IdP.Now = func() time.Time { return noon.Add(5 * time.Minute) } }, sso.Clock},
		"secret in forms": {set("token_endpoint_auth_methods_supported", []string{"client_secret_post"}), ""},
	} {
		d := newDesk(t)
		c.spoil(d)
		found, err := d.c.Test(t.Context(), d.s)
		if word(err) != c.word || c.word == "" && (err != nil || found.EndSession != d.URL+"/end") {
			t.Errorf("%s: %+v, %v, want %q", name, found, err, c.word)
		}
		if err != nil && strings.Contains(err.Error(), d.Secret) {
			t.Errorf("%s: the secret is in the log: %v", name, err)
		}
	}
}

// Attack A29: whoever may name a provider reaches nothing inside: the address
// is looked at when it is dialled, and no redirect is followed.
func TestNobodyLooksInside(t *testing.T) {
	c := sso.New(sso.Options{Now: func() time.Time { return noon }, Chance: &dice{}})
	ask := func(c *sso.Client, issuer string) string {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		_, err := c.Begin(ctx, sso.Settings{Issuer: issuer, ClientID: "x", Secret: "x"}, sso.Grant{State: "s", Nonce: "n", Verifier: "v"})
		return word(err)
	}
	inside := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("somebody was asked") }))
	defer inside.Close()
	for _, host := range []string{strings.TrimPrefix(inside.URL, "https://"), "localhost:8443", "127.1.2.3", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0",
		"[::]", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "[fd00::1]", "[fe80::1]", "100.64.0.1", "[64:ff9b::a00:1]",
		"[2002:7f00:1::]", "192.0.2.7", "224.0.0.1", "[::127.0.0.1]"} {
		if w := ask(c, "https://"+host); w != sso.Private {
			t.Errorf("%s: %q", host, w)
		}
	}
	for _, issuer := range []string{"", "http://idp.example", inside.URL[len("https://"):], "ftp://idp.example", "file:///etc/passwd", "https://",
		"https://user:pass@idp.example", "https://idp.example?x=1", "https://idp.example#x", "https://idp.example/a b", "//idp.example",
		"unix:/tmp/socket", "https://idp.example/" + strings.Repeat("x", 300)} {
		if w := ask(c, issuer); w != sso.BadIssuer {
			t.Errorf("%.40q: %q", issuer, w)
		}
	}
	for _, issuer := range []string{"https://login.microsoftonline.com/common/v2.0", "https://login.microsoftonline.com/organizations/v2.0",
		"https://sts.windows.net/"} {
		if w := ask(c, issuer); w != sso.ManyTenants {
			t.Errorf("%s: %q", issuer, w)
		}
	}
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, inside.URL, http.StatusFound)
	}))
	defer elsewhere.Close()
	at := sso.New(sso.Options{Now: func() time.Time { return noon }, Chance: &dice{}, Loopback: true})
	if w := ask(at, elsewhere.URL); w != sso.Status {
		t.Errorf("a redirect: %q", w)
	}
	if w := ask(at, inside.URL); w != sso.TLS {
		t.Errorf("a certificate of nobody's: %q", w)
	}
	endless := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for range 3 << 10 {
			if _, err := w.Write([]byte(strings.Repeat(" ", 1<<10))); err != nil {
				return
			}
		}
	}))
	defer endless.Close()
	if w := ask(at, endless.URL); w != sso.NotOIDC {
		t.Errorf("an answer without end: %q", w)
	}
}

func rsaOf(t *testing.T, k any) *rsa.PublicKey {
	t.Helper()
	public, ok := k.(*rsa.PublicKey)
	if !ok {
		t.Fatalf("a key of kind %T", k)
	}
	return public
}
