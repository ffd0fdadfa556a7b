package people

import (
	"slices"
	"strings"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// Place is an agency under one of the boards it works under: where a membership
// is.
type Place struct {
	Organisation Organisation
	Board        Board
}

// Key names a place in a form.
func (p Place) Key() string { return p.Organisation.Key + "/" + p.Board.Key }

const selectPlace = `SELECT o.id AS o_id, o.key AS o_key, o.name_en AS o_name_en, o.name_cy AS o_name_cy, o.kind AS o_kind,
		coalesce(o.council_key, '') AS o_council, o.retired_at IS NOT NULL AS o_retired,
		b.id AS b_id, b.key AS b_key, b.name_en AS b_name_en, b.name_cy AS b_name_cy, b.kind AS b_kind
	FROM people_organisation_boards ob
	JOIN people_organisations o ON o.id = ob.organisation_id
	JOIN people_boards b ON b.id = ob.board_id `

func places(rx store.Rx, where string, args ...any) ([]Place, error) {
	var rows []membershipRow
	err := rx.Raw(selectPlace+where+" ORDER BY o.key, b.key", args...).Scan(&rows).Error
	ps := make([]Place, len(rows))
	for i, r := range rows {
		m := r.membership()
		ps[i] = Place{m.Organisation, m.Board}
	}
	return ps, store.Explain(err)
}

// placesOfDomain returns the places whose people have addresses of the domain.
func placesOfDomain(rx store.Rx, domain string) ([]Place, error) {
	return places(rx, `WHERE ob.unlinked_at IS NULL AND o.retired_at IS NULL AND ob.organisation_id IN (SELECT organisation_id FROM people_email_domains WHERE domain = ?)`, domain)
}

// InvitePlaces returns where the viewer may invite people to: everywhere for an
// administrator, their own agencies for a lead. Nobody is invited to an agency
// that is retired. Others: problem.Forbidden.
func InvitePlaces(rx store.Rx, v Viewer) ([]Place, error) {
	if err := v.Require(InvitePeople); err != nil {
		return nil, err
	}
	if v.Is(Admin) {
		return places(rx, "WHERE ob.unlinked_at IS NULL AND o.retired_at IS NULL")
	}
	return slices.DeleteFunc(v.placesAs(Lead), func(p Place) bool { return p.Organisation.Retired }), nil
}

// placesAs returns the places of the viewer's memberships in a role.
func (v Viewer) placesAs(r Role) []Place {
	var ps []Place
	for _, m := range v.Memberships {
		if p := (Place{m.Organisation, m.Board}); m.Role == r && !slices.Contains(ps, p) {
			ps = append(ps, p)
		}
	}
	return ps
}

// isNamed says whether somebody means the body by s: its key, or its name in
// either language, capitals or not.
func isNamed(s, key string, name i18n.Text) bool {
	return strings.EqualFold(s, key) || strings.EqualFold(s, name.EN) || strings.EqualFold(s, name.CY)
}

// findPlace returns the place that an agency and a board name among ps. What is
// left empty may stay so where there is only one. The problem is Invalid with
// the field "organisation" or "board".
func findPlace(ps []Place, organisation, board string) (Place, error) {
	var of []Place
	byKey := slices.ContainsFunc(ps, func(p Place) bool { return strings.EqualFold(organisation, p.Organisation.Key) })
	for _, p := range ps {
		if byKey && !strings.EqualFold(organisation, p.Organisation.Key) {
			continue // a key is one agency's, a name may be that of two
		}
		if organisation == "" || isNamed(organisation, p.Organisation.Key, p.Organisation.Name) {
			of = append(of, p)
		}
	}
	several := slices.ContainsFunc(of, func(p Place) bool { return p.Organisation.ID != of[0].Organisation.ID })
	switch {
	case len(of) == 0:
		return Place{}, problem.InvalidField("organisation", "people.invite.organisation")
	case several && organisation == "":
		return Place{}, problem.InvalidField("organisation", "people.invite.which_organisation")
	case several:
		return Place{}, problem.InvalidField("organisation", "people.invite.same_name")
	case board == "" && len(of) > 1:
		return Place{}, problem.InvalidField("board", "people.invite.which_board")
	}
	for _, p := range of {
		if board == "" || isNamed(board, p.Board.Key, p.Board.Name) {
			return p, nil
		}
	}
	return Place{}, problem.InvalidField("board", "people.membership.pair")
}
