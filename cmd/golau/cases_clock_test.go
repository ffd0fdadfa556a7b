package main

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/modules/scenario"
)

// The first morning moves on a clock of decisions: after each choice the page says
// what it cost, what it opened or closed and what the time is now; at the end stand
// the times of what happened beside those of what could have. What is expected here
// is worked out from the file, not by the player.
func TestTheFirstMorningSaysWhatEachChoiceCost(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	m, _ := h.school.Library().Module("first-hours")
	semi, _ := m.Case("semi")
	ways := map[string]func(d scenario.Decision, o scenario.Option) bool{
		"recommended": func(_ scenario.Decision, o scenario.Option) bool { return o.Path == scenario.Recommended },
		"costly": func(d scenario.Decision, o scenario.Option) bool {
			if slices.ContainsFunc(d.Options, func(o scenario.Option) bool { return o.Path == scenario.Costly }) {
				return o.Path == scenario.Costly
			}
			return o.Path == scenario.Open
		},
		"kind and slow": func(d scenario.Decision, o scenario.Option) bool { return o.ID == "b" },
	}
	for _, l := range i18n.Langs {
		huw, path := h.visitor().signIn("huw"), "/"+string(l)+"/learn/"+courseSlug+"/first-hours/cases/semi"
		closed, opened, late := 0, 0, 0
		for name, way := range ways {
			so := map[string]any{} // what is so, by the file alone
			for state, v := range semi.Start.State {
				so[state] = v
			}
			page := huw.get(path + "?again=1").want(http.StatusOK)
			for turn := 1; turnOf(page) != "0"; turn++ {
				var d scenario.Decision
				var o scenario.Option
				sent := picking(t, page, semi, l, func(at scenario.Decision, of scenario.Option) bool {
					if !way(at, of) {
						return false
					}
					d, o = at, of
					return true
				})
				before := clockOf(page)
				huw.post(path, sent).leads(path)
				page = huw.get(path).want(http.StatusOK)
				said := flat(textOf(find(page.doc(), tag("main"))))
				want := []string{flat(o.Text.In(l)), h.words.T(l, "case.took", "Count", o.Minutes)}
				for _, mark := range semi.Marks {
					is, set := o.Set[mark.State]
					if !set || is == so[mark.State] || so[mark.State] != semi.Start.State[mark.State] {
						continue
					}
					tag := h.words.T(l, "case.opened")
					if semi.Start.State[mark.State] == true {
						tag = h.words.T(l, "case.closed")
						closed++
					} else {
						opened++
					}
					want = append(want, tag+" "+flat(mark.Text.In(l)))
				}
				for state, v := range o.Set {
					if _, truth := v.(bool); truth {
						so[state] = v
					}
				}
				for _, w := range want {
					if !strings.Contains(said, w) {
						t.Errorf("%s, %s: after %s/%s the page does not say %q:\n%.600s", l, name, d.ID, o.ID, w, said)
					}
				}
				if turnOf(page) == "0" {
					break
				}
				passed := int(clockOf(page).Sub(before).Minutes()) - o.Minutes
				if passed = (passed%(24*60) + 24*60) % (24 * 60); passed > 0 {
					late++
					if w := h.words.T(l, "case.passed", "Count", passed/60); passed%60 != 0 || !strings.Contains(said, w) {
						t.Errorf("%s, %s: after %s/%s %d minutes went by unsaid", l, name, d.ID, o.ID, passed)
					}
				}
			}
			sound(t, name, page)
			if n := len(findAll(find(page.doc(), hasClass("golau-timeline")), tag("h3"))); n == 0 {
				t.Errorf("%s, %s: no timeline at the end", l, name)
			}
			page.has(h.words.T(l, "case.way_title"), h.words.T(l, "case.marks_title"))
		}
		if closed == 0 || opened < 3 || late == 0 {
			t.Errorf("%s: %d doors closed, %d opened, hours went by %d times: nothing was tried", l, closed, opened, late)
		}
	}
}

// clockOf is the time of day that a turn shows.
func clockOf(page *reply) time.Time {
	page.t.Helper()
	shown := textOf(find(page.doc(), hasClass("golau-clock")))
	for _, word := range strings.FieldsFunc(shown, func(r rune) bool { return !strings.ContainsRune("0123456789:.", r) }) {
		for _, layout := range []string{"15:04", "15.04", "3.04", "3:04"} {
			if at, err := time.Parse(layout, word); err == nil {
				if strings.Contains(shown, "pm") && at.Hour() < 12 {
					at = at.Add(12 * time.Hour)
				}
				return at
			}
		}
	}
	page.t.Fatalf("%s shows no time: %q", page.path, shown)
	return time.Time{}
}
