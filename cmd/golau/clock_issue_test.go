package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"golau/certificates"
	"golau/internal/i18n"
)

// T1-12: the clock jumps between the start of the assessment and its submission.
// One certificate is issued all the same, not before what it certifies was handed
// in; it counts until its end, bears the day of its submission, and holds when the clock is right
// again, or wrong once more.
func TestACertificateAfterAJump(t *testing.T) {
	t.Parallel()
	for name, jump := range map[string]func(time.Time) time.Time{
		"an hour back":        func(t time.Time) time.Time { return t.Add(-time.Hour) },
		"ten years back":      func(t time.Time) time.Time { return t.AddDate(-10, 0, 0) },
		"a day on":            func(t time.Time) time.Time { return t.AddDate(0, 0, 1) },
		"past 32 bits":        func(time.Time) time.Time { return time.Date(2038, 1, 19, 3, 14, 8, 0, time.UTC) },
		"into a leap day":     func(time.Time) time.Time { return time.Date(2028, 2, 29, 23, 30, 0, 0, time.UTC) },
		"into an hour's twin": func(time.Time) time.Time { return time.Date(2027, 10, 31, 1, 30, 0, 0, time.UTC) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			b, right := h.as("nia"), h.clock.Now()
			h.learnt(h.id["nia"], i18n.EN)
			attempt := b.begin(finalPath)
			b.answer(attempt, 1, true)
			h.clock.Set(jump(right))
			b = h.visitor().signIn("nia") // the session may have ended with the jump
			for n := 2; n <= 25; n++ {
				b.answer(attempt, n, true)
			}
			b.submit(i18n.EN, attempt)
			b.post("/en/attempts/"+attempt+"/submit", nil) // and once more
			if n := h.count("certificates_issued i JOIN quiz_marks m ON m.attempt_id = i.attempt_id WHERE i.issued_at >= m.submitted_at AND i.completed_at >= m.submitted_at " +
				"AND i.issued_at >= i.completed_at AND i.valid_until > i.issued_at"); n != 1 || h.count("certificates_issued") != 1 {
				t.Fatalf("%d of %d certificates are as they should be", n, h.count("certificates_issued"))
			}
			if n := h.count("certificates_signatures s JOIN certificates_issued i ON i.id = s.certificate_id WHERE s.signed_at >= i.issued_at"); n != 1 {
				t.Errorf("%d are signed after they were issued", n)
			}
			number, day := b.certificate(), i18n.Date(i18n.EN, h.clock.Now())
			end := h.clock.Now().AddDate(3, 0, 0)
			for _, at := range []time.Time{h.clock.Now(), right, jump(right).Add(time.Minute)} {
				h.clock.Set(at)
				page := h.visitor().get("/en/verify/" + number).want(http.StatusOK).has(day)
				if says := h.words.T(i18n.EN, "verify.title_valid"); strings.Contains(page.Body, says) != at.Before(end) {
					t.Errorf("on %s it is not said rightly whether it counts\n%s", at, page.gist())
				}
				h.work()
			}
			if n, err := certificates.Check(h.db.Read(t.Context()), h.keys); n != 1 || err != nil {
				t.Errorf("%d hold: %v", n, err)
			}
		})
	}
}
