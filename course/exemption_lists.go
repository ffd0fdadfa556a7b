package course

import (
	"context"
	"fmt"
	"strings"

	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// mostListed is how many exemptions a list shows; an agency has few.
const mostListed = 500

// ExemptionsOf returns the exemptions of somebody of the agency, also those that
// count no more, the newest first.
func (s *School) ExemptionsOf(ctx context.Context, scope people.OrganisationScope, position string) ([]Exemption, error) {
	return readExemptions(s.db.Read(ctx), "WHERE p.organisation_id = ? AND p.board_id = ? AND e.position_id = ? ORDER BY e.created_at DESC, e.id",
		scope.Organisation(), scope.Board(), position)
}

// Exemptions returns those of an agency that count or wait, the nearest end first.
func (s *School) Exemptions(ctx context.Context, scope people.OrganisationScope) ([]Exemption, error) {
	where, args := inAgency(scope)
	return openExemptions(s.db.Read(ctx), where, args...)
}

// ExemptionsWaiting returns those that wait for the countersignature of a board.
func (s *School) ExemptionsWaiting(ctx context.Context, scope people.BoardScope) (waiting []Exemption, err error) {
	all, err := openExemptions(s.db.Read(ctx), "WHERE p.board_id = ? AND p.left_at IS NULL AND e.needs_board = 1", scope.Board())
	for _, e := range all {
		if e.State == ExemptionWaiting {
			waiting = append(waiting, e)
		}
	}
	return waiting, err
}

// openExemptions are the exemptions that count or wait.
func openExemptions(rx store.Rx, where string, args ...any) (found []Exemption, err error) {
	all, err := readExemptions(rx, where+" AND coalesce(a.answer, 'countersigned') = 'countersigned' AND e.until_on >= ? ORDER BY e.until_on, e.id LIMIT ?",
		append(args, due.DayOf(rx.Now().Time), mostListed)...)
	for _, e := range all {
		if e.State == ExemptionInForce || e.State == ExemptionWaiting {
			found = append(found, e)
		}
	}
	return found, err
}

// ExemptionWaiting returns one that waits for the countersignature of a board;
// any other is problem.NotFound.
func (s *School) ExemptionWaiting(ctx context.Context, scope people.BoardScope, id string) (Exemption, error) {
	all, err := s.ExemptionsWaiting(ctx, scope)
	for _, e := range all {
		if e.ID == id {
			return e, nil
		}
	}
	if err == nil {
		err = problem.New(problem.NotFound, "course.not_found")
	}
	return Exemption{}, err
}

// OwnExemptions returns the exemptions of the viewer in a course that count, with
// the agency that gave each.
func (s *School) OwnExemptions(ctx context.Context, v people.Viewer, course string) (own []Exemption, err error) {
	all, err := openExemptions(s.db.Read(ctx), "WHERE p.person_id = ? AND p.left_at IS NULL AND e.course = ?", v.Person, course)
	for _, e := range all {
		if e.State == ExemptionInForce {
			own = append(own, e)
		}
	}
	return own, err
}

// Erase empties what was said of why a person was let off, or given more time. That
// they were, until when and by whom, stays without a name. It comes before the person is gone.
func Erase(tx store.Tx, person string) error {
	const theirs = "(SELECT e.id FROM course_exemptions e JOIN roster p ON p.id = e.position_id WHERE p.person_id = ?)"
	if err := tx.Exec("UPDATE course_exemption_answers SET reason = '' WHERE reason <> '' AND exemption_id IN "+theirs, person).Error; err != nil {
		return err
	}
	const more = `UPDATE course_extensions SET reason = '' WHERE reason <> '' AND assignment_id IN
		(SELECT a.id FROM course_assignments a JOIN roster p ON p.id = a.position_id WHERE p.person_id = ?)`
	if err := tx.Exec(more, person).Error; err != nil {
		return err
	}
	return tx.Exec("UPDATE course_exemptions SET reason = '' WHERE reason <> '' AND id IN "+theirs, person).Error
}

// Titles names modules by their numbers and titles.
func (s *School) Titles(slugs []string, l i18n.Lang) string {
	var titles []string
	for _, slug := range slugs {
		if slug == AssessmentPart {
			titles = append(titles, s.partTitle(slug).In(l))
		} else if m, ok := s.lib.Module(slug); ok {
			titles = append(titles, fmt.Sprintf("%d. %s", m.Number, m.Title.In(l)))
		}
	}
	return strings.Join(titles, "; ")
}
