package course

import "golau/internal/store"

// Personal lists what this room knows of a person.
var Personal = []store.Personal{
	{Table: "course_enrolments", Query: `SELECT id, course, cycle, created_at FROM course_enrolments WHERE person_id = ? ORDER BY created_at`},
	{Table: "course_sections_read", Query: `SELECT s.enrolment_id, s.module, s.section, s.edition, s.lang, s.at FROM course_sections_read s
		JOIN course_enrolments e ON e.id = s.enrolment_id WHERE e.person_id = ? ORDER BY s.at`},
	{Table: "course_module_completions", Query: `SELECT c.enrolment_id, c.module, c.attempt_id, c.edition, c.lang, c.at FROM course_module_completions c
		JOIN course_enrolments e ON e.id = c.enrolment_id WHERE e.person_id = ? ORDER BY c.at`},
	{Table: "course_completions", Query: `SELECT c.enrolment_id, c.attempt_id, c.edition, c.lang, c.at, c.valid_until FROM course_completions c
		JOIN course_enrolments e ON e.id = c.enrolment_id WHERE e.person_id = ? ORDER BY c.at`},
}
