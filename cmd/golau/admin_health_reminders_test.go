package main

import (
	"net/http"
	"testing"
	"time"

	"golau/internal/i18n"
)

// Reminders that did not run are told to administrators and leads, in both
// languages, with what to do, until they have run.
func TestRemindersThatDidNotRunAreTold(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	h.remind()
	h.becomes(t, "reminders", "good")
	owed := h.clock.Now()
	h.clock.Advance(25 * time.Hour) // and nothing ran
	for ; h.stands()["reminders"] == "good"; h.clock.Advance(time.Hour) {
		if h.clock.Now().Sub(owed) > 5*24*time.Hour {
			t.Fatal("nobody notices that reminders do not run")
		}
	}
	for _, l := range i18n.Langs {
		health := h.visitor().signIn("alun").get("/" + string(l) + "/admin/health").want(http.StatusOK)
		sound(t, "alun", health)
		health.has(h.words.T(l, "admin.health.reminders.late_do"))
		page := h.visitor().signIn("lowri").get("/" + string(l) + "/lead/reminders").want(http.StatusOK)
		sound(t, "lowri", page)
		page.has(h.words.T(l, "lead.reminders.late")).has(h.words.T(l, "lead.reminders.late_do")).has(`href="/` + string(l) + `/contact"`)
	}
	for h.stands()["reminders"] != "good" { // by night and at weekends it waits for the morning
		h.clock.Advance(time.Hour)
		h.remind()
	}
	h.visitor().signIn("lowri").get("/en/lead/reminders").want(http.StatusOK).lacks(h.words.T(i18n.EN, "lead.reminders.late"))
}
