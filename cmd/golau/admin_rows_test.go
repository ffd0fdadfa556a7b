package main

import (
	"net/http"
	"net/url"
	"testing"

	"golau/internal/i18n"
)

// On a telephone the rows of an administrator's table stand below each other:
// every value bears the name of its column, the very one of the heading, and
// roles keep the table a table for whoever listens.
func TestAdministratorsTablesNameTheirValues(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	alun := h.as("alun")
	list := "anna@shared.example,Anna Puw,School A,Glannau Safeguarding Board,Learner,Education,English"
	for _, l := range i18n.Langs {
		at := "/" + string(l) + "/admin"
		pages := []*reply{alun.post(at+"/invitations/many", url.Values{"list": {list}, "go": {"check"}})}
		for _, path := range []string{"/invitations", "/outbox?state=waiting", "/outbox?state=done", "/audit", "/retention", "/people?q=nia", "/roles", "/boards", "/agencies", "/councils", "/sign-ins"} {
			pages = append(pages, alun.get(at+path).want(http.StatusOK))
		}
		n := 0
		for _, page := range pages {
			for _, table := range findAll(page.doc(), tag("table")) {
				n++
				if !hasClass("golau-rows")(table) || attr(table, "role") != "table" {
					t.Errorf("%s: a table whose rows do not stack", page.path)
				}
				var names []string
				for _, th := range findAll(find(table, tag("thead")), tag("th")) {
					names = append(names, flat(textOf(th)))
				}
				for _, tr := range findAll(find(table, tag("tbody")), tag("tr")) {
					if attr(tr, "role") != "row" || attr(find(tr, tag("th")), "role") != "rowheader" {
						t.Errorf("%s: a row is none for whoever listens", page.path)
					}
					for i, td := range findAll(tr, tag("td")) {
						if attr(td, "data-name") != names[i+1] || attr(td, "role") != "cell" {
							t.Errorf("%s: a value of %q is called %q", page.path, names[i+1], attr(td, "data-name"))
						}
					}
				}
			}
		}
		if n < 8 {
			t.Errorf("only %d tables", n)
		}
	}
}
