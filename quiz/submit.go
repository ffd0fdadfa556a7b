package quiz

import (
	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/store"
)

// Mark is what a submitted attempt came to. It says nothing about a single
// question, so it can be shown whatever the rules allow to be told.
type Mark struct {
	AttemptID   string
	SubmittedAt store.Time
	Points      Credit
	Possible    Credit
	Percent     int // rounded down; Passed is decided on the exact points
	Passed      bool
	Objectives  ObjectiveMarks
	Lang        i18n.Lang // in which most questions were answered; on a tie that of the submission
	Edition     string    // of the modules, as the attempt began

	// AlreadySubmitted says that this submission changed nothing, because the
	// attempt was closed before.
	AlreadySubmitted bool
}

// TableName names the table whose rows marks are.
func (Mark) TableName() string { return "quiz_marks" }

// ObjectiveMarks is how an attempt went, objective by objective.
type ObjectiveMarks []ObjectiveMark

// Submit closes an attempt and marks it by its frozen key. Questions without an
// answer count nothing. A second submission returns the mark of the first. lang
// is that of the page whose button was pressed.
//
// Returns problem.NotFound for an attempt of someone else.
func Submit(tx store.Tx, person, attempt string, lang i18n.Lang) (Mark, error) {
	a, err := attemptOf(tx.Rx, person, attempt)
	if err != nil {
		return Mark{}, err
	}
	if !a.Open {
		m, _, err := markOf(tx.Rx, attempt)
		m.AlreadySubmitted = true
		return m, err
	}
	sheets, err := keysOf(tx.Rx, attempt)
	if err != nil {
		return Mark{}, err
	}
	given, err := current(tx.Rx, attempt)
	if err != nil {
		return Mark{}, err
	}
	m := Mark{AttemptID: attempt, SubmittedAt: tx.Now, Lang: answeredIn(given, lang), Edition: a.Edition, Possible: Credit(a.Questions) * Whole}
	var questions markedQuestions
	m.Points, questions, m.Objectives = markSheets(sheets, byQuestion(given))
	m.Percent = m.Points.Percent(m.Possible)
	m.Passed = m.Points.reaches(a.Rules.PassPercent, m.Possible)
	if err := insertMark(tx, m, questions); err != nil {
		return Mark{}, meanwhile(err)
	}
	print, err := printOfSubmission(tx.Rx, attempt)
	if err != nil {
		return Mark{}, err
	}
	return m, audit.RecordOf(tx, submittedVerb, subject(attempt), print, map[string]any{
		"assessment": a.Assessment, "number": a.Number, "percent": m.Percent, "passed": m.Passed, "lang": m.Lang, "submitted_in": lang,
	})
}

// answeredIn is the language in which most questions were answered: what somebody
// was tested in is not decided by the page on which they pressed the last button.
// An answer that was taken back says nothing; a tie is broken by the submission.
func answeredIn(given []Given, submission i18n.Lang) i18n.Lang {
	n := map[i18n.Lang]int{}
	for _, g := range given {
		if !g.Response.Empty() {
			n[g.Lang]++
		}
	}
	for _, l := range i18n.Langs {
		if n[l] > n[submission] {
			return l
		}
	}
	return submission
}

func byQuestion(given []Given) map[int]Given {
	m := make(map[int]Given, len(given))
	for _, g := range given {
		m[g.Question] = g
	}
	return m
}
