package audit

import "golau/internal/store"

// Personal lists what the record knows of a person: what they did, and what was
// done to their account. Of what they did to others it tells that they did it,
// and not the detail, which is about others.
var Personal = []store.Personal{
	{Table: "audit_events", Query: `SELECT id, at, via, verb, CASE WHEN actor = ? THEN 1 ELSE 0 END AS by_you FROM audit_events
		WHERE id IN (SELECT id FROM audit_events WHERE actor = ? AND actor <> '' UNION SELECT id FROM audit_events WHERE subject = 'person:' || ?)
		ORDER BY id`},
	{Table: "audit_details", Query: `SELECT d.event_id, d.detail FROM audit_details d
		WHERE d.event_id IN (SELECT id FROM audit_events WHERE subject = 'person:' || ?) ORDER BY d.event_id`},
}

// Apart lists the other tables of the record.
var Apart = []store.Apart{
	{Table: "audit_head", Why: "how long the record is"},
	{Table: "audit_emptied_before", Why: "which lines of the record had no detail any more"},
	{Table: "audit_checks", Why: "whether the record was whole"},
}
