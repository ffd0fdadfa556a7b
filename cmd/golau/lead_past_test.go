package main

import (
	"net/http"
	"net/url"
	"testing"

	"golau/internal/i18n"
)

// What was asked of somebody and is not any more stays on their page, with why; a list
// narrowed by a rule names it, keeps it while something else is asked for, and offers
// the list without it. A rule that ended stands below the others.
func TestWhatWasAskedStaysToBeRead(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri := h.as("lowri")
	id := asks(lowri, ruleForm("people", h.position("huw"), "parts", "signs"))
	h.settle()
	person := "/lead/people/" + h.position("huw")
	for _, l := range i18n.Langs {
		list := lowri.get("/" + string(l) + "/lead/people?status=not_started&rule=" + id).want(http.StatusOK)
		sound(t, "a list by a rule", list.has(h.words.T(l, "lead.people.rule_drop"), `href="/`+string(l)+`/lead/people?status=not_started"`, `name="rule" value="`+id+`"`, "2. "))
		lowri.get("/" + string(l) + person).want(http.StatusOK).lacks(h.words.T(l, "lead.person.past", "Count", 1))
		lowri.get("/" + string(l) + "/lead/people?rule=unknown").want(http.StatusOK).has(h.words.T(l, "lead.people.rule_drop"))
	}
	lowri.post("/en/lead/rules/"+id, url.Values{"state": {"paused"}, "reason": {"Holidays"}}).want(http.StatusSeeOther)
	h.settle()
	lowri.get("/en/lead/rules/" + id).want(http.StatusOK).has(h.words.T(i18n.EN, "lead.rule.asked_paused", "Count", 1)).lacks(h.words.T(i18n.EN, "lead.rule.asked", "Count", 1))
	lowri.post("/en/lead/rules/"+id, url.Values{"state": {"ended"}, "reason": {"No more"}}).want(http.StatusSeeOther)
	h.settle()
	for _, l := range i18n.Langs {
		sound(t, "somebody of whom it was asked", lowri.get("/"+string(l)+person).want(http.StatusOK).has(h.words.T(l, "lead.person.past", "Count", 1)))
		sound(t, "rules that ended", lowri.get("/"+string(l)+"/lead/rules").want(http.StatusOK).has(h.words.T(l, "lead.rules.ended")))
	}
}
