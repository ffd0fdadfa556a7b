package course

import "golau/internal/store"

// Evidence lists what of this room never changes once it is written.
var Evidence = []store.Evidence{
	{Table: "course_enrolments", Key: []string{"id"}, Rest: []string{"person_id", "membership_id", "course", "cycle", "created_at"}},
	{Table: "course_sections_read", Key: []string{"enrolment_id", "module", "section"}, Rest: []string{"edition", "lang", "at", "seal"}},
	{Table: "course_case_choices", Key: []string{"enrolment_id", "module", "scenario", "run", "turn"}, Rest: []string{"decision", "choice", "job", "edition", "lang", "at", "seal"}},
	{Table: "course_exercise_choices", Key: []string{"enrolment_id", "module", "exercise", "run", "line"}, Rest: []string{"choice", "edition", "lang", "at", "seal"}},
	{Table: "course_unsealed", Key: []string{"about"}, Rest: []string{"chosen"}},
	{Table: "course_module_completions", Key: []string{"enrolment_id", "module"}, Rest: []string{"attempt_id", "edition", "lang", "at"}},
	{Table: "course_acceptances", Key: []string{"id"}, Rest: []string{"course", "edition", "edition_hash", "lang", "statement", "statement_print", "office", "reason", "accepted_by", "accepted_at"}},
	{Table: "course_assessed", Key: []string{"attempt_id"}, Rest: []string{"enrolment_id", "edition", "lang", "at"}},
	{Table: "course_completions", Key: []string{"enrolment_id"}, Rest: []string{"attempt_id", "edition", "lang", "at", "valid_until"}},
}
