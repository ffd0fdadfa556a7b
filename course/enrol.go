package course

import (
	"context"

	"golau/internal/audit"
	"golau/internal/people"
	"golau/internal/store"
)

// Welcome enrols a person who has just signed in into every course of the
// catalogue they are not in yet. Somebody without a place of work is not
// enrolled: a certificate must be able to say which board stands behind it.
func (s *School) Welcome(ctx context.Context, v people.Viewer) error {
	m := v.Home()
	if m.ID == "" {
		return nil
	}
	missing := false
	for _, c := range s.courses {
		_, err := latestEnrolment(s.db.Read(ctx), v.Person, c.Slug)
		if err != nil && !isNotEnrolled(err) {
			return err
		}
		missing = missing || err != nil
	}
	if !missing {
		return nil
	}
	return s.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		for _, c := range s.courses {
			if _, err := Enrol(tx, v.Person, m.ID, c.Slug); err != nil {
				return err
			}
		}
		return nil
	})
}

// Takes says whether the viewer is in a course, and it is open to them.
func (s *School) Takes(ctx context.Context, v people.Viewer, course string) (bool, error) {
	if !v.SignedIn() || v.Barred() {
		return false, nil
	}
	_, err := latestEnrolment(s.db.Read(ctx), v.Person, course)
	if isNotEnrolled(err) {
		return false, nil
	}
	return err == nil, err
}

// Enrol puts a person into the first cycle of a course. Enrolling again changes
// nothing and returns the enrolment there is.
func Enrol(tx store.Tx, person, membership, course string) (Enrolment, error) {
	e, err := latestEnrolment(tx.Rx, person, course)
	if err == nil || !isNotEnrolled(err) {
		return e, err
	}
	e = Enrolment{ID: tx.NewID(), PersonID: person, MembershipID: membership, Course: course, Cycle: 1, CreatedAt: tx.Now}
	if err := insertEnrolment(tx, e); err != nil {
		return Enrolment{}, err
	}
	print, err := printOf(tx.Rx, e.ID, enrolmentRow)
	if err != nil {
		return Enrolment{}, err
	}
	return e, audit.RecordOf(tx, enrolledVerb, subject(e.ID), print, map[string]any{"person": person, "course": course, "membership": membership})
}
