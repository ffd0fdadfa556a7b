package course

import (
	"golau/internal/store"
	"golau/quiz"
)

// Ahead is where a learner stands with the check or the assessment that is their
// next step: not begun, half done, or waiting until it may be tried again.
type Ahead struct {
	Standing quiz.Standing
	Rules    quiz.Rules
	// Of the attempt that is open, all zero when none is: how many questions it
	// has, how many have an answer, and the one to go on with.
	Questions, Answered, Reached int
}

// ahead looks at the test that is the next step; nil when something is to be
// read first, and when all is done.
func (s *School) ahead(rx store.Rx, person string, p *Progress, c *Course, next Step) (*Ahead, error) {
	a := &Ahead{Rules: c.CheckOf(next.Module)}
	name := checkName(next.Module)
	switch next.Kind {
	case StepCheck:
	case StepFinal:
		a.Rules, name = c.Final.Rules, finalName(c.Slug)
	default:
		return nil, nil
	}
	var err error
	if a.Standing, err = quiz.StandingOf(rx, p.Enrolment, name, a.Rules); err != nil || a.Standing.OpenAttempt == "" {
		return a, err
	}
	_, paper, given, err := quiz.Open(rx, person, a.Standing.OpenAttempt)
	if err != nil {
		return nil, err
	}
	a.Questions, a.Reached = len(paper.Questions), quiz.Reached(given)
	for _, g := range given {
		if !g.Response.Empty() {
			a.Answered++
		}
	}
	return a, nil
}
