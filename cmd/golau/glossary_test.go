package main

import (
	"net/http"
	"strings"
	"testing"

	"golau/internal/i18n"

	"golang.org/x/net/html"
)

// Every term of the subject stands on its page in both languages, with its
// counterpart in the other, marked as such, and what it means; a Welsh term that
// nobody has confirmed says so. Anybody may read it, and every page leads there.
func TestTheGlossaryHoldsEveryTerm(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, l := range i18n.Langs {
		doc := h.visitor().get("/" + string(l) + "/glossary").want(http.StatusOK).doc()
		terms := h.school.Library().Glossary(l)
		if len(terms) < 90 {
			t.Fatalf("only %d terms", len(terms))
		}
		for _, term := range terms {
			entry := find(doc, with("id", term.ID))
			if entry == nil {
				t.Errorf("%s: the page lacks %s", l, term.ID)
				continue
			}
			said, other := flat(textOf(entry)), find(entry, both(tag("span"), with("lang", string(l.Other()))))
			if !strings.Contains(said, flat(term.Text.In(l))) || !strings.Contains(said, flat(term.Says.In(l))) || other == nil || textOf(other) != term.Text.In(l.Other()) {
				t.Errorf("%s: %s says %s", l, term.ID, said)
			}
			if strings.Contains(said, h.words.T(l, "glossary.proposed")) == term.Confirmed() {
				t.Errorf("%s: %s, confirmed %v, says %s", l, term.ID, term.Confirmed(), said)
			}
		}
		foot := find(h.visitor().get("/"+string(l)+"/support").doc(), tag("footer"))
		if find(foot, both(tag("a"), with("href", "/"+string(l)+"/glossary"))) == nil {
			t.Errorf("%s: the foot of a page does not lead to the glossary", l)
		}
	}
}

// Every link from a lesson to a term leads to one that is explained, in the
// lesson's language, once for each term; and no page of the course has none.
func TestLessonsLeadToTheGlossary(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lib := h.school.Library()
	for _, l := range i18n.Langs {
		explained := map[string]bool{}
		for _, term := range lib.Glossary(l) {
			explained["/"+string(l)+"/glossary#"+term.ID] = term.Explained() && !term.Plain
		}
		for _, m := range lib.Modules {
			links := 0
			for _, s := range m.Sections {
				doc, err := html.Parse(strings.NewReader(string(s.HTML.In(l))))
				if err != nil {
					t.Fatal(err)
				}
				met := map[string]bool{}
				for _, a := range findAll(doc, hasClass("golau-term")) {
					to := attr(a, "href")
					if !explained[to] || met[to] {
						t.Errorf("%s %s/%s: a link to %s, which is not explained or was linked before", l, m.Slug, s.ID, to)
					}
					met[to] = true
					links++
				}
			}
			if links == 0 {
				t.Errorf("%s: no word of %s leads to the glossary", l, m.Slug)
			}
		}
	}
	section := h.as("nia").get("/cy/learn/child-trafficking/before-you-start/report").want(http.StatusOK)
	if find(section.doc(), both(hasClass("golau-term"), with("href", "/cy/glossary#edt"))) == nil {
		t.Error("the lesson as it is shown does not lead to the glossary")
	}
}
