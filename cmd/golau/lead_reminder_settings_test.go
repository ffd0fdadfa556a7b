package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
)

// A lead switches reminders off and words an e-mail anew, sees first what it will be
// like, and the e-mail that goes is that. What is wrong keeps what was typed; another
// agency's stay as they were.
func TestALeadSetsReminders(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri := h.as("lowri")
	for _, l := range i18n.Langs {
		sound(t, "the settings", lowri.get("/"+string(l)+"/lead/reminders/settings").want(http.StatusOK))
		for _, letter := range []string{"before", "late", "nudge", "manager", "weekly"} {
			sound(t, letter, lowri.get("/"+string(l)+"/lead/reminders/words/"+letter).want(http.StatusOK))
		}
	}
	lowri.get("/en/lead/reminders/words/nothing").want(http.StatusNotFound)

	on := url.Values{"on": {"before_30", "before_1", "after_1", "after_7", "after_14", "weekly"}, "seen": {""}}
	lowri.post("/en/lead/reminders/settings", on).leads("/en/lead/reminders/settings?done=settings")
	off := h.words.T(i18n.CY, "lead.settings.off", "Off", h.words.T(i18n.CY, "lead.settings.on.before_7"))
	sound(t, "what is off", lowri.get("/cy/lead/reminders").want(http.StatusOK).has(off))
	sound(t, "refused", lowri.post("/en/lead/reminders/settings", url.Values{"seen": {""}}).want(http.StatusConflict).has(h.words.T(i18n.EN, "course.switches.changed")))
	h.as("dilwyn").get("/en/lead/reminders").want(http.StatusOK).lacks("switched these off")

	form := url.Values{"version": {"0"}, "opening_en": {"Come to room 4 if you need a computer."}, "opening_cy": {""}}
	page := lowri.post("/en/lead/reminders/words/before", form).want(http.StatusUnprocessableEntity)
	sound(t, "English alone", page.has(h.words.T(i18n.EN, "course.wording.both")).has("Come to room 4"))
	form.Set("opening_cy", "Dewch i ystafell 4 os oes angen cyfrifiadur arnoch.")
	form.Set("do", "preview")
	page = lowri.post("/en/lead/reminders/words/before", form).want(http.StatusOK)
	sound(t, "a preview", page)
	if n := strings.Count(page.Body, "Dewch i ystafell 4"); n != 2 || h.count("course_wordings") != 0 {
		t.Errorf("the preview says it %d times, %d are kept", n, h.count("course_wordings"))
	}
	form.Del("do")
	lowri.post("/en/lead/reminders/words/before", form).leads("/en/lead/reminders/words/before?done=words")
	lowri.post("/en/lead/reminders/words/before", form).leads("/en/lead/reminders/words/before?done=words") // the same again
	form.Set("opening_en", "Come to room 5.")
	sound(t, "over another's", lowri.post("/cy/lead/reminders/words/before", form).want(http.StatusConflict).has(h.words.T(i18n.CY, "course.wording.changed")).has("Come to room 5."))
	for _, verb := range []string{"course.wording_set", "course.reminders_switched"} {
		h.as("alun").get("/cy/admin/audit?verb=" + verb).want(http.StatusOK).has(h.words.T(i18n.CY, "admin.audit.verb."+verb))
		if h.count("audit_events WHERE verb = ?", verb) != 1 {
			t.Errorf("%s is not once on record", verb)
		}
	}

	asks(lowri, ruleForm("days", "9")) // asked on Monday 23 November, due on Wednesday 2 December
	for range 8 {
		h.clock.Advance(24 * time.Hour)
		h.remind()
	}
	ours := 0
	for _, m := range h.mail.Sent() {
		if strings.Contains(m.Text, "Come to room 4") || strings.Contains(m.Text, "Dewch i ystafell 4") {
			ours++
			if !strings.Contains(m.Text, "/learn") || !strings.Contains(m.Text, "2026") {
				t.Errorf("without what is asked: %s", m.Text)
			}
		}
	}
	if n := h.count("course_reminders WHERE kind = 'before_7'"); n != 0 || ours == 0 {
		t.Errorf("%d reminders that are off; %d in the agency's own words", n, ours)
	}
}
