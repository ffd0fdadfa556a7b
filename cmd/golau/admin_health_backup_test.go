package main

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golau/cmd/golau/internal/backups"
	"golau/internal/i18n"
)

// backupsFail lets the night's backup fail for each reason, mends it, and wants
// Health to say why, where, what there is to go back to, what works all the same,
// and when the next try is; and then when the next backup is.
func (h *house) backupsFail(t *testing.T, becomes func(name, want string)) {
	t.Helper()
	says := func(keys ...string) {
		t.Helper()
		state := h.nightly.State()
		for _, l := range i18n.Langs {
			page := h.as("alun").get("/" + string(l) + "/admin/health").want(http.StatusOK)
			page.has(h.words.T(l, "admin.health.backup.folder", "Text", state.Dir))
			for _, key := range keys {
				at := map[string]time.Time{"newest": state.Last, "tried": state.Tried}[key]
				if at.IsZero() {
					at = state.Next
				}
				page.has(h.words.T(l, "admin.health.backup."+key, "Moment", i18n.DateTime(l, at)))
			}
			if state.Failure != "" {
				page.has(h.words.T(l, "admin.health.said"), state.Failure)
			}
		}
	}
	says("next", "one_disk")
	good := h.nightly.Dir
	h.clock.Advance(24 * time.Hour)
	h.cast.session["alun"] = h.visitor().signIn("alun").token()
	if h.nightly.Dir = filepath.Join(h.dir, "golau.db", "backups"); !filepath.IsAbs(h.nightly.Dir) {
		t.Fatal(h.nightly.Dir)
	}
	h.nightly.Tick(t.Context())
	becomes("backup", "no_folder")
	says("tried", "no_newest", "still", "again")
	h.nightly.Dir = good
	becomes("backup", "no_folder") // until the next try
	says("tried", "newest", "still", "again")
	huge := filepath.Join(t.TempDir(), "huge.db")
	if err := os.WriteFile(huge, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	live := h.nightly.Database
	if os.Truncate(huge, 1<<43) == nil { // claims eight terabytes, takes none
		h.nightly.Database = huge
		h.clock.Advance(5 * time.Minute)
		h.nightly.Tick(t.Context())
		becomes("backup", "full")
		says("tried", "newest", "still", "again")
	}
	h.nightly.Database = live
	h.clock.Advance(5 * time.Minute)
	h.nightly.Tick(t.Context())
	becomes("backup", "good")
	says("next")
	h.backupsGrowRare(t, becomes)
	h.work()
}

// backupsGrowRare lets a backup take two minutes: Health says how far apart they
// are then, and what to do, until somebody has said how often is enough.
func (h *house) backupsGrowRare(t *testing.T, becomes func(name, want string)) {
	t.Helper()
	rota, looks := h.nightly, 0
	every, gently, now := rota.Every, rota.Gently, rota.Now
	rota.Every, rota.Gently = 5*time.Minute, true
	rota.Now = func() time.Time { looks++; return now().Add(time.Duration(looks-1) * 2 * time.Minute) }
	h.clock.Advance(5 * time.Minute)
	h.cast.session["alun"] = h.visitor().signIn("alun").token() // writes
	rota.Tick(t.Context())
	rota.Now = now
	becomes("backup", "rare")
	for _, l := range i18n.Langs {
		h.as("alun").get("/" + string(l) + "/admin/health").has(h.words.T(l, "admin.health.backup.rare", "Moment", i18n.DateTime(l, rota.State().Last),
			"Size", backups.Size(uint64(rota.State().Bytes)), "Text", "40"))
	}
	rota.Gently = false
	becomes("backup", "good")
	rota.Every, rota.Gently = every, gently
}
