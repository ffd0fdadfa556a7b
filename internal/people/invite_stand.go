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

// standsAt says whether somebody stands in an agency under a board now.
func standsAt(rx store.Rx, person, organisation, board string) (is bool, err error) {
	err = rx.Raw("SELECT EXISTS (SELECT 1 FROM people_positions WHERE person_id = ? AND organisation_id = ? AND board_id = ? AND left_at IS NULL)",
		person, organisation, board).Scan(&is).Error
	return is, store.Explain(err)
}
