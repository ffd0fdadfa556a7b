package site

import "golau/internal/store"

// Apart lists this room's tables: what the site says of itself tells of nobody
// who learns here.
var Apart = []store.Apart{
	{Table: "site_details", Why: "what the site says of itself to everybody"},
	{Table: "site_local_notes", Why: "a board’s own words for its area; who saved them is an id alone, which erasing makes nobody’s"},
	{Table: "site_notices", Why: "the site's own words in its notices"},
	{Table: "site_retention", Why: "how long things are kept"},
	{Table: "site_retention_runs", Why: "how many things were taken away, and when"},
	{Table: "site_skipped", Why: "steps of setting up that were left"},
	{Table: "site_tries", Why: "whether a letter could be sent; it does not say to whom"},
}
