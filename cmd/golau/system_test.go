package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golau/internal/people"

	"golang.org/x/net/html"
)

// system is another system with its token.
type system struct {
	h     *house
	token string
	seen  func(method, path, body string, r *reply) // told of every answer, when set
}

// letIn has somebody of the cast make a token on their page, and returns the system
// that they give it to.
func (h *house) letIn(who string, scopes ...people.TokenScope) *system {
	h.t.Helper()
	form := url.Values{"name": {"Personnel system"}, "days": {"90"}, "proof": {h.spare(who)}}
	for _, s := range scopes {
		form.Add("scopes", string(s))
	}
	page := h.as(who).post("/en/account/systems", form).want(http.StatusOK)
	return &system{h: h, token: textOf(find(page.doc(), tag("code")))}
}

// ask sends a request. More are pairs of header and value.
func (s *system) ask(method, path, body string, more ...string) *reply {
	s.h.t.Helper()
	headers := []string{"Authorization", "Bearer " + s.token}
	if body != "" {
		headers = append(headers, "Content-Type", "application/json")
	}
	r := s.h.visitor().send(method, "/api/v1"+path, strings.NewReader(body), append(headers, more...)...)
	if s.seen != nil {
		s.seen(method, path, body, r)
	}
	return r
}

func (s *system) get(path string, more ...string) *reply {
	s.h.t.Helper()
	return s.ask(http.MethodGet, path, "", more...)
}

// Somebody lets a system in on the page: the token is shown this once, in both
// languages, and revoked there; the record says so in words; nobody else has such a
// page, and a token of somebody else's cannot be revoked.
func TestSystemsAreLetInOnThePage(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri := h.as("lowri")
	empty := lowri.get("/cy/account/systems").want(http.StatusOK).has(h.words.T("cy", "systems.none"))
	sound(t, "access for other systems", empty)
	lowri.get("/en/account").want(http.StatusOK).has(h.words.T("en", "systems.title"))
	h.as("nia").get("/en/account").want(http.StatusOK).lacks(h.words.T("en", "systems.title"))
	wrong := lowri.post("/en/account/systems", url.Values{"name": {"Kept as typed"}, "scopes": {"people:read"}, "days": {"30"}, "proof": {"000000"}}).want(http.StatusUnprocessableEntity)
	sound(t, "with a wrong proof", wrong)
	wrong.has(`value="Kept as typed"`, `value="people:read" checked`, `value="30" checked`).lacks("000000")
	switched := lowri.post("/cy/account/systems", url.Values{"name": {"Kept as typed"}, "scopes": {"people:read"}, "days": {"30"}, "switch": {"cy"}}).want(http.StatusOK)
	switched.has(`value="Kept as typed"`, `value="people:read" checked`, h.words.T("cy", "systems.title"))
	if n := h.count("people_tokens"); n != 0 {
		t.Fatalf("%d tokens", n)
	}

	made := lowri.post("/en/account/systems", url.Values{"name": {"Personnel"}, "scopes": {"people:read"}, "days": {"30"}, "proof": {h.spare("lowri")}}).want(http.StatusOK)
	sound(t, "a new token", made)
	s := &system{h: h, token: textOf(find(made.doc(), tag("code")))}
	s.get("/people").want(http.StatusOK)
	sealed := attr(find(made.doc(), byName("made")), "value")
	lowri.post("/cy/account/systems/made", url.Values{"made": {sealed}, "switch": {"cy"}}).want(http.StatusOK).has(s.token, h.words.T("cy", "systems.made_title"))
	h.as("dilwyn").post("/cy/account/systems/made", url.Values{"made": {sealed}}).leads("/cy/account/systems")
	list := lowri.get("/en/account/systems").want(http.StatusOK).has("Personnel", h.words.T("en", "systems.state.counts"), "23 November 2026").lacks(s.token)
	sound(t, "the list", list)
	id := attr(find(list.doc(), byName("token")), "value")
	h.as("dilwyn").post("/en/account/systems/revoke", url.Values{"token": {id}}).want(http.StatusNotFound)
	s.get("/people").want(http.StatusOK)
	lowri.post("/en/account/systems/revoke", url.Values{"token": {id}}).leads("/en/account/systems?done=revoked")
	s.get("/people").want(http.StatusUnauthorized)
	lowri.get("/cy/account/systems").has(h.words.T("cy", "systems.state.revoked"))

	record := h.as("alun").get("/en/admin/audit").want(http.StatusOK)
	for _, verb := range []string{"made", "used", "revoked"} {
		record.has(h.words.T("en", "admin.audit.verb.people.token_"+verb))
	}
	record.has(h.words.T("en", "admin.audit.by.api"), "people:read").lacks(s.token)
	if strings.Contains(h.log.String(), s.token) || strings.Contains(h.log.String(), s.token[len(s.token)-30:]) {
		t.Error("the log holds the token")
	}
}

func byName(name string) match { return func(n *html.Node) bool { return attr(n, "name") == name } }
