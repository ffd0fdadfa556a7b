package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golau/internal/i18n"
)

// Two accounts of one person, over the pages: looking changes nothing, another
// agency's lead finds nothing, each account learns of the other the name alone, and
// nothing happens before both have agreed; a lead undoes it.
func TestTwoAccountsAreAsked(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri, dilwyn, huw, nia := h.as("lowri"), h.as("dilwyn"), h.as("huw"), h.as("nia")
	kept, second := h.position("huw"), h.position("nia")
	foreign := h.position("beca")
	compare := "/en/lead/people/" + kept + "/same/" + second

	lowri.post("/en/lead/people/"+kept+"/same", url.Values{"email": {folk["beca"].email}}).want(http.StatusUnprocessableEntity)
	lowri.post("/en/lead/people/"+kept+"/same", url.Values{"email": {folk["huw"].email}}).want(http.StatusUnprocessableEntity).has(h.words.T(i18n.EN, "people.duplicate.one"))
	lowri.post("/en/lead/people/"+kept+"/same", url.Values{"email": {folk["nia"].email}}).leads(compare)
	page := lowri.get(compare).want(http.StatusOK).has(folk["huw"].email).has(folk["nia"].email).has(h.words.T(i18n.EN, "status.in_date"))
	sound(t, "two accounts side by side", page)
	if strings.Contains(page.Body, "%") {
		t.Error("a lead sees a mark")
	}
	if h.count("people_duplicates") != 0 {
		t.Fatal("looking proposes something")
	}
	for path, form := range map[string]url.Values{"/en/lead/people/#/same": nil, "/en/lead/people/#/same/" + second: nil, "/en/lead/people/" + second + "/same/#": nil} {
		at := func(id string) string { return strings.ReplaceAll(path, "#", id) }
		sameAnswer(t, path, dilwyn.get(at(kept)).want(http.StatusNotFound), dilwyn.get(at(nobodys.open)))
		sameAnswer(t, path, dilwyn.post(at(kept), form).want(http.StatusNotFound), dilwyn.post(at(nobodys.open), form))
		sameAnswer(t, path, lowri.get(at(foreign)).want(http.StatusNotFound), lowri.get(at(nobodys.open)))
		sameAnswer(t, path, lowri.post(at(foreign), form).want(http.StatusNotFound), lowri.post(at(nobodys.open), form))
	}

	lowri.post(compare, nil).want(http.StatusSeeOther)
	waiting := lowri.get("/en/lead/same").want(http.StatusOK).has(h.words.T(i18n.EN, "lead.same.said.none")).has("/lead/people/" + second + `"`)
	id := regexp.MustCompile(`/lead/same/([a-z0-9]{26})/end`).FindStringSubmatch(waiting.Body)[1]
	sameAnswer(t, "ending", dilwyn.post("/en/lead/same/"+id+"/end", nil).want(http.StatusNotFound), dilwyn.post("/en/lead/same/"+nobodys.open+"/end", nil))
	for _, who := range []*browser{lowri, dilwyn, h.as("beca")} {
		sameAnswer(t, "answering", who.post("/en/account/same/"+id, url.Values{"answer": {"yes"}}).want(http.StatusNotFound), who.post("/en/account/same/"+nobodys.open, url.Values{"answer": {"yes"}}))
	}
	huw.get("/cy/learn").want(http.StatusOK).has(h.words.T(i18n.CY, "account.same.notice"))
	asked := huw.get("/cy/account/same").want(http.StatusOK).has(folk["nia"].name).has(folk["lowri"].name)
	sound(t, "an account is asked", asked)
	for _, told := range []string{folk["nia"].email, second, h.words.T(i18n.CY, "status.in_date")} {
		if strings.Contains(asked.Body, told) {
			t.Errorf("one account learns of the other: %s", told)
		}
	}
	huw.post("/cy/account/same/"+id, url.Values{"answer": {"yes"}}).leads("/cy/account/same?done=yes")
	if h.count("people_positions WHERE duplicate_of IS NOT NULL OR left_at IS NOT NULL") != h.count("people_positions WHERE left_at IS NOT NULL") {
		t.Fatal("one yes is enough")
	}
	lowri.get("/en/lead/people?q=" + url.QueryEscape(folk["nia"].email)).want(http.StatusOK).has(folk["nia"].name)
	nia.post("/en/account/same/"+id, url.Values{"answer": {"yes"}}).leads("/en/account/same?done=yes")
	h.settle()
	if strings.Contains(lowri.get("/en/lead/people").want(http.StatusOK).Body, folk["nia"].email) {
		t.Error("the duplicate is in the list still")
	}
	lowri.get("/en/lead/people/" + kept).want(http.StatusOK).has(h.words.T(i18n.EN, "status.in_date"))
	gone := lowri.get("/cy/lead/people/" + second).want(http.StatusOK).has(h.words.T(i18n.CY, "lead.same.behind", "Name", folk["huw"].name))
	sound(t, "a position behind another", gone)
	nia.get("/en/account/same").want(http.StatusOK).has(folk["huw"].name)
	nia.get("/en/learn").want(http.StatusOK).has(h.words.T(i18n.EN, "account.same.notice_merged"))
	if strings.Contains(h.as("huw").get("/en/certificates").Body, "/certificates/") {
		t.Error("one account holds the other's certificate")
	}
	for _, l := range i18n.Langs { // the record names both, to whoever runs the site
		h.as("alun").get("/" + string(l) + "/admin/audit?verb=people.duplicate_merged").want(http.StatusOK).has(folk["nia"].name).has(folk["huw"].name)
	}
	lowri.post("/en/lead/same/"+id+"/end", nil).want(http.StatusSeeOther)
	lowri.get("/en/lead/people").want(http.StatusOK).has(folk["nia"].email)
}
