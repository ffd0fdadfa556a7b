package main

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"time"

	"golau/certificates"
	"golau/internal/i18n"
	settings "golau/internal/site"
)

// T1-12: the clock of the machine jumps, back and forth, over both changes of the
// hour, leap days and the end of 32 bits. Nobody's attempt is closed by it, every
// answer is kept, the newest is the one that came last whatever the clock said, and
// the record and every certificate still verify.
func TestTheClockJumps(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	began, open := h.clock.Now(), h.did["nia"].open
	for n, at := range []time.Time{
		began.Add(-time.Hour), began.Add(24 * time.Hour), began.Add(-24 * time.Hour),
		time.Date(2027, 3, 28, 0, 59, 59, 0, time.UTC), time.Date(2027, 3, 28, 1, 0, 0, 0, time.UTC), // summer time begins
		time.Date(2027, 10, 31, 0, 30, 0, 0, time.UTC), time.Date(2027, 10, 31, 1, 30, 0, 0, time.UTC), // one hour twice
		time.Date(2028, 2, 29, 12, 0, 0, 0, time.UTC), time.Date(2028, 12, 31, 23, 59, 59, 0, time.UTC),
		time.Date(2038, 1, 19, 3, 14, 8, 0, time.UTC), began.Add(-time.Hour), began,
	} {
		h.clock.Set(at)
		b := h.visitor().signIn("nia")
		b.get(questionPath(i18n.EN, open, 3)).want(http.StatusOK)
		answer := url.Values{"version": {strconv.Itoa(n)}, "sure": {[]string{"sure", "fairly"}[n%2]}}
		b.post(questionPath(i18n.EN, open, 3), answer, "Accept", "application/json").want(http.StatusOK)
		if h.count("quiz_attempts WHERE id = ? AND open = 1", open) != 1 {
			t.Fatalf("at %s the attempt is closed", at)
		}
	}
	if n := h.count("quiz_answers WHERE attempt_id = ? AND version = 12", open); n != 1 {
		t.Errorf("of twelve answers %d are the last", n)
	}
	b := h.visitor().signIn("nia")
	h.clock.Advance(-time.Hour)
	b.post("/en/attempts/"+open+"/submit", nil).leads("/en/attempts/" + open + "/result")
	b.get("/en/attempts/" + open + "/result").want(http.StatusOK)
	if h.count("quiz_marks WHERE attempt_id = ?", open) != 1 {
		t.Error("it is not marked once")
	}
	if n := h.count("certificates_issued WHERE issued_at < completed_at"); n != 0 {
		t.Errorf("%d certificates are older than what they certify", n)
	}
	if _, err := certificates.Check(h.db.Read(t.Context()), h.keys); err != nil {
		t.Error(err)
	}
}

// One wrong tick of the clock, ten years on, erases nobody and empties no line of
// the record, though somebody signs in meanwhile; it is said on the page of
// health. When the clock is right again, the nights go on by themselves.
func TestAWrongTickErasesNobody(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	alun, err := h.people.Resolve(t.Context(), h.session["alun"])
	if err != nil {
		t.Fatal(err)
	}
	if err := settings.ChangeSchedule(t.Context(), h.db, alun, map[string]string{"left": "1095", "inactive": "1095"}); err != nil {
		t.Fatal(err)
	}
	h.tick()
	before, emptied := h.clock.Now(), h.count("audit_details WHERE detail = ''")
	h.clock.Set(before.AddDate(10, 0, 0))
	h.session["alun"] = h.visitor().signIn("alun").token()
	h.tick()
	for _, l := range i18n.Langs {
		h.as("alun").get("/" + string(l) + "/admin/health").want(http.StatusOK).has(h.words.T(l, "admin.health.retention.clock_do"))
	}
	h.clock.Set(before)
	h.tick()
	if n := h.count("people_persons WHERE erased_at IS NOT NULL"); n != 0 {
		t.Errorf("%d people were erased", n)
	}
	if n := h.count("audit_details WHERE detail = ''") - emptied; n != 0 {
		t.Errorf("%d details were emptied", n)
	}
	h.clock.Advance(24 * time.Hour)
	h.tick()
	if n := h.count("site_retention_runs WHERE finished_at IS NOT NULL"); n != 2 {
		t.Errorf("%d runs, want the first and tonight's", n)
	}
}
