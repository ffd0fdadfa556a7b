package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// T1-14: a lead lists, opens, changes and takes out the people and teams of the own
// agency alone; another's answer like those that do not exist.
func TestALeadSeesNobodyElsesPeople(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri, dilwyn := h.as("lowri"), h.as("dilwyn")
	dilwyn.post("/en/lead/teams", url.Values{"name_en": {"Team canary-b"}}).leads("/en/lead/teams?done=team_added")
	foreign := regexp.MustCompile(`/lead/teams/([a-z0-9]{26})`).FindStringSubmatch(dilwyn.get("/en/lead/teams").Body)[1]
	nia := h.position("nia")
	before := h.count("people_positions WHERE left_at IS NOT NULL OR team_id IS NOT NULL")
	for _, path := range []string{"/en/lead/people", "/cy/lead/people", "/en/lead/people?q=canary", "/en/lead/people?team=" + foreign, "/en/lead/people?status=left",
		"/en/lead/people?at=school-a/board-a", "/en/lead/people/" + nia, "/en/lead/teams"} {
		r := lowri.get(path).want(http.StatusOK)
		if where := leaks(r); where != "" {
			t.Errorf("%s: %s holds what is board B's", path, where)
		}
	}
	for _, form := range []url.Values{nil, {"q": {"canary"}}, {"team": {foreign}}, {"at": {"school-a/board-a"}}} {
		r := lowri.post("/en/lead/people/export", form).want(http.StatusOK)
		if where := leaks(r); where != "" {
			t.Errorf("%v: the sheet holds what is board B's: %s", form, where)
		}
	}
	for _, at := range []string{"school-b/board-b", "school-a/board-b", "no/such"} {
		sameAnswer(t, at, lowri.get("/en/lead/people?at="+at).want(http.StatusNotFound), lowri.get("/en/lead/people?at=nobody/s"))
		sameAnswer(t, at, lowri.post("/en/lead/people/export", url.Values{"at": {at}}).want(http.StatusNotFound), lowri.post("/en/lead/people/export", url.Values{"at": {"nobody/s"}}))
		sameAnswer(t, at, lowri.post("/en/lead/teams", url.Values{"at": {at}, "name_en": {"Ours"}}).want(http.StatusNotFound),
			lowri.post("/en/lead/teams", url.Values{"at": {"nobody/s"}, "name_en": {"Ours"}}))
	}
	for path, form := range map[string]url.Values{"/lead/people/": nil, "/lead/people//left": {"left_on": {"2026-01-01"}}, "/lead/people//back": nil,
		"/lead/people/#": {"job_role": {"health"}}, "/lead/teams/": nil, "/lead/teams/#": {"name_en": {"Ours"}}, "/lead/teams//close": nil} {
		id := nia
		if strings.HasPrefix(path, "/lead/teams") {
			id = foreign
		}
		asker := map[bool]*browser{true: dilwyn, false: lowri}[id == nia]
		ask := func(id string) *reply {
			if path == "/lead/people/" || path == "/lead/teams/" {
				return asker.get("/en" + path + id)
			}
			at := strings.NewReplacer("#", id, "//", "/"+id+"/").Replace(path)
			return asker.post("/en"+at, form)
		}
		sameAnswer(t, path, ask(id).want(http.StatusNotFound), ask(nobodys.open))
	}
	if h.count("people_positions WHERE left_at IS NOT NULL OR team_id IS NOT NULL") != before || h.count("people_teams") != 1 {
		t.Error("something of another agency was changed")
	}
}

// Whoever has left goes on elsewhere: their former lead sees the name, and what was
// finished by then, and nothing that came later; one who was erased manages nobody.
func TestALeadHearsNoMoreOfALeaver(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri, id := h.as("lowri"), h.position("huw")
	lowri.post("/en/lead/people/"+id, url.Values{"job_role": {"health"}, "manager": {folk["nia"].email}}).leads("/en/lead/people/" + id + "?done=changed")
	today := h.clock.Now().In(i18n.London()).Format(time.DateOnly)
	lowri.post("/en/lead/people/"+id+"/left", url.Values{"left_on": {today}}).leads("/en/lead/people/" + id + "?done=left")
	then := lowri.get("/en/lead/people/" + id).want(http.StatusOK).Body
	h.clock.Advance(time.Hour)
	err := h.db.Write(t.Context(), store.Actor{Via: "test"}, func(_ context.Context, tx store.Tx) error {
		for _, sql := range []string{
			"UPDATE people_persons SET email = 'new-canary-b@school-b.example', email_key = 'new-canary-b@school-b.example' WHERE id = ?",
			"INSERT INTO course_module_completions (enrolment_id, module, attempt_id, edition, lang, at) SELECT e.id, 'my-plan', (SELECT max(id) FROM quiz_attempts), '', 'en', " +
				fmt.Sprint(tx.Now.UnixMicro()) + " FROM course_enrolments e WHERE e.person_id = ?",
			"INSERT INTO course_completions (enrolment_id, attempt_id, edition, lang, at) SELECT e.id, (SELECT max(id) FROM quiz_attempts WHERE id NOT IN (SELECT attempt_id FROM course_completions)), '', 'en', " +
				fmt.Sprint(tx.Now.UnixMicro()) + " FROM course_enrolments e WHERE e.person_id = ?",
		} {
			if err := tx.Exec(sql, h.id["huw"]).Error; err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	now := lowri.get("/en/lead/people/" + id).want(http.StatusOK)
	if strings.Contains(now.Body, "canary-b") || strings.Contains(now.Body, folk["huw"].email) || strings.Count(now.Body, i18n.Date(i18n.EN, h.clock.Now())) > strings.Count(then, i18n.Date(i18n.EN, h.clock.Now())) {
		t.Error("the page tells what came later")
	}
	for _, r := range []*reply{lowri.get("/en/lead/people?status=left"), lowri.get("/en/lead/people?status=left&q=canary"), lowri.post("/en/lead/people/export", url.Values{"status": {"left"}})} {
		body := r.want(http.StatusOK).Body
		if strings.Contains(body, "canary-b") || strings.Contains(body, h.words.T(i18n.EN, "status.in_date")+"</strong>") || strings.Contains(body, ","+h.words.T(i18n.EN, "status.in_date")+",") {
			t.Errorf("%s tells what came later", r.path)
		}
	}
	nia := h.position("nia")
	lowri.post("/en/lead/people/"+nia, url.Values{"job_role": {"health"}, "manager": {folk["lowri"].email}}).leads("/en/lead/people/" + nia + "?done=changed")
	err = h.db.Write(t.Context(), store.Actor{Via: "test"}, func(_ context.Context, tx store.Tx) error { return people.Erase(tx, h.id["nia"]) })
	if err != nil {
		t.Fatal(err)
	}
	lowri.get("/en/lead/people/" + id).want(http.StatusOK)
	lowri.get("/en/lead/people/" + nia).want(http.StatusNotFound)
}

// A lead's own people: found by name, ordered into teams, moved, gone and back; and
// never an answer or a mark.
func TestALeadKeepsTheirPeople(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri, id := h.as("lowri"), h.position("nia")
	list := lowri.get("/cy/lead/people").want(http.StatusOK).has(folk["nia"].name).has(h.words.T(i18n.CY, "status.in_date"))
	sound(t, "people", list)
	lowri.post("/en/lead/teams", url.Values{"name_en": {"Reception"}}).leads("/en/lead/teams?done=team_added")
	team := regexp.MustCompile(`/lead/teams/([a-z0-9]{26})`).FindStringSubmatch(lowri.get("/en/lead/teams").Body)[1]
	form := url.Values{"team": {team}, "job_role": {"health"}, "group": {"C"}, "works_since": {"2019-09-01"}, "staff_number": {"=cmd|1"}, "manager": {folk["lowri"].email}}
	lowri.post("/en/lead/people/"+id, form).leads("/en/lead/people/" + id + "?done=changed")
	for query, in := range map[string]bool{"team=" + team: true, "team=none": false, "group=C": true, "group=D": false, "job=health": true,
		"status=in_date": true, "status=expired": false, "status=left": false, "q=" + url.QueryEscape(folk["nia"].email[:5]): true, "q=nobody": false} {
		if strings.Contains(lowri.get("/en/lead/people?"+query).Body, folk["nia"].email) != in {
			t.Errorf("%s: found is %v", query, !in)
		}
	}
	for _, l := range i18n.Langs { // and the record says so in words, for whoever runs the site
		page := h.as("alun").get("/" + string(l) + "/admin/audit?verb=people.position_changed").want(http.StatusOK).has("Reception").has(folk["lowri"].name).
			has(h.words.T(l, "lead.group_named", "Group", "C"))
		if strings.Contains(page.Body, team) {
			t.Errorf("%s: the record shows an id for a team", l)
		}
	}
	form.Set("works_since", "yesterday")
	wrong := lowri.post("/cy/lead/people/"+id, form).want(http.StatusUnprocessableEntity).has(h.words.T(i18n.CY, "people.position.works_since")).has("yesterday")
	sound(t, "a wrong day", wrong)
	page := lowri.get("/en/lead/people/" + id).want(http.StatusOK).has("2019-09-01").has("Reception").has("Group C")
	page.lacks("Here again since")
	if strings.Contains(page.Body, "%") {
		t.Error("a lead sees a mark")
	}

	sheet := lowri.post("/cy/lead/people/export", url.Values{"team": {team}}).want(http.StatusOK)
	rows := strings.Split(strings.TrimSpace(sheet.Body), "\r\n")
	if len(rows) != 2 || !strings.Contains(rows[0], h.words.T(i18n.CY, "lead.sheet.until")) || !strings.Contains(rows[1], "'=cmd|1") {
		t.Errorf("the sheet: %q", rows)
	}
	if h.count("audit_events WHERE verb = 'people.list_exported'") != 1 {
		t.Error("nobody noted that the list was taken out")
	}

	today := h.clock.Now().In(i18n.London()).Format(time.DateOnly)
	lowri.post("/en/lead/people/"+id+"/left", url.Values{"left_on": {today}}).leads("/en/lead/people/" + id + "?done=left")
	lowri.get("/en/lead/people?status=left&q=" + url.QueryEscape(folk["nia"].email)).has(i18n.Date(i18n.EN, h.clock.Now()))
	if strings.Contains(lowri.get("/en/lead/people").Body, folk["nia"].email) {
		t.Error("who has left is still counted")
	}
	lowri.get("/en/lead/people?status=left").want(http.StatusOK).has(folk["nia"].name)
	h.as("nia").get("/en/certificates").want(http.StatusOK)
	lowri.post("/en/lead/people/"+id+"/back", nil).leads("/en/lead/people/" + id + "?done=back")
	lowri.get("/en/lead/people").want(http.StatusOK).has(folk["nia"].email)
	h.backAgain(lowri, id)
	lowri.post("/en/lead/teams/"+team+"/close", nil).leads("/en/lead/teams?done=team_closed")
	lowri.get("/en/lead/teams/" + team).want(http.StatusNotFound)
}

// backAgain looks at the page of somebody who left and is back, who is not said to have
// been here all along; as little when they have left again, nor beside another account.
func (h *house) backAgain(lead *browser, id string) {
	h.t.Helper()
	said := func(l i18n.Lang, path string, keys ...string) {
		h.t.Helper()
		page := lead.get("/" + string(l) + path).want(http.StatusOK)
		for _, key := range []string{"here_since", "first_here", "again_since", "came_back"} {
			if word := ">" + h.words.T(l, "lead.person."+key) + "<"; slices.Contains(keys, key) != strings.Contains(page.Body, word) {
				h.t.Errorf("%s %s: %s is not as it should be", l, path, word)
			}
		}
	}
	for _, l := range i18n.Langs {
		said(l, "/lead/people/"+h.position("huw"), "here_since")
		said(l, "/lead/people/"+id, "first_here", "again_since")
		said(l, "/lead/people/"+h.position("huw")+"/same/"+id, "first_here", "again_since")
	}
	today := h.clock.Now().In(i18n.London()).Format(time.DateOnly)
	lead.post("/en/lead/people/"+id+"/left", url.Values{"left_on": {today}}).leads("/en/lead/people/" + id + "?done=left")
	for _, l := range i18n.Langs {
		said(l, "/lead/people/"+id, "first_here", "came_back")
	}
	lead.post("/en/lead/people/"+id+"/back", nil).leads("/en/lead/people/" + id + "?done=back")
}
