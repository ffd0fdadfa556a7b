package sso

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"slices"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// keyBits is the length of the site's own keys.
const keyBits = 3072

// Key is the site's own key for one provider: it proves the site where a secret
// that both know is not enough (private_key_jwt).
type Key struct{ k *rsa.PrivateKey }

// NewKey makes a key. It takes a while: never inside a Write.
func NewKey(chance io.Reader) (*Key, error) {
	k, err := rsa.GenerateKey(chance, keyBits)
	if err != nil {
		return nil, err
	}
	return &Key{k}, nil
}

// OpenKey reads what Bytes wrote.
func OpenKey(raw []byte) (*Key, error) {
	any, err := x509.ParsePKCS8PrivateKey(raw)
	if err != nil {
		return nil, err
	}
	k, ok := any.(*rsa.PrivateKey)
	if !ok {
		return nil, errors.New("not a key of this kind")
	}
	return &Key{k}, nil
}

// Bytes is the private key, to be sealed and kept.
func (k *Key) Bytes() ([]byte, error) { return x509.MarshalPKCS8PrivateKey(k.k) }

// ID names the key.
func (k *Key) ID() string {
	sum := sha256.Sum256(x509.MarshalPKCS1PublicKey(&k.k.PublicKey))
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}

// PEM is the public key, to be given to the provider.
func (k *Key) PEM() (string, error) {
	der, err := x509.MarshalPKIXPublicKey(&k.k.PublicKey)
	if err != nil {
		return "", err
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})), nil
}

// Set is the public key as a provider fetches it.
func (k *Key) Set() map[string]any {
	b64 := base64.RawURLEncoding.EncodeToString
	return map[string]any{"keys": []any{map[string]any{"kty": "RSA", "use": "sig", "kid": k.ID(),
		"n": b64(k.k.N.Bytes()), "e": b64(big.NewInt(int64(k.k.E)).Bytes())}}}
}

// proofLife is how long a proof of the site holds.
const proofLife = time.Minute

// prove signs that the site is the client, for this provider's token endpoint
// and once.
func (c *Client) prove(p *provider, clientID string, key *Key) (string, error) {
	var method jwt.SigningMethod = jwt.SigningMethodRS256
	for _, m := range []jwt.SigningMethod{jwt.SigningMethodRS256, jwt.SigningMethodPS256, jwt.SigningMethodRS512, jwt.SigningMethodRS384,
		jwt.SigningMethodPS512} {
		if len(p.MethodAlgs) == 0 || slices.Contains(p.MethodAlgs, m.Alg()) {
			method = m
			break
		}
	}
	once, err := c.draw()
	if err != nil {
		return "", err
	}
	now := c.o.Now()
	t := jwt.NewWithClaims(method, jwt.RegisteredClaims{Issuer: clientID, Subject: clientID, Audience: jwt.ClaimStrings{p.TokenURL},
		ID: once, IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(proofLife))})
	t.Header["kid"] = key.ID()
	return t.SignedString(crypto.Signer(key.k))
}

// draw returns 256 bits of chance, as they stand in an address.
func (c *Client) draw() (string, error) {
	b := make([]byte, 32)
	if _, err := io.ReadFull(c.o.Chance, b); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(b), nil
}
