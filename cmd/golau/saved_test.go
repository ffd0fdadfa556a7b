package main

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"time"

	"golau/internal/i18n"
)

// T1-06: without scripts the page that follows Next says in its status line when
// the answer before was kept; after the last question the review says so.
func TestTheNextPageSaysWhatWasSaved(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	b, attempt := h.as("nia"), h.did["nia"].open
	status := func(page *reply) string {
		t.Helper()
		if p := find(find(page.doc(), tag("main")), hasClass("golau-saved")); p != nil {
			return textOf(p)
		}
		return ""
	}
	words := func(l i18n.Lang, n int) string {
		return h.words.T(l, "saved.question", "Number", n, "Time", i18n.Clock(l, h.clock.Now()))
	}
	for _, l := range i18n.Langs {
		for _, n := range []int{4, 10} {
			h.clock.Advance(7 * time.Minute)
			path := questionPath(l, attempt, n)
			form := b.fill(b.get(path).want(http.StatusOK), l == i18n.EN)
			form.Set("sure", map[i18n.Lang]string{i18n.EN: "sure", i18n.CY: "guessing"}[l])
			form.Set("go", "next")
			to := b.post(path, form).want(http.StatusSeeOther).Header.Get("Location")
			if got := status(b.get(to).want(http.StatusOK)); got != words(l, n) {
				t.Errorf("%s: right after Next from question %d %s says %q, want %q", l, n, to, got, words(l, n))
			}
		}
	}
	// Invented numbers, other people's answers and nothing kept say nothing.
	for _, said := range []string{"7", "0", "-4", "99", "4x", "5", "%27"} {
		for _, page := range []string{questionPath(i18n.EN, attempt, 5), "/en/attempts/" + attempt + "/review"} {
			if got := status(b.get(page + "?saved=" + said).want(http.StatusOK)); got != "" {
				t.Errorf("%s?saved=%s says %q", page, said, got)
			}
		}
	}
	h.as("huw").get(questionPath(i18n.EN, attempt, 5) + "?saved=4").want(http.StatusNotFound)
	// A question left empty keeps nothing, and nothing is said of it.
	b.post(questionPath(i18n.EN, attempt, 6), url.Values{"version": {"0"}, "go": {"next"}}).leads(questionPath(i18n.EN, attempt, 7))
	// With an answer of its own, the page says both.
	here := b.get(questionPath(i18n.EN, attempt, 10) + "?saved=" + strconv.Itoa(4)).want(http.StatusOK)
	here.has("Question 4: saved at", "Question 10: saved at")
}
