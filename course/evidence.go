package course

import "golau/internal/store"

// Evidence lists what of this room never changes once it is written.
var Evidence = []store.Evidence{
	{Table: "course_enrolments", Key: []string{"id"}, Rest: []string{"person_id", "membership_id", "course", "cycle", "created_at"}},
	{Table: "course_sections_read", Key: []string{"enrolment_id", "module", "section"}, Rest: []string{"edition", "lang", "at"}},
	{Table: "course_module_completions", Key: []string{"enrolment_id", "module"}, Rest: []string{"attempt_id", "edition", "lang", "at"}},
	{Table: "course_completions", Key: []string{"enrolment_id"}, Rest: []string{"attempt_id", "edition", "lang", "at", "valid_until"}},
}
