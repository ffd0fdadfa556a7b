package main

import (
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"golau/certificates"
	"golau/course/reports"
	"golau/internal/i18n"
	"golau/internal/sheet"
	"golau/internal/store"
)

// An officer sees what was finished in the agencies of their board, narrows it, and
// takes it out, as text, as a workbook and by the command alike; another board's
// officer sees nothing of it; who waits to be confirmed is not among them.
func TestAnOfficerSeesCompletions(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	gwen, emrys := h.as("gwen"), h.as("emrys")
	const at = "/board/completions"
	for _, l := range i18n.Langs {
		sound(t, "nothing yet", gwen.get("/"+string(l)+at).want(http.StatusOK).has(h.words.T(l, "board.completions.none")))
	}
	h.learnt(h.id["nia"], i18n.CY)
	h.as("nia").sit("/cy"+strings.TrimPrefix(finalPath, "/en"), true)
	h.learnt(h.id["huw"], i18n.EN, h.school.Courses()[0].Entries[0].Slug)
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_persons SET name = '=cmd|1 canary' WHERE id = ?", h.id["nia"]).Error
	})
	h.work()
	var certificate string
	if err := h.db.Read(t.Context()).Raw("SELECT id FROM certificates_issued WHERE person_id = ?", h.id["nia"]).Row().Scan(&certificate); err != nil {
		t.Fatal(err)
	}
	number := certificates.Number(certificate)
	for _, l := range i18n.Langs {
		page := gwen.get("/"+string(l)+at).want(http.StatusOK).has("=cmd|1 canary", number, h.words.T(l, "verify.status_valid"), h.words.T(l, "board.completions.meaning")).lacks(folk["huw"].name)
		sound(t, "completions", page)
		emrys.get("/"+string(l)+at).want(http.StatusOK).lacks("canary", number)
	}
	today := h.clock.Now().In(i18n.London()).Format("2/1/2006")
	for query, there := range map[string]bool{"agency=school-a": true, "agency=school-b": false, "language=cy": true, "language=en": false,
		"from=" + url.QueryEscape(today): true, "to=1/1/2020": false, "state=valid": true, "state=revoked": false, "job=health": false, "module=signs": true} {
		page := gwen.get("/en" + at + "?" + query).want(http.StatusOK)
		if strings.Contains(page.Body, "canary") != there {
			t.Errorf("%s: %v", query, !there)
		}
	}
	wrong := gwen.get("/cy"+at+"?from=soon&to=31/2/2026&language=cy").want(http.StatusUnprocessableEntity).has(`value="soon"`, `value="31/2/2026"`, h.words.T(i18n.CY, "reports.no_day")).lacks("canary")
	sound(t, "wrong days", wrong)
	gwen.get("/en" + at + "?board=board-b").want(http.StatusNotFound)
	gwen.get("/en" + at + ".csv?board=board-b").want(http.StatusNotFound)
	gwen.get("/en" + at + ".csv?from=soon").want(http.StatusUnprocessableEntity)
	if n := h.count("audit_events WHERE verb = 'people.report_exported'"); n != 0 {
		t.Errorf("%d were noted before one was taken out", n)
	}

	csv := gwen.get("/cy" + at + ".csv").want(http.StatusOK)
	rows := strings.Split(strings.TrimSpace(csv.Body), "\r\n")
	if len(rows) != 2 || !strings.Contains(rows[1], "'=cmd|1 canary") || !strings.Contains(rows[1], number) || !strings.HasPrefix(rows[0], "\ufeff"+h.words.T(i18n.CY, "reports.column.day")) {
		t.Errorf("%q", rows)
	}
	few := gwen.get("/en" + at + ".csv?column=name&column=day").want(http.StatusOK)
	if head, _, _ := strings.Cut(few.Body, "\r\n"); head != "\ufeffFinished on,Name" {
		t.Errorf("two columns: %q", head)
	}
	book, err := sheet.Read([]byte(gwen.get("/cy" + at + ".xlsx").want(http.StatusOK).Body))
	if err != nil || len(book.Rows) != 1 || len(book.Heading) != len(reports.Columns) {
		t.Errorf("%+v, %v", book, err)
	}
	if body := emrys.get("/cy" + at + ".csv").want(http.StatusOK).Body; strings.Contains(body, "canary") || strings.Count(body, "\r\n") != 1 {
		t.Errorf("another board's sheet: %q", body)
	}
	if n := h.count("audit_events WHERE verb = 'people.report_exported'"); n != 4 {
		t.Errorf("%d of four were noted", n)
	}
	h.commandAgrees(t, csv.Body)
}

// commandAgrees compares the page's sheet with the command's.
func (h *house) commandAgrees(t *testing.T, want string) {
	t.Helper()
	args := []string{"report", "completions", "--data", h.dir, "--board", "board-a", "--lang", "cy"}
	if code, out, errs := golau(t, args...); code != exitDone || out != want {
		t.Errorf("%d %s: the command writes %q, the page %q", code, errs, out, want)
	}
	file := filepath.Join(t.TempDir(), "report.xlsx")
	if code, out, errs := golau(t, append(args, "--format", "xlsx", "-o", file)...); code != exitDone || out != "" {
		t.Errorf("%d %s %s", code, out, errs)
	}
	if code, _, errs := golau(t, append(args, "-o", file)...); code == exitDone || !strings.Contains(errs, "there already") {
		t.Errorf("written over: %d %s", code, errs)
	}
	for _, wrong := range [][]string{{"--board", "nowhere"}, {"--from", "soon"}, {"--column", "answers"}} {
		if code, out, errs := golau(t, append(args, wrong...)...); code == exitDone || out != "" || errs == "" {
			t.Errorf("%v: %d %q %q", wrong, code, out, errs)
		}
	}
}
