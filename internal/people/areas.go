package people

import (
	"golau/internal/problem"
	"golau/internal/store"
)

// BoardOfCouncil returns the id of the board under which a council's area stands:
// the one that is named for it, else that of its agencies; "" where there is none, or where there are several and
// nobody can say which is meant.
func BoardOfCouncil(rx store.Rx, council string) (string, error) {
	c, err := CouncilByKey(rx, council)
	if problem.KindOf(err) == problem.NotFound && err != nil {
		return "", nil
	}
	if err != nil || c.BoardID != "" {
		return c.BoardID, err
	}
	var boards []string
	err = rx.Raw(`SELECT DISTINCT ob.board_id FROM people_organisation_boards ob
		JOIN people_organisations o ON o.id = ob.organisation_id WHERE o.council_key = ? AND o.retired_at IS NULL`, council).Scan(&boards).Error
	if err != nil || len(boards) != 1 {
		return "", store.Explain(err)
	}
	return boards[0], nil
}
