package main

import (
	"net/http"
	"strings"
	"testing"

	"golau/internal/i18n"
)

// The first page says how long the module at hand still takes, the page of the
// course how long that and the whole still take: less after each part.
func TestMinutesLeftAreSaid(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	nia := h.as("nia")
	m, _ := h.school.Library().Module("what-it-is")
	all := h.school.Minutes(h.school.Courses()[0])
	left := m.Minutes.Check
	for _, s := range m.Sections {
		left += s.Minutes
	}
	for _, s := range m.Sections {
		nia.post("/en/learn/"+courseSlug+"/what-it-is/"+s.ID, nil).want(http.StatusSeeOther)
		left -= s.Minutes
		for _, l := range i18n.Langs {
			minutes := func(n int) string { return i18n.Minutes(l, n) }
			home := facts(nia.get("/" + string(l) + "/learn").want(http.StatusOK))
			if want := h.words.T(l, "learn.left", "Minutes", minutes(left)); home != want {
				t.Errorf("after %s the first page says %q, want %q", s.ID, home, want)
			}
			page := nia.get("/" + string(l) + "/learn/" + courseSlug).want(http.StatusOK)
			if want := h.words.T(l, "course.left", "Left", minutes(all-m.Minutes.Total+left), "Total", minutes(all)); !strings.HasPrefix(facts(page), want) {
				t.Errorf("after %s the page of the course says %q, want %q", s.ID, facts(page), want)
			}
			line := textOf(findAll(page.doc(), hasClass("golau-module__meta"))[m.Number])
			if want := h.words.T(l, "course.module_left", "Left", minutes(left), "Total", minutes(m.Minutes.Total)); !strings.HasPrefix(line, want) {
				t.Errorf("after %s the module's line says %q, want %q", s.ID, line, want)
			}
		}
	}
}

// facts is what a page says in its short list.
func facts(page *reply) string { return textOf(find(page.doc(), hasClass("golau-facts"))) }
