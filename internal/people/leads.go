package people

import "golau/internal/store"

// LeadsAt returns the positions of those who lead all of an agency under a board now
// and may come in: whoever leads a part hears of nobody beyond it. It is for letters to them, which no viewer asks for.
func LeadsAt(rx store.Rx, organisation, board string) (positions []string, err error) {
	all, err := leading(rx, " AND m.leads_part = 0 AND m.organisation_id = ? AND m.board_id = ?", organisation, board)
	for _, l := range all {
		positions = append(positions, l.Position)
	}
	return positions, err
}

// Leading is somebody who leads an agency, or a part of it.
type Leading struct {
	Position string
	Scope    OrganisationScope // of what they lead
}

// LeadingAt returns those who lead all of an agency under a board, or a part of it,
// now and may come in. Like LeadsAt it is for letters.
func LeadingAt(rx store.Rx, organisation, board string) ([]Leading, error) {
	return leading(rx, " AND m.organisation_id = ? AND m.board_id = ?", organisation, board)
}

// LeadingFrom returns what the holder of a position leads where they stand; ok is
// false where they lead nothing there, or may not come in.
func LeadingFrom(rx store.Rx, position string) (l Leading, ok bool, err error) {
	all, err := leading(rx, " AND q.id = ?", position)
	if err != nil || len(all) == 0 {
		return l, false, err
	}
	return all[0], true, nil
}

// leading reads who leads, each once: where somebody leads a part and the whole of
// it too, the whole.
func leading(rx store.Rx, where string, args ...any) (all []Leading, err error) {
	var rows []struct {
		ID, OrganisationID, BoardID string
		Leads                       Part
	}
	err = rx.Raw(`SELECT q.id, m.organisation_id, m.board_id, `+ledPart+` AS leads
		FROM people_memberships m JOIN people_persons p ON p.id = m.person_id
		JOIN people_positions q ON q.person_id = m.person_id AND q.organisation_id = m.organisation_id AND q.board_id = m.board_id
		WHERE m.role = 'lead' AND m.unconfirmed = 0 AND m.ended_at IS NULL`+where+`
			AND q.left_at IS NULL AND q.suspended_at IS NULL AND p.suspended_at IS NULL AND p.erased_at IS NULL
		ORDER BY q.id, m.leads_part`, args...).Scan(&rows).Error
	for _, r := range rows {
		if n := len(all); n == 0 || all[n-1].Position != r.ID {
			all = append(all, Leading{r.ID, OrganisationScope{r.OrganisationID, r.BoardID, r.Leads}})
		}
	}
	return all, store.Explain(err)
}
