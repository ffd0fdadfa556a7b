package people

import (
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// PersonalOfAddress lists what this room knows of an address that has no account,
// by its key: whoever has it was invited, or asked for a code.
var PersonalOfAddress = []store.Personal{
	{Table: "people_invitations", Query: `SELECT i.email, i.name, i.language, i.role, i.job_role, o.name_en AS agency_en, o.name_cy AS agency_cy,
		b.name_en AS board_en, b.name_cy AS board_cy, t.name_en AS team_en, t.name_cy AS team_cy, i.training_group, i.works_since, i.staff_number, i.created_at, i.expires_at, i.withdrawn_at FROM people_invitations i
		JOIN people_organisations o ON o.id = i.organisation_id JOIN people_boards b ON b.id = i.board_id LEFT JOIN people_teams t ON t.id = i.team_id
		WHERE i.email_key = ? AND i.accepted_by IS NULL ORDER BY i.created_at, i.id`},
	{Table: "people_codes", Query: `SELECT purpose, email, language, created_at, expires_at, proven_at, ended_at FROM people_codes
		WHERE email_key = ? AND person_id IS NULL ORDER BY created_at`},
	{Table: "people_setup", Query: `SELECT email, created_at, expires_at, ended_at FROM people_setup
		WHERE lower(email) = ? AND person_id IS NULL ORDER BY created_at`},
}

// Asking is whom an address is of: a person, or somebody who was invited and has
// no account.
type Asking struct {
	Person      string // "" where there is no account
	Key         string // of the address
	Language    i18n.Lang
	Invitations []string // by their ids, where there is no account
}

// AskingAt returns whom an address is of. It asks no viewer: it is for the
// machine's own commands. What is no address is Invalid with the field email. An
// address that nobody has and to which no invitation is kept is problem.NotFound, one
// whose invitation brought somebody in who has another now Conflict.
func AskingAt(rx store.Rx, email string) (a Asking, err error) {
	if a.Key, err = CleanEmail(email); err != nil {
		return a, err
	}
	if a.Person, err = personOf(rx, a.Key); err != nil {
		return a, err
	}
	if a.Person != "" {
		p, err := PersonByID(rx, a.Person)
		a.Language = p.Language
		return a, err
	}
	var rows []struct {
		ID         string
		Language   i18n.Lang
		AcceptedBy string
	}
	err = rx.Raw("SELECT id, language, coalesce(accepted_by, '') AS accepted_by FROM people_invitations WHERE email_key = ? ORDER BY created_at, id", a.Key).Scan(&rows).Error
	if err != nil {
		return a, store.Explain(err)
	}
	for _, r := range rows {
		if r.AcceptedBy == "" {
			a.Invitations, a.Language = append(a.Invitations, r.ID), r.Language
		}
	}
	switch {
	case len(rows) == 0:
		return a, problem.New(problem.NotFound, "people.data.nobody")
	case len(a.Invitations) == 0:
		return a, problem.New(problem.Conflict, "people.data.elsewhere")
	}
	return a, nil
}
