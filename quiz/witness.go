package quiz

import (
	"database/sql/driver"

	"golau/internal/audit"
	"golau/internal/store"
)

// The rows of an attempt as the record prints them: every column but open, which
// follows from the mark. The line of the start bears the paper and its key, that
// of the submission the answers and the mark.
const (
	attemptRow = `SELECT id, person_id, enrolment_id, assessment, number, max_attempts, lang, edition, bank_edition, rules,
		questions, started_at FROM quiz_attempts WHERE id = ?`
	questionRows = `SELECT attempt_id, question, ref, module, objective, paper, answer_key, feedback
		FROM quiz_questions WHERE attempt_id = ? ORDER BY question`
	answerRows = `SELECT attempt_id, question, version, response, sure, lang, at, seal
		FROM quiz_answers WHERE attempt_id = ? ORDER BY question, version`
	markRow = `SELECT attempt_id, submitted_at, points, possible, percent, passed, questions, objectives, lang, edition
		FROM quiz_marks WHERE attempt_id = ?`
)

const (
	startedVerb   = "quiz.started"
	submittedVerb = "quiz.submitted"
)

func subject(attempt string) string { return "attempt:" + attempt }

func printOfStart(rx store.Rx, attempt string) (string, error) {
	return audit.PrintOf(rx, []any{attempt}, attemptRow, questionRows)
}

// asKept turns values into what the database gives back of them.
func asKept(values ...any) ([]any, error) {
	for i, v := range values {
		kept, err := driver.DefaultParameterConverter.ConvertValue(v)
		if err != nil {
			return nil, err
		}
		values[i] = kept
	}
	return values, nil
}

func printOfSubmission(rx store.Rx, attempt string) (string, error) {
	return audit.PrintOf(rx, []any{attempt}, answerRows, markRow)
}

// sealed returns the columns of an answer's row, the last of them its seal.
func (g Given) sealed(attempt string) ([]any, error) {
	response, err := g.Response.Value()
	if err != nil {
		return nil, err
	}
	row := []any{attempt, int64(g.Question), int64(g.Version), response, nil, string(g.Lang), g.At.UnixMicro()}
	if g.Sure != Unsaid {
		row[4] = string(g.Sure)
	}
	return append(row, audit.Seal(row...)), nil
}
