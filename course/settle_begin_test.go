package course

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"golau/course/due"
	"golau/internal/people"
)

// goer is somebody who leaves or moves away and comes back, beside somebody who stays.
type goer struct {
	stays, goes string
	form        people.PositionForm // where both stand, and the goer's start
	since       due.Day             // when they went; "" = they are here
	left        bool
	mended      bool // the rule was, while they were away
}

// goesAway has the goer leave, or move to another team or kind of work, or both.
func (c *crowd) goesAway(t *testing.T, r *rand.Rand, g *goer) string {
	t.Helper()
	if g.since == "" {
		g.since = due.DayOf(c.clock.Now())
	}
	what := r.IntN(3)
	if what == 0 && !g.left {
		g.left = true
		if err := people.New(c.db, people.Options{}).RecordLeaver(t.Context(), boss, c.scope, g.goes, string(due.DayOf(c.clock.Now()))); err != nil {
			t.Fatal(err)
		}
		c.settle(t)
		return "leaves"
	}
	if g.left {
		return "is away"
	}
	elsewhere := g.form
	if what == 1 {
		elsewhere.Team = c.teams[0]
	} else {
		elsewhere.JobRole = "health"
	}
	c.moves(t, g.goes, elsewhere)
	return "moves away"
}

// comesBack has the goer stand where they stood, perhaps with a start that is later.
func (c *crowd) comesBack(t *testing.T, r *rand.Rand, g *goer) string {
	t.Helper()
	today := due.DayOf(c.clock.Now())
	if start := []due.Day{due.Day(g.form.WorksSince), min(g.since.Plus(0, 1), today), today}[r.IntN(3)]; start != "" {
		g.form.WorksSince = string(start)
	}
	if g.left {
		if err := people.New(c.db, people.Options{}).TakeBack(t.Context(), boss, c.scope, g.goes); err != nil {
			t.Fatal(err)
		}
		if r.IntN(2) == 0 {
			c.settle(t)
		}
	}
	g.left, g.mended, g.since = false, false, ""
	c.moves(t, g.goes, g.form)
	return "comes back, here since " + g.form.WorksSince
}

// noBetter compares what is asked of both: nothing of whoever went is due later, nor
// does its status say anything else.
func (c *crowd) noBetter(t *testing.T, g goer, way []string) (compared int) {
	t.Helper()
	asked := func(id string) map[string]string {
		n, err := c.school.LearningOf(t.Context(), c.scope, id, slug)
		if err != nil {
			t.Fatal(err)
		}
		all := map[string]string{"": string(n.Status)}
		for _, a := range n.Asked {
			all[a.Rule.ID] = fmt.Sprint(a.Status, " by ", a.Due, ", done ", a.Done, " until ", a.Until)
		}
		return all
	}
	stays, goes := asked(g.stays), asked(g.goes)
	if len(stays) != len(goes) {
		t.Fatalf("%q: of one who stays is asked %v, of one who went and is back %v", way, stays, goes)
	}
	for rule, want := range stays {
		if goes[rule] != want {
			t.Fatalf("%q: who stays is %s, who went and is back is %s", way, want, goes[rule])
		}
	}
	return len(goes) - 1
}

// TestGoingAndComingBackIsNoBetterThanStaying: whoever leaves, or moves to another team
// or kind of work, as often as may be and in any order, and is back within 28 days,
// stands where those do who stayed; also where a later start is noted, what is asked is
// mended meanwhile, or both finish it.
func TestGoingAndComingBackIsNoBetterThanStaying(t *testing.T) {
	compared := 0
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 28))
		c := newCrowd(t, 0, seed)
		start := []string{"", "2020-01-01"}[seed%2]
		g := goer{stays: c.newcomer(t, "aros", start), goes: c.newcomer(t, "mynd", start), form: people.PositionForm{JobRole: "border", Team: c.teams[1], WorksSince: start}}
		for _, id := range []string{g.stays, g.goes} {
			c.moves(t, id, g.form)
		}
		job := Rule{Job: "border", Schedule: threeYears}
		job.Days, job.GraceDays = 28+r.IntN(40), r.IntN(9)
		last := c.put(t, job)
		c.put(t, Rule{Team: c.teams[1], Parts: []string{"signs"}, Schedule: due.Schedule{Basis: due.OnDay, Day: "2027-01-20", Days: 14}})
		var way []string
		note := func(what string) { way = append(way, string(due.DayOf(c.clock.Now()))+" "+what) }
		for range 30 {
			c.clock.Advance(time.Duration(r.IntN(7)) * 24 * time.Hour)
			c.settle(t)
			today := due.DayOf(c.clock.Now())
			switch n := r.IntN(8); {
			case g.since != "" && (n < 4 || today.Plus(0, 7) > g.since.Plus(0, backWithin)):
				note(c.comesBack(t, r, &g))
			case n < 5:
				note(c.goesAway(t, r, &g))
			case n == 5 && !g.mended:
				g.mended = g.since != ""
				job.Replaces, job.GraceDays = last, r.IntN(9)
				last = c.put(t, job)
				note("the rule is mended")
			case n == 6 && r.IntN(4) == 0 && !g.left:
				c.finishes(t, g.stays)
				c.finishes(t, g.goes)
				note("both finish")
			}
			if g.since == "" {
				compared += c.noBetter(t, g, way)
			}
		}
	}
	if compared < 200 {
		t.Errorf("only %d were compared", compared)
	}
}

// The trick: who leaves and is back with a start of the day after has no new days, also
// where the rule was mended while they were away; who was away for longer has.
func TestALaterStartIsNoNewBeginning(t *testing.T) {
	for away, anew := range map[int]bool{1: false, backWithin: false, backWithin + 1: true} {
		for _, mended := range []bool{false, true} {
			c := newCrowd(t, 0, 1)
			rule := border
			rule.Days = 28
			first := c.put(t, rule)
			ela := c.newcomer(t, "ela", "2020-01-01")
			asked := due.DayOf(c.clock.Now())
			c.clock.Advance(40 * 24 * time.Hour)
			c.settle(t)
			left := due.DayOf(c.clock.Now())
			if err := people.New(c.db, people.Options{}).RecordLeaver(t.Context(), boss, c.scope, ela, string(left)); err != nil {
				t.Fatal(err)
			}
			c.settle(t)
			if mended {
				rule.Replaces, rule.GraceDays = first, 1
				c.put(t, rule)
			}
			c.clock.Advance(time.Duration(away) * 24 * time.Hour)
			if err := people.New(c.db, people.Options{}).TakeBack(t.Context(), boss, c.scope, ela); err != nil {
				t.Fatal(err)
			}
			c.moves(t, ela, people.PositionForm{JobRole: "border", WorksSince: string(left.Plus(0, 1))})
			n, err := c.school.LearningOf(t.Context(), c.scope, ela, slug)
			if err != nil || len(n.Asked) != 1 {
				t.Fatalf("%+v, %v", n.Asked, err)
			}
			want, by := due.Overdue, asked.Plus(0, 28)
			if anew {
				want, by = due.DueSoon, due.DayOf(c.clock.Now()).Plus(0, 28)
			}
			if n.Status != want || n.Asked[0].Due != by {
				t.Errorf("away for %d days, mended %v: %s by %s, not %s by %s", away, mended, n.Status, n.Asked[0].Due, want, by)
			}
		}
	}
}
