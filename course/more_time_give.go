package course

import (
	"context"
	"slices"

	"golau/course/due"
	"golau/internal/audit"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// GiveMoreTime gives more time to those of a plan, if they are as many as its maker
// was shown: when it is another number by now, the problem is Conflict
// (course.more_time.count, with Shown and Count) and nobody was given any. No reason
// is Invalid with the field "reason"; other problems are those of PlanMoreTime.
// Killed in the middle, whoever was given it is left out the next time.
func (s *School) GiveMoreTime(ctx context.Context, v people.Viewer, scope people.OrganisationScope, m MoreTime, shown int) error {
	reason, err := cleanReason(m.Reason)
	if err != nil {
		return err
	}
	n, err := s.PlanMoreTime(ctx, scope, m)
	if err != nil {
		return err
	}
	if len(n.To) != shown || shown == 0 {
		return problem.New(problem.Conflict, "course.more_time.count", "Shown", shown, "Count", len(n.To))
	}
	first := true
	return store.Each(ctx, s.db, v.Actor("web"), slices.Collect(slices.Chunk(n.To, settlePiece)), func(tx store.Tx, some []MoreTimeFor) error {
		m.Named = nil
		for _, t := range some {
			m.Named = append(m.Named, t.Position)
		}
		if err := s.giveSome(tx, scope, m, reason); err != nil || !first {
			return err
		}
		first = false
		return audit.Record(tx, "course.time_given", "rule:"+m.Rule, map[string]any{"people": shown, "board": scope.Board(), "until": string(n.Until)})
	})
}

// giveSome gives some their time, as they stand within the transaction.
func (s *School) giveSome(tx store.Tx, scope people.OrganisationScope, m MoreTime, reason string) error {
	n, err := s.planMoreTime(tx.Rx, scope, m)
	if err != nil {
		return err
	}
	for _, t := range n.To {
		a := t.Assignment
		a.ID, a.Due, a.Cycle = tx.NewID(), n.Until, a.Cycle+1
		if err := endAssignment(tx, t.Assignment.ID, endedReplaced); err != nil {
			return err
		}
		if err := insertAssignment(tx, a); err != nil {
			return err
		}
		err := tx.Exec("INSERT INTO course_extensions (assignment_id, before_id, planned_on, reason, by_id, at) VALUES (?, ?, ?, ?, ?, ?)",
			a.ID, t.Assignment.ID, t.Assignment.Due, reason, tx.By.Person, tx.Now).Error
		if err != nil {
			return err
		}
	}
	return s.SettleIn(tx, m.Named)
}

// keepTime lets an assignment have the more time of one in whose place it stands.
func keepTime(tx store.Tx, to, from string) error {
	return tx.Exec(`INSERT INTO course_extensions (assignment_id, before_id, planned_on, reason, by_id, at)
		SELECT ?, assignment_id, planned_on, reason, by_id, at FROM course_extensions WHERE assignment_id = ?`, to, from).Error
}

// MoreTimeGiven is why somebody has more time.
type MoreTimeGiven struct {
	Assignment string // id
	Planned    due.Day
	Reason     string
	By         string // person's id
	At         store.Time
}

// MoreTimeOf returns why the holder of a position has more time, by the assignment
// that is asked of them.
func (s *School) MoreTimeOf(ctx context.Context, scope people.OrganisationScope, position string) (map[string]MoreTimeGiven, error) {
	rx := s.db.Read(ctx)
	if _, err := people.PositionIn(rx, scope, position); err != nil {
		return nil, err
	}
	var all []MoreTimeGiven
	err := rx.Raw(`SELECT e.assignment_id AS assignment, e.planned_on AS planned, e.reason, e.by_id AS "by", e.at FROM course_assignments a
		CROSS JOIN course_extensions e ON e.assignment_id = a.id WHERE a.position_id = ? AND a.ended_at IS NULL`, position).Scan(&all).Error
	by := map[string]MoreTimeGiven{}
	for _, n := range all {
		by[n.Assignment] = n
	}
	return by, store.Explain(err)
}
