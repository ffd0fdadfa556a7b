package seed

import (
	"context"
	"slices"
	"time"

	"golau/course"
	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// teams are those of a council's children's services; the second stands within
// the first.
var teams = []i18n.Text{
	both("Children’s homes and carers", "Cartrefi plant a gofalwyr"),
	both("Residential homes", "Cartrefi preswyl"),
	both("Youth justice", "Cyfiawnder ieuenctid"),
	both("Family support", "Cymorth i deuluoedd"),
	both("Duty and assessment", "Dyletswydd ac asesu"),
}

// inTeams puts the people of the two councils into teams, as their training leads
// would; a few are in none yet.
func (p *play) inTeams(ctx context.Context, db *store.DB) error {
	for _, at := range [][2]string{{"arian-council", arian}, {"hafren-council", hafren}} {
		agency, board := at[0], at[1]
		scope, err := p.scopeAt(agency, board)
		if err != nil {
			return err
		}
		staff, err := p.staffOf(ctx, scope, course.RosterFilter{})
		if err != nil {
			return err
		}
		err = db.Write(ctx, store.Actor{Via: "cli"}, func(_ context.Context, tx store.Tx) error {
			if err := place(p.at(tx, -asked, ""), scope, staff); err != nil {
				return err
			}
			return p.asks(p.at(tx, -asked, ""), scope, staff)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// split parts what happened before a moment from what came after it.
func split(steps []step, at time.Duration) (before, after []step) {
	for _, x := range steps {
		if x.at < at {
			before = append(before, x)
		} else {
			after = append(after, x)
		}
	}
	return before, after
}

// asked is how long ago the councils began to ask for the course.
const asked = 40 * 24 * time.Hour

// asks puts a council's rules into force, as its training lead would have: the
// whole course of everybody every three years, of residential homes what tells of
// the first hours, every year in the autumn, and of youth justice one module by a
// day that has gone.
func (p *play) asks(tx store.Tx, scope people.OrganisationScope, staff []course.RosterLine) error {
	all, err := people.TeamsCounted(tx.Rx, scope, i18n.EN)
	if err != nil {
		return err
	}
	var homes, justice people.Team
	var ids []string
	for _, t := range all {
		switch {
		case t.Parent != "":
			homes = t
		case t.Name == teams[2]:
			justice = t
		}
	}
	for _, l := range staff {
		ids = append(ids, l.ID)
	}
	if err := p.school.SettleIn(tx, ids); err != nil { // a rule says of how many it asks
		return err
	}
	slug := p.teller.course.Slug
	for _, ask := range []struct {
		rule course.Rule
		of   int
	}{
		{course.Rule{Course: slug, Schedule: due.Schedule{Basis: due.AfterStart, Days: 56, EveryMonths: 36, GraceDays: 7}}, len(staff)},
		{course.Rule{Course: slug, Parts: []string{"signs", "first-hours"}, Team: homes.ID,
			Schedule: due.Schedule{Basis: due.InWindow, Days: 28, From: "09-01", To: "11-30", EveryMonths: 12}}, homes.People},
		{course.Rule{Course: slug, Parts: []string{"victims-not-criminals"}, Team: justice.ID,
			Schedule: due.Schedule{Basis: due.OnDay, Day: due.DayOf(tx.Now.Time).Plus(0, 30)}}, justice.People},
	} {
		if _, err := p.school.AddRuleIn(tx, scope, ask.rule, ask.of, 0); err != nil {
			return err
		}
	}
	return p.school.SettleIn(tx, ids)
}

// place makes the teams of an agency and puts its people into them.
func place(tx store.Tx, scope people.OrganisationScope, staff []course.RosterLine) error {
	var ids []string
	for i, name := range teams {
		t := people.Team{Name: name}
		if i == 1 {
			t.Parent = ids[0]
		}
		id, err := people.SaveTeamIn(tx, scope, t)
		if err != nil {
			return err
		}
		ids = append(ids, id)
	}
	for i, l := range staff {
		f := people.PositionForm{JobRole: l.Job, Group: people.Groups[1+i%3]}
		if i%5 != 0 { // of some nobody has said since when
			f.WorksSince = string(due.DayOf(tx.Now.Time).Plus(-i%97, -i*7%31))
		}
		if i%9 != 8 {
			f.Team = ids[i%len(ids)]
		}
		f.Manager = manager(staff, i)
		if err := people.SetPositionIn(tx, scope, l.ID, f); err != nil {
			return err
		}
	}
	return nil
}

// manager is the address of somebody's line manager, of few in a council of whose
// cast one leads: of these she manages some, and one of them others.
func manager(staff []course.RosterLine, i int) string {
	chief := slices.IndexFunc(staff, func(l course.RosterLine) bool { return l.Email == "sian@demo.example" })
	middle := 1
	if chief == middle {
		middle = 13
	}
	switch {
	case chief < 0 || i == chief || middle >= len(staff):
		return ""
	case i%12 == 1:
		return staff[chief].Email
	case i%12 == 2:
		return staff[middle].Email
	}
	return ""
}
