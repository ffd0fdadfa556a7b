package course

import (
	"strings"
	"testing"
	"time"

	"golau/course/due"
	"golau/internal/i18n"
)

// TestTheOverviewIsTheList: every number of the overview, of every team and status
// and of the week, is how many the list with the same filter shows, today and on
// days that nobody has settled yet; and nobody is counted one by one.
func TestTheOverviewIsTheList(t *testing.T) {
	c := newCrowd(t, 200, 31)
	c.put(t, Rule{Schedule: due.Schedule{Basis: due.AfterStart, Days: 40}, Team: c.teams[0]})
	c.put(t, Rule{Schedule: due.Schedule{Basis: due.AfterStart, Days: 5, EveryMonths: 12}, Job: "health"})
	c.settle(t)
	weeks := 0
	for range 6 {
		o, err := c.school.Standings(t.Context(), c.scope, slug, i18n.CY)
		if err != nil {
			t.Fatal(err)
		}
		listed := func(f RosterFilter) int {
			r, err := c.school.Roster(t.Context(), c.scope, slug, f, i18n.CY, "")
			if err != nil {
				t.Fatal(err)
			}
			return r.Total
		}
		if n := listed(RosterFilter{Week: true}); n != o.Week {
			t.Errorf("%d have a week left, %d are listed", o.Week, n)
		}
		top := 0
		for _, team := range o.Teams {
			if team.Depth == 0 {
				top += team.Total()
			}
			for _, s := range due.Statuses {
				if n := listed(RosterFilter{Team: team.ID, Status: s}); n != team.Tally[s] {
					t.Errorf("%s, %s: %d are counted, %d listed", team.ID, s, team.Tally[s], n)
				}
			}
		}
		if n := listed(RosterFilter{}); n != o.All.Total() || n != top || n == 0 {
			t.Errorf("%d are listed, %d counted, %d in teams or in none", n, o.All.Total(), top)
		}
		weeks += o.Week
		c.clock.Advance(9 * 24 * time.Hour)
	}
	if weeks == 0 {
		t.Error("nothing was ever due within a week")
	}
	q, err := RosterFilter{}.query(c.db.Read(t.Context()), c.scope, slug)
	if err != nil {
		t.Fatal(err)
	}
	var plan []string
	sql, args := q.tallied("s.team_id")
	rows, err := c.db.Read(t.Context()).Query("EXPLAIN QUERY PLAN "+sql, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, detail)
	}
	if all := strings.Join(plan, "\n"); strings.Contains(all, "SCAN s") || !strings.Contains(all, "course_standings_turning") {
		t.Errorf("the overview reads everybody:\n%s", all)
	}
}
