package main

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// beyond stands in the name of everybody and of every team outside the part.
const beyond = "BEYOND"

// parted is Lowri's agency in parts: she leads North and Pier, which lies within it.
type parted struct {
	*house
	north, pier, south  string // teams
	inna, zed, yan, xan string // positions: in Pier; in South, in no team, and one who left South
	joiner, invitation  string // who waits, who is invited to South
	rule, exemption     string // what is asked of South, and what Zed was let off
}

// inParts makes the parts, and sets Lowri's by the page of the administrator.
func inParts(t *testing.T) *parted {
	t.Helper()
	h := &parted{house: livedIn(t)}
	lowri := people.Viewer{Person: h.id["lowri"], Memberships: []people.Membership{{Role: people.Lead, Leads: people.Whole}}}
	h.write(func(tx store.Tx) error {
		org, err := people.OrganisationByKey(tx.Rx, "school-a")
		if err != nil {
			return err
		}
		board, err := people.BoardByKey(tx.Rx, "board-a")
		if err != nil {
			return err
		}
		lowri.Memberships[0].Organisation, lowri.Memberships[0].Board = org, board
		_, s, err := lowri.LedAt("")
		team := func(name, parent string) (id string) {
			if err == nil {
				id, err = people.SaveTeamIn(tx, s, people.Team{Name: i18n.Text{EN: name}, Parent: parent})
			}
			return id
		}
		h.north, h.south = team("North", ""), team("South "+beyond, "")
		h.pier = team("Pier", h.north)
		add := func(name, email, team string, unconfirmed bool) (position string) {
			if err != nil {
				return ""
			}
			var person string
			if person, err = people.AddPerson(tx, people.NewPerson{Name: name, Email: email, Language: i18n.EN}); err != nil {
				return ""
			}
			position, err = people.AddMembership(tx, people.NewMembership{PersonID: person, OrganisationID: org.ID, BoardID: board.ID, Role: people.Learner, JobRole: people.Health, Unconfirmed: unconfirmed})
			if err == nil && !unconfirmed {
				err = people.SetPositionIn(tx, s, position, people.PositionForm{JobRole: people.Health, Team: team, StaffNumber: "77 " + email})
			}
			return position
		}
		h.inna = add("Inna Pier", "inna@in.example", h.pier, false)
		h.zed = add("Zed "+beyond, "zed@out.example", h.south, false)
		h.yan = add("Yan "+beyond, "yan@out.example", "", false)
		h.xan = add("Xan "+beyond, "xan@out.example", h.south, false)
		h.joiner = add("Wyn "+beyond, "wyn@out.example", "", true)
		if err != nil {
			return err
		}
		err = people.SetPositionIn(tx, s, h.inna, people.PositionForm{JobRole: people.Health, Team: h.pier, Manager: "zed@out.example"})
		if err == nil {
			err = people.SetPositionIn(tx, s, h.position("huw"), people.PositionForm{JobRole: people.Health, Team: h.south})
		}
		if err == nil {
			err = people.SetPositionIn(tx, s, h.position("nia"), people.PositionForm{JobRole: people.Health, Team: h.north})
		}
		return err
	})
	if err := h.people.RecordLeaver(t.Context(), lowri, must(lowri.OrganisationScope("")), h.xan, "2026-01-01"); err != nil {
		t.Fatal(err)
	}
	_, err := h.people.Invite(t.Context(), lowri, []people.NewInvitation{{Email: "vic@out.example", Name: "Vic " + beyond, JobRole: people.Health, Language: i18n.EN, Stand: people.Stand{Team: h.south}}}, "")
	if err != nil {
		t.Fatal(err)
	}
	h.invitation = h.invitationID("vic@out.example")
	asks(h.as("lowri"), ruleForm("days", "8")) // tomorrow everybody is reminded
	h.settle()
	for _, id := range []string{h.zed, h.yan, h.position("huw")} {
		h.as("lowri").post("/en/lead/people/"+id+"/nudge", nil).want(http.StatusSeeOther)
	}
	h.rule = asks(h.as("lowri"), ruleForm("days", "40", "team", h.south))
	h.as("lowri").post("/en/lead/people/"+h.zed+"/exempt", url.Values{"rule": {h.rule}, "until": {"2026-12-01"}, "reason": {"Away: " + beyond}}).want(http.StatusSeeOther)
	if err := h.db.Read(t.Context()).Raw("SELECT id FROM course_exemptions").Scan(&h.exemption).Error; err != nil || h.exemption == "" {
		t.Fatal(err)
	}
	h.remind()
	h.write(func(tx store.Tx) error { // of those beyond, nobody's e-mail arrived
		err := tx.Exec("UPDATE course_letters SET outcome = '', said_at = NULL WHERE position_id IN (?, ?, ?)", h.zed, h.yan, h.position("huw")).Error
		if err != nil {
			return err
		}
		return tx.Exec("UPDATE outbox_jobs SET done_at = NULL, failed_at = ? WHERE key IN (SELECT id FROM course_letters WHERE outcome = '')", tx.Now).Error
	})
	h.as("alun").post("/en/admin/leads/"+h.leading("lowri"), url.Values{"part": {"teams"}, "teams": {h.north}}).leads("/en/admin/people/" + h.id["lowri"] + "?done=part_set")
	return h
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// untouched is all that a lead of a part must not change.
func (h *parted) untouched() string {
	var lines []string
	for _, q := range []string{
		"SELECT group_concat(id || coalesce(team_id, '-') || job_role || coalesce(left_at, '') || coalesce(suspended_at, '') || coalesce(manager_id, '')) FROM (SELECT * FROM people_positions WHERE id IN ('" +
			strings.Join([]string{h.zed, h.yan, h.xan, h.position("huw")}, "','") + "') ORDER BY id)",
		"SELECT group_concat(id || name_en || coalesce(parent_id, '') || coalesce(closed_at, '')) FROM people_teams WHERE id = '" + h.south + "'",
		"SELECT sends || coalesce(withdrawn_at, '') FROM people_invitations WHERE id = '" + h.invitation + "'",
		"SELECT unconfirmed || coalesce(ended_at, '') FROM people_memberships WHERE id = '" + h.joiner + "'",
		"SELECT leads_part || (SELECT group_concat(team_id) FROM people_led_teams) FROM people_memberships WHERE id = '" + h.leading("lowri") + "'",
		"SELECT group_concat(id || (SELECT group_concat(state) FROM course_rule_states WHERE rule_id = course_rules.id)) FROM course_rules WHERE id = '" + h.rule + "'",
		"SELECT id || reason || (SELECT count(*) FROM course_exemption_answers) FROM course_exemptions WHERE position_id = '" + h.zed + "'",
		"SELECT group_concat(id || outcome) FROM (SELECT id, outcome FROM course_letters WHERE position_id IN ('" + strings.Join([]string{h.zed, h.yan, h.position("huw")}, "','") + "') ORDER BY id)",
		"SELECT coalesce(group_concat(email_key), '') FROM (SELECT email_key FROM people_invitations WHERE team_id IS NULL AND invited_by = '" + h.id["lowri"] + "' ORDER BY 1)",
	} {
		var said string
		if err := h.db.Read(h.t.Context()).Raw(q).Scan(&said).Error; err != nil {
			h.t.Fatal(err)
		}
		lines = append(lines, said)
	}
	return strings.Join(lines, "\n")
}

// asked are the questions and forms of a lead's pages that name what lies beyond.
func (h *parted) asked() []url.Values {
	first := base64.RawURLEncoding.EncodeToString(nil)
	last := base64.RawURLEncoding.EncodeToString([]byte(strings.Repeat("\xff", 40)))
	forms := []url.Values{{}, {"q": {"beyond"}}, {"q": {"out.example"}}, {"q": {"77"}}, {"team": {h.south}}, {"team": {"none"}}, {"status": {"left"}}, {"status": {"not_started"}}, {"job": {"health"}},
		{"page": {"a." + first + "." + h.zed}}, {"page": {"b." + last + "." + h.zed}}, {"page": {"1"}}, {"at": {"school-a/board-a"}}, {"team": {h.south}, "page": {"a." + first + ".0"}},
		{"all": {"1"}}, {"all": {"1"}, "team": {h.south}}, {"all": {"1"}, "team": {"none"}}, {"who": {h.zed, h.yan, h.xan, h.joiner, h.position("huw")}},
		{"who": {h.inna, h.zed}, "look": {"x"}, "to_team": {h.north}}, {"who": {h.inna}, "to_team": {h.south}, "look": {"x"}},
		{"answer": {"confirm"}}, {"answer": {"decline"}}, {"reason": {"Because."}}, {"left_on": {"2026-02-02"}}, {"name_en": {"Renamed"}, "parent": {h.south}}, {"name_en": {"Renamed"}},
		{"state": {"failed"}}, {"state": {"waiting"}}, {"state": {"deferred"}}, {"state": {"ended"}, "reason": {"Because."}}, {"rule": {h.rule}}, {"rule": {h.rule}, "shown": {"1"}},
		{"part": {"whole"}}, {"part": {"teams"}, "teams": {h.south}}, {"job_role": {"health"}, "team": {h.south}}, {"job_role": {"health"}, "team": {""}}, {"job_role": {"health"}, "team": {h.pier}, "manager": {"zed@out.example"}},
		{"email": {"new@in.example"}, "name": {"New"}, "job_role": {"health"}, "language": {"en"}, "place": {"school-a/board-a"}, "role": {"learner"}, "team": {h.south}},
		{"list": {"new2@in.example;New;;;learner;health;en"}, "go": {"send"}, "team": {h.south}}}
	return forms
}

// Attack A23: whatever a lead of a part asks, by whatever address of theirs, with
// whatever id, they see and change nobody beyond it. Of every way in that leads
// have, so that one which comes later is asked as well.
func TestALeadOfAPartSeesNobodyBeyondIt(t *testing.T) {
	t.Parallel()
	h := inParts(t)
	before := h.untouched()
	ids := []string{h.zed, h.yan, h.xan, h.joiner, h.invitation, h.south, h.rule, h.exemption, h.leading("lowri"), h.inna}
	lowri, n := h.as("lowri"), 0
	for address, r := range web.Table(h.routes) {
		method, path, _ := strings.Cut(address, " ")
		if r.Audience != web.Lead && r.Audience != web.Manager || method == http.MethodHead {
			continue
		}
		for _, id := range ids {
			if id == h.inna && method == http.MethodPost && !strings.HasSuffix(path, "/people/:position") {
				continue // she is theirs, and would leave or be suspended
			}
			at := path
			for _, part := range strings.Split(path, "/") {
				if strings.HasPrefix(part, ":") {
					at = strings.ReplaceAll(at, part, id)
				}
			}
			for _, form := range h.asked() {
				var got *reply
				if method == http.MethodGet {
					got = lowri.get(at + "?" + form.Encode())
				} else {
					got = lowri.post(at, form)
				}
				n++
				if got.Status >= 500 {
					t.Fatalf("%s %s %v: %d", method, at, form, got.Status)
				}
				said := strings.ReplaceAll(strings.ToUpper(got.Body), "Q=BEYOND", "")
				said = strings.ReplaceAll(said, `VALUE="BEYOND"`, "") // what was typed comes back
				if strings.Contains(said, beyond) || strings.Contains(got.Body, "yan@out") || strings.Contains(got.Body, "vic@out") {
					t.Errorf("%s %s %v (%d) shows who is beyond the part: %s", method, at, form, got.Status, got.gist())
				}
			}
			if at == path {
				break // it names nothing
			}
		}
	}
	if after := h.untouched(); after != before {
		t.Errorf("a lead of a part changed what lies beyond:\n%s\nwas\n%s", after, before)
	}
	if n < 1000 {
		t.Errorf("only %d questions were asked", n)
	}
}

// The same as what does not exist: a guess at an id tells nothing.
func TestBeyondAPartIsLikeNowhere(t *testing.T) {
	t.Parallel()
	h := inParts(t)
	lowri := h.as("lowri")
	for _, path := range []string{"/lead/people/%s", "/lead/teams/%s"} {
		for _, id := range []string{h.zed, h.yan, h.xan, h.south} {
			sameAnswer(t, path, lowri.get("/en"+fmt.Sprintf(path, id)).want(http.StatusNotFound), lowri.get("/en"+fmt.Sprintf(path, nobodys.open)))
		}
	}
	for path, id := range map[string]string{"/lead/people/%s": h.zed, "/lead/people/%s/same": h.zed, "/lead/people/%s/left": h.zed, "/lead/people/%s/back": h.xan, "/lead/people/%s/suspend": h.yan, "/lead/people/%s/reinstate": h.yan,
		"/lead/teams/%s": h.south, "/lead/teams/%s/close": h.south, "/lead/joining/%s": h.joiner, "/lead/invitations/%s/resend": h.invitation, "/lead/invitations/%s/withdraw": h.invitation} {
		form := url.Values{"answer": {"confirm"}, "reason": {"Because."}, "left_on": {"2026-01-01"}, "job_role": {"health"}, "name_en": {"X"}}
		sameAnswer(t, path, lowri.post("/en"+fmt.Sprintf(path, id), form).want(http.StatusNotFound), lowri.post("/en"+fmt.Sprintf(path, nobodys.open), form))
	}
	for _, l := range i18n.Langs { // a list says of everybody whether they are there still
		sound(t, "lists, to a lead of a part", lowri.get("/"+string(l)+"/lead/import").want(http.StatusOK).has(h.words.T(l, "lead.import.part")).lacks(`type="file"`))
	}
	lowri.bring("/en/lead/import", "people.csv", []byte(listHead+"Inna Pier,inna@new.example,health,,\r\n")).want(http.StatusNotFound)
	if h.count("people_imports") != 0 {
		t.Error("a lead of a part brought in a list")
	}
	for _, path := range []string{"/en/lead/reminders/settings", "/en/lead/reminders/words/late"} { // of the whole agency
		lowri.get(path).want(http.StatusNotFound)
		lowri.post(path, url.Values{"on": {"weekly"}, "opening_en": {"X"}, "opening_cy": {"X"}}).want(http.StatusNotFound)
	}
	if h.count("course_reminder_switches")+h.count("course_wordings") != 0 {
		t.Error("a lead of a part set what counts for everybody")
	}
	lowri.get("/en/lead/reminders").want(http.StatusOK).lacks("/lead/reminders/settings")
	lowri.get("/en/lead/leads/" + h.leading("lowri")).want(http.StatusForbidden)
	lowri.get("/en/lead/leads").want(http.StatusOK).has("North")
	lowri.get("/en/lead/people?team=" + h.pier).has("Inna Pier")
	list := lowri.get("/cy/lead/people").want(http.StatusOK).has("Inna Pier").has(folk["nia"].name)
	sound(t, "the list of a part", list)
	lowri.get("/en/lead").want(http.StatusOK).lacks("/lead/reminders?state=failed").lacks("/lead/invitations?") // those to South are none of theirs
	reminders := lowri.get("/en/lead/reminders").want(http.StatusOK).has("Inna Pier").has("1 person.")          // Nia has finished
	sound(t, "the reminders of a part", reminders)
	if n := h.count("course_letters WHERE position_id IN (?, ?, ?)", h.zed, h.yan, h.position("huw")); n != 3 {
		t.Errorf("%d letters went beyond the part", n)
	}
	page := lowri.get("/en/lead/people/" + h.inna).want(http.StatusOK)
	sound(t, "a person of a part", page)
	form := url.Values{"team": {h.north}, "job_role": {"housing-community"}}
	lowri.post("/en/lead/people/"+h.inna, form).leads("/en/lead/people/" + h.inna + "?done=changed")
	if h.count("people_positions WHERE id = ? AND manager_id = ? AND team_id = ?", h.inna, h.zed, h.north) != 1 {
		t.Error("the line manager beyond the part was lost")
	}
	form.Set("manager", folk["lowri"].email)
	lowri.post("/en/lead/people/"+h.inna, form).want(http.StatusUnprocessableEntity)
	lowri.post("/en/lead/people/"+h.inna+"/left", url.Values{"left_on": {"2026-01-02"}}).leads("/en/lead/people/" + h.inna + "?done=left")
	lowri.get("/en/lead/people?status=left").has("Inna Pier")

	h.as("alun").get("/en/admin/joining").want(http.StatusOK).has("Wyn " + beyond) // nobody leads everybody any more
	for _, l := range i18n.Langs {
		h.as("alun").get("/" + string(l) + "/admin/audit?verb=people.part_set").want(http.StatusOK).has("North")
	}
	alun := h.as("alun")
	sound(t, "what a lead leads", alun.get("/cy/admin/leads/"+h.leading("lowri")).want(http.StatusOK))
	alun.post("/en/admin/leads/"+h.leading("lowri"), url.Values{"part": {"whole"}}).leads("/en/admin/people/" + h.id["lowri"] + "?done=part_set")
	lowri.get("/en/lead").want(http.StatusOK).has("/lead/reminders?state=failed")
	for _, path := range []string{"/en/lead/people", "/en/lead/reminders?state=failed", "/en/lead/rules", "/en/lead/teams", "/en/lead/joining", "/en/lead/invitations", "/en/lead/people?status=left"} {
		lowri.get(path).want(http.StatusOK).has(beyond)
	}
}
