package main

import (
	"net/http"
	"testing"

	"golau/internal/i18n"
)

// The administrator's menu stands under a few headings, each page once; the
// list says which heading it is of, and the page where one is is marked.
func TestAdministratorsMenuIsInGroups(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	alun := h.as("alun")
	for _, l := range i18n.Langs {
		nav := find(alun.get("/"+string(l)+"/admin/outbox").want(http.StatusOK).doc(), hasClass("golau-menu"))
		if nav == nil {
			t.Fatal("there is no menu")
		}
		seen := map[string]int{}
		lists := findAll(nav, tag("ul"))
		for _, ul := range lists {
			if name := find(nav, byID(attr(ul, "aria-labelledby"))); name == nil || flat(textOf(name)) == "" {
				t.Error("a list of the menu has no heading")
			}
			if n := len(findAll(ul, tag("a"))); n > 6 {
				t.Errorf("%d links in one group", n)
			}
		}
		for _, a := range findAll(nav, tag("a")) {
			seen[attr(a, "href")]++
			if here := attr(a, "aria-current") == "page"; here != (attr(a, "href") == "/"+string(l)+"/admin/outbox") {
				t.Errorf("%s is marked as here: %v", attr(a, "href"), here)
			}
		}
		if len(lists) < 3 || len(lists) > 5 || len(seen) < 16 {
			t.Errorf("%d groups with %d links", len(lists), len(seen))
		}
		for path, n := range seen {
			if n != 1 {
				t.Errorf("%s stands %d times in the menu", path, n)
			}
			alun.get(path).want(http.StatusOK)
		}
	}
}
