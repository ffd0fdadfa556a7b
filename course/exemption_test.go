package course

import (
	"math/rand/v2"
	"testing"

	"golau/course/due"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// exempted is who was let off what until when, as the test knows it.
type exempted struct {
	all        []grant
	held, over int // how often one counted, and one did no more
}

type grant struct {
	id, position, rule string
	until              due.Day
	counts             bool
}

// letsOff lets somebody off a rule or the course, with or without the board's
// countersignature, answers one, or takes one back.
func (c *crowd) letsOff(t *testing.T, r *rand.Rand, off *exempted) {
	t.Helper()
	here, rules := c.positions(t, "left_at IS NULL"), c.rules(t)
	if n := len(off.all); n > 0 && r.IntN(3) == 0 {
		g := &off.all[r.IntN(n)]
		err := c.school.TakeBackExemption(t.Context(), boss, c.scope, g.id)
		if err == nil {
			g.counts = false
		} else if problem.KindOf(err) != problem.Conflict && problem.KindOf(err) != problem.NotFound {
			t.Fatal(err)
		}
		return
	}
	g := grant{position: here[r.IntN(len(here))], until: due.DayOf(c.clock.Now()).Plus(r.IntN(12), r.IntN(28)), counts: true}
	if len(rules) > 0 && r.IntN(2) == 0 && rules[0].State != Ended {
		g.rule = rules[0].ID
	}
	board := r.IntN(2) == 0
	c.write(t, func(tx store.Tx) error {
		return tx.Exec("UPDATE people_boards SET countersigns = ? WHERE id = ?", board, c.scope.Board()).Error
	})
	var err error
	if g.id, err = c.school.Exempt(t.Context(), boss, c.scope, g.position, slug, ExemptionForm{Rule: g.rule, Until: g.until, Reason: "For the test"}); problem.KindOf(err) == problem.Conflict {
		return // they are let off the same already
	} else if err != nil {
		t.Fatal(err)
	}
	if board {
		c.isTheRule(t) // it waits, and counts not yet
		g.counts = r.IntN(3) > 0
		officer := people.Viewer{Person: "officer", Memberships: []people.Membership{{Role: people.Officer, Board: people.Board{ID: c.scope.Board(), Key: "tref"}}}}
		scope, err := officer.BoardScope("tref")
		if err != nil {
			t.Fatal(err)
		}
		if err := c.school.AnswerExemption(t.Context(), boss, scope, g.id, true, ""); problem.KindOf(err) != problem.Conflict {
			t.Fatalf("who let somebody off countersigns it: %v", err)
		}
		if err := c.school.AnswerExemption(t.Context(), officer, scope, g.id, g.counts, "No"); err != nil {
			t.Fatal(err)
		}
	}
	off.all = append(off.all, g)
}

// holds compares who is exempt with what was granted; a rule that takes the place
// of another is let off with it.
func (off *exempted) holds(t *testing.T, c *crowd) {
	t.Helper()
	today, before := due.DayOf(c.clock.Now()), map[string]string{}
	for _, r := range c.rules(t) {
		before[r.ID] = r.Replaces
	}
	for _, id := range c.positions(t, "left_at IS NULL") {
		n, err := c.school.LearningOf(t.Context(), c.scope, id, slug)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range n.Asked {
			want := false
			for _, g := range off.all {
				for rule := a.Assignment.Rule; g.position == id && g.counts && rule != ""; rule = before[rule] {
					if g.rule == "" || g.rule == rule {
						want = want || today <= g.until
						off.over += map[bool]int{true: 1}[today > g.until]
					}
				}
			}
			if (a.Status == due.Exempt) != want || (a.ExemptUntil != "") != want {
				t.Fatalf("%s is %s until %q on %s, let off is %v: %+v", id, a.Status, a.ExemptUntil, today, want, off.all)
			}
			off.held += map[bool]int{true: 1}[want]
		}
	}
}

// TestAnExemptionSaysWhatItIs: what is wrong with the form stands at its field, an
// exemption ends within a year, nobody lets themselves off, nobody of another agency
// is reached, and what was said of why goes when the person does, and nothing else.
func TestAnExemptionSaysWhatItIs(t *testing.T) {
	c := newCrowd(t, 30, 4)
	here := c.positions(t, "left_at IS NULL")
	today := due.DayOf(c.clock.Now())
	good := ExemptionForm{Until: today.Plus(12, 0), Reason: " On  secondment "}
	for field, bad := range map[string]ExemptionForm{
		"until": {Until: today.Plus(12, 1), Reason: "x"}, "reason": {Until: today}, "rule": {Until: today, Reason: "x", Rule: "no-such"},
		"reviewer": {Until: today, Reason: "x", Reviewer: "nobody@nowhere.example"},
	} {
		_, err := c.school.Exempt(t.Context(), boss, c.scope, here[0], slug, bad)
		p, ok := problem.As(err)
		if !ok || len(p.Fields) != 1 || p.Fields[field] == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
	for _, until := range []due.Day{"", today.Plus(0, -1), "someday"} {
		if _, err := c.school.Exempt(t.Context(), boss, c.scope, here[0], slug, ExemptionForm{Until: until, Reason: "x"}); problem.KindOf(err) != problem.Invalid {
			t.Errorf("until %q: %v", until, err)
		}
	}
	id, err := c.school.Exempt(t.Context(), boss, c.scope, here[0], slug, good)
	if err != nil {
		t.Fatal(err)
	}
	all, err := c.school.Exemptions(t.Context(), c.scope)
	if err != nil || len(all) != 1 || all[0].Reason != "On secondment" || all[0].State != ExemptionInForce || all[0].Reviewer != boss.Person {
		t.Fatalf("%v %+v", err, all)
	}
	other := people.Viewer{Person: "other", Memberships: []people.Membership{{Role: people.Lead, Leads: people.Whole, Organisation: people.Organisation{ID: "beside"}, Board: people.Board{ID: c.scope.Board()}}}}
	beside, err := other.OrganisationScope("")
	if err != nil {
		t.Fatal(err)
	}
	if err := c.school.TakeBackExemption(t.Context(), other, beside, id); problem.KindOf(err) != problem.NotFound {
		t.Errorf("another agency takes it back: %v", err)
	}
	if _, err := c.school.Exempt(t.Context(), other, beside, here[0], slug, good); problem.KindOf(err) != problem.NotFound {
		t.Errorf("another agency lets somebody off: %v", err)
	}
	if _, err := c.school.Exempt(t.Context(), people.Viewer{Person: all[0].Person}, c.scope, here[0], slug, good); problem.KindOf(err) != problem.Conflict {
		t.Errorf("somebody lets themselves off: %v", err)
	}
	c.write(t, func(tx store.Tx) error { return Erase(tx, all[0].Person) })
	all, err = c.school.ExemptionsOf(t.Context(), c.scope, here[0])
	if err != nil || len(all) != 1 || all[0].Reason != "" || all[0].Until != good.Until {
		t.Errorf("%v %+v", err, all)
	}
}
