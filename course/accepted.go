package course

import (
	"errors"
	"fmt"

	"golau/internal/audit"
	"golau/internal/store"
)

// acceptedVerb is the line of the record that an acceptance is printed in.
const acceptedVerb = "course.unreviewed_accepted"

func acceptanceSubject(id string) string { return "acceptance:" + id }

const (
	acceptanceColumns = `id, course, edition, edition_hash, lang, statement, statement_print, office, reason, accepted_by, accepted_at`
	acceptanceRow     = `SELECT ` + acceptanceColumns + ` FROM course_acceptances WHERE id = ?`
)

func insertAcceptance(tx store.Tx, a Acceptance) (print string, err error) {
	values := []any{a.ID, a.Course, a.Edition, a.EditionHash, a.Lang, a.Statement, a.Print, a.Office, a.Reason, a.By, a.At}
	if err := tx.Exec(`INSERT INTO course_acceptances (`+acceptanceColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, values...).Error; err != nil {
		return "", err
	}
	return audit.PrintOf(tx.Rx, []any{a.ID}, acceptanceRow)
}

// acceptances lists those of a course, the newest first.
func acceptances(rx store.Rx, course string) ([]Acceptance, error) {
	return scanAcceptances(rx, `SELECT `+acceptanceColumns+` FROM course_acceptances WHERE course = ? ORDER BY accepted_at DESC, id`, course)
}

// acceptanceOf returns that of an edition, the zero one where there is none.
func acceptanceOf(rx store.Rx, course, edition string) (Acceptance, error) {
	all, err := scanAcceptances(rx, `SELECT `+acceptanceColumns+` FROM course_acceptances WHERE course = ? AND edition = ?`, course, edition)
	if err != nil || len(all) == 0 {
		return Acceptance{}, err
	}
	return all[0], nil
}

func scanAcceptances(rx store.Rx, query string, args ...any) (all []Acceptance, err error) {
	rows, err := rx.Query(query, args...)
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var a Acceptance
		if err := rows.Scan(&a.ID, &a.Course, &a.Edition, &a.EditionHash, &a.Lang, &a.Statement, &a.Print, &a.Office, &a.Reason, &a.By, &a.At); err != nil {
			return nil, store.Explain(err)
		}
		all = append(all, a)
	}
	return all, store.Explain(rows.Err())
}

// readyForFinal returns the persons who have done every module of a course and have
// not completed it.
func readyForFinal(rx store.Rx, c *Course) (persons []string, err error) {
	var modules []string
	for _, e := range c.Entries {
		modules = append(modules, e.Slug)
	}
	err = rx.Raw(`SELECT DISTINCT e.person_id FROM course_enrolments e WHERE e.course = ?
		AND NOT EXISTS (SELECT 1 FROM course_completions c WHERE c.enrolment_id = e.id)
		AND (SELECT count(*) FROM course_module_completions m WHERE m.enrolment_id = e.id AND m.module IN ?) = ?`,
		c.Slug, modules, len(modules)).Scan(&persons).Error
	return persons, store.Explain(err)
}

// acceptancesHold holds every acceptance to the record, in both directions, and its
// statement to its print.
func acceptancesHold(rx store.Rx) error {
	rows, err := rx.Query(`SELECT id, statement, statement_print FROM course_acceptances ORDER BY id`)
	if err != nil {
		return store.Explain(err)
	}
	defer rows.Close()
	type kept struct{ id, statement, print string }
	var all []kept
	for rows.Next() {
		var k kept
		if err := rows.Scan(&k.id, &k.statement, &k.print); err != nil {
			return err
		}
		all = append(all, k)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return store.Explain(err)
	}
	var found audit.Faults
	for _, k := range all {
		found.Add(acceptanceHolds(rx, k.id, k.statement, k.print))
	}
	known, err := audit.Count(rx, acceptedVerb)
	if err == nil && known != len(all) {
		err = fmt.Errorf("the record knows of %d acceptances of a course that nobody has reviewed, and there are %d", known, len(all))
	}
	found.Add(err)
	return found.Err()
}

func acceptanceHolds(rx store.Rx, id, statement, print string) error {
	lines, err := audit.About(rx, acceptanceSubject(id))
	if err != nil {
		return err
	}
	is, err := audit.PrintOf(rx, []any{id}, acceptanceRow)
	if err != nil {
		return err
	}
	if _, err := audit.Agree(lines, acceptedVerb, []audit.Row{{Name: "its row", Prints: []string{is}}}); err != nil {
		return fmt.Errorf("acceptance %s: %w", id, err)
	}
	if print != PrintOfStatement(statement) {
		return fmt.Errorf("acceptance %s: its statement was changed", id)
	}
	return nil
}
