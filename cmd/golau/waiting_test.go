package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
)

// buttonsTo counts the buttons and links of a page's text that lead to path or
// send a form there.
func (r *reply) buttonsTo(path string) int {
	n := 0
	for _, a := range findAll(find(r.doc(), tag("main")), tag("a")) {
		if attr(a, "href") == path && strings.Contains(attr(a, "class"), "govuk-button") {
			n++
		}
	}
	for _, form := range findAll(find(r.doc(), tag("main")), tag("form")) {
		if attr(form, "action") == path {
			n++
		}
	}
	return n
}

// Nothing offers another try before its time: not the result, the page of the
// check, the course, nor what is next. They say from when, and what to do until
// then; and from that moment on they offer it.
func TestNoTryBeforeItsTime(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.as("huw")
	b.readModule(i18n.CY, "what-it-is")
	check := checkPath("what-it-is")
	b.sit(check, false)
	attempt := b.sit(check, false) // the second waits ten minutes
	until := h.clock.Now().Add(10 * time.Minute)
	for _, l := range i18n.Langs {
		from := h.words.T(l, "tries.wait", "Time", i18n.Clock(l, until), "Date", i18n.Date(l, until))
		try := in(l, check)
		for _, path := range []string{"/learn", "/learn/" + courseSlug} {
			page := b.get("/"+string(l)+path).want(http.StatusOK).has(h.words.T(l, "tries.not_passed"), from)
			if page.buttonsTo(try) != 0 {
				t.Errorf("%s in %s offers another try before its time", path, l)
			}
			if page.buttonsTo("/"+string(l)+"/learn/"+courseSlug+"/what-it-is/case") != 1 {
				t.Errorf("%s in %s does not lead back into the module\n%s", path, l, page.gist())
			}
		}
		result := b.get("/"+string(l)+"/attempts/"+attempt+"/result").want(http.StatusOK).has(i18n.Clock(l, until), i18n.Date(l, until), h.words.T(l, "result.read_first"))
		if start := b.get(try).want(http.StatusOK); result.buttonsTo(try)+start.buttonsTo(try) != 0 {
			t.Errorf("the result or the start in %s offers another try before its time", l)
		}
	}
	h.clock.Advance(10 * time.Minute)
	for _, path := range []string{"/en/learn", "/en/learn/" + courseSlug, "/en/attempts/" + attempt + "/result", check} {
		if b.get(path).want(http.StatusOK).buttonsTo(check) == 0 {
			t.Errorf("%s does not offer the try whose time has come", path)
		}
	}
}

// The final assessment says how many tries are left, when the next may begin,
// and after the last one whom to ask; then nothing offers it any more.
func TestAfterTheLastTry(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.as("nia")
	h.learnt(h.id["nia"], i18n.EN)
	b.get(finalPath).has("You have 3 tries.", h.words.T(i18n.EN, "tries.after"))
	var attempt string
	for n := 1; n <= 3; n++ {
		attempt = b.sit(finalPath, false)
		for _, path := range []string{"/en/learn", "/en/learn/" + courseSlug, "/en/attempts/" + attempt + "/result", finalPath} {
			page := b.get(path).want(http.StatusOK)
			if page.buttonsTo(finalPath) != 0 {
				t.Errorf("after try %d %s offers another one", n, path)
			}
			if n < 3 {
				page.has(h.words.T(i18n.EN, "tries.left", "Count", 3-n, "Of", 3))
			} else {
				page.has("Ask your training lead", `href="/en/contact"`).lacks(h.words.T(i18n.EN, "tries.left", "Count", 1, "Of", 3))
			}
		}
		h.clock.Advance(24 * time.Hour)
		b = h.visitor().signIn("nia")
	}
	b.get("/cy/learn").has(h.words.T(i18n.CY, "tries.none"), h.words.T(i18n.CY, "tries.none_text"))
	b.get("/cy/learn/" + courseSlug).has(h.words.T(i18n.CY, "state.not_passed")).lacks(h.words.T(i18n.CY, "state.not_started"))
}

// Whoever left in the middle of a check is told so, with how far they came, and
// led straight back to the question where they were.
func TestAHalfDoneCheckIsNamed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.as("huw")
	b.readModule(i18n.CY, "what-it-is")
	attempt := b.begin(in(i18n.CY, checkPath("what-it-is")))
	for n := 1; n <= 4; n++ {
		h.clock.Advance(time.Minute)
		b.answerIn(i18n.CY, attempt, n, true)
	}
	for _, l := range i18n.Langs {
		for _, path := range []string{"/learn", "/learn/" + courseSlug} {
			page := b.get("/" + string(l) + path).want(http.StatusOK).has(h.words.T(l, "tries.middle_check", "Count", 4, "Of", 10))
			if page.buttonsTo(questionPath(l, attempt, 4)) != 1 {
				t.Errorf("%s in %s does not lead to question 4\n%s", path, l, page.gist())
			}
		}
	}
}
