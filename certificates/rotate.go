package certificates

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// Rotate makes a new signing key in a key folder. The old one signs no more:
// its public half stays for ever, its private half is written over. Whatever
// breaks off in between, the folder holds a key that signs, and the public half
// of every key that has signed. Returns the names of the old key and the new.
func Rotate(dir string, rand io.Reader) (old, fresh string, err error) {
	path := filepath.Join(dir, signingFile)
	private, err := readSigningKey(path)
	if err != nil {
		return "", "", err
	}
	public := private.Public().(ed25519.PublicKey)
	if err := writeRetired(dir, public); err != nil {
		return "", "", err
	}
	part, err := newSigningKey(dir, rand)
	if err != nil {
		return "", "", err
	}
	defer os.Remove(part)
	if err := os.Rename(part, path); err != nil {
		return "", "", fmt.Errorf("cannot put the new key in its place: %w", err)
	}
	syncFolder(dir)
	if private, err = readSigningKey(path); err != nil {
		return "", "", err
	}
	return thumbprint(public), thumbprint(private.Public().(ed25519.PublicKey)), nil
}

// writeRetired keeps the public half of a key under its own name.
func writeRetired(dir string, public ed25519.PublicKey) error {
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		return err
	}
	part, err := writeKey(dir, "PUBLIC KEY", der)
	if err != nil {
		return fmt.Errorf("cannot keep the public key: %w", err)
	}
	defer os.Remove(part)
	if err := os.Rename(part, filepath.Join(dir, "retired-"+thumbprint(public)+".pem")); err != nil {
		return fmt.Errorf("cannot keep the public key: %w", err)
	}
	syncFolder(dir)
	return nil
}

// newSigningKey draws a key and writes it beside its place.
func newSigningKey(dir string, rand io.Reader) (part string, err error) {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(rand, seed); err != nil {
		return "", err
	}
	der, err := x509.MarshalPKCS8PrivateKey(ed25519.NewKeyFromSeed(seed))
	if err != nil {
		return "", err
	}
	return writeKey(dir, "PRIVATE KEY", der)
}

func writeKey(dir, kind string, der []byte) (part string, err error) {
	file, err := os.CreateTemp(dir, ".new-key-*") // mode 0600
	if err != nil {
		return "", err
	}
	_, err = file.Write(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		os.Remove(file.Name())
		return "", err
	}
	return file.Name(), nil
}

// makeSigningKey writes a new key beside its place and then links it there, so
// that a crash leaves no half a key and two first starts agree on one.
func makeSigningKey(path string, rand io.Reader) error {
	part, err := newSigningKey(filepath.Dir(path), rand)
	if err != nil {
		return err
	}
	defer os.Remove(part)
	if err := os.Link(part, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	syncFolder(filepath.Dir(path))
	return nil
}

// guardFolder shuts the folder of keys to others. Windows keeps its permissions
// elsewhere and shows a fixed mode.
func guardFolder(dir string) error {
	info, err := os.Stat(dir)
	if err != nil {
		return fmt.Errorf("cannot read the folder of keys: %w", err)
	}
	if runtime.GOOS == "windows" || info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return fmt.Errorf("others can look into the folder of keys %s (mode %04o): run chmod 700 %s", dir, info.Mode().Perm(), dir)
	}
	return nil
}

// syncFolder makes a new name durable, where the system can.
func syncFolder(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		d.Close()
	}
}
