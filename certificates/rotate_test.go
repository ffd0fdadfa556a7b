package certificates

import (
	"crypto/rand"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
)

// T3-09 in small: after a rotation what the old key signed is genuine, what the
// new key signs is too, both are published, and the old private half is gone.
func TestRotate(t *testing.T) {
	h := open(t)
	dir := filepath.Join(t.TempDir(), "keys")
	var err error
	if h.keys, err = OpenKeys(dir, rand.Reader); err != nil {
		t.Fatal(err)
	}
	secret, _ := os.ReadFile(filepath.Join(dir, signingFile))
	before := h.issue(award())
	old, fresh, err := Rotate(dir, rand.Reader)
	if err != nil || old != h.keys.kid || fresh == old {
		t.Fatalf("%s, %s: %v", old, fresh, err)
	}
	was := h.keys
	if h.keys, err = OpenKeys(dir, iotest.ErrReader(os.ErrClosed)); err != nil || h.keys.kid != fresh {
		t.Fatal(err)
	}
	a := award()
	a.Enrolment = "enrolment-2"
	after := h.issue(a)
	for _, c := range []Certificate{before, after} {
		if v := h.verify(c.ID); v.Status != Valid {
			t.Errorf("%s: %s", v.Status, v.Fault)
		}
	}
	if _, err := was.parse(after.Token); err == nil {
		t.Error("the old keys take the new key's signature for theirs")
	}
	if err := CheckKeys(h.read(), h.keys); err != nil {
		t.Error(err)
	}
	files, _ := os.ReadDir(dir)
	for _, f := range files {
		text, _ := os.ReadFile(filepath.Join(dir, f.Name()))
		if string(text) == string(secret) {
			t.Errorf("%s is the old private key", f.Name())
		}
		if info, _ := f.Info(); runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %o", f.Name(), info.Mode())
		}
	}
	if len(files) != 2 {
		t.Errorf("the folder holds %v", files)
	}
	published(t, h.keys, old, fresh)
	if _, _, err := Rotate(dir, iotest.ErrReader(os.ErrClosed)); err == nil {
		t.Error("a key without chance")
	}
	if again, err := OpenKeys(dir, rand.Reader); err != nil || again.kid != fresh {
		t.Errorf("a rotation that failed left another key: %v", err)
	}
}

func published(t *testing.T, k *Keys, old, fresh string) {
	t.Helper()
	var doc struct {
		ID     string
		Method []struct {
			ID  string
			Key jwk `json:"publicKeyJwk"`
		} `json:"verificationMethod"`
		Assertion []string `json:"assertionMethod"`
	}
	if err := json.Unmarshal(k.DID("https://golau.example:8443"), &doc); err != nil {
		t.Fatal(err)
	}
	did := "did:web:golau.example%3A8443"
	if doc.ID != did || len(doc.Method) != 2 || doc.Method[1].ID != did+"#"+old || doc.Method[1].Key.X == "" ||
		len(doc.Assertion) != 1 || doc.Assertion[0] != did+"#"+fresh {
		t.Errorf("%+v", doc)
	}
	if s := string(k.JWKS()); !strings.Contains(s, old) || !strings.Contains(s, fresh) {
		t.Error(s)
	}
}

// The folder itself is shut to others before a key is read from it.
func TestFolderOfKeysIsShut(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("keeps its permissions elsewhere")
	}
	dir := filepath.Join(t.TempDir(), "keys")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenKeys(dir, rand.Reader); err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Stat(dir); info.Mode().Perm() != 0o700 {
		t.Errorf("mode %o", info.Mode())
	}
}

// What the database remembers of the keys is enough to verify with; a forged key
// in it is noticed.
func TestKeysAreRemembered(t *testing.T) {
	h := open(t)
	c := h.issue(award())
	for range 2 { // the second time nothing is written
		if err := RememberKeys(t.Context(), h.db, h.keys); err != nil {
			t.Fatal(err)
		}
	}
	if n := h.count("SELECT count(*) FROM audit_events WHERE verb = ?", keyAdded); n != 1 {
		t.Errorf("%d lines", n)
	}
	dir := t.TempDir()
	other, err := OpenKeys(dir, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if added, err := Recall(h.read(), dir, other); err != nil || len(added) != 1 || added[0] != h.keys.kid {
		t.Fatalf("%v, %v", added, err)
	}
	if h.keys, err = OpenKeys(dir, rand.Reader); err != nil {
		t.Fatal(err)
	}
	if v := h.verify(c.ID); v.Status != Valid {
		t.Errorf("%s: %s", v.Status, v.Fault)
	}
	if n, err := Check(h.read(), h.keys); n != 1 || err != nil {
		t.Errorf("%d: %v", n, err)
	}
}
