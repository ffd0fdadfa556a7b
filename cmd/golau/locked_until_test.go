package main

import (
	"net/http"
	"testing"
	"time"

	"golau/internal/i18n"
)

// Where a module is locked because the check before it waits after failed tries,
// every page that says so says until when, and none offers the check before.
func TestALockedModuleSaysUntilWhen(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.as("huw")
	m, _ := h.school.Library().Module("signs")
	b.readModule(i18n.EN, "what-it-is")
	check := checkPath("what-it-is")
	says := func(l i18n.Lang, until bool) {
		t.Helper()
		from := h.words.T(l, "course.check_from", "Module", 1, "Time", i18n.Clock(l, h.clock.Now().Add(10*time.Minute)), "Date", i18n.Date(l, h.clock.Now()))
		course := "/" + string(l) + "/learn/" + courseSlug
		for _, page := range []*reply{
			b.get(course).want(http.StatusOK), b.get(course + "/signs/" + m.Sections[0].ID).want(http.StatusConflict),
			b.post(course+"/signs/"+m.Sections[0].ID, nil).want(http.StatusConflict),
			b.get(course + "/signs/check").want(http.StatusConflict), b.post(course+"/signs/check", nil).want(http.StatusConflict),
		} {
			page.has(h.words.T(l, "course.locked", "Module", 1))
			if until {
				if page.has(from); page.buttonsTo(in(l, check)) != 0 {
					t.Errorf("%s offers the check before its time", page.path)
				}
			} else if page.lacks(from); page.buttonsTo(in(l, check)) != 1 {
				t.Errorf("%s does not lead to the check", page.path)
			}
		}
		for _, page := range []*reply{b.get(in(l, finalPath)).want(http.StatusConflict), b.post(in(l, finalPath), nil).want(http.StatusConflict)} {
			if until {
				page.has(from)
			} else {
				page.lacks(from)
			}
		}
	}
	for _, l := range i18n.Langs {
		says(l, false)
	}
	b.sit(check, false)
	b.sit(check, false)
	for _, l := range i18n.Langs {
		says(l, true)
	}
	h.clock.Advance(11 * time.Minute)
	says(i18n.EN, false)
}
