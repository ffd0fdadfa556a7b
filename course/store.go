package course

import (
	"strings"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
	"golau/modules/scenario"
)

func notEnrolled() error { return problem.New(problem.NotFound, "course.not_enrolled") }

func isNotEnrolled(err error) bool {
	p, ok := problem.As(err)
	return ok && p.Key == "course.not_enrolled"
}

const selectEnrolment = `SELECT id, person_id, membership_id, course, cycle, created_at FROM course_enrolments WHERE `

// latestEnrolment returns the newest cycle, or problem.NotFound.
func latestEnrolment(rx store.Rx, person, course string) (Enrolment, error) {
	return enrolment(rx, "person_id = ? AND course = ? ORDER BY cycle DESC LIMIT 1", person, course)
}

func enrolmentByID(rx store.Rx, id string) (Enrolment, error) {
	return enrolment(rx, "id = ?", id)
}

func enrolment(rx store.Rx, where string, args ...any) (e Enrolment, err error) {
	rows, err := rx.Query(selectEnrolment+where, args...)
	if err != nil {
		return e, store.Explain(err)
	}
	defer rows.Close()
	if rows.Next() {
		return e, store.Explain(rows.Scan(&e.ID, &e.PersonID, &e.MembershipID, &e.Course, &e.Cycle, &e.CreatedAt))
	}
	if err := rows.Err(); err != nil {
		return e, store.Explain(err)
	}
	return e, notEnrolled()
}

func insertEnrolment(tx store.Tx, e Enrolment) error {
	return tx.Exec(`INSERT INTO course_enrolments (id, person_id, membership_id, course, cycle, created_at)
		VALUES (?, ?, ?, ?, ?, ?)`, e.ID, e.PersonID, e.MembershipID, e.Course, e.Cycle, e.CreatedAt).Error
}

// progressOf reads everything about a person's newest cycle of a course, or
// returns problem.NotFound.
func progressOf(rx store.Rx, person, course string) (*Progress, error) {
	return readProgress(rx, newestProgress, person, course)
}

func progressIn(rx store.Rx, enrolment string) (*Progress, error) {
	return readProgress(rx, progressByID, enrolment)
}

// progressQuery is one statement of indexed reads, whatever the course: it runs
// on every page of a lesson. %w selects the enrolment. A CROSS JOIN is read in the
// order in which it is written: else the engine reads everybody's rows to find
// those of one enrolment.
const progressQuery = `WITH e AS (SELECT id FROM course_enrolments WHERE %w)
	SELECT id, '' AS kind, '' AS module, '' AS section, '' AS attempt_id, NULL AS at, '' AS lang, NULL AS valid_until FROM e
	UNION ALL
	SELECT id, 'read', module, section, '', at, lang, NULL
	  FROM e CROSS JOIN course_sections_read ON enrolment_id = id
	UNION ALL
	SELECT id, 'module', module, '', attempt_id, at, lang, NULL
	  FROM e CROSS JOIN course_module_completions ON enrolment_id = id
	UNION ALL
	SELECT id, 'course', '', '', attempt_id, at, lang, valid_until
	  FROM e CROSS JOIN course_completions ON enrolment_id = id`

var (
	newestProgress = strings.Replace(progressQuery, "%w", "person_id = ? AND course = ? ORDER BY cycle DESC LIMIT 1", 1)
	progressByID   = strings.Replace(progressQuery, "%w", "id = ?", 1)
)

func readProgress(rx store.Rx, query string, args ...any) (*Progress, error) {
	p := &Progress{read: map[string]bool{}, done: map[string]Completion{}}
	rows, err := rx.Query(query, args...)
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var kind, module, section string
		var c Completion
		if err := rows.Scan(&p.Enrolment, &kind, &module, &section, &c.AttemptID, &c.At, &c.Lang, &c.ValidUntil); err != nil {
			return nil, store.Explain(err)
		}
		switch kind {
		case "read":
			p.read[module+"/"+section] = true
		case "module":
			p.done[module] = c
		case "course":
			p.Done = &c
		}
	}
	if err := rows.Err(); err != nil {
		return nil, store.Explain(err)
	}
	if p.Enrolment == "" {
		return nil, notEnrolled()
	}
	return p, nil
}

// insertModuleDone notes a finished module and says whether it was the first time.
func insertModuleDone(tx store.Tx, enrolment, module, attempt, edition string, lang i18n.Lang) (first bool, err error) {
	r := tx.Exec(`INSERT INTO course_module_completions (enrolment_id, module, attempt_id, edition, lang, at)
		VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`, enrolment, module, attempt, edition, lang, tx.Now)
	return r.RowsAffected == 1, r.Error
}

// insertDone notes a finished course and says whether it was the first time.
func insertDone(tx store.Tx, enrolment, attempt, edition string, lang i18n.Lang, until store.Time) (first bool, err error) {
	r := tx.Exec(`INSERT INTO course_completions (enrolment_id, attempt_id, edition, lang, at, valid_until)
		VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`, enrolment, attempt, edition, lang, tx.Now, until)
	return r.RowsAffected == 1, r.Error
}

// choicesOf reads the newest run through a case; run is 0 before the first.
func choicesOf(rx store.Rx, enrolment, module, id string) (run int, choices []scenario.Choice, err error) {
	rows, err := rx.Query(`SELECT run, decision, choice FROM course_case_choices
		WHERE enrolment_id = ?1 AND module = ?2 AND scenario = ?3 AND run = (SELECT max(run) FROM course_case_choices
			WHERE enrolment_id = ?1 AND module = ?2 AND scenario = ?3) ORDER BY turn`, enrolment, module, id)
	if err != nil {
		return 0, nil, store.Explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var c scenario.Choice
		if err := rows.Scan(&run, &c.Decision, &c.Option); err != nil {
			return 0, nil, err
		}
		choices = append(choices, c)
	}
	return run, choices, store.Explain(rows.Err())
}

// insertChoice keeps what was done at the present turn of a case.
func insertChoice(tx store.Tx, k Case, c scenario.Choice, lang i18n.Lang) error {
	row := chosenCase{enrolment: k.progress.Enrolment, module: k.Module.Slug, scenario: k.ID, run: int64(k.Run), turn: int64(len(k.Play.Turns) + 1),
		decision: c.Decision, choice: c.Option, job: string(k.job), edition: k.Edition, lang: string(lang), at: tx.Now.UnixMicro()}
	return tx.Exec(`INSERT INTO course_case_choices (enrolment_id, module, scenario, run, turn, decision, choice, job, edition, lang, at, seal)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		row.enrolment, row.module, row.scenario, row.run, row.turn, row.decision, row.choice, row.job, row.edition, row.lang, row.at, row.sealed()).Error
}
