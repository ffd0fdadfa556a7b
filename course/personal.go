package course

import "golau/internal/store"

// Apart lists the other tables of this room.
var Apart = []store.Apart{
	{Table: "course_unsealed", Why: "how many choices in cases and exercises are older than seals"},
	{Table: "course_rules", Why: "what an agency asks of whoever fits; who made it is an id alone, and the record says the same"},
	{Table: "course_rule_people", Why: "of whom a rule asks by name; what it asked is in course_assignments"},
	{Table: "course_rule_states", Why: "the history of a rule, with reasons that name nobody; who changed it is an id alone"},
	{Table: "course_rule_tallies", Why: "of how many a rule asks something"},
	{Table: "course_tallies", Why: "how many stand where, and nobody by name"},
	{Table: "course_reminded", Why: "on which days reminders were put down for everybody"},
	{Table: "course_reminder_switches", Why: "which reminders an agency switched off"},
	{Table: "course_wordings", Why: "an agency's own words in letters, which name nobody"},
	{Table: "course_exemption_answers", Why: "what became of an exemption; in course_exemptions it stands beside it"},
	{Table: "course_rule_spreads", Why: "which rules have not reached everybody yet, for seconds"},
}

// Personal lists what this room knows of a person.
var Personal = []store.Personal{
	{Table: "course_enrolments", Query: `SELECT id, course, cycle, created_at FROM course_enrolments WHERE person_id = ? ORDER BY created_at`},
	{Table: "course_sections_read", Query: `SELECT s.enrolment_id, s.module, s.section, s.edition, s.lang, s.at FROM course_sections_read s
		JOIN course_enrolments e ON e.id = s.enrolment_id WHERE e.person_id = ? ORDER BY s.at`},
	{Table: "course_case_choices", Query: `SELECT c.enrolment_id, c.module, c.scenario, c.run, c.turn, c.decision, c.choice, c.job, c.edition, c.lang, c.at FROM course_case_choices c
		JOIN course_enrolments e ON e.id = c.enrolment_id WHERE e.person_id = ? ORDER BY c.at`},
	{Table: "course_exercise_choices", Query: `SELECT c.enrolment_id, c.module, c.exercise, c.run, c.line, c.choice, c.edition, c.lang, c.at FROM course_exercise_choices c
		JOIN course_enrolments e ON e.id = c.enrolment_id WHERE e.person_id = ? ORDER BY c.at, c.module, c.exercise, c.run, c.line`},
	{Table: "course_module_completions", Query: `SELECT c.enrolment_id, c.module, c.attempt_id, c.edition, c.lang, c.at FROM course_module_completions c
		JOIN course_enrolments e ON e.id = c.enrolment_id WHERE e.person_id = ? ORDER BY c.at`},
	{Table: "course_acceptances", Query: `SELECT id, course, edition, lang, statement, office, reason, accepted_at FROM course_acceptances
		WHERE accepted_by = ? ORDER BY accepted_at`},
	{Table: "course_assignments", Query: `SELECT r.course, r.parts, a.cycle, a.asked_on, a.due_on, a.done_before, a.created_at, a.ended_at, a.ended_why FROM course_assignments a
		JOIN course_rules r ON r.id = a.rule_id JOIN roster p ON p.id = a.position_id WHERE p.person_id = ? ORDER BY a.created_at, a.id`},
	{Table: "course_extensions", Query: `SELECT r.course, r.parts, a.cycle, e.planned_on, a.due_on, e.reason, e.at FROM course_extensions e
		JOIN course_assignments a ON a.id = e.assignment_id JOIN course_rules r ON r.id = a.rule_id JOIN roster p ON p.id = a.position_id
		WHERE p.person_id = ? ORDER BY e.at, a.id`},
	{Table: "course_letters", Query: `SELECT l.kind, l.day, l.planned_on, l.put_at, l.said_at, l.outcome FROM course_letters l
		JOIN roster p ON p.id = l.position_id WHERE p.person_id = ? ORDER BY l.put_at, l.id`},
	{Table: "course_reminders", Query: `SELECT r.course, r.parts, a.cycle, a.due_on, m.kind, m.day, m.planned_on FROM course_reminders m
		JOIN course_assignments a ON a.id = m.assignment_id JOIN course_rules r ON r.id = a.rule_id JOIN roster p ON p.id = a.position_id
		WHERE p.person_id = ? ORDER BY m.day, a.id, m.kind`},
	{Table: "course_exemptions", Query: `SELECT e.course, r.parts, e.until_on, e.reason, e.needs_board, e.created_at, a.answer, a.reason AS answer_reason, a.at
		FROM course_exemptions e JOIN roster p ON p.id = e.position_id LEFT JOIN course_rules r ON r.id = e.rule_id
		LEFT JOIN course_exemption_answers a ON a.exemption_id = e.id WHERE p.person_id = ? ORDER BY e.created_at, e.id, a.n`},
	{Table: "course_standings", Query: `SELECT s.course, s.modules, s.done_at, s.valid_until, s.due_on, s.status FROM course_standings s
		JOIN roster p ON p.id = s.position_id WHERE p.person_id = ? ORDER BY s.position_id, s.course`},
	{Table: "course_assessed", Query: `SELECT c.enrolment_id, c.attempt_id, c.edition, c.lang, c.at FROM course_assessed c
		JOIN course_enrolments e ON e.id = c.enrolment_id WHERE e.person_id = ? ORDER BY c.at`},
	{Table: "course_completions", Query: `SELECT c.enrolment_id, c.attempt_id, c.edition, c.lang, c.at, c.valid_until FROM course_completions c
		JOIN course_enrolments e ON e.id = c.enrolment_id WHERE e.person_id = ? ORDER BY c.at`},
}
