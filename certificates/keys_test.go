package certificates

import (
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
)

func TestOpenKeys(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data", "keys")
	first, err := OpenKeys(dir, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, signingFile)
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if files, _ := os.ReadDir(dir); len(files) != 1 {
		t.Errorf("left behind: %v", files)
	}
	again, err := OpenKeys(dir, iotest.ErrReader(os.ErrClosed)) // needs no chance now
	if err != nil || again.kid != first.kid {
		t.Errorf("another key at the second start: %v", err)
	}
	if runtime.GOOS != "windows" {
		for _, mode := range []os.FileMode{0o644, 0o640, 0o604, 0o660} {
			if err := os.Chmod(path, mode); err != nil {
				t.Fatal(err)
			}
			if _, err := OpenKeys(dir, rand.Reader); err == nil || !strings.Contains(err.Error(), "chmod 600") {
				t.Errorf("mode %o: %v", mode, err)
			}
		}
	}
	for name, content := range map[string]string{"empty": "", "words": "not a key", "another kind": "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "nonsense": "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"} {
		os.Remove(path)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenKeys(dir, rand.Reader); err == nil || !strings.Contains(err.Error(), "backup") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := OpenKeys(filepath.Join(t.TempDir(), "k"), iotest.ErrReader(os.ErrClosed)); err == nil {
		t.Error("a key without chance")
	}
}

// A retired key still verifies; a lost one is noticed before it calls genuine
// certificates damaged.
func TestRetiredKeys(t *testing.T) {
	h := open(t)
	c := h.issue(award())
	der, err := x509.MarshalPKIXPublicKey(h.keys.private.Public())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	fresh, err := OpenKeys(dir, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if err := CheckKeys(h.read(), fresh); err == nil || !strings.Contains(err.Error(), h.keys.kid) {
		t.Errorf("a lost key: %v", err)
	}
	retired := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	if err := os.WriteFile(filepath.Join(dir, "retired-2026.pem"), retired, 0o644); err != nil {
		t.Fatal(err)
	}
	if fresh, err = OpenKeys(dir, rand.Reader); err != nil {
		t.Fatal(err)
	}
	if err := CheckKeys(h.read(), fresh); err != nil {
		t.Error(err)
	}
	old := h.keys.kid
	h.keys = fresh
	if v := h.verify(c.ID); v.Status != Valid {
		t.Errorf("%s: %s", v.Status, v.Fault)
	}
	if jwks := string(fresh.JWKS()); !strings.Contains(jwks, `{"keys":[{"kty":"OKP","crv":"Ed25519","use":"sig","alg":"EdDSA","kid":"`+fresh.kid) || !strings.Contains(jwks, old) {
		t.Error(jwks)
	}
	if err := os.WriteFile(filepath.Join(dir, "retired-x.pem"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenKeys(dir, rand.Reader); err == nil {
		t.Error("an unreadable retired key was passed over")
	}
}
