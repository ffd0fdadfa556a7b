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

// mayTakeAgain says whether somebody may begin a course anew: when what they
// finished in their newest cycle runs out, or must be done again from today on.
func mayTakeAgain(l learnt, asked []Asked, today due.Day) bool {
	whole := l.lastDone > 0 && l.lastDone == l.newest
	if whole && l.good() != "" && today.Plus(0, due.ExpiringDays) >= l.good() {
		return true
	}
	return slices.ContainsFunc(asked, func(a Asked) bool {
		if a.Opens == "" || today < a.Opens {
			return false
		}
		if len(a.Rule.Parts) == 0 {
			return whole
		}
		return !slices.ContainsFunc(a.Rule.Parts, func(p string) bool { return l.now[p].IsZero() })
	})
}

// TakeAgain begins the next cycle of a course for the viewer; what they did before
// stays. Before there is something to take again, and once it has begun, it is
// problem.Conflict.
func (s *School) TakeAgain(ctx context.Context, v people.Viewer, course string) error {
	if _, err := s.Course(course); err != nil {
		return err
	}
	m := v.Home()
	if m.ID == "" {
		return problem.New(problem.Conflict, "course.again.not_yet")
	}
	return s.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		asked, l, err := s.askedOfPerson(tx.Rx, v.Person, course)
		if err != nil {
			return err
		}
		of, err := s.aloneOfPerson(tx.Rx, v.Person, course, asked)
		if err != nil {
			return err
		}
		if !of.spent() && !mayTakeAgain(l, asked, due.DayOf(tx.Now.Time)) {
			return problem.New(problem.Conflict, "course.again.not_yet")
		}
		e := Enrolment{ID: tx.NewID(), PersonID: v.Person, MembershipID: m.ID, Course: course, Cycle: l.newest + 1, CreatedAt: tx.Now}
		if err := insertEnrolment(tx, e); err != nil {
			return err
		}
		print, err := printOf(tx.Rx, e.ID, enrolmentRow)
		if err != nil {
			return err
		}
		err = audit.RecordOf(tx, enrolledVerb, subject(e.ID), print, map[string]any{"person": v.Person, "course": course, "membership": m.ID, "cycle": e.Cycle})
		if err != nil {
			return err
		}
		return s.settlePerson(tx, v.Person)
	})
}
