package course

import (
	"fmt"
	"math"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/store"
)

// The rows of an enrolment as the record prints them. The line of a completed
// module bears the parts that were read by then, too: each has its number among
// those of the enrolment at the head of its seal, so that parts read later, of a
// module that grew, can be told from them.
const (
	enrolmentRow = `SELECT id, person_id, membership_id, course, cycle, created_at FROM course_enrolments WHERE id = ?`
	moduleRow    = `SELECT enrolment_id, module, attempt_id, edition, lang, at FROM course_module_completions
		WHERE enrolment_id = ? AND module = ? AND ? >= 0`
	partRows = `SELECT enrolment_id, module, section, edition, lang, at, seal FROM course_sections_read
		WHERE enrolment_id = ? AND module = ? AND CAST(seal AS INTEGER) <= ? ORDER BY CAST(seal AS INTEGER), section`
	assessedRow   = `SELECT attempt_id, enrolment_id, edition, lang, at FROM course_assessed WHERE attempt_id = ?`
	completionRow = `SELECT enrolment_id, attempt_id, edition, lang, at, valid_until FROM course_completions WHERE enrolment_id = ?`
)

const (
	enrolledVerb   = "course.enrolled"
	moduleDoneVerb = "course.module_completed"
	completedVerb  = "course.completed"
)

func subject(enrolment string) string { return "enrolment:" + enrolment }

func printOf(rx store.Rx, enrolment, row string) (string, error) {
	return audit.PrintOf(rx, []any{enrolment}, row)
}

// printOfModule prints a completed module with its parts up to a number.
func printOfModule(rx store.Rx, enrolment, module string, upTo int64) (string, error) {
	return audit.PrintOf(rx, []any{enrolment, module, upTo}, moduleRow, partRows)
}

// allParts is behind the number of every part.
const allParts = math.MaxInt64

// sealOf is the seal of the n-th part that an enrolment has read.
func sealOf(n int64, enrolment, module, section, edition, lang string, at int64) string {
	return fmt.Sprintf("%d.%s", n, audit.Seal(n, enrolment, module, section, edition, lang, at))
}

// insertRead notes a finished section; the first time counts.
func insertRead(tx store.Tx, enrolment, module, section, edition string, lang i18n.Lang) error {
	var n int64
	if err := tx.Raw("SELECT count(*) + 1 FROM course_sections_read WHERE enrolment_id = ?", enrolment).Row().Scan(&n); err != nil {
		return store.Explain(err)
	}
	return tx.Exec(`INSERT INTO course_sections_read (enrolment_id, module, section, edition, lang, at, seal)
		VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`, enrolment, module, section, edition, lang, tx.Now,
		sealOf(n, enrolment, module, section, edition, string(lang), tx.Now.UnixMicro())).Error
}
