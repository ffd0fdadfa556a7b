package people

import (
	"golau/internal/problem"
	"golau/internal/store"
)

// settle gives whoever has joined by an invitation the place that was kept with it,
// and has them manage whom they were named for.
func settle(tx store.Tx, person string, i Invitation) error {
	var kept Placement
	err := tx.Raw(`SELECT i.job_role, coalesce((SELECT t.id FROM people_teams t WHERE t.id = i.team_id AND t.closed_at IS NULL
			AND t.organisation_id = i.organisation_id AND t.board_id = i.board_id), '') AS team, i.training_group AS "group", i.works_since, i.staff_number,
			coalesce((SELECT q.id FROM people_positions q JOIN people_persons n ON n.id = q.person_id WHERE n.email_key = i.manager_key AND i.manager_key <> ''
				AND q.organisation_id = i.organisation_id AND q.board_id = i.board_id AND q.left_at IS NULL AND q.person_id <> ?), '') AS manager
		FROM people_invitations i WHERE i.id = ?`, person, i.ID).Scan(&kept).Error
	if err != nil {
		return err
	}
	s := OrganisationScope{i.Place.Organisation.ID, i.Place.Board.ID}
	p, err := positionAt(tx.Rx, s, person)
	if err != nil {
		return err
	}
	after := p
	setDefault(&kept.JobRole, p.JobRole)
	setDefault(&kept.Team, p.Team)
	setDefault(&kept.Group, p.Group)
	setDefault(&kept.WorksSince, p.WorksSince)
	setDefault(&kept.StaffNumber, p.StaffNumber)
	setDefault(&kept.Manager, p.Manager)
	after.JobRole, after.Team, after.Group, after.WorksSince, after.StaffNumber, after.Manager =
		kept.JobRole, kept.Team, kept.Group, kept.WorksSince, kept.StaffNumber, kept.Manager
	if after.Manager != p.Manager {
		if _, err := managerIn(tx.Rx, s, p, i.managerAddress(tx.Rx)); problem.KindOf(err) == problem.Invalid && err != nil {
			after.Manager = p.Manager // they would manage each other by now
		} else if err != nil {
			return err
		}
	}
	if err := keepPosition(tx, p, after); err != nil {
		return err
	}
	return manageThose(tx, s, p)
}

// managerAddress is the address of the manager that was kept with an invitation.
func (i Invitation) managerAddress(rx store.Rx) (key string) {
	_ = rx.Raw("SELECT manager_key FROM people_invitations WHERE id = ?", i.ID).Row().Scan(&key)
	return key
}

// positionAt is where somebody stands in an agency.
func positionAt(rx store.Rx, s OrganisationScope, person string) (p Position, err error) {
	err = rx.Raw(selectPosition+" AND q.person_id = ?", s.Organisation(), s.Board(), person).Scan(&p).Error
	return p, found(p.ID, err)
}

// manageThose has whoever has just come manage those who came before them and whose
// invitations named their address.
func manageThose(tx store.Tx, s OrganisationScope, boss Position) error {
	var led []string
	err := tx.Raw(`SELECT q.id FROM people_invitations i JOIN people_positions q ON q.person_id = i.accepted_by
			AND q.organisation_id = i.organisation_id AND q.board_id = i.board_id
		WHERE i.manager_key = (SELECT email_key FROM people_persons WHERE id = ?) AND i.manager_key <> '' AND i.organisation_id = ? AND i.board_id = ?
			AND q.left_at IS NULL AND q.manager_id IS NULL AND q.id <> ?`, boss.Person, s.Organisation(), s.Board(), boss.ID).Scan(&led).Error
	for _, id := range led {
		if err != nil {
			break
		}
		var p Position
		if p, err = PositionIn(tx.Rx, s, id); err != nil {
			break
		}
		_, circle := managerIn(tx.Rx, s, p, boss.Email)
		if problem.KindOf(circle) == problem.Invalid && circle != nil {
			continue
		}
		after := p
		after.Manager = boss.ID
		err = keepPosition(tx, p, after)
	}
	return err
}
