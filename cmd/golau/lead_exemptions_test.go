package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
)

// exemptForm lets somebody off everything for some days.
func (h *house) exemptForm(days int, change ...string) url.Values {
	f := url.Values{"rule": {""}, "until": {h.clock.Now().In(i18n.London()).AddDate(0, 0, days).Format(time.DateOnly)}, "reason": {"Parental leave cover canary"}, "reviewer": {""}}
	for i := 0; i < len(change); i += 2 {
		f.Set(change[i], change[i+1])
	}
	return f
}

// A lead exempts somebody: they are shown apart from those who have finished, they
// see until when and by whom and not why, and it is taken back or ends by itself.
func TestALeadExemptsSomebody(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri, huw, id := h.as("lowri"), h.as("huw"), h.position("huw")
	rule := asks(lowri, ruleForm("days", "5"))
	sound(t, "form", lowri.get("/cy/lead/people/"+id+"/exempt").want(http.StatusOK).has(folk["lowri"].email))
	asks(lowri, ruleForm("days", "6", "job_role", "housing-community"))
	if r := lowri.get("/en/lead/people/" + id + "/exempt"); strings.Count(r.Body, "<option ") != 2 { // everything, and this
		t.Errorf("what is not asked of them is offered: %s", r.Body)
	}
	for field, bad := range map[string]url.Values{"until": h.exemptForm(400), "reason": h.exemptForm(9, "reason", ""), "reviewer": h.exemptForm(9, "reviewer", "nobody@nowhere.example"), "rule": h.exemptForm(9, "rule", "x")} {
		r := lowri.post("/en/lead/people/"+id+"/exempt", bad).want(http.StatusUnprocessableEntity).has(`id="` + field + `-error"`)
		sound(t, field, r)
	}
	lowri.post("/en/lead/people/"+id+"/exempt", h.exemptForm(9, "reviewer", folk["huw"].email)).want(http.StatusUnprocessableEntity).has(`id="reviewer-error"`)
	form := h.exemptForm(20, "rule", rule, "reviewer", folk["nia"].email)
	lowri.post("/en/lead/people/"+id+"/exempt", form).leads("/en/lead/people/" + id + "?done=exempted")
	lowri.post("/en/lead/people/"+id+"/exempt", form).want(http.StatusConflict).has(h.words.T(i18n.EN, "course.exemption.same")) // sent twice
	sound(t, "person", lowri.get("/en/lead/people/"+id).want(http.StatusOK).has("Parental leave cover canary").has(folk["nia"].name))
	sound(t, "list", lowri.get("/cy/lead/exemptions").want(http.StatusOK).has(folk["huw"].name))
	lowri.get("/en/lead/people?status=exempt").want(http.StatusOK).has(folk["huw"].name)
	lowri.get("/en/lead").want(http.StatusOK).has(`/lead/people?status=exempt">1<`)
	for _, l := range i18n.Langs {
		card := huw.get("/" + string(l) + "/learn").want(http.StatusOK).has(h.words.T(l, "status.exempt")).lacks("Parental leave cover canary").
			lacks(h.words.T(l, "learn.asked.by", "Day", i18n.Date(l, h.clock.Now().AddDate(0, 0, 5))))
		if !strings.Contains(card.Body, i18n.Date(l, h.clock.Now().AddDate(0, 0, 20))) {
			t.Errorf("%s: the learner does not see until when", l)
		}
		record := h.as("alun").get("/" + string(l) + "/admin/audit?verb=course.exempted").want(http.StatusOK).has(h.words.T(l, "admin.audit.verb.course.exempted")).lacks("Parental leave cover canary")
		sound(t, "record", record)
	}
	h.clock.Advance(21 * 24 * time.Hour)
	lowri = h.visitor().signIn("lowri")
	lowri.get("/en/lead/people?status=overdue").want(http.StatusOK).has(folk["huw"].name)
	lowri.post("/en/lead/people/"+id+"/exempt", h.exemptForm(20)).leads("/en/lead/people/" + id + "?done=exempted")
	lowri.get("/en/lead/people?status=overdue").want(http.StatusOK).lacks(folk["huw"].name)
	own := regexp.MustCompile(`/lead/exemptions/([a-z0-9]{26})`).FindStringSubmatch(lowri.get("/en/lead/exemptions").Body)[1]
	dilwyn := h.visitor().signIn("dilwyn")
	sameAnswer(t, "take back", dilwyn.post("/en/lead/exemptions/"+own, nil).want(http.StatusNotFound), dilwyn.post("/en/lead/exemptions/"+nobodys.open, nil))
	sameAnswer(t, "form", dilwyn.get("/en/lead/people/"+id+"/exempt").want(http.StatusNotFound), dilwyn.get("/en/lead/people/"+nobodys.open+"/exempt"))
	sameAnswer(t, "exempt", dilwyn.post("/en/lead/people/"+id+"/exempt", h.exemptForm(9)).want(http.StatusNotFound), dilwyn.post("/en/lead/people/"+nobodys.open+"/exempt", h.exemptForm(9)))
	dilwyn.get("/en/lead/exemptions").want(http.StatusOK).lacks("canary")
	lowri.post("/en/lead/people/"+h.position("lowri")+"/exempt", h.exemptForm(9)).want(http.StatusConflict)
	lowri.post("/cy/lead/exemptions/"+own, nil).want(http.StatusSeeOther)
	sound(t, "taken back again", lowri.post("/cy/lead/exemptions/"+own, nil).want(http.StatusConflict).
		has(h.words.T(i18n.CY, "course.exemption.answered")).has(h.words.T(i18n.CY, "lead.exemption.lead")))
	lowri.get("/en/lead/people?status=overdue").want(http.StatusOK).has(folk["huw"].name)
}

// Where a board countersigns, an exemption counts once its officer has agreed, and
// never where they declined; another board's officer reaches neither it nor the
// policy.
func TestABoardCountersigns(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri, gwen, emrys, id := h.as("lowri"), h.as("gwen"), h.as("emrys"), h.position("huw")
	gwen.post("/en/board/exemptions/board-a", url.Values{"countersigns": {"1"}}).leads("/en/board/exemptions?done=policy")
	emrys.post("/en/board/exemptions/board-a", url.Values{"countersigns": {"0"}}).want(http.StatusNotFound)
	h.as("alun").get("/cy/admin/boards/board-a").want(http.StatusOK).has(h.words.T(i18n.CY, "board.exemptions.policy_on"))
	waits := func() string {
		lowri.get("/en/lead/people/" + id + "/exempt").has(h.words.T(i18n.EN, "lead.exemption.countersigned"))
		lowri.post("/en/lead/people/"+id+"/exempt", h.exemptForm(20)).leads("/en/lead/people/" + id + "?done=exempted")
		lowri.get("/en/lead/people?status=exempt").want(http.StatusOK).lacks(folk["huw"].name)
		list := gwen.get("/en/board/exemptions").want(http.StatusOK).has(folk["huw"].name)
		sound(t, "waiting", list)
		return regexp.MustCompile(`/board/exemptions/board-a/[a-z0-9]{26}`).FindString(list.Body)
	}
	at := waits()
	sound(t, "one", gwen.get("/cy"+at).want(http.StatusOK).has("Parental leave cover canary"))
	emrys.get("/en/board/exemptions").want(http.StatusOK).lacks("canary")
	emrys.get("/en" + at).want(http.StatusNotFound)
	emrys.post("/en"+at, url.Values{"answer": {"countersigned"}}).want(http.StatusNotFound)
	emrys.post("/en"+strings.Replace(at, "board-a", "board-b", 1), url.Values{"answer": {"countersigned"}}).want(http.StatusNotFound)
	gwen.post("/en"+at, url.Values{"answer": {"declined"}}).want(http.StatusUnprocessableEntity).has(`id="reason-error"`)
	gwen.post("/en"+at, url.Values{"answer": {"declined"}, "reason": {"Too long"}}).leads("/en/board/exemptions?done=declined")
	lowri.get("/en/lead/people/" + id).want(http.StatusOK).has("Too long")
	lowri.get("/en/lead/people?status=exempt").want(http.StatusOK).lacks(folk["huw"].name)
	at = waits()
	gwen.post("/cy"+at, url.Values{"answer": {"countersigned"}}).leads("/cy/board/exemptions?done=countersigned")
	sound(t, "answered again", gwen.post("/cy"+at, url.Values{"answer": {"declined"}, "reason": {"Too late"}}).want(http.StatusConflict).has(h.words.T(i18n.CY, "course.exemption.answered")))
	lowri.get("/en/lead/people?status=exempt").want(http.StatusOK).has(folk["huw"].name)
	gwen.get("/en/board/exemptions").want(http.StatusOK).lacks(folk["huw"].name)
	h.as("alun").post("/en/admin/boards/board-a/policy", url.Values{"countersigns": {"0"}}).leads("/en/admin/boards/board-a?done=board_policy")
}
