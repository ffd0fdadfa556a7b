package course

import "golau/internal/store"

// exemptionEnd is since when an exemption counts no more: the end of its last day, or
// when it was taken back or declined.
const exemptionEnd = `min((CAST(strftime('%s', e.until_on) AS INTEGER) + 86400) * 1000000,
	coalesce((SELECT min(o.at) FROM course_exemption_answers o WHERE o.exemption_id = e.id AND o.answer IN ('taken_back', 'declined')), 9000000000000000000))`

// Passing lists what of this room is not kept for ever: the log of e-mails, of which
// the reminders that were put down stay with what was asked; and why somebody was let
// off, or was not, of which it stays that they were.
var Passing = []store.Passing{
	{Kind: "reminders", Table: "course_letters", Key: "id", Since: "put_at", Where: "1 = 1", Remove: "DELETE FROM course_letters WHERE id = ?"},
	{Kind: "exemptions", Table: "course_exemptions", Key: "id", Since: "(SELECT " + exemptionEnd + " FROM course_exemptions e WHERE e.id = course_exemptions.id)",
		Where: "reason <> ''", Remove: "UPDATE course_exemptions SET reason = '' WHERE id = ?"},
	{Kind: "exemptions", Table: "course_exemption_answers", Key: "exemption_id", Since: "(SELECT " + exemptionEnd + " FROM course_exemptions e WHERE e.id = course_exemption_answers.exemption_id)",
		Where: "reason <> ''", Remove: "UPDATE course_exemption_answers SET reason = '' WHERE exemption_id = ?"},
	{Kind: "exemptions", Table: "course_extensions", Key: "assignment_id",
		Since: "(SELECT (CAST(strftime('%s', a.due_on) AS INTEGER) + 86400) * 1000000 FROM course_assignments a WHERE a.id = course_extensions.assignment_id)",
		Where: "reason <> ''", Remove: "UPDATE course_extensions SET reason = '' WHERE assignment_id = ?"},
}
