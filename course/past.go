package course

import (
	"context"

	"golau/internal/people"
	"golau/internal/store"
)

// mostPast is how many assignments that ended somebody's page shows.
const mostPast = 50

// Past is what was asked of somebody and is not any more.
type Past struct {
	Rule Rule
	Assignment
	MoreTime bool // it went on with more time
}

// PastOf returns what was asked of the holder of a position and is not any more, what
// ended last first. Another agency's position is problem.NotFound.
func (s *School) PastOf(ctx context.Context, scope people.OrganisationScope, position string) (all []Past, err error) {
	rx := s.db.Read(ctx)
	if _, err := people.PositionIn(rx, scope, position); err != nil {
		return nil, err
	}
	ended, err := assignments(rx, "WHERE a.position_id = ? AND a.ended_at IS NOT NULL ORDER BY a.ended_at DESC, a.due_on DESC, a.id LIMIT ?", position, mostPast)
	if err != nil {
		return nil, err
	}
	rules := map[string]*Rule{}
	for _, a := range ended {
		r := rules[a.Rule]
		if r == nil {
			found, err := readRules(rx, selectRules+" WHERE r.id = ?", a.Rule)
			if err != nil {
				return nil, err
			}
			r, rules[a.Rule] = found[0], found[0]
		}
		p := Past{Rule: *r, Assignment: a}
		if err := rx.Raw("SELECT EXISTS (SELECT 1 FROM course_extensions e WHERE e.before_id = ? AND e.assignment_id <> ?)", a.ID, a.ID).Scan(&p.MoreTime).Error; err != nil {
			return nil, store.Explain(err)
		}
		all = append(all, p)
	}
	return all, nil
}
