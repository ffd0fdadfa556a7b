package people

import "golau/internal/store"

// Personal lists what this room knows of a person.
var Personal = []store.Personal{
	{Table: "people_persons", Query: `SELECT id, email, name, language, nation, created_at, seen_at, suspended_at, suspended_reason FROM people_persons WHERE id = ?`},
	{Table: "people_memberships", Query: `SELECT o.name_en AS agency_en, o.name_cy AS agency_cy, b.name_en AS board_en, b.name_cy AS board_cy,
		m.role, m.job_role, m.started_at, m.ended_at, m.unconfirmed, m.leads_part FROM people_memberships m
		JOIN people_organisations o ON o.id = m.organisation_id JOIN people_boards b ON b.id = m.board_id
		WHERE m.person_id = ? ORDER BY m.started_at, m.id`},
	{Table: "people_positions", Query: `SELECT o.name_en AS agency_en, o.name_cy AS agency_cy, b.name_en AS board_en, b.name_cy AS board_cy, q.job_role,
		t.name_en AS team_en, t.name_cy AS team_cy, q.training_group, q.works_since, q.staff_number, n.name AS manager, q.began_at AS started_at, q.left_at, q.left_on, q.suspended_at, q.suspended_reason
		FROM people_positions q JOIN people_organisations o ON o.id = q.organisation_id JOIN people_boards b ON b.id = q.board_id
		LEFT JOIN people_teams t ON t.id = q.team_id LEFT JOIN people_positions g ON g.id = q.manager_id LEFT JOIN people_persons n ON n.id = g.person_id
		WHERE q.person_id = ? ORDER BY q.began_at, q.id`},
	{Table: "people_duplicates", Query: `SELECT o.name_en AS agency_en, o.name_cy AS agency_cy, n.name AS other_account, m.id = d.kept_id AS kept,
		CASE WHEN d.kept_id = m.id THEN d.kept_said ELSE d.duplicate_said END AS said, d.proposed_at, d.merged_at, d.ended_at, d.ended
		FROM people_positions m JOIN people_duplicates d ON m.id IN (d.kept_id, d.duplicate_id)
		JOIN people_positions u ON u.id = CASE WHEN d.kept_id = m.id THEN d.duplicate_id ELSE d.kept_id END
		JOIN people_persons n ON n.id = u.person_id JOIN people_organisations o ON o.id = m.organisation_id
		WHERE m.person_id = ? ORDER BY d.proposed_at, d.id`},
	{Table: "people_led_teams", Query: `SELECT o.name_en AS agency_en, o.name_cy AS agency_cy, t.name_en AS team_en, t.name_cy AS team_cy
		FROM people_led_teams l JOIN people_memberships m ON m.id = l.membership_id JOIN people_teams t ON t.id = l.team_id
		JOIN people_organisations o ON o.id = m.organisation_id WHERE m.person_id = ? ORDER BY o.key, t.id`},
	{Table: "people_sessions", Query: `SELECT via, created_at, expires_at, ended_at FROM people_sessions WHERE person_id = ? ORDER BY created_at`},
	{Table: "people_tokens", Query: `SELECT t.name, t.scopes, o.name_en AS agency_en, o.name_cy AS agency_cy, b.name_en AS board_en, b.name_cy AS board_cy,
		t.created_at, t.expires_at, t.used_on, t.revoked_at FROM people_tokens t JOIN people_memberships m ON m.id = t.membership_id
		JOIN people_organisations o ON o.id = m.organisation_id JOIN people_boards b ON b.id = m.board_id WHERE t.person_id = ? ORDER BY t.created_at, t.id`},
	{Table: "people_codes", Query: `SELECT purpose, email, language, created_at, expires_at, proven_at, ended_at FROM people_codes
		WHERE person_id = ? ORDER BY created_at`},
	{Table: "people_invitations", Query: `SELECT i.email, i.name, i.language, i.role, i.job_role, t.name_en AS team_en, t.name_cy AS team_cy, i.training_group, i.works_since, i.staff_number, o.name_en AS agency_en, o.name_cy AS agency_cy,
		b.name_en AS board_en, b.name_cy AS board_cy, i.created_at, i.expires_at, i.accepted_at, i.withdrawn_at FROM people_invitations i
		JOIN people_organisations o ON o.id = i.organisation_id JOIN people_boards b ON b.id = i.board_id LEFT JOIN people_teams t ON t.id = i.team_id
		WHERE i.accepted_by = ? OR i.email_key = (SELECT email_key FROM people_persons WHERE id = ?) ORDER BY i.created_at, i.id`},
	{Table: "people_imports", Query: `SELECT o.name_en AS agency_en, o.name_cy AS agency_cy, b.name_en AS board_en, b.name_cy AS board_cy, i.created_at,
		i.begun_at, i.done_at, i.undone_at FROM people_imports i JOIN people_organisations o ON o.id = i.organisation_id JOIN people_boards b ON b.id = i.board_id
		WHERE i.by_id = ? ORDER BY i.created_at, i.id`},
	{Table: "people_import_steps", Query: `SELECT s.verb, s.at, s.passed, s.undone, json_extract(s.before, '$.JobRole') AS job_role_before, json_extract(s.after, '$.JobRole') AS job_role,
		json_extract(s.before, '$.Group') AS training_group_before, json_extract(s.after, '$.Group') AS training_group,
		json_extract(s.before, '$.WorksSince') AS works_since_before, json_extract(s.after, '$.WorksSince') AS works_since,
		json_extract(s.before, '$.StaffNumber') AS staff_number_before, json_extract(s.after, '$.StaffNumber') AS staff_number
		FROM people_import_steps s WHERE s.person_id = ? ORDER BY s.at, s.n`},
	{Table: "people_totp", Query: `SELECT created_at, last_used_at FROM people_totp WHERE person_id = ?`},
	{Table: "people_totp_tries", Query: `SELECT at FROM people_totp_tries WHERE person_id = ? ORDER BY id`},
	{Table: "people_passkeys", Query: `SELECT name, created_at, last_used_at FROM people_passkeys WHERE person_id = ? ORDER BY created_at, id`},
	{Table: "people_recovery_codes", Query: `SELECT created_at, used_at FROM people_recovery_codes WHERE person_id = ? ORDER BY created_at, used_at`},
	{Table: "people_setup", Query: `SELECT created_at, expires_at, ended_at FROM people_setup WHERE person_id = ? ORDER BY created_at`},
	{Table: "people_warned", Query: `SELECT at, counts_from FROM people_warned WHERE person_id = ?`},
	{Table: "people_identities", Query: `SELECT p.name_en AS sign_in_en, p.name_cy AS sign_in_cy, i.issuer, i.subject, i.email, i.created_at, i.last_used_at
		FROM people_identities i JOIN people_providers p ON p.id = i.provider_id WHERE i.person_id = ? ORDER BY i.created_at, i.id`},
}

// Apart lists the other tables of this room.
var Apart = []store.Apart{
	{Table: "people_boards", Why: "boards are no people"},
	{Table: "people_councils", Why: "councils are no people"},
	{Table: "people_council_numbers", Why: "a council’s numbers, edition by edition; who saved them is an id alone, which erasing makes nobody’s"},
	{Table: "people_organisations", Why: "agencies are no people; the person's own are named in their memberships"},
	{Table: "people_teams", Why: "teams are no people; the person's own are named in their positions"},
	{Table: "people_moved", Why: "whose position has changed, for the second until it is looked at"},
	{Table: "people_words", Why: "the words of a person's name, address and staff number, each by itself, by which their agency finds them; they are in people_persons and people_positions, and go with them"},
	{Table: "people_organisation_boards", Why: "which agency works under which board"},
	{Table: "people_email_domains", Why: "domains belong to agencies"},
	{Table: "people_providers", Why: "agencies' own sign-ins, whose secrets are sealed"},
	{Table: "people_provider_domains", Why: "domains belong to agencies"},
	{Table: "people_request_keys", Why: "hashes of what another system asked for once, for a day; the answer holds an invitation's id"},
	{Table: "people_sso_used", Why: "a hash of each way to an agency's sign-in that has been gone, which names nobody"},
	{Table: "people_totp_begun", Why: "a key that somebody is about to give to their app, for minutes; it opens nothing yet"},
	{Table: "people_passkey_challenges", Why: "what a browser is asked to sign, for five minutes"},
	{Table: "people_signin_guesses", Why: "counts guesses on the hash of an address for ten minutes, whether or not it is anybody's"},
	{Table: "people_signin_windows", Why: "counts guesses on all accounts together"},
}
