package course

import (
	"context"

	"golau/certificates"
	"golau/course/due"
	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
	"golau/quiz"
)

// Completed is the fact that a person has completed a course. Its key is the
// certificate's id, its payload a CompletedFact.
const Completed = "course.completed"

// CompletedFact says what a completion brought.
type CompletedFact struct {
	Person      string
	Certificate string
}

// Submit closes an attempt and draws every consequence in the same transaction:
// the mark, the module or the course completed, the certificate, the board's
// register, the letter to the learner. Submitting twice changes nothing. A final
// assessment waits until certificates may be issued (problem.Conflict,
// course.final_waits).
func (s *School) Submit(ctx context.Context, v people.Viewer, lang i18n.Lang, attempt string) (quiz.Mark, error) {
	var mark quiz.Mark
	var certificate string
	err := s.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) (err error) {
		mark, certificate, err = s.SubmitIn(tx, v.Person, lang, attempt)
		return err
	})
	if err != nil || certificate == "" {
		return mark, err
	}
	// Recorded first, signed second, shown third. Should the program end right
	// here, the worker signs from the job that the transaction put down.
	if err := certificates.Sign(context.WithoutCancel(ctx), s.db, s.keys, certificate); err != nil {
		s.log.Warn("a certificate waits for its signature", "err", err) // its number would open it to whoever reads the log
	}
	return mark, nil
}

// SubmitIn is Submit within a transaction that somebody has opened already. It
// returns the id of the certificate that is now to be signed, "" for none.
func (s *School) SubmitIn(tx store.Tx, person string, lang i18n.Lang, attempt string) (mark quiz.Mark, certificate string, err error) {
	if err := s.mayHandIn(tx.Rx, person, attempt); err != nil {
		return mark, "", err
	}
	if mark, err = quiz.Submit(tx, person, attempt, lang); err != nil {
		return mark, "", err
	}
	if !mark.Passed || mark.AlreadySubmitted {
		return mark, "", nil
	}
	if certificate, err = s.finish(tx, person, attempt, mark); err != nil {
		return mark, certificate, err
	}
	return mark, certificate, s.settlePerson(tx, person)
}

// mayHandIn refuses a final assessment whose certificate could not be issued yet
// (problem.Conflict, course.final_waits): it stays open, with every answer in it.
func (s *School) mayHandIn(rx store.Rx, person, attempt string) error {
	if s.demo {
		return nil
	}
	a, err := quiz.AttemptOf(rx, person, attempt)
	if err != nil || moduleNamed(a.Assessment) != "" {
		return err
	}
	place, err := s.place(rx, a)
	if err == nil && place.Unaccepted {
		err = problem.New(problem.Conflict, "course.final_waits")
	}
	return err
}

// finish completes what the passed attempt was about and returns the id of the
// certificate, if there is one now. Its language is that of the mark: the one in
// which most questions were answered.
func (s *School) finish(tx store.Tx, person, attempt string, mark quiz.Mark) (string, error) {
	a, err := quiz.AttemptOf(tx.Rx, person, attempt)
	if err != nil {
		return "", err
	}
	place, err := s.place(tx.Rx, a)
	if err != nil {
		return "", err
	}
	if place.Module != nil {
		first, err := insertModuleDone(tx, a.EnrolmentID, place.Module.Slug, attempt, mark.Edition, mark.Lang)
		if err != nil || !first {
			return "", err
		}
		print, err := printOfModule(tx.Rx, a.EnrolmentID, place.Module.Slug, allParts)
		if err != nil {
			return "", err
		}
		return "", audit.RecordOf(tx, moduleDoneVerb, subject(a.EnrolmentID), print,
			map[string]any{"module": place.Module.Slug, "attempt": attempt, "edition": mark.Edition, "lang": mark.Lang})
	}
	if place.Alone {
		return "", passedAlone(tx, a, place.Course, mark)
	}
	return s.complete(tx, a, place.Course, mark)
}

// complete finishes the course, unless it has grown since the attempt began: a
// certificate says what the course is now, and must not say it of somebody who
// has not done all of it. The mark stays; whoever has done the new modules takes
// the assessment again.
func (s *School) complete(tx store.Tx, a quiz.Attempt, c *Course, mark quiz.Mark) (string, error) {
	p, err := progressIn(tx.Rx, a.EnrolmentID)
	if err != nil || !s.overview(c, p).FinalOpen {
		return "", err
	}
	var until store.Time
	if c.ValidYears > 0 {
		until = store.At(due.DayOf(tx.Now.Time).Plus(12*c.ValidYears, 0).End()) // good for the whole of its last day
	}
	first, err := insertDone(tx, a.EnrolmentID, a.ID, mark.Edition, mark.Lang, until)
	if err != nil || !first {
		return "", err
	}
	print, err := printOf(tx.Rx, a.EnrolmentID, completionRow)
	if err != nil {
		return "", err
	}
	if err := audit.RecordOf(tx, completedVerb, subject(a.EnrolmentID), print,
		map[string]any{"course": c.Slug, "attempt": a.ID, "edition": mark.Edition, "lang": mark.Lang, "percent": mark.Percent}); err != nil {
		return "", err
	}
	award, err := s.award(tx, a, c, mark, until)
	if err != nil {
		return "", err
	}
	cert, err := certificates.Issue(tx, award)
	if err != nil {
		return "", err
	}
	return cert.ID, outbox.Put(tx, Completed, cert.ID, CompletedFact{Person: a.PersonID, Certificate: cert.ID})
}

// award gathers what the certificate says, as things are at this moment.
func (s *School) award(tx store.Tx, a quiz.Attempt, c *Course, mark quiz.Mark, until store.Time) (certificates.Award, error) {
	e, err := enrolmentByID(tx.Rx, a.EnrolmentID)
	if err != nil {
		return certificates.Award{}, err
	}
	p, err := people.PersonByID(tx.Rx, a.PersonID)
	if err != nil {
		return certificates.Award{}, err
	}
	m, err := people.MembershipNow(tx.Rx, e.MembershipID)
	if err != nil {
		return certificates.Award{}, err
	}
	return certificates.Award{
		Person: p.ID, HolderName: p.Name,
		Course:     certificates.Course{Slug: c.Slug, Title: c.Title, Edition: c.Edition, Minutes: s.Minutes(c)},
		Objectives: c.Outcomes, Completed: tx.Now, ValidUntil: until,
		Board:        certificates.Board{ID: m.Board.ID, Name: m.Board.Name},
		Organisation: m.Organisation.ID, Enrolment: a.EnrolmentID, Attempt: a.ID,
		Language: mark.Lang, EditionHash: mark.Edition,
		// What is signed now says nothing about a text that was another then.
		Reviewed: s.Reviewed(c) && mark.Edition == s.editions[c.Slug], Demonstration: s.demo,
		Unconfirmed: m.Unconfirmed,
	}, nil
}

// Rename changes the viewer's own name. Once an attempt has been marked the
// name is part of the evidence: then it is problem.Conflict, and the training
// lead must change it.
func (s *School) Rename(ctx context.Context, v people.Viewer, name string) error {
	return s.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		marked, err := quiz.Marked(tx.Rx, v.Person)
		if err != nil {
			return err
		}
		clean, err := people.CleanName(name)
		if err != nil {
			return err
		}
		if marked && clean != v.Name {
			p := problem.New(problem.Conflict, "course.name_fixed")
			p.Fields = map[string]string{"name": "course.name_fixed"}
			return p
		}
		return people.Rename(tx, v.Person, clean)
	})
}

// NameFixed says whether the viewer's name can no longer be changed by
// themselves.
func (s *School) NameFixed(ctx context.Context, v people.Viewer) (bool, error) {
	return quiz.Marked(s.db.Read(ctx), v.Person)
}
