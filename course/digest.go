package course

import (
	"context"
	"slices"

	"golau/course/due"
	"golau/internal/people"
	"golau/internal/store"
)

// calls says whether a lead has to look at anything.
func calls(counts map[due.Status]int) bool {
	return counts[due.Overdue]+counts[due.Expired]+counts[due.DueSoon]+counts[due.Expiring] > 0
}

// digestAll puts down the letters of the week to those who lead agencies in which
// somebody is late or will be: with the first letters of the week, on Monday if
// nothing is quiet.
func (s *School) digestAll(ctx context.Context, rx store.Rx, today due.Day) error {
	monday := today.Monday()
	var done bool
	if err := rx.Raw("SELECT EXISTS (SELECT 1 FROM course_reminded WHERE day >= ? AND day < ?)", monday, today).Scan(&done).Error; err != nil || done {
		return store.Explain(err)
	}
	var at []struct{ OrganisationID, BoardID string }
	err := rx.Raw(`SELECT DISTINCT s.organisation_id, s.board_id FROM course_standings s WHERE s.gone = 0 AND `+shown+` IN (?, ?, ?, ?)`,
		today, due.Overdue, due.Expired, due.DueSoon, due.Expiring).Scan(&at).Error
	if err != nil {
		return store.Explain(err)
	}
	for some := range slices.Chunk(at, remindAtOnce) {
		err := s.db.Write(ctx, store.Actor{Via: "worker"}, func(_ context.Context, tx store.Tx) error {
			for _, a := range some {
				if err := digestAt(tx, a.OrganisationID, a.BoardID, today, monday); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// digestAt puts the week's letter down to each lead of an agency who has none.
func digestAt(tx store.Tx, organisation, board string, today, monday due.Day) error {
	leads, err := people.LeadsAt(tx.Rx, organisation, board)
	if err != nil {
		return err
	}
	for _, lead := range leads {
		var had bool
		err := tx.Raw("SELECT EXISTS (SELECT 1 FROM course_letters WHERE position_id = ? AND kind = ? AND planned_on = ?)", lead, ToLead, monday).Scan(&had).Error
		if err == nil && !had {
			err = putLetter(tx, ToLead, lead, today, monday)
		}
		if err != nil {
			return store.Explain(err)
		}
	}
	return nil
}

// mostNamed is how many of those who are late a letter to a lead or manager names.
const mostNamed = 20

// digest fills in how an agency's people stand today, for one who leads it still.
func (s *School) digest(rx store.Rx, row letterRow, n *Letter) (err error) {
	leads, err := people.LeadsAt(rx, row.OrganisationID, row.BoardID)
	if err != nil || !slices.Contains(leads, row.PositionID) {
		return err
	}
	n.Place.Organisation = n.Organisation
	if n.Place.Board, err = people.BoardByID(rx, row.BoardID); err != nil {
		return err
	}
	of, today := s.courses[0], due.DayOf(rx.Now().Time)
	q := rosterQuery{kept: " AND s.organisation_id = ? AND s.board_id = ? AND s.course = ? AND s.gone = 0", keptArgs: []any{row.OrganisationID, row.BoardID, of.Slug}, today: today}
	if n.Counts, err = q.counts(rx); err != nil || !calls(n.Counts) {
		return err
	}
	var late []struct {
		Name   string
		DueOn  due.Day
		Status due.Status
	}
	err = rx.Raw(`SELECT r.name, s.due_on, ?2 AS status FROM course_standings s JOIN roster r ON r.id = s.position_id AND r.left_at IS NULL
		WHERE s.organisation_id = ?3 AND s.board_id = ?4 AND s.course = ?5 AND s.gone = 0
			AND CASE WHEN s.turns_on <> '' AND s.turns_on <= ?1 THEN s.next_status ELSE s.status END = ?2
		ORDER BY s.due_on, r.name, r.id LIMIT ?6`, today, due.Overdue, row.OrganisationID, row.BoardID, of.Slug, mostNamed).Scan(&late).Error
	for _, l := range late {
		n.Items = append(n.Items, LetterItem{Person: l.Name, Course: of.Title, Due: l.DueOn, Status: l.Status})
	}
	return store.Explain(err)
}
