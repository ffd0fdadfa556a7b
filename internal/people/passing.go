package people

import "golau/internal/store"

// The kinds of people who pass; whoever does is erased.
const (
	Left     = "left"     // no membership lasts
	Inactive = "inactive" // a learner who does not come any more
)

// lastHere is when somebody came in last, or began or ended to belong.
const lastHere = `max(coalesce(seen_at, created_at), coalesce((SELECT max(coalesce(m.ended_at, m.started_at)) FROM people_memberships m
	WHERE m.person_id = people_persons.id), 0))`

// lasting is a membership that lasts.
const lasting = "SELECT 1 FROM people_memberships m WHERE m.person_id = people_persons.id AND m.ended_at IS NULL"

// behind is an account that stands behind one whose place lasts: what it learnt
// counts there.
const behind = `SELECT 1 FROM people_positions q JOIN people_positions k ON k.id = q.duplicate_of
	WHERE q.person_id = people_persons.id AND k.left_at IS NULL`

// inactive is somebody who belongs as a learner, and as nothing else.
const inactive = "erased_at IS NULL AND EXISTS (" + lasting + ") AND NOT EXISTS (" + lasting + " AND m.role <> 'learner')"

// Passing lists what of this room is not kept for ever.
var Passing = []store.Passing{
	{Kind: "sessions", Table: "people_sessions", Key: "token_hash", Since: "min(coalesce(ended_at, expires_at), expires_at)", Where: "1 = 1",
		Remove: "DELETE FROM people_sessions WHERE token_hash = ?"},
	{Kind: "sessions", Table: "people_tokens", Key: "id", Since: "min(coalesce(revoked_at, expires_at), expires_at)", Where: "1 = 1",
		Remove: "DELETE FROM people_tokens WHERE id = ?"},
	{Kind: "guesses", Table: "people_request_keys", Key: "key_hash", Since: "at", Where: "1 = 1", Remove: "DELETE FROM people_request_keys WHERE key_hash = ?"},
	{Kind: "codes", Table: "people_codes", Key: "id", Since: "expires_at", Where: "1 = 1", Remove: "DELETE FROM people_codes WHERE id = ?"},
	{Kind: "invitations", Table: "people_invitations", Key: "id", Since: "coalesce(accepted_at, withdrawn_at, expires_at)", Where: "1 = 1",
		Remove: "DELETE FROM people_invitations WHERE id = ?", About: "invitation:"},
	{Kind: "guesses", Table: "people_signin_guesses", Key: "id", Since: "at", Where: "1 = 1", Remove: "DELETE FROM people_signin_guesses WHERE id = ?"},
	{Kind: "guesses", Table: "people_signin_windows", Key: "started_at", Since: "started_at", Where: "1 = 1",
		Remove: "DELETE FROM people_signin_windows WHERE started_at = ?"},
	{Kind: "guesses", Table: "people_totp_tries", Key: "id", Since: "at", Where: "1 = 1", Remove: "DELETE FROM people_totp_tries WHERE id = ?"},
	{Kind: "guesses", Table: "people_sso_used", Key: "state_hash", Since: "used_at", Where: "1 = 1", Remove: "DELETE FROM people_sso_used WHERE state_hash = ?"},
	{Kind: "guesses", Table: "people_passkey_challenges", Key: "holder", Since: "expires_at", Where: "1 = 1",
		Remove: "DELETE FROM people_passkey_challenges WHERE holder = ?"},
	{Kind: "guesses", Table: "people_totp_begun", Key: "session", Since: "expires_at", Where: "1 = 1", Remove: "DELETE FROM people_totp_begun WHERE session = ?"},
	{Kind: "guesses", Table: "people_setup", Key: "token_hash", Since: "expires_at", Where: "1 = 1", Remove: "DELETE FROM people_setup WHERE token_hash = ?"},
	{Kind: "imports", Table: "people_import_steps", Key: "id", Since: "at", Where: "1 = 1", Remove: "DELETE FROM people_import_steps WHERE id = ?"},
	{Kind: "imports", Table: "people_imports", Key: "id", Since: "coalesce(undone_at, done_at, created_at)",
		Where: "NOT EXISTS (SELECT 1 FROM people_import_steps s WHERE s.import_id = people_imports.id)", Remove: "DELETE FROM people_imports WHERE id = ?"},
	{Kind: Left, Table: "people_persons", Key: "id", Since: lastHere, Where: "erased_at IS NULL AND NOT EXISTS (" + lasting + ") AND NOT EXISTS (" + behind + ")"},
	{Kind: Inactive, Table: "people_persons", Key: "id", Since: lastHere, Where: inactive,
		Told: "(SELECT w.counts_from " + warnedSince + ")", Notice: Notice},
}
