package course

import (
	"slices"

	"golau/course/due"
	"golau/internal/people"
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

// keptStanding is the line that is kept of somebody's work and a course.
type keptStanding struct {
	Position, Course, Organisation, Board string
	Gone                                  bool
	Team                                  string
	Job                                   people.JobRole
	Group                                 people.Group
	Modules                               int
	Done, Until                           store.Time
	Due                                   due.Day
	Status                                due.Status
	Turns                                 due.Day
	Next                                  due.Status
}

// is says whether two lines say the same.
func (k keptStanding) is(o keptStanding) bool {
	if !k.Done.Equal(o.Done.Time) || !k.Until.Equal(o.Until.Time) {
		return false
	}
	k.Done, k.Until = o.Done, o.Until
	return k == o
}

// readStandings reads what is kept of them: most of it stays, and writing it anew
// would take longer than to see that.
func (w *settling) readStandings(them map[string]*settled, ids string) error {
	var all []keptStanding
	err := w.tx.Raw(`SELECT position_id AS position, course, organisation_id AS organisation, board_id AS board, gone, team_id AS team, job_role AS job,
			training_group AS "group", modules, done_at AS done, valid_until AS until, due_on AS due, status, turns_on AS turns, next_status AS next
		FROM course_standings WHERE position_id IN (SELECT value FROM json_each(?))`, ids).Scan(&all).Error
	for _, k := range all {
		if p := them[k.Position]; p != nil {
			p.kept = append(p.kept, k)
		}
	}
	return store.Explain(err)
}

// keepStanding keeps where somebody stands, unless that is what is kept.
func keepStanding(tx store.Tx, p settled, course string, l learnt, s standing) error {
	k := keptStanding{p.ID, course, p.Organisation, p.Board, !p.LeftAt.IsZero(), p.Team, p.Job, p.Group, l.modules, l.done, l.until, s.due, s.status, s.turns, s.next}
	if slices.ContainsFunc(p.kept, k.is) {
		return nil
	}
	return tx.Exec(`INSERT INTO course_standings (position_id, course, organisation_id, board_id, gone, team_id, job_role, training_group,
			modules, done_at, valid_until, due_on, status, turns_on, next_status)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (position_id, course) DO UPDATE SET organisation_id = excluded.organisation_id, board_id = excluded.board_id, gone = excluded.gone,
			team_id = excluded.team_id, job_role = excluded.job_role, training_group = excluded.training_group,
			modules = excluded.modules, done_at = excluded.done_at, valid_until = excluded.valid_until,
			due_on = excluded.due_on, status = excluded.status, turns_on = excluded.turns_on, next_status = excluded.next_status`,
		k.Position, k.Course, k.Organisation, k.Board, k.Gone, k.Team, k.Job, k.Group, k.Modules, k.Done, k.Until, k.Due, k.Status, k.Turns, k.Next).Error
}
