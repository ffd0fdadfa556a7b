package main

import (
	"net/http"
	"net/url"
	"testing"

	"golau/internal/i18n"
)

// Whoever joins by an address of a domain that many organisations share is told
// that a lead confirms it, also where one agency alone is listed.
func TestTheJoiningPageSaysThatALeadConfirms(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.as("alun").post("/en/admin/agency/school-a/domains", url.Values{"domain": {"hwbcymru.net"}}).want(http.StatusSeeOther)
	for _, l := range i18n.Langs {
		email := "new-" + string(l) + "@hwbcymru.net"
		h.visitor().post("/"+string(l)+"/join", url.Values{"email": {email}}).want(http.StatusOK)
		link, b := linkIn(h.letterTo(email)), h.visitor()
		b.press(b.get(link), "", "").leads("/" + string(l) + "/join/details")
		page := b.get("/" + string(l) + "/join/details").want(http.StatusOK).has(h.words.T(l, "join.place_waits"))
		sound(t, "joining", page)
	}
}
