// Package bearer makes and reads the tokens with which other systems come in:
// signed, for one audience, for a time.
//
// It does not know what a token opens, to whom it belongs or whether it was
// revoked: that lies in the database, found by the token's id. Nothing but the id
// is taken from a token.
package bearer

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const (
	// Audience is for whom every token is made: what was signed for anything else
	// opens nothing here.
	Audience = "golau-api"
	// MinSecret is how long a secret must be, in bytes.
	MinSecret = 32
	// longest is how long a token can be; what is longer is not looked at.
	longest = 1024
	// leeway is by how much clocks may differ.
	leeway = 5 * time.Second
)

// errRefused is all that is said of a token that is not ours, so that nobody can
// ask which part of a forgery was right.
var errRefused = errors.New("bearer: refused")

// Key signs tokens, and knows its own.
type Key struct {
	ID     string
	secret []byte
}

// NewKey makes a key of a secret. One shorter than MinSecret is an error: an empty
// one would sign whatever anybody likes.
func NewKey(secret []byte) (Key, error) {
	if len(secret) < MinSecret {
		return Key{}, fmt.Errorf("a secret of %d bytes signs nothing: it needs %d", len(secret), MinSecret)
	}
	m := hmac.New(sha256.New, secret)
	m.Write([]byte("golau api key"))
	return Key{ID: hex.EncodeToString(m.Sum(nil)[:6]), secret: bytes.Clone(secret)}, nil
}

// Keys are the key that signs, and those that signed before and still count.
type Keys struct {
	Issuer  string
	Signing Key
	Former  []Former
}

// Former is a key that was replaced; what it signed counts until a moment.
type Former struct {
	Key
	Until time.Time
}

// claims are everything that a token says, in the order in which it is written.
type claims struct {
	Issuer   string `json:"iss"`
	Audience string `json:"aud"`
	ID       string `json:"jti"`
	IssuedAt int64  `json:"iat"`
	Expires  int64  `json:"exp"`
}

func (c claims) GetExpirationTime() (*jwt.NumericDate, error) { return at(c.Expires), nil }
func (c claims) GetIssuedAt() (*jwt.NumericDate, error)       { return at(c.IssuedAt), nil }
func (c claims) GetNotBefore() (*jwt.NumericDate, error)      { return nil, nil }
func (c claims) GetIssuer() (string, error)                   { return c.Issuer, nil }
func (c claims) GetSubject() (string, error)                  { return "", nil }
func (c claims) GetAudience() (jwt.ClaimStrings, error) {
	return jwt.ClaimStrings{c.Audience}, nil
}

func at(unix int64) *jwt.NumericDate {
	if unix == 0 {
		return nil
	}
	return jwt.NewNumericDate(time.Unix(unix, 0))
}

// Make signs a token with an id. The same again is the same token.
func (k Keys) Make(id string, from, until time.Time) (string, error) {
	t := jwt.NewWithClaims(jwt.SigningMethodHS256, claims{k.Issuer, Audience, id, from.Unix(), until.Unix()})
	t.Header["kid"] = k.Signing.ID
	return t.SignedString(k.Signing.secret)
}

// Read returns the id of a token that this installation signed and that has not
// expired. Everything else is one and the same error.
func (k Keys) Read(token string, now time.Time) (id string, err error) {
	if len(token) > longest || strings.Count(token, ".") != 2 {
		return "", errRefused
	}
	var c claims
	parser := jwt.NewParser(jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}), jwt.WithExpirationRequired(), jwt.WithIssuedAt(),
		jwt.WithIssuer(k.Issuer), jwt.WithAudience(Audience), jwt.WithLeeway(leeway), jwt.WithStrictDecoding(), jwt.WithTimeFunc(func() time.Time { return now }))
	_, err = parser.ParseWithClaims(token, &c, func(t *jwt.Token) (any, error) {
		name, _ := t.Header["kid"].(string)
		key, ok := k.find(name, now)
		if !ok {
			return nil, errRefused
		}
		return key.secret, nil
	})
	if err != nil || c.ID == "" || !asWritten(token, c) {
		return "", errRefused
	}
	return c.ID, nil
}

func (k Keys) find(id string, now time.Time) (Key, bool) {
	if id == k.Signing.ID {
		return k.Signing, id != ""
	}
	for _, f := range k.Former {
		if f.ID == id && now.Before(f.Until) {
			return f.Key, true
		}
	}
	return Key{}, false
}

// Current says whether what the key with the id signed still counts.
func (k Keys) Current(id string, now time.Time) bool {
	_, ok := k.find(id, now)
	return ok
}

// asWritten says whether a token holds what we write and not a byte more: a claim
// twice, another claim, or a header that names a key of its own is none of ours,
// whoever signed it.
func asWritten(token string, c claims) bool {
	parts := strings.Split(token, ".")
	head, err := base64.RawURLEncoding.DecodeString(parts[0])
	if err != nil {
		return false
	}
	var said struct {
		Alg string `json:"alg"`
		Kid string `json:"kid"`
		Typ string `json:"typ"`
	}
	if json.Unmarshal(head, &said) != nil {
		return false
	}
	head, _ = json.Marshal(said)
	body, _ := json.Marshal(c)
	signed, err := base64.RawURLEncoding.DecodeString(parts[2]) // it passes over the end of a line
	if err != nil {
		return false
	}
	for i, part := range [][]byte{head, body, signed} {
		if parts[i] != base64.RawURLEncoding.EncodeToString(part) {
			return false
		}
	}
	return true
}
