package quiz

import (
	"database/sql"
	"strconv"
	"strings"

	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/store"
)

var errMissing = problem.New(problem.NotFound, "quiz.missing")

// each runs a query and scans row by row. Every column is named and scanned by
// hand: a page of the quiz asks several small questions of the database, and
// mapping columns to fields by reflection cost more than the queries.
func each(rx store.Rx, scan func(rows *sql.Rows) error, query string, args ...any) error {
	rows, err := rx.Query(query, args...)
	if err != nil {
		return store.Explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return store.Explain(err)
		}
	}
	return store.Explain(rows.Err())
}

// eachRow is each for rows as they lie in the database, of so many columns.
func eachRow(rx store.Rx, columns int, look func(row []any) error, query string, args ...any) error {
	return each(rx, func(rows *sql.Rows) error {
		row, places := make([]any, columns), make([]any, columns)
		for i := range row {
			places[i] = &row[i]
		}
		if err := rows.Scan(places...); err != nil {
			return err
		}
		return look(row)
	}, query, args...)
}

const attemptColumns = `a.id, a.person_id, a.enrolment_id, a.assessment, a.number, a.lang, a.edition, a.bank_edition,
	a.rules, a.questions, a.started_at, a.open`

// into lists where the attemptColumns go.
func (a *Attempt) into() []any {
	return []any{&a.ID, &a.PersonID, &a.EnrolmentID, &a.Assessment, &a.Number, &a.Lang, &a.Edition, &a.BankEdition,
		&a.Rules, &a.Questions, &a.StartedAt, &a.Open}
}

// attemptOf returns an attempt of a person. That of someone else is as missing
// as one that never was.
func attemptOf(rx store.Rx, person, id string) (Attempt, error) {
	var a Attempt
	err := each(rx, func(rows *sql.Rows) error { return rows.Scan(a.into()...) },
		"SELECT "+attemptColumns+" FROM quiz_attempts a WHERE a.id = ? AND a.person_id = ?", id, person)
	if err == nil && a.ID == "" {
		err = errMissing
	}
	if err != nil {
		return Attempt{}, err
	}
	return a, nil
}

// sittings reads attempts beside their marks, which may be absent.
func sittings(rx store.Rx, enrolment, assessment string) ([]Sitting, error) {
	var all []Sitting
	err := each(rx, func(rows *sql.Rows) error {
		var s Sitting
		var m Mark
		var marked bool
		err := rows.Scan(&s.AttemptID, &s.Number, &s.StartedAt, &marked, &m.SubmittedAt, &m.Points, &m.Possible,
			&m.Percent, &m.Passed, &m.Objectives, &m.Lang, &m.Edition)
		if marked {
			m.AttemptID = s.AttemptID
			s.Mark = &m
		}
		all = append(all, s)
		return err
	}, `SELECT a.id, a.number, a.started_at, m.attempt_id IS NOT NULL, m.submitted_at,
			COALESCE(m.points, 0), COALESCE(m.possible, 0), COALESCE(m.percent, 0), COALESCE(m.passed, 0),
			m.objectives, COALESCE(m.lang, ''), COALESCE(m.edition, '')
		FROM quiz_attempts a LEFT JOIN quiz_marks m ON m.attempt_id = a.id
		WHERE a.enrolment_id = ? AND a.assessment = ? ORDER BY a.number`, enrolment, assessment)
	return all, err
}

// seen counts how often each question was asked in earlier attempts.
func seen(rx store.Rx, enrolment, assessment string) (map[string]int, error) {
	times := map[string]int{}
	err := each(rx, func(rows *sql.Rows) error {
		var ref string
		var n int
		err := rows.Scan(&ref, &n)
		times[ref] = n
		return err
	}, `SELECT q.ref, COUNT(*) FROM quiz_attempts a JOIN quiz_questions q ON q.attempt_id = a.id
		WHERE a.enrolment_id = ? AND a.assessment = ? GROUP BY q.ref`, enrolment, assessment)
	return times, err
}

// insertAttempt keeps an attempt and its paper, and returns their print: what
// printOfStart reads.
func insertAttempt(tx store.Tx, a Attempt, sheets []sheet) (print string, err error) {
	attempt, err := asKept(a.ID, a.PersonID, a.EnrolmentID, a.Assessment, a.Number, a.Rules.MaxAttempts, a.Lang,
		a.Edition, a.BankEdition, a.Rules, a.Questions, a.StartedAt)
	if err != nil {
		return "", err
	}
	if err := tx.Exec(`INSERT INTO quiz_attempts (id, person_id, enrolment_id, assessment, number, max_attempts, lang,
			edition, bank_edition, rules, questions, started_at, open)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`, attempt...).Error; err != nil {
		return "", err
	}
	var rows []any
	for _, s := range sheets {
		row, err := asKept(a.ID, s.number, s.ref, s.target.Module, s.target.Objective, s.paper, s.key, s.said)
		if err != nil {
			return "", err
		}
		rows = append(rows, row...)
	}
	return audit.PrintOfValues(append(attempt, rows...)), tx.Exec(`INSERT INTO quiz_questions
			(attempt_id, question, ref, module, objective, paper, answer_key, feedback)
		VALUES `+values("(?, ?, ?, ?, ?, ?, ?, ?)", len(sheets)), rows...).Error
}

// values repeats the places of one row, so that many go in with one statement:
// most of what a row costs is the statement.
func values(row string, n int) string { return strings.TrimSuffix(strings.Repeat(row+", ", n), ", ") }

// desk is what an answer meets: the question as shown, what was answered so far,
// and whether the attempt still takes answers.
type desk struct {
	open  bool
	paper PaperQuestion
	given Given
}

// deskQuery finds a question of an attempt with its newest answer. %p stands for
// the paper, %s for further columns.
const deskQuery = `SELECT a.open, %p, COALESCE(g.version, 0), COALESCE(g.response, '{}'),
		COALESCE(g.sure, ''), COALESCE(g.lang, ''), g.at%s
	FROM quiz_attempts a
	JOIN quiz_questions q ON q.attempt_id = a.id AND q.question = ?
	LEFT JOIN quiz_answers g ON g.attempt_id = a.id AND g.question = q.question AND g.version =
		(SELECT MAX(version) FROM quiz_answers WHERE attempt_id = a.id AND question = q.question)
	WHERE a.id = ? AND a.person_id = ?`

var (
	deskOnly  = strings.NewReplacer("%p", "q.paper", "%s", "").Replace(deskQuery)
	deskGiven = strings.NewReplacer("%p, ", "", "%s", "").Replace(deskQuery)
	deskView  = strings.NewReplacer("%p", "q.paper", "%s", ", "+attemptColumns+`,
		(SELECT group_concat(h.question) FROM quiz_questions h WHERE h.attempt_id = a.id AND
			(SELECT response FROM quiz_answers WHERE attempt_id = a.id AND question = h.question ORDER BY version DESC LIMIT 1) <> '{}')`).Replace(deskQuery)
)

func (d *desk) into() []any {
	return []any{&d.open, &d.paper, &d.given.Version, &d.given.Response, &d.given.Sure, &d.given.Lang, &d.given.At}
}

// deskOf reads what an answer meets; the paper only when it is not known.
func deskOf(rx store.Rx, person, attempt string, question int, paper *PaperQuestion) (desk, error) {
	var d desk
	query, into := deskOnly, d.into()
	if paper != nil {
		d.paper = *paper
		query, into = deskGiven, append(into[:1], into[2:]...)
	}
	err := each(rx, func(rows *sql.Rows) error {
		d.given.Question = question
		return rows.Scan(into...)
	}, query, question, attempt, person)
	if err == nil && d.given.Question == 0 {
		err = errMissing
	}
	return d, err
}

func askedOf(rx store.Rx, person, attempt string, question int) (Asked, error) {
	var a Asked
	err := each(rx, func(rows *sql.Rows) error {
		return rows.Scan(&a.AttemptID, &a.Open, &a.Questions, &a.Question)
	}, `SELECT a.id, a.open, a.questions, q.paper FROM quiz_attempts a
		JOIN quiz_questions q ON q.attempt_id = a.id AND q.question = ? WHERE a.id = ? AND a.person_id = ?`, question, attempt, person)
	if err == nil && a.AttemptID == "" {
		err = errMissing
	}
	return a, err
}

// viewOf reads everything one page shows, in one query.
func viewOf(rx store.Rx, person, attempt string, question int) (View, error) {
	var v View
	err := each(rx, func(rows *sql.Rows) error {
		var d desk
		var answered sql.NullString
		if err := rows.Scan(append(append(d.into(), v.Attempt.into()...), &answered)...); err != nil {
			return err
		}
		d.given.Question = question
		v.Question, v.Given, v.Answered = d.paper, d.given, make([]bool, v.Attempt.Questions)
		for number := range strings.SplitSeq(answered.String, ",") {
			if n, err := strconv.Atoi(number); err == nil && n >= 1 && n <= len(v.Answered) {
				v.Answered[n-1] = true
			}
		}
		return nil
	}, deskView, question, attempt, person)
	if err == nil && v.Attempt.ID == "" {
		err = errMissing
	}
	if err != nil {
		return View{}, err
	}
	return v, nil
}

func insertAnswer(tx store.Tx, attempt string, g Given) error {
	return insertAnswers(tx, attempt, []Given{g})
}

// insertAnswers keeps answers, at least one, each with its seal.
func insertAnswers(tx store.Tx, attempt string, given []Given) error {
	var rows []any
	for _, g := range given {
		row, err := g.sealed(attempt)
		if err != nil {
			return err
		}
		rows = append(rows, row...)
	}
	return tx.Exec(`INSERT INTO quiz_answers (attempt_id, question, version, response, sure, lang, at, seal)
		VALUES `+values("(?, ?, ?, ?, ?, ?, ?, ?)", len(given)), rows...).Error
}

// current returns the newest version of every answer; one that was cleared again
// has an empty Response.
func current(rx store.Rx, attempt string) ([]Given, error) {
	var given []Given
	err := each(rx, func(rows *sql.Rows) error {
		var g Given
		err := rows.Scan(&g.Question, &g.Version, &g.Response, &g.Sure, &g.Lang, &g.At)
		given = append(given, g)
		return err
	}, `SELECT g.question, g.version, g.response, COALESCE(g.sure, ''), g.lang, g.at
		FROM quiz_questions q JOIN quiz_answers g ON g.attempt_id = q.attempt_id AND g.question = q.question AND g.version =
			(SELECT MAX(version) FROM quiz_answers WHERE attempt_id = q.attempt_id AND question = q.question)
		WHERE q.attempt_id = ? ORDER BY g.question`, attempt)
	return given, err
}

func paperOf(rx store.Rx, attempt string) ([]PaperQuestion, error) {
	var all []PaperQuestion
	err := each(rx, func(rows *sql.Rows) error {
		var q PaperQuestion
		err := rows.Scan(&q)
		all = append(all, q)
		return err
	}, "SELECT paper FROM quiz_questions WHERE attempt_id = ? ORDER BY question", attempt)
	return all, err
}

// keysOf returns what marking needs of an attempt's questions: not the words.
func keysOf(rx store.Rx, attempt string) ([]sheet, error) {
	var all []sheet
	err := each(rx, func(rows *sql.Rows) error {
		var s sheet
		err := rows.Scan(&s.number, &s.ref, &s.target.Module, &s.target.Objective, &s.key)
		all = append(all, s)
		return err
	}, "SELECT question, ref, module, objective, answer_key FROM quiz_questions WHERE attempt_id = ? ORDER BY question", attempt)
	return all, err
}

// sheetsOf returns an attempt's questions whole.
func sheetsOf(rx store.Rx, attempt string) ([]sheet, error) {
	var all []sheet
	err := each(rx, func(rows *sql.Rows) error {
		var s sheet
		err := rows.Scan(&s.number, &s.ref, &s.target.Module, &s.target.Objective, &s.paper, &s.key, &s.said)
		all = append(all, s)
		return err
	}, `SELECT question, ref, module, objective, paper, answer_key, feedback
		FROM quiz_questions WHERE attempt_id = ? ORDER BY question`, attempt)
	return all, err
}

func insertMark(tx store.Tx, m Mark, questions markedQuestions) error {
	return tx.Exec(`INSERT INTO quiz_marks (attempt_id, submitted_at, points, possible, percent, passed,
			questions, objectives, lang, edition)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		m.AttemptID, m.SubmittedAt, int64(m.Points), int64(m.Possible), m.Percent, m.Passed,
		questions, m.Objectives, string(m.Lang), m.Edition).Error
}

// markOf returns the mark of an attempt and, for this room alone, of each of its
// questions.
func markOf(rx store.Rx, attempt string) (Mark, markedQuestions, error) {
	var m Mark
	var questions markedQuestions
	err := each(rx, func(rows *sql.Rows) error {
		return rows.Scan(&m.AttemptID, &m.SubmittedAt, &m.Points, &m.Possible, &m.Percent, &m.Passed,
			&questions, &m.Objectives, &m.Lang, &m.Edition)
	}, `SELECT attempt_id, submitted_at, points, possible, percent, passed, questions, objectives, lang, edition
		FROM quiz_marks WHERE attempt_id = ?`, attempt)
	if err == nil && m.AttemptID == "" {
		err = errMissing
	}
	return m, questions, err
}

// Marked says whether any attempt of the person has been marked: from then on
// their name is part of the evidence.
func Marked(rx store.Rx, person string) (bool, error) {
	var n int
	err := rx.Raw(`SELECT count(*) FROM (SELECT 1 FROM quiz_marks m JOIN quiz_attempts a ON a.id = m.attempt_id
		WHERE a.person_id = ? LIMIT 1)`, person).Scan(&n).Error
	return n > 0, store.Explain(err)
}
