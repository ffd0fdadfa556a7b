package main

import (
	"net/http"
	"testing"
	"time"

	"golau/internal/i18n"
)

// T1-07: the final assessment has three attempts. However many windows start it
// at one moment, and however often, there are exactly three: each storm begins
// one or joins it, none begins before the wait is over, and the last is told so.
func TestExactlyThreeFinalAttempts(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.as("nia")
	h.learnt(h.id["nia"], i18n.EN)
	count := func() int { return h.count("quiz_attempts WHERE assessment = ?", "final:"+courseSlug) }
	storm := func(starts, status int) (attempt string) {
		for i, r := range atOnce(starts, func(int) *reply { return b.post(finalPath, nil) }) {
			r.want(status)
			m := attemptIn.FindStringSubmatch(r.Header.Get("Location"))
			switch {
			case status != http.StatusSeeOther:
			case m == nil || i > 0 && m[1] != attempt:
				t.Fatalf("one start leads to %s, another to %q", attempt, r.Header.Get("Location"))
			default:
				attempt = m[1]
			}
		}
		return attempt
	}
	seen := map[string]bool{}
	for n := 1; n <= 3; n++ {
		attempt := storm(100, http.StatusSeeOther)
		if seen[attempt] || count() != n {
			t.Fatalf("storm %d: attempt %s, and there are %d", n, attempt, count())
		}
		seen[attempt] = true
		for _, r := range atOnce(20, func(int) *reply { return b.post("/en/attempts/"+attempt+"/submit", nil) }) {
			r.leads("/en/attempts/" + attempt + "/result")
		}
		if n == 3 {
			break
		}
		h.clock.Advance(24*time.Hour - time.Second)
		b = h.visitor().signIn("nia")
		storm(20, http.StatusTooManyRequests)
		h.clock.Advance(time.Second)
	}
	storm(100, http.StatusConflict)
	h.clock.Advance(400 * 24 * time.Hour) // no wait gives a fourth
	b = h.visitor().signIn("nia")
	storm(20, http.StatusConflict)
	if count() != 3 || h.count("quiz_marks m JOIN quiz_attempts a ON a.id = m.attempt_id WHERE a.assessment = ?", "final:"+courseSlug) != 3 {
		t.Errorf("%d attempts, want 3, each with one mark", count())
	}
	if h.count("course_completions") != 0 {
		t.Error("three attempts that failed complete the course")
	}
}
