package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/people"
)

// The administrator's page names every token with its maker, and none of them; one that
// is revoked there opens nothing any more, and its maker's page says so.
func TestAnAdministratorRevokesAToken(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	alun := h.as("alun")
	for _, l := range i18n.Langs {
		sound(t, "no token", alun.get("/"+string(l)+"/admin/systems").want(http.StatusOK).has(h.words.T(l, "admin.systems.none")))
	}
	s := h.letIn("lowri", people.ReadPeople)
	s.get("/people").want(http.StatusOK)
	var at string
	for _, l := range i18n.Langs {
		page := alun.get("/"+string(l)+"/admin/systems").want(http.StatusOK).has("Personnel system", folk["lowri"].name, h.words.T(l, "systems.scope.people:read")).lacks(s.token)
		sound(t, "tokens", page)
		at = strings.SplitN(strings.SplitN(page.Body, "/admin/systems/", 2)[1], `"`, 2)[0]
		sound(t, "one token", alun.get("/"+string(l)+"/admin/systems/"+at).want(http.StatusOK).has(h.words.T(l, "systems.state.counts"), folk["lowri"].name).lacks(s.token))
		wrong := alun.post("/"+string(l)+"/admin/systems/"+at, url.Values{"reason": {""}}).want(http.StatusUnprocessableEntity).has(h.words.T(l, "people.reason.required"))
		sound(t, "no reason", wrong)
	}
	alun.post("/cy/admin/systems/"+at, url.Values{"reason": {"Kept as typed"}, "switch": {"cy"}}).want(http.StatusOK).has(`value="Kept as typed"`)
	s.get("/people").want(http.StatusOK)
	alun.post("/en/admin/systems/"+at, url.Values{"reason": {"A laptop was lost"}}).leads("/en/admin/systems?done=token_revoked")
	s.get("/people").want(http.StatusUnauthorized)
	alun.get("/en/admin/systems?done=token_revoked").has(h.words.T(i18n.EN, "admin.done.token_revoked"), h.words.T(i18n.EN, "admin.systems.none"))
	sound(t, "ended", alun.get("/cy/admin/systems?ended=yes").has("Personnel system", h.words.T(i18n.CY, "systems.state.revoked")))
	alun.get("/en/admin/systems/" + at).want(http.StatusOK).lacks(`id="revoke"`)
	alun.get("/en/admin/audit?verb=people.token_revoked").has("A laptop was lost", h.words.T(i18n.EN, "admin.audit.verb.people.token_revoked"))
	h.as("lowri").get("/cy/account/systems").has(h.words.T(i18n.CY, "systems.state.revoked"))
	for _, who := range []string{"lowri", "gwen", "nia"} {
		h.as(who).get("/en/admin/systems").want(http.StatusForbidden)
		h.as(who).get("/en/admin/systems/" + at).want(http.StatusForbidden)
	}
}
