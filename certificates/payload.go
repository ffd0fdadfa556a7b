package certificates

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"time"
	"unicode/utf8"

	"github.com/golang-jwt/jwt/v5"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// A payload is a JWS in compact form. These two claims keep a token that was
// made for another purpose from passing as a certificate.
const (
	issuer   = "golau"
	audience = "cert"
	version  = "1." // before the payload in a fragment: which rules it follows
)

// Claims are what a signed payload says: enough to recognise the sheet of paper
// without asking anybody, and a digest of all the rest.
type Claims struct {
	ID         string
	Holder     string     // shortened to 32 bytes, ending in …, when longer
	Completed  string     // the day in London, 2026-11-14
	ValidUntil store.Time // zero = no end
	Digest     string     // of every printed field
	Key        string     // which key signed it
}

// tokenClaims are Claims as they are written. The names are short because a QR
// code must stay readable at 28 mm.
type tokenClaims struct {
	Issuer    string `json:"iss"`
	Audience  string `json:"aud"`
	ID        string `json:"jti"`
	Holder    string `json:"sub"`
	Completed string `json:"day"`
	Expires   int64  `json:"exp,omitempty"`
	Digest    string `json:"sha"`
}

// The methods of jwt.Claims. Expiry is left to the caller of VerifyPayload: an
// expired certificate is genuine and must not be taken for a forgery.
func (c *tokenClaims) GetExpirationTime() (*jwt.NumericDate, error) { return nil, nil }
func (c *tokenClaims) GetIssuedAt() (*jwt.NumericDate, error)       { return nil, nil }
func (c *tokenClaims) GetNotBefore() (*jwt.NumericDate, error)      { return nil, nil }
func (c *tokenClaims) GetIssuer() (string, error)                   { return c.Issuer, nil }
func (c *tokenClaims) GetSubject() (string, error)                  { return c.Holder, nil }
func (c *tokenClaims) GetAudience() (jwt.ClaimStrings, error) {
	return jwt.ClaimStrings{c.Audience}, nil
}

// Expired says whether the last day of validity has passed.
func (c Claims) Expired(now store.Time) bool {
	return !c.ValidUntil.IsZero() && day(now) > day(c.ValidUntil)
}

// day is the day of t in London, as it is printed and signed.
func day(t store.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(i18n.London()).Format(time.DateOnly)
}

// shortened keeps a long name from making the QR code too fine; the digest
// covers the whole.
func shortened(name string) string {
	const most = 32
	if len(name) <= most {
		return name
	}
	cut := most - len("…")
	for !utf8.RuneStart(name[cut]) {
		cut--
	}
	return name[:cut] + "…"
}

// digest is 128 bits over every printed field. A forger would have to find other
// words with the same digest as a given certificate, whose id is random.
func (c Certificate) digest() (string, error) {
	printed, err := json.Marshal([]any{
		c.ID, c.Kind, c.Revision, c.HolderName, c.Course.Slug, c.Course.Title, c.Course.Edition, c.EditionHash,
		c.Language, c.Course.Minutes, c.Objectives, c.Board.ID, c.Board.Name, day(c.Completed), day(c.ValidUntil),
		c.Reviewed, c.Demonstration,
	})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(printed)
	return base64.RawURLEncoding.EncodeToString(sum[:16]), nil
}

// compact is the one alphabet of a payload. Go's decoder would skip line breaks,
// and one payload must have one spelling.
var compact = regexp.MustCompile(`^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$`)

// ErrForged means that a payload was not signed by this installation, or was
// changed since.
var ErrForged = errors.New("certificates: not signed by this installation")

// VerifyPayload checks the fragment of a QR code, "#1.…" or "1.…", with nothing
// but the keys. It returns ErrForged for whatever was not signed here just so.
// What it cannot know is whether the certificate has since been withdrawn.
func VerifyPayload(k *Keys, fragment string) (Claims, error) {
	if len(fragment) > 0 && fragment[0] == '#' {
		fragment = fragment[1:]
	}
	if len(fragment) > longestInput || len(fragment) <= len(version) || fragment[:len(version)] != version {
		return Claims{}, ErrForged
	}
	return k.parse(fragment[len(version):])
}

func (k *Keys) parse(token string) (Claims, error) {
	if !compact.MatchString(token) {
		return Claims{}, ErrForged
	}
	var said tokenClaims
	var kid string
	parser := jwt.NewParser(
		jwt.WithValidMethods([]string{jwt.SigningMethodEdDSA.Alg()}),
		jwt.WithIssuer(issuer), jwt.WithAudience(audience),
		jwt.WithStrictDecoding(),                                  // or the last letter could be spelt in four ways
		jwt.WithTimeFunc(func() time.Time { return time.Time{} }), // no claim of ours is about now
	)
	_, err := parser.ParseWithClaims(token, &said, func(t *jwt.Token) (any, error) {
		kid, _ = t.Header["kid"].(string)
		if public, ok := k.public[kid]; ok {
			return public, nil
		}
		return ed25519.PublicKey(nil), errors.New("unknown key")
	})
	if err != nil {
		return Claims{}, fmt.Errorf("%w: %v", ErrForged, err)
	}
	c := Claims{ID: said.ID, Holder: said.Holder, Completed: said.Completed, Digest: said.Digest, Key: kid}
	if said.Expires != 0 {
		c.ValidUntil = store.At(time.Unix(said.Expires, 0))
	}
	return c, nil
}

// Fragment is what follows # in the address of the QR code; problem.Unavailable
// until the certificate is signed.
func (c Certificate) Fragment() (string, error) {
	if c.Token == "" {
		return "", problem.New(problem.Unavailable, "certificates.not_signed").After(2 * time.Second)
	}
	return version + c.Token, nil
}
