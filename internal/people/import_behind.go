package people

import "golau/internal/store"

// readBehind reads who stands behind whom, as the same person: a list may know them
// by the address of either account.
func (t *there) readBehind(rx store.Rx, s OrganisationScope) error {
	t.behind = map[string]*placed{}
	var pairs []struct{ EmailKey, Kept string }
	err := rx.Raw(`SELECT n.email_key, q.duplicate_of AS kept FROM people_positions q JOIN people_persons n ON n.id = q.person_id
		WHERE q.duplicate_of IS NOT NULL AND q.organisation_id = ? AND q.board_id = ?`, s.Organisation(), s.Board()).Scan(&pairs).Error
	for _, p := range pairs {
		if o := t.byID[p.Kept]; o != nil {
			t.behind[p.EmailKey] = o
		}
	}
	return store.Explain(err)
}

// asKept has a row with the address of an account that stands behind another be
// about that one: nobody is invited who is there, and nobody is missing who is in
// the list by their other address. Where the list has both, theirs is the row that
// counts.
func (m *importMatch) asKept(lines []importLine) (all []importLine) {
	has := map[string]bool{}
	for _, l := range lines {
		has[l.key] = true
	}
	for _, l := range lines {
		if o := m.behind[l.key]; o != nil && has[o.key] {
			m.plan.Unchanged++
			continue
		} else if o != nil {
			l.key, has[o.key] = o.key, true
		}
		all = append(all, l)
	}
	return all
}
