package course

import (
	"testing"

	"golau/course/due"
	"golau/internal/people"
	"golau/internal/problem"
)

// off switches off these of the crowd's agency, and all others on.
func (c *crowd) off(t *testing.T, kinds ...due.Reminder) {
	t.Helper()
	seen, err := c.school.SwitchedOff(t.Context(), c.scope)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.school.SwitchOff(t.Context(), boss, c.scope, kinds, seen); err != nil {
		t.Fatal(err)
	}
}

// What an agency switched off is neither put down nor told to come; switched on again
// it goes from that day on, and what fell into the time between is not made up for.
// Another agency's goes as ever.
func TestWhatIsSwitchedOffDoesNotGo(t *testing.T) {
	c := newCrowd(t, 0, 1)
	ela, lead := c.newcomer(t, "ela", ""), c.newcomer(t, "arwel", "")
	c.leads(t, lead)
	rule := border
	rule.Days = 60 // asked on Monday 23 November, due on Friday 22 January
	c.put(t, rule)
	c.off(t, due.Before30, due.After1, due.After14, Weekly)
	for day := due.Day("2026-11-24"); day < "2027-01-20"; day = day.Plus(0, 1) {
		if n, err := c.school.Coming(t.Context(), c.scope, 0); err != nil || n.Day == "2026-12-23" && n.Total != 0 || n.Day == "2027-01-15" && n.Total != 2 {
			t.Fatalf("before %s: %+v, %v", day, n, err)
		}
		c.at(t, day, 9)
	}
	wantSame(t, c.told(t, ela, ToLearner), "2027-01-15")
	c.off(t, due.Before1, due.After14)
	for day := due.Day("2027-01-20"); day < "2027-03-01"; day = day.Plus(0, 1) {
		c.at(t, day, 9)
	}
	wantSame(t, c.told(t, ela, ToLearner), "2027-01-15", "2027-01-25", "2027-01-29")
	if n := c.letters(t, "kind = 'escalation'"); len(n) != 0 {
		t.Errorf("told of others: %v", n)
	}
	if n := c.told(t, lead, ToLead); len(n) == 0 || n[0] != "2027-01-25" {
		t.Errorf("the week's letter went on %v", n)
	}
	beside, err := people.Viewer{Person: "lead", Memberships: []people.Membership{{Role: people.Lead, Leads: people.Whole, Organisation: people.Organisation{ID: "o"}, Board: people.Board{ID: c.scope.Board()}}}}.OrganisationScope("")
	if err != nil {
		t.Fatal(err)
	}
	if off, err := c.school.SwitchedOff(t.Context(), beside); err != nil || len(off) != 0 {
		t.Errorf("another agency's: %v, %v", off, err)
	}
}

// What would have gone while it was off does not go a day after it is on again.
func TestSwitchedOnAgainMakesUpForNothing(t *testing.T) {
	c := newCrowd(t, 0, 1)
	ela := c.newcomer(t, "ela", "")
	rule := border
	rule.Days = 28 // due on Monday 21 December
	c.put(t, rule)
	c.off(t, due.Before7)
	c.at(t, "2026-12-14", 9)
	c.at(t, "2026-12-15", 9)
	c.off(t)
	c.at(t, "2026-12-16", 9)
	wantSame(t, c.told(t, ela, ToLearner))
	c.at(t, "2026-12-21", 9) // of the day before, a Sunday
	wantSame(t, c.told(t, ela, ToLearner), "2026-12-21")
}

// A letter that waits says nothing of what was switched off meanwhile.
func TestAWaitingLetterHearsOfTheSwitch(t *testing.T) {
	c := newCrowd(t, 0, 1)
	ela, lead := c.newcomer(t, "ela", ""), c.newcomer(t, "arwel", "")
	c.leads(t, lead)
	rule := border
	rule.Days = 28
	c.put(t, rule)
	for day := due.Day("2026-12-14"); day < "2027-01-06"; day = day.Plus(0, 1) {
		c.at(t, day, 9)
	}
	for _, l := range []struct {
		kind LetterKind
		to   string
		off  due.Reminder
	}{{ToLearner, ela, due.After7}, {ToManager, lead, due.After14}, {ToLead, lead, Weekly}} {
		put := c.letters(t, "position_id = ? AND kind = ?", l.to, l.kind)
		if len(put) == 0 {
			t.Fatalf("no %s", l.kind)
		}
		says := func() bool {
			n, err := c.school.LetterByID(t.Context(), put[len(put)-1].ID)
			if err != nil {
				t.Fatal(err)
			}
			return n.Says()
		}
		if !says() {
			t.Errorf("%s says nothing", l.kind)
		}
		c.off(t, l.off)
		if says() {
			t.Errorf("%s is switched off and says something", l.kind)
		}
		c.off(t)
	}
}

// A form that was shown before somebody else switched is refused, and a kind that
// there is not.
func TestSwitchesOfAnotherMinute(t *testing.T) {
	c := newCrowd(t, 0, 1)
	if err := c.school.SwitchOff(t.Context(), boss, c.scope, []due.Reminder{"before_3"}, nil); problem.KindOf(err) != problem.Invalid {
		t.Error(err)
	}
	c.off(t, Weekly)
	if err := c.school.SwitchOff(t.Context(), boss, c.scope, nil, nil); problem.KindOf(err) != problem.Conflict {
		t.Error(err)
	}
	c.off(t, Weekly)
	if n := c.count(t, "SELECT count(*) FROM audit_events WHERE verb = 'course.reminders_switched'"); n != 1 {
		t.Errorf("%d on record: the same again is nothing", n)
	}
}
