package people

import (
	"golau/internal/problem"
	"golau/internal/store"
)

// LedTeam returns an open team of what the viewer leads, with its agency. Anybody else's is problem.NotFound, without the role problem.Forbidden.
func (v Viewer) LedTeam(rx store.Rx, id string) (Team, Place, OrganisationScope, error) {
	if err := v.Require(SeeAgency); err != nil {
		return Team{}, Place{}, OrganisationScope{}, err
	}
	for _, m := range v.leading() {
		teams, err := TeamsCounted(rx, m.scope(), v.Language)
		if err != nil {
			return Team{}, Place{}, m.scope(), err
		}
		for _, t := range teams {
			if t.ID == id {
				return t, m.place(), m.scope(), nil
			}
		}
	}
	return Team{}, Place{}, OrganisationScope{}, problem.New(problem.NotFound, "people.not_found")
}
