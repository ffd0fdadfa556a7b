package people

import "golau/internal/store"

// LeadsAt returns the positions of those who lead all of an agency under a board now
// and may come in: whoever leads a part hears of nobody beyond it. It is for letters to them, which no viewer asks for.
func LeadsAt(rx store.Rx, organisation, board string) (positions []string, err error) {
	err = rx.Raw(`SELECT DISTINCT q.id FROM people_memberships m JOIN people_persons p ON p.id = m.person_id
		JOIN people_positions q ON q.person_id = m.person_id AND q.organisation_id = m.organisation_id AND q.board_id = m.board_id
		WHERE m.organisation_id = ? AND m.board_id = ? AND m.role = 'lead' AND m.leads_part = 0 AND m.unconfirmed = 0 AND (m.ended_at IS NULL OR m.ended_at > ?)
			AND q.left_at IS NULL AND q.suspended_at IS NULL AND p.suspended_at IS NULL AND p.erased_at IS NULL ORDER BY q.id`, organisation, board, rx.Now()).Scan(&positions).Error
	return positions, store.Explain(err)
}
