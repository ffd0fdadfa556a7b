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

// OrganisationScope limits a query to one agency under one board, and there to the
// part of it that somebody answers for (Within).
type OrganisationScope struct {
	organisation, board string
	part                Part
}

// Organisation returns the agency's id. It panics on a scope that nobody granted.
func (s OrganisationScope) Organisation() string {
	s.granted()
	return s.organisation
}

// Board returns the id of the board under which the lead answers for the
// agency. It panics on a scope that nobody granted.
func (s OrganisationScope) Board() string {
	s.granted()
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
			return m.scope(), nil
		}
	}
	return OrganisationScope{}, notFound()
}

// scope is what a lead's membership lets them see.
func (m Membership) scope() OrganisationScope {
	return OrganisationScope{m.Organisation.ID, m.Board.ID, m.Leads}
}

// LedAt returns the agency under a board that the viewer leads and the key names
// (Place.Key), with the scope of what they lead there; with no key, the first of
// them. Refusals are those of BoardScope.
func (v Viewer) LedAt(key string) (Place, OrganisationScope, error) {
	if err := v.Require(SeeAgency); err != nil {
		return Place{}, OrganisationScope{}, err
	}
	for _, m := range v.leading() {
		if p := m.place(); key == "" || p.Key() == key {
			return p, m.scope(), nil
		}
	}
	return Place{}, OrganisationScope{}, notFound()
}

// leading returns the memberships by which the viewer leads.
func (v Viewer) leading() (ms []Membership) {
	for _, m := range v.Memberships {
		if m.Role == Lead {
			ms = append(ms, m)
		}
	}
	return ms
}

func (m Membership) place() Place { return Place{m.Organisation, m.Board} }

// Led returns the agencies that the viewer leads, wholly or in part, each under its
// board.
func (v Viewer) Led() []Place { return v.placesAs(Lead) }

// LedWhole returns those of which the viewer leads everybody.
func (v Viewer) LedWhole() (ps []Place) {
	for _, m := range v.leading() {
		if m.scope().IsWhole() {
			ps = append(ps, m.place())
		}
	}
	return ps
}

// LedWholeAt is LedAt for what only leads of a whole agency do; a part of one is
// problem.NotFound.
func (v Viewer) LedWholeAt(key string) (Place, OrganisationScope, error) {
	if err := v.Require(SeeAgency); err != nil {
		return Place{}, OrganisationScope{}, err
	}
	for _, m := range v.leading() {
		if p := m.place(); m.scope().IsWhole() && (key == "" || p.Key() == key) {
			return p, m.scope(), nil
		}
	}
	return Place{}, OrganisationScope{}, notFound()
}

// LedPosition returns a position in what the viewer leads, with its agency.
// Anybody else's is problem.NotFound, without the role problem.Forbidden.
func (v Viewer) LedPosition(rx store.Rx, id string) (Position, Place, OrganisationScope, error) {
	if err := v.Require(SeeAgency); err != nil {
		return Position{}, Place{}, OrganisationScope{}, err
	}
	for _, m := range v.leading() {
		p, err := PositionIn(rx, m.scope(), id)
		if err == nil || problem.KindOf(err) != problem.NotFound {
			return p, m.place(), m.scope(), err
		}
	}
	return Position{}, Place{}, OrganisationScope{}, notFound()
}

func notFound() *problem.Error { return problem.New(problem.NotFound, "people.not_found") }
