package course

import (
	"context"
	"slices"

	"golau/course/due"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// Member is one of an agency's people as another system hears of them: where they
// stand, and how far they have come in a course; never an answer or a mark.
type Member struct {
	people.Position
	Status      due.Status
	Modules     int        // that they have finished, of the newest cycle
	Done, Until store.Time // when the course was finished last, and until when that counts
	Due         due.Day    // the nearest day on which something is asked of them; "" = none
}

// Members returns up to limit of the people of an agency whom a filter wants, behind
// the position after, and the last position where there are more. Their order is
// that of their ids, which no change of a name disturbs. No such course is
// problem.NotFound.
func (s *School) Members(ctx context.Context, scope people.OrganisationScope, course string, f RosterFilter, after string, limit int) (ms []Member, next string, err error) {
	if _, err := s.Course(course); err != nil {
		return nil, "", err
	}
	rx := s.db.Read(ctx)
	q, err := f.query(rx, scope, course)
	if err != nil {
		return nil, "", err
	}
	where, args := "r.id > ?", []any{after}
	if f.Status != "" {
		where, args = where+" AND "+shown+" = ?", append(args, q.today, f.Status)
	}
	if ms, err = q.members(rx, where, args, limit+1); err != nil || len(ms) <= limit {
		return ms, "", err
	}
	return ms[:limit], ms[limit-1].ID, nil
}

// Member returns one of an agency's people by their position, also one who has
// left. Another agency's, and one that never was, is problem.NotFound.
func (s *School) Member(ctx context.Context, scope people.OrganisationScope, course, position string) (m Member, err error) {
	rx := s.db.Read(ctx)
	p, err := people.PositionIn(rx, scope, position)
	if err != nil {
		return m, err
	}
	q, err := RosterFilter{Left: !p.Left.IsZero()}.query(rx, scope, course)
	if err != nil {
		return m, err
	}
	ms, err := q.members(rx, "r.id = ?", []any{position}, 1)
	if err == nil && len(ms) == 0 {
		err = problem.New(problem.NotFound, "people.not_found")
	}
	if err != nil {
		return m, err
	}
	return ms[0], nil
}

func (q rosterQuery) members(rx store.Rx, where string, args []any, limit int) (ms []Member, err error) {
	rows, err := rx.Query(`SELECT r.id, r.person_id, r.name, CASE WHEN r.left_at IS NULL THEN r.email ELSE '' END, r.job_role, coalesce(r.team_id, ''), r.training_group,
			r.works_since, r.staff_number, coalesce(r.manager_id, ''), r.left_at, r.left_on, `+shown+`, s.done_at, s.valid_until, s.modules, s.due_on
		FROM roster r CROSS JOIN course_standings s ON s.position_id = r.id WHERE r.organisation_id = ? AND r.board_id = ? AND `+where+q.kept+q.roster+" ORDER BY r.id LIMIT ?",
		slices.Concat([]any{q.today}, q.keptArgs[:2], args, q.keptArgs, q.rosterArgs, []any{limit})...)
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var m Member
		err := rows.Scan(&m.ID, &m.Person, &m.Name, &m.Email, &m.JobRole, &m.Team, &m.Group, &m.WorksSince, &m.StaffNumber, &m.Manager,
			&m.Left, &m.LeftOn, &m.Status, &m.Done, &m.Until, &m.Modules, &m.Due)
		if err != nil {
			return nil, store.Explain(err)
		}
		ms = append(ms, m)
	}
	return ms, store.Explain(rows.Err())
}
