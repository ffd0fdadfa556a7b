package outbox

import "golau/internal/store"

// Passing lists what of the outbox is not kept for ever: jobs that are over. A
// job that waits stays.
var Passing = []store.Passing{
	{Kind: "jobs", Table: "outbox_jobs", Key: "id", Since: "coalesce(done_at, failed_at)", Where: "(done_at IS NOT NULL OR failed_at IS NOT NULL)",
		Remove: "DELETE FROM outbox_jobs WHERE id = ?"},
}
