package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golau/internal/people"
)

type apiAssignments struct {
	Data []struct {
		ID, Person, Rule, Status string
		Modules                  []string
		DueOn                    string `json:"due_on"`
		Cycle                    int
	}
	Next *string
}

func (s *system) assignments(path string) (all apiAssignments) {
	s.h.t.Helper()
	if err := json.Unmarshal([]byte(s.get(path).want(http.StatusOK).Body), &all); err != nil {
		s.h.t.Fatal(err)
	}
	return all
}

// What rules ask is read by another system as the lead's pages say it: each person's,
// by when, with its own status, a page at a time; what is paused is asked of nobody,
// and of another agency's nothing is told.
func TestASystemReadsWhatIsAsked(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri := h.as("lowri")
	s, other := h.letIn("lowri", people.ReadAssignments), h.letIn("dilwyn", people.ReadAssignments)
	if all := s.assignments("/assignments"); len(all.Data) != 0 || all.Next != nil {
		t.Fatalf("before anything is asked: %+v", all)
	}
	rule := asks(lowri, ruleForm())
	some := asks(lowri, ruleForm("parts", "signs", "days", "7", "every_months", "0", "people", h.position("huw")))
	h.settle()
	all := s.assignments("/assignments?limit=200")
	of := map[string]string{}
	var ids []string
	for _, a := range all.Data {
		of[a.Rule+" "+a.Person] = a.Status
		ids = append(ids, a.ID)
		if a.Person == h.position("nia") { // who had finished: the next cycle runs
			if a.Cycle != 2 || a.DueOn != h.clock.Now().AddDate(3, 0, 0).Format(time.DateOnly) {
				t.Errorf("%+v", a)
			}
			continue
		}
		days, modules := 28, 0
		if a.Rule == some {
			days, modules = 7, 1
		}
		if a.Cycle != 1 || len(a.Modules) != modules || a.DueOn != h.clock.Now().AddDate(0, 0, days).Format(time.DateOnly) {
			t.Errorf("%+v", a)
		}
	}
	if !slices.IsSorted(ids) || of[rule+" "+h.position("nia")] != "in_date" || of[rule+" "+h.position("huw")] != "due_soon" || of[some+" "+h.position("huw")] != "due_soon" ||
		len(all.Data) != h.count("course_assignments WHERE ended_at IS NULL") {
		t.Errorf("%v", of)
	}
	var singly []string
	for path := "/assignments?limit=1"; path != ""; {
		one := s.assignments(path)
		singly, path = append(singly, one.Data[0].ID), ""
		if one.Next != nil {
			path = "/assignments?limit=1&cursor=" + *one.Next
		}
	}
	if !slices.Equal(singly, ids) {
		t.Errorf("page by page %v, at once %v", singly, ids)
	}
	if one := s.assignments("/assignments?person=" + h.position("huw")); len(one.Data) != 2 {
		t.Errorf("of one person: %+v", one)
	}
	for _, path := range []string{"/assignments", "/assignments?person=" + h.position("huw")} {
		if body := other.get(path).want(http.StatusOK).Body; strings.Contains(body, h.position("huw")) || strings.Contains(body, rule) {
			t.Errorf("%s tells of another agency: %s", path, body)
		}
	}
	h.clock.Advance(8 * 24 * time.Hour)
	if one := s.assignments("/assignments?person=" + h.position("huw")); one.Data[0].Status == one.Data[1].Status {
		t.Errorf("one of the two is overdue: %+v", one)
	}
	lowri = h.visitor().signIn("lowri")
	lowri.post("/en/lead/rules/"+rule, url.Values{"state": {"paused"}, "reason": {"Inspection"}}).want(http.StatusSeeOther)
	for _, a := range s.assignments("/assignments").Data {
		if a.Rule == rule {
			t.Errorf("asked by a rule that is paused: %+v", a)
		}
	}
}

// A system of a lead of a part reads what is asked of the people of that part alone.
func TestASystemOfAPartReadsItsPart(t *testing.T) {
	t.Parallel()
	h := inParts(t)
	alun, leads := h.as("alun"), "/en/admin/leads/"+h.leading("lowri")
	alun.post(leads, url.Values{"part": {"whole"}}).want(http.StatusSeeOther)
	asks(h.as("lowri"), ruleForm())
	h.settle()
	s := h.letIn("lowri", people.ReadAssignments)
	s.get("/assignments").want(http.StatusOK).has(h.inna, h.zed, beyond)
	alun.post(leads, url.Values{"part": {"teams"}, "teams": {h.north}}).want(http.StatusSeeOther)
	for _, path := range []string{"/assignments", "/assignments?limit=1", "/assignments?person=" + h.zed} {
		s.get(path).want(http.StatusOK).lacks(h.zed).lacks(beyond)
	}
	s.get("/assignments").has(h.inna, h.position("nia"))
}
