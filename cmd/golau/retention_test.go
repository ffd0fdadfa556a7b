package main

import (
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/steward"
	"golau/internal/store"

	"golang.org/x/net/html"
)

// aged is a lived-in house, two years on.
func aged(t *testing.T) *house {
	h := livedIn(t)
	h.clock.Advance(800 * 24 * time.Hour)
	for _, who := range []string{"alun", "nia"} {
		h.session[who] = h.visitor().signIn(who).token()
	}
	return h
}

var figure = regexp.MustCompile(`(?m)^(\w+) +(\w+) +(\d+) `)

// The command and the page say the same numbers, and the run takes as many. The
// privacy notice says what the schedule says.
func TestRetentionPageAndCommand(t *testing.T) {
	t.Parallel()
	h := aged(t)
	alun := h.as("alun")
	page := alun.get("/en/admin/retention").want(http.StatusOK).has(h.words.T("en", "admin.retention.never"))
	sound(t, "the schedule", page)
	sound(t, "the schedule, in Welsh", alun.get("/cy/admin/retention").want(http.StatusOK))
	sound(t, "refused", alun.press(page, "schedule", "", "left", "3", "codes", "soon").want(http.StatusUnprocessableEntity).
		has(h.words.T("en", "site.retention.days"), `value="soon"`))
	alun.press(page, "schedule", "", "left", "730", "sessions", "60").leads("/en/admin/retention?done=retention_changed")
	page = alun.get("/en/admin/retention?done=retention_changed").want(http.StatusOK)
	sound(t, "changed", page)
	for _, l := range i18n.Langs {
		h.visitor().get("/"+string(l)+"/privacy").want(http.StatusOK).has(h.words.T(l, "retention.days", "Count", 60),
			h.words.T(l, "retention.days", "Count", 730), h.words.T(l, "retention.kind.left")).lacks(h.words.T(l, "retention.kind.inactive"))
	}

	alun.press(page, "schedule", "", "inactive", "730").leads("/en/admin/retention?done=retention_changed")
	page = alun.get("/en/admin/retention").want(http.StatusOK)
	sound(t, "with warnings", page)

	due, err := h.steward.DryRun(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	total, toWarn := 0, 0
	for _, d := range due {
		total, toWarn = total+d.N, toWarn+d.ToWarn
		kept := h.words.T("en", "retention.days", "Count", d.Days)
		if d.Days == 0 {
			kept = h.words.T("en", "retention.undecided")
		}
		line := fmt.Sprintf("%s %s %d ", h.words.T("en", "retention.kind."+d.Kind), kept, d.N)
		if !slices.ContainsFunc(findAll(page.doc(), tag("tr")), func(tr *html.Node) bool { return strings.HasPrefix(textOf(tr), line) }) {
			t.Errorf("no line says %s", line)
		}
	}
	if total < 50 {
		t.Errorf("only %d would go: the test proves little", total)
	}
	if toWarn == 0 {
		t.Error("nobody would be warned: the test proves little")
	}
	for _, l := range i18n.Langs {
		alun.get("/" + string(l) + "/admin/retention").want(http.StatusOK).has(h.words.T(l, "admin.retention.warned", "Warned", 0, "ToWarn", toWarn))
	}
	h.tick()
	for _, l := range i18n.Langs { // 800 days have gone by: it waits for somebody
		page = alun.get("/"+string(l)+"/admin/retention").want(http.StatusOK).has(h.words.T(l, "admin.retention.held"), h.words.T(l, "admin.retention.never"))
		sound(t, "held", page)
	}
	alun.press(page, "confirm", "").leads("/cy/admin/retention?done=retention_confirmed")
	sound(t, "confirmed", alun.get("/cy/admin/retention?done=retention_confirmed").want(http.StatusOK).
		has(h.words.T("cy", "admin.done.retention_confirmed")).lacks(h.words.T("cy", "admin.retention.held")))
	h.tick()
	page = alun.get("/cy/admin/retention").want(http.StatusOK)
	sound(t, "after a run", page.has(h.words.T("cy", "admin.retention.told", "Count", toWarn), h.words.T("cy", "admin.retention.warned", "Warned", toWarn, "ToWarn", 0)))
	for _, d := range due {
		if d.N > 0 && !strings.Contains(page.Body, fmt.Sprintf("<li>%s: %d</li>", h.words.T("cy", "retention.kind."+d.Kind), d.N)) {
			t.Errorf("the page does not say that %d of %s went", d.N, d.Kind)
		}
	}
	h.visitor().get("/en/verify/" + h.did["nia"].certificate).want(http.StatusOK).has(folk["nia"].name) // she is still here
}

// tick does what is due by the clock.
func (h *house) tick() {
	h.t.Helper()
	if err := h.steward.Tick(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

// golau retention looks, by the machine's own clock, and --apply takes as many
// as it said.
func TestRetentionCommand(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	h.write(func(tx store.Tx) error {
		return errors.Join(tx.Exec(`INSERT INTO people_signin_guesses (account, at) VALUES ('a', 1000000), ('b', 86400000000)`).Error,
			tx.Exec("INSERT INTO site_retention (kind, days, changed_at) VALUES ('inactive', 365, ?)", tx.Now).Error,
			tx.Exec(`INSERT INTO people_persons (id, email, email_key, name, language, created_at)
				VALUES ('idle', 'idle@demo.example', 'idle@demo.example', 'Ifan Idle', 'cy', 1000000)`).Error,
			tx.Exec(`INSERT INTO people_memberships (id, person_id, organisation_id, board_id, role, job_role, started_at)
				SELECT 'idle', 'idle', organisation_id, board_id, 'learner', job_role, 1000000 FROM people_memberships WHERE person_id = ? LIMIT 1`, h.id["nia"]).Error)
	})
	h.closeNow()
	code, said, errs := golau(t, "retention", "--data", h.dir)
	if code != exitDone || !strings.Contains(said, "guesses      2     2         1970-01-01") ||
		!strings.Contains(said, "inactive: 0 have been warned, 1 would be warned now") {
		t.Fatalf("%d %s%s", code, said, errs)
	}
	if code, dry, errs := golau(t, "retention", "--dry-run", "--data", h.dir); code != exitDone || dry != said {
		t.Errorf("%d %s%s", code, dry, errs)
	}
	code, went, errs := golau(t, "retention", "--apply", "--data", h.dir)
	if code != exitDone {
		t.Fatalf("%d %s%s", code, went, errs)
	}
	if !strings.Contains(went, "inactive: 1 are warned") {
		t.Error(went)
	}
	for _, m := range figure.FindAllStringSubmatch(said, -1) {
		if !regexp.MustCompile(`(?m)^` + m[1] + ` +` + m[3] + `$`).MatchString(went) {
			t.Errorf("%s: would go %s, and\n%s", m[1], m[3], went)
		}
	}
	if n := len(figure.FindAllString(said, -1)); n != len(steward.Kinds()) {
		t.Errorf("%d kinds in\n%s", n, said)
	}
	if code, _, errs := golau(t, "certcheck", "--data", h.dir); code != exitDone {
		t.Error(errs)
	}
	for _, wrong := range [][]string{{"retention", "--data", filepath.Join(h.dir, "nowhere")}, {"retention", "--apply", "--data", filepath.Join(h.dir, "nowhere")}} {
		if code, _, errs := golau(t, wrong...); code != exitNo || !strings.Contains(errs, "there is no database") {
			t.Errorf("%v: %d %s", wrong, code, errs)
		}
	}
	if code, _, _ := golau(t, "retention", "--apply", "--dry-run", "--data", h.dir); code != exitWrongUse {
		t.Errorf("both: %d", code)
	}
}
