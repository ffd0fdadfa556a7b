package certificates

import (
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"golau/internal/store"
)

// The files of a key folder. Retired keys sign no more but still verify, so
// their public halves stay for ever.
const (
	signingFile = "signing-key.pem"
	retiredGlob = "retired-*.pem"
)

// Keys are what this installation signs with and what it has signed with.
type Keys struct {
	kid     string
	private ed25519.PrivateKey
	public  map[string]ed25519.PublicKey
}

// OpenKeys reads the key folder, and makes folder and key at the first start
// from rand. It refuses a key that it cannot read or that others can read, and
// says how to put it right.
func OpenKeys(dir string, rand io.Reader) (*Keys, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("cannot make the folder of signing keys: %w", err)
	}
	if err := guardFolder(dir); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, signingFile)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if err := makeSigningKey(path, rand); err != nil {
			return nil, fmt.Errorf("cannot make the signing key %s: %w", path, err)
		}
	}
	return ReadKeys(dir)
}

// ReadKeys is OpenKeys for whoever only looks: it makes nothing.
func ReadKeys(dir string) (*Keys, error) {
	private, err := readSigningKey(filepath.Join(dir, signingFile))
	if err != nil {
		return nil, err
	}
	public := private.Public().(ed25519.PublicKey)
	k := &Keys{kid: thumbprint(public), private: private, public: map[string]ed25519.PublicKey{thumbprint(public): public}}
	retired, err := filepath.Glob(filepath.Join(dir, retiredGlob))
	if err != nil {
		return nil, err
	}
	for _, file := range retired {
		old, err := readPublicKey(file)
		if err != nil {
			return nil, err
		}
		k.public[thumbprint(old)] = old
	}
	return k, nil
}

func readSigningKey(path string) (ed25519.PrivateKey, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the signing key: %w", err)
	}
	// Windows keeps its permissions elsewhere and shows a fixed mode.
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("others can read the signing key %s (mode %04o): run chmod 600 %s", path, info.Mode().Perm(), path)
	}
	block, err := readPEM(path, "PRIVATE KEY")
	if err != nil {
		return nil, err
	}
	key, err := x509.ParsePKCS8PrivateKey(block)
	if private, ok := key.(ed25519.PrivateKey); ok && err == nil {
		return private, nil
	}
	return nil, fmt.Errorf("%s is no Ed25519 key: restore it from a backup", path)
}

func readPublicKey(path string) (ed25519.PublicKey, error) {
	block, err := readPEM(path, "PUBLIC KEY")
	if err != nil {
		return nil, err
	}
	key, err := x509.ParsePKIXPublicKey(block)
	if public, ok := key.(ed25519.PublicKey); ok && err == nil {
		return public, nil
	}
	return nil, fmt.Errorf("%s is no Ed25519 key: restore it from a backup", path)
}

func readPEM(path, kind string) ([]byte, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the key: %w", err)
	}
	block, _ := pem.Decode(raw)
	if block == nil || block.Type != kind {
		return nil, fmt.Errorf("%s holds no %s: restore it from a backup", path, kind)
	}
	return block.Bytes, nil
}

// thumbprint names a key by the first 72 bits of its RFC 7638 thumbprint: short
// enough for a QR code, and nobody can have two keys of one name here by chance.
func thumbprint(public ed25519.PublicKey) string {
	sum := sha256.Sum256([]byte(`{"crv":"Ed25519","kty":"OKP","x":"` + base64.RawURLEncoding.EncodeToString(public) + `"}`))
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

// CheckKeys refuses a key folder that lacks a key with which certificates were
// signed: it would call genuine certificates damaged. Call it at start.
func CheckKeys(rx store.Rx, k *Keys) error {
	used, err := usedKeys(rx)
	if err != nil {
		return err
	}
	for _, kid := range used {
		if k.public[kid] == nil {
			return fmt.Errorf("certificates were signed with the key %s, which is not in the key folder: restore the folder from a backup", kid)
		}
	}
	return nil
}
