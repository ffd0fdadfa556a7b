package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golau/internal/audit"
	"golau/internal/people"
	"golau/internal/store"
)

// lately are the verbs recorded since the line with the number.
func (h *house) lately(since int) string {
	h.t.Helper()
	var verbs []string
	if err := h.db.Read(h.t.Context()).Raw("SELECT verb FROM audit_events WHERE id > ? ORDER BY id", since).Scan(&verbs).Error; err != nil {
		h.t.Fatal(err)
	}
	return strings.Join(verbs, " ")
}

// What an administrator does, with its lines in the record; doing it again
// changes nothing or is refused in words.
func TestWhatAnAdministratorDoes(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	alun := h.as("alun")
	huw := "/en/admin/people/" + h.id["huw"]
	for _, c := range []struct {
		path, form, leads string
		verbs             string // recorded by the first time
		again             int    // status of the second time
	}{
		{"/en/admin/reference-boards", "boards=gwent&boards=north-wales", "/en/admin/boards?done=boards_added", "people.board_added people.board_added", 303},
		{"/cy/admin/boards", "name_en=Shore+Partnership&name_cy=Partneriaeth+y+Lan&kind=own&kind_en=Partnership&kind_cy=Partneriaeth", "/cy/admin/boards?done=board_added", "people.board_added", 409},
		{"/en/admin/boards/shore-partnership", "name_en=Shore+Board&name_cy=Bwrdd+y+Lan&kind=national-board", "/en/admin/boards?done=board_changed", "people.board_changed", 303},
		{"/en/admin/agencies/new", "name_en=Shore+School&name_cy=Ysgol+y+Lan&kind=school&council=W06000002&boards=gwent&domains=lan.example+shared.example", "/en/admin/agency/shore-school?done=agency_added",
			"people.organisation_added people.board_linked people.domain_added people.domain_added", 409},
		{"/en/admin/agency/shore-school", "name_en=Shore+School&name_cy=Ysgol+y+Lan&kind=school&boards=north-wales", "/en/admin/agency/shore-school?done=agency_changed",
			"people.organisation_changed people.board_unlinked people.board_linked", 303},
		{"/en/admin/agency/shore-school/domains", "domain=Mor.example", "/en/admin/agency/shore-school?done=domain_added", "people.domain_added", 303},
		{"/en/admin/agency/shore-school/domains/remove", "domain=mor.example", "/en/admin/agency/shore-school?done=domain_removed", "people.domain_removed", 303},
		{"/cy/admin/councils/council-a", "day_number=01632+960555&go=today", "/cy/admin/councils/council-a?done=council_changed", "people.council_changed", 303},
		{"/en/admin/site", "owner_name_en=Shores&owner_name_cy=Glannau&owner_email=Golau@shores.example&owner_phone=01632+960777", "/en/admin/site?done=site_changed", "site.details_changed", 303},
		{huw + "/memberships", "role=lead&place=both/board-a&job_role=health", huw + "?done=membership_given", "people.membership_added", 409},
		{huw + "/suspend", "reason=Left", huw + "?done=suspended", "people.suspended", 303},
		{huw + "/lift", "reason=Came+back", huw + "?done=lifted", "people.suspension_lifted", 303},
		{"/en/admin/setup/letters", "", "/en/admin/setup", "site.step_skipped", 303},
	} {
		form, _ := url.ParseQuery(c.form)
		if form.Get("role") == "lead" {
			form.Set("proof", h.spare("alun"))
		}
		since := h.count("audit_events")
		alun.post(c.path, form).leads(c.leads)
		if got := h.lately(since); got != c.verbs {
			t.Errorf("%s: recorded %q, want %q", c.path, got, c.verbs)
		}
		before := h.tables()
		if r := alun.post(c.path, form); r.Status != c.again {
			t.Errorf("%s again: %d\n%s", c.path, r.Status, r.gist())
		}
		h.unchanged(before)
		alun.get(c.leads).want(http.StatusOK)
	}
	if _, err := audit.Verify(h.db.Read(t.Context())); err != nil {
		t.Error(err)
	}
	alun.get("/en/admin/agency/shore-school").want(http.StatusOK).has("lan.example", "shared.example", "Glannau School, "+canary+" School")
	alun.get("/en/admin/councils/council-a").want(http.StatusOK).has("01632 960555", "Checked on 23 November 2026.")
	h.as("nia").get("/en/learn").want(http.StatusOK).has("01632 960555")
}

// A certificate bears the board's name as it was.
func TestARenamedBoardKeepsItsCertificates(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	h.as("alun").post("/en/admin/boards/board-a", url.Values{"name_en": {"New Name Board"}, "name_cy": {"Bwrdd Newydd"}, "kind": {"national-board"}}).leads("/en/admin/boards?done=board_changed")
	h.visitor().get("/en/verify/" + h.did["nia"].certificate).want(http.StatusOK).has("Glannau Safeguarding Board").lacks("New Name Board")
	h.as("nia").get("/en/account").want(http.StatusOK).has("New Name Board")
}

// The board that people stand under stays the agency's, and the page says how
// many they are.
func TestABoardInUseIsNotLeft(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	before := h.tables()
	h.as("alun").post("/en/admin/agency/school-a", url.Values{"name_en": {"Glannau School"}, "name_cy": {"Ysgol Glannau"}, "kind": {"school"}, "council": {"council-a"}, "boards": {"board-b"}}).
		want(http.StatusConflict).has("Glannau Safeguarding Board / Bwrdd Diogelu Glannau (4)")
	h.unchanged(before)
}

// Whoever administers alone stays; a second one may go, and is none at once.
func TestTheLastAdministratorCannotGo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	alun := h.as("alun")
	var membership string
	h.write(func(tx store.Tx) error {
		ms, err := people.MembershipsOf(tx.Rx, h.id["alun"])
		membership = ms[0].ID
		return err
	})
	self := "/en/admin/people/" + h.id["alun"]
	before := h.tables()
	alun.post(self+"/memberships/"+membership+"/end", url.Values{"reason": {"gone"}}).want(http.StatusConflict).has(h.words.T("en", "people.admin.last"))
	alun.post(self+"/suspend", url.Values{"reason": {"tired"}}).want(http.StatusConflict)
	h.unchanged(before)
	alun.post("/en/admin/people/"+h.id["lowri"]+"/memberships", url.Values{"role": {"admin"}, "place": {"school-a/board-a"}, "job_role": {"education"},
		"proof": {h.spare("alun")}}).want(http.StatusSeeOther)
	h.as("lowri").get("/cy/admin").want(http.StatusOK)
	alun.post(self+"/memberships/"+membership+"/end", url.Values{"reason": {"gone"}}).leads("/en/account")
	alun.get("/en/admin").want(http.StatusForbidden)
}

// An administrator sees name, address and memberships, and nothing of what
// somebody learned.
func TestAnAdministratorSeesNoScore(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	page := h.as("alun").get("/en/admin/people/"+h.id["nia"]).want(http.StatusOK).has("Nia Rhydderch", "nia@shared.example", "Glannau School")
	page.lacks("%", h.did["nia"].certificate, h.did["nia"].open, h.did["nia"].final, "/attempts/", "/certificates/")
	h.as("alun").get("/en/admin/people").want(http.StatusOK).lacks("nia@", "Nia")
	for _, path := range []string{"/en/admin/people/" + nobodys.open, "/en/admin/boards/nowhere", "/en/admin/agency/nowhere", "/en/admin/councils/W99999999", "/en/admin/setup/you", "/en/admin/setup/nowhere", "/en/admin/setup/boards/council-a"} {
		h.as("alun").get(path).want(http.StatusNotFound)
	}
}

// A number that nobody has checked for a year is one of the things to do.
func TestOldNumbersAreFlagged(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	old := h.words.T("en", "admin.todo.councils_old")
	h.as("alun").get("/en/admin").want(http.StatusOK).lacks(old)
	h.clock.Advance(370 * 24 * time.Hour)
	alun := h.visitor().signIn("alun")
	alun.get("/en/admin").want(http.StatusOK).has(old)
	alun.get("/en/admin/councils/council-a").want(http.StatusOK).has(h.words.T("en", "admin.councils.old"))
	alun.post("/en/admin/councils/council-a", url.Values{"day_number": {"01632 960111"}, "checked_on": {"1/1/2030"}}).want(http.StatusUnprocessableEntity).has(h.words.T("en", "people.council.future"))
}
