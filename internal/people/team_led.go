package people

import (
	"golau/internal/problem"
	"golau/internal/store"
)

// LedTeam returns an open team of an agency that the viewer leads, with that
// agency. Anybody else's is problem.NotFound, without the role problem.Forbidden.
func (v Viewer) LedTeam(rx store.Rx, id string) (Team, Place, OrganisationScope, error) {
	if err := v.Require(SeeAgency); err != nil {
		return Team{}, Place{}, OrganisationScope{}, err
	}
	for _, place := range v.Led() {
		s := OrganisationScope{place.Organisation.ID, place.Board.ID}
		teams, err := TeamsCounted(rx, s, v.Language)
		if err != nil {
			return Team{}, Place{}, s, err
		}
		for _, t := range teams {
			if t.ID == id {
				return t, place, s, nil
			}
		}
	}
	return Team{}, Place{}, OrganisationScope{}, problem.New(problem.NotFound, "people.not_found")
}
