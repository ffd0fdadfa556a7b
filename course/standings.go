package course

import (
	"context"
	"maps"
	"slices"

	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// Standings are where the people of an agency stand, counted.
type Standings struct {
	All   Tally
	Teams []TeamTally // the tree laid flat, then whoever is in no team
	Week  int         // of whom something is due within WeekDays
}

// Tally is how many people have each status.
type Tally map[due.Status]int

// Total is how many people are counted.
func (t Tally) Total() int { return total(t) }

// Of is how many have one of the statuses.
func (t Tally) Of(statuses ...due.Status) (n int) {
	for _, s := range statuses {
		n += t[s]
	}
	return n
}

// InDate is how many have done what is asked, and their last day has not come.
func (t Tally) InDate() int { return t.Of(due.InDate, due.Expiring) }

// Asked is how many are left when those who are exempt are set apart.
func (t Tally) Asked() int { return total(t) - t[due.Exempt] }

// TeamTally is where the people of a team stand, with those of the teams within it.
// Of whoever is in no team the id is NoTeam.
type TeamTally struct {
	people.Team
	Tally
	Own Tally // without the teams within it
}

// WeekDays is how far ahead a week looks, today not counted.
const WeekDays = 7

// weekly are those of whom something is due in a week and who have it before them.
var weekly = []due.Status{due.DueSoon, due.Expiring}

// Standings counts where the people of an agency stand, from the index of what is
// kept alone. No such course is problem.NotFound.
func (s *School) Standings(ctx context.Context, scope people.OrganisationScope, course string, l i18n.Lang) (o Standings, err error) {
	if _, err := s.Course(course); err != nil {
		return o, err
	}
	rx := s.db.Read(ctx)
	q, err := RosterFilter{}.query(rx, scope, course)
	if err != nil {
		return o, err
	}
	own, week, err := q.byTeam(rx)
	if err != nil {
		return o, err
	}
	teams, err := people.Teams(rx, scope, l)
	if err != nil {
		return o, err
	}
	o = Standings{All: Tally{}, Teams: within(teams, own), Week: week}
	for _, t := range own {
		o.All.add(t)
	}
	return o, nil
}

// within adds to each team the people of those within it.
func within(teams []people.Team, own map[string]Tally) (all []TeamTally) {
	at := map[string]int{}
	for _, t := range teams { // each stands before those within it
		at[t.ID] = len(all)
		all = append(all, TeamTally{Team: t, Tally: Tally{}, Own: own[t.ID]})
	}
	for _, t := range all {
		for up := t.ID; up != ""; up = all[at[up]].Parent {
			all[at[up]].add(t.Own)
		}
	}
	if none := own[""]; len(none) > 0 || len(teams) == 0 {
		all = append(all, TeamTally{Team: people.Team{ID: NoTeam}, Tally: maps.Clone(none), Own: none})
	}
	return all
}

func (t Tally) add(more Tally) {
	for s, n := range more {
		t[s] += n
	}
}

// byTeam returns how many there are of each status in each team, and of whom
// something is due within a week.
func (q rosterQuery) byTeam(rx store.Rx) (own map[string]Tally, week int, err error) {
	sql, args := q.tallied("s.team_id")
	rows, err := rx.Query(sql, args...)
	if err != nil {
		return nil, 0, store.Explain(err)
	}
	defer rows.Close()
	own = map[string]Tally{}
	for rows.Next() {
		var team string
		var s due.Status
		var n int
		if err := rows.Scan(&team, &s, &n); err != nil {
			return nil, 0, store.Explain(err)
		}
		if own[team] == nil {
			own[team] = Tally{}
		}
		own[team][s] += n
	}
	if err := rows.Err(); err != nil {
		return nil, 0, store.Explain(err)
	}
	err = rx.Raw("SELECT count(*) FROM course_standings s WHERE s.due_on <> '' AND s.due_on BETWEEN ? AND ? AND "+shown+" IN (?, ?)"+q.kept,
		slices.Concat([]any{q.today, q.today.Plus(0, WeekDays), q.today, weekly[0], weekly[1]}, q.keptArgs)...).Scan(&week).Error
	return own, week, store.Explain(err)
}
