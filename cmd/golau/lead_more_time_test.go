package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golau/internal/i18n"
)

// A lead gives more time to those of a list and to one person, to as many as were
// shown, and never to another agency's people; what is wrong keeps what was typed.
func TestALeadGivesMoreTime(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri := h.as("lowri")
	sound(t, "nothing is asked yet", lowri.get("/cy/lead/more-time").want(http.StatusOK).has(h.words.T(i18n.CY, "lead.more_time.no_rule")))
	asks(lowri, ruleForm("days", "9")) // due on Wednesday 2 December
	h.settle()
	var rule string
	if err := h.db.Read(t.Context()).Raw("SELECT id FROM course_rules").Scan(&rule).Error; err != nil {
		t.Fatal(err)
	}
	for _, l := range i18n.Langs {
		at := "/" + string(l) + "/lead/more-time?rule=" + rule
		sound(t, "the form", lowri.get(at).want(http.StatusOK))
		sound(t, "no day", lowri.get(at+"&until=soon").want(http.StatusUnprocessableEntity).has(`value="soon"`))
		sound(t, "the plan", lowri.get(at+"&until=10%2F12%2F2026").want(http.StatusOK).has(folk["huw"].name))
	}
	plan := lowri.get("/en/lead/more-time?rule=" + rule + "&until=10%2F12%2F2026")
	shown := attr(find(plan.doc(), with("name", "shown")), "value")
	form := url.Values{"rule": {rule}, "until": {"10/12/2026"}, "shown": {shown + "1"}, "reason": {"The school was shut"}}
	sound(t, "another number", lowri.post("/en/lead/more-time", form).want(http.StatusConflict).has("Look again").has("The school was shut"))
	form.Set("shown", shown)
	form.Set("reason", "")
	sound(t, "no reason", lowri.post("/cy/lead/more-time", form).want(http.StatusUnprocessableEntity))
	form.Set("reason", "The school was shut")
	dilwyn := h.as("dilwyn")
	dilwyn.post("/en/lead/more-time", form).want(http.StatusUnprocessableEntity).lacks(folk["huw"].name)
	mine := url.Values{"rule": {rule}, "until": {"10/12/2026"}, "shown": {"1"}, "reason": {"Away"}, "who": {h.position("huw")}}
	dilwyn.post("/en/lead/more-time", mine).want(http.StatusNotFound).lacks(folk["huw"].name)
	if n := h.count("course_extensions"); n != 0 {
		t.Fatalf("%d were given time", n)
	}
	lowri.post("/en/lead/more-time", mine).leads("/en/lead/people/" + h.position("huw") + "?done=more_time")
	sound(t, "the person", lowri.get("/en/lead/people/"+h.position("huw")).want(http.StatusOK).has("10 December 2026").has("It was 2 December 2026").has("“Away”"))
	lowri.post("/en/lead/more-time", form).want(http.StatusConflict)                                    // one fewer
	lowri.get("/en/lead/people/" + h.position("huw")).want(http.StatusOK).lacks("/lead/more-time?who=") // it can be given once
	asks(lowri, ruleForm("days", "9", "job_role", "housing-community"))
	one := lowri.get("/en/lead/more-time?who=" + h.position("nia")).want(http.StatusOK).has("/en/lead/people/" + h.position("nia") + `">`)
	if n := strings.Count(one.Body, "<option "); n != 1 {
		t.Errorf("%d rules are offered of the one that asks something of them", n)
	}
	plan = lowri.get("/en/lead/more-time?rule=" + rule + "&until=10%2F12%2F2026").has("more time once: 1")
	form.Set("shown", attr(find(plan.doc(), with("name", "shown")), "value"))
	lowri.post("/en/lead/more-time", form).leads("/en/lead/people?done=more_time&rule=" + rule)
	if n := h.count("audit_events WHERE verb = 'course.time_given'"); n != 2 {
		t.Errorf("%d lines of the record", n)
	}
	sound(t, "once each", lowri.get("/en/lead/more-time?rule="+rule+"&until=10%2F12%2F2026").want(http.StatusOK).lacks(`name="shown"`))
	h.visitor().signIn("huw").get("/en/learn").want(http.StatusOK).has("10 December 2026")
}
