package people

import (
	"strings"

	"golau/internal/problem"
	"golau/internal/store"
)

// manages says whether the person p is somebody's line manager now: nobody is who
// has left, or whom the agency has suspended.
const manages = `EXISTS (SELECT 1 FROM people_positions g JOIN people_positions u ON u.manager_id = g.id AND u.left_at IS NULL
		WHERE g.person_id = p.id AND g.left_at IS NULL AND g.suspended_at IS NULL)`

// Staff are the people of a line manager in one agency: scopes by which their status
// is read and they are reminded of what is asked, and nothing else.
type Staff struct {
	Place Place
	Own   OrganisationScope // whose manager they are
	Below OrganisationScope // whom these manage in turn, however deep
	Deep  bool              // there are any
}

// StaffOf returns the people whom the viewer manages, agency by agency. Whoever
// manages nobody is problem.Forbidden.
func StaffOf(rx store.Rx, v Viewer) (all []Staff, err error) {
	var at []struct{ ID, OrganisationID, BoardID string }
	err = rx.Raw(`SELECT id, organisation_id, board_id FROM people_positions
		WHERE person_id = ? AND left_at IS NULL AND suspended_at IS NULL ORDER BY began_at, id`, v.Person).Scan(&at).Error
	if err != nil {
		return nil, store.Explain(err)
	}
	for _, a := range at {
		s := Staff{}
		var below []string
		for place := range placesOnly(v.Memberships) {
			if place.Organisation.ID == a.OrganisationID && place.Board.ID == a.BoardID {
				s.Place = place
			}
		}
		own, err := staffBelow(rx, a.ID, false)
		if err == nil {
			below, err = staffBelow(rx, a.ID, true)
		}
		if err != nil {
			return nil, err
		}
		if len(own) == 0 || s.Place.Organisation.ID == "" {
			continue
		}
		s.Own = OrganisationScope{a.OrganisationID, a.BoardID, staffPart(own)}
		s.Below, s.Deep = OrganisationScope{a.OrganisationID, a.BoardID, staffPart(below)}, len(below) > 0
		all = append(all, s)
	}
	if len(all) == 0 {
		return nil, problem.New(problem.Forbidden, "people.forbidden")
	}
	return all, nil
}

// StaffWith returns those people of the viewer's among whom the position is, of which
// they are the line manager themselves. Another's is problem.NotFound, like one that
// never was.
func StaffWith(rx store.Rx, v Viewer, position string) (Staff, error) {
	all, err := StaffOf(rx, v)
	if err != nil {
		return Staff{}, err
	}
	for _, s := range all {
		if _, err := HolderIn(rx, s.Own, position); problem.KindOf(err) != problem.NotFound {
			return s, err
		}
	}
	return Staff{}, notFound()
}

// Holder is who holds a position, by their id alone.
type Holder struct {
	Person string
	Left   bool
}

// HolderIn returns who holds a position of what the scope holds, also a line
// manager's: enough to remind them, and nothing of their page. Another's is
// problem.NotFound, like one that never was.
func HolderIn(rx store.Rx, s OrganisationScope, id string) (h Holder, err error) {
	within, args := s.Within("q")
	err = rx.Raw("SELECT q.person_id AS person, q.left_at IS NOT NULL AS left FROM people_positions q JOIN people_persons n ON n.id = q.person_id WHERE n.erased_at IS NULL AND q.organisation_id = ? AND q.board_id = ? AND q.id = ? AND "+within,
		append([]any{s.Organisation(), s.Board(), id}, args...)...).Scan(&h).Error
	return h, found(h.Person, err)
}

// placesOnly ranges over where memberships are.
func placesOnly(ms []Membership) map[Place]bool {
	places := map[Place]bool{}
	for _, m := range ms {
		places[m.place()] = true
	}
	return places
}

func staffPart(ids []string) Part {
	return Part(strings.Join(append([]string{someStaff}, ids...), " "))
}

// staffBelow returns the positions that one manages itself or, below, those that
// are managed by them in turn. Whoever has left manages nobody, and is nobody's. Read in
// the order in which it is written: a manager's people, not everybody.
func staffBelow(rx store.Rx, position string, below bool) (ids []string, err error) {
	err = rx.Raw(`WITH RECURSIVE staff (id) AS (SELECT id FROM people_positions WHERE manager_id = ?1 AND left_at IS NULL
			UNION SELECT u.id FROM staff s CROSS JOIN people_positions u ON u.manager_id = s.id WHERE u.left_at IS NULL)
		SELECT q.id FROM staff CROSS JOIN people_positions q ON q.id = staff.id WHERE q.id <> ?1 AND (q.manager_id <> ?1) = ?2`, position, below).Scan(&ids).Error
	return ids, store.Explain(err)
}
