package people

import (
	"slices"
	"strings"

	"golau/internal/i18n"
	"golau/internal/store"
)

// stands checks where somebody who is invited will stand. A lead of a part invites
// into its teams alone; where it begins with one, that is meant.
func (p *Planned) stands(rx store.Rx, v Viewer) error {
	if p.Place.Organisation.ID == "" {
		return nil
	}
	scope := OrganisationScope{p.Place.Organisation.ID, p.Place.Board.ID, Whole}
	if !v.Is(Admin) {
		for _, m := range v.leading() {
			if m.place() == p.Place {
				scope = m.scope()
			}
		}
	}
	if p.Team != "" || !scope.IsWhole() {
		teams, err := Teams(rx, scope, i18n.EN)
		if err != nil {
			return err
		}
		tops := slices.DeleteFunc(slices.Clone(teams), func(t Team) bool { return t.Depth > 0 })
		if p.Team == "" && len(tops) == 1 {
			p.Team = tops[0].ID
		}
		if !slices.ContainsFunc(teams, func(t Team) bool { return t.ID == p.Team }) {
			p.Problems["team"] = "people.team.unknown"
		}
	}
	if p.Group != "" && !slices.Contains(Groups, p.Group) {
		p.Problems["group"] = "people.position.group"
	}
	if p.WorksSince = strings.TrimSpace(p.WorksSince); p.WorksSince != "" {
		day, ok := i18n.ParseDay(p.WorksSince)
		if p.WorksSince = day; !ok || day < earliest || day > Today(rx) {
			p.Problems["works_since"] = "people.position.works_since"
		}
	}
	return nil
}

// standAs fills in the position of somebody who came by an invitation and stood
// nowhere in the agency before; one that is left untouched says what a lead said.
func standAs(tx store.Tx, person string, i Invitation) error {
	team := i.Team
	if team != "" { // it may have been closed meanwhile, with nothing above it
		if err := tx.Raw("SELECT coalesce(max(id), '') FROM people_teams WHERE id = ? AND closed_at IS NULL", team).Scan(&team).Error; err != nil {
			return err
		}
	}
	return tx.Exec(`UPDATE people_positions SET team_id = coalesce(?, team_id), training_group = CASE WHEN ? <> '' THEN ? ELSE training_group END,
			works_since = CASE WHEN ? <> '' THEN ? ELSE works_since END
		WHERE person_id = ? AND organisation_id = ? AND board_id = ?`, orNull(team), i.Group, i.Group, i.WorksSince, i.WorksSince,
		person, i.Place.Organisation.ID, i.Place.Board.ID).Error
}

// standsAt says whether somebody stands in an agency under a board now.
func standsAt(rx store.Rx, person, organisation, board string) (is bool, err error) {
	err = rx.Raw("SELECT EXISTS (SELECT 1 FROM people_positions WHERE person_id = ? AND organisation_id = ? AND board_id = ? AND left_at IS NULL)",
		person, organisation, board).Scan(&is).Error
	return is, store.Explain(err)
}
