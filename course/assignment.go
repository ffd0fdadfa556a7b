package course

import (
	"slices"

	"golau/course/due"
	"golau/internal/store"
)

// Assignment is what a rule asks of one person, once in each of its cycles.
type Assignment struct {
	ID       string
	Rule     string // id
	Position string // id
	Cycle    int
	Asked    due.Day
	Due      due.Day
	Planned  due.Day // the day it had before more time was given; "" = none was
	// CountsFrom is the day from which what they finish counts for this cycle; ""
	// = whenever it was.
	CountsFrom due.Day
	DoneBefore due.Day // when they finished the cycle before; "" in the first
	EndedAt    store.Time
	EndedWhy   string // "" while it is asked
}

// why an assignment ended.
const (
	endedDone     = "done"     // and the next cycle began
	endedMoved    = "moved"    // the rule does not ask it of them any more
	endedLeft     = "left"     // they left
	endedRule     = "ended"    // the rule ended
	endedReplaced = "replaced" // by another rule, or by the same with more time
)

// ofCourse says whether finishing the course is what a rule asks, or does for it: then
// it counts as long as the certificate does, where the rule does not ask again sooner.
func (r *Rule) ofCourse() bool {
	return len(r.Parts) == 0 || slices.Contains(r.Parts, AssessmentPart)
}

// first is the first cycle of a rule for somebody of whom it is asked since a day.
// What they had finished counts if it would still count had the rule been there.
func (r *Rule) first(since, asked due.Day, l learnt) Assignment {
	a := Assignment{Rule: r.ID, Cycle: 1, Asked: asked, Due: r.First(since, asked)}
	switch {
	case r.EveryMonths == 0:
	case r.Basis == due.AfterStart:
		a.CountsFrom = asked.Plus(-r.EveryMonths, 1)
	default:
		a.CountsFrom = a.Due.Plus(-r.EveryMonths, 1)
	}
	if r.ofCourse() && l.good() != "" && l.good() < asked && l.parts[AssessmentPart] <= l.good() { // the certificate had expired
		a.CountsFrom = max(a.CountsFrom, asked)
	}
	return a
}

// next is the cycle that follows when one was done; ok is false where none does. A
// course that is asked once is asked again by the day on which its certificate runs out.
func (a Assignment) next(r *Rule, done due.Day, l learnt) (Assignment, bool) {
	day, ok := r.Again(a.Due, done)
	if !ok && r.ofCourse() && done == l.whole() && l.good() != "" {
		day, ok = l.good(), true
	}
	if !ok {
		return a, false
	}
	n := Assignment{Rule: a.Rule, Position: a.Position, Cycle: a.Cycle + 1, Asked: done, Due: day, CountsFrom: done.Plus(0, 1), DoneBefore: done}
	if r.Basis != due.AfterStart {
		n.CountsFrom = max(n.CountsFrom, r.Opens(day))
	}
	return n, true
}

// duty is what the status of an assignment follows from.
func (a Assignment) duty(r *Rule, l learnt, off letOff) due.Duty {
	d := a.asked(r, l)
	d.ExemptUntil = off.until(r)
	return d
}

// unasked is what the status in a course follows from where nothing is asked.
func (l learnt) unasked(off letOff, course string) due.Duty {
	return due.Duty{Started: l.started, Done: l.whole(), ValidUntil: l.good(), ExemptUntil: off[[2]string{course, ""}]}
}

// asked is the duty of whoever is not let off.
func (a Assignment) asked(r *Rule, l learnt) due.Duty {
	if done := l.finished(r, a.CountsFrom); done != "" {
		d := due.Duty{Due: a.Due, Started: true, Done: done}
		if next, ok := r.Again(a.Due, done); ok {
			d.ValidUntil = next
		} else if r.ofCourse() && done == l.whole() {
			d.ValidUntil = l.good()
		}
		return d
	}
	if a.DoneBefore != "" {
		return due.Duty{Due: a.Due, Started: true, Done: a.DoneBefore, ValidUntil: a.Due}
	}
	return due.Duty{Due: a.Due, GraceDays: r.GraceDays, Started: l.started}
}

const selectAssignments = `SELECT a.id, a.rule_id, a.position_id, a.cycle, a.asked_on, a.due_on, a.counts_from, a.done_before, a.ended_at, a.ended_why,
	coalesce((SELECT e.planned_on FROM course_extensions e WHERE e.assignment_id = a.id), '') FROM course_assignments a `

// assignments reads assignments.
func assignments(rx store.Rx, where string, args ...any) (all []Assignment, err error) {
	rows, err := rx.Query(selectAssignments+where, args...)
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var a Assignment
		if err := rows.Scan(&a.ID, &a.Rule, &a.Position, &a.Cycle, &a.Asked, &a.Due, &a.CountsFrom, &a.DoneBefore, &a.EndedAt, &a.EndedWhy, &a.Planned); err != nil {
			return nil, store.Explain(err)
		}
		all = append(all, a)
	}
	return all, store.Explain(rows.Err())
}

func insertAssignment(tx store.Tx, a Assignment) error {
	return tx.Exec(`INSERT INTO course_assignments (id, rule_id, position_id, cycle, asked_on, due_on, counts_from, done_before, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, a.ID, a.Rule, a.Position, a.Cycle, a.Asked, a.Due, a.CountsFrom, a.DoneBefore, tx.Now).Error
}

func endAssignment(tx store.Tx, id, why string) error {
	return tx.Exec("UPDATE course_assignments SET ended_at = ?, ended_why = ? WHERE id = ?", tx.Now, why, id).Error
}
