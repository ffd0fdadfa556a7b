// Package bearertest forges tokens for tests: whatever somebody with a good token,
// or even with the secret, might try. It does not know
// what reads them, and no built program holds it.
package bearertest

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// claims are what a good token says.
type claims struct {
	Issuer   string `json:"iss"`
	Audience string `json:"aud"`
	ID       string `json:"jti"`
	IssuedAt int64  `json:"iat"`
	Expires  int64  `json:"exp"`
}

// Forgeries are tokens that must open nothing at the moment now, made from one that
// does and from the secret that signed it: those that are signed with it show that
// more is looked at than the signature.
func Forgeries(t testing.TB, chance io.Reader, secret []byte, good string, now time.Time) map[string]string {
	t.Helper()
	b64 := base64.RawURLEncoding.EncodeToString
	parts := strings.Split(good, ".")
	raw, _ := base64.RawURLEncoding.DecodeString(parts[0])
	head := string(raw)
	var named struct{ Kid string }
	_ = json.Unmarshal(raw, &named)
	raw, _ = base64.RawURLEncoding.DecodeString(parts[1])
	body := string(raw)
	sign := func(secret []byte, head, body string) string {
		said := b64([]byte(head)) + "." + b64([]byte(body))
		m := hmac.New(sha256.New, secret)
		m.Write([]byte(said))
		return said + "." + b64(m.Sum(nil))
	}
	ours := func(head, body string) string { return sign(secret, head, body) }
	if ours(head, body) != good {
		t.Fatal("the forger cannot write")
	}
	var c claims
	_ = json.Unmarshal(raw, &c)
	said, _ := json.Marshal(c.ID)
	swap := func(from, to string) string {
		t.Helper()
		if !strings.Contains(body, from) {
			t.Fatalf("%s is not in %s", from, body)
		}
		return strings.Replace(body, from, to, 1)
	}
	timed := func(change func(*claims)) string {
		d := c
		change(&d)
		b, _ := json.Marshal(d)
		return ours(head, string(b))
	}
	public, private, _ := ed25519.GenerateKey(chance)
	der, _ := x509.MarshalPKIXPublicKey(public)
	publicPEM := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	rsaKey, _ := rsa.GenerateKey(chance, 2048)
	ecKey, _ := ecdsa.GenerateKey(elliptic.P256(), chance)
	other := func(m jwt.SigningMethod, key any) string {
		tok := jwt.NewWithClaims(m, jwt.MapClaims{"iss": c.Issuer, "aud": c.Audience, "jti": c.ID, "iat": c.IssuedAt, "exp": c.Expires})
		tok.Header["kid"] = named.Kid
		s, err := tok.SignedString(key)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	m512 := hmac.New(sha512.New, secret)
	said512 := b64([]byte(strings.Replace(head, "HS256", "HS512", 1))) + "." + parts[1]
	m512.Write([]byte(said512))
	forged := map[string]string{
		"nothing":                    "",
		"two parts":                  parts[0] + "." + parts[1],
		"four parts":                 good + "." + parts[2],
		"a megabyte of dots":         strings.Repeat(".", 1<<20),
		"no signature":               parts[0] + "." + parts[1] + ".",
		"HS256 with a public PEM":    sign(publicPEM, head, body),
		"HS256 with an empty secret": sign(nil, head, body),
		"HS256 with another secret":  sign([]byte(strings.Repeat("\t", 32)), head, body),
		"HS256 with the key's name":  sign([]byte(named.Kid), head, body),
		"HS512 with our secret":      said512 + "." + b64(m512.Sum(nil)),
		"EdDSA":                      other(jwt.SigningMethodEdDSA, private),
		"RS256":                      other(jwt.SigningMethodRS256, rsaKey),
		"PS256":                      other(jwt.SigningMethodPS256, rsaKey),
		"ES256":                      other(jwt.SigningMethodES256, ecKey),
		"no expiry":                  ours(head, swap(`,"exp":`+itoa(c.Expires), "")),
		"expiry 0":                   timed(func(c *claims) { c.Expires = 0 }),
		"an expiry in words":         ours(head, swap(`"exp":`+itoa(c.Expires), `"exp":"never"`)),
		"expired":                    timed(func(c *claims) { c.Expires = now.Add(-time.Minute).Unix() }),
		"made tomorrow":              timed(func(c *claims) { c.IssuedAt = now.Add(time.Hour).Unix() }),
		"not before tomorrow":        ours(head, swap(`}`, `,"nbf":`+itoa(now.Add(time.Hour).Unix())+`}`)),
		"for another audience":       timed(func(c *claims) { c.Audience = "password-reset" }),
		"for several audiences":      ours(head, swap(`"`+c.Audience+`"`, `["`+c.Audience+`","x"]`)),
		"of another issuer":          timed(func(c *claims) { c.Issuer = "https://evil.example" }),
		"of nobody":                  timed(func(c *claims) { c.Issuer = "" }),
		"without an id":              timed(func(c *claims) { c.ID = "" }),
		"a claim twice":              ours(head, swap(`"jti":`, `"jti":"another","jti":`)),
		"the expiry twice":           ours(head, swap(`,"exp":`, `,"exp":1,"exp":`)),
		"a claim of its own":         ours(head, swap(`}`, `,"scope":"admin"}`)),
		"a claim in capitals":        ours(head, swap(`"iss"`, `"ISS"`)),
		"cut short":                  good[:len(good)-1],
		"with padding":               good + "=",
		"with a line's end":          good + "\n",
		"with a space":               " " + good,
		"another last bit":           lastBit(good),
		"the signature of another":   parts[0] + "." + b64([]byte(swap(string(said), `"another"`))) + "." + parts[2],
		"a body that is no JSON":     ours(head, "x"),
		"a body and more":            ours(head, body+"{}"),
		"a header that is no JSON":   ours("x", body),
	}
	for _, alg := range []string{"none", "None", "nOnE", "NONE", "", "hs256", "HS384"} {
		h := strings.Replace(head, "HS256", alg, 1)
		forged["alg "+alg] = ours(h, body)
		forged["alg "+alg+", unsigned"] = b64([]byte(h)) + "." + parts[1] + "."
	}
	for _, kid := range []string{"../../dev/null", "' OR 1=1 --", "https://evil.example/key", "", named.Kid + "\x00"} {
		quoted, _ := json.Marshal(kid)
		forged["kid "+kid] = ours(`{"alg":"HS256","kid":`+string(quoted)+`,"typ":"JWT"}`, body)
	}
	for _, more := range []string{`"jku":"https://evil.example/jwks"`, `"x5u":"https://evil.example/x5"`, `"jwk":{"kty":"oct","k":"AA"}`,
		`"crit":["exp"]`, `"b64":false`, `"zip":"DEF"`, `"kid":"x"`} {
		forged["header "+more] = ours(strings.Replace(head, `"typ"`, more+`,"typ"`, 1), body)
	}
	return forged
}

func itoa(n int64) string { b, _ := json.Marshal(n); return string(b) }

// lastBit changes the bits of the last character that belong to no byte: the same
// signature, written in another way.
func lastBit(token string) string {
	const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	last := strings.IndexByte(digits, token[len(token)-1])
	return token[:len(token)-1] + string(digits[last^1])
}
