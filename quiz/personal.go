package quiz

import "golau/internal/store"

// Personal lists what this room knows of a person. The key of a paper is not
// theirs: it would answer the next one.
var Personal = []store.Personal{
	{Table: "quiz_attempts", Query: `SELECT id, assessment, number, max_attempts, lang, edition, questions, started_at, open FROM quiz_attempts
		WHERE person_id = ? ORDER BY started_at, id`},
	{Table: "quiz_questions", Query: `SELECT q.attempt_id, q.question, q.module, q.objective, q.paper FROM quiz_questions q
		JOIN quiz_attempts a ON a.id = q.attempt_id WHERE a.person_id = ? ORDER BY q.attempt_id, q.question`},
	{Table: "quiz_answers", Query: `SELECT r.attempt_id, r.question, r.version, r.response, r.sure, r.lang, r.at FROM quiz_answers r
		JOIN quiz_attempts a ON a.id = r.attempt_id WHERE a.person_id = ? ORDER BY r.attempt_id, r.question, r.version`},
	{Table: "quiz_marks", Query: `SELECT m.attempt_id, m.submitted_at, m.points, m.possible, m.percent, m.passed, m.objectives, m.lang, m.edition
		FROM quiz_marks m JOIN quiz_attempts a ON a.id = m.attempt_id WHERE a.person_id = ? ORDER BY m.submitted_at`},
}
