package people

import "golau/internal/store"

// Personal lists what this room knows of a person.
var Personal = []store.Personal{
	{Table: "people_persons", Query: `SELECT id, email, name, language, created_at, suspended_at, suspended_reason FROM people_persons WHERE id = ?`},
	{Table: "people_memberships", Query: `SELECT o.name_en AS agency_en, o.name_cy AS agency_cy, b.name_en AS board_en, b.name_cy AS board_cy,
		m.role, m.job_role, m.started_at, m.ended_at, m.unconfirmed FROM people_memberships m
		JOIN people_organisations o ON o.id = m.organisation_id JOIN people_boards b ON b.id = m.board_id
		WHERE m.person_id = ? ORDER BY m.started_at, m.id`},
	{Table: "people_sessions", Query: `SELECT via, created_at, expires_at, ended_at FROM people_sessions WHERE person_id = ? ORDER BY created_at`},
	{Table: "people_codes", Query: `SELECT purpose, email, language, created_at, expires_at, proven_at, ended_at FROM people_codes
		WHERE person_id = ? ORDER BY created_at`},
	{Table: "people_invitations", Query: `SELECT email, name, language, role, job_role, created_at, accepted_at FROM people_invitations
		WHERE accepted_by = ? ORDER BY created_at`},
}

// Apart lists the other tables of this room.
var Apart = []store.Apart{
	{Table: "people_boards", Why: "boards are no people"},
	{Table: "people_councils", Why: "councils are no people"},
	{Table: "people_organisations", Why: "agencies are no people; the person's own are named in their memberships"},
	{Table: "people_organisation_boards", Why: "which agency works under which board"},
	{Table: "people_email_domains", Why: "domains belong to agencies"},
	{Table: "people_setup", Why: "the link for the first administrator, before there is anybody"},
	{Table: "people_signin_guesses", Why: "counts guesses on the hash of an address for ten minutes, whether or not it is anybody's"},
	{Table: "people_signin_windows", Why: "counts guesses on all accounts together"},
}
