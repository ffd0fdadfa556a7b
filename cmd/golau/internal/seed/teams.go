package seed

import (
	"context"
	"time"

	"golau/course"
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
		lead := people.Viewer{Person: "lead", Memberships: []people.Membership{{Role: people.Lead,
			Organisation: people.Organisation{ID: p.places.organisation[agency], Key: agency}, Board: people.Board{ID: p.places.board[board], Key: board}}}}
		_, scope, err := lead.LedAt("")
		if err != nil {
			return err
		}
		var staff []course.RosterLine
		err = p.school.EachOfRoster(ctx, scope, p.teller.course.Slug, course.RosterFilter{}, i18n.EN, func(l course.RosterLine) error {
			staff = append(staff, l)
			return nil
		})
		if err != nil {
			return err
		}
		err = db.Write(ctx, store.Actor{Via: "cli"}, func(_ context.Context, tx store.Tx) error {
			return place(p.at(tx, -2*time.Hour, ""), scope, staff)
		})
		if err != nil {
			return err
		}
	}
	return nil
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
		if i%9 != 8 {
			f.Team = ids[i%len(ids)]
		}
		if err := people.SetPositionIn(tx, scope, l.ID, f); err != nil {
			return err
		}
	}
	return nil
}
