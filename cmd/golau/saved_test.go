package main

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
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
	// With an answer of its own, the page says both.
	here := b.get(questionPath(i18n.EN, attempt, 10) + "?saved=" + strconv.Itoa(4)).want(http.StatusOK)
	here.has("Question 4: saved at", "Question 10: saved at")
}

// Whoever presses Next with nothing chosen, or not everything, goes on and is told;
// the address alone says nothing that is not so.
func TestAQuestionLeftOpenIsNamed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.as("huw")
	b.readModule(i18n.EN, "what-it-is")
	attempt := b.begin(checkPath("what-it-is"))
	next := func(l i18n.Lang, n int, form url.Values, says, lacks string) *reply {
		t.Helper()
		to := b.post(questionPath(l, attempt, n), form).want(http.StatusSeeOther).Header.Get("Location")
		page := b.get(to).want(http.StatusOK)
		if says != "" {
			page.has(h.words.T(l, says, "Number", n))
		}
		return page.lacks(h.words.T(l, lacks, "Number", n))
	}
	nothing := func() url.Values { return url.Values{"version": {"0"}, "go": {"next"}} }
	for _, l := range i18n.Langs {
		page := next(l, 3, nothing(), "open.none", "open.partly")
		if !linksTo(page, questionPath(l, attempt, 3)) {
			t.Errorf("nothing leads back to the question\n%s", page.gist())
		}
		b.post(questionPath(l, attempt, 3), url.Values{"version": {"0"}, "go": {"previous"}}).leads(questionPath(l, attempt, 2))
		b.post(questionPath(l, attempt, 3), url.Values{"version": {"0"}, "go": {"review"}}).leads("/" + string(l) + "/attempts/" + attempt + "/review")
	}
	if h.answers(attempt) != 0 {
		t.Error("an answer was kept")
	}
	// Of several lines one is chosen.
	for n := 1; n < 10; n++ {
		form := b.fill(b.get(questionPath(i18n.EN, attempt, n)), true)
		fields := 0
		for name := range form {
			if strings.Contains(name, ".") {
				if fields++; fields > 1 {
					form.Del(name)
				}
			}
		}
		if fields > 1 {
			form.Set("go", "next")
			next(i18n.EN, n, form, "open.partly", "open.none").has("Question " + strconv.Itoa(n) + ": saved at")
		}
	}
	b.answer(attempt, 3, true)
	for _, said := range []string{"3", "0", "-1", "99", "x", "4"} {
		b.get(questionPath(i18n.EN, attempt, 4) + "?open=" + said).want(http.StatusOK).lacks(h.words.T(i18n.EN, "open.go_on"))
	}
}
