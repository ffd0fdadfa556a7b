package course

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// boss is the lead of a crowd's agency.
var boss = people.Viewer{Person: "lead"}

// put puts a rule into force, and has it reach everybody.
func (c *crowd) put(t testing.TB, r Rule) string {
	t.Helper()
	r.Course = slug
	plan, err := c.school.Plan(t.Context(), c.scope, r, i18n.EN, "")
	if err != nil {
		t.Fatalf("%v %v", err, fieldsOf(err))
	}
	id, err := c.school.AddRule(t.Context(), boss, c.scope, r, plan.Total, plan.Dropped)
	if err != nil {
		t.Fatal(err)
	}
	c.settle(t)
	return id
}

func fieldsOf(err error) map[string]string {
	if p, ok := problem.As(err); ok {
		return p.Fields
	}
	return nil
}

func (c *crowd) settle(t testing.TB) {
	t.Helper()
	if err := c.school.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (c *crowd) state(t *testing.T, id string, s RuleState) {
	t.Helper()
	if err := c.school.SetRuleState(t.Context(), boss, c.scope, id, s, "For the test"); err != nil {
		t.Fatal(err)
	}
	c.settle(t)
}

// positions are the ids of those who work there, as the view has them.
func (c *crowd) positions(t testing.TB, where string, args ...any) (ids []string) {
	t.Helper()
	err := c.db.Read(t.Context()).Raw("SELECT id FROM roster WHERE organisation_id = ? AND "+where+" ORDER BY id", append([]any{c.scope.Organisation()}, args...)...).Scan(&ids).Error
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// asks are the assignments of somebody, ended ones too.
func (c *crowd) asks(t *testing.T, position string) (told []string) {
	t.Helper()
	rows := []struct {
		Cycle                                     int
		AskedOn, DueOn, EndedWhy, DoneBefore, All string
	}{}
	if err := c.db.Read(t.Context()).Raw("SELECT cycle, asked_on, due_on, ended_why, done_before FROM course_assignments WHERE position_id = ? ORDER BY created_at, rule_id, cycle", position).Scan(&rows).Error; err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		told = append(told, fmt.Sprint(r.Cycle, " ", r.AskedOn, " ", r.DueOn, " ", r.EndedWhy))
	}
	return told
}

// finishes has somebody finish the course now.
func (c *crowd) finishes(t *testing.T, position string) {
	t.Helper()
	c.write(t, func(tx store.Tx) error {
		var who struct{ PersonID, Membership string }
		err := tx.Raw(`SELECT r.person_id, m.id AS membership FROM roster r JOIN people_memberships m ON m.person_id = r.person_id WHERE r.id = ? LIMIT 1`, position).Scan(&who).Error
		if err != nil {
			return err
		}
		var cycle int
		if err := tx.Raw("SELECT coalesce(max(cycle), 0) + 1 FROM course_enrolments WHERE person_id = ?", who.PersonID).Scan(&cycle).Error; err != nil {
			return err
		}
		e := Enrolment{ID: tx.NewID(), PersonID: who.PersonID, MembershipID: who.Membership, Course: slug, Cycle: cycle, CreatedAt: tx.Now}
		if err := insertEnrolment(tx, e); err != nil {
			return err
		}
		if err := c.mark(tx, e.ID, 9); err != nil {
			return err
		}
		until := store.At(due.DayOf(tx.Now.Time).Plus(36, 0).End())
		err = tx.Exec(`INSERT INTO course_completions (enrolment_id, attempt_id, edition, lang, at, valid_until) VALUES (?, ?, '', 'cy', ?, ?)`, e.ID, e.ID+"/9", tx.Now, until).Error
		if err != nil {
			return err
		}
		return c.school.settlePerson(tx, who.PersonID)
	})
}

// newcomer is somebody who has done nothing, of a kind of work nobody else has.
func (c *crowd) newcomer(t *testing.T, name string, since string) string {
	t.Helper()
	var id string
	c.write(t, func(tx store.Tx) error {
		p, err := people.AddPerson(tx, people.NewPerson{Email: name + "@new.example", Name: "Newydd " + name, Language: i18n.CY})
		if err != nil {
			return err
		}
		_, err = people.AddMembership(tx, people.NewMembership{PersonID: p, OrganisationID: c.scope.Organisation(), BoardID: c.scope.Board(), Role: people.Learner, JobRole: "border"})
		if err != nil {
			return err
		}
		return tx.Raw("SELECT id FROM roster WHERE person_id = ?", p).Scan(&id).Error
	})
	if since != "" {
		c.moves(t, id, people.PositionForm{JobRole: "border", WorksSince: since})
	}
	c.settle(t)
	return id
}

func (c *crowd) moves(t *testing.T, position string, f people.PositionForm) {
	t.Helper()
	c.write(t, func(tx store.Tx) error { return people.SetPositionIn(tx, c.scope, position, f) })
	c.settle(t)
}

// status is what a list says of somebody today.
func (c *crowd) status(t *testing.T, position string) due.Status {
	t.Helper()
	n, err := c.school.LearningOf(t.Context(), c.scope, position, slug)
	if err != nil {
		t.Fatal(err)
	}
	q, err := RosterFilter{}.query(c.db.Read(t.Context()), c.scope, slug)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := q.lines(c.db.Read(t.Context()), i18n.EN, nil, "", false, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		if l.ID == position && l.Status != n.Status {
			t.Fatalf("the list says %s, the person's page %s", l.Status, n.Status)
		}
	}
	return n.Status
}

var (
	threeYears = due.Schedule{Basis: due.AfterStart, Days: 28, EveryMonths: 36}
	border     = Rule{Job: "border", Schedule: threeYears}
)

// TestAJoinerAMoverALeaver: whoever comes is asked at once, and by when follows
// from when they began; who moves away is asked no more, and who is back within 28
// days goes on with the days they had, so that nobody's standing gets better by it;
// later they are asked anew. Nothing is ever taken off the list of what was asked.
func TestAJoinerAMoverALeaver(t *testing.T) {
	c := newCrowd(t, 3, 1)
	c.put(t, border)
	id := c.newcomer(t, "ela", "2026-11-10")
	today := due.DayOf(c.clock.Now())
	wantSame(t, c.asks(t, id), fmt.Sprint("1 ", today, " ", today.Plus(0, 28), " "))
	if s := c.status(t, id); s != due.DueSoon {
		t.Errorf("who has 28 days is %s", s)
	}
	c.moves(t, id, people.PositionForm{JobRole: "health"})
	wantSame(t, c.asks(t, id), fmt.Sprint("1 ", today, " ", today.Plus(0, 28), " moved"))
	if s := c.status(t, id); s != due.NotStarted {
		t.Errorf("who moved away is %s", s)
	}
	c.clock.Advance(48 * time.Hour)
	c.moves(t, id, people.PositionForm{JobRole: "border"})
	moved := []string{fmt.Sprint("1 ", today, " ", today.Plus(0, 28), " moved"), fmt.Sprint("2 ", today, " ", today.Plus(0, 28), " ")}
	wantSame(t, c.asks(t, id), moved...)
	d := people.New(c.db, people.Options{})
	if err := d.RecordLeaver(t.Context(), boss, c.scope, id, ""); err == nil {
		t.Fatal("without a day")
	}
	c.clock.Advance(27 * 24 * time.Hour)
	c.settle(t)
	if s := c.status(t, id); s != due.Overdue {
		t.Fatal(s)
	}
	leaves := func() {
		t.Helper()
		if err := d.RecordLeaver(t.Context(), boss, c.scope, id, string(due.DayOf(c.clock.Now()))); err != nil {
			t.Fatal(err)
		}
		c.settle(t)
	}
	returns := func() {
		t.Helper()
		if err := d.TakeBack(t.Context(), boss, c.scope, id); err != nil {
			t.Fatal(err)
		}
		c.settle(t)
	}
	leaves()
	moved[1] += "left"
	wantSame(t, c.asks(t, id), moved...)
	c.clock.Advance(28 * 24 * time.Hour)
	returns()
	if s := c.status(t, id); s != due.Overdue {
		t.Errorf("who left and is back is %s", s)
	}
	moved = append(moved, fmt.Sprint("3 ", today, " ", today.Plus(0, 28), " left"))
	leaves()
	c.clock.Advance(29 * 24 * time.Hour)
	returns()
	now := due.DayOf(c.clock.Now())
	wantSame(t, c.asks(t, id), append(moved, fmt.Sprint("4 ", now, " ", now.Plus(0, 28), " "))...)
}

func wantSame(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("asked was %q, not %q", got, want)
	}
}

// TestCyclesAreRows: what was done closes its cycle and opens the next, done early
// or late; nothing is reset, and what was done before the rule counts while it is
// good.
func TestCyclesAreRows(t *testing.T) {
	c := newCrowd(t, 0, 1)
	before := c.newcomer(t, "before", "")
	c.finishes(t, before)
	first := due.DayOf(c.clock.Now())
	c.clock.Advance(100 * 24 * time.Hour)
	c.put(t, border)
	today := due.DayOf(c.clock.Now())
	wantSame(t, c.asks(t, before), fmt.Sprint("1 ", today, " ", today.Plus(0, 28), " done"), fmt.Sprint("2 ", first, " ", first.Plus(36, 0), " "))
	if s := c.status(t, before); s != due.InDate {
		t.Errorf("who did it before is %s", s)
	}
	late := c.newcomer(t, "late", "")
	c.clock.Advance(29 * 24 * time.Hour)
	c.settle(t)
	if s := c.status(t, late); s != due.Overdue {
		t.Errorf("a day late is %s", s)
	}
	c.finishes(t, late)
	done := due.DayOf(c.clock.Now())
	wantSame(t, c.asks(t, late), fmt.Sprint("1 ", today, " ", today.Plus(0, 28), " done"), fmt.Sprint("2 ", done, " ", done.Plus(36, 0), " "))
	for _, at := range []struct {
		days due.Day
		want due.Status
	}{{done.Plus(36, -91), due.InDate}, {done.Plus(36, -90), due.Expiring}, {done.Plus(36, 0), due.Expiring}, {done.Plus(36, 1), due.Expired}} {
		c.clock.Advance(at.days.Begin().Add(12 * time.Hour).Sub(c.clock.Now()))
		if s := c.status(t, late); s != at.want { // before the background has looked
			t.Errorf("on %s it is %s, not %s", at.days, s, at.want)
		}
		c.settle(t)
		if s := c.status(t, late); s != at.want {
			t.Errorf("on %s it is kept as %s, not %s", at.days, s, at.want)
		}
	}
	c.finishes(t, late)
	again := due.DayOf(c.clock.Now())
	if got := c.asks(t, late); len(got) != 3 || got[2] != fmt.Sprint("3 ", again, " ", again.Plus(36, 0), " ") {
		t.Errorf("after the second time: %q", got)
	}
}

// TestARuleOfItsStates: paused, a rule asks nothing and takes nothing back; taken up
// again, it goes on with its days; ended, it asks no more, and does not come back;
// replaced, the days go on from when it first asked.
func TestARuleOfItsStates(t *testing.T) {
	c := newCrowd(t, 0, 1)
	id, rule := c.newcomer(t, "ela", ""), ""
	rule = c.put(t, border)
	asked := due.DayOf(c.clock.Now())
	one := fmt.Sprint("1 ", asked, " ", asked.Plus(0, 28), " ")
	c.state(t, rule, Paused)
	newer := c.newcomer(t, "newer", "")
	c.clock.Advance(40 * 24 * time.Hour)
	c.settle(t)
	if s := c.status(t, id); s != due.NotStarted {
		t.Errorf("while it is paused: %s", s)
	}
	wantSame(t, c.asks(t, id), one)
	wantSame(t, c.asks(t, newer))
	c.state(t, rule, Active)
	if s := c.status(t, id); s != due.Overdue {
		t.Errorf("taken up again: %s", s)
	}
	today := due.DayOf(c.clock.Now())
	wantSame(t, c.asks(t, newer), fmt.Sprint("1 ", today, " ", today.Plus(0, 28), " "))
	longer := border
	longer.Days, longer.Replaces = 56, rule
	second := c.put(t, longer)
	wantSame(t, c.asks(t, id), one+"replaced", fmt.Sprint("1 ", asked, " ", asked.Plus(0, 56), " "))
	if p, ok := problem.As(c.school.SetRuleState(t.Context(), boss, c.scope, rule, "bogus", "Back")); !ok || p.Fields["state"] == "" {
		t.Errorf("a state that is none: %v", p)
	}
	for _, state := range []RuleState{Active, Paused} {
		if err := c.school.SetRuleState(t.Context(), boss, c.scope, rule, state, "Back"); problem.KindOf(err) != problem.Conflict {
			t.Errorf("a rule that was replaced becomes %s: %v", state, err)
		}
	}
	c.state(t, second, Ended)
	wantSame(t, c.asks(t, id), one+"replaced", fmt.Sprint("1 ", asked, " ", asked.Plus(0, 56), " ended"))
	r, err := c.school.RuleOf(t.Context(), c.scope, rule)
	if err != nil || r.By != second || len(r.History) != 4 || r.History[2].Reason != "For the test" || r.Asked != 0 {
		t.Errorf("its history: %+v, %v", r, err)
	}
}

// TestTheNumberShownIsTheNumberAsked: a rule whose number of people changed since
// it was shown does nothing, and says both numbers.
func TestTheNumberShownIsTheNumberAsked(t *testing.T) {
	c := newCrowd(t, 0, 1)
	c.newcomer(t, "ela", "")
	plan, err := c.school.Plan(t.Context(), c.scope, withCourse(border), i18n.CY, "")
	if err != nil || plan.Total != 1 || len(plan.People) != 1 || plan.People[0].Due != due.DayOf(c.clock.Now()).Plus(0, 28) {
		t.Fatalf("%+v, %v", plan, err)
	}
	c.newcomer(t, "nia", "")
	_, err = c.school.AddRule(t.Context(), boss, c.scope, withCourse(border), plan.Total, 0)
	p, ok := problem.As(err)
	if !ok || p.Kind != problem.Conflict || p.Args["Shown"] != 1 || p.Args["Count"] != 2 {
		t.Errorf("%v", err)
	}
	if n := len(c.rules(t)); n != 0 {
		t.Errorf("%d rules are there", n)
	}
}

func withCourse(r Rule) Rule { r.Course = slug; return r }

func (c *crowd) rules(t *testing.T) []RuleInForce {
	t.Helper()
	rules, err := c.school.Rules(t.Context(), c.scope)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// TestRulesStayInTheirAgency: another agency's rule is not there, nor are its
// people, and nobody of it can be chosen.
func TestRulesStayInTheirAgency(t *testing.T) {
	c := newCrowd(t, 40, 2)
	id := c.put(t, Rule{Schedule: threeYears})
	beside := c.beside(t)
	if _, err := c.school.RuleOf(t.Context(), beside, id); problem.KindOf(err) != problem.NotFound {
		t.Errorf("read from beside: %v", err)
	}
	if err := c.school.SetRuleState(t.Context(), boss, beside, id, Ended, "Mine"); problem.KindOf(err) != problem.NotFound {
		t.Errorf("ended from beside: %v", err)
	}
	mine := c.positions(t, "left_at IS NULL")
	theirs := Rule{Course: slug, Schedule: threeYears, Chosen: mine[:1]}
	if _, err := c.school.AddRule(t.Context(), boss, beside, theirs, 1, 0); fieldsOf(err)["people"] == "" {
		t.Errorf("somebody else's people were chosen: %v", err)
	}
	if _, err := c.school.AddRule(t.Context(), boss, beside, Rule{Course: slug, Schedule: threeYears, Replaces: id}, 0, 0); problem.KindOf(err) == 0 && err == nil {
		t.Error("another agency's rule was replaced")
	}
	var n int
	if err := c.db.Read(t.Context()).Raw("SELECT count(*) FROM course_assignments a JOIN roster r ON r.id = a.position_id WHERE r.organisation_id <> ?", c.scope.Organisation()).Scan(&n).Error; err != nil || n != 0 {
		t.Errorf("%d people beside are asked, %v", n, err)
	}
}

// beside is the scope of the other agency's lead.
func (c *crowd) beside(t *testing.T) people.OrganisationScope {
	t.Helper()
	var row struct{ OrganisationID, BoardID string }
	if err := c.db.Read(t.Context()).Raw("SELECT organisation_id, board_id FROM people_organisation_boards WHERE organisation_id <> ?", c.scope.Organisation()).Scan(&row).Error; err != nil {
		t.Fatal(err)
	}
	s, err := people.Viewer{Person: "other", Memberships: []people.Membership{{Role: people.Lead, Leads: people.Whole, Organisation: people.Organisation{ID: row.OrganisationID}, Board: people.Board{ID: row.BoardID}}}}.OrganisationScope("")
	if err != nil {
		t.Fatal(err)
	}
	return s
}
