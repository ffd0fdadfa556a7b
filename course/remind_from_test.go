package course

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"golau/course/due"
)

// Whoever is overdue once they are let off no more, or once a rule that was paused asks
// again, hears of it, counted from that day, and nobody hears anything twice.
func TestWhoeverIsAskedAgainIsReminded(t *testing.T) {
	for what, c := range map[string]struct {
		happens func(c *crowd, id, rule string, day due.Day) // each day, before the morning
		told    []string                                     // after the day on which it is due, 21 December
		above   []string                                     // the lead's, of whoever is long overdue
	}{
		"exempt": {func(c *crowd, id, _ string, day due.Day) {
			if day == "2026-12-10" {
				c.exempts(t, id, "2027-03-31")
			}
		}, []string{"2027-04-02", "2027-04-08"}, []string{"2027-04-15"}},
		"exempt from a rule that is mended": {func(c *crowd, id, rule string, day due.Day) {
			switch day {
			case "2026-12-10":
				c.exemptsOf(t, id, rule, "2027-03-31")
			case "2027-02-01":
				r := border
				r.Days, r.GraceDays, r.Replaces = 28, 1, rule
				c.put(t, r)
			}
		}, []string{"2027-04-02", "2027-04-08"}, []string{"2027-04-15"}},
		"exempt once they were late": {func(c *crowd, id, _ string, day due.Day) {
			if day == "2026-12-24" {
				c.exempts(t, id, "2027-03-31")
			}
		}, []string{"2026-12-22", "2027-04-08"}, []string{"2027-04-15"}},
		"taken back": {func(c *crowd, id, _ string, day due.Day) {
			switch day {
			case "2026-12-10":
				c.exempts(t, id, "2027-11-30")
			case "2027-03-01":
				c.takesBack(t, id)
			}
		}, []string{"2027-03-02", "2027-03-08"}, []string{"2027-03-15"}},
		"given and taken back on one day": {func(c *crowd, id, _ string, day due.Day) {
			if day == "2026-12-23" {
				c.exempts(t, id, "2027-11-30")
				c.takesBack(t, id)
			}
		}, []string{"2026-12-22", "2026-12-29"}, []string{"2027-01-04"}},
		"paused": {func(c *crowd, _, rule string, day due.Day) {
			switch day {
			case "2026-12-10":
				c.state(t, rule, Paused)
			case "2027-03-01":
				c.state(t, rule, Active)
			}
		}, []string{"2027-03-02", "2027-03-08"}, []string{"2027-03-15"}},
		"paused and mended": {func(c *crowd, _, rule string, day due.Day) {
			switch day {
			case "2026-12-10":
				c.state(t, rule, Paused)
			case "2027-03-01", "2027-03-03":
				rules := c.rules(t)
				r := border
				r.Days, r.GraceDays, r.Replaces = 28, int(day[9]-'0'), rules[0].ID
				c.put(t, r)
			}
		}, []string{"2027-03-02", "2027-03-08"}, []string{"2027-03-15"}},
	} {
		t.Run(what, func(t *testing.T) {
			cr := newCrowd(t, 0, 1)
			id, lead := cr.newcomer(t, "ela", ""), cr.newcomer(t, "arwel", "")
			cr.leads(t, lead)
			r := border
			r.Days = 28
			rule := cr.put(t, r)
			cr.finishes(t, lead)
			for day := due.Day("2026-11-24"); day < "2027-06-01"; day = day.Plus(0, 1) {
				cr.at(t, day, 7)
				c.happens(cr, id, rule, day)
				cr.at(t, day, 9)
			}
			after := func(days []string) []string {
				return slices.DeleteFunc(days, func(d string) bool { return d <= "2026-12-21" })
			}
			wantSame(t, after(cr.told(t, id, ToLearner)), c.told...)
			wantSame(t, cr.told(t, lead, ToManager), c.above...)
		})
	}
}

// Who is said to hear next is who hears, whatever happened before: by a lead's page,
// and by what was put down in the morning it speaks of.
func TestWhoIsSaidToHearNextHears(t *testing.T) {
	if testing.Short() {
		t.Skip("plays long histories")
	}
	for seed := range uint64(2) {
		c := newCrowd(t, 60, seed+60)
		r := rand.New(rand.NewPCG(seed, 9))
		off, heard := &exempted{}, 0
		for day := due.Day("2026-11-24"); day < "2028-03-01"; day = day.Plus(0, 1) {
			for range r.IntN(3) {
				if r.IntN(3) == 0 {
					c.settle(t)
					c.letsOff(t, r, off)
				} else if r.IntN(4) == 0 {
					c.something(t, r)
				}
			}
			c.clock.Set(day.Begin().Add(20 * time.Hour)) // by night, so that it speaks of the next morning
			c.settle(t)
			next, said := c.coming(t)
			if next.Today {
				t.Fatalf("by night of %s it speaks of today", day)
			}
			if next.Day != day.Plus(0, 1) && r.IntN(2) == 0 { // a weekend: of the next days too
				continue
			}
			day = next.Day.Plus(0, -1)
			c.at(t, next.Day, 9)
			put := c.reminded(t, next.Day)
			if !slices.Equal(said, put) {
				t.Fatalf("for %s were named %v, and reminded %v", next.Day, said, put)
			}
			heard += len(put)
		}
		if heard < 30 || off.all == nil {
			t.Errorf("only %d heard", heard)
		}
	}
}

// coming names whom the page of who hears next names, in order.
func (c *crowd) coming(t *testing.T) (n Coming, ids []string) {
	t.Helper()
	for page := 0; ; page++ {
		var err error
		if n, err = c.school.Coming(t.Context(), c.scope, page); err != nil {
			t.Fatal(err)
		}
		for _, l := range n.Lines {
			ids = append(ids, l.Position)
		}
		if !n.More {
			slices.Sort(ids)
			return n, ids
		}
	}
}

// reminded is of whom something was put down for a day, in order.
func (c *crowd) reminded(t *testing.T, day due.Day) (ids []string) {
	t.Helper()
	err := c.db.Read(t.Context()).Raw(`SELECT DISTINCT a.position_id FROM course_reminders m JOIN course_assignments a ON a.id = m.assignment_id
		JOIN course_rules u ON u.id = a.rule_id WHERE m.day = ? AND u.organisation_id = ? ORDER BY 1`, day, c.scope.Organisation()).Scan(&ids).Error
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func (c *crowd) exempts(t *testing.T, id string, until due.Day) { c.exemptsOf(t, id, "", until) }

func (c *crowd) exemptsOf(t *testing.T, id, rule string, until due.Day) {
	t.Helper()
	if _, err := c.school.Exempt(t.Context(), boss, c.scope, id, slug, ExemptionForm{Rule: rule, Until: until, Reason: "For the test"}); err != nil {
		t.Fatal(err)
	}
}

// takesBack takes back what somebody was let off last.
func (c *crowd) takesBack(t *testing.T, id string) {
	t.Helper()
	all, err := c.school.ExemptionsOf(t.Context(), c.scope, id)
	if err == nil {
		err = c.school.TakeBackExemption(t.Context(), boss, c.scope, all[0].ID)
	}
	if err != nil {
		t.Fatal(err)
	}
}
