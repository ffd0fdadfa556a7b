package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golau/internal/i18n"
)

// Where nobody leads, nobody is told that a lead was asked: the account says who
// will decide. And what follows from being confirmed is no letter to anybody.
func TestWhereNobodyLeadsAnAdministratorDecides(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.suspend("lowri")
	id := h.joins(t, "joiner@shared.example", "school-a/board-a")
	b := h.visitor()
	page := b.post("/en/sign-in/letter", url.Values{"email": {"joiner@shared.example"}})
	b.press(page, "code-form", "", "code", codeIn(h.letterTo("joiner@shared.example"))).want(http.StatusSeeOther)
	alun := h.as("alun")
	for _, l := range i18n.Langs {
		b.get("/" + string(l) + "/account").want(http.StatusOK).has(h.words.T(l, "account.unconfirmed_alone")).lacks(h.words.T(l, "account.unconfirmed"))
	}
	alun.post("/en/admin/joining/"+id, url.Values{"answer": {"confirm"}}).want(http.StatusSeeOther)
	for _, l := range i18n.Langs {
		page := alun.get("/" + string(l) + "/admin/outbox?state=waiting").want(http.StatusOK)
		name := h.words.T(l, "admin.outbox.kind.people.confirmed")
		page.has(name).lacks("joiner@shared.example")
		if strings.HasPrefix(name, "Email") || strings.HasPrefix(name, "E-bost") {
			t.Errorf("%q is no letter", name)
		}
	}
}
