package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golau/certificates"
	"golau/cmd/golau/internal/backups"
	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/mail"
	"golau/internal/people"
	"golau/internal/steward"
	"golau/internal/store"
)

// rows are all rows of all tables, as text.
func rows(t testing.TB, rx store.Rx) map[string][]string {
	t.Helper()
	var names []string
	if err := rx.Raw("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").Scan(&names).Error; err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for _, name := range names {
		var found []map[string]any
		if err := rx.Raw("SELECT * FROM " + name).Scan(&found).Error; err != nil {
			t.Fatal(err)
		}
		for _, row := range found {
			line := ""
			for _, column := range slices.Sorted(maps.Keys(row)) {
				line += fmt.Sprintf("%s=%v ", column, row[column])
			}
			all[name] = append(all[name], line)
		}
	}
	return all
}

// leaveTraces has Nia leave whatever a person can leave here.
func leaveTraces(t *testing.T, h *house) (code string) {
	t.Helper()
	nia, alun := h.as("nia"), h.as("alun")
	m, err := certificates.ByID(h.db.Read(t.Context()), h.id["nia"], h.did["nia"].certificate)
	if err != nil {
		t.Fatal(err)
	}
	fragment, err := m.Fragment()
	if err != nil {
		t.Fatal(err)
	}
	person := "/en/admin/people/" + h.id["nia"]
	alun.post(person+"/suspend", url.Values{"reason": {"Nia Rhydderch asked for a pause, nia@shared.example"}}).want(http.StatusSeeOther)
	alun.post(person+"/lift", url.Values{"reason": {"Nia is back"}}).want(http.StatusSeeOther)
	h.write(func(tx store.Tx) error { return people.Rename(tx, h.id["nia"], "Nia Dŵr-Gwylan") })
	visitor := h.visitor()
	page := visitor.get("/en/sign-in")
	visitor.press(page, "sign-in", "", "email", "NIA@shared.example", "password", "wrong horse battery")
	if _, err := h.people.AskCode(t.Context(), netip.Addr{}, people.ToSignIn, "nia@shared.example", i18n.EN); err != nil {
		t.Fatal(err)
	}
	h.work()
	boss, err := h.people.Resolve(t.Context(), h.session["alun"])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.people.Invite(t.Context(), boss, []people.NewInvitation{{Email: "nia@shared.example", Name: "Nia Rhydderch",
		Organisation: "both", Board: "board-a", JobRole: people.Education, Language: "en"}}, ""); err != nil {
		t.Fatal(err)
	}
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE outbox_jobs SET failed_at = 1, reason = 'RCPT TO: 550 <Nia@shared.example> unknown' WHERE done_at IS NULL AND kind = ?", people.Invited).Error
	})
	post := mail.Folder{Dir: filepath.Join(h.dir, "mail"), Now: h.clock.Now}
	for who, m := range map[string]string{"nia": "nia@shared.example", "huw": "huw@shared.example"} {
		if err := post.Send(t.Context(), mail.Message{ID: "letter-" + who, To: m, ToName: folk[who].name, Subject: "A letter", Text: "To " + folk[who].name, HTML: "<p>x</p>", Language: "en"}); err != nil {
			t.Fatal(err)
		}
	}
	nia.get("/en/account").want(http.StatusSeeOther) // the suspension ended it
	return certificates.Number(h.did["nia"].certificate) + "#" + fragment
}

// T2-13: whoever is erased is gone from every table and from every byte of every
// file, the record and all certificates hold, and nobody else has lost a row.
func TestErasureErases(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	code := leaveTraces(t, h)
	upgraded := backups.Before(h.db.Path(), h.clock.Now())
	if _, err := backups.Take(t.Context(), h.db.Path(), upgraded, nil); err != nil {
		t.Fatal(err)
	}
	before := rows(t, h.db.Read(t.Context()))
	alun := h.as("alun")
	path := "/admin/people/" + h.id["nia"] + "/erase"
	page := alun.get("/en" + path).want(http.StatusOK)
	sound(t, "to be erased", page)
	sound(t, "to be erased, in Welsh", alun.get("/cy"+path).want(http.StatusOK))
	sound(t, "named", alun.press(page, "erase", "", "reason", "Nia asked", "confirm", "someone@else.example").want(http.StatusUnprocessableEntity).
		has(h.words.T("en", "steward.erase.names"), h.words.T("en", "steward.erase.confirm")))
	for who, status := range map[string]int{"lowri": http.StatusForbidden, "emrys": http.StatusForbidden, "": http.StatusUnauthorized} {
		h.as(who).post("/en"+path, url.Values{"reason": {"x"}, "confirm": {"nia@shared.example"}}).want(status)
	}
	h.as("alun").post("/en/admin/people/"+h.id["alun"]+"/erase", url.Values{"reason": {"x"}, "confirm": {folk["alun"].email}}).want(http.StatusConflict)
	alun.press(page, "erase", "", "reason", "asked in writing", "confirm", " NIA@shared.example ", "proof", h.spare("alun")).leads("/en/admin/people?done=erased")
	alun.press(page, "erase", "", "reason", "asked in writing", "confirm", "nia@shared.example").leads("/en/admin/people?done=erased") // twice is once
	h.work()
	alun.get("/en" + path).want(http.StatusNotFound)
	alun.get("/en/admin/people/" + h.id["nia"]).want(http.StatusNotFound)

	after := rows(t, h.db.Read(t.Context()))
	for table, lines := range after {
		for _, line := range lines {
			for _, trace := range []string{"Rhydderch", "Dŵr-Gwylan", "nia@shared"} {
				if strings.Contains(strings.ToLower(line), strings.ToLower(trace)) {
					t.Errorf("%s holds %q: %s", table, trace, line)
				}
			}
		}
	}
	others(t, h, before, after)
	leftInFiles(t, h.dir)
	copyOutlived(t, h, upgraded)
	if _, err := os.Stat(filepath.Join(h.dir, "mail", "letter-huw.eml")); err != nil {
		t.Error("somebody else's letter is gone")
	}
	stillEvidence(t, h, code)
	alun.get("/cy/admin/audit?verb=people.erased").want(http.StatusOK).has("asked in writing")
}

// others sees that no row has gone that is not Nia's.
func others(t *testing.T, h *house, before, after map[string][]string) {
	t.Helper()
	for table, lines := range before {
		for _, line := range lines {
			if slices.Contains(after[table], line) || table == "audit_head" {
				continue
			}
			if table == "people_recovery_codes" && strings.Contains(line, h.id["alun"]) {
				continue // the proof
			}
			if table == "course_tallies" || table == "course_standings" && strings.Contains(line, h.position("nia")) {
				continue // where she stood, and that one fewer stands there
			}
			if table == "people_words" && strings.Contains(line, h.position("nia")) {
				continue // by which she was found
			}
			if table == "audit_details" {
				var subject string
				number := ""
				for _, part := range strings.Fields(line) {
					if n, ok := strings.CutPrefix(part, "event_id="); ok {
						number = n
					}
				}
				if err := h.db.Read(t.Context()).Raw("SELECT subject FROM audit_events WHERE id = ?", number).Scan(&subject).Error; err != nil {
					t.Fatal(err)
				}
				line += " " + subject
			}
			if !strings.Contains(line, h.id["nia"]) && !strings.Contains(line, h.did["nia"].certificate) && !strings.Contains(strings.ToLower(line), "nia@shared") &&
				!strings.Contains(line, "account=") && !strings.Contains(line, "membership:") && table != "outbox_jobs" {
				t.Errorf("%s has lost %s", table, line)
			}
		}
	}
	for table, n := range map[string]int{"people_persons": 0, "people_memberships": 0, "quiz_answers": 0, "quiz_attempts": 0, "course_completions": 0,
		"certificates_issued": 0, "certificates_register": 0, "audit_events": 3, "audit_details": 3} {
		if got := len(after[table]) - len(before[table]); got != n {
			t.Errorf("%s has %d more rows, want %d", table, got, n)
		}
	}
	if len(after["people_sessions"]) == 0 || h.as("huw").get("/cy/learn").Status != http.StatusOK {
		t.Error("somebody else is out")
	}
}

// copyOutlived sees that the copy made before an upgrade, which still knows Nia,
// is gone within ten weeks.
func copyOutlived(t *testing.T, h *house, path string) {
	t.Helper()
	if body, err := os.ReadFile(path); err != nil || !bytes.Contains(body, []byte("Rhydderch")) {
		t.Errorf("the copy made before an upgrade does not know her: %v", err)
	}
	r := backups.Rota{Database: h.db.Path(), Dir: t.TempDir(), Days: 14, Weeks: 8, Log: slog.New(slog.DiscardHandler)}
	for day := range 70 {
		r.Now = func() time.Time { return h.clock.Now().Add(time.Duration(day) * 24 * time.Hour) }
		r.Tick(t.Context())
	}
	if copies, err := filepath.Glob(filepath.Join(h.dir, "golau-before-*")); len(copies) > 0 || err != nil {
		t.Errorf("after ten weeks there are %v %v", copies, err)
	}
}

// leftInFiles looks for Nia in every byte of every file, but for copies made
// before upgrades, which pass: see copyOutlived.
func leftInFiles(t *testing.T, dir string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasPrefix(e.Name(), "golau-before-") {
			return err
		}
		body, err := os.ReadFile(path)
		for _, trace := range []string{"Rhydderch", "Dŵr-Gwylan", "nia@shared", "NIA@shared", "Nia@shared"} {
			if bytes.Contains(body, []byte(trace)) {
				t.Errorf("%s holds %q", filepath.Base(path), trace)
			}
		}
		files++
		return err
	})
	if err != nil || files < 3 {
		t.Errorf("%d files: %v", files, err)
	}
}

// stillEvidence sees that everything still verifies, by number and by the sheet.
func stillEvidence(t *testing.T, h *house, code string) {
	t.Helper()
	rx := h.db.Read(t.Context())
	if n, err := certificates.Check(rx, h.keys); n != 2 || err != nil {
		t.Errorf("%d certificates hold: %v", n, err)
	}
	if n, err := audit.Verify(rx); n < 50 || err != nil {
		t.Errorf("%d lines hold: %v", n, err)
	}
	if status, out, errs := golau(t, "certcheck", "--data", h.dir); status != exitDone {
		t.Errorf("%s%s", out, errs)
	}
	id := h.did["nia"].certificate
	for text, says := range map[string]string{id: "name: (erased)\n", code: "name: Nia Rhydderch\n"} {
		if status, out, errs := golau(t, "verify", text, "--data", h.dir); status != exitDone || !strings.Contains(out, says) {
			t.Errorf("verify %.30s: %d %s%s", text, status, out, errs)
		}
	}
	for _, l := range i18n.Langs {
		b := h.visitor()
		page := b.get("/"+string(l)+"/verify/"+id).want(http.StatusOK).has(h.words.T(l, "verify.title_valid"), h.words.T(l, "verify.erased"), h.words.T(l, "verify.erased_valid")).lacks("Rhydderch")
		sound(t, "erased", page)
		sound(t, "another code", b.press(page, "name", "", "code", "https://golau.example/en/verify/x#1.a.b.c").want(http.StatusUnprocessableEntity))
		sound(t, "the code of the sheet", b.press(page, "name", "", "code", "https://golau.example/"+code).want(http.StatusOK).has("Nia Rhydderch"))
	}
	list, err := steward.ReadList(filepath.Join(h.dir, steward.ListName))
	if _, ok := list[h.id["nia"]]; !ok || err != nil || len(list) != 1 {
		t.Errorf("%v %v", list, err)
	}
}

// Whoever comes later with the address is somebody new: no certificate, no try.
func TestTheAddressIsFreeAgain(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	h.as("alun").post("/en/admin/people/"+h.id["nia"]+"/erase", url.Values{"reason": {"asked for it"}, "confirm": {"nia@shared.example"}, "proof": {h.spare("alun")}}).
		want(http.StatusSeeOther)
	b := h.visitor()
	page := b.get("/en/sign-in")
	if r := b.press(page, "sign-in", "", "email", "nia@shared.example", "password", password); r.Status != http.StatusUnprocessableEntity {
		t.Errorf("the old password: %d", r.Status)
	}
	h.as("nia").get("/en/learn").want(http.StatusSeeOther)
	var id string
	h.write(func(tx store.Tx) (err error) {
		id, err = people.AddPerson(tx, people.NewPerson{Email: "nia@shared.example", Name: "Nia Rhydderch", Language: "en"})
		return err
	})
	if cs, err := certificates.For(h.db.Read(t.Context()), id); id == h.id["nia"] || len(cs) != 0 || err != nil {
		t.Errorf("%s %v %v", id, cs, err)
	}
}
