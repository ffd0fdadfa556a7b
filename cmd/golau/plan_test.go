package main

import (
	"net/http"
	"strings"
	"testing"

	"golau/internal/i18n"

	"golang.org/x/net/html"
)

// planBoxes are the boxes of a plan.
var planBoxes = []string{"one", "two", "three", "dsp", "deputy", "manager", "support", "other"}

// A plan bears what was written, the numbers of the council and a line for all
// that is missing; going back and the other language keep everything.
func TestMyPlan(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	m, _ := h.school.Library().Module("my-plan")
	for _, l := range i18n.Langs {
		nia, path := h.as("nia"), "/"+string(l)+"/plan"
		page := nia.get(path).want(http.StatusOK)
		sound(t, "my plan", page)
		for _, o := range m.Objectives {
			page.has(o.Text.In(l))
		}
		page = nia.press(page, "plan", "go=make", "one", strings.Repeat("ŷ", 601)).want(http.StatusUnprocessableEntity).
			has(h.words.T(l, "practice.too_long", "Most", 600))
		page = nia.press(page, "plan", "go=make", "one", "Ring on Monday\r\nby ten", "three", "<i>Ask</i>", "deputy", "Ceri, 01632 960444").want(http.StatusOK)
		sound(t, "my plan, to print", page)
		plan := find(page.doc(), tag("main"))
		said := textOf(plan)
		for _, want := range []string{"Ring on Monday", "by ten", "<i>Ask</i>", "Ceri, 01632 960444", h.words.T(l, "plan.box.deputy"), h.words.T(l, "plan.print")} {
			if !strings.Contains(flat(said), flat(want)) {
				t.Errorf("%s: the plan lacks %q:\n%s", path, want, said)
			}
		}
		if numbers, _ := numbersOf(plan); numbers != "999 01632960111 01632960222 101" {
			t.Errorf("%s: the numbers are %s", path, numbers)
		}
		var blank []string
		for _, list := range findAll(plan, hasClass("golau-lines__list")) {
			for _, li := range findAll(list, tag("li")) {
				blank = append(blank, textOf(li))
			}
		}
		var want []string
		for _, box := range []string{"plan.box.two", "plan.box.dsp", "plan.box.manager", "plan.box.support", "plan.box.other"} {
			want = append(want, h.words.T(l, box))
		}
		if strings.Join(blank, "|") != strings.Join(want, "|") {
			t.Errorf("%s: lines are left for %q", path, blank)
		}
		button := find(page.doc(), both(tag("button"), with("name", "switch")))
		form := formValues(find(page.doc(), byID("plan")))
		form.Set("switch", attr(button, "value"))
		page = nia.post(attr(button, "formaction"), form).want(http.StatusOK).has(h.words.T(l.Other(), "plan.print"), "Ring on Monday")
		page = nia.press(page, "plan", "go=edit").want(http.StatusOK)
		if kept := formValues(find(page.doc(), byID("plan"))); kept.Get("three") != "<i>Ask</i>" || kept.Get("deputy") != "Ceri, 01632 960444" || kept.Get("council") != "council-a" {
			t.Errorf("going back keeps %v", kept)
		}
	}
}

// Somebody nobody knows has a plan too: with the numbers of the council that they
// choose, or lines for them; and an empty plan is one to write on by hand.
func TestAPlanOfAVisitor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.visitor()
	for council, want := range map[string]struct {
		numbers string
		lines   int
	}{"": {"999 101", len(planBoxes) + 2}, "council-b": {"999 01632960111 01632960222 101", len(planBoxes)}, "nowhere": {"999 101", len(planBoxes) + 2}} {
		page := b.press(b.get("/en/plan").want(http.StatusOK), "plan", "go=make", "council", council).want(http.StatusOK)
		plan := find(page.doc(), tag("main"))
		numbers, _ := numbersOf(plan)
		lines := 0
		for n := range plan.Descendants() {
			if tag("li")(n) && hasClass("golau-lines__list")(n.Parent) {
				lines++
			}
		}
		if numbers != want.numbers || lines != want.lines {
			t.Errorf("%q: the numbers %s and %d lines, want %+v", council, numbers, lines, want)
		}
	}
	b.get("/en/plan?one=planted&council=council-b").want(http.StatusOK).lacks("planted")
}

// The plan is found: on the course’s page, on the last part of its module and on
// the module’s card.
func TestThePlanIsFound(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	m, _ := h.school.Library().Module("my-plan")
	for _, l := range i18n.Langs {
		at := "/" + string(l)
		course := at + "/learn/" + courseSlug
		for _, page := range []string{course, course + "/my-plan/" + m.Sections[len(m.Sections)-1].ID, at + "/cards/my-plan"} {
			var to *html.Node
			if to = find(h.as("nia").get(page).want(http.StatusOK).doc(), both(tag("a"), with("href", at+"/plan"))); to == nil {
				t.Errorf("%s does not lead to the plan", page)
			}
		}
	}
}
