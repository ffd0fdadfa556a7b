package people

import (
	"cmp"

	"golau/internal/problem"
	"golau/internal/store"
)

// standAs gives whoever came by an invitation, and stood nowhere in the agency
// before, the place that was kept with it, and has them manage whom they were named
// for; what was left untouched says what a lead said.
func standAs(tx store.Tx, person string, i Invitation) error {
	s := OrganisationScope{i.Place.Organisation.ID, i.Place.Board.ID, Whole}
	p, err := positionAt(tx.Rx, s, person)
	if err != nil {
		return err
	}
	after := p
	if err := tx.Raw("SELECT coalesce((SELECT id FROM people_teams WHERE id = ? AND closed_at IS NULL), ?)", i.Team, p.Team).Row().Scan(&after.Team); err != nil {
		return store.Explain(err)
	}
	after.Group, after.WorksSince, after.StaffNumber = cmp.Or(i.Group, p.Group), cmp.Or(i.WorksSince, p.WorksSince), cmp.Or(i.StaffNumber, p.StaffNumber)
	if err := numberFree(tx.Rx, s, p, after.StaffNumber); problem.KindOf(err) == problem.Invalid {
		after.StaffNumber = p.StaffNumber // somebody was given it while the invitation waited
	} else if err != nil {
		return err
	}
	if i.Manager != "" {
		boss, err := managerIn(tx.Rx, s, p, i.Manager, person)
		switch {
		case err == nil:
			after.Manager = boss
		case problem.KindOf(err) != problem.Invalid: // Invalid: not there yet, or they would manage each other
			return err
		}
	}
	if err := keepPosition(tx, p, after); err != nil {
		return err
	}
	return manageThose(tx, s, p)
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
		_, circle := managerIn(tx.Rx, s, p, boss.Email, boss.Person)
		if problem.KindOf(circle) == problem.Invalid && circle != nil {
			continue
		}
		after := p
		after.Manager = boss.ID
		err = keepPosition(tx, p, after)
	}
	return err
}
