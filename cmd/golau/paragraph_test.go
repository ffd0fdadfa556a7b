package main

import (
	"net/http"
	"strings"
	"testing"

	"golau/internal/i18n"
)

// Each answer of a result leads to the paragraph it rests on: the page is there
// for its reader, and holds what the address names, in either language.
func TestAResultLeadsToItsParagraphs(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	nia := h.as("nia")
	for _, module := range []string{"what-it-is", "signs"} {
		nia.readModule(i18n.EN, module)
		for _, right := range []bool{false, true} {
			attempt := nia.sit(checkPath(module), right)
			for _, l := range i18n.Langs {
				result := nia.get("/" + string(l) + "/attempts/" + attempt + "/result").want(http.StatusOK)
				answers, precise := findAll(result.doc(), hasClass("golau-review")), 0
				for _, answer := range answers {
					a := find(answer, both(tag("a"), hasClass("govuk-link")))
					if a == nil {
						t.Errorf("%s: an answer leads nowhere: %.80s", result.path, textOf(answer))
						continue
					}
					to, fragment, found := strings.Cut(attr(a, "href"), "#")
					page := nia.get(to).want(http.StatusOK).doc()
					if !found {
						continue
					}
					precise++
					if at := find(page, byID(fragment)); at == nil || textOf(at) == "" || !within(at, find(page, tag("article"))) {
						t.Errorf("%s leads to %s#%s, where there is nothing", result.path, to, fragment)
					}
				}
				if len(answers) != paperLength || precise != paperLength {
					t.Errorf("%s: %d answers, of which %d lead to a paragraph", result.path, len(answers), precise)
				}
			}
		}
	}
}
