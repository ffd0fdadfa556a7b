package course

import (
	"testing"

	"golau/course/due"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// give gives more time to those who are named, or to everybody.
func (c *crowd) give(t *testing.T, rule string, until due.Day, named ...string) MoreTimePlan {
	t.Helper()
	m := MoreTime{Rule: rule, Until: until, Reason: "Away", Named: named}
	n, err := c.school.PlanMoreTime(t.Context(), c.scope, m)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.school.GiveMoreTime(t.Context(), boss, c.scope, m, len(n.To)); err != nil {
		t.Fatal(err)
	}
	return n
}

// Whoever is given more time is overdue behind the later day alone, is reminded of
// that, and keeps it over a move there and back and a rule that is mended. It is given
// once, and never to whoever has nothing to do or did it before.
func TestMoreTime(t *testing.T) {
	c := newCrowd(t, 0, 1)
	ela, done, other := c.newcomer(t, "ela", ""), c.newcomer(t, "done", ""), c.newcomer(t, "other", "")
	rule := border
	rule.Days = 28 // due on Monday 21 December
	id := c.put(t, rule)
	c.finishes(t, done)
	c.settle(t)
	for day := due.Day("2026-12-14"); day < "2026-12-30"; day = day.Plus(0, 1) {
		c.at(t, day, 9)
	}
	if s := c.status(t, ela); s != due.Overdue {
		t.Fatal(s)
	}
	n := c.give(t, id, "2027-01-15", ela, done)
	if len(n.To) != 1 || n.Renewal != 1 || n.Matching != 2 {
		t.Errorf("%+v", n)
	}
	if s := c.status(t, ela); s != due.DueSoon {
		t.Errorf("given more time they are %s", s)
	}
	if s := c.status(t, other); s != due.Overdue {
		t.Errorf("who was not named is %s", s)
	}
	if n, err := c.school.PlanMoreTime(t.Context(), c.scope, MoreTime{Rule: id, Until: "2027-01-20"}); err != nil || n.Once != 1 || len(n.To) != 1 || n.To[0].Position != other {
		t.Errorf("a second time: %+v, %v", n, err)
	}
	c.moves(t, ela, people.PositionForm{JobRole: "health"})
	c.settle(t)
	c.moves(t, ela, people.PositionForm{JobRole: "border"})
	rule.Replaces, rule.GraceDays = id, 3
	mended := c.put(t, rule)
	c.settle(t)
	given, err := c.school.MoreTimeOf(t.Context(), c.scope, ela)
	if err != nil || len(given) != 1 {
		t.Fatalf("%+v, %v", given, err)
	}
	for _, g := range given {
		if g.Planned != "2026-12-21" || g.Reason != "Away" || g.By != boss.Person {
			t.Errorf("%+v", g)
		}
	}
	if n, err := c.school.PlanMoreTime(t.Context(), c.scope, MoreTime{Rule: mended, Until: "2027-01-20", Named: []string{ela}}); err != nil || n.Once != 1 {
		t.Errorf("of the mended rule: %+v, %v", n, err)
	}
	before := len(c.told(t, ela, ToLearner))
	for day := due.Day("2026-12-31"); day < "2027-01-30"; day = day.Plus(0, 1) {
		c.at(t, day, 9)
		want := due.DueSoon
		if day > "2027-01-18" { // three days of grace
			want = due.Overdue
		}
		if s := c.status(t, ela); s != want {
			t.Fatalf("on %s they are %s", day, s)
		}
	}
	wantSame(t, c.told(t, ela, ToLearner)[before:], "2027-01-08", "2027-01-14", "2027-01-19", "2027-01-25")
}

// What is refused: another number than was shown, a day too far or gone, no reason, a
// rule that is none or paused, too many at once, and whoever lies beyond the scope.
func TestMoreTimeRefused(t *testing.T) {
	c := newCrowd(t, 0, 1)
	ela := c.newcomer(t, "ela", "")
	rule := border
	rule.Days = 28
	id := c.put(t, rule)
	c.settle(t)
	ok := MoreTime{Rule: id, Until: "2026-12-21", Reason: "Away"}
	plan := func(m MoreTime) error {
		_, err := c.school.PlanMoreTime(t.Context(), c.scope, m)
		return err
	}
	for what, day := range map[string]due.Day{"today": "2026-11-23", "no day": "soon", "far": "2026-12-22", "none": ""} {
		m := ok
		m.Until = day
		if p, is := problem.As(plan(m)); !is || p.Fields["until"] == "" {
			t.Errorf("%s: %v", what, p)
		}
	}
	if n, err := c.school.PlanMoreTime(t.Context(), c.scope, ok); err != nil || n.Later != 1 || len(n.To) != 0 {
		t.Errorf("they have until that day: %+v, %v", n, err)
	}
	c.at(t, "2026-12-01", 9)
	ok.Until = "2026-12-24"
	for what, try := range map[string]struct {
		m     MoreTime
		shown int
		kind  problem.Kind
	}{
		"another number": {ok, 2, problem.Conflict}, "nobody": {ok, 0, problem.Conflict},
		"no reason": {MoreTime{Rule: id, Until: ok.Until}, 1, problem.Invalid}, "no rule": {MoreTime{Rule: "x", Until: ok.Until, Reason: "Away"}, 1, problem.Invalid},
	} {
		if err := c.school.GiveMoreTime(t.Context(), boss, c.scope, try.m, try.shown); problem.KindOf(err) != try.kind {
			t.Errorf("%s: %v", what, err)
		}
	}
	beside, err := people.Viewer{Person: "lead", Memberships: []people.Membership{{Role: people.Lead, Leads: "teams " + people.Part(c.teams[0]), Organisation: people.Organisation{ID: c.scope.Organisation()}, Board: people.Board{ID: c.scope.Board()}}}}.OrganisationScope("")
	if err != nil {
		t.Fatal(err)
	}
	m := ok
	m.Named = []string{ela}
	if err := c.school.GiveMoreTime(t.Context(), boss, beside, m, 1); problem.KindOf(err) != problem.Invalid {
		t.Errorf("by the lead of a part, of a rule of all: %v", err)
	}
	c.state(t, id, Paused)
	if p, is := problem.As(plan(ok)); !is || p.Fields["rule"] == "" {
		t.Errorf("paused: %v", p)
	}
	if n := c.count(t, "SELECT count(*) FROM course_extensions"); n != 0 {
		t.Errorf("%d were given time", n)
	}
}

// Why somebody was given more time goes when they are erased; that they were stays.
func TestWhyMoreTimeWasGivenIsErased(t *testing.T) {
	c := newCrowd(t, 0, 1)
	ela, nia := c.newcomer(t, "ela", ""), c.newcomer(t, "nia", "")
	rule := c.put(t, border)
	c.at(t, due.DayOf(c.clock.Now()).Plus(0, 14), 9)
	c.give(t, rule, due.DayOf(c.clock.Now()).Plus(0, 28))
	const named = "SELECT count(*) FROM course_extensions WHERE reason <> ''"
	if n := c.count(t, named); n != 2 {
		t.Fatalf("%d reasons", n)
	}
	c.write(t, func(tx store.Tx) error { return Erase(tx, c.of(t, ela)) })
	if c.count(t, named) != 1 || c.count(t, "SELECT count(*) FROM course_extensions") != 2 {
		t.Error("the reason is there still, or more has gone")
	}
	past, err := c.school.PastOf(t.Context(), c.scope, nia)
	if err != nil || len(past) != 1 || !past[0].MoreTime {
		t.Errorf("%+v, %v", past, err)
	}
}
