package people

import (
	"fmt"
	"time"

	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/problem"
	"golau/internal/store"
)

// Invitation asks one person to work in one place in one role. Its letter's link
// is the only key to it.
type Invitation struct {
	ID          string
	Email, Name string
	Language    i18n.Lang
	Place       Place
	Role        Role
	JobRole     JobRole
	Stand
	InvitedBy   string // person
	Created     store.Time
	Sent        store.Time
	Expires     store.Time
	Accepted    store.Time
	Withdrawn   store.Time
	State       InvitationState
	Undelivered bool // its last letter was given up; Invitations says so

	emailKey string
	sends    int
}

// InvitationState is what became of an invitation.
type InvitationState string

// The states.
const (
	IsOpen      InvitationState = "open"
	IsExpired   InvitationState = "expired" // it may be sent again
	IsAccepted  InvitationState = "accepted"
	IsWithdrawn InvitationState = "withdrawn"
)

// Stand is where somebody who is invited will stand; what is empty says nothing.
type Stand struct {
	Team       string // id
	Group      Group
	WorksSince string // day (2026-11-21)

	StaffNumber string
	Manager     string // address, written small: whoever it is may still be on the way
}

// invitationLife is how long an invitation can be accepted after it was sent.
const invitationLife = 14 * 24 * time.Hour

// Invited is the job of an invitation's letter.
const Invited = "people.invited"

// InvitedFact names the invitation that a letter carries.
type InvitedFact struct{ Invitation string }

type invitationRow struct {
	ID, Email, EmailKey, Name                    string
	Language                                     i18n.Lang
	Role                                         Role
	JobRole                                      JobRole
	Team                                         string
	TrainingGroup                                Group
	WorksSince, StaffNumber, ManagerKey          string
	InvitedBy                                    string
	Sends                                        int
	CreatedAt, SentAt, ExpiresAt                 store.Time
	AcceptedAt, WithdrawnAt                      store.Time
	OID, OKey, ONameEN, ONameCY, OKind, OCouncil string
	ORetired                                     bool
	BID, BKey, BNameEN, BNameCY, BKind           string
}

func (r invitationRow) invitation(now store.Time) Invitation {
	m := membershipRow{OID: r.OID, OKey: r.OKey, ONameEN: r.ONameEN, ONameCY: r.ONameCY, OKind: r.OKind, OCouncil: r.OCouncil, ORetired: r.ORetired,
		BID: r.BID, BKey: r.BKey, BNameEN: r.BNameEN, BNameCY: r.BNameCY, BKind: r.BKind}.membership()
	i := Invitation{ID: r.ID, Email: r.Email, Name: r.Name, Language: r.Language, Place: Place{m.Organisation, m.Board},
		Role: r.Role, JobRole: r.JobRole, Stand: Stand{r.Team, r.TrainingGroup, r.WorksSince, r.StaffNumber, r.ManagerKey}, InvitedBy: r.InvitedBy, Created: r.CreatedAt, Sent: r.SentAt, Expires: r.ExpiresAt,
		Accepted: r.AcceptedAt, Withdrawn: r.WithdrawnAt, State: IsOpen, emailKey: r.EmailKey, sends: r.Sends}
	switch {
	case !i.Accepted.IsZero():
		i.State = IsAccepted
	case !i.Withdrawn.IsZero():
		i.State = IsWithdrawn
	case !now.Before(i.Expires.Time):
		i.State = IsExpired
	}
	return i
}

const selectInvitation = `SELECT i.id, i.email, i.email_key, i.name, i.language, i.role, i.job_role, coalesce(i.team_id, '') AS team, i.training_group, i.works_since, i.staff_number, i.manager_key, i.invited_by, i.sends,
		i.created_at, i.sent_at, i.expires_at, i.accepted_at, i.withdrawn_at,
		o.id AS o_id, o.key AS o_key, o.name_en AS o_name_en, o.name_cy AS o_name_cy, o.kind AS o_kind,
		coalesce(o.council_key, '') AS o_council, o.retired_at IS NOT NULL AS o_retired,
		b.id AS b_id, b.key AS b_key, b.name_en AS b_name_en, b.name_cy AS b_name_cy, b.kind AS b_kind
	FROM people_invitations i
	JOIN people_organisations o ON o.id = i.organisation_id
	JOIN people_boards b ON b.id = i.board_id WHERE `

func invitations(rx store.Rx, where string, args ...any) ([]Invitation, error) {
	var rows []invitationRow
	err := rx.Raw(selectInvitation+where, args...).Scan(&rows).Error
	is := make([]Invitation, len(rows))
	for n, r := range rows {
		is[n] = r.invitation(rx.Now())
	}
	return is, store.Explain(err)
}

func invitation(rx store.Rx, where string, args ...any) (Invitation, error) {
	is, err := invitations(rx, where, args...)
	if err == nil && len(is) == 0 {
		err = notFound()
	}
	if err != nil {
		return Invitation{}, err
	}
	return is[0], nil
}

// InvitationPage is how many invitations Invitations returns at most.
const InvitationPage = 50

// scopeOfInvitations limits a query to the invitations that are the viewer's
// concern: all for an administrator, for a lead those into their own agencies,
// but for whoever is asked to work for the board or to run the site, and of an agency
// of which they lead a part those into its teams.
func (v Viewer) scopeOfInvitations() (where string, args []any) {
	if v.Is(Admin) {
		return "1 = 1", nil
	}
	where = "0 = 1"
	for _, m := range v.leading() {
		within, of := m.scope().Within("i")
		where += " OR (i.organisation_id = ? AND i.board_id = ? AND " + within + ")"
		args = append(append(args, m.Organisation.ID, m.Board.ID), of...)
	}
	return "i.role IN ('learner', 'lead') AND (" + where + ")", args
}

// Invitations returns a page of the invitations that are the viewer's concern,
// the newest first, and whether there are more; page 0 is the first. Without the
// right to invite it is problem.Forbidden.
func Invitations(rx store.Rx, v Viewer, page int) (is []Invitation, more bool, err error) {
	return InvitationsWanted(rx, v, InvitationFilter{}, page)
}

// markUndelivered notes whose last letter was given up, by the jobs of the outbox.
func markUndelivered(rx store.Rx, is []Invitation) error {
	var keys []string
	for _, i := range is {
		keys = append(keys, i.letterKey())
	}
	given, err := outbox.Undone(rx, Invited, keys)
	for n, i := range is {
		is[n].Undelivered = given[i.letterKey()] && i.State == IsOpen
	}
	return err
}

// letterKey names the job of the last letter.
func (i Invitation) letterKey() string { return fmt.Sprintf("%s/%d", i.ID, i.sends) }

// InvitationToEnd returns an invitation that the viewer may withdraw, and that is
// not over. Refusals are those of WithdrawInvitation.
func InvitationToEnd(rx store.Rx, v Viewer, id string) (Invitation, error) {
	i, err := theirInvitation(rx, v, id)
	if err == nil && i.State != IsOpen && i.State != IsExpired {
		err = notFound()
	}
	return i, err
}

// theirInvitation returns an invitation that the viewer could have sent, a lead
// therefore one of a learner; another's is problem.NotFound.
func theirInvitation(rx store.Rx, v Viewer, id string) (Invitation, error) {
	if err := v.Require(InvitePeople); err != nil {
		return Invitation{}, err
	}
	where, args := v.scopeOfInvitations()
	if !v.Is(Admin) {
		where += " AND i.role = 'learner'"
	}
	return invitation(rx, where+" AND i.id = ?", append(args, id)...)
}

func invitationGone() error { return problem.New(problem.NotFound, "people.invitation.gone") }
