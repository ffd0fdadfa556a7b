package people

import (
	"slices"

	"golau/internal/problem"
	"golau/internal/store"
)

// Traces are the ids and addresses by which other rooms may name a person.
type Traces struct {
	Person                          string
	Name                            string
	Addresses                       []string // every address they came by, in lower case
	Former                          []string // those that were theirs until they were corrected
	Accounts                        []string // their names in the throttle
	Codes, Invitations, Memberships []string
}

// Subjects are the lines of the record about the person.
func (t Traces) Subjects() []string {
	all := []string{"person:" + t.Person}
	for kind, ids := range map[string][]string{"invitation:": t.Invitations, "membership:": t.Memberships} {
		for _, id := range ids {
			all = append(all, kind+id)
		}
	}
	slices.Sort(all)
	return all
}

// TracesOf returns by what a person is named, or problem.NotFound.
func TracesOf(rx store.Rx, person string) (Traces, error) {
	p, err := PersonByID(rx, person)
	if err != nil {
		return Traces{}, err
	}
	t := Traces{Person: person, Name: p.Name}
	// An address that is somebody else's by now is theirs.
	err = rx.Raw(`SELECT address FROM (SELECT email_key AS address FROM people_persons WHERE id = ?
		UNION SELECT email_key FROM people_invitations WHERE accepted_by = ?
		UNION SELECT lower(email) FROM people_identities WHERE person_id = ? AND email <> ''
		UNION SELECT email_key FROM people_codes WHERE person_id = ?)
		WHERE address NOT IN (SELECT email_key FROM people_persons WHERE id <> ?) ORDER BY address`,
		person, person, person, person, person).Scan(&t.Addresses).Error
	if err != nil {
		return t, store.Explain(err)
	}
	t.Accounts = []string{factorAccount(person)}
	for _, a := range t.Addresses {
		t.Accounts = append(t.Accounts, accountKey(a))
	}
	for _, q := range []struct {
		to   *[]string
		sql  string
		args []any
	}{
		{&t.Codes, "SELECT id FROM people_codes WHERE person_id = ? OR account IN ?", []any{person, t.Accounts}},
		{&t.Invitations, "SELECT id FROM people_invitations WHERE accepted_by = ? OR email_key IN ?", []any{person, t.Addresses}},
		{&t.Memberships, "SELECT id FROM people_memberships WHERE person_id = ?", []any{person}},
	} {
		if err := rx.Raw(q.sql, q.args...).Scan(q.to).Error; err != nil {
			return t, store.Explain(err)
		}
	}
	t.Former, err = formerAddresses(rx, person)
	return t, err
}

// Written is to which addresses letters to the person went.
func (t Traces) Written() []string { return slices.Concat(t.Addresses, t.Former) }

// Words are what a line of the record names them by.
func (t Traces) Words() []string { return slices.Concat(t.Accounts, t.Written()) }

// Erase forgets a person: their name, address, password, sessions, tokens
// of other systems, second factors, invitations, codes, connections and guesses. What is left is an id,
// and with it the memberships, which end now. The address is free: whoever comes
// by it later is somebody new.
//
// No such person, or one who was erased, is problem.NotFound. Whether somebody
// is left who administers the installation is the caller's question: see
// StillAdministered.
func Erase(tx store.Tx, person string) error {
	t, err := TracesOf(tx.Rx, person)
	if err != nil {
		return err
	}
	if err := forgetInImports(tx, t); err != nil {
		return err
	}
	for _, s := range []struct {
		sql  string
		args []any
	}{
		{"UPDATE people_memberships SET ended_at = max(started_at, ?) WHERE person_id = ? AND ended_at IS NULL", []any{tx.Now, person}},
		{"UPDATE people_positions SET manager_id = NULL WHERE manager_id IN (SELECT id FROM people_positions WHERE person_id = ?)", []any{person}},
		{`UPDATE people_positions SET left_at = coalesce(left_at, max(began_at, ?)), team_id = NULL, training_group = '', works_since = '',
			staff_number = '', manager_id = NULL, left_on = '', suspended_at = NULL, suspended_reason = '', sort_en = x'', sort_cy = x'', words = '' WHERE person_id = ?`, []any{tx.Now, person}},
		{`UPDATE people_positions SET duplicate_of = NULL WHERE duplicate_of IS NOT NULL AND (person_id = ? OR duplicate_of IN (
			SELECT id FROM people_positions WHERE person_id = ?))`, []any{person, person}},
		{`UPDATE people_duplicates SET ended_at = ?, ended = ? WHERE ended_at IS NULL AND EXISTS (
			SELECT 1 FROM people_positions q WHERE q.person_id = ? AND q.id IN (kept_id, duplicate_id))`, []any{tx.Now, DuplicateErased, person}},
		{"DELETE FROM people_led_teams WHERE membership_id IN (SELECT id FROM people_memberships WHERE person_id = ?)", []any{person}},
		{"DELETE FROM people_passkey_challenges WHERE holder IN (SELECT 'add ' || token_hash FROM people_sessions WHERE person_id = ?)", []any{person}},
		{"DELETE FROM people_sessions WHERE person_id = ?", []any{person}},
		{"DELETE FROM people_request_keys WHERE token_id IN (SELECT id FROM people_tokens WHERE person_id = ?)", []any{person}},
		{"DELETE FROM people_tokens WHERE person_id = ?", []any{person}},
		{"DELETE FROM people_setup WHERE person_id = ? OR lower(email) IN ?", []any{person, t.Addresses}},
		{"DELETE FROM people_warned WHERE person_id = ?", []any{person}},
		{"DELETE FROM people_codes WHERE person_id = ? OR account IN ?", []any{person, t.Accounts}},
		{"UPDATE people_invitations SET manager_key = '' WHERE manager_key IN ?", []any{t.Addresses}},
		{"DELETE FROM people_invitations WHERE accepted_by = ? OR email_key IN ?", []any{person, t.Addresses}},
		{"DELETE FROM people_identities WHERE person_id = ?", []any{person}},
		{"DELETE FROM people_signin_guesses WHERE account IN ?", []any{t.Accounts}},
		{`UPDATE people_persons SET email = '', email_key = 'erased:' || id, name = '', language = 'en', nation = 'wales', password_hash = '', demo_key = NULL,
			suspended_at = NULL, suspended_reason = '', seen_at = NULL, erased_at = ? WHERE id = ?`, []any{tx.Now, person}},
	} {
		if err := tx.Exec(s.sql, s.args...).Error; err != nil {
			return err
		}
	}
	for _, sql := range factorRows {
		if err := tx.Exec(sql, person).Error; err != nil {
			return err
		}
	}
	return nil
}

// Erased is somebody who was erased, by their id.
type Erased struct {
	ID string
	At store.Time
}

// ErasedAt returns when a person was erased; the zero time when they were not,
// or never were.
func ErasedAt(rx store.Rx, person string) (store.Time, error) {
	var row struct{ ErasedAt store.Time }
	err := rx.Raw("SELECT erased_at FROM people_persons WHERE id = ?", person).Scan(&row).Error
	return row.ErasedAt, store.Explain(err)
}

// AllErased returns everybody who was erased, the first first.
func AllErased(rx store.Rx) (all []Erased, err error) {
	err = rx.Raw("SELECT id, erased_at AS at FROM people_persons WHERE erased_at IS NOT NULL ORDER BY erased_at, id").Scan(&all).Error
	return all, store.Explain(err)
}

// NotOneself returns problem.Conflict when the viewer means themselves: who
// leaves has another administrator erase them.
func NotOneself(v Viewer, person string) error {
	if v.Person == person {
		return problem.New(problem.Conflict, "people.erase.self")
	}
	return nil
}

// CleanReason returns a reason in one line. The problem is Invalid with the field
// "reason".
func CleanReason(s string) (string, error) { return cleanReason(s) }

// StillAdministered returns problem.Conflict when nobody is left to administer the
// installation.
func StillAdministered(rx store.Rx) error { return stillAdministered(rx) }
