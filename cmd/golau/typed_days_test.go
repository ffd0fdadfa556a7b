package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golau/internal/i18n"

	"golang.org/x/net/html"
)

// Every page asks for a day in one field, which browsers know as a day, and every
// form takes it in each way that somebody types it; what is no day stands there
// again, to be put right.
func TestDaysAreTypedInOneWay(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	alun := h.as("alun")
	for address, names := range map[string][]string{"/admin/audit": {"from", "to"}, "/admin/councils/council-a": {"checked_on"}, "/admin/new-council": {"checked_on"},
		"/board/local/board-a/council/council-a": {"checked_on"}, "/admin/local/board-a/signs": {"review_by"}} {
		for _, l := range i18n.Langs {
			page := alun.get("/" + string(l) + address)
			if strings.HasPrefix(address, "/board/") {
				page = h.as("gwen").get("/" + string(l) + address)
			}
			for _, name := range names {
				field := find(page.want(http.StatusOK).doc(), byID(name))
				if attr(field, "type") != "date" || attr(field, "name") != name {
					t.Errorf("%s asks for %s by %q", address, name, attr(field, "type"))
				}
			}
			if boxes := findAll(page.doc(), func(n *html.Node) bool { return attr(n, "inputmode") == "numeric" }); len(boxes) > 0 {
				t.Errorf("%s asks for a day in %d boxes", address, len(boxes))
			}
		}
	}
	for _, typed := range []string{"2026-11-21", "21/11/2026", "21.11.2026", "21 11 2026"} {
		alun.post("/en/admin/councils/council-a", url.Values{"day_number": {"01632 960111"}, "checked_on": {typed}}).want(http.StatusSeeOther)
		if h.count("people_councils WHERE key = 'council-a' AND checked_on = '2026-11-21'") != 1 {
			t.Errorf("%q is kept as another day", typed)
		}
		alun.get("/cy/admin/audit?from=" + url.QueryEscape(typed)).want(http.StatusOK)
	}
	wrong := alun.post("/en/admin/councils/council-a", url.Values{"day_number": {"01632 960111"}, "checked_on": {"31/2/2026"}}).want(http.StatusUnprocessableEntity)
	if got := attr(find(wrong.doc(), byID("checked_on")), "value"); got != "31/2/2026" {
		t.Errorf("what was typed stands there as %q", got)
	}
}
