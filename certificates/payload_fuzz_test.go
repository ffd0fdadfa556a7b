package certificates

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"
)

// FuzzVerifyPayload looks for a fragment of a QR code that breaks the parser, or
// that verifies although nobody signed it just so; and for words that break it
// under a signature of our own, as a fault of ours might write them.
func FuzzVerifyPayload(f *testing.F) {
	keys, err := OpenKeys(filepath.Join(f.TempDir(), "keys"), rand.NewChaCha8([32]byte{1})) // the same in every worker
	if err != nil {
		f.Fatal(err)
	}
	encode := base64.RawURLEncoding.EncodeToString
	sign := func(claims string) string {
		head, _ := json.Marshal(map[string]string{"alg": jwt.SigningMethodEdDSA.Alg(), "kid": keys.kid, "typ": "JWT"})
		said := encode(head) + "." + encode([]byte(claims))
		signature, err := jwt.SigningMethodEdDSA.Sign(said, keys.private)
		if err != nil {
			f.Fatal(err)
		}
		return version + said + "." + encode(signature)
	}
	const claims = `{"iss":"golau","aud":"cert","jti":"77777777777777777777777708","sub":"Aisha Karim","day":"2026-11-14","exp":1891382400,"sha":"AAAAAAAAAAAAAAAAAAAAAA"}`
	good := sign(claims)
	if _, err := VerifyPayload(keys, good); err != nil {
		f.Fatal("the seed does not verify, so nothing below would: ", err)
	}
	head, rest, _ := strings.Cut(good[len(version):], ".")
	for _, seed := range []struct{ fragment, claims string }{
		{good, claims}, {"#" + good, "{}"}, {"##" + good, "null"}, {good + "=", `[]`}, {"", ""}, {"1.", `"golau"`}, {"1...", `{"iss":1}`}, {"2" + good[1:], claims + "\n"},
		{version + encode([]byte(`{"alg":"none","kid":"`+keys.kid+`"}`)) + "." + rest, `{"iss":"golau","aud":["cert"]}`},
		{version + encode([]byte(`{"alg":"HS256","kid":"`+keys.kid+`"}`)) + "." + rest, `{"iss":"golau","aud":"cert","exp":1e400}`},
		{version + encode([]byte(`{"alg":"EdDSA","kid":{}}`)) + "." + rest, `{"iss":"golau","aud":"cert","exp":-9223372036854775808}`},
		{version + head + "." + head + "." + head, `{"iss":"golau","aud":"cert","exp":9223372036854775807}`},
		{strings.Repeat("1.", 3000), strings.Repeat("[", 3000)}, {"1.\xff.\xfe.\x00", "{\"iss\":\"golau\",\"aud\":\"cert\",\"sub\":\"\xff\\ud800\"}"},
	} {
		f.Add(seed.fragment, seed.claims)
	}
	f.Fuzz(func(t *testing.T, fragment, claims string) {
		c, err := VerifyPayload(keys, fragment)
		switch {
		case strings.TrimPrefix(fragment, "#") == good:
			if err != nil || c.Holder != "Aisha Karim" || c.Key != keys.kid {
				t.Fatalf("what was signed is refused: %v", err)
			}
		case !errors.Is(err, ErrForged) || c != (Claims{}):
			t.Fatalf("%q verifies as %+v, %v", fragment, c, err)
		}
		// Whatever our key has put its name to: words for a certificate of ours, or nothing.
		c, err = VerifyPayload(keys, sign(claims))
		if err != nil {
			if !errors.Is(err, ErrForged) || c != (Claims{}) {
				t.Fatalf("%q gives %+v and %v", claims, c, err)
			}
			return
		}
		var said struct{ Iss, Aud, Jti, Sub string }
		if err := json.Unmarshal([]byte(claims), &said); err != nil || said.Iss != issuer || said.Aud != audience || c.ID != said.Jti || c.Holder != said.Sub {
			t.Fatalf("%q is read as %+v (%v)", claims, c, err)
		}
		c.Expired(c.ValidUntil)
	})
}
