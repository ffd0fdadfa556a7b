package audit

import "golau/internal/store"

// Passing lists what of the record is not kept for ever: the details of its
// lines. The lines themselves stay, and the chain with them.
var Passing = []store.Passing{
	{Kind: "details", Table: "audit_details", Key: "event_id", Since: "(SELECT e.at FROM audit_events e WHERE e.id = event_id)",
		Where: "detail NOT IN ('', '{}')", Remove: "UPDATE audit_details SET salt = '', detail = '' WHERE event_id = ?"},
}
