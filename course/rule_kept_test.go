package course

import (
	"context"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// TestWhatIsKeptIsTheRule: whatever happens to an agency's people and rules, in
// whatever order, on whatever day, what is kept of everybody is what follows from
// the rules, and a program that is stopped in the middle goes on to the same.
func TestWhatIsKeptIsTheRule(t *testing.T) {
	if testing.Short() {
		t.Skip("plays long histories")
	}
	for seed := range uint64(3) {
		c := newCrowd(t, 60, seed+20)
		r := rand.New(rand.NewPCG(seed, 9))
		off := &exempted{}
		for range 60 {
			if r.IntN(4) == 0 {
				c.letsOff(t, r, off)
			} else {
				c.something(t, r)
			}
			c.clock.Advance(time.Duration(r.IntN(40*24)) * time.Hour)
			if r.IntN(3) == 0 { // killed in the middle
				ctx, stop := context.WithCancel(t.Context())
				stop()
				_ = c.school.Settle(ctx)
			}
			c.settle(t)
			c.isTheRule(t)
			off.holds(t, c)
			c.clock.Advance(24 * time.Hour) // a midnight that nobody looked at yet
			c.isTheRule(t)
			off.holds(t, c)
		}
		if off.held == 0 || off.over == 0 {
			t.Errorf("%d were let off, %d no more", off.held, off.over)
		}
	}
}

// something happens.
func (c *crowd) something(t *testing.T, r *rand.Rand) {
	t.Helper()
	here, rules := c.positions(t, "left_at IS NULL"), c.rules(t)
	anyone := here[r.IntN(len(here))]
	job := people.JobRoles[r.IntN(3)]
	switch n := r.IntN(8); {
	case n == 0 || len(rules) == 0:
		rule := Rule{Schedule: due.Schedule{Basis: []due.Basis{due.AfterStart, due.OnDay, due.InWindow}[r.IntN(3)], Days: 1 + r.IntN(60),
			Day: due.DayOf(c.clock.Now()).Plus(r.IntN(14), 3), From: "09-01", To: "10-31", EveryMonths: 12 * r.IntN(4), GraceDays: r.IntN(20)}}
		switch r.IntN(4) {
		case 0:
			rule.Job = job
		case 1:
			rule.Team = c.teams[r.IntN(2)]
		case 2:
			rule.Chosen = slices.Clone(here[:3])
		case 3:
			rule.Parts = []string{"signs"}
		}
		if len(rules) > 0 && rules[0].State != Ended && r.IntN(2) == 0 {
			rule.Replaces = rules[0].ID
		}
		c.put(t, rule)
	case n == 1 && rules[0].State != Ended:
		c.state(t, rules[0].ID, []RuleState{Active, Paused, Ended}[r.IntN(3)])
	case n <= 4:
		c.finishes(t, anyone)
	case n == 5:
		d := people.New(c.db, people.Options{})
		if err := d.RecordLeaver(t.Context(), boss, c.scope, anyone, string(due.DayOf(c.clock.Now()))); err != nil {
			t.Fatal(err)
		}
	case n == 6:
		behind := c.positions(t, "duplicate_of IS NOT NULL")
		for _, id := range behind[:min(1, r.IntN(2)*len(behind))] {
			c.finishes(t, id)
			c.undoes(t, id)
			return
		}
		free := c.positions(t, `left_at IS NULL AND NOT EXISTS (SELECT 1 FROM roster b WHERE b.duplicate_of = roster.id)`)
		if i, k := r.IntN(len(free)), r.IntN(len(here)); here[k] != free[i] {
			c.merges(t, here[k], free[i])
		}
	default:
		c.write(t, func(tx store.Tx) error {
			return people.SetPositionIn(tx, c.scope, anyone, people.PositionForm{JobRole: job, Team: c.teams[r.IntN(2)], WorksSince: string(due.DayOf(tx.Now.Time).Plus(0, -r.IntN(300)))})
		})
	}
}

// isTheRule compares what is kept with what follows from the rules now, for each
// and everybody.
func (c *crowd) isTheRule(t *testing.T) {
	t.Helper()
	q, err := RosterFilter{}.query(c.db.Read(t.Context()), c.scope, slug)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := q.lines(c.db.Read(t.Context()), i18n.EN, nil, "", false, 1000)
	if err != nil {
		t.Fatal(err)
	}
	c.talliesAreTrue(t)
	want := map[string][]string{}
	for _, r := range c.rules(t) {
		if r.State == Ended {
			continue
		}
		if r.Place = c.scope; r.State == Active {
			where, args, err := r.where(c.db.Read(t.Context()))
			if err != nil {
				t.Fatal(err)
			}
			for _, id := range c.positions(t, "board_id = '"+c.scope.Board()+"' AND "+where, args...) {
				want[id] = append(want[id], r.ID)
			}
		}
	}
	for _, l := range lines {
		n, err := c.school.LearningOf(t.Context(), c.scope, l.ID, slug)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]bool{}
		for _, a := range n.Asked {
			got[a.Assignment.Rule] = true
		}
		if asked := slices.Sorted(maps.Keys(got)); !slices.Equal(asked, slices.Sorted(slices.Values(want[l.ID]))) {
			t.Fatalf("%s is asked by %v, not by %v", l.Name, asked, want[l.ID])
		}
		if l.Status != n.Status {
			t.Fatalf("%s: %s is kept, %s it is: %+v", l.Name, l.Status, n.Status, n.Asked)
		}
	}
}

// talliesAreTrue counts what triggers count.
func (c *crowd) talliesAreTrue(t *testing.T) {
	t.Helper()
	for what, sql := range map[string]string{
		"standings": `SELECT count(*) FROM (
			SELECT organisation_id, board_id, course, gone, team_id, job_role, training_group, status, count(*) AS n FROM course_standings GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
			EXCEPT SELECT organisation_id, board_id, course, gone, team_id, job_role, training_group, status, n FROM course_tallies)`,
		"nobody":      `SELECT (SELECT sum(n) FROM course_tallies) <> (SELECT count(*) FROM course_standings)`,
		"assignments": `SELECT count(*) FROM course_rule_tallies u WHERE u.n <> (SELECT count(*) FROM course_assignments a WHERE a.rule_id = u.rule_id AND a.ended_at IS NULL)`,
	} {
		var wrong int
		if err := c.db.Read(t.Context()).Raw(sql).Scan(&wrong).Error; err != nil || wrong != 0 {
			t.Fatalf("%s: %d tallies are wrong, %v", what, wrong, err)
		}
	}
}
