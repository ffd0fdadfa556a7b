package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/store"
)

// stands is how each thing that is looked at stands.
func (h *house) stands() map[string]string {
	h.t.Helper()
	checks, err := h.health(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	m := map[string]string{}
	for _, c := range checks {
		m[c.Name] = c.State
	}
	return m
}

// becomes holds how one thing stands, and that the page says what to do about it.
func (h *house) becomes(t *testing.T, name, want string) {
	t.Helper()
	if got := h.stands()[name]; got != want {
		t.Errorf("%s stands %q, want %q", name, got, want)
	}
	for _, l := range i18n.Langs {
		page := h.as("alun").get("/" + string(l) + "/admin/health").want(http.StatusOK)
		sound(t, "health", page)
		if key := "admin.health." + name + "." + want + "_do"; want != "good" {
			if !h.words.Has(key) {
				t.Errorf("%s does not say what to do", key)
			}
			page.has(h.words.T(l, key))
		}
	}
}

// Each thing is noticed when it is the matter, told in words with what to do,
// and good again when it is mended.
func TestHealthNotices(t *testing.T) {
	t.Parallel()
	h := livedIn(t, func(w *wiring) { w.run.BackupKeep = 14 })
	becomes := func(name, want string) {
		t.Helper()
		h.becomes(t, name, want)
	}
	becomes("worker", "good")
	becomes("sign_ins", "good")
	becomes("record", "never")
	becomes("backup", "none")
	h.nightly.Tick(t.Context())
	becomes("backup", "good")
	if err := h.steward.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	becomes("record", "good")
	becomes("retention", "good")
	h.backupsFail(t, becomes)
	h.clock.Advance(5 * time.Minute)
	becomes("worker", "still")
	h.work()
	becomes("worker", "good")
	h.write(again(h.did["nia"].certificate, h.id["nia"]))
	becomes("letters", "good")
	h.clock.Advance(31 * time.Minute)
	becomes("letters", "slow")
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE outbox_jobs SET failed_at = ? WHERE done_at IS NULL", tx.Now).Error
	})
	becomes("letters", "good")
	becomes("failed", "some")
	h.clock.Advance(51 * time.Hour)
	h.cast.session["alun"] = h.visitor().signIn("alun").token()
	becomes("backup", "old")
	h.clock.Advance(24 * time.Hour)
	h.cast.session["alun"] = h.visitor().signIn("alun").token()
	becomes("record", "old")
	front := h.as("alun").get("/en/admin").want(http.StatusOK)
	front.has(h.words.T(i18n.EN, "admin.todo.health"))
	h.clock.Advance(3 * 366 * 24 * time.Hour)
	h.cast.session["alun"] = h.visitor().signIn("alun").token()
	becomes("key", "old")
	becomes("retention", "clock")
	becomes("councils", "old")
	becomes("facts", "good") // none of those taught now has a day
	if body := h.as("alun").get("/en/admin/health").Body; strings.Contains(body, "Rhydderch") || strings.Contains(body, "@shared") {
		t.Error("it tells of somebody")
	}
}
