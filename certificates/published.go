package certificates

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
)

// jwk is a public key as RFC 8037 writes it.
type jwk struct {
	Type      string `json:"kty"`
	Curve     string `json:"crv"`
	Use       string `json:"use"`
	Algorithm string `json:"alg"`
	ID        string `json:"kid"`
	X         string `json:"x"`
}

// jwks lists the public keys, the one that signs first.
func (k *Keys) jwks() (keys []jwk) {
	for _, kid := range k.Names() {
		keys = append(keys, jwk{"OKP", "Ed25519", "sig", "EdDSA", kid, base64.RawURLEncoding.EncodeToString(k.public[kid])})
	}
	return keys
}

// Names are the keys' names, the one that signs first.
func (k *Keys) Names() []string {
	names := make([]string, 0, len(k.public))
	for kid := range k.public {
		if kid != k.kid {
			names = append(names, kid)
		}
	}
	slices.Sort(names)
	return append([]string{k.kid}, names...)
}

// JWKS returns the public keys, the retired ones too, as a JSON Web Key Set.
func (k *Keys) JWKS() []byte {
	set := struct {
		Keys []jwk `json:"keys"`
	}{k.jwks()}
	b, _ := json.Marshal(set) // strings only
	return b
}

// DID returns the installation's identity document (did:web) for the address by
// which the site is reached. Only the key that signs now makes new assertions;
// the retired ones stay, so that what they signed can still be checked.
func (k *Keys) DID(base string) []byte {
	type method struct {
		ID         string `json:"id"`
		Type       string `json:"type"`
		Controller string `json:"controller"`
		Key        jwk    `json:"publicKeyJwk"`
	}
	did := "did:web:" + strings.ReplaceAll(hostOf(base), ":", "%3A")
	doc := struct {
		Context   []string `json:"@context"`
		ID        string   `json:"id"`
		Methods   []method `json:"verificationMethod"`
		Assertion []string `json:"assertionMethod"`
	}{Context: []string{"https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/jws-2020/v1"}, ID: did, Assertion: []string{did + "#" + k.kid}}
	for _, key := range k.jwks() {
		doc.Methods = append(doc.Methods, method{did + "#" + key.ID, "JsonWebKey2020", did, key})
	}
	b, _ := json.Marshal(doc) // strings only
	return b
}

func hostOf(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return ""
	}
	return u.Host
}
