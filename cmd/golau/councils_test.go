package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golau/internal/audit"
	"golau/internal/i18n"
)

// A board outside Wales adds a council of its own: its numbers stand in the help,
// on cards, on the plan and in the lesson of whoever works in its area, under the
// name and the board that it is given; corrected, it is called so at once.
func TestACouncilOfOnesOwn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	alun, nia := h.as("alun"), h.as("nia")
	since := h.count("audit_events")
	form := url.Values{"name_en": {"Severn Council"}, "name_cy": {"Cyngor Hafren"}, "area_en": {"east bank"}, "area_cy": {"y lan ddwyreiniol"}, "board": {"board-a"},
		"day_number": {"01632 960444"}, "out_of_hours_number": {"01632 960445"}, "go": {"today"}}
	alun.post("/en/admin/new-council", form).leads("/en/admin/councils/severn-council?done=council_added")
	alun.get("/en/admin/councils/severn-council?done=council_added").want(http.StatusOK).has(`href="/en/admin/agencies">` + h.words.T("en", "admin.done_then.agencies"))
	alun.post("/en/admin/new-council", form).want(http.StatusConflict).has(h.words.T("en", "people.council.taken"), "Name in English: ")
	h.visitor().get("/en/cards/what-to-do-now").want(http.StatusOK).has("Severn Council (east bank)")
	h.visitor().get("/cy/cards/what-to-do-now?council=severn-council").want(http.StatusOK).has("Cyngor Hafren (y lan ddwyreiniol)", "01632 960444", "01632 960445")
	alun.post("/en/admin/agency/school-a", url.Values{"name_en": {"Glannau School"}, "name_cy": {"Ysgol Glannau"}, "kind": {"school"}, "council": {"severn-council"}, "boards": {"board-a"}}).
		leads("/en/admin/agency/school-a?done=agency_changed")
	for _, path := range []string{"/en/learn", "/en/plan", "/en/cards/what-to-do-now", "/en/learn/child-trafficking/what-it-is"} {
		page := nia.get(path)
		if page.Status == http.StatusSeeOther {
			page = nia.get(page.Header.Get("Location"))
		}
		page.want(http.StatusOK).has("Severn Council", "01632 960444")
	}
	sound(t, "named", alun.get("/cy/admin/councils/severn-council").want(http.StatusOK).has("Cyngor Hafren", "y lan ddwyreiniol"))
	name := url.Values{"name_en": {"Shropshire Council"}, "name_cy": {"Cyngor Swydd Amwythig"}}
	alun.post("/cy/admin/councils/severn-council/name", name).leads("/cy/admin/councils/severn-council?done=council_renamed")
	nia.get("/en/plan").want(http.StatusOK).has("Shropshire Council").lacks("Severn Council", "east bank")
	before := h.tables()
	alun.post("/cy/admin/councils/severn-council/name", name).leads("/cy/admin/councils/severn-council?done=council_renamed")
	alun.post("/cy/admin/councils/severn-council/name", url.Values{"name_en": {"Glannau Council"}, "name_cy": {"X"}}).want(http.StatusConflict)
	alun.post("/cy/admin/councils/nowhere/name", name).want(http.StatusNotFound)
	h.unchanged(before)
	if got := h.lately(since); got != "people.council_added people.organisation_changed people.council_renamed" {
		t.Errorf("recorded %q", got)
	}
	alun.get("/en/admin/audit?verb=people.council_renamed").want(http.StatusOK).has(h.words.T("en", "admin.audit.verb.people.council_renamed"), "east bank")
}

// A council goes only when it is said where its agencies go; then nobody can choose
// it, and its people see the other's numbers. It comes back without them.
func TestACouncilIsRetired(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	alun, nia := h.as("alun"), h.as("nia")
	const at = "/en/admin/councils/council-a"
	page := alun.get(at + "/retire").want(http.StatusOK).has("Glannau School")
	sound(t, "asked", page)
	before := h.tables()
	for said, to := range map[string]string{h.words.T("en", "people.council.in_use", "Agencies", 1): "", h.words.T("en", "people.council.unknown"): "council-a", "Choose a council": "nowhere"} {
		refused := alun.post(at+"/retire", url.Values{"to": {to}}).want(http.StatusUnprocessableEntity).has(said, h.words.T("en", "admin.label.council.to"))
		sound(t, "refused", refused)
	}
	h.unchanged(before)
	since := h.count("audit_events")
	alun.post(at+"/retire", url.Values{"to": {"W06000015"}}).leads("/en/admin/councils?done=council_retired")
	if got := h.lately(since); got != "people.organisation_changed people.council_retired" {
		t.Errorf("recorded %q", got)
	}
	nia.get("/cy/learn").want(http.StatusOK).has("Caerdydd").lacks("01632 960111")
	for _, path := range []string{"/en/cards/what-to-do-now?council=council-a", "/en/plan"} {
		h.visitor().get(path).want(http.StatusOK).lacks("01632 960111", `value="council-a"`)
	}
	alun.get("/en/admin/agencies/new").want(http.StatusOK).lacks(`value="council-a"`)
	alun.post("/en/admin/agency/school-a", url.Values{"name_en": {"Glannau School"}, "name_cy": {"Ysgol Glannau"}, "kind": {"school"}, "council": {"council-a"}, "boards": {"board-a"}}).
		want(http.StatusUnprocessableEntity).has(h.words.T("en", "people.council.unknown"))
	sound(t, "the list", alun.get("/en/admin/councils").want(http.StatusOK).has(h.words.T("en", "admin.councils.retired"), "Glannau Council"))
	sound(t, "retired", alun.get(at).want(http.StatusOK).has(h.words.T("en", "admin.councils.is_retired")))
	sound(t, "asked again", alun.get(at+"/retire").want(http.StatusOK))
	before = h.tables()
	alun.post(at+"/retire", nil).leads("/en/admin/councils?done=council_retired")
	h.unchanged(before)
	alun.post(at+"/return", nil).leads(at + "?done=council_returned")
	h.visitor().get("/en/plan").want(http.StatusOK).has(`value="council-a"`)
	if _, err := audit.Verify(h.db.Read(t.Context())); err != nil {
		t.Error(err)
	}
}

// Where an agency of the same name is there already, none moves.
func TestTwoSchoolsOfOneNameStayApart(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	alun := h.as("alun")
	alun.post("/en/admin/agencies/new", url.Values{"name_en": {"Glannau School"}, "name_cy": {"Ysgol Glannau"}, "kind": {"school"}, "council": {"W06000015"}, "boards": {"board-a"}}).want(http.StatusSeeOther)
	before := h.tables()
	alun.post("/en/admin/councils/council-a/retire", url.Values{"to": {"W06000015"}}).want(http.StatusUnprocessableEntity).has("Glannau School / Ysgol Glannau")
	h.unchanged(before)
}

// What a board adds for its area is shown to whoever chooses a council that was put
// under it, before it has any agency.
func TestACouncilStandsUnderItsBoard(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	alun := h.as("alun")
	alun.publish("/en/admin/local/board-a/what-to-do-now", noteForm("Ring the front door team.", "Ffoniwch y tîm drws ffrynt.", "0", "")).want(http.StatusSeeOther)
	form := url.Values{"name_en": {"Severn Council"}, "name_cy": {"Cyngor Hafren"}, "day_number": {"01632 960444"}, "go": {"today"}}
	alun.post("/en/admin/new-council", form).want(http.StatusSeeOther)
	h.clock.Advance(2 * time.Minute)
	for l, said := range map[i18n.Lang]string{"en": "Ring the front door team.", "cy": "Ffoniwch y tîm drws ffrynt."} {
		at := "/" + string(l) + "/cards/what-to-do-now?council=severn-council"
		h.visitor().get(at).want(http.StatusOK).lacks(said)
		form.Set("board", "board-a")
		alun.post("/en/admin/councils/severn-council/name", form).want(http.StatusSeeOther)
		h.visitor().get(at).want(http.StatusOK).has(said)
		form.Set("board", "")
		alun.post("/en/admin/councils/severn-council/name", form).want(http.StatusSeeOther)
	}
	if !strings.Contains(alun.get("/en/admin/councils/severn-council/name").Body, h.words.T("en", "admin.councils.no_board")) {
		t.Error("the form does not say that there need be no board")
	}
}
