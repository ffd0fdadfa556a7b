package quiz

import (
	"golau/internal/problem"
	"golau/internal/store"
)

// Fill keeps first answers to questions of an attempt all at once, each as of its
// own moment: for whoever has them together, where Answer takes them one by one.
// It asks the same of each. paper is the attempt's own, as Open returned it: it is
// frozen, so that it need not be read again.
//
// Returns what Answer does: problem.NotFound for an attempt of someone else or a
// question that is not on the paper, problem.Invalid for an answer that the paper
// does not offer, problem.Conflict (quiz.closed) after the submission. A question
// that has an answer already is problem.Conflict (quiz.meanwhile). Then nothing
// is kept.
func Fill(tx store.Tx, person, attempt string, paper Paper, given []Given) error {
	a, err := attemptOf(tx.Rx, person, attempt)
	if err != nil {
		return err
	}
	if !a.Open {
		return problem.New(problem.Conflict, "quiz.closed")
	}
	kept := make([]Given, 0, len(given))
	for _, g := range given {
		if g.Question < 1 || g.Question > len(paper.Questions) {
			return errMissing
		}
		if !g.Sure.valid() {
			return invalid(map[string]string{"sure": "quiz.field.unknown"})
		}
		if g.Response, err = paper.Questions[g.Question-1].accept(g.Response); err != nil {
			return err
		}
		g.Version = 1
		if !g.Response.Empty() || g.Sure != Unsaid { // else there is nothing to keep, as in Answer
			kept = append(kept, g)
		}
	}
	if len(kept) == 0 {
		return nil
	}
	return meanwhile(insertAnswers(tx, attempt, kept))
}
