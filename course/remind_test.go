package course

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"golau/course/due"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// at moves the clock to an hour of a day in London, settles, and reminds.
func (c *crowd) at(t *testing.T, day due.Day, hour int) {
	t.Helper()
	b := day.Begin()
	c.clock.Set(time.Date(b.Year(), b.Month(), b.Day(), hour, 0, 0, 0, b.Location()))
	c.settle(t)
	c.remind(t)
}

func (c *crowd) remind(t *testing.T) {
	t.Helper()
	if err := c.school.Remind(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// putDown is a letter as it was put down.
type putDown struct {
	ID, Kind, PositionID, Day, PlannedOn string
}

func (c *crowd) letters(t *testing.T, where string, args ...any) (all []putDown) {
	t.Helper()
	if err := c.db.Read(t.Context()).Raw("SELECT id, kind, position_id, day, planned_on FROM course_letters WHERE "+where+" ORDER BY put_at, id", args...).Scan(&all).Error; err != nil {
		t.Fatal(err)
	}
	return all
}

// told are the days on which letters of a kind went to somebody.
func (c *crowd) told(t *testing.T, position string, kind LetterKind) (days []string) {
	t.Helper()
	for _, l := range c.letters(t, "position_id = ? AND kind = ?", position, kind) {
		days = append(days, l.Day)
	}
	return days
}

// TestRemindersOfOneDuty: thirty, seven and one day before and one and seven after,
// each once, in the morning, and those of quiet days on the next working day.
func TestRemindersOfOneDuty(t *testing.T) {
	c := newCrowd(t, 0, 1)
	id := c.newcomer(t, "ela", "")
	rule := border
	rule.Days = 60 // asked on Monday 23 November, due on Friday 22 January
	c.put(t, rule)
	for day := due.Day("2026-11-23"); day < "2027-03-01"; day = day.Plus(0, 1) {
		c.at(t, day, 7)
		if n := len(c.letters(t, "day = ?", day)); n > 0 {
			t.Fatalf("%d letters before eight on %s", n, day)
		}
		c.at(t, day, 8)
		c.at(t, day, 12)
	}
	wantSame(t, c.told(t, id, ToLearner), "2026-12-23", "2027-01-15", "2027-01-21", "2027-01-25", "2027-01-29")
	late := c.letters(t, "day = '2027-01-25'")
	if len(late) != 1 || late[0].PlannedOn != "2027-01-23" {
		t.Errorf("what was planned for a Saturday: %+v", late)
	}
}

// TestOneLetterForWhatComesTogether: what several rules ask of somebody on one day is
// one letter that lists it all, and two reminders that a holiday threw together are
// one.
func TestOneLetterForWhatComesTogether(t *testing.T) {
	c := newCrowd(t, 0, 1)
	id := c.newcomer(t, "ela", "")
	c.at(t, "2026-12-01", 9)
	c.put(t, Rule{Job: "border", Schedule: due.Schedule{Basis: due.OnDay, Day: "2026-12-26", Days: 1}})
	c.put(t, Rule{Job: "border", Parts: []string{"signs"}, Schedule: due.Schedule{Basis: due.OnDay, Day: "2027-01-04", Days: 1}})
	for day := due.Day("2026-12-02"); day < "2027-01-01"; day = day.Plus(0, 1) {
		c.at(t, day, 9)
	}
	// Christmas to Monday are quiet: the day before (25), the day after (27) and a
	// week before the other (28) are one letter on the 29th.
	wantSame(t, c.told(t, id, ToLearner), "2026-12-07", "2026-12-21", "2026-12-29")
	l, err := c.school.LetterByID(t.Context(), c.letters(t, "day = '2026-12-29'")[0].ID)
	if err != nil || len(l.Items) != 2 {
		t.Fatalf("%+v, %v", l, err)
	}
}

// TestSilenceWhereNothingIsAskedAnyMore: what was finished, paused, ended, moved or
// left between putting a letter down and writing it is not in it.
func TestSilenceWhereNothingIsAskedAnyMore(t *testing.T) {
	for what, happens := range map[string]func(c *crowd, id, rule string){
		"finished": func(c *crowd, id, _ string) { c.finishes(t, id) },
		"once":     func(c *crowd, id, _ string) { c.finishes(t, id) },
		"paused":   func(c *crowd, _, rule string) { c.state(t, rule, Paused) },
		"ended":    func(c *crowd, _, rule string) { c.state(t, rule, Ended) },
		"moved":    func(c *crowd, id, _ string) { c.moves(t, id, people.PositionForm{JobRole: "health"}) },
		"left": func(c *crowd, id, _ string) {
			d := people.New(c.db, people.Options{})
			if err := d.RecordLeaver(t.Context(), boss, c.scope, id, "2026-11-23"); err != nil {
				t.Fatal(err)
			}
			c.settle(t)
		},
	} {
		c := newCrowd(t, 0, 1)
		id := c.newcomer(t, "ela", "")
		of := border
		if what == "once" { // what is asked once stays asked, and done
			of.EveryMonths = 0
		}
		rule := c.put(t, of)
		c.at(t, "2026-12-14", 9)
		put := c.letters(t, "position_id = ?", id)
		if len(put) != 1 {
			t.Fatalf("%s: %+v", what, put)
		}
		if l, err := c.school.LetterByID(t.Context(), put[0].ID); err != nil || len(l.Items) != 1 {
			t.Fatalf("%s, before: %+v, %v", what, l, err)
		}
		happens(c, id, rule)
		if l, err := c.school.LetterByID(t.Context(), put[0].ID); err != nil || len(l.Items) != 0 {
			t.Errorf("%s: %+v, %v", what, l, err)
		}
	}
}

// TestWhoeverManagesIsTold: two weeks late, the line manager hears of all their
// people in one letter; of those whom nobody manages, or whose manager left, each
// lead does.
func TestWhoeverManagesIsTold(t *testing.T) {
	c := newCrowd(t, 0, 1)
	var manager, lead, late, late2, alone string
	manager, late, late2, alone = c.newcomer(t, "rheolwr", ""), c.newcomer(t, "ela", ""), c.newcomer(t, "nia", ""), c.newcomer(t, "sam", "")
	lead = c.newcomer(t, "arwel", "")
	c.write(t, func(tx store.Tx) error {
		var person string
		err := tx.Raw("SELECT person_id FROM roster WHERE id = ?", lead).Scan(&person).Error
		if err == nil {
			_, err = people.AddMembership(tx, people.NewMembership{PersonID: person, OrganisationID: c.scope.Organisation(), BoardID: c.scope.Board(), Role: people.Lead, JobRole: "border"})
		}
		return err
	})
	for _, id := range []string{late, late2} {
		c.moves(t, id, people.PositionForm{JobRole: "border", Manager: "rheolwr@new.example"})
	}
	c.put(t, Rule{Chosen: []string{late, late2, alone}, Schedule: threeYears})
	for day := due.Day("2026-11-24"); day < "2027-03-01"; day = day.Plus(0, 1) {
		c.at(t, day, 9)
	}
	wantSame(t, c.told(t, manager, ToManager), "2027-01-04") // due on 21 December
	wantSame(t, c.told(t, lead, ToManager), "2027-01-04")
	for to, want := range map[string]int{manager: 2, lead: 1} {
		l, err := c.school.LetterByID(t.Context(), c.letters(t, "position_id = ? AND kind = 'escalation'", to)[0].ID)
		if err != nil || len(l.Items) != want || l.Items[0].Person == "" {
			t.Errorf("%+v, %v", l, err)
		}
	}
}

// TestTheWeeksLetter: on Monday each lead hears how their people stand, once, on the
// next working day where that is quiet, and not where there is nothing to say.
func TestTheWeeksLetter(t *testing.T) {
	c := newCrowd(t, 0, 1)
	id, lead := c.newcomer(t, "ela", ""), c.newcomer(t, "arwel", "")
	c.write(t, func(tx store.Tx) error {
		var person string
		err := tx.Raw("SELECT person_id FROM roster WHERE id = ?", lead).Scan(&person).Error
		if err == nil {
			_, err = people.AddMembership(tx, people.NewMembership{PersonID: person, OrganisationID: c.scope.Organisation(), BoardID: c.scope.Board(), Role: people.Lead, JobRole: "border"})
		}
		return err
	})
	c.put(t, Rule{Chosen: []string{id}, Schedule: due.Schedule{Basis: due.OnDay, Day: "2027-01-01"}})
	for day := due.Day("2026-11-24"); day < "2027-01-06"; day = day.Plus(0, 1) {
		c.school.reminds.day = ""
		c.at(t, day, 9)
		c.at(t, day, 15)
	}
	// From 2 December it is due soon; 28 December is a bank holiday.
	wantSame(t, c.told(t, lead, ToLead), "2026-12-07", "2026-12-14", "2026-12-21", "2026-12-29", "2027-01-04")
	l, err := c.school.LetterByID(t.Context(), c.letters(t, "position_id = ? AND kind = 'digest'", lead)[4].ID)
	if err != nil || !l.Says() || l.Counts[due.Overdue] != 1 || len(l.Items) != 1 {
		t.Errorf("%+v, %v", l, err)
	}
	c.finishes(t, id)
	if l, err := c.school.LetterByID(t.Context(), c.letters(t, "position_id = ? AND kind = 'digest'", lead)[4].ID); err != nil || l.Says() {
		t.Errorf("with nothing to say: %+v, %v", l, err)
	}
}

// TestKilledBetween: a program that ends in the middle of the morning's work goes on
// with those who are left, and nobody hears twice.
func TestKilledBetween(t *testing.T) {
	c := newCrowd(t, 160, 4)
	c.put(t, Rule{Schedule: threeYears})
	day := due.DayOf(c.clock.Now()).Plus(0, 21).Working()
	c.clock.Set(day.Begin().Add(9 * time.Hour))
	c.settle(t)
	terms, err := termsBy(c.db.Read(t.Context()), day, "")
	if err != nil {
		t.Fatal(err)
	}
	all := positionsOf(terms)
	if len(all) < 60 {
		t.Fatalf("only %d are to be reminded", len(all))
	}
	c.write(t, func(tx store.Tx) error { // the first batch, before the end of the program
		for _, id := range all[:50] {
			if err := c.school.remindOne(tx, id, day); err != nil {
				return err
			}
		}
		return nil
	})
	half := len(c.letters(t, "1 = 1"))
	c.remind(t)
	whole := len(c.letters(t, "1 = 1"))
	c.school.reminds.day = "" // it was started again
	c.remind(t)
	var jobs int
	if err := c.db.Read(t.Context()).Raw("SELECT count(*) FROM outbox_jobs WHERE kind = ?", Reminded).Scan(&jobs).Error; err != nil {
		t.Fatal(err)
	}
	if half == 0 || whole <= half || len(c.letters(t, "1 = 1")) != whole || jobs != whole {
		t.Errorf("%d, then %d, then %d letters, %d jobs", half, whole, len(c.letters(t, "1 = 1")), jobs)
	}
}

// TestWhateverHappensNobodyIsRemindedTwice: two years of whatever happens. No
// reminder goes twice for what is asked once, none on a quiet day or by night, and
// none says anything to whoever finished, left or is asked no more.
func TestWhateverHappensNobodyIsRemindedTwice(t *testing.T) {
	if testing.Short() {
		t.Skip("plays long histories")
	}
	for seed := range uint64(2) {
		c := newCrowd(t, 100, seed+40)
		r := rand.New(rand.NewPCG(seed, 7))
		said := map[string]string{} // what is asked of whom and when, and reminder -> letter
		letters := 0
		for day := due.Day("2026-11-24"); day < "2028-11-24"; day = day.Plus(0, 1) {
			if r.IntN(6) == 0 {
				c.something(t, r)
			}
			for _, hour := range []int{3, 8 + r.IntN(10)} {
				if r.IntN(5) == 0 { // it was not running
					continue
				}
				if r.IntN(5) == 0 {
					c.school.reminds.day = ""
				}
				c.at(t, day, hour)
			}
			if r.IntN(4) == 0 { // something between putting down and writing
				c.something(t, r)
			}
			put := c.letters(t, "day = ?", day)
			if len(put) > 0 && day.Quiet() {
				t.Fatalf("letters on %s, a quiet day", day)
			}
			for _, p := range put {
				letters += c.isDue(t, p, said)
			}
		}
		var doubled, jobs, rows int
		rx := c.db.Read(t.Context())
		if err := rx.Raw(`SELECT (SELECT count(*) FROM (SELECT 1 FROM course_letters GROUP BY position_id, kind, day HAVING count(*) > 1)),
			(SELECT count(*) FROM outbox_jobs WHERE kind = ?), (SELECT count(*) FROM course_letters)`, Reminded).Row().Scan(&doubled, &jobs, &rows); err != nil {
			t.Fatal(err)
		}
		if doubled > 0 || jobs != rows || letters < 50 {
			t.Errorf("%d doubled; %d jobs for %d letters, of which %d say something", doubled, jobs, rows, letters)
		}
	}
}

// isDue holds one letter, as it would be written now, to what is asked of its reader,
// and says whether it says anything.
func (c *crowd) isDue(t *testing.T, p putDown, said map[string]string) int {
	t.Helper()
	rx := c.db.Read(t.Context())
	l, err := c.school.LetterByID(t.Context(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	var of []struct{ Asked, Kind string }
	err = rx.Raw(`SELECT a.position_id || u.course || u.parts || a.asked_on || a.due_on AS asked, m.kind
		FROM course_reminders m JOIN course_assignments a ON a.id = m.assignment_id JOIN course_rules u ON u.id = a.rule_id
		WHERE a.position_id = ? AND m.day = ? AND m.kind <> 'after_14'`, p.PositionID, p.Day).Scan(&of).Error
	if err != nil || p.Kind == string(ToLearner) && len(of) == 0 {
		t.Fatalf("a letter that reminds of nothing: %+v, %v", p, err)
	}
	for _, m := range of {
		key := fmt.Sprint(m.Asked, ":", m.Kind)
		if before := said[key]; p.Kind == string(ToLearner) && before != "" && before != p.ID {
			t.Fatalf("%s went twice", key)
		}
		said[key] = p.ID
	}
	if len(l.Items) == 0 || p.Kind != string(ToLearner) {
		return 0
	}
	n, err := c.school.LearningOf(t.Context(), c.scope, p.PositionID, slug)
	if err != nil || len(c.positions(t, "id = ? AND left_at IS NULL", p.PositionID)) == 0 {
		t.Fatalf("a letter to somebody who left: %+v, %v", p, err)
	}
	for _, i := range l.Items {
		if !slices.ContainsFunc(n.Asked, func(a Asked) bool {
			return a.Assignment.Due == i.Due && a.Status == i.Status && a.Done == a.DoneBefore && a.Rule.State == Active
		}) {
			t.Fatalf("%+v is in a letter of %s, and asked is %+v", i, p.Day, n.Asked)
		}
	}
	return 1
}

// TestNudges: as many are nudged as were shown, nobody twice in a week, nobody who
// has nothing to do; what the letter says is what is asked then.
func TestNudges(t *testing.T) {
	c := newCrowd(t, 0, 1)
	ela, nia, done := c.newcomer(t, "ela", ""), c.newcomer(t, "nia", ""), c.newcomer(t, "sam", "")
	c.newcomer(t, "arall", "")
	c.put(t, Rule{Chosen: []string{ela, nia, done}, Schedule: threeYears})
	c.finishes(t, done)
	plan := func(matching, lately, nothing, to int) {
		t.Helper()
		n, err := c.school.Nudges(t.Context(), c.scope, RosterFilter{})
		if err != nil || n.Matching != matching || n.Lately != lately || n.Nothing != nothing || len(n.To) != to {
			t.Fatalf("%+v, %v", n, err)
		}
	}
	plan(4, 0, 2, 2)
	if err := c.school.NudgeOne(t.Context(), boss, c.scope, ela); err != nil {
		t.Fatal(err)
	}
	plan(4, 1, 2, 1)
	for id, key := range map[string]string{ela: "course.nudge.lately", done: "course.nudge.nothing"} {
		if p, ok := problem.As(c.school.NudgeOne(t.Context(), boss, c.scope, id)); !ok || p.Key != key {
			t.Errorf("%+v, not %s", p, key)
		}
	}
	if p, ok := problem.As(c.school.NudgeAll(t.Context(), boss, c.scope, RosterFilter{}, 2)); !ok || p.Args["Shown"] != 2 || p.Args["Count"] != 1 {
		t.Errorf("%+v", p)
	}
	if problem.KindOf(c.school.NudgeOne(t.Context(), boss, c.beside(t), nia)) != problem.NotFound {
		t.Error("another agency nudged her")
	}
	if err := c.school.NudgeAll(t.Context(), boss, c.scope, RosterFilter{}, 1); err != nil {
		t.Fatal(err)
	}
	wantSame(t, c.told(t, nia, Nudge), "2026-11-23")
	wantSame(t, c.told(t, done, Nudge))
	if days, err := c.school.NudgedLately(t.Context(), c.scope); err != nil || len(days) != 2 || days[nia] != "2026-11-23" {
		t.Errorf("nudged lately: %v, %v", days, err)
	}
	l, err := c.school.LetterByID(t.Context(), c.letters(t, "position_id = ?", nia)[0].ID)
	if err != nil || len(l.Items) != 1 {
		t.Errorf("%+v, %v", l, err)
	}
	c.clock.Advance(6 * 24 * time.Hour)
	plan(4, 2, 2, 0)
	c.clock.Advance(24 * time.Hour)
	plan(4, 0, 2, 2)
	today := func(when string, want int) {
		t.Helper()
		if n, err := c.school.Nudges(t.Context(), c.scope, RosterFilter{}); err != nil || n.Today != want {
			t.Errorf("%s: %d are reminded today without a nudge, not %d, %v", when, n.Today, want, err)
		}
	}
	today("on no day of theirs", 0)
	monday := due.DayOf(c.clock.Now()).Plus(0, 14) // a week before the day
	b := monday.Begin()
	c.clock.Set(time.Date(b.Year(), b.Month(), b.Day(), 7, 30, 0, 0, b.Location()))
	c.settle(t)
	today("before eight", 2)
	c.at(t, monday, 9)
	today("put down", 2)
	letter := c.letters(t, "position_id = ? AND kind = ? AND day = ?", ela, ToLearner, monday)[0].ID
	if err := c.school.NoteLetter(t.Context(), letter, false); err != nil {
		t.Fatal(err)
	}
	today("one had nothing to say", 1)
	late := c.letters(t, "position_id = ? AND kind = ? AND day = ?", nia, ToLearner, monday)[0].ID
	c.clock.Advance(24 * time.Hour)
	today("the day after", 0)
	if err := c.school.NoteLetter(t.Context(), late, true); err != nil {
		t.Fatal(err)
	}
	today("one went a day late", 1)
}
