package main

import (
	"net/http"
	"testing"

	"golau/internal/i18n"
)

// Whoever finished the course before it grew is told that their certificate stays;
// whoever hands in an assessment that began before is told what it counts for, and
// led on to what is new. The public check says the edition that was taken.
func TestAGrownCourseIsSaid(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	c := h.school.Courses()[0]
	grown := *c
	c.Edition, c.Entries, c.Final.Draw = "2026.1", grown.Entries[1:3], 20
	h.accepts(i18n.CY)
	for _, who := range []string{"nia", "huw"} {
		h.learnt(h.id[who], folk[who].lang)
	}
	nia, huw := h.as("nia"), h.as("huw")
	finished := nia.sit(finalPath, true)
	begun := huw.begin(finalPath)
	for n := 1; n <= 20; n++ {
		huw.answer(begun, n, true).want(http.StatusSeeOther)
	}
	*c = grown
	huw.submit(i18n.CY, begun)
	h.work()
	if n := h.count("certificates_issued"); n != 1 {
		t.Errorf("%d certificates", n)
	}
	for _, l := range i18n.Langs {
		home := nia.get("/"+string(l)+"/learn").want(http.StatusOK).has(h.words.T(l, "grown.finished"), h.words.T(l, "learn.modules_done", "Count", 2, "Of", 9))
		sound(t, "grown", home)
		nia.get("/" + string(l) + "/attempts/" + finished + "/result").want(http.StatusOK).has(h.words.T(l, "result.course_done")).lacks(h.words.T(l, "grown.assessed"))
		nia.get("/" + string(l) + "/learn/" + courseSlug + "/before-you-start/report").want(http.StatusOK)
		h.visitor().get("/"+string(l)+"/verify/"+nia.certificate()).want(http.StatusOK).has("2026.1", h.words.T(l, "verify.status_valid")).lacks(grown.Edition + ",")

		result := huw.get("/"+string(l)+"/attempts/"+begun+"/result").want(http.StatusOK).has(h.words.T(l, "result.passed"), h.words.T(l, "grown.assessed")).
			lacks(h.words.T(l, "result.course_done"))
		sound(t, "grown", result)
		if to := next(t, result); to != "/"+string(l)+"/learn/"+courseSlug+"/before-you-start/report" {
			t.Errorf("the result leads to %s", to)
		}
		huw.get("/" + string(l) + "/learn").want(http.StatusOK).lacks(h.words.T(l, "grown.finished"))
	}
}
