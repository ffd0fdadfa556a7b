package people

import (
	"slices"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// NewBoard is a board to be added. Key is what it is called in addresses;
// without a Kind it is a regional safeguarding board.
type NewBoard struct {
	Key  string
	Name i18n.Text
	Kind string
	// OwnKind is the kind in the board's own words, where Kind is KindOwn.
	OwnKind i18n.Text
}

// NewCouncil is a council to be added. A number needs CheckedOn, the day
// (2026-11-21) on which somebody checked it.
type NewCouncil struct {
	Key              string // GSS code, or any key for a council that does not exist
	Name             i18n.Text
	DayNumber        string
	OutOfHoursNumber string
	CheckedOn        string
	Website          string
	Area             i18n.Text
	BoardID          string // under which its area stands; "" where only its agencies say so
}

// NewOrganisation is an organisation to be added. Without a Kind it is "other".
type NewOrganisation struct {
	Key        string
	Name       i18n.Text
	Kind       string
	CouncilKey string // may be ""
}

// NewPerson is a person to be added. Without a PasswordHash (from HashPassword)
// nobody can sign in with a password; DemoKey is for the demonstration alone.
type NewPerson struct {
	Email        string
	Name         string
	Language     i18n.Lang
	PasswordHash string
	DemoKey      string
	CreatedAt    store.Time // default now
}

// NewMembership is a membership to be added. The organisation must work under
// the board (LinkBoard).
type NewMembership struct {
	PersonID       string
	OrganisationID string
	BoardID        string
	Role           Role
	JobRole        JobRole
	StartedAt      store.Time // default now
	Unconfirmed    bool       // a lead must agree first; learners only
}

// The kinds of body when none is named.
const (
	regionalBoard = "regional-safeguarding-board"
	otherKind     = "other"
)

// AddBoard adds a board and returns its id. A name or key that cannot be one is
// problem.Invalid, a key that is taken problem.Conflict.
func AddBoard(tx store.Tx, n NewBoard) (id string, err error) {
	if n.Name, err = cleanText("board", n.Name); err != nil {
		return "", err
	}
	if !isKey(n.Key) {
		return "", problem.InvalidField("key", "people.key.shape")
	}
	setDefault(&n.Kind, regionalBoard)
	id = tx.NewID()
	err = tx.Exec("INSERT INTO people_boards (id, key, name_en, name_cy, kind, kind_en, kind_cy) VALUES (?, ?, ?, ?, ?, ?, ?)",
		id, n.Key, n.Name.EN, n.Name.CY, n.Kind, n.OwnKind.EN, n.OwnKind.CY).Error
	if err != nil {
		return "", taken(err, "people.key.taken")
	}
	return id, audit.Record(tx, "people.board_added", "board:"+id, map[string]any{"key": n.Key, "name": n.Name, "kind": n.Kind})
}

// AddCouncil adds a council. A number without the day it was checked, or a name
// in one language only, is problem.Invalid; a key that is taken is
// problem.Conflict.
func AddCouncil(tx store.Tx, n NewCouncil) (err error) {
	if n.Name, err = cleanText("council", n.Name); err != nil {
		return err
	}
	if n.Key == "" {
		return problem.InvalidField("key", "people.key.shape")
	}
	if n.DayNumber+n.OutOfHoursNumber != "" && n.CheckedOn == "" {
		return problem.InvalidField("checked_on", "people.council.unchecked")
	}
	err = tx.Exec(`INSERT INTO people_councils (key, name_en, name_cy, day_number, out_of_hours_number, checked_on, website,
		area_en, area_cy, board_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, n.Key, n.Name.EN, n.Name.CY, n.DayNumber, n.OutOfHoursNumber,
		n.CheckedOn, n.Website, n.Area.EN, n.Area.CY, orNull(n.BoardID)).Error
	if err != nil {
		return taken(err, "people.key.taken")
	}
	if n.DayNumber+n.OutOfHoursNumber != "" {
		if err := keepNumbers(tx, n.Key, n.DayNumber, n.OutOfHoursNumber, n.CheckedOn); err != nil {
			return err
		}
	}
	return audit.Record(tx, "people.council_added", "council:"+n.Key, map[string]any{"name": n.Name,
		"day_number": n.DayNumber, "out_of_hours_number": n.OutOfHoursNumber, "checked_on": n.CheckedOn})
}

// AddOrganisation adds an organisation and returns its id. Problems are those
// of AddBoard; a council that does not exist is problem.Invalid.
func AddOrganisation(tx store.Tx, n NewOrganisation) (id string, err error) {
	if n.Name, err = cleanText("organisation", n.Name); err != nil {
		return "", err
	}
	if !isKey(n.Key) {
		return "", problem.InvalidField("key", "people.key.shape")
	}
	var council *string
	if n.CouncilKey != "" {
		if err := inUse(tx.Rx, n.CouncilKey); err != nil {
			return "", err
		}
		council = &n.CouncilKey
	}
	setDefault(&n.Kind, otherKind)
	id = tx.NewID()
	err = tx.Exec("INSERT INTO people_organisations (id, key, name_en, name_cy, kind, council_key) VALUES (?, ?, ?, ?, ?, ?)",
		id, n.Key, n.Name.EN, n.Name.CY, n.Kind, council).Error
	if err != nil {
		return "", taken(err, "people.key.taken")
	}
	return id, audit.Record(tx, "people.organisation_added", "organisation:"+id, map[string]any{"key": n.Key, "name": n.Name})
}

// LinkBoard notes that an organisation works under a board. Noting it again
// changes nothing.
func LinkBoard(tx store.Tx, organisation, board string) error {
	res := tx.Exec(`INSERT INTO people_organisation_boards (organisation_id, board_id) VALUES (?, ?)
		ON CONFLICT DO UPDATE SET unlinked_at = NULL WHERE unlinked_at IS NOT NULL`, organisation, board)
	if res.Error != nil || res.RowsAffected == 0 {
		return res.Error
	}
	return audit.Record(tx, "people.board_linked", "organisation:"+organisation, map[string]any{"board": board})
}

// AddDomain notes an e-mail domain that an organisation's people use. Several
// organisations may share one; noting it again changes nothing.
func AddDomain(tx store.Tx, organisation, domain string) error {
	domain, err := cleanDomain(domain)
	if err != nil {
		return err
	}
	res := tx.Exec("INSERT INTO people_email_domains (domain, organisation_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
		domain, organisation)
	if res.Error != nil || res.RowsAffected == 0 {
		return res.Error
	}
	return audit.Record(tx, "people.domain_added", "organisation:"+organisation, map[string]any{"domain": domain})
}

// AddPerson adds a person and returns their id. A name, address or language
// that cannot be one is problem.Invalid, an address that is taken
// problem.Conflict.
func AddPerson(tx store.Tx, n NewPerson) (id string, err error) {
	if n.Name, err = CleanName(n.Name); err != nil {
		return "", err
	}
	key, err := CleanEmail(n.Email)
	if err != nil {
		return "", err
	}
	if _, ok := i18n.ParseLang(string(n.Language)); !ok {
		return "", problem.InvalidField("language", "people.language.unknown")
	}
	var demo *string
	if n.DemoKey != "" {
		demo = &n.DemoKey
	}
	if n.CreatedAt.IsZero() {
		n.CreatedAt = tx.Now
	}
	id = tx.NewID()
	err = tx.Exec(`INSERT INTO people_persons (id, email, email_key, name, language, password_hash, demo_key, created_at)
		VALUES (?, trim(?), ?, ?, ?, ?, ?, ?)`, id, n.Email, key, n.Name, n.Language, n.PasswordHash, demo, n.CreatedAt).Error
	if err != nil {
		return "", taken(err, "people.email.taken")
	}
	return id, audit.Record(tx, "people.person_added", "person:"+id,
		map[string]any{"name": n.Name, "email": key, "language": n.Language})
}

// AddMembership adds a membership and returns its id. A role, job role or pair
// of organisation and board that does not exist, or an agency that is retired, is problem.Invalid, a running
// membership of the same kind problem.Conflict. A role that asks for a second
// factor ends the sessions that were begun without one.
func AddMembership(tx store.Tx, n NewMembership) (id string, err error) {
	if err := checkRole(n.Role); err != nil {
		return "", err
	}
	if err := checkJobRole(n.JobRole); err != nil {
		return "", err
	}
	var linked int
	err = tx.Raw(`SELECT count(*) FROM people_organisation_boards b JOIN people_organisations o ON o.id = b.organisation_id
		WHERE b.organisation_id = ? AND b.board_id = ? AND b.unlinked_at IS NULL AND o.retired_at IS NULL`, n.OrganisationID, n.BoardID).Scan(&linked).Error
	if err != nil {
		return "", err
	}
	if linked == 0 {
		return "", problem.InvalidField("organisation", "people.membership.pair")
	}
	if n.StartedAt.IsZero() {
		n.StartedAt = tx.Now
	}
	id = tx.NewID()
	err = tx.Exec(`INSERT INTO people_memberships (id, person_id, organisation_id, board_id, role, job_role, started_at,
		unconfirmed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, id, n.PersonID, n.OrganisationID, n.BoardID, n.Role, n.JobRole, n.StartedAt,
		n.Unconfirmed).Error
	if err != nil {
		return "", taken(err, "people.membership.exists")
	}
	detail := map[string]any{"membership": id, "organisation": n.OrganisationID, "board": n.BoardID, "role": n.Role,
		"job_role": n.JobRole, "unconfirmed": n.Unconfirmed}
	if slices.Contains(mustHaveSecond, n.Role) {
		if detail["ended_sessions"], err = endWithoutSecond(tx, n.PersonID); err != nil {
			return "", err
		}
	}
	if !n.Unconfirmed {
		if err := takePosition(tx, id); err != nil {
			return "", err
		}
	}
	if n.Role.HasPower() { // an administrator's word counts more than a lead's
		if err := reinstate(tx, n.PersonID, n.OrganisationID, n.BoardID, ""); err != nil {
			return "", err
		}
	}
	return id, audit.Record(tx, "people.membership_added", "person:"+n.PersonID, detail)
}

// taken makes problem.Conflict of a violated unique key.
func taken(err error, key string) error {
	if store.IsDuplicate(err) {
		return problem.New(problem.Conflict, key).Because(err)
	}
	return err
}
