package certificates

import (
	"golau/internal/audit"
	"golau/internal/store"
)

// The rows of evidence as they are printed into the record: every column, named,
// so that a column added later leaves old prints as they are. The second
// parameter tells the rows of one certificate apart.
//
// The holder's name is in no print: a print stays when the name is erased, and
// whoever has the database could try names on it. The signature answers for the
// name. namedRow is how rows were printed before.
const (
	issuedRow = `SELECT id, kind, revision, person_id, enrolment_id, attempt_id, organisation_id, course_slug,
		title_en, title_cy, edition, edition_hash, language, minutes, objectives, board_id, board_en, board_cy, completed_at,
		valid_until, reviewed, demonstration, issued_at FROM certificates_issued WHERE id = ? AND ? = ''`
	namedRow = `SELECT id, kind, revision, person_id, enrolment_id, attempt_id, organisation_id, holder_name, course_slug,
		title_en, title_cy, edition, edition_hash, language, minutes, objectives, board_id, board_en, board_cy, completed_at,
		valid_until, reviewed, demonstration, issued_at FROM certificates_issued WHERE id = ? AND ? = ''`
	// stubRow is all that is left of a certificate whose holder was erased. What
	// was signed is in it by its hash, which nobody can try names on: they would
	// have to sign them.
	stubRow = `SELECT i.id, i.kind, i.revision, i.person_id, i.enrolment_id, i.attempt_id, i.organisation_id, i.holder_name, i.course_slug,
		i.title_en, i.title_cy, i.edition, i.edition_hash, i.language, i.minutes, i.objectives, i.board_id, i.board_en, i.board_cy,
		i.completed_at, i.valid_until, i.reviewed, i.demonstration, i.issued_at, g.kid, g.token, g.signed_at, x.token_hash, x.held, x.at
		FROM certificates_erased x JOIN certificates_issued i ON i.id = x.certificate_id
		JOIN certificates_signatures g ON g.certificate_id = i.id WHERE x.certificate_id = ? AND ? = ''`
	signatureRow = "SELECT certificate_id, kid, token, signed_at FROM certificates_signatures WHERE certificate_id = ? AND ? = ''"
	statusRow    = "SELECT certificate_id, status, successor_id, reason, at FROM certificates_status WHERE certificate_id = ? AND status = ?"
	registerRow  = "SELECT id, board_id, certificate_id, entered_at FROM certificates_register WHERE certificate_id = ? AND ? = ''"
	keyRow       = "SELECT kid, public, added_at FROM certificates_keys WHERE kid = ? AND ? = ''"
)

// printOf is a hash over everything that a row holds, "" when it is not there.
func printOf(rx store.Rx, row, id, which string) (string, error) {
	return audit.PrintOf(rx, []any{id, which}, row)
}

// recordOf writes into the record what happened to a certificate, with the print
// of the row that says so.
func recordOf(tx store.Tx, verb, id, row, which string, detail map[string]any) error {
	p, err := printOf(tx.Rx, row, id, which)
	if err != nil {
		return err
	}
	return audit.RecordOf(tx, verb, subject(id), p, detail)
}
