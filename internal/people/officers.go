package people

import "golau/internal/store"

// BoardOfficer is somebody who answers for a board now and may come in.
type BoardOfficer struct {
	Person string
	Scope  BoardScope
}

// BoardOfficers returns everybody who answers for a board, once for each. It is for
// letters to them, which no viewer asks for.
func BoardOfficers(rx store.Rx) ([]BoardOfficer, error) { return officers(rx, "") }

// BoardOfficerOf returns the scope of an officer for one board; ok is false where they
// answer for it no more, or may not come in.
func BoardOfficerOf(rx store.Rx, person, board string) (s BoardScope, ok bool, err error) {
	all, err := officers(rx, " AND m.person_id = ? AND m.board_id = ?", person, board)
	if err != nil || len(all) == 0 {
		return s, false, err
	}
	return all[0].Scope, true, nil
}

func officers(rx store.Rx, where string, args ...any) (all []BoardOfficer, err error) {
	var rows []struct{ PersonID, BoardID string }
	err = rx.Raw(`SELECT DISTINCT m.person_id, m.board_id FROM people_memberships m JOIN people_persons p ON p.id = m.person_id
		WHERE m.role = 'officer' AND m.unconfirmed = 0 AND m.ended_at IS NULL`+where+`
			AND p.suspended_at IS NULL AND p.erased_at IS NULL ORDER BY m.board_id, m.person_id`, args...).Scan(&rows).Error
	for _, r := range rows {
		all = append(all, BoardOfficer{r.PersonID, BoardScope{r.BoardID}})
	}
	return all, store.Explain(err)
}
