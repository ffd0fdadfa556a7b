package people

import (
	"golau/internal/i18n"
	"golau/internal/store"
)

// Moved returns up to limit positions that came, changed or were left since they
// were last taken, and takes them: the caller works out what follows in the same
// transaction.
func Moved(tx store.Tx, limit int) (ids []string, err error) {
	if err := tx.Raw("SELECT position_id FROM people_moved LIMIT ?", limit).Scan(&ids).Error; err != nil || len(ids) == 0 {
		return nil, store.Explain(err)
	}
	return ids, tx.Exec("DELETE FROM people_moved WHERE position_id IN ?", ids).Error
}

// AnyMoved says whether there is something for Moved to take.
func AnyMoved(rx store.Rx) (any bool, err error) {
	err = rx.Raw("SELECT EXISTS (SELECT 1 FROM people_moved)").Scan(&any).Error
	return any, store.Explain(err)
}

// TeamsAbove returns a team and every team that it lies in, itself first; none
// for "".
func TeamsAbove(rx store.Rx, team string) (ids []string, err error) {
	err = rx.Raw(`WITH RECURSIVE up (id, parent, n) AS (
			SELECT id, parent_id, 0 FROM people_teams WHERE id = ?
			UNION ALL SELECT t.id, t.parent_id, n + 1 FROM people_teams t JOIN up ON t.id = up.parent WHERE n < ?)
		SELECT id FROM up ORDER BY n`, team, deepest+1).Scan(&ids).Error
	return ids, store.Explain(err)
}

// TeamNamed returns a team of the agency, also one that was closed. Another
// agency's is problem.NotFound.
func TeamNamed(rx store.Rx, s OrganisationScope, id string) (t Team, closed bool, err error) {
	var row struct {
		ID, NameEN, NameCY string
		ClosedAt           store.Time
	}
	err = rx.Raw("SELECT id, name_en, name_cy, closed_at FROM people_teams WHERE id = ? AND organisation_id = ? AND board_id = ?",
		id, s.Organisation(), s.Board()).Scan(&row).Error
	return Team{ID: row.ID, Name: i18n.Text{EN: row.NameEN, CY: row.NameCY}}, !row.ClosedAt.IsZero(), found(row.ID, err)
}
