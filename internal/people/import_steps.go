package people

import (
	"cmp"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/store"
)

// step does one step, if what it begins from is still so, and writes it down.
func (w *importWork) step(tx store.Tx, n int) error {
	s := w.steps[n]
	if isNew(s.After.Team) && s.Verb != stepTeam {
		s.After.Team = w.teams[s.After.Team]
		if s.After.Team == "" {
			return w.journal(tx, n, s, s.Subject, true)
		}
	}
	do := map[string]func(store.Tx, importStep) (string, bool, error){stepTeam: w.makeTeam, stepInvite: w.inviteOne, stepWaiting: w.changeWaiting,
		stepChange: w.changeOne, stepLeft: w.leaveOne}[s.Verb]
	if do == nil {
		return nil
	}
	subject, done, err := do(tx, s)
	if err != nil {
		return err
	}
	return w.journal(tx, n, s, subject, !done)
}

// makeTeam makes a team, or finds the one that somebody made meanwhile.
func (w *importWork) makeTeam(tx store.Tx, s importStep) (string, bool, error) {
	parent := s.After.Team
	if isNew(parent) {
		parent = w.teams[parent]
	}
	teams, err := Teams(tx.Rx, w.i.scope(), i18n.EN)
	if err != nil {
		return "", false, err
	}
	if ids := newTeamPaths(teams).within[parent+"/"+plain(s.Name)]; len(ids) > 0 {
		w.teams[s.Subject] = ids[0]
		return ids[0], false, nil
	}
	id, err := SaveTeamIn(tx, w.i.scope(), Team{Parent: parent, Name: i18n.Text{EN: s.Name, CY: s.Name}})
	w.teams[s.Subject] = id
	return id, err == nil, err
}

// fits says whether the team and the manager of a placement are still there.
func (w *importWork) fits(tx store.Tx, p Placement) (fits bool, err error) {
	err = tx.Raw(`SELECT (? = '' OR EXISTS (SELECT 1 FROM people_teams WHERE id = ? AND organisation_id = ? AND board_id = ? AND closed_at IS NULL))
		AND (? = '' OR instr(?, '@') > 0 OR EXISTS (SELECT 1 FROM people_positions WHERE id = ? AND organisation_id = ? AND board_id = ? AND left_at IS NULL))`,
		p.Team, p.Team, w.i.organisation, w.i.board, p.Manager, p.Manager, p.Manager, w.i.organisation, w.i.board).Row().Scan(&fits)
	return fits, err
}

// inviteOne invites somebody, with where they will stand, unless somebody did so
// meanwhile or they are there.
func (w *importWork) inviteOne(tx store.Tx, s importStep) (string, bool, error) {
	var there int
	err := tx.Raw(`SELECT (SELECT count(*) FROM people_invitations WHERE email_key = ? AND organisation_id = ? AND board_id = ? AND role = 'learner'
			AND accepted_at IS NULL AND withdrawn_at IS NULL) + (SELECT count(*) FROM people_persons p JOIN people_positions q ON q.person_id = p.id
			WHERE p.email_key = ? AND q.organisation_id = ? AND q.board_id = ? AND q.left_at IS NULL)`,
		s.Key, w.i.organisation, w.i.board, s.Key, w.i.organisation, w.i.board).Row().Scan(&there)
	if err != nil || there > 0 {
		return "", false, err
	}
	fits, err := w.fits(tx, s.After)
	if err != nil || !fits {
		return "", false, err
	}
	id, err := w.invite(tx, w.i.By, Planned{NewInvitation: NewInvitation{Email: s.Email, Name: s.Name, Role: Learner, JobRole: s.After.JobRole, Language: cmp.Or(s.After.Language, w.i.Language),
		Stand: Stand{s.After.Team, s.After.Group, s.After.WorksSince, s.After.StaffNumber, s.After.Manager}},
		Place: Place{Organisation{ID: w.i.organisation}, Board{ID: w.i.board}}, emailKey: s.Key})
	return id, err == nil, err
}

// placeInvited notes where somebody who is invited will stand.
func placeInvited(tx store.Tx, id string, p Placement) error {
	return tx.Exec("UPDATE people_invitations SET job_role = ?, team_id = ?, training_group = ?, works_since = ?, staff_number = ?, manager_key = ?, language = coalesce(nullif(?, ''), language) WHERE id = ?",
		p.JobRole, orNull(p.Team), p.Group, p.WorksSince, p.StaffNumber, p.Manager, p.Language, id).Error
}

// waitingNow is where somebody who is invited and has not answered will stand.
func waitingNow(rx store.Rx, id string) (p Placement, open bool, err error) {
	err = rx.Raw(`SELECT job_role, coalesce(team_id, '') AS team, training_group AS "group", works_since, staff_number, manager_key AS manager, language
		FROM people_invitations WHERE id = ? AND accepted_at IS NULL AND withdrawn_at IS NULL`, id).Scan(&p).Error
	return p, p.JobRole != "", store.Explain(err)
}

// changeWaiting changes where somebody who is invited will stand.
func (w *importWork) changeWaiting(tx store.Tx, s importStep) (string, bool, error) {
	now, open, err := waitingNow(tx.Rx, s.Subject)
	if err != nil || !open || !s.Before.is(now) {
		return s.Subject, false, err
	}
	fits, err := w.fits(tx, s.After)
	if err != nil || !fits {
		return s.Subject, false, err
	}
	return s.Subject, true, w.moveWaiting(tx, s.Subject, now, s.After)
}

// moveWaiting does so, and records it.
func (w *importWork) moveWaiting(tx store.Tx, id string, from, to Placement) error {
	if err := placeInvited(tx, id, to); err != nil {
		return err
	}
	return audit.Record(tx, "people.invitation_placed", "invitation:"+id, map[string]any{"before": from.detail(), "after": to.detail()})
}

// positionNow is a position and what it says, without a manager who has left.
func (w *importWork) positionNow(tx store.Tx, id string) (p Position, now Placement, err error) {
	if p, err = PositionIn(tx.Rx, w.i.scope(), id); err != nil {
		return p, now, err
	}
	now = Placement{p.JobRole, p.Team, p.Group, p.WorksSince, p.StaffNumber, "", ""}
	err = tx.Raw("SELECT "+managing+" FROM people_positions q WHERE q.id = ?", id).Row().Scan(&now.Manager)
	return p, now, store.Explain(err)
}

// changeOne changes where somebody stands.
func (w *importWork) changeOne(tx store.Tx, s importStep) (string, bool, error) {
	p, now, err := w.positionNow(tx, s.Subject)
	if err != nil {
		return s.Subject, false, err
	}
	if !p.Left.IsZero() || now != s.Before {
		return s.Subject, false, nil
	}
	fits, err := w.fits(tx, s.After)
	if err != nil || !fits {
		return s.Subject, false, err
	}
	return s.Subject, true, w.move(tx, p, s.After)
}

// move changes what a position says.
func (w *importWork) move(tx store.Tx, p Position, to Placement) error {
	after := p
	after.JobRole, after.Team, after.Group, after.WorksSince, after.StaffNumber, after.Manager = to.JobRole, to.Team, to.Group, to.WorksSince, to.StaffNumber, to.Manager
	return keepPosition(tx, p, after)
}

// leaveOne records a leaver.
func (w *importWork) leaveOne(tx store.Tx, s importStep) (string, bool, error) {
	p, err := PositionIn(tx.Rx, w.i.scope(), s.Subject)
	if err != nil || !p.Left.IsZero() {
		return s.Subject, false, err
	}
	return s.Subject, true, recordLeaver(tx, w.i.scope(), s.Subject, s.On)
}
