package people

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"errors"
	"io"

	"golau/internal/store"
)

// The secret of an app must be read to be used, so it cannot be hashed. It is
// kept closed with a key that lies beside the database and not in it: a copy of
// the database alone makes no code.

// factorKey closes with AES-256-GCM.
func factorKey(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// sealSecret closes a secret for one person: in another's row it does not open.
func (d *Directory) sealSecret(tx store.Tx, person, secret string) (string, error) {
	nonce := make([]byte, d.factors.NonceSize())
	if _, err := io.ReadFull(tx.Rand(), nonce); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(d.factors.Seal(nonce, nonce, []byte(secret), []byte("totp "+person))), nil
}

func (d *Directory) openSecret(person, sealed string) (string, error) {
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil || len(raw) < d.factors.NonceSize() {
		return "", errors.New("the secret of an authenticator app is damaged")
	}
	n := d.factors.NonceSize()
	secret, err := d.factors.Open(nil, raw[:n], raw[n:], []byte("totp "+person))
	if err != nil {
		return "", errors.New("the secret of an authenticator app does not open with this key")
	}
	return string(secret), nil
}
