package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"golau/certificates"
	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/store"
)

// T1-11: a backup is taken while people answer; restored elsewhere, with only the
// keys that were kept apart, it holds every row of that moment, each certificate
// and the whole record verify, and the site starts from it. Among the certificates
// are corrected, withdrawn and withheld ones, and one whose holder was erased.
func TestRestoreDrill(t *testing.T) {
	t.Parallel()
	h, _ := furnished(t)
	file := filepath.Join(t.TempDir(), "golau.backup")
	b := h.as("nia")
	stop := make(chan struct{})
	answered := make(chan struct{}, 1000)
	var busy sync.WaitGroup
	busy.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			default:
			}
			name := fmt.Sprint("Nia Rhydderch ", strings.Repeat("x", n%20+1))
			b.post("/en/account/name", map[string][]string{"name": {name}})
			select {
			case answered <- struct{}{}:
			default:
			}
		}
	})
	<-answered
	code, out, errs := golau(t, "backup", file, "--data", h.dir)
	close(stop)
	busy.Wait()
	if code != exitDone || !strings.Contains(out, "record: ") {
		t.Fatalf("%d %s%s", code, out, errs)
	}
	saved := look(t, file)

	data := filepath.Join(t.TempDir(), "elsewhere")
	code, out, errs = golau(t, "restore", file, "--data", data, "--keys", filepath.Join(h.dir, "keys"))
	if code != exitDone || !strings.Contains(out, "certificates: 6 hold") {
		t.Fatalf("%d %s%s", code, out, errs)
	}
	restored := look(t, filepath.Join(data, "golau.db"))
	for name, print := range saved {
		if restored[name] != print {
			t.Errorf("table %s: %s was saved, %s restored", name, print, restored[name])
		}
	}
	if len(saved) < 25 || len(saved) != len(restored) {
		t.Errorf("%d tables saved, %d restored", len(saved), len(restored))
	}
	again := open(t, data)
	again.cast = h.cast
	rx := again.db.Read(t.Context())
	if n, err := certificates.Check(rx, again.keys); n != 6 || err != nil {
		t.Errorf("%d certificates: %v", n, err)
	}
	if n, err := audit.Verify(rx); n < 50 || err != nil {
		t.Errorf("%d lines: %v", n, err)
	}
	var issued []string
	if err := rx.Raw("SELECT id FROM certificates_issued").Scan(&issued).Error; err != nil || len(issued) != 6 {
		t.Errorf("%v, %v", issued, err)
	}
	titles := map[string]int{}
	for _, id := range issued {
		for _, l := range i18n.Langs {
			path := "/" + string(l) + "/verify/" + id
			before, after := h.visitor().get(path), again.visitor().get(path)
			if heading(before) != heading(after) || after.Status != before.Status {
				t.Errorf("%s: %d %q before, %d %q restored", path, before.Status, heading(before), after.Status, heading(after))
			}
			titles[heading(after)]++
		}
	}
	for _, title := range []string{"verify.title_valid", "verify.title_superseded", "verify.title_revoked"} {
		if titles[h.words.T(i18n.EN, title)] == 0 {
			t.Errorf("no certificate is shown with %s: %v", title, titles)
		}
	}
	again.as("nia").get(questionPath(i18n.EN, h.did["nia"].open, 1)).want(http.StatusOK)
	left, _ := filepath.Glob(filepath.Join(data, ".restoring-*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// heading is the first heading of a page.
func heading(r *reply) string {
	for _, n := range findAll(r.doc(), tag("h1")) {
		return textOf(n)
	}
	return ""
}

// look is a fingerprint of every table of a file that nobody writes.
func look(t *testing.T, file string) map[string]string {
	t.Helper()
	rx, done, err := store.Peek(file)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	return fingerprints(t, rx(t.Context()))
}

// Without the private key the site can be restored all the same: what was signed
// stays genuine, and a new key signs from then on.
func TestRestoreWithoutKeys(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	file := filepath.Join(t.TempDir(), "golau.backup")
	if code, _, errs := golau(t, "backup", file, "--data", h.dir); code != exitDone {
		t.Fatal(errs)
	}
	data := t.TempDir()
	code, out, errs := golau(t, "restore", file, "--data", data)
	if code != exitDone || !strings.Contains(out, h.keys.Names()[0]+" verifies and signs no more") {
		t.Fatalf("%d %s%s", code, out, errs)
	}
	again := open(t, data)
	if again.keys.Names()[0] == h.keys.Names()[0] {
		t.Error("the private key was in the backup")
	}
	again.visitor().get("/en/verify/" + h.did["nia"].certificate).want(http.StatusOK)
	raw, _ := os.ReadFile(file)
	secret, _ := os.ReadFile(filepath.Join(h.dir, "keys", "signing-key.pem"))
	if body := strings.Split(string(secret), "\n")[1]; len(body) < 40 || bytes.Contains(raw, []byte(body)) {
		t.Error("the backup holds the signing key")
	}
}

// What is there is never written over, and what does not verify is not restored
// unless it is asked for.
func TestRestoreRefuses(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	file := filepath.Join(t.TempDir(), "golau.backup")
	if code, _, errs := golau(t, "backup", file, "--data", h.dir); code != exitDone {
		t.Fatal(errs)
	}
	refused := func(what, says string, args ...string) {
		t.Helper()
		code, out, errs := golau(t, args...)
		if code != exitNo || !strings.Contains(errs, says) || strings.Count(errs, "\n") != 1 {
			t.Errorf("%s: %d, %s%s", what, code, out, errs)
		}
	}
	refused("a backup over a backup", "nothing is written over", "backup", file, "--data", h.dir)
	refused("over the live site", "nothing is written over", "restore", file, "--data", h.dir)
	refused("a file that is not there", "absent", "restore", filepath.Join(h.dir, "absent"), "--data", t.TempDir())
	refused("what is no backup", "keys", "restore", filepath.Join(h.dir, "keys", "signing-key.pem"), "--data", t.TempDir())
	refused("keys from nowhere", "no folder of keys", "restore", file, "--data", t.TempDir(), "--keys", h.dir)
	refused("a backup of nothing", "no database", "backup", filepath.Join(h.dir, "b"), "--data", t.TempDir())

	newer := copyOf(t, file)
	meddle(t, newer, "INSERT INTO store_migrations (version_id, is_applied) VALUES (99999, 1)")
	refused("a newer one", "newer Golau", "restore", newer, "--data", t.TempDir())

	loose := copyOf(t, file)
	meddle(t, loose, "UPDATE people_sessions SET person_id = 'nobody'")
	spoilt := t.TempDir()
	refused("one whose file is damaged, even by --damaged", "it is damaged: people_sessions", "restore", loose, "--data", spoilt, "--damaged")
	if _, err := os.Stat(filepath.Join(spoilt, "golau.db")); err == nil {
		t.Error("a damaged file was restored")
	}
	onTheWay(t, spoilt)

	damaged := copyOf(t, file)
	_, after, _ := strings.Cut(store.Schema, "CREATE TRIGGER certificates_issued_no_update")
	guard, _, _ := strings.Cut(after, ";\n\n")
	meddle(t, damaged, "DROP TRIGGER certificates_issued_no_update", "UPDATE certificates_issued SET holder_name = 'Eve'",
		"CREATE TRIGGER certificates_issued_no_update"+guard)
	data := t.TempDir()
	refused("one that does not verify", "a field was changed after it was signed", "restore", damaged, "--data", data)
	for _, name := range []string{"golau.db", "keys"} {
		if _, err := os.Stat(filepath.Join(data, name)); err == nil {
			t.Errorf("what was not restored has left %s", name)
		}
	}
	onTheWay(t, data)
	if code, out, errs := golau(t, "restore", damaged, "--data", data, "--damaged"); code != exitDone || !strings.Contains(errs, "restored although") {
		t.Errorf("%d %s%s", code, out, errs)
	}
}

func copyOf(t *testing.T, file string) string {
	t.Helper()
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "copy.db")
	if err := os.WriteFile(to, body, 0o600); err != nil {
		t.Fatal(err)
	}
	return to
}
