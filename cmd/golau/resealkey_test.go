package main

import (
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golau/internal/store"
)

// The key of authenticator apps is rotated by command, and everybody's app goes
// on: also when the program was killed at any moment between the database and
// the files, and after a backup from before came back.
func TestSecondFactorKeyRotates(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write(forget(h.id["gwen"]))
	secret, _ := h.visitor().firstStep("gwen").setUpApp("")
	path := func(dir, name string) string { return filepath.Join(dir, "keys", name+".key") }
	read := func(dir, name string) string {
		key, err := os.ReadFile(path(dir, name))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		return string(key)
	}
	const current, next, old = "second-factor", "second-factor-next", "second-factor-old"
	first := read(h.dir, current)
	for _, says := range []string{"second-factor: a next key is there", "a next key waits already"} {
		if code, out, errs := golau(t, "keys", "rotate", "--second-factor", "--data", h.dir); code != exitDone || !strings.Contains(out, says) {
			t.Fatalf("%d %s%s", code, out, errs)
		}
	}
	second := read(h.dir, next)
	if second == "" || read(h.dir, current) != first {
		t.Fatal("the command did more than it says")
	}
	_, out, _ := golau(t, "keys", "list", "--data", h.dir)
	if !strings.Contains(out, "second-factor next=") || strings.Contains(out, second) {
		t.Errorf("the list says\n%s", out)
	}
	h.closeNow()
	before := t.TempDir()
	copyFolder(t, before, h.dir)
	steps := 0
	starts := func(dir string) {
		t.Helper()
		again := open(t, dir)
		again.cast, again.session, again.codes = h.cast, h.session, h.codes
		steps += 3
		again.clock.Advance(time.Duration(steps) * time.Minute)
		b := again.visitor().firstStep("gwen")
		b.post("/en/second-factor", url.Values{"code": {again.appCode(secret, 0)}}).want(http.StatusSeeOther)
		if read(dir, current) != second || read(dir, old) != first || read(dir, next) != "" {
			t.Error("the keys are not where they belong")
		}
		var sealed string
		if err := again.db.Read(t.Context()).Raw("SELECT sealed FROM people_totp WHERE person_id = ?", h.id["gwen"]).Scan(&sealed).Error; err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{current, old} {
			info, err := os.Stat(path(dir, name))
			if err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%s: %v %v", name, info, err)
			}
		}
		again.closeNow()
	}
	starts(h.dir)
	for name, files := range map[string]map[string]string{
		"before the old key was kept":       {current: first, next: second, old: ""},
		"before the new one took its place": {current: first, next: second, old: first},
		"before the next was taken away":    {current: second, next: second, old: first},
	} {
		t.Log(name)
		for file, key := range files {
			if key == "" {
				os.Remove(path(h.dir, file))
			} else if err := os.WriteFile(path(h.dir, file), []byte(key), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		starts(h.dir)
	}
	for _, file := range []string{"golau.db", "golau.db-wal", "golau.db-shm"} { // a backup from before comes back
		os.Remove(filepath.Join(h.dir, file))
		if whole, err := os.ReadFile(filepath.Join(before, file)); err == nil {
			if err := os.WriteFile(filepath.Join(h.dir, file), whole, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	starts(h.dir)
}

// The whole of a change of keys is one transaction: where it fails, nothing is
// closed anew, no key moves, and the program does not start half.
func TestKeysStayWhenTheDatabaseRefuses(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	key := closing(factorKeyPath(h.dir))
	if _, err := key.prepare(); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(string(key))
	rows := h.count("people_totp")
	if rows < 2 {
		t.Fatalf("%d apps are too few to be half done", rows)
	}
	now := h.tables()
	h.write(func(tx store.Tx) error {
		return tx.Exec(`CREATE TRIGGER stop BEFORE UPDATE ON people_totp WHEN old.person_id = (SELECT max(person_id) FROM people_totp)
			BEGIN SELECT raise(ABORT, 'the disk is full'); END`).Error
	})
	if err := h.openPeople(t.Context(), wiring{data: h.dir, site: siteFlags{Addr: "127.0.0.1:8080", BaseURL: "https://" + site}, now: h.clock.Now, hasher: cheap, log: slog.New(slog.DiscardHandler)}); err == nil {
		t.Fatal("nothing was said")
	}
	h.unchanged(now)
	after, _ := os.ReadFile(string(key))
	if _, err := os.Stat(key.next()); err != nil || string(after) != string(before) {
		t.Errorf("the keys moved: %v", err)
	}
	h.write(func(tx store.Tx) error { return tx.Exec("DROP TRIGGER stop").Error })
}
