package quiz

import "golau/internal/store"

// View is what the page of one question shows.
type View struct {
	Attempt  Attempt
	Question PaperQuestion
	Given    Given  // the current answer; Version 0 when there is none
	Answered []bool // by question, the first at index 0
}

// Asked is a question as it was dealt, with as much of its attempt as an answer
// needs.
type Asked struct {
	AttemptID string
	Open      bool // the attempt still takes answers; Answer looks again
	Questions int  // how many there are
	Question  PaperQuestion
}

// Ask returns what was asked as question number n of an attempt. Returns
// problem.NotFound as Look does.
func Ask(rx store.Rx, person, attempt string, n int) (Asked, error) {
	return askedOf(rx, person, attempt, n)
}

// Look returns question number n of an attempt. It reads only what one page
// needs; Open reads the whole paper.
//
// Returns problem.NotFound for an attempt of someone else and for a number that
// is not on the paper.
func Look(rx store.Rx, person, attempt string, n int) (View, error) {
	return viewOf(rx, person, attempt, n)
}

// Kept is how the current answer to a question stands.
type Kept struct {
	At       store.Time // zero: nothing was ever given
	Answered bool       // something is chosen
	Whole    bool       // and nothing is left open
}

// KeptOf says how the current answer to question number n stands. Returns
// problem.NotFound as Look does.
func KeptOf(rx store.Rx, person, attempt string, n int) (Kept, error) {
	d, err := deskOf(rx, person, attempt, n, nil)
	r := d.given.Response
	return Kept{At: d.given.At, Answered: !r.Empty(), Whole: !r.Empty() && d.paper.Complete(r)}, err
}

// Reached is the question that was answered last, so that whoever comes back goes
// on where they were; the first before there is any answer.
func Reached(given []Given) int {
	n, last := 1, store.Time{}
	for _, g := range given {
		if g.At.After(last.Time) {
			n, last = g.Question, g.At
		}
	}
	return n
}

// Open returns an attempt, its whole paper and the current answers in the order
// of the questions. An answer that was cleared again has an empty Response.
//
// Returns problem.NotFound for an attempt of someone else.
func Open(rx store.Rx, person, attempt string) (Attempt, Paper, []Given, error) {
	a, err := attemptOf(rx, person, attempt)
	if err != nil {
		return Attempt{}, Paper{}, nil, err
	}
	questions, err := paperOf(rx, attempt)
	if err != nil {
		return Attempt{}, Paper{}, nil, err
	}
	given, err := current(rx, attempt)
	return a, Paper{questions}, given, err
}
