package course

import (
	"encoding/json"
	"slices"

	"golau/internal/store"
)

// read reads what must be known of the holders of positions, of all of them at once:
// asked one by one, that was most of what settling takes. Who is erased is not among
// them.
func (w *settling) read(positions []string) (them map[string]*settled, err error) {
	list, err := json.Marshal(positions)
	if err != nil {
		return nil, err
	}
	ids := string(list)
	var all []*settled
	err = w.tx.Raw(`SELECT r.id, r.person_id AS person, r.organisation_id AS organisation, r.board_id AS board, coalesce(r.team_id, '') AS team,
		r.job_role AS job, r.training_group AS "group", r.works_since AS since, r.left_at FROM json_each(?) j CROSS JOIN roster r ON r.id = j.value`, ids).Scan(&all).Error
	if err != nil {
		return nil, store.Explain(err)
	}
	them = map[string]*settled{}
	for _, p := range all {
		p.learnt = map[string]learnt{}
		them[p.ID] = p
	}
	held, err := assignments(w.tx.Rx, "WHERE a.position_id IN (SELECT value FROM json_each(?)) AND a.ended_at IS NULL", ids)
	if err != nil {
		return nil, err
	}
	for _, a := range held {
		if p := them[a.Position]; p != nil {
			p.held = append(p.held, a)
		}
	}
	if err := w.readNamed(them, ids); err != nil {
		return nil, err
	}
	if err := w.readStandings(them, ids); err != nil {
		return nil, err
	}
	return them, w.readLearnt(them, all, ids)
}

// readNamed reads which rules name them, and what they are let off: few are.
func (w *settling) readNamed(them map[string]*settled, ids string) error {
	var named []struct{ RuleID, PositionID string }
	err := w.tx.Raw("SELECT rule_id, position_id FROM course_rule_people WHERE position_id IN (SELECT value FROM json_each(?))", ids).Scan(&named).Error
	if err != nil {
		return store.Explain(err)
	}
	for _, n := range named {
		if p := them[n.PositionID]; p != nil {
			p.named = append(p.named, n.RuleID)
		}
	}
	var off []string
	err = w.tx.Raw("SELECT DISTINCT position_id FROM course_exemptions WHERE position_id IN (SELECT value FROM json_each(?))", ids).Scan(&off).Error
	for _, id := range off {
		if p := them[id]; err == nil && p != nil {
			p.off, err = letOffAt(w.tx.Rx, id)
		}
	}
	return store.Explain(err)
}

// readLearnt reads what counts for them: of whoever left, what they had finished by
// then; for few, what another account of theirs has finished too.
func (w *settling) readLearnt(them map[string]*settled, all []*settled, ids string) error {
	var there, twice []string
	for _, p := range all {
		if p.LeftAt.IsZero() {
			there = append(there, p.Person)
		}
	}
	err := w.tx.Raw("SELECT DISTINCT duplicate_of FROM roster WHERE duplicate_of IN (SELECT value FROM json_each(?))", ids).Scan(&twice).Error
	if err != nil {
		return store.Explain(err)
	}
	for _, c := range w.s.courses {
		by, err := learntByEach(w.tx.Rx, there, c.Slug, store.Time{})
		if err != nil {
			return err
		}
		for _, p := range them {
			switch {
			case !p.LeftAt.IsZero() || slices.Contains(twice, p.ID):
				p.learnt[c.Slug], err = learntAt(w.tx.Rx, p.ID, p.Person, c.Slug, p.LeftAt)
			default:
				p.learnt[c.Slug] = *by[p.Person]
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}
