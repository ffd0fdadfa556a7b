package main

import (
	"crypto/rand"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"golau/internal/bearer/bearertest"
	"golau/internal/people"
)

// Attack A10: at the door, every forgery has one and the same answer, which is also
// that of a token that was revoked, expired or signed with a key that is gone; and
// no log holds any of them.
func TestForgedTokensOpenNothing(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	s := h.letIn("lowri", people.TokenScopes(people.Lead)...)
	s.get("/course").want(http.StatusOK)
	secret, err := os.ReadFile(apiKeyPath(h.dir))
	if err != nil {
		t.Fatal(err)
	}
	forged := bearertest.Forgeries(t, rand.Reader, secret, s.token, h.clock.Now())
	if len(forged) < 50 {
		t.Errorf("only %d forgeries", len(forged))
	}
	nobody := (&system{h: h, token: "x"}).get("/course").want(http.StatusUnauthorized)
	clean := func(r *reply) string { return strings.ReplaceAll(r.Body, r.Header.Get("X-Request-Id"), "#") }
	before := h.tables()
	for name, token := range forged {
		for _, path := range []string{"/course", "/people"} {
			got := (&system{h: h, token: token}).get(path)
			want := strings.ReplaceAll(clean(nobody), "/course", path)
			if got.Status != http.StatusUnauthorized || clean(got) != want || got.Header.Get("WWW-Authenticate") != "Bearer" {
				t.Errorf("%s: %d %s", name, got.Status, got.Body)
			}
		}
		if len(token) > 40 && len(token) < 1000 && strings.Contains(h.log.String(), token[len(token)-40:]) {
			t.Errorf("%s: the log holds it", name)
		}
	}
	h.unchanged(before)
	s.get("/course").want(http.StatusOK) // nothing of that shut out whoever may
	h.clock.Advance(91 * 24 * time.Hour)
	if got := s.get("/course"); got.Status != http.StatusUnauthorized || clean(got) != clean(nobody) {
		t.Errorf("expired: %d %s", got.Status, got.Body)
	}
}

// A rotation by command: tokens made before count for a week, or until the old key
// is taken away; the page says of those that are dead that they are.
func TestTokensOutliveARotationByAWeek(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		gone   func(t *testing.T, dir string, now time.Time)
		counts bool
	}{
		"at once":      {func(*testing.T, string, time.Time) {}, true},
		"a week later": {func(t *testing.T, dir string, now time.Time) { setAged(t, oldAPIKeyPath(dir), now.Add(-apiKeyLife)) }, false},
		"taken away": {func(t *testing.T, dir string, _ time.Time) {
			if err := os.Remove(oldAPIKeyPath(dir)); err != nil {
				t.Fatal(err)
			}
		}, false},
	} {
		h := livedIn(t)
		s := h.letIn("lowri", people.ReadPeople)
		if code, out, errs := golau(t, "keys", "rotate", "--api", "--data", h.dir); code != exitDone || !strings.Contains(out, "api: new") {
			t.Fatalf("%d %s%s", code, out, errs)
		}
		setAged(t, oldAPIKeyPath(h.dir), h.clock.Now()) // the house's clock is not the machine's
		c.gone(t, h.dir, h.clock.Now())
		h.closeNow()
		again := open(t, h.dir)
		again.cast, again.spent = h.cast, h.spent
		want, said := http.StatusUnauthorized, "systems.state.key_gone"
		if c.counts {
			want, said = http.StatusOK, "systems.state.counts"
		}
		if got := (&system{h: again, token: s.token}).get("/people"); got.Status != want {
			t.Errorf("%s: %d, want %d", name, got.Status, want)
		}
		again.as("lowri").get("/cy/account/systems").want(http.StatusOK).has(again.words.T("cy", said))
		fresh := again.letIn("lowri", people.ReadPeople)
		fresh.get("/people").want(http.StatusOK)
		if code, out, _ := golau(t, "keys", "list", "--data", h.dir); code != exitDone || !strings.Contains(out, "api since=") {
			t.Errorf("%s: %d %s", name, code, out)
		}
	}
}

func setAged(t *testing.T, path string, at time.Time) {
	t.Helper()
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

// golau config says of a secret that is too short what the start would say.
func TestConfigSaysThatASecretIsShort(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, path := range []string{apiKeyPath(h.dir), oldAPIKeyPath(h.dir)} {
		whole, _ := os.ReadFile(path)
		if err := os.WriteFile(path, []byte(strings.Repeat("x", 31)), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, _, errs := golau(t, "config", "--data", h.dir); code != exitNo || !strings.Contains(errs, path+" is too short") {
			t.Errorf("%s: %d %s", path, code, errs)
		}
		if err := os.WriteFile(path, append(whole, make([]byte, 32)...), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if code, _, errs := golau(t, "config", "--data", h.dir); code != exitDone {
		t.Errorf("%d %s", code, errs)
	}
}
