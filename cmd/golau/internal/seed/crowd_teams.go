package seed

import (
	"context"
	"fmt"
	"time"

	"golau/course"
	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// The tree of every agency of a crowd, however many people it has: so many areas,
// with so many teams in each.
const (
	crowdAreas = 5
	teamsEach  = 6
)

// placedAtOnce is how many people are put into teams in one Write.
const placedAtOnce = 25

// asksCrowd has the lead of an agency make its teams, put into them who is there,
// and ask for the course: of everybody every three years, of the first area what
// tells of the first hours every year, of the last one module by a day that has gone. It returns the teams, each area before its own.
func (p *play) asksCrowd(ctx context.Context, db *store.DB, a agency) (tree []string, err error) {
	scope, err := p.scopeAt(a.key, a.boards[0])
	if err != nil {
		return nil, err
	}
	err = db.Write(ctx, store.Actor{Via: "cli"}, func(_ context.Context, tx store.Tx) (err error) {
		tree, err = crowdTree(p.at(tx, -asked, ""), scope)
		return err
	})
	if err != nil {
		return nil, err
	}
	placed, err := p.placeCrowd(ctx, db, a, tree, -asked)
	if err != nil {
		return nil, err
	}
	if err := p.school.Settle(ctx); err != nil { // a rule says of how many it asks
		return nil, err
	}
	first, last, all := 0, 0, 0
	for team, n := range placed {
		all += n
		switch team / (1 + teamsEach) {
		case 0:
			first += n
		case crowdAreas - 1:
			last += n
		}
	}
	slug := p.teller.course.Slug
	err = db.Write(ctx, store.Actor{Via: "cli"}, func(_ context.Context, tx store.Tx) error {
		tx = p.at(tx, -asked, "")
		for _, ask := range []struct {
			rule course.Rule
			of   int
		}{
			{course.Rule{Course: slug, Schedule: due.Schedule{Basis: due.AfterStart, Days: 56, EveryMonths: 36, GraceDays: 7}}, all},
			{course.Rule{Course: slug, Parts: []string{"first-hours"}, Team: tree[0], Schedule: due.Schedule{Basis: due.AfterStart, Days: 28, EveryMonths: 12}}, first},
			{course.Rule{Course: slug, Parts: []string{"victims-not-criminals"}, Team: tree[len(tree)-1-teamsEach],
				// In the past by now, where the clock could be moved along.
				Schedule: due.Schedule{Basis: due.OnDay, Day: due.DayOf(tx.Rx.Now().Time).Plus(0, 30)}}, last},
		} {
			if _, err := p.school.AddRuleIn(tx, scope, ask.rule, ask.of, 0); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return tree, p.school.Settle(ctx) // as of that day
}

// crowdTree makes the teams of an agency.
func crowdTree(tx store.Tx, scope people.OrganisationScope) (tree []string, err error) {
	add := func(parent, en, cy string) (id string, err error) {
		id, err = people.SaveTeamIn(tx, scope, people.Team{Parent: parent, Name: both(en, cy)})
		tree = append(tree, id)
		return id, err
	}
	for i := range crowdAreas {
		area, err := add("", fmt.Sprintf("Area %d", i+1), fmt.Sprintf("Ardal %d", i+1))
		if err != nil {
			return nil, err
		}
		for k := range teamsEach {
			if _, err := add(area, fmt.Sprintf("Team %d.%d", i+1, k+1), fmt.Sprintf("Tîm %d.%d", i+1, k+1)); err != nil {
				return nil, err
			}
		}
	}
	return tree, nil
}

// placeCrowd puts those of an agency who are in no team yet into one, a few at a
// time, and says how many came into which, by its place in the tree; each tenth of
// them manages the nine behind them.
func (p *play) placeCrowd(ctx context.Context, db *store.DB, a agency, tree []string, at time.Duration) (placed map[int]int, err error) {
	scope, err := p.scopeAt(a.key, a.boards[0])
	if err != nil {
		return nil, err
	}
	staff, err := p.staffOf(ctx, scope, course.RosterFilter{Team: course.NoTeam})
	if err != nil {
		return nil, err
	}
	placed = map[int]int{}
	for from := 0; from < len(staff); from += placedAtOnce {
		err := db.Write(ctx, store.Actor{Via: "cli"}, func(_ context.Context, tx store.Tx) error {
			tx = p.at(tx, at, "")
			for i := from; i < min(from+placedAtOnce, len(staff)); i++ {
				team := i % len(tree)
				f := people.PositionForm{JobRole: staff[i].Job, Group: people.Groups[i%3], Team: tree[team], StaffNumber: p.end.Add(at).Format("0601") + fmt.Sprintf("-%05d", i)}
				if i%5 != 0 { // of some nobody has said since when
					f.WorksSince = string(due.DayOf(tx.Now.Time).Plus(-i%97, -i*7%31))
				}
				if i%10 != 0 {
					f.Manager = staff[i-i%10].Email
				}
				if err := people.SetPositionIn(tx, scope, staff[i].ID, f); err != nil {
					return err
				}
				placed[team]++
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return placed, nil
}

// scopeAt is an agency under a board, as its lead has it.
func (p *play) scopeAt(agency, board string) (people.OrganisationScope, error) {
	lead := people.Viewer{Person: "lead", Memberships: []people.Membership{{Role: people.Lead, Leads: people.Whole,
		Organisation: people.Organisation{ID: p.places.organisation[agency], Key: agency}, Board: people.Board{ID: p.places.board[board], Key: board}}}}
	_, scope, err := lead.LedAt("")
	return scope, err
}

// staffOf are the people of an agency whom a filter wants.
func (p *play) staffOf(ctx context.Context, scope people.OrganisationScope, f course.RosterFilter) (staff []course.RosterLine, err error) {
	if err := p.school.Settle(ctx); err != nil {
		return nil, err
	}
	err = p.school.EachOfRoster(ctx, scope, p.teller.course.Slug, f, i18n.EN, func(l course.RosterLine) error {
		staff = append(staff, l)
		return nil
	})
	return staff, err
}
