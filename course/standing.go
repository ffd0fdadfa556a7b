package course

import (
	"slices"

	"golau/course/due"
	"golau/internal/store"
)

// standing is where somebody stands with a course at their work, as the kept line
// says it: what lists filter by, without reading what it follows from.
type standing struct {
	status, next due.Status
	turns        due.Day // from which next holds; "" = the status stays
	due          due.Day // the nearest day on which something must be done; "" = none
}

// standingOf sums duties up on a day: of several, the one counts that needs
// somebody's eye first.
func standingOf(duties []due.Duty, today due.Day) (s standing) {
	s.status = worst(duties, today)
	var turns []due.Day
	for _, d := range duties {
		by := d.Due
		if d.Done != "" {
			by = d.ValidUntil
		}
		if today <= d.ExemptUntil {
			by = ""
		}
		if by != "" && (s.due == "" || by < s.due) {
			s.due = by
		}
		turns = append(turns, d.Turns()...)
	}
	slices.Sort(turns)
	for _, day := range turns {
		if day > today && worst(duties, day) != s.status {
			s.turns, s.next = day, worst(duties, day)
			return s
		}
	}
	return s
}

// worst is the status that needs somebody's eye first.
func worst(duties []due.Duty, today due.Day) due.Status {
	of := len(due.Statuses) - 1
	for i, d := range duties {
		if n := slices.Index(due.Statuses, d.On(today)); i == 0 || n < of {
			of = n
		}
	}
	return due.Statuses[of]
}

// keepStanding keeps where somebody stands.
func keepStanding(tx store.Tx, p settled, course string, l learnt, s standing) error {
	return tx.Exec(`INSERT INTO course_standings (position_id, course, organisation_id, board_id, gone, team_id, job_role, training_group,
			modules, done_at, valid_until, due_on, status, turns_on, next_status)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (position_id, course) DO UPDATE SET organisation_id = excluded.organisation_id, board_id = excluded.board_id, gone = excluded.gone,
			team_id = excluded.team_id, job_role = excluded.job_role, training_group = excluded.training_group,
			modules = excluded.modules, done_at = excluded.done_at, valid_until = excluded.valid_until,
			due_on = excluded.due_on, status = excluded.status, turns_on = excluded.turns_on, next_status = excluded.next_status
		WHERE (organisation_id, board_id, gone, team_id, job_role, training_group, modules, done_at, valid_until, due_on, status, turns_on, next_status)
			IS NOT (excluded.organisation_id, excluded.board_id, excluded.gone, excluded.team_id, excluded.job_role, excluded.training_group,
				excluded.modules, excluded.done_at, excluded.valid_until, excluded.due_on, excluded.status, excluded.turns_on, excluded.next_status)`,
		p.ID, course, p.Organisation, p.Board, !p.LeftAt.IsZero(), p.Team, p.Job, p.Group,
		l.modules, l.done, l.until, s.due, s.status, s.turns, s.next).Error
}
