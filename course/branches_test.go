package course

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
	"golau/modules/scenario"

	"pgregory.net/rapid"
)

// Authors are told the share of people on each branch by their work, of twenty and
// more, and nothing from which fewer could be worked out.
func TestBranchingTellsNothingOfFew(t *testing.T) {
	h := open(t)
	m, _ := h.school.lib.Module("signs")
	x := m.Cases[0]
	take := func(job people.JobRole, n int, pick func(*scenario.Turn) *scenario.Option) {
		t.Helper()
		err := h.db.Write(t.Context(), store.Actor{Via: "test"}, func(_ context.Context, tx store.Tx) error {
			org, err := people.OrganisationByKey(tx.Rx, "ysgol")
			if err != nil {
				return err
			}
			board, err := people.BoardByKey(tx.Rx, "bro")
			if err != nil {
				return err
			}
			for range n {
				id, err := people.AddPerson(tx, people.NewPerson{Email: tx.NewID() + "@demo.example", Name: "Rhian Morgan", Language: i18n.CY})
				if err != nil {
					return err
				}
				member, err := people.AddMembership(tx, people.NewMembership{PersonID: id, OrganisationID: org.ID, BoardID: board.ID, Role: people.Learner, JobRole: job})
				if err != nil {
					return err
				}
				if _, err := Enrol(tx, id, member, slug); err != nil {
					return err
				}
				if err := h.school.TakeIn(tx, id, job, i18n.CY, slug, m, x, pick); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	admin := people.Viewer{Person: h.viewer.Person, Memberships: []people.Membership{{ID: "m", Role: people.Admin}}}
	first := func(want string) {
		t.Helper()
		b, err := h.school.Branching(t.Context(), admin, m.Slug, x.ID)
		if err != nil || len(b.Turns) != len(x.Decisions) {
			t.Fatalf("%d turns, %v", len(b.Turns), err)
		}
		got := ""
		for _, g := range b.Turns[0].Groups {
			got += fmt.Sprintf("%s %d:", g.Job, g.People)
			for i, share := range g.Shares {
				if share > 0 {
					got += fmt.Sprintf(" %s %d%%", x.Decisions[0].Options[i].Path, share)
				}
			}
			got += "; "
		}
		if got != want {
			t.Errorf("told is %q, want %q", got, want)
		}
	}
	first("")
	take(people.Health, 15, recommended)
	take(people.Health, 4, other)
	take(people.Education, 19, recommended) // two kinds, neither of twenty
	first("")
	take(people.Health, 1, other)
	first("health 20: recommended 75% open 25%; ")
	for range FewestShown - 1 { // nobody can watch what the next one does
		take(people.Health, 1, recommended)
		first("health 20: recommended 75% open 25%; ")
	}
	take(people.Health, 1, recommended)
	first("health 40: recommended 88% open 13%; ")
	take(people.Education, 1, other)
	first("education 20: recommended 95% open 5%; health 40: recommended 88% open 13%; ")

	for name, c := range map[string]struct {
		who    people.Viewer
		module string
		want   problem.Kind
	}{
		"a learner": {h.viewer, m.Slug, problem.Forbidden}, "nobody": {people.Viewer{}, m.Slug, problem.Unauthenticated},
		"no module": {admin, "none", problem.NotFound},
	} {
		if _, err := h.school.Branching(t.Context(), c.who, c.module, x.ID); problem.KindOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Of whatever people come, in whatever order: a group is told of twenty people or
// more, and from one look to the next it stays as it was or grows by twenty, so
// that no subtraction leaves fewer, neither over time nor between groups, since no
// two of them have anybody in common and nothing is told of all.
func TestNoFewCanBeSubtracted(t *testing.T) {
	d := &scenario.Decision{ID: "d1", Options: []scenario.Option{{ID: "a"}, {ID: "b"}, {ID: "c"}}}
	rapid.Check(t, func(t *rapid.T) {
		var all []taken
		before := map[people.JobRole][]int{} // how many took each option, as far as it is told
		for range rapid.IntRange(0, 150).Draw(t, "people") {
			all = append(all, taken{d.Options[rapid.IntRange(0, 2).Draw(t, "option")].ID, people.JobRoles[rapid.IntRange(0, 3).Draw(t, "job")]})
			now := map[people.JobRole][]int{}
			for _, g := range groups(d, all) {
				if g.Job == "" || g.People < FewestShown || now[g.Job] != nil {
					t.Fatalf("told of %+v", g)
				}
				came := 0
				for _, x := range all {
					if x.job == g.Job {
						came++
					}
				}
				if came < g.People {
					t.Fatalf("%d are told of %d", g.People, came)
				}
				now[g.Job] = append([]int{g.People}, g.Shares...)
			}
			for job, was := range before {
				if grown := now[job][0] - was[0]; grown == 0 && !slices.Equal(was, now[job]) || grown != 0 && grown < FewestShown {
					t.Fatalf("%s: %v became %v with one person more", job, was, now[job])
				}
			}
			before = now
		}
	})
}
