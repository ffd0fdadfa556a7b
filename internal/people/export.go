package people

import (
	"slices"

	"golau/internal/i18n"
	"golau/internal/store"
)

// Rest is what a list of an agency's people says of somebody besides what the
// school knows.
type Rest struct {
	WorksSince string
	Manager    string // address
}

// RestOf returns that of everybody who works in what the scope holds, by position; of
// a manager beyond it, nothing.
func RestOf(rx store.Rx, s OrganisationScope) (map[string]Rest, error) {
	theirs, args := s.Within("g")
	within, more := s.Within("q")
	rows, err := rx.Query(`SELECT q.id, q.works_since, coalesce((SELECT n.email FROM people_positions g JOIN people_persons n ON n.id = g.person_id
			WHERE g.id = q.manager_id AND g.left_at IS NULL AND `+theirs+`), '') FROM people_positions q
		WHERE q.organisation_id = ? AND q.board_id = ? AND q.left_at IS NULL AND `+within,
		slices.Concat(args, []any{s.Organisation(), s.Board()}, more)...)
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	all := map[string]Rest{}
	for rows.Next() {
		var id string
		var r Rest
		if err := rows.Scan(&id, &r.WorksSince, &r.Manager); err != nil {
			return nil, store.Explain(err)
		}
		all[id] = r
	}
	return all, store.Explain(rows.Err())
}

// TeamWays returns the ways to an agency's teams as a list says them, by id.
func TeamWays(teams []Team, l i18n.Lang) map[string]string {
	p := newTeamPaths(teams)
	ways := make(map[string]string, len(teams))
	for id := range p.paths {
		ways[id] = p.path(id, l)
	}
	return ways
}
