package main

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golau/cmd/golau/internal/backups"
	"golau/internal/i18n"
	"golau/internal/steward"
)

// A rotation by command: certificates of both keys verify, both keys are
// published, and looking at keys makes none.
func TestKeysRotate(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	old := h.keys.Names()[0]
	secret, _ := os.ReadFile(filepath.Join(h.dir, "keys", "signing-key.pem"))
	code, out, errs := golau(t, "keys", "rotate", "--data", h.dir)
	if code != exitDone || !strings.Contains(out, old+" verifies, and signs no more") {
		t.Fatalf("%d %s%s", code, out, errs)
	}
	h.closeNow()
	again := open(t, h.dir)
	again.cast = h.cast
	fresh := again.keys.Names()[0]
	if fresh == old || !strings.Contains(out, fresh+" signs") {
		t.Errorf("%s after %s:\n%s", fresh, old, out)
	}
	again.visitor().get("/en/verify/" + h.did["nia"].certificate).want(http.StatusOK)
	for _, path := range []string{"/.well-known/jwks.json", "/.well-known/did.json"} {
		again.visitor().get(path).want(http.StatusOK).has(old, fresh)
	}
	if code, out, errs := golau(t, "certcheck", "--data", h.dir); code != exitDone || !strings.Contains(out, "certificates: 2 hold") {
		t.Errorf("%d %s%s", code, out, errs)
	}
	code, out, errs = golau(t, "keys", "list", "--data", h.dir)
	if code != exitDone || !strings.HasPrefix(out, fresh+" signs since=") || !strings.Contains(out, old+" verifies since=") {
		t.Errorf("%d %s%s", code, out, errs)
	}
	if line := strings.Split(string(secret), "\n")[1]; strings.Contains(out, line) {
		t.Error("the list tells the key")
	}
	empty := t.TempDir()
	for _, sub := range []string{"list", "rotate"} {
		if code, _, errs := golau(t, "keys", sub, "--data", empty); code != exitNo || !strings.Contains(errs, "no keys") {
			t.Errorf("%s: %d %s", sub, code, errs)
		}
	}
	if left, _ := os.ReadDir(empty); len(left) > 0 {
		t.Errorf("looking made %v", left)
	}
}

// An answer that waits under the old seal is kept for a day, and no longer.
func TestSealRotates(t *testing.T) {
	t.Parallel()
	for _, late := range []bool{false, true} {
		h := livedIn(t)
		b, s := h.as("nia"), h.did["nia"]
		sent := b.fill(b.get(questionPath(i18n.EN, s.open, 2)), true)
		h.clock.Advance(13 * time.Hour)
		page := b.post(questionPath(i18n.EN, s.open, 2), sent).want(http.StatusUnauthorized)
		sealed := sealedIn(t, page)
		if code, out, errs := golau(t, "keys", "rotate", "--seal", "--data", h.dir); code != exitDone || !strings.Contains(out, "seal: new") {
			t.Fatalf("%d %s%s", code, out, errs)
		}
		at := h.clock.Now() // the house's clock is not the machine's
		if late {
			at = at.Add(-sealLife)
		}
		if err := os.Chtimes(oldSealPath(h.dir), at, at); err != nil {
			t.Fatal(err)
		}
		h.closeNow()
		again := open(t, h.dir, func(w *wiring) { w.now = h.clock.Now })
		p, err := again.seal.Open(sealed)
		if late != (err != nil) || !late && p.Form.Encode() != url.Values(sent).Encode() {
			t.Errorf("a day later: %v; %v, %+v", late, err, p)
		}
	}
}

// What holds secrets or people and could be read by others is shut to them, and
// that is said; the signing key is not mended but refused. A folder of everybody's
// is none for Golau.
func TestOpenSecretsAreShut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	open := []string{".", "keys", "keys/seal.key", "golau.db", "backups", "backups/golau-20261121T023000Z.db", "backups/erased.txt", "golau-before-20261121T091500.120.db", steward.ListName}
	if err := os.MkdirAll(filepath.Join(h.dir, "backups"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range open {
		path := filepath.Join(h.dir, name)
		if _, err := os.Stat(path); err != nil {
			if err := os.WriteFile(path, nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Chmod(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	book := &logBook{}
	if err := closeToOthers(h.dir, siteFlags{}.logger(book)); err != nil {
		t.Fatal(err)
	}
	for _, name := range open {
		if info, _ := os.Stat(filepath.Join(h.dir, name)); info.Mode().Perm() != 0o700 {
			t.Errorf("%s: mode %o", name, info.Mode())
		}
		if !strings.Contains(book.String(), "path="+filepath.Join(h.dir, name)+" ") && !strings.Contains(book.String(), `"path":"`+filepath.Join(h.dir, name)+`"`) {
			t.Errorf("%s: nothing is said in %s", name, book)
		}
	}
	copied := filepath.Join(h.dir, "backups", "anew.db")
	if _, err := backups.Take(t.Context(), h.path(), copied, nil); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{h.path(), copied} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is open: %v", path, err)
		}
	}
	everybodys := t.TempDir()
	if err := os.Chmod(everybodys, 0o777|os.ModeSticky); err != nil {
		t.Fatal(err)
	}
	if err := closeToOthers(everybodys, siteFlags{}.logger(book)); err == nil {
		t.Error("a folder of everybody's was shut to them")
	}
}
