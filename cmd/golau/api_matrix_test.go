package main

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// tokenNeeds says what a token must give for each way in, written a second time.
var tokenNeeds = map[string]people.TokenScope{
	"GET /api/v1/people": people.ReadPeople, "POST /api/v1/people": people.WritePeople, "GET /api/v1/people/:id": people.ReadPeople,
	"PATCH /api/v1/people/:id": people.WritePeople, "GET /api/v1/teams": people.ReadPeople, "GET /api/v1/assignments": people.ReadAssignments, "GET /api/v1/completions": people.ReadCompletions,
	"GET /api/v1/course": "",
}

// withAToken is what a way in answers to who has let the system in with the scopes:
// what is Nia's is not there for others, and of the others' own nothing is sent here.
func withAToken(r row, who string, scopes []people.TokenScope) int {
	need := tokenNeeds[r.address]
	switch {
	case need != "" && !slices.Contains(scopes, need):
		return http.StatusForbidden
	case r.method() == http.MethodPost:
		return http.StatusBadRequest // without a key
	case r.method() == http.MethodPatch:
		return http.StatusPreconditionRequired
	case strings.HasSuffix(r.address, ":id") && who != "lowri":
		return http.StatusNotFound
	}
	return http.StatusOK
}

// T1-14, attack A1: every way in of other systems × who let the system in × which
// scopes their token has; and whoever is signed in in a browser, halfway too, has
// no way in at all.
func TestWhichSystemsComeInWhere(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	type token struct {
		who    string
		scopes []people.TokenScope
	}
	for _, k := range []token{{"lowri", []people.TokenScope{people.ReadPeople}}, {"lowri", []people.TokenScope{people.WritePeople}},
		{"lowri", []people.TokenScope{people.ReadCompletions}}, {"lowri", people.TokenScopes(people.Lead)}, {"dilwyn", people.TokenScopes(people.Lead)},
		{"gwen", []people.TokenScope{people.ReadCompletions}}, {"emrys", []people.TokenScope{people.ReadCompletions}}} {
		s := h.letIn(k.who, k.scopes...)
		for _, r := range systemAddresses() {
			path := strings.TrimPrefix(r.at(h, "en", h.did["nia"]), "/api/v1")
			body := ""
			if r.method() != http.MethodGet {
				body = "{}"
			}
			want := withAToken(r, k.who, k.scopes)
			got := s.ask(r.method(), path, body)
			if got.Status != want {
				t.Errorf("%s by a system of %s with %v: %d, want %d\n%s", r.address, k.who, k.scopes, got.Status, want, got.Body)
			}
			if r.method() == http.MethodGet {
				if head := s.ask(http.MethodHead, path, ""); head.Status != got.Status {
					t.Errorf("HEAD of %s: %d, GET answers %d", r.address, head.Status, got.Status)
				}
			}
			if board := folk[k.who].board; board == "board-a" && strings.Contains(got.Body, canary) || board == "board-b" && strings.Contains(got.Body, "Nia Rhydderch") {
				t.Errorf("%s by a system of %s tells of the other board:\n%s", r.address, k.who, got.Body)
			}
		}
	}
	for _, r := range systemAddresses() {
		path := r.at(h, "en", h.did["nia"])
		for _, who := range roles {
			for name, headers := range map[string][]string{"a session": nil, "a session as a token": {"Authorization", "Bearer " + h.session[who]},
				"a password": {"Authorization", "Basic bG93cmk6dGFpcg=="}, "two words": {"Authorization", "Bearer a b"}, "no word": {"Authorization", "Bearer "}} {
				got := h.as(who).send(r.method(), path, nil, append(headers, "Origin", "https://"+site, "Sec-Fetch-Site", "same-origin")...)
				if got.Status != r.want(who) {
					t.Errorf("%s by %q with %s: %d, want %d", r.address, who, name, got.Status, r.want(who))
				}
				for header := range got.Header {
					if strings.HasPrefix(header, "Access-Control-") || header == "Set-Cookie" {
						t.Errorf("%s: %s", r.address, header)
					}
				}
			}
		}
	}
}

// Attack A10: a token of another system opens no page, wherever it is put.
func TestATokenOpensNoPage(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	s := h.letIn("lowri", people.TokenScopes(people.Lead)...)
	for _, path := range []string{"/en/account", "/en/lead/people", "/cy/account/systems"} {
		h.visitor().get(path, "Authorization", "Bearer "+s.token).want(http.StatusSeeOther)
		h.visitor().get(path, "Cookie", "__Host-golau="+s.token).want(http.StatusSeeOther)
		h.visitor().get("/api/v1/people?access_token=" + s.token).want(http.StatusUnauthorized)
	}
}

// T1-14: what is another agency's answers like what does not exist, for looking and
// for changing, and lists hold none of it.
func TestASystemSeesNobodyElses(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	s, other := h.letIn("lowri", people.TokenScopes(people.Lead)...), h.letIn("gwen", people.ReadCompletions)
	other.get("/completions").want(http.StatusOK).has("Nia Rhydderch", "GL-") // of their own board
	beca, nobody := h.position("beca"), strings.Repeat("0", 26)
	clean := func(r *reply) string {
		return regexp.MustCompile(`"(request|instance)":"[^"]*"`).ReplaceAllString(r.Body, "")
	}
	for name, ask := range map[string]func(id string) *reply{
		"looking": func(id string) *reply { return s.get("/people/" + id) },
		"changing": func(id string) *reply {
			return s.ask(http.MethodPatch, "/people/"+id, `{"group":"A"}`, "If-Match", `"x"`)
		},
	} {
		a, b := ask(beca), ask(nobody)
		if a.want(http.StatusNotFound); clean(a) != clean(b) {
			t.Errorf("%s: %s\n%s", name, a.Body, b.Body)
		}
	}
	var team string
	h.write(func(tx store.Tx) error {
		m, err := people.MembershipsOf(tx.Rx, h.id["dilwyn"])
		if err != nil {
			return err
		}
		_, scope, err := (people.Viewer{Person: h.id["dilwyn"], Memberships: m}).LedAt("")
		if err != nil {
			return err
		}
		team, err = people.SaveTeamIn(tx, scope, people.Team{Name: i18n.Text{EN: canary, CY: canary}})
		return err
	})
	for _, path := range []string{"/people", "/people?left=true", "/people?team=" + team, "/teams", "/assignments", "/assignments?person=" + beca, "/completions", "/completions?since=2000-01-01"} {
		for _, who := range []*system{s, other} {
			if r := who.get(path); strings.Contains(r.Body, canary) || strings.Contains(r.Body, beca) {
				t.Errorf("%s: %s", path, r.Body)
			}
		}
	}
	number := h.position("nia")
	r := s.ask(http.MethodPatch, "/people/"+number, fmt.Sprintf(`{"team":%q}`, team), "If-Match", s.get("/people/"+number).want(http.StatusOK).Header.Get("ETag"))
	r.want(http.StatusUnprocessableEntity).has(`"field":"team"`)
	r = s.ask(http.MethodPatch, "/people/"+number, fmt.Sprintf(`{"manager":%q}`, beca), "If-Match", s.get("/people/"+number).Header.Get("ETag"))
	r.want(http.StatusUnprocessableEntity).has(`"field":"manager"`)
}

// A line manager is named by id, as one is answered, or by address; what was said by a
// name that nobody knows is told by that name, unless it is no name.
func TestASystemNamesAManagerEitherWay(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	s := h.letIn("lowri", people.ReadPeople, people.WritePeople)
	nia, huw := "/people/"+h.position("nia"), h.position("huw")
	change := func(body string) *reply {
		return s.ask(http.MethodPatch, nia, body, "If-Match", s.get(nia).want(http.StatusOK).Header.Get("ETag"))
	}
	for _, named := range []string{huw, folk["huw"].email, " " + strings.ToUpper(folk["huw"].email)} {
		change(`{"manager":null}`).want(http.StatusOK).has(`"manager":null`)
		change(fmt.Sprintf(`{"manager":%q}`, named)).want(http.StatusOK).has(fmt.Sprintf(`"manager":%q`, huw))
	}
	for _, named := range []string{folk["beca"].email, folk["nia"].email, "@", "nobody@school-a.example"} {
		change(fmt.Sprintf(`{"manager":%q}`, named)).want(http.StatusUnprocessableEntity).has(`"field":"manager"`)
	}
	change(`{"mangler":"x"}`).want(http.StatusUnprocessableEntity).has(`"field":"mangler"`)
	s.get("/people?stat=x").want(http.StatusUnprocessableEntity).has(`"field":"stat"`)
	for _, odd := range []string{"<b>", "a b", "\u202ex", strings.Repeat("x", 41), ""} {
		change(fmt.Sprintf(`{%q:"x"}`, odd)).want(http.StatusUnprocessableEntity).has(`"field":""`)
		s.get("/people?" + url.QueryEscape(odd) + "=x").want(http.StatusUnprocessableEntity).has(`"field":""`)
	}
}
