package course

import (
	"context"
	"fmt"

	"golau/internal/outbox"
	"golau/internal/store"
)

// Accepted is the job that follows from an acceptance: whoever has waited for it is
// to be told. Its key is the acceptance's id, its payload an AcceptedFact.
const Accepted = "course.accepted"

// AcceptedFact names the course whose certificates are issued from now on.
type AcceptedFact struct{ Course string }

// FinalOpened is the fact that a final assessment has opened to somebody who had
// done every module and waited. Its payload is an OpenedFact.
const FinalOpened = "course.final_opened"

// OpenedFact says to whom which course's assessment has opened.
type OpenedFact struct{ Person, Course string }

// TellWaiting puts a letter down for everybody who waited for an acceptance. It
// handles the jobs of the kind Accepted.
func (s *School) TellWaiting(ctx context.Context, j outbox.Job) error {
	var f AcceptedFact
	if err := j.Into(&f); err != nil {
		return outbox.Refuse(fmt.Errorf("course: job %d: %w", j.ID, err))
	}
	c, err := s.Course(f.Course)
	if err != nil {
		return outbox.Refuse(err)
	}
	waiting, err := readyForFinal(s.db.Read(ctx), c)
	if err != nil {
		return err
	}
	return store.Each(ctx, s.db, store.Actor{Via: "worker"}, waiting, func(tx store.Tx, person string) error {
		return outbox.Put(tx, FinalOpened, j.Key+":"+person, OpenedFact{person, c.Slug})
	})
}

// HasCompleted says whether somebody has completed a course, the newest time that
// they were enrolled in it. No enrolment is problem.NotFound.
func HasCompleted(rx store.Rx, person, course string) (bool, error) {
	p, err := progressOf(rx, person, course)
	if err != nil {
		return false, err
	}
	return p.Done != nil, nil
}
