package main

import (
	"net/http"
	"testing"

	"golau/internal/i18n"
)

// Who are the leads, officers and administrators? The page says, by board and
// by name, leads to the person's page, and lists no learner.
func TestWhoAnswersForWhat(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	alun := h.as("alun")
	for _, l := range i18n.Langs {
		at := "/" + string(l) + "/admin/roles"
		page := alun.get(at).want(http.StatusOK)
		page.has(folk["lowri"].name, folk["gwen"].name, folk["alun"].name).lacks(folk["nia"].name, folk["huw"].name)
		page = alun.get(at + "?role=lead&board=board-a").want(http.StatusOK)
		page.has(folk["lowri"].name, folk["lowri"].email).lacks(folk["gwen"].name, folk["dilwyn"].name)
		alun.get(at + "?q=gwen").want(http.StatusOK).has(folk["gwen"].name).lacks(folk["lowri"].name)
		alun.get(at + "?agency=nowhere").want(http.StatusOK).has(h.words.T(l, "admin.roles.none"))
		found := false
		for _, a := range findAll(page.doc(), tag("a")) {
			found = found || attr(a, "href") == "/"+string(l)+"/admin/people/"+h.id["lowri"]
		}
		if !found {
			t.Error("nothing leads to the person's page")
		}
	}
}
