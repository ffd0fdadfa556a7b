package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/store"
)

// F34: a line manager sees how far their own people have come, and nobody else's;
// whom these manage stands apart; no address, no page of anybody, no answer.
func TestALineManagerSeesTheirOwnPeople(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri, huw := h.as("lowri"), h.as("huw")
	if body := huw.get("/en/learn").Body; strings.Contains(body, `href="/en/manager"`) {
		t.Error("who manages nobody has the link")
	}
	manage := func(who, by string) {
		t.Helper()
		id := h.position(who)
		lowri.post("/en/lead/people/"+id, url.Values{"job_role": {"education"}, "manager": {by}}).leads("/en/lead/people/" + id + "?done=changed")
	}
	manage("nia", folk["huw"].email)
	for _, l := range i18n.Langs {
		page := huw.get("/" + string(l) + "/manager").want(http.StatusOK).has(folk["nia"].name).has(h.words.T(l, "status.in_date")).has(h.words.T(l, "manager.title"))
		sound(t, "my people", page)
		for _, not := range []string{folk["nia"].email, folk["lowri"].name, "CANARY", "/lead/people/", "%", h.words.T(l, "manager.below")} {
			if strings.Contains(page.Body, not) {
				t.Errorf("%s: a line manager sees %q", l, not)
			}
		}
		huw.get("/" + string(l) + "/learn").has(`href="/` + string(l) + `/manager"`)
	}
	huw.get("/en/manager?who=below").want(http.StatusOK).has(folk["nia"].name) // there is nobody below
	sameAnswer(t, "another agency", huw.get("/en/manager?at=school-b/board-b").want(http.StatusNotFound), huw.get("/en/manager?at=no/where"))
	for _, path := range []string{"/en/lead/people", "/en/lead/people/" + h.position("nia")} {
		huw.get(path).want(http.StatusForbidden)
	}
	for _, who := range []string{"nia", "gwen", "alun", "beca", "dilwyn"} {
		h.as(who).get("/en/manager").want(http.StatusForbidden)
	}
	manage("huw", folk["lowri"].email)
	lowri.get("/en/manager").want(http.StatusOK).has(folk["huw"].name).has(h.words.T(i18n.EN, "manager.below"))
	if body := lowri.get("/en/manager").Body; strings.Contains(body, folk["nia"].name) {
		t.Error("whom they manage does not stand apart")
	}
	below := lowri.get("/cy/manager?who=below").want(http.StatusOK).has(folk["nia"].name)
	sound(t, "their people", below)
	if strings.Contains(below.Body, folk["huw"].name) {
		t.Error("their own stands among those below")
	}
	today := h.clock.Now().In(i18n.London()).Format(time.DateOnly)
	lowri.post("/en/lead/people/"+h.position("nia")+"/left", url.Values{"left_on": {today}}).want(http.StatusSeeOther)
	huw.get("/en/manager").want(http.StatusForbidden)
	if strings.Contains(huw.get("/en/learn").Body, `href="/en/manager"`) {
		t.Error("the link outlives the last of them")
	}
}

// F34: a line manager has one of their own people reminded, by the rules that bind a
// lead: nobody who has nothing to do, nobody twice in seven days whoever asks, nobody
// else's people, nor those whom their own manage.
func TestALineManagerReminds(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri := h.as("lowri")
	for who, by := range map[string]string{"huw": "lowri", "gwen": "huw"} {
		h.write(func(tx store.Tx) error {
			return tx.Exec("UPDATE people_positions SET manager_id = ? WHERE person_id = ?", h.position(by), h.id[who]).Error
		})
	}
	huw, at := h.position("huw"), "/en/manager/"+h.position("huw")+"/nudge"
	lowri.get("/en/manager").want(http.StatusOK).has(folk["huw"].name).lacks(`action="` + at)
	lowri.post(at, nil).want(http.StatusConflict).has(h.words.T(i18n.EN, "course.nudge.nothing"))
	asks(lowri, ruleForm("days", "9"))
	h.settle()
	lowri.get("/en/manager").want(http.StatusOK).has(`action="` + at + `"`)
	lowri.get("/en/manager?who=below").lacks(`/nudge"`)
	for _, who := range []string{"dilwyn", "gwen", "nia", "alun"} {
		if got := h.as(who).post(at, nil); got.Status != http.StatusForbidden && got.Status != http.StatusNotFound {
			t.Errorf("%s has somebody else's reminded: %d", who, got.Status)
		}
	}
	for _, who := range []string{"gwen", "beca", "lowri"} {
		lowri.post("/en/manager/"+h.position(who)+"/nudge", nil).want(http.StatusNotFound)
	}
	lowri.post(at, url.Values{"page": {""}}).leads("/en/manager?at=school-a%2Fboard-a&done=nudged")
	for _, l := range i18n.Langs {
		page := lowri.get("/" + string(l) + "/manager?done=nudged").want(http.StatusOK).lacks("/nudge\"").has(h.words.T(l, "lead.done.nudged"))
		sound(t, "reminded", page)
		h.as("alun").get("/" + string(l) + "/admin/audit?verb=course.nudged_by_manager").want(http.StatusOK).has(h.words.T(l, "admin.audit.verb.course.nudged_by_manager"))
	}
	sound(t, "twice", lowri.post(strings.Replace(at, "/en/", "/cy/", 1), nil).want(http.StatusConflict).has(h.words.T(i18n.CY, "course.nudge.lately")))
	lowri.post("/en/lead/people/"+huw+"/nudge", nil).want(http.StatusConflict) // nor as a lead
	if n := h.count("course_letters WHERE kind = 'nudge' AND position_id = ?", huw); n != 1 {
		t.Errorf("%d reminders", n)
	}
	if n := h.count("audit_events WHERE verb = 'course.nudged_by_manager'"); n != 1 {
		t.Errorf("%d lines of the record", n)
	}
}

// Whoever is suspended by their agency keeps account and certificates, and takes no
// course through it; the list says so, and the line manager's page.
func TestSuspendedByTheAgency(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	h.manage()
	lowri, nia, id := h.as("lowri"), h.as("nia"), h.position("nia")
	open := "/en/attempts/" + h.did["nia"].open + "/questions/1"
	nia.get(open).want(http.StatusOK)
	nia.get("/en/search?q=guardian").want(http.StatusOK).has("/en/learn/child-trafficking/")
	sound(t, "no reason", lowri.post("/cy/lead/people/"+id+"/suspend", url.Values{"reason": {""}}).want(http.StatusUnprocessableEntity).has(h.words.T(i18n.CY, "people.reason.required")))
	lowri.post("/en/lead/people/"+id+"/suspend", url.Values{"reason": {"An inquiry <b>"}}).leads("/en/lead/people/" + id + "?done=suspended")
	for _, path := range []string{"/en/learn", "/en/learn/child-trafficking", "/en/learn/child-trafficking/what-it-is", open} {
		nia.get(path).want(http.StatusForbidden).has(h.words.T(i18n.EN, "web.suspended_here"))
	}
	nia.post(open, url.Values{"version": {"1"}}).want(http.StatusForbidden)
	for _, path := range []string{"/en/account", "/en/certificates", "/en/certificates/" + h.did["nia"].certificate, "/en/attempts/" + h.did["nia"].final + "/result", "/en/cards"} {
		nia.get(path).want(http.StatusOK)
	}
	nia.post("/en/account/data", nil).want(http.StatusOK)
	if strings.Contains(nia.get("/en/search?q=guardian").want(http.StatusOK).Body, "/en/learn/child-trafficking/") {
		t.Error("a search leads to lessons that are shut")
	}
	lowri.get("/en/lead/people").has(folk["nia"].name).has(h.words.T(i18n.EN, "lead.people.suspended"))
	lowri.get("/en/manager").has(h.words.T(i18n.EN, "lead.people.suspended"))
	if body := lowri.get("/en/manager").Body; strings.Contains(body, "inquiry") {
		t.Error("a line manager reads the reason")
	}
	sound(t, "suspended", lowri.get("/cy/lead/people/"+id).want(http.StatusOK).has("An inquiry &lt;b&gt;"))
	for _, l := range i18n.Langs {
		h.as("alun").get("/" + string(l) + "/admin/audit?verb=people.suspended_here").want(http.StatusOK).has(folk["lowri"].name).has("An inquiry")
	}
	lowri.post("/en/lead/people/"+id+"/reinstate", url.Values{"reason": {"It is over"}}).leads("/en/lead/people/" + id + "?done=reinstated")
	nia.get(open).want(http.StatusOK)
	lowri.post("/en/lead/people/"+h.position("lowri")+"/suspend", url.Values{"reason": {"Oneself"}}).want(http.StatusConflict)
}

// From the list: whoever is ticked moves, with their number on the button, unless
// somebody moved meanwhile.
func TestALeadMovesPeopleTogether(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri := h.as("lowri")
	lowri.post("/en/lead/teams", url.Values{"name_en": {"Reception"}}).leads("/en/lead/teams?done=team_added")
	team := regexp.MustCompile(`/lead/teams/([a-z0-9]{26})`).FindStringSubmatch(lowri.get("/en/lead/teams").Body)[1]
	lowri.post("/en/lead/people/move", nil).want(http.StatusUnprocessableEntity).has(h.words.T(i18n.EN, "people.move.nobody"))
	who := url.Values{"who": {h.position("nia"), h.position("huw"), h.position("beca")}}
	page := lowri.post("/cy/lead/people/move", who).want(http.StatusOK).has(folk["nia"].name).has(folk["huw"].name).has(h.words.T(i18n.CY, "lead.move.button", "Count", 2))
	sound(t, "moving", page)
	if leaks(page) != "" {
		t.Error("somebody of another agency is to be moved")
	}
	form := url.Values{"who": who["who"], "look": {regexp.MustCompile(`name="look" value="([0-9a-f]+)"`).FindStringSubmatch(page.Body)[1]}}
	sound(t, "moving nowhere", lowri.post("/en/lead/people/move", form).want(http.StatusUnprocessableEntity).has(h.words.T(i18n.EN, "people.move.nothing")))
	form.Set("to_team", team)
	lowri.post("/en/lead/people/"+h.position("huw"), url.Values{"job_role": {"border"}}).want(http.StatusSeeOther)
	again := lowri.post("/en/lead/people/move", form).want(http.StatusConflict).has(h.words.T(i18n.EN, "people.move.changed"))
	if h.count("people_positions WHERE team_id = ?", team) != 0 {
		t.Error("somebody was moved who was not looked at")
	}
	form.Set("look", regexp.MustCompile(`name="look" value="([0-9a-f]+)"`).FindStringSubmatch(again.Body)[1])
	lowri.post("/en/lead/people/move", form).leads("/en/lead/people?done=moved")
	if h.count("people_positions WHERE team_id = ?", team) != 2 {
		t.Error("not moved")
	}
	all := lowri.post("/en/lead/people/move", url.Values{"all": {"1"}, "team": {team}}).want(http.StatusOK).has(h.words.T(i18n.EN, "lead.move.button", "Count", 2))
	if strings.Contains(all.Body, folk["lowri"].name) {
		t.Error("more than the list shows")
	}
	for _, l := range i18n.Langs {
		h.as("alun").get("/" + string(l) + "/admin/audit?verb=people.moved_together").want(http.StatusOK).has(h.words.T(l, "admin.audit.verb.people.moved_together"))
	}
}

// An invitation from the list says where somebody will stand, and once they come it
// is so; the form says what is wrong with it in the reader's language.
func TestALeadInvitesIntoATeam(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri := h.as("lowri")
	lowri.post("/en/lead/teams", url.Values{"name_en": {"Reception"}}).leads("/en/lead/teams?done=team_added")
	team := regexp.MustCompile(`/lead/teams/([a-z0-9]{26})`).FindStringSubmatch(lowri.get("/en/lead/teams").Body)[1]
	sound(t, "inviting", lowri.get("/cy/lead/invitations/new").want(http.StatusOK).has("Reception"))
	form := url.Values{"email": {"into@school-a.example"}, "name": {"Into Reception"}, "place": {"school-a/board-a"}, "role": {"learner"}, "job_role": {"health"}, "language": {"en"},
		"team": {team}, "group": {"C"}, "works_since": {"tomorrow"}}
	sound(t, "wrong", lowri.post("/cy/lead/invitations/new", form).want(http.StatusUnprocessableEntity).has(h.words.T(i18n.CY, "people.position.works_since")).has("tomorrow"))
	form.Set("works_since", "1/9/2019")
	lowri.post("/en/lead/invitations/new", form).leads("/en/lead/invitations?done=sent&n=1")
	list := url.Values{"list": {"two@school-a.example;Two;;;learner;health;en\nthree@school-a.example;Three;;;learner;health;cy"}, "go": {"send"}, "team": {team}}
	lowri.post("/en/lead/invitations/many", list).leads("/en/lead/invitations?done=sent&n=2")
	if h.count("people_invitations WHERE team_id = ?", team) != 3 || h.count("people_invitations WHERE training_group = 'C' AND works_since = '2019-09-01'") != 1 {
		t.Error("an invitation does not say where they will stand")
	}
	list.Set("team", "nothing")
	lowri.post("/en/lead/invitations/many", list).want(http.StatusUnprocessableEntity).has(h.words.T(i18n.EN, "people.team.unknown"))
	for _, l := range i18n.Langs {
		h.as("alun").get("/" + string(l) + "/admin/audit?verb=people.invited").want(http.StatusOK).has("Reception")
	}
}

// Where a page of a lead has no form that is typed into, its language is a link:
// of whoever has left, and of what a lead leads themselves.
func TestAPageWithoutItsFormSwitchesByALink(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri, id := h.as("lowri"), h.position("huw")
	today := h.clock.Now().In(i18n.London()).Format(time.DateOnly)
	lowri.post("/en/lead/people/"+id+"/left", url.Values{"left_on": {today}}).want(http.StatusSeeOther)
	for _, path := range []string{"/en/lead/people/" + id, "/en/lead/leads/" + h.leading("lowri")} {
		if strings.Contains(lowri.get(path).want(http.StatusOK).Body, `name="switch"`) {
			t.Errorf("%s: a button of a form that is not there", path)
		}
	}
}
