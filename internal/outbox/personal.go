package outbox

import "golau/internal/store"

// Personal lists what the outbox knows of a person: which letters they were to
// get. A job names them by their id.
var Personal = []store.Personal{
	{Table: "outbox_jobs", Query: `SELECT kind, created_at, done_at, failed_at, tries FROM outbox_jobs
		WHERE json_extract(payload, '$.Person') = ? OR json_extract(payload, '$.Lead') = ?
			OR json_extract(payload, '$.Whose') = ? ORDER BY id`},
}
