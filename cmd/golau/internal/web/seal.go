package web

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"time"
)

// Seal closes an answer into the sign-in form when a session has ended, so that
// it survives the signing in and cannot be read or changed on the way.
type Seal struct {
	aead  cipher.AEAD
	older []sealed
	now   func() time.Time
}

// sealed is a key that closes nothing any more and still opens, for a while.
type sealed struct {
	aead  cipher.AEAD
	until time.Time
}

// OldSeal is the key that a new one has replaced.
type OldSeal struct {
	Key   []byte
	Until time.Time // what it closed can be opened so long
}

// sealLife is how long a sealed answer can still be stored.
const sealLife = 24 * time.Hour

// NewSeal returns a seal with a key of 32 bytes, and those it has replaced.
func NewSeal(key []byte, now func() time.Time, older ...OldSeal) (*Seal, error) {
	aead, err := sealer(key)
	if err != nil {
		return nil, err
	}
	s := &Seal{aead: aead, now: now}
	for _, o := range older {
		if aead, err = sealer(o.Key); err != nil {
			return nil, err
		}
		s.older = append(s.older, sealed{aead, o.Until})
	}
	return s, nil
}

func sealer(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// Pending is a form that could not be taken because nobody was signed in.
type Pending struct {
	Path   string // where it was sent, language and all
	Form   url.Values
	Person string // whose session had ended; "" when that is not known
	At     time.Time
}

// Close seals p.
func (s *Seal) Close(p Pending) (string, error) {
	p.At = s.now()
	body, err := json.Marshal(p)
	if err != nil {
		return "", err
	}
	nonce := make([]byte, s.aead.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(s.aead.Seal(nonce, nonce, body, nil)), nil
}

// errSeal is all that is said of a seal that does not open.
var errSeal = errors.New("the seal is broken or too old")

// Open opens what Close sealed, if it is whole and not too old.
func (s *Seal) Open(sealed string) (Pending, error) {
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	// The decoder passes over line breaks and spare bits; here there is one way
	// to write a seal.
	if err != nil || len(raw) < s.aead.NonceSize() || base64.RawURLEncoding.EncodeToString(raw) != sealed {
		return Pending{}, errSeal
	}
	body, err := s.aead.Open(nil, raw[:s.aead.NonceSize()], raw[s.aead.NonceSize():], nil)
	for _, o := range s.older {
		if err != nil && s.now().Before(o.until) {
			body, err = o.aead.Open(nil, raw[:s.aead.NonceSize()], raw[s.aead.NonceSize():], nil)
		}
	}
	if err != nil {
		return Pending{}, errSeal
	}
	var p Pending
	if err := json.Unmarshal(body, &p); err != nil {
		return Pending{}, errSeal
	}
	if s.now().Sub(p.At) > sealLife {
		return Pending{}, errSeal
	}
	return p, nil
}
