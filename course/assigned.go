package course

import (
	"context"
	"slices"

	"golau/internal/people"
	"golau/internal/store"
)

// Assigned is what a rule asks of one of an agency's people, as another system hears
// of it.
type Assigned struct {
	Asked
	Name, StaffNumber string
}

// AssignedIn returns up to limit of what rules ask of an agency's people in a course,
// behind the assignment after, and the last one's id where there are more; of one
// position alone where that is given. Their order is that of their ids. What a paused
// rule asks, and what is asked no more, is left out. No such course is
// problem.NotFound.
func (s *School) AssignedIn(ctx context.Context, scope people.OrganisationScope, course, position, after string, limit int) (all []Assigned, next string, err error) {
	if _, err := s.Course(course); err != nil {
		return nil, "", err
	}
	rx := s.db.Read(ctx)
	found, err := assignedIn(rx, scope, course, position, after, limit+1)
	if err != nil {
		return nil, "", err
	}
	if len(found) > limit {
		found = found[:limit]
		next = found[limit-1].id
	}
	asked := map[string][]Asked{} // by position
	for _, f := range found {
		if _, there := asked[f.position]; !there {
			l, err := learntAt(rx, f.position, f.person, course, store.Time{})
			if err != nil {
				return nil, "", err
			}
			if asked[f.position], _, err = s.askedOf(rx, f.position, course, l); err != nil {
				return nil, "", err
			}
		}
		if i := slices.IndexFunc(asked[f.position], func(a Asked) bool { return a.ID == f.id }); i >= 0 {
			all = append(all, Assigned{asked[f.position][i], f.name, f.number})
		}
	}
	return all, next, nil
}

type foundAssignment struct{ id, position, person, name, number string }

// assignedIn finds the assignments of a page.
func assignedIn(rx store.Rx, scope people.OrganisationScope, course, position, after string, limit int) (found []foundAssignment, err error) {
	within, args := scope.Within("r")
	rows, err := rx.Query(`SELECT a.id, r.id, r.person_id, r.name, r.staff_number FROM course_assignments a CROSS JOIN roster r ON r.id = a.position_id
		WHERE a.id > ? AND a.ended_at IS NULL AND r.organisation_id = ? AND r.board_id = ? AND r.left_at IS NULL AND (? = '' OR r.id = ?) AND `+within+`
			AND a.rule_id IN (SELECT u.id FROM course_rules u WHERE u.organisation_id = ? AND u.board_id = ? AND u.course = ?
				AND (SELECT state FROM course_rule_states t WHERE t.rule_id = u.id ORDER BY n DESC LIMIT 1) = 'active')
		ORDER BY a.id LIMIT ?`, slices.Concat([]any{after, scope.Organisation(), scope.Board(), position, position}, args,
		[]any{scope.Organisation(), scope.Board(), course, limit})...)
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var f foundAssignment
		if err := rows.Scan(&f.id, &f.position, &f.person, &f.name, &f.number); err != nil {
			return nil, store.Explain(err)
		}
		found = append(found, f)
	}
	return found, store.Explain(rows.Err())
}
