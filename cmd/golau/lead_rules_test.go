package main

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
)

// ruleForm asks everybody for the whole course.
func ruleForm(change ...string) url.Values {
	f := url.Values{"basis": {"after_start"}, "days": {"28"}, "every_months": {"36"}, "grace_days": {"0"}}
	for i := 0; i < len(change); i += 2 {
		f.Set(change[i], change[i+1])
	}
	return f
}

// asks puts a rule into force as a lead does, by the form and the page that shows
// whom it concerns, and returns its id.
func asks(b *browser, f url.Values) (id string) {
	b.t.Helper()
	plan := b.get("/en/lead/rules/plan?" + f.Encode()).want(http.StatusOK)
	f.Set("shown", attr(find(plan.doc(), with("name", "shown")), "value"))
	r := b.post("/en/lead/rules", f).want(http.StatusSeeOther)
	m := regexp.MustCompile(`^/en/lead/rules/([a-z0-9]{26})\?done=rule_added$`).FindStringSubmatch(r.Header.Get("Location"))
	if m == nil {
		b.t.Fatalf("led to %s", r.Header.Get("Location"))
	}
	return m[1]
}

// A lead asks something, sees whom it concerns before it does, whom it concerns
// after, and takes it back; the learner sees by when, and never who else.
func TestALeadAsksSomething(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri, huw := h.as("lowri"), h.as("huw")
	day := func(n int) string { return i18n.Date(i18n.EN, h.clock.Now().AddDate(0, 0, n)) }
	sound(t, "rules", lowri.get("/cy/lead/rules").want(http.StatusOK))
	sound(t, "rule form", lowri.get("/en/lead/rules/new").want(http.StatusOK).has(`value="28"`))
	plan := lowri.get("/en/lead/rules/plan?" + ruleForm().Encode()).want(http.StatusOK).has(folk["huw"].name).has(folk["nia"].name).has(day(28))
	sound(t, "plan", plan)
	if n := h.count("course_rules"); n != 0 {
		t.Fatalf("looking made %d rules", n)
	}
	id := asks(lowri, ruleForm())
	rule := lowri.get("/cy/lead/rules/" + id).want(http.StatusOK)
	sound(t, "rule", rule)
	huw.get("/en/learn").want(http.StatusOK).has(day(28)).lacks(folk["nia"].name)
	huw.get("/cy/learn/child-trafficking").want(http.StatusOK).has(i18n.Date(i18n.CY, h.clock.Now().AddDate(0, 0, 28)))
	lowri.get("/en/lead/people?rule=" + id).want(http.StatusOK).has(folk["huw"].name).has("By " + day(28))
	lowri.get("/en/lead/people/" + h.position("huw")).want(http.StatusOK).has("/lead/rules/" + id)
	h.clock.Advance(29 * 24 * time.Hour)
	lowri, huw = h.visitor().signIn("lowri"), h.visitor().signIn("huw")
	lowri.get("/en/lead/people?status=overdue").want(http.StatusOK).has(folk["huw"].name)
	huw.get("/en/learn").has(h.words.T(i18n.EN, "status.overdue"))
	lowri.post("/en/lead/rules/"+id, url.Values{"state": {"paused"}}).want(http.StatusUnprocessableEntity).has(`id="reason-error"`)
	lowri.post("/en/lead/rules/"+id, url.Values{"state": {"paused"}, "reason": {"Ward closed"}}).leads("/en/lead/rules/" + id + "?done=rule_paused")
	lowri.get("/en/lead/people?status=overdue").lacks(folk["huw"].name)
	huw.get("/en/learn").lacks(h.words.T(i18n.EN, "learn.asked.title"))
	lowri.post("/en/lead/rules/"+id, url.Values{"state": {"ended"}, "reason": {"Twice the same"}}).leads("/en/lead/rules/" + id + "?done=rule_ended")
	lowri.get("/en/lead/rules/" + id).has("Ward closed").has("Twice the same").lacks(`name="state"`)
	lowri.post("/en/lead/rules/"+id, url.Values{"state": {"active"}, "reason": {"Back"}}).want(http.StatusConflict)
}

// What was shown must still be so when it is asked; and what is wrong with a rule
// stands at its field, with all that was typed.
func TestARuleSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lowri := h.as("lowri")
	f := ruleForm("shown", "1")
	lowri.post("/en/lead/rules", f).want(http.StatusConflict).has("Look again")
	lowri.post("/cy/lead/rules", f).want(http.StatusConflict)
	for field, bad := range map[string]url.Values{
		"days":         ruleForm("days", "soon"),
		"on_day":       ruleForm("basis", "on_day", "on_day", "31/2/2027"),
		"window_from":  ruleForm("basis", "in_window", "window_to", "10-31"),
		"every_months": ruleForm("basis", "in_window", "window_from", "09-01", "window_to", "10-31", "every_months", "6"),
		"grace_days":   ruleForm("grace_days", "-3"),
		"basis":        ruleForm("basis", "someday"),
		"since_from":   ruleForm("since_from", "yesterday"),
		"parts":        ruleForm("parts", "no-such"),
	} {
		for _, r := range []*reply{lowri.get("/en/lead/rules/plan?" + bad.Encode()), lowri.post("/cy/lead/rules", bad)} {
			r.want(http.StatusUnprocessableEntity).has(fmt.Sprintf(`id="%s-error"`, field))
		}
	}
	lowri.get("/en/lead/rules/plan?" + ruleForm("basis", "on_day", "on_day", "31/2/2027").Encode()).has("31/2/2027")
	if n := h.count("course_rules"); n != 0 {
		t.Errorf("%d rules were made", n)
	}
}

// Another agency's rules are not there, its people cannot be chosen, and its teams
// name nobody.
func TestALeadAsksTheirOwnPeopleAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	dilwyn, lowri := h.as("dilwyn"), h.as("lowri")
	id := asks(dilwyn, ruleForm())
	for _, r := range []*reply{lowri.get("/en/lead/rules/" + id), lowri.post("/en/lead/rules/"+id, url.Values{"state": {"ended"}, "reason": {"x"}}),
		lowri.get("/en/lead/rules?at=school-b/board-b"), lowri.get("/en/lead/rules/plan?at=school-b/board-b&" + ruleForm().Encode()), lowri.post("/en/lead/rules", ruleForm("replaces", id, "shown", fmt.Sprint(h.shown(lowri)))),
		lowri.post("/en/lead/rules", ruleForm("at", "school-b/board-b", "shown", "1"))} {
		r.want(http.StatusNotFound)
	}
	theirs := h.position("beca")
	lowri.get("/en/lead/rules/new?people=" + theirs).want(http.StatusOK).lacks(folk["beca"].name)
	lowri.get("/en/lead/rules/plan?" + ruleForm("people", theirs).Encode()).want(http.StatusUnprocessableEntity).lacks(folk["beca"].name)
	lowri.get("/en/lead/people?rule=" + id).want(http.StatusOK).lacks(folk["beca"].name)
	if n := h.count("course_rules"); n != 1 {
		t.Errorf("%d rules are there", n)
	}
}

// shown is how many people a lead's rule for everybody would concern.
func (h *house) shown(lead *browser) int {
	plan := lead.get("/en/lead/rules/plan?" + ruleForm().Encode()).want(http.StatusOK)
	var n int
	fmt.Sscan(attr(find(plan.doc(), with("name", "shown")), "value"), &n)
	return n
}

// What runs out can be taken again, once; what was done before stays.
func TestTheCourseIsTakenAgain(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	nia := h.as("nia")
	nia.post("/en/learn/child-trafficking/again", nil).want(http.StatusConflict)
	button := h.words.T(i18n.EN, "learn.asked.again_button")
	nia.get("/en/learn").want(http.StatusOK).lacks(button)
	h.clock.Advance((3*365 - 60) * 24 * time.Hour)
	nia = h.visitor().signIn("nia")
	nia.get("/en/learn").want(http.StatusOK).has(button)
	done := h.count("course_completions")
	nia.post("/cy/learn/child-trafficking/again", nil).leads("/cy/learn/child-trafficking")
	nia.get("/cy/learn/child-trafficking").want(http.StatusOK).has("0")
	nia.post("/en/learn/child-trafficking/again", nil).want(http.StatusConflict)
	if h.count("course_completions") != done || h.count("course_enrolments WHERE cycle = 2") != 1 {
		t.Error("something was lost, or begun twice")
	}
	certificates := nia.get("/en/certificates").want(http.StatusOK)
	if !strings.Contains(certificates.Body, "/certificates/") {
		t.Error("the certificate is gone")
	}
}

// A team of which something is asked is not closed: that would end with it, unseen.
func TestATeamOfWhichSomethingIsAskedStays(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri := h.as("lowri")
	lowri.post("/en/lead/teams", url.Values{"name_en": {"Nights"}}).want(http.StatusSeeOther)
	var team string
	if err := h.db.Read(t.Context()).Raw("SELECT id FROM people_teams WHERE name_en = 'Nights'").Scan(&team).Error; err != nil {
		t.Fatal(err)
	}
	id := asks(lowri, ruleForm("team", team))
	for _, l := range i18n.Langs {
		sound(t, "a team of which something is asked", lowri.post("/"+string(l)+"/lead/teams/"+team+"/close", nil).want(http.StatusConflict).has(h.words.T(l, "people.team.asked", "Count", 1)))
	}
	lowri.post("/en/lead/rules/"+id, url.Values{"state": {"ended"}, "reason": {"Nobody works at night"}}).want(http.StatusSeeOther)
	lowri.post("/en/lead/teams/"+team+"/close", nil).leads("/en/lead/teams?done=team_closed")
}

// A form that is sent twice makes one rule.
func TestARuleSentTwiceIsOne(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri, f := h.as("lowri"), ruleForm("parts", "signs")
	plan := lowri.get("/en/lead/rules/plan?" + f.Encode()).want(http.StatusOK)
	f.Set("shown", attr(find(plan.doc(), with("name", "shown")), "value"))
	lowri.post("/en/lead/rules", f).want(http.StatusSeeOther)
	lowri.post("/en/lead/rules", f).want(http.StatusConflict).has(h.words.T(i18n.EN, "course.rule.same"))
	if n := h.count("course_rules"); n != 1 {
		t.Errorf("%d rules", n)
	}
	asks(lowri, ruleForm("parts", "signs", "days", "29"))
}

// Several people are ticked in the list and asked for something by name; with nobody
// ticked the page says so, and asks nothing of everybody.
func TestSomethingIsAskedOfWhoIsTicked(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri, huw, nia := h.as("lowri"), h.position("huw"), h.position("nia")
	lowri.get("/en/lead/people").want(http.StatusOK).has(h.words.T(i18n.EN, "lead.people.ask"))
	r := lowri.post("/en/lead/people/move", url.Values{"who": {huw, nia}, "ask": {"1"}, "team": {"none"}, "status": {"not_started"}}).want(http.StatusSeeOther)
	form := lowri.get(r.Header.Get("Location")).want(http.StatusOK).has(folk["huw"].name).has(folk["nia"].name)
	sound(t, "what is asked of who is ticked", form)
	f := ruleForm()
	f["people"] = []string{huw, nia}
	id := asks(lowri, f)
	if n := h.count("course_rule_people WHERE rule_id = ?", id); n != 2 {
		t.Errorf("asked of %d", n)
	}
	sound(t, "nobody ticked", lowri.post("/en/lead/people/move", url.Values{"ask": {"1"}, "job": {"health"}}).want(http.StatusUnprocessableEntity).
		has(h.words.T(i18n.EN, "people.move.nobody")).has("<h1 class=\"govuk-heading-xl\">"+h.words.T(i18n.EN, "lead.people.ask")).has(`href="/en/lead/people?job=health"`))
}

// Whoever chose people who are not there any more is led back to choose: no rule for
// everybody follows from it.
func TestNobodyChosenIsNotEverybody(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lowri := h.as("lowri")
	for _, l := range i18n.Langs {
		page := lowri.get("/"+string(l)+"/lead/rules/plan?"+ruleForm("people", nobodys.open).Encode()).want(http.StatusUnprocessableEntity).
			has(h.words.T(l, "course.rule.people"), h.words.T(l, "lead.rule.nobody_left")).lacks(h.words.T(l, "lead.rule.to_plan")+"<", h.words.T(l, "lead.people.any_team"))
		sound(t, "nobody is left", page)
	}
}

// Whoever changes the language on a form that asks reads the same form, as it was
// filled in, and nothing is sent.
func TestALanguageSwitchSendsNoQuestion(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lowri := h.as("lowri")
	form := lowri.get("/en/lead/rules/new").want(http.StatusOK).has(`formaction="/cy/lead/rules/new"`)
	sound(t, "the form", form)
	f := ruleForm("days", "41")
	f.Set("switch", "cy")
	lowri.get("/cy/lead/rules/new?"+f.Encode()).want(http.StatusOK).has(`value="41"`, h.words.T(i18n.CY, "lead.rule.new")).lacks("error-summary")
	asks(lowri, ruleForm())
	lowri.get("/en/lead/more-time").want(http.StatusOK).has(`formaction="/cy/lead/more-time"`)
	lowri.get("/cy/lead/more-time?rule=&until=&switch=cy").want(http.StatusOK).lacks("error-summary")
	lowri.get("/cy/lead/more-time?rule=&until=").want(http.StatusUnprocessableEntity).has("error-summary")
}

// Whoever reads the list of rules sees how long after its day nobody is overdue yet.
func TestGraceIsSaidInTheList(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lowri := h.as("lowri")
	asks(lowri, ruleForm("grace_days", "12"))
	for _, l := range i18n.Langs {
		lowri.get("/" + string(l) + "/lead/rules").want(http.StatusOK).has(h.words.T(l, "lead.rule.grace", "Count", 12))
	}
}

// Of a rule that gives nobody any days more than its day, nothing is said of them.
func TestNoDaysAreNotSaid(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lowri := h.as("lowri")
	for _, f := range []url.Values{ruleForm("basis", "on_day", "on_day", "2027-03-31"), ruleForm("basis", "in_window", "window_from", "09-01", "window_to", "10-31")} {
		for _, l := range i18n.Langs {
			said := map[i18n.Lang]string{i18n.EN: "nobody has", i18n.CY: "nid oes gan neb lai"}[l]
			lowri.get("/" + string(l) + "/lead/rules/plan?" + f.Encode()).want(http.StatusOK).has(said)
			f.Set("days", "0")
			lowri.get("/" + string(l) + "/lead/rules/plan?" + f.Encode()).want(http.StatusOK).lacks(said)
			f.Set("days", "28")
		}
	}
}
