package people

import (
	"golau/internal/problem"
	"golau/internal/store"
)

// BoardScope limits a query to one board. It is made only from a viewer who is
// that board's officer, so that a forgotten condition cannot mean all boards.
type BoardScope struct{ board string }

// Board returns the board's id. It panics on the zero scope: an empty id in a
// query would be a leak or a silent nothing.
func (s BoardScope) Board() string {
	if s.board == "" {
		panic("people: a board scope that nobody granted")
	}
	return s.board
}

// OrganisationScope limits a query to one agency under one board.
type OrganisationScope struct{ organisation, board string }

// Organisation returns the agency's id. It panics on the zero scope.
func (s OrganisationScope) Organisation() string {
	if s.organisation == "" {
		panic("people: an organisation scope that nobody granted")
	}
	return s.organisation
}

// Board returns the id of the board under which the lead answers for the
// agency. It panics on the zero scope.
func (s OrganisationScope) Board() string {
	if s.board == "" {
		panic("people: an organisation scope that nobody granted")
	}
	return s.board
}

// BoardScope returns the scope of the board with the key, of which the viewer
// is an officer; with no key, that of the first such board. Another's board is
// problem.NotFound, like one that does not exist; without the role it is
// problem.Forbidden.
func (v Viewer) BoardScope(key string) (BoardScope, error) {
	if err := v.Require(SeeBoard); err != nil {
		return BoardScope{}, err
	}
	for _, m := range v.Memberships {
		if m.Role == Officer && (key == "" || m.Board.Key == key) {
			return BoardScope{m.Board.ID}, nil
		}
	}
	return BoardScope{}, notFound()
}

// OrganisationScope returns the scope of the agency with the key, of which the
// viewer is the lead; with no key, that of the first such agency. Refusals are
// those of BoardScope.
func (v Viewer) OrganisationScope(key string) (OrganisationScope, error) {
	if err := v.Require(SeeAgency); err != nil {
		return OrganisationScope{}, err
	}
	for _, m := range v.Memberships {
		if m.Role == Lead && (key == "" || m.Organisation.Key == key) {
			return OrganisationScope{m.Organisation.ID, m.Board.ID}, nil
		}
	}
	return OrganisationScope{}, notFound()
}

// LedAt returns the agency under a board that the viewer leads and the key names
// (Place.Key), with its scope; with no key, the first of them. Refusals are those
// of BoardScope.
func (v Viewer) LedAt(key string) (Place, OrganisationScope, error) {
	if err := v.Require(SeeAgency); err != nil {
		return Place{}, OrganisationScope{}, err
	}
	for _, p := range v.Led() {
		if key == "" || p.Key() == key {
			return p, OrganisationScope{p.Organisation.ID, p.Board.ID}, nil
		}
	}
	return Place{}, OrganisationScope{}, notFound()
}

// Led returns the agencies that the viewer leads, each under its board.
func (v Viewer) Led() []Place { return v.placesAs(Lead) }

// LedPosition returns a position in an agency that the viewer leads, with that
// agency. Anybody else's is problem.NotFound, without the role problem.Forbidden.
func (v Viewer) LedPosition(rx store.Rx, id string) (Position, Place, OrganisationScope, error) {
	if err := v.Require(SeeAgency); err != nil {
		return Position{}, Place{}, OrganisationScope{}, err
	}
	for _, place := range v.Led() {
		s := OrganisationScope{place.Organisation.ID, place.Board.ID}
		p, err := PositionIn(rx, s, id)
		if err == nil || problem.KindOf(err) != problem.NotFound {
			return p, place, s, err
		}
	}
	return Position{}, Place{}, OrganisationScope{}, notFound()
}

func notFound() *problem.Error { return problem.New(problem.NotFound, "people.not_found") }
