package seed

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"golau/certificates"
	"golau/course"
	"golau/internal/audit"
	"golau/internal/people"
)

// standing is how far somebody is, as the school itself tells it.
func (h house) standing(person string) string {
	h.t.Helper()
	v := people.Viewer{Person: person}
	o, err := h.school.Overview(h.t.Context(), v, h.school.Courses()[0].Slug)
	if err != nil {
		h.t.Fatal(err)
	}
	failed := h.count(`SELECT count(*) FROM quiz_marks m JOIN quiz_attempts a ON a.id = m.attempt_id
		WHERE a.person_id = ? AND m.passed = 0 AND a.assessment LIKE 'module:%'`, person)
	begun := false
	for _, m := range o.Modules {
		begun = begun || m.Read > 0
	}
	switch {
	case o.Next.Kind == course.StepDone:
		return "finished"
	case failed > 0:
		return "retaking"
	case begun:
		return "under way"
	}
	return "waiting"
}

func TestSpread(t *testing.T) {
	h := demonstration(t)
	got := map[string]int{}
	for _, id := range h.list("SELECT id FROM people_persons WHERE demo_key IS NULL") {
		got[h.standing(id)]++
	}
	want := map[string]int{"waiting": 70, "under way": 90, "retaking": 20, "finished": 20}
	if !maps.Equal(got, want) {
		t.Errorf("the crowd stands at %v, want %v", got, want)
	}
	if n := h.count("SELECT count(DISTINCT assessment) FROM quiz_marks m JOIN quiz_attempts a ON a.id = m.attempt_id WHERE passed = 0"); n < 4 {
		t.Errorf("something was failed in %d assessments, want several", n)
	}
	if n := h.count("SELECT count(*) FROM quiz_attempts WHERE open = 1"); n < 3 {
		t.Errorf("%d attempts are open", n)
	}
	all, welsh := h.count("SELECT count(*) FROM quiz_attempts"), h.count("SELECT count(*) FROM quiz_attempts WHERE lang = 'cy'")
	if part := welsh * 100 / all; part < 14 || part > 32 {
		t.Errorf("%d %% of the attempts are in Welsh", part)
	}
	if months := h.count("SELECT count(DISTINCT strftime('%m', at / 1000000, 'unixepoch')) FROM course_completions"); months < 4 {
		t.Errorf("people finished in %d months", months)
	}
	for _, role := range people.JobRoles {
		if h.count("SELECT count(*) FROM people_memberships WHERE job_role = ?", role) == 0 {
			t.Errorf("nobody works in %s", role)
		}
	}
	for role, n := range map[people.Role]int{people.Lead: 13, people.Officer: 2, people.Admin: 1} {
		if got := h.count("SELECT count(*) FROM people_memberships WHERE role = ?", role); got != n {
			t.Errorf("%d are %s, want %d", got, role, n)
		}
	}
	for _, sure := range []string{"sure", "fairly", "guessing"} {
		if h.count("SELECT count(*) FROM quiz_answers WHERE sure = ?", sure) == 0 {
			t.Errorf("nobody said %s", sure)
		}
	}
}

func TestCastStandsWhereItShould(t *testing.T) {
	h := demonstration(t)
	cast, err := people.Cast(h.read())
	if err != nil || len(cast) != len(Cast) {
		t.Fatalf("%d of the cast: %v", len(cast), err)
	}
	for i, m := range Cast {
		c := cast[i]
		if c.Key != m.Key || c.Name != m.Name || c.Language != m.Language || c.Membership.Role != m.Role ||
			c.Membership.Board.Key != m.Board || c.Membership.Organisation.Key != m.Organisation || c.Membership.JobRole != m.JobRole {
			t.Errorf("%s came as %+v", m.Key, c)
		}
		id := c.Membership.PersonID
		p, err := people.PersonByID(h.read(), id)
		if err != nil || p.Email != m.Key+"@demo.example" {
			t.Errorf("%s is at %s: %v", m.Key, p.Email, err)
		}
		want := map[string]string{"tom": "under way", "elin": "under way", "idris": "under way", "aisha": "finished"}[m.Key]
		if want == "" {
			want = "waiting"
		}
		if got := h.standing(id); got != want {
			t.Errorf("%s is %s, want %s", m.Key, got, want)
		}
		if len(m.Name) < len(m.Key)+3 {
			t.Errorf("%s has no surname", m.Name)
		}
	}
	if n := h.count("SELECT count(*) FROM people_persons WHERE password_hash <> ''"); n != 0 {
		t.Errorf("%d have a password", n)
	}
}

func (h house) member(key string) string {
	h.t.Helper()
	return h.list("SELECT id FROM people_persons WHERE demo_key = ?", key)[0]
}

func TestTomIsHalfWay(t *testing.T) {
	h := demonstration(t)
	o, err := h.school.Overview(t.Context(), people.Viewer{Person: h.member("tom")}, h.school.Courses()[0].Slug)
	if err != nil {
		t.Fatal(err)
	}
	fifth := o.Modules[4]
	if o.ModulesDone != 4 || fifth.State != course.InProgress || fifth.Read != (fifth.Parts+1)/2 || o.Next.Kind != course.StepSection {
		t.Errorf("Tom has done %d modules, read %d of %d, and next is %+v", o.ModulesDone, fifth.Read, fifth.Parts, o.Next)
	}
	if o.MinutesLeft >= o.MinutesTotal || o.MinutesLeft == 0 {
		t.Errorf("%d of %d minutes left", o.MinutesLeft, o.MinutesTotal)
	}
	last := h.count("SELECT max(at) FROM course_sections_read r JOIN course_enrolments e ON e.id = r.enrolment_id WHERE person_id = ?", h.member("tom"))
	if d := today.Sub(time.UnixMicro(int64(last))); d < 0 || d > 2*day {
		t.Errorf("Tom was last here %v ago", d)
	}
}

// Elin needs the last check, Idris the final assessment, and nothing else.
func TestTwoAreAlmostThere(t *testing.T) {
	h := demonstration(t)
	for key, want := range map[string]course.Step{
		"elin":  {Kind: course.StepCheck, Course: "child-trafficking", Module: "my-plan"},
		"idris": {Kind: course.StepFinal, Course: "child-trafficking"},
	} {
		o, err := h.school.Overview(t.Context(), people.Viewer{Person: h.member(key)}, "child-trafficking")
		if err != nil || o.Next != want || o.FinalOpen != (key == "idris") || o.Progress.Done != nil {
			t.Errorf("%s: next is %+v, %v", key, o.Next, err)
		}
	}
}

func TestAishaHoldsHerCertificate(t *testing.T) {
	h := demonstration(t)
	all, err := certificates.For(h.read(), h.member("aisha"))
	if err != nil || len(all) != 1 {
		t.Fatalf("%d certificates: %v", len(all), err)
	}
	v, err := certificates.Verify(h.read(), h.keys, all[0].Number())
	if err != nil || v.Status != certificates.Valid || v.Certificate.HolderName != "Aisha Karim" || !v.Certificate.Demonstration {
		t.Errorf("verified as %+v: %v", v, err)
	}
}

// The two regions are twins, with one agency under both and one domain that
// belongs to two.
func TestTwins(t *testing.T) {
	h := demonstration(t)
	boards, err := people.Boards(h.read())
	if err != nil || len(boards) != 2 || boards[0].Kind != "regional-safeguarding-board" {
		t.Fatalf("boards %v: %v", boards, err)
	}
	kinds := map[string][]string{}
	for _, b := range boards {
		if !b.Name.Complete() || b.Name.EN == b.Name.CY {
			t.Errorf("board %+v", b)
		}
		agencies, err := people.Organisations(h.read(), b.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range agencies {
			kinds[b.Key] = append(kinds[b.Key], a.Kind)
		}
		slices.Sort(kinds[b.Key])
	}
	if !slices.Equal(kinds[arian], kinds[hafren]) || len(kinds[arian]) < 6 {
		t.Errorf("under one board %v, under the other %v", kinds[arian], kinds[hafren])
	}
	shared := h.list("SELECT organisation_id FROM people_organisation_boards GROUP BY 1 HAVING count(*) > 1")
	domains := h.list("SELECT domain FROM people_email_domains GROUP BY 1 HAVING count(*) > 1")
	if len(shared) != 1 || len(domains) != 1 {
		t.Errorf("agencies under both: %v; domains of two: %v", shared, domains)
	}
	for _, b := range boards {
		if h.count("SELECT count(*) FROM people_memberships WHERE organisation_id = ? AND board_id = ?", shared[0], b.ID) < 5 {
			t.Errorf("too few in the shared agency under %s", b.Key)
		}
	}
	if n := h.count("SELECT count(*) FROM (SELECT 1 FROM people_memberships GROUP BY person_id HAVING count(*) > 1)"); n == 0 {
		t.Error("nobody is a member under both boards")
	}
}

// Nothing in the demonstration is anybody's: numbers are from the drama range,
// addresses lead nowhere.
func TestFictional(t *testing.T) {
	h := demonstration(t)
	councils, err := people.Councils(h.read())
	if err != nil || len(councils) != 2 {
		t.Fatalf("%v: %v", councils, err)
	}
	for _, c := range councils {
		for _, n := range []string{c.DayNumber, c.OutOfHoursNumber} {
			if !strings.HasPrefix(n, "01632 960") || len(n) != len("01632 960000") {
				t.Errorf("%s has the number %q", c.Key, n)
			}
		}
		if _, err := time.Parse(time.DateOnly, c.CheckedOn); err != nil || !strings.HasPrefix(c.Key, "demo-") {
			t.Errorf("council %+v", c)
		}
	}
	for _, q := range []string{"SELECT email FROM people_persons", "SELECT domain FROM people_email_domains"} {
		for _, s := range h.list(q) {
			if !strings.HasSuffix(s, ".example") || strings.ContainsFunc(s, func(r rune) bool { return r > 127 }) {
				t.Errorf("%q could be somebody's", s)
			}
		}
	}
	if n := h.count("SELECT count(DISTINCT name) FROM people_persons"); n < 200 {
		t.Errorf("210 people have %d names", n)
	}
}

// Enough people of a kind of work have taken a case for an author to be told of
// them, and they did not all go one way; nobody took one who has not begun.
func TestCasesAreTaken(t *testing.T) {
	h := demonstration(t)
	told := h.list(`SELECT job FROM course_case_choices WHERE run = 1 AND decision = 'd1' GROUP BY module, scenario, job
		HAVING count(*) >= ? AND count(DISTINCT choice) > 1`, course.FewestShown)
	if len(told) < 2 {
		t.Errorf("an author is told of %v", told)
	}
	if n := h.count(`SELECT count(*) FROM course_enrolments e WHERE EXISTS (SELECT 1 FROM course_case_choices WHERE enrolment_id = e.id)
		AND NOT EXISTS (SELECT 1 FROM course_sections_read WHERE enrolment_id = e.id AND section NOT LIKE 'case:%')`); n != 0 {
		t.Errorf("%d took a case and had not begun", n)
	}
}

// What the stories leave is as good as what real people leave: certificates
// verify, the record holds, nothing waits to be done, nothing lies ahead.
func TestEvidence(t *testing.T) {
	h := demonstration(t)
	n, err := certificates.Check(h.read(), h.keys)
	if err != nil || n != 21 {
		t.Errorf("%d certificates hold: %v", n, err)
	}
	if n := h.count("SELECT count(*) FROM certificates_issued WHERE demonstration = 0"); n != 0 {
		t.Errorf("%d are not stamped", n)
	}
	if n := h.count("SELECT count(*) FROM certificates_issued c JOIN certificates_signatures s ON s.certificate_id = c.id WHERE s.signed_at <> c.issued_at"); n != 0 {
		t.Errorf("%d were signed at another moment than they were issued", n)
	}
	if _, err := audit.Verify(h.read()); err != nil {
		t.Error(err)
	}
	if n := h.count("SELECT count(*) FROM audit_events a JOIN audit_events b ON b.id = a.id + 1 WHERE b.at < a.at"); n != 0 {
		t.Errorf("the record goes back in time %d times", n)
	}
	if n := h.count("SELECT count(*) FROM audit_events WHERE at >= ?", today.Truncate(day).UnixMicro()); n != 0 {
		t.Errorf("%d things happened today or later", n)
	}
	if n := h.count("SELECT count(*) FROM outbox_jobs WHERE done_at IS NULL"); n != 0 {
		t.Errorf("%d jobs wait: letters would go out", n)
	}
	if n := h.count("SELECT count(*) FROM audit_events WHERE verb = 'quiz.submitted' AND actor = ''"); n != 0 {
		t.Errorf("%d attempts were submitted by nobody", n)
	}
}
