package people

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/problem"
	"golau/internal/store"
)

// MaxInvitations is how many people one list may invite.
const MaxInvitations = 500

// NewInvitation is one line of a list, as it was written. Agency and board are
// named by key or by name in either language, and may be left empty where only
// one can be meant; without a Role it is learner.
type NewInvitation struct {
	Email, Name         string
	Organisation, Board string
	Role                Role
	JobRole             JobRole
	Language            i18n.Lang
	Stand
}

// Planned is a line as it would be sent, with what must be put right: the key of
// a message for each field (email, name, organisation, board, role, job_role,
// language, team, group, works_since).
type Planned struct {
	NewInvitation
	Place    Place
	Problems map[string]string

	emailKey string
}

// Fits says whether every line can be sent.
func Fits(plan []Planned) bool {
	for _, p := range plan {
		if len(p.Problems) > 0 {
			return false
		}
	}
	return len(plan) > 0
}

// PlanInvitations reads a list and says of each line what is wrong with it; it
// changes nothing. A list that is empty or longer than MaxInvitations is
// problem.Invalid with the field "list".
func PlanInvitations(rx store.Rx, v Viewer, list []NewInvitation) ([]Planned, error) {
	ps, err := InvitePlaces(rx, v)
	switch {
	case err != nil:
		return nil, err
	case len(list) == 0:
		return nil, problem.InvalidField("list", "people.invite.empty")
	case len(list) > MaxInvitations:
		return nil, problem.InvalidField("list", "people.invite.long", "Max", MaxInvitations, "Lines", len(list))
	}
	plan := make([]Planned, len(list))
	for i, n := range list {
		plan[i] = v.plan(ps, n)
		if err := plan[i].stands(rx, v); err != nil {
			return nil, err
		}
	}
	return plan, markTaken(rx, plan)
}

// plan checks one line by itself.
func (v Viewer) plan(ps []Place, n NewInvitation) Planned {
	p := Planned{NewInvitation: n, Problems: map[string]string{}}
	note := faults(p.Problems).note
	var err error
	p.Email = strings.TrimSpace(n.Email)
	p.emailKey, err = CleanEmail(n.Email)
	note(err)
	p.Name, err = CleanName(n.Name)
	note(err)
	p.Place, err = findPlace(ps, strings.TrimSpace(n.Organisation), strings.TrimSpace(n.Board))
	note(err)
	setDefault(&p.Role, Learner)
	note(checkRole(p.Role))
	if p.Role != Learner && !v.Is(Admin) { // a lead makes no leads
		p.Problems["role"] = "people.invite.role"
	}
	note(checkJobRole(p.JobRole))
	if _, ok := i18n.ParseLang(string(p.Language)); !ok {
		p.Problems["language"] = "people.language.unknown"
	}
	return p
}

// markTaken notes the lines that stand twice, are invited or belong already.
func markTaken(rx store.Rx, plan []Planned) error {
	keys := make([]string, len(plan))
	for i, p := range plan {
		keys[i] = p.emailKey
	}
	list, err := json.Marshal(keys)
	if err != nil {
		return err
	}
	var there []struct{ EmailKey, OrganisationID, BoardID, Role, Why string }
	err = rx.Raw(`SELECT i.email_key, i.organisation_id, i.board_id, i.role, 'people.invite.pending' AS why FROM people_invitations i
			WHERE i.accepted_at IS NULL AND i.withdrawn_at IS NULL AND i.email_key IN (SELECT value FROM json_each(?))
		UNION ALL SELECT p.email_key, m.organisation_id, m.board_id, m.role, 'people.membership.exists'
			FROM people_persons p JOIN people_memberships m ON m.person_id = p.id
			WHERE m.ended_at IS NULL AND m.unconfirmed = 0 AND p.email_key IN (SELECT value FROM json_each(?))`,
		string(list), string(list)).Scan(&there).Error
	if err != nil {
		return store.Explain(err)
	}
	why := map[string]string{}
	for _, t := range there {
		why[strings.Join([]string{t.EmailKey, t.OrganisationID, t.BoardID, t.Role}, " ")] = t.Why
	}
	for i := range plan {
		p := &plan[i]
		key := strings.Join([]string{p.emailKey, p.Place.Organisation.ID, p.Place.Board.ID, string(p.Role)}, " ")
		if len(p.Problems) > 0 {
			continue
		}
		if why[key] != "" {
			p.Problems["email"] = why[key]
		}
		why[key] = "people.invite.twice"
	}
	return nil
}

// Invite sends an invitation to each line of a list, or to none: when any line
// needs putting right, it is problem.Invalid with the fields of a single line,
// or with "list", and the plan says which.
//
// A list that asks anybody to a role with power needs the proof of whoever
// invites; a wrong one is Invalid with the field "proof", after too many TooMany.
func (d *Directory) Invite(ctx context.Context, v Viewer, list []NewInvitation, proof string) (plan []Planned, err error) {
	if err := v.Require(InvitePeople); err != nil {
		return nil, err
	}
	send := func(tx store.Tx) error {
		if plan, err = planned(tx.Rx, v, list); err != nil {
			return err
		}
		for _, p := range plan {
			if _, err := d.invite(tx, v.Person, p); err != nil {
				return err
			}
		}
		return nil
	}
	if !slices.ContainsFunc(list, NewInvitation.HasPower) {
		err = d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error { return send(tx) })
		return plan, err
	}
	if plan, err = planned(d.db.Read(ctx), v, list); err != nil { // no code is used up for that
		return plan, err
	}
	err = d.withProof(ctx, v, proof, func(tx store.Tx, _ Factors) error { return send(tx) })
	return plan, err
}

// HasPower says whether the line asks somebody to a role with power.
func (n NewInvitation) HasPower() bool { return n.Role.HasPower() }

// planned is PlanInvitations for what is to be sent: every line must fit.
func planned(rx store.Rx, v Viewer, list []NewInvitation) ([]Planned, error) {
	plan, err := PlanInvitations(rx, v, list)
	if err != nil || Fits(plan) {
		return plan, err
	}
	bad := problem.InvalidField("list", "people.invite.lines")
	if len(plan) == 1 {
		bad = problem.New(problem.Invalid, "people.invalid", "MaxName", maxName)
		bad.Fields = plan[0].Problems
	}
	return plan, bad
}

// invite writes one invitation down, has its letter sent, and returns its id.
func (d *Directory) invite(tx store.Tx, by string, p Planned) (id string, err error) {
	id = tx.NewID()
	err = tx.Exec(`INSERT INTO people_invitations (id, token_hash, email, email_key, name, language, organisation_id, board_id, role, job_role, team_id,
			training_group, works_since, staff_number, manager_key, invited_by, created_at, sent_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		id, hashToken(d.linkOf("invitation", id)), p.Email, p.emailKey, p.Name, p.Language, p.Place.Organisation.ID, p.Place.Board.ID,
		p.Role, p.JobRole, orNull(p.Team), p.Group, p.WorksSince, p.StaffNumber, p.Manager, by, tx.Now, tx.Now, store.At(tx.Now.Add(invitationLife))).Error
	if err != nil {
		return "", taken(err, "people.invite.pending")
	}
	err = audit.Record(tx, "people.invited", "invitation:"+id, map[string]any{"email": p.emailKey, "name": p.Name,
		"organisation": p.Place.Organisation.ID, "board": p.Place.Board.ID, "role": p.Role, "job_role": p.JobRole,
		"team": p.Team, "group": p.Group, "works_since": p.WorksSince, "staff_number": p.StaffNumber, "manager": p.Manager})
	if err != nil {
		return "", err
	}
	return id, outbox.Put(tx, Invited, id+"/1", InvitedFact{id})
}
