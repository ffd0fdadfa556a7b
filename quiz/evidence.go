package quiz

import "golau/internal/store"

// Evidence lists what of this room never changes once it is written.
var Evidence = []store.Evidence{
	{Table: "quiz_attempts", Key: []string{"id"}, Rest: []string{"person_id", "enrolment_id", "assessment", "number", "max_attempts", "lang", "edition",
		"bank_edition", "rules", "questions", "started_at"}}, // but for open, which closes
	{Table: "quiz_questions", Key: []string{"attempt_id", "question"}, Rest: []string{"ref", "module", "objective", "paper", "answer_key", "feedback"}},
	{Table: "quiz_answers", Key: []string{"attempt_id", "question", "version"}, Rest: []string{"response", "sure", "lang", "at", "seal"}},
	{Table: "quiz_marks", Key: []string{"attempt_id"}, Rest: []string{"submitted_at", "points", "possible", "percent", "passed", "questions", "objectives", "lang", "edition"}},
}
