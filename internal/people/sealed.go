package people

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
)

// errSealed is all that is said of what does not open.
var errSealed = errors.New("people: the seal is broken, or of another key")

// closer returns what seals things of one purpose. Each purpose has a key of its
// own, made of the server's, so that what was sealed for one never opens
// as another.
func (d *Directory) closer(purpose string) (cipher.AEAD, error) { return closerOf(d.o.SSOKey, purpose) }

func closerOf(key []byte, purpose string) (cipher.AEAD, error) {
	m := hmac.New(sha256.New, key)
	m.Write([]byte("golau people " + purpose))
	block, err := aes.NewCipher(m.Sum(nil))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// sealFor closes plain for a purpose and whom it belongs to.
func (d *Directory) sealFor(purpose, of string, plain []byte) (string, error) {
	aead, err := d.closer(purpose)
	if err != nil {
		return "", err
	}
	nonce, err := random(d.db.Chance(), aead.NonceSize())
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(aead.Seal(nonce, nonce, plain, []byte(of))), nil
}

// unseal opens what sealFor closed for the same purpose and owner.
func (d *Directory) unseal(purpose, of, sealed string) ([]byte, error) {
	aead, err := d.closer(purpose)
	if err != nil {
		return nil, err
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(sealed)
	if err != nil || len(raw) < aead.NonceSize() {
		return nil, errSealed
	}
	plain, err := aead.Open(nil, raw[:aead.NonceSize()], raw[aead.NonceSize():], []byte(of))
	if err != nil {
		return nil, errSealed
	}
	return plain, nil
}
