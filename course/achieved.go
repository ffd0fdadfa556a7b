package course

import (
	"context"

	"golau/certificates"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// Achieved is a course that somebody has finished, as their agency or board hears
// of it: never an answer or a mark.
type Achieved struct {
	Position    string // where they stood when they did, or stand now
	Name        string
	StaffNumber string
	Agency      string // id
	AgencyName  i18n.Text
	Course      string
	Edition     string
	Language    i18n.Lang
	At, Until   store.Time // Until is zero where it counts for ever
	// Number is that of the newest certificate, and Certificate its status; both are
	// empty while there is none.
	Number      string
	Certificate certificates.Status
}

// AchievedPlace is a place in the order of Achieved.
type AchievedPlace struct {
	At                  store.Time
	Position, Enrolment string
}

// Whose are those of whom is asked: an agency's people under a board, or all of a
// board's. It is made from a scope, so that nothing can mean everybody.
type Whose struct {
	from, where string
	args        []any
}

// An agency's few are found by where they stand, and then put in order; a board's
// many by when they finished, as they are in order already. A CROSS JOIN is read in
// the order in which it is written.
const (
	fromPlaces = "roster r CROSS JOIN course_enrolments e ON e.person_id = r.person_id CROSS JOIN course_completions d ON d.enrolment_id = e.id"
	fromTimes  = "course_completions d CROSS JOIN course_enrolments e ON e.id = d.enrolment_id CROSS JOIN roster r ON r.person_id = e.person_id"
)

// OfAgency are the people of an agency, or of the part of it that the scope holds.
func OfAgency(s people.OrganisationScope) Whose {
	within, of := s.Within("r")
	return Whose{fromPlaces, "r.organisation_id = ? AND r.board_id = ? AND " + within, append([]any{s.Organisation(), s.Board()}, of...)}
}

// OfBoard are the people of a board's agencies.
func OfBoard(s people.BoardScope) Whose { return Whose{fromTimes, "r.board_id = ?", []any{s.Board()}} }

// rest is the query behind its columns.
func (w Whose) rest() string {
	return " FROM " + w.from + " WHERE " + w.where + ` AND e.course = ? AND (r.duplicate_of IS NOT NULL OR d.at <= coalesce(r.left_at, d.at))
		AND d.at >= coalesce(?, 0) AND (d.at, r.id, e.id) > (coalesce(?, 0), ?, ?) ORDER BY d.at, r.id, e.id LIMIT ?`
}

// Achieved returns up to limit of what was finished since a moment, the oldest
// first, behind the place after, and the last place where there is more. What came
// after somebody left an agency is none of it, but for who stands behind another
// position there, for which it counts. No such course is problem.NotFound.
func (s *School) Achieved(ctx context.Context, w Whose, course string, since store.Time, after AchievedPlace, limit int) (all []Achieved, next *AchievedPlace, err error) {
	if _, err := s.Course(course); err != nil {
		return nil, nil, err
	}
	if w.where == "" {
		panic("course: whose completions? nobody granted a scope")
	}
	rx := s.db.Read(ctx)
	if since.Before(after.At.Time) {
		since = after.At
	}
	rows, err := rx.Query("SELECT r.id, r.name, r.staff_number, r.organisation_id, e.id, e.course, d.edition, d.lang, d.at, d.valid_until"+w.rest(),
		append(append([]any{}, w.args...), course, since, after.At, after.Position, after.Enrolment, limit+1)...)
	if err != nil {
		return nil, nil, store.Explain(err)
	}
	defer rows.Close()
	var enrolments []string
	for rows.Next() {
		var a Achieved
		var enrolment string
		if err := rows.Scan(&a.Position, &a.Name, &a.StaffNumber, &a.Agency, &enrolment, &a.Course, &a.Edition, &a.Language, &a.At, &a.Until); err != nil {
			return nil, nil, store.Explain(err)
		}
		all, enrolments = append(all, a), append(enrolments, enrolment)
	}
	if err := rows.Err(); err != nil {
		return nil, nil, store.Explain(err)
	}
	if len(all) > limit {
		all, enrolments = all[:limit], enrolments[:limit]
		next = &AchievedPlace{all[limit-1].At, all[limit-1].Position, enrolments[limit-1]}
	}
	return all, next, certify(rx, all, enrolments)
}

// certify fills in the certificates and the agencies' names.
func certify(rx store.Rx, all []Achieved, enrolments []string) error {
	newest, err := certificates.NewestOf(rx, enrolments)
	if err != nil {
		return err
	}
	ids := make([]string, len(all))
	for i, a := range all {
		ids[i] = a.Agency
	}
	names, err := people.Called(rx, "organisation", ids)
	for i, e := range enrolments {
		all[i].AgencyName = names[all[i].Agency]
		if c, ok := newest[e]; ok {
			all[i].Number, all[i].Certificate = c.Number(), c.StatusAt(rx.Now())
		}
	}
	return err
}
