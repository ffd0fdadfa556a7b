package main

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"time"

	"golau/internal/i18n"
)

// remind has the program put the letters of the day down and send them.
func (h *house) remind() {
	h.t.Helper()
	h.settle()
	if err := h.program.school.Remind(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	h.work()
}

// A lead sees who will be reminded next and what was sent, of the own agency alone;
// nudges one person and those of a list, not twice a week, and only as many as were
// shown.
func TestALeadReminds(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri := h.as("lowri")
	asks(lowri, ruleForm("days", "9")) // asked on Monday 23 November, due on Wednesday 2 December
	h.settle()
	h.remind()
	h.clock.Advance(24 * time.Hour) // tomorrow it is a week before
	h.remind()
	huw := h.position("huw")
	lowri = h.visitor().signIn("lowri")
	sound(t, "reminders", lowri.get("/cy/lead/reminders").want(http.StatusOK))
	lowri.get("/en/lead/reminders").want(http.StatusOK).has(folk["huw"].name).has("7 days before")
	dilwyn := h.visitor().signIn("dilwyn")
	dilwyn.get("/en/lead/reminders").want(http.StatusOK).lacks(folk["huw"].name)
	h.clock.Advance(24 * time.Hour)
	h.remind()
	lowri, dilwyn = h.visitor().signIn("lowri"), h.visitor().signIn("dilwyn")
	sent := h.words.T(i18n.EN, "lead.reminders.state.sent")
	lowri.get("/en/lead/reminders?state=sent").want(http.StatusOK).has("/lead/people/" + huw).has(sent)
	lowri.get("/en/lead/reminders?state=failed").want(http.StatusOK).has(h.words.T(i18n.EN, "lead.reminders.log_none"))
	sound(t, "person", lowri.get("/en/lead/people/"+huw).want(http.StatusOK).has(h.words.T(i18n.EN, "lead.reminders.kind.reminder")))
	for _, path := range []string{"/en/lead/reminders", "/en/lead/reminders?state=sent", "/en/lead/nudge"} {
		dilwyn.get(path).want(http.StatusOK).lacks(folk["huw"].name)
		sameAnswer(t, path, dilwyn.get("/en/lead/reminders?at=school-a/board-a").want(http.StatusNotFound), dilwyn.get("/en/lead/reminders?at=nobody/s"))
	}
	dilwyn.post("/en/lead/people/"+huw+"/nudge", nil).want(http.StatusNotFound)

	lowri.post("/en/lead/people/"+huw+"/nudge", nil).leads("/en/lead/people/" + huw + "?done=nudged")
	lowri.post("/en/lead/people/"+huw+"/nudge", nil).want(http.StatusConflict).has(h.words.T(i18n.EN, "course.nudge.lately"))
	plan := lowri.get("/en/lead/nudge").want(http.StatusOK)
	sound(t, "nudge", plan)
	shown := attr(find(plan.doc(), with("name", "shown")), "value")
	reached, err := strconv.Atoi(shown)
	if err != nil || reached < 1 {
		t.Fatal(shown, err)
	}
	for _, l := range i18n.Langs { // today is the day on which all of them were reminded anyway
		lowri.get("/" + string(l) + "/lead/nudge").has(h.words.T(l, "lead.nudge.today", "Count", reached))
	}
	lowri.post("/en/lead/nudge", url.Values{"shown": {shown + "0"}}).want(http.StatusConflict).has("Look again")
	before := h.count("course_letters WHERE kind = 'nudge'")
	lowri.post("/en/lead/nudge", url.Values{"shown": {shown}}).leads("/en/lead/people?done=nudged")
	if n := h.count("course_letters WHERE kind = 'nudge'"); before != 1 || n < 2 {
		t.Errorf("%d nudges, then %d, where %s were shown", before, n, shown)
	}
	lowri.get("/en/lead/nudge").has("To be emailed: 0").lacks(`name="shown"`)
	if n := h.count("audit_events WHERE verb = 'course.nudged'"); n != 2 {
		t.Errorf("%d lines of the record", n)
	}
}
