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
// somebody is late or will be, or parts of them: with the first letters of the week, on Monday if
// nothing is quiet.
func (s *School) digestAll(ctx context.Context, rx store.Rx, today due.Day) error {
	if begun, err := weekBegun(rx, today); err != nil || begun {
		return err
	}
	monday := today.Monday()
	var at []struct{ OrganisationID, BoardID string }
	err := rx.Raw(`SELECT DISTINCT s.organisation_id, s.board_id FROM course_standings s WHERE s.gone = 0 AND `+shown+` IN (?, ?, ?, ?)`,
		today, due.Overdue, due.Expired, due.DueSoon, due.Expiring).Scan(&at).Error
	if err != nil {
		return store.Explain(err)
	}
	var to []string
	for _, a := range at {
		leads, err := s.toDigest(rx, a.OrganisationID, a.BoardID)
		if err != nil {
			return err
		}
		to = append(to, leads...)
	}
	return store.Each(ctx, s.db, store.Actor{Via: "worker"}, to, func(tx store.Tx, lead string) error { return digestTo(tx, lead, today, monday) })
}

// weekBegun says whether the letters of an earlier day of this week were put down, and
// with them those of the week.
func weekBegun(rx store.Rx, today due.Day) (begun bool, err error) {
	err = rx.Raw("SELECT EXISTS (SELECT 1 FROM course_reminded WHERE day >= ? AND day < ?)", today.Monday(), today).Scan(&begun).Error
	return begun, store.Explain(err)
}

// toDigest lists the positions of those who lead an agency, or a part of it, in which
// somebody calls for it, unless the agency switched it off.
func (s *School) toDigest(rx store.Rx, organisation, board string) (to []string, err error) {
	switched, err := switchesAt(rx, organisation, board)
	if err != nil || switched[Weekly].Off {
		return nil, err
	}
	leads, err := people.LeadingAt(rx, organisation, board)
	if err != nil {
		return nil, err
	}
	for _, l := range leads {
		counts, err := s.standsFor(rx, l.Scope).counts(rx)
		if err != nil {
			return nil, err
		}
		if calls(counts) {
			to = append(to, l.Position)
		}
	}
	return to, nil
}

// standsFor wants everybody whom a lead answers for.
func (s *School) standsFor(rx store.Rx, scope people.OrganisationScope) rosterQuery {
	within, args := scope.WithinBy("s.team_id", "s.position_id")
	return rosterQuery{kept: " AND s.organisation_id = ? AND s.board_id = ? AND s.course = ? AND s.gone = 0 AND " + within,
		keptArgs: append([]any{scope.Organisation(), scope.Board(), s.courses[0].Slug}, args...), today: due.DayOf(rx.Now().Time)}
}

// digestTo puts the week's letter down to a lead who has none.
func digestTo(tx store.Tx, lead string, today, monday due.Day) error {
	var had bool
	err := tx.Raw("SELECT EXISTS (SELECT 1 FROM course_letters WHERE position_id = ? AND kind = ? AND planned_on = ?)", lead, ToLead, monday).Scan(&had).Error
	if err != nil || had {
		return store.Explain(err)
	}
	return putLetter(tx, ToLead, lead, today, monday)
}

// mostNamed is how many of those who are late a letter to a lead or manager names.
const mostNamed = 20

// digest fills in how those stand today for whom its reader answers, while they lead
// them still.
func (s *School) digest(rx store.Rx, row letterRow, n *Letter) error {
	lead, leads, err := people.LeadingFrom(rx, row.PositionID)
	if err != nil || !leads {
		return err
	}
	n.Place.Organisation, n.Part = n.Organisation, !lead.Scope.IsWhole()
	if n.Place.Board, err = people.BoardByID(rx, row.BoardID); err != nil {
		return err
	}
	q := s.standsFor(rx, lead.Scope)
	if n.Counts, err = q.counts(rx); err != nil || !calls(n.Counts) {
		return err
	}
	var late []struct {
		Name   string
		DueOn  due.Day
		Status due.Status
	}
	err = rx.Raw("SELECT r.name, s.due_on, "+shown+" AS status FROM course_standings s JOIN roster r ON r.id = s.position_id AND r.left_at IS NULL WHERE 1 = 1"+
		q.kept+" AND "+shown+" = ? ORDER BY s.due_on, r.name, r.id LIMIT ?",
		slices.Concat([]any{q.today}, q.keptArgs, []any{q.today, due.Overdue, mostNamed})...).Scan(&late).Error
	of := s.courses[0]
	for _, l := range late {
		n.Items = append(n.Items, LetterItem{Person: l.Name, Course: of.Title, Due: l.DueOn, Status: l.Status})
	}
	return store.Explain(err)
}
