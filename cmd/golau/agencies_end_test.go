package main

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golau/internal/audit"
	"golau/internal/i18n"
)

// An agency is retired on a page that says what follows; its learners go on as they
// were, its page says what it is, and one press brings it back.
func TestAnAgencyIsRetired(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	alun := h.as("alun")
	const at = "/admin/agency/school-a"
	evidence := h.evidence()
	for _, l := range i18n.Langs {
		sound(t, "before", alun.get("/"+string(l)+at+"/retire").want(http.StatusOK).has(h.words.T(l, "admin.agencies.retire_people_text"), "shared.example"))
	}
	page := alun.get("/en" + at + "/retire")
	before := h.tables()
	refused := alun.press(page, "retire", "", "reason", " ").want(http.StatusUnprocessableEntity).has("Why: ")
	sound(t, "without a reason", refused)
	h.unchanged(before)
	since := h.count("audit_events")
	alun.press(refused, "retire", "", "reason", "closed in July").leads("/en" + at + "?done=agency_retired")
	if got := h.lately(since); got != "people.organisation_retired" {
		t.Errorf("recorded %q", got)
	}
	for _, l := range i18n.Langs {
		retired := alun.get("/" + string(l) + at).want(http.StatusOK).has(h.words.T(l, "admin.agencies.is_retired")).lacks(`id="domain-form"`)
		sound(t, "retired", retired)
		sound(t, "the list", alun.get("/"+string(l)+"/admin/agencies").want(http.StatusOK).has(h.words.T(l, "agency.retired")))
		sound(t, "asked again", alun.get("/"+string(l)+at+"/retire").want(http.StatusOK).lacks(`id="retire"`))
		h.as("nia").get("/"+string(l)+"/account").want(http.StatusOK).has(h.words.T(l, "agency.retired"), "Glannau")
	}
	h.as("nia").get("/en/learn").want(http.StatusOK)
	alun.get("/en/admin/invitations/new").want(http.StatusOK).lacks("school-a/board-a")
	h.as("lowri").get("/en/lead/invitations/new").want(http.StatusOK).lacks("school-a/board-a")
	alun.get("/en/admin/people/" + h.id["huw"]).want(http.StatusOK).lacks(`value="school-a/board-a"`)
	alun.post("/en"+at, url.Values{"name_en": {"X School"}, "name_cy": {"Ysgol X"}, "kind": {"school"}, "boards": {"board-a"}}).want(http.StatusConflict).has(h.words.T("en", "people.agency.is_retired"))
	if len(evidence) == 0 || !maps.Equal(h.evidence(), evidence) {
		t.Error("evidence has changed")
	}
	alun.post("/en"+at+"/return", nil).leads("/en" + at + "?done=agency_returned")
	alun.get("/en/admin/invitations/new").want(http.StatusOK).has("school-a/board-a")
	alun.get("/en/admin/audit?verb=people.organisation_retired").want(http.StatusOK).has("closed in July")
}

// evidence is all that must never change, table by table.
func (h *house) evidence() map[string]string {
	all := h.tables()
	maps.DeleteFunc(all, func(table, _ string) bool {
		return !strings.HasPrefix(table, "certificates_") && !strings.HasPrefix(table, "course_") && !strings.HasPrefix(table, "quiz_")
	})
	return all
}

// places says for which agency and board every certificate was earned.
func (h *house) places() string {
	h.t.Helper()
	var of []string
	if err := h.db.Read(h.t.Context()).Raw("SELECT id || ' ' || organisation_id || ' ' || board_id FROM certificates_issued ORDER BY id").Scan(&of).Error; err != nil {
		h.t.Fatal(err)
	}
	return strings.Join(of, "; ")
}

// One agency goes into another: what was earned before names the first, what is
// earned afterwards the second, and whoever waited enters the register once a lead
// of the second says so, with what they earned in the first.
func TestAgenciesAreMerged(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	waits := h.joins(t, "joiner@shared.example", "school-a/board-a")
	var joiner, waitsThere string
	if err := h.db.Read(t.Context()).Raw("SELECT person_id FROM people_memberships WHERE id = ?", waits).Row().Scan(&joiner); err != nil {
		t.Fatal(err)
	}
	b := h.visitor()
	page := b.post("/en/sign-in/letter", url.Values{"email": {"joiner@shared.example"}})
	b.press(page, "code-form", "", "code", codeIn(h.letterTo("joiner@shared.example"))).want(http.StatusSeeOther)
	h.learnt(joiner, i18n.EN)
	b.sit(finalPath, true)
	nia := h.as("nia")
	h.learnt(h.id["nia"], i18n.EN)
	h.work()
	earned := h.places()
	if h.count("certificates_issued") != 1 || h.count("certificates_register") != 0 {
		t.Fatal("an unconfirmed person stands in the register, or has no certificate")
	}

	asks(h.as("lowri"), ruleForm())
	alun := h.as("alun")
	const at = "/admin/agency/school-a/merge"
	for _, l := range i18n.Langs {
		sound(t, "with which", alun.get("/"+string(l)+at).want(http.StatusOK))
		sound(t, "with none", alun.post("/"+string(l)+at, url.Values{"into": {""}}).want(http.StatusUnprocessableEntity).has(h.words.T(l, "admin.error.agency_merge.into")))
		sound(t, "another board", alun.get("/"+string(l)+at+"/school-b").want(http.StatusOK).has(h.words.T(l, "admin.agencies.merge_boards_title")).lacks(`id="merge"`))
		sound(t, "before", alun.get("/"+string(l)+at+"/both").want(http.StatusOK).has(h.words.T(l, "admin.agencies.merge_stay_evidence"), "shared.example",
			h.words.T(l, "admin.agencies.merge_rules")+`</dt><dd class="govuk-summary-list__value">1</dd>`))
	}
	asked := alun.press(alun.get("/en"+at), "merge", "", "into", "both").leads("/en" + at + "/both")
	page = alun.follow(asked)
	since := h.count("audit_events")
	alun.press(page, "merge", "", "reason", "one trust from now on", "proof", h.spare("alun")).leads("/en/admin/agency/both?done=agency_merged")
	if got := h.lately(since); !strings.HasSuffix(got, "people.organisation_merged") {
		t.Errorf("recorded %q", got)
	}
	sound(t, "afterwards", alun.get("/en/admin/agency/school-a").want(http.StatusOK).has("Two Shores Trust", h.words.T("en", "admin.agencies.is_merged_text")))
	alun.post("/en/admin/agency/school-a/return", nil).want(http.StatusConflict).has(h.words.T("en", "people.agency.merged"))
	if h.places() != earned || h.count("certificates_register") != 0 {
		t.Error("evidence has changed")
	}
	sound(t, "where nia is", nia.get("/en/account").want(http.StatusOK).has("Two Shores Trust"))
	nia.sit(finalPath, true)
	h.work()
	if got := h.places(); !strings.HasPrefix(got, earned) && !strings.HasSuffix(got, earned) || h.count("certificates_issued c JOIN people_organisations o ON o.id = c.organisation_id WHERE o.key = 'both'") != 1 {
		t.Errorf("what was earned afterwards: %s", got)
	}
	if err := h.db.Read(t.Context()).Raw("SELECT id FROM people_memberships WHERE person_id = ? AND ended_at IS NULL", joiner).Row().Scan(&waitsThere); err != nil {
		t.Fatal(err)
	}
	n := h.count("certificates_register")
	h.as("lowri").post("/en/lead/joining/"+waitsThere, url.Values{"answer": {"confirm"}}).want(http.StatusSeeOther)
	h.work()
	if h.count("certificates_register") != n+1 {
		t.Error("what was earned while waiting is in no register")
	}
	if _, err := audit.Verify(h.db.Read(t.Context())); err != nil {
		t.Error(err)
	}
}
