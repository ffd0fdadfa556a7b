package quiz

import (
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// Given is an answer as it is kept. Each change is a new version; the one before
// stays.
type Given struct {
	Question int // number on the paper
	Version  int // from 1
	Response Response
	Sure     Sure
	Lang     i18n.Lang // in which it was given
	At       store.Time
}

// AnswerInput is an answer as it arrives.
type AnswerInput struct {
	Question int
	Version  int // the version that the page showed; 0 for none
	Response Response
	Sure     Sure
	Lang     i18n.Lang

	// Asked is the question itself, for a caller who has read it before: it is
	// frozen, so that it need not be read again within the transaction.
	Asked *PaperQuestion
}

// Saved says which version holds the answer, and since when.
type Saved struct {
	Version int
	At      store.Time
}

// Answer keeps an answer. The same answer again is the same row again: a second
// press, a retry or a lost reply changes nothing and gets the same Saved.
//
// Returns problem.NotFound for an attempt of someone else or a question that is
// not on the paper, problem.Invalid with fields for an answer that the paper
// does not offer, problem.Conflict (quiz.closed) after the submission, and
// problem.Conflict (quiz.stale, argument Version) when the page showed an older
// version than the current one: a forgotten tab must not undo a newer answer.
func Answer(tx store.Tx, person, attempt string, in AnswerInput) (Saved, error) {
	desk, err := deskOf(tx.Rx, person, attempt, in.Question, in.Asked)
	if err != nil {
		return Saved{}, err
	}
	if !desk.open {
		return Saved{}, problem.New(problem.Conflict, "quiz.closed")
	}
	if !in.Sure.valid() {
		return Saved{}, invalid(map[string]string{"sure": "quiz.field.unknown"})
	}
	response, err := desk.paper.accept(in.Response)
	if err != nil {
		return Saved{}, err
	}
	now := desk.given
	if same(now.Response, response) && now.Sure == in.Sure {
		// An empty answer to a question never answered is nothing to keep.
		return Saved{now.Version, now.At}, nil
	}
	if in.Version != now.Version {
		return Saved{}, problem.New(problem.Conflict, "quiz.stale", "Version", now.Version)
	}
	g := Given{Question: in.Question, Version: now.Version + 1, Response: response, Sure: in.Sure, Lang: in.Lang, At: tx.Now}
	if err := insertAnswer(tx, attempt, g); err != nil {
		return Saved{}, meanwhile(err)
	}
	return Saved{g.Version, g.At}, nil
}
