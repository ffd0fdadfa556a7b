package course

import (
	"context"
	"fmt"
	"slices"

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

// toldAtOnce is how many letters are put down in one Write: some milliseconds.
const toldAtOnce = 200

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
	for some := range slices.Chunk(waiting, toldAtOnce) {
		err := s.db.Write(ctx, store.Actor{Via: "worker"}, func(_ context.Context, tx store.Tx) error {
			for _, person := range some {
				if err := outbox.Put(tx, FinalOpened, j.Key+":"+person, OpenedFact{person, c.Slug}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
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
