package main

import (
	"net/http"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/store"
)

// Whom no e-mail reached stands among what needs doing first, as a number that leads to
// what was not delivered, until something reaches them; never of another agency.
func TestTheOverviewSaysWhomNoEmailReached(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	asks(h.as("lowri"), ruleForm("days", "9"))
	h.settle()
	h.clock.Advance(48 * time.Hour)
	h.settle()
	if err := h.program.school.Remind(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := h.count("course_letters WHERE position_id = ?", h.position("huw")); n != 1 {
		t.Fatalf("%d are e-mailed", n)
	}
	lowri, dilwyn := h.visitor().signIn("lowri"), h.visitor().signIn("dilwyn")
	lowri.get("/en/lead").want(http.StatusOK).lacks("/lead/reminders?state=failed") // it waits
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE outbox_jobs SET failed_at = ?, tries = 1, answered_at = ?, answer = 'to_refused' WHERE kind = 'course.reminded' AND done_at IS NULL", tx.Now, tx.Now).Error
	})
	for _, l := range i18n.Langs {
		page := lowri.get("/"+string(l)+"/lead").want(http.StatusOK).has(`href="/`+string(l)+`/lead/reminders?state=failed#log"`, h.words.T(l, "lead.overview.first.unreached_more"))
		sound(t, "unreached", page)
		log := lowri.get("/"+string(l)+"/lead/reminders?state=failed").want(http.StatusOK).has(folk["huw"].name, h.words.T(l, "lead.reminders.to_refused"), `id="log"`)
		sound(t, "what was not delivered", log)
		dilwyn.get("/" + string(l) + "/lead").want(http.StatusOK).lacks("/lead/reminders?state=failed")
	}
}
