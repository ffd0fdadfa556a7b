package people

import (
	"golau/internal/i18n"
	"golau/internal/store"
)

// membershipRow is a membership with the names of its organisation and board.
type membershipRow struct {
	ID, PersonID                                 string
	Role                                         Role
	JobRole                                      JobRole
	StartedAt, EndedAt                           store.Time
	Unconfirmed, ORetired                        bool
	Leads                                        Part
	OID, OKey, ONameEN, ONameCY, OKind, OCouncil string
	BID, BKey, BNameEN, BNameCY, BKind           string
}

func (r membershipRow) membership() Membership {
	return Membership{ID: r.ID, PersonID: r.PersonID, Role: r.Role, JobRole: r.JobRole, Started: r.StartedAt, Ended: r.EndedAt,
		Unconfirmed: r.Unconfirmed, Leads: r.Leads,
		Organisation: Organisation{ID: r.OID, Key: r.OKey, Name: i18n.Text{EN: r.ONameEN, CY: r.ONameCY}, Kind: r.OKind, CouncilKey: r.OCouncil, Retired: r.ORetired},
		Board:        Board{ID: r.BID, Key: r.BKey, Name: i18n.Text{EN: r.BNameEN, CY: r.BNameCY}, Kind: r.BKind}}
}

// jobRole is the kind of work of a membership that lasts: what their position says
// today. Of one that has ended it is what it was.
const jobRole = "CASE WHEN m.ended_at IS NULL THEN coalesce(q.job_role, m.job_role) ELSE m.job_role END"

// joinPosition finds the position behind a membership; whoever is unconfirmed has
// none.
const joinPosition = `
	LEFT JOIN people_positions q ON q.person_id = m.person_id AND q.organisation_id = m.organisation_id AND q.board_id = m.board_id`

const selectMembership = `SELECT m.id, m.person_id, m.role, ` + jobRole + ` AS job_role, m.started_at, m.ended_at, m.unconfirmed, ` + ledPart + ` AS leads,
		o.id AS o_id, o.key AS o_key, o.name_en AS o_name_en, o.name_cy AS o_name_cy, o.kind AS o_kind,
		coalesce(o.council_key, '') AS o_council, o.retired_at IS NOT NULL AS o_retired,
		b.id AS b_id, b.key AS b_key, b.name_en AS b_name_en, b.name_cy AS b_name_cy, b.kind AS b_kind
	FROM people_memberships m
	JOIN people_organisations o ON o.id = m.organisation_id
	JOIN people_boards b ON b.id = m.board_id` + joinPosition

// MembershipByID returns a membership, also one that has ended, or
// problem.NotFound.
func MembershipByID(rx store.Rx, id string) (Membership, error) {
	var r membershipRow
	err := rx.Raw(selectMembership+" WHERE m.id = ?", id).Scan(&r).Error
	return r.membership(), found(r.ID, err)
}

// MembershipsOf returns the memberships of a person that last at this moment,
// in the order of Viewer.Memberships.
func MembershipsOf(rx store.Rx, person string) ([]Membership, error) {
	now := rx.Now()
	return memberships(rx, ` WHERE m.person_id = ? AND m.started_at <= ? AND (m.ended_at IS NULL OR m.ended_at > ?)
		ORDER BY m.started_at, m.rowid`, person, now, now)
}

func memberships(rx store.Rx, where string, args ...any) ([]Membership, error) {
	var rows []membershipRow
	err := rx.Raw(selectMembership+where, args...).Scan(&rows).Error
	ms := make([]Membership, len(rows))
	for i, r := range rows {
		ms[i] = r.membership()
	}
	return ms, store.Explain(err)
}

// CastMember is one of the demonstration's people, for its sign-in page.
type CastMember struct {
	Key        string // what SignInAs takes
	Name       string
	Language   i18n.Lang
	Membership Membership
}

// Cast returns the demonstration's people, in the order in which they were
// added; those whose memberships have all ended are not among them.
func Cast(rx store.Rx) ([]CastMember, error) {
	var ps []struct {
		ID, Name, DemoKey string
		Language          i18n.Lang
	}
	err := rx.Raw(`SELECT id, name, language, demo_key FROM people_persons
		WHERE demo_key IS NOT NULL AND suspended_at IS NULL ORDER BY created_at, rowid`).Scan(&ps).Error
	if err != nil {
		return nil, store.Explain(err)
	}
	var cast []CastMember
	for _, p := range ps {
		ms, err := MembershipsOf(rx, p.ID)
		if err != nil {
			return nil, err
		}
		if len(ms) > 0 {
			cast = append(cast, CastMember{Key: p.DemoKey, Name: p.Name, Language: p.Language, Membership: ms[0]})
		}
	}
	return cast, nil
}
