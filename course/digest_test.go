package course

import (
	"testing"

	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// leads has the holder of a position lead the agency of the crowd, or teams of it.
func (c *crowd) leads(t *testing.T, position string, teams ...string) {
	t.Helper()
	var membership string
	c.write(t, func(tx store.Tx) error {
		var person string
		err := tx.Raw("SELECT person_id FROM roster WHERE id = ?", position).Scan(&person).Error
		if err == nil {
			membership, err = people.AddMembership(tx, people.NewMembership{PersonID: person, OrganisationID: c.scope.Organisation(), BoardID: c.scope.Board(), Role: people.Lead, JobRole: "border"})
		}
		return err
	})
	if len(teams) == 0 {
		return
	}
	if err := people.New(c.db, people.Options{}).SetPart(t.Context(), people.Viewer{Person: "admin", Memberships: []people.Membership{{Role: people.Admin}}}, membership, false, teams); err != nil {
		t.Fatal(err)
	}
}

// A lead of a part hears each week of the part alone, and not where all is well there;
// what they lead is read when the letter is written.
func TestTheWeeksLetterOfAPart(t *testing.T) {
	c := newCrowd(t, 0, 1)
	upper, within := c.teams[0], c.teams[1]
	ela, far, whole, part, idle := c.newcomer(t, "ela", ""), c.newcomer(t, "far", ""), c.newcomer(t, "whole", ""), c.newcomer(t, "part", ""), c.newcomer(t, "idle", "")
	c.moves(t, ela, people.PositionForm{JobRole: "border", Team: within})
	c.leads(t, whole)
	c.leads(t, part, upper)
	beside, err := people.New(c.db, people.Options{}).SaveTeam(t.Context(), boss, c.scope, people.Team{Name: i18n.Text{EN: "Nobody late"}})
	if err != nil {
		t.Fatal(err)
	}
	c.leads(t, idle, beside)
	c.put(t, Rule{Chosen: []string{ela, far}, Schedule: due.Schedule{Basis: due.OnDay, Day: "2026-12-01"}})
	c.at(t, "2026-12-07", 9)
	for to, want := range map[string]int{whole: 2, part: 1, idle: 0} {
		put := c.letters(t, "position_id = ? AND kind = 'digest'", to)
		if len(put) != min(want, 1) {
			t.Fatalf("%d letters for %d who are late", len(put), want)
		}
		if want == 0 {
			continue
		}
		l, err := c.school.LetterByID(t.Context(), put[0].ID)
		if err != nil || l.Counts[due.Overdue] != want || len(l.Items) != want || l.Part != (want == 1) {
			t.Errorf("%+v, %v", l, err)
		}
	}
	c.moves(t, ela, people.PositionForm{JobRole: "border"})
	c.settle(t)
	l, err := c.school.LetterByID(t.Context(), c.letters(t, "position_id = ? AND kind = 'digest'", part)[0].ID)
	if err != nil || l.Says() || len(l.Items) != 0 {
		t.Errorf("of whoever moved out of the part: %+v, %v", l, err)
	}
}
