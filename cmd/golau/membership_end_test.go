package main

import (
	"net/http"
	"net/url"
	"testing"

	"golau/internal/i18n"
)

// A membership ends after a page that says who, where and what follows, with a
// reason; one press on the person's page ends nothing.
func TestEndingAMembershipAsks(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	alun, person := h.as("alun"), "/admin/people/"+h.id["nia"]
	var membership string
	if err := h.db.Read(t.Context()).Raw("SELECT id FROM people_memberships WHERE person_id = ?", h.id["nia"]).Row().Scan(&membership); err != nil {
		t.Fatal(err)
	}
	at := person + "/memberships/" + membership + "/end"
	before := h.tables()
	for _, l := range i18n.Langs {
		alun.get("/" + string(l) + person).want(http.StatusOK).has(`href="/` + string(l) + at + `"`).lacks(`action="/` + string(l) + at + `"`)
		page := alun.get("/"+string(l)+at).want(http.StatusOK).has("Nia Rhydderch", folk["nia"].email, h.words.T(l, "admin.people.end_role.learner"),
			h.words.T(l, "admin.people.end_only"), h.words.T(l, "admin.people.end_stays_text"))
		sound(t, "asked", page)
		sound(t, "without a reason", alun.press(page, "end", "").want(http.StatusUnprocessableEntity).has(h.words.T(l, "people.reason.required")))
	}
	alun.get("/en/admin/people/" + h.id["huw"] + "/memberships/" + membership + "/end").want(http.StatusNotFound)
	alun.post("/en/admin/people/"+h.id["huw"]+"/memberships/"+membership+"/end", url.Values{"reason": {"left"}}).want(http.StatusNotFound)
	h.unchanged(before)
	h.as("nia").get("/en/learn").want(http.StatusOK)
	evidence := h.places()
	alun.press(alun.get("/cy"+at), "end", "", "reason", "went to another county").leads("/cy" + person + "?done=membership_ended")
	h.as("nia").get("/en/learn/child-trafficking/assessment").want(http.StatusOK) // what is begun may be finished
	h.as("nia").get("/en/account").want(http.StatusOK).lacks("Glannau School")
	if h.places() != evidence {
		t.Error("evidence has changed")
	}
	alun.get("/en/admin/audit?verb=people.membership_ended").want(http.StatusOK).has("went to another county")
	alun.get("/en" + at).want(http.StatusNotFound)
	// Whoever has another is told so.
	alun.post("/en/admin/people/"+h.id["huw"]+"/memberships", url.Values{"role": {"learner"}, "place": {"both/board-a"}, "job_role": {"health"}}).want(http.StatusSeeOther)
	var other string
	if err := h.db.Read(t.Context()).Raw("SELECT id FROM people_memberships WHERE person_id = ? ORDER BY started_at LIMIT 1", h.id["huw"]).Row().Scan(&other); err != nil {
		t.Fatal(err)
	}
	alun.get("/en/admin/people/" + h.id["huw"] + "/memberships/" + other + "/end").want(http.StatusOK).has(h.words.T("en", "admin.people.end_others")).lacks(h.words.T("en", "admin.people.end_only"))
}
