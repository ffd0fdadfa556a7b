package main

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// numbersForm is a council's numbers as an officer types them.
func numbersForm(day, year, based, goes string) url.Values {
	return url.Values{"day_number": {day}, "out_of_hours_number": {"01632 960555"}, "checked_on": {"20.11." + year}, "based": {based}, "go": {goes}}
}

const numbersAt = "/board/local/board-a/council/council-a"

// An officer looks at the numbers of a council of their board as readers will see
// them, publishes what was looked at, and everybody in the area sees them; what was
// there before stays, with who and when, for the administrator too.
func TestAnOfficerChangesTheNumbers(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	gwen, alun := h.as("gwen"), h.as("alun")
	for _, l := range i18n.Langs {
		at := "/" + string(l)
		list := gwen.get(at+"/board/local").want(http.StatusOK).has(h.words.T(l, "board.numbers.title"), h.words.T(l, "board.local.pathways")).lacks(canary)
		sound(t, "list", list)
		if find(list.doc(), both(tag("a"), with("href", at+numbersAt))) == nil {
			t.Errorf("%s does not lead to the numbers", list.path)
		}
		sound(t, "numbers", gwen.get(at+numbersAt).want(http.StatusOK))
	}
	since, before := h.count("audit_events"), h.tables()
	looked := gwen.post("/en"+numbersAt, numbersForm("01632 960444", "2026", "1", "preview")).want(http.StatusOK).has(h.words.T("en", "admin.local.preview"))
	sound(t, "looked", looked)
	if shown := find(looked.doc(), hasClass("govuk-inset-text")); !strings.Contains(textOf(shown), "01632 960444") || !strings.Contains(textOf(shown), "01632 960555") {
		t.Errorf("the preview shows %s", textOf(shown))
	}
	gwen.post("/en"+numbersAt, numbersForm("999", "2026", "1", "preview")).want(http.StatusUnprocessableEntity)
	h.unchanged(before)
	gwen.press(looked, "numbers", "go=publish").leads("/en" + numbersAt + "?done=local_saved")
	h.as("nia").get("/en/plan").want(http.StatusOK).has("01632 960444").lacks("01632 960111")
	for who, page := range map[string]*reply{"gwen": gwen.get("/cy" + numbersAt), "alun": alun.get("/cy/admin/councils/council-a")} {
		page.want(http.StatusOK).has(h.words.T(i18n.CY, "admin.councils.history"), "01632 960444", "01632 960111", folk["gwen"].name)
		sound(t, who, page)
	}
	before = h.tables()
	gwen.publish("/en"+numbersAt, numbersForm("01632 960444", "2026", "2", "publish")).want(http.StatusSeeOther) // the same again
	gwen.publish("/en"+numbersAt, numbersForm("01632 960666", "2026", "1", "publish")).want(http.StatusConflict).has(h.words.T("en", "people.numbers.changed"), "01632 960666")
	h.unchanged(before)
	if got := h.lately(since); got != "people.council_changed" {
		t.Errorf("recorded %q", got)
	}
	alun.post("/en/admin/councils/council-a", numbersForm("01632 960777", "2026", "", "")).want(http.StatusSeeOther)
	gwen.get("/en"+numbersAt).has("01632 960777", "01632 960111", folk["alun"].name)
	for _, sql := range []string{"UPDATE people_council_numbers SET day_number = ''", "DELETE FROM people_council_numbers"} {
		if err := h.db.Write(t.Context(), store.Actor{Via: "test"}, func(_ context.Context, tx store.Tx) error { return tx.Exec(sql).Error }); err == nil {
			t.Errorf("%s: the history of the numbers can be changed", sql)
		}
	}
}

// What is published is what was looked at: numbers that nobody looked at, or that
// changed since, are shown first, and numbers of long ago are said to be so.
func TestNumbersThatNobodyLookedAt(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	gwen := h.as("gwen")
	for _, l := range i18n.Langs {
		at := "/" + string(l) + numbersAt
		looked := gwen.post(at, numbersForm("01632 960444", "2026", "1", "preview")).want(http.StatusOK)
		for _, seen := range []string{"", "x", attr(find(looked.doc(), with("name", "seen")), "value")} {
			form := numbersForm("01632 960666", "2026", "1", "publish")
			form.Set("seen", seen)
			page := gwen.post(at, form).want(http.StatusConflict).has(h.words.T(l, "people.numbers.unseen"))
			if shown := find(page.doc(), hasClass("govuk-inset-text")); !strings.Contains(textOf(shown), "01632 960666") || find(page.doc(), with("value", "publish")) == nil {
				t.Errorf("what would be published is not shown: %s", page.gist())
			}
		}
	}
	if h.count("people_council_numbers WHERE council_key = 'council-a'") != 1 {
		t.Fatal("numbers were published that nobody looked at")
	}
	gwen.get("/en" + numbersAt).lacks(h.words.T("en", "admin.councils.old"))
	gwen.publish("/en"+numbersAt, numbersForm("01632 960444", "2024", "1", "publish")).want(http.StatusSeeOther)
	for _, l := range i18n.Langs {
		for _, at := range []string{numbersAt, "/board/local"} {
			sound(t, "old", gwen.get("/"+string(l)+at).want(http.StatusOK).has(h.words.T(l, "admin.councils.old")))
		}
	}
	today := gwen.press(gwen.get("/en"+numbersAt), "numbers", "go=today").want(http.StatusOK)
	gwen.press(today, "numbers", "go=publish").want(http.StatusSeeOther)
	gwen.get("/en" + numbersAt).lacks(h.words.T("en", "admin.councils.old"))
}

// An officer reaches the councils of their own board and no others: not another
// board's, not one that was named for another board, that is retired, or whose
// agency has left.
func TestAnotherBoardsCouncilIsNotThere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	gwen := h.as("gwen")
	not := func(what string, paths ...string) {
		t.Helper()
		before := h.tables()
		for _, path := range paths {
			gwen.get("/en" + path).want(http.StatusNotFound)
			foreign := gwen.post("/en"+path, numbersForm("01632 960444", "2026", "1", "preview")).want(http.StatusNotFound)
			sameAnswer(t, what, foreign, gwen.post("/en/board/local/board-a/council/nowhere", numbersForm("01632 960444", "2026", "1", "preview")))
		}
		h.unchanged(before)
	}
	not("another board", "/board/local/board-a/council/council-b", "/board/local/board-b/council/council-b", "/board/local/board-b/council/council-a")
	ask := func(who, board, council string) error {
		v, err := h.people.Resolve(t.Context(), h.cast.session[who])
		if err != nil {
			t.Fatal(err)
		}
		f := people.NumbersForm{DayNumber: "01632 960999", CheckedOn: "2026-11-20", Based: 1}
		f.Seen = f.Look(council)
		return h.people.ChangeNumbers(t.Context(), v, board, council, f)
	}
	for _, c := range [][3]string{{"gwen", "board-a", "council-b"}, {"gwen", "board-b", "council-b"}, {"emrys", "board-b", "council-a"}, {"lowri", "board-a", "council-a"},
		{"nia", "board-a", "council-a"}, {"alun", "board-a", "council-a"}} {
		if ask(c[0], c[1], c[2]) == nil {
			t.Errorf("%s changes %s under %s", c[0], c[2], c[1])
		}
	}
	for _, sql := range map[string]string{
		"named for another": "UPDATE people_councils SET board_id = (SELECT id FROM people_boards WHERE key = 'board-b') WHERE key = 'council-a'",
		"retired":           "UPDATE people_councils SET board_id = NULL, retired_at = 1 WHERE key = 'council-a'",
		"left":              "UPDATE people_organisation_boards SET unlinked_at = 1 WHERE organisation_id = (SELECT id FROM people_organisations WHERE key = 'school-a')"} {
		h := newHouse(t)
		h.write(func(tx store.Tx) error { return tx.Exec(sql).Error })
		h.as("gwen").get("/en" + numbersAt).want(http.StatusNotFound)
		h.as("gwen").get("/en/board/local").want(http.StatusOK).has(h.words.T("en", "board.numbers.none"))
	}
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_councils SET board_id = (SELECT id FROM people_boards WHERE key = 'board-a') WHERE key = 'council-b'").Error
	})
	gwen.get("/en/board/local/board-a/council/council-b").want(http.StatusOK)
}
