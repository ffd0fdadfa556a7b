package certificates

import (
	"database/sql"
	"encoding/json"
	"errors"

	"golau/internal/store"
)

// selection reads whole certificates; scan knows its order.
const selection = `SELECT c.id, c.kind, c.revision, c.person_id, c.enrolment_id, c.attempt_id, c.organisation_id,
	c.holder_name, c.course_slug, c.title_en, c.title_cy, c.edition, c.edition_hash, c.language, c.minutes,
	c.objectives, c.board_id, c.board_en, c.board_cy, c.completed_at, c.valid_until, c.reviewed, c.demonstration,
	c.issued_at, COALESCE(g.token, ''), COALESCE(x.token_hash, ''), COALESCE(x.held, 0),
	EXISTS (SELECT 1 FROM certificates_status s WHERE s.certificate_id = c.id AND s.status = 'superseded'),
	EXISTS (SELECT 1 FROM certificates_status s WHERE s.certificate_id = c.id AND s.status = 'revoked')
	FROM certificates_issued c LEFT JOIN certificates_signatures g ON g.certificate_id = c.id
	LEFT JOIN certificates_erased x ON x.certificate_id = c.id `

func scan(row interface{ Scan(...any) error }) (Certificate, error) {
	var c Certificate
	var objectives string
	err := row.Scan(&c.ID, &c.Kind, &c.Revision, &c.Person, &c.Enrolment, &c.Attempt, &c.Organisation,
		&c.HolderName, &c.Course.Slug, &c.Course.Title.EN, &c.Course.Title.CY, &c.Course.Edition, &c.EditionHash,
		&c.Language, &c.Course.Minutes, &objectives, &c.Board.ID, &c.Board.Name.EN, &c.Board.Name.CY,
		&c.Completed, &c.ValidUntil, &c.Reviewed, &c.Demonstration, &c.Issued, &c.Token, &c.SignedHash, &c.Held, &c.Superseded, &c.Revoked)
	if err != nil {
		return Certificate{}, err
	}
	if c.Erased = c.SignedHash != ""; c.Erased && c.HolderName == noName {
		c.HolderName = ""
	}
	return c, json.Unmarshal([]byte(objectives), &c.Objectives)
}

// one reads the certificate that a condition finds.
func one(rx store.Rx, where string, args ...any) (c Certificate, found bool, err error) {
	c, err = scan(rx.Raw(selection+where, args...).Row())
	if errors.Is(err, sql.ErrNoRows) {
		return Certificate{}, false, nil
	}
	return c, err == nil, store.Explain(err)
}

func many(rx store.Rx, where string, args ...any) ([]Certificate, error) {
	rows, err := rx.Raw(selection+where, args...).Rows()
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	var cs []Certificate
	for rows.Next() {
		c, err := scan(rows)
		if err != nil {
			return nil, store.Explain(err)
		}
		cs = append(cs, c)
	}
	return cs, store.Explain(rows.Err())
}

func byID(rx store.Rx, id string) (Certificate, bool, error) { return one(rx, "WHERE c.id = ?", id) }

// issuedBefore returns the certificate that stands where c was to be written.
func issuedBefore(rx store.Rx, c Certificate) (Certificate, error) {
	before, found, err := one(rx, "WHERE c.enrolment_id = ? AND c.course_slug = ? AND c.kind = ? AND c.revision = ?",
		c.Enrolment, c.Course.Slug, c.Kind, c.Revision)
	if err == nil && !found {
		err = errors.New("certificates: neither written nor there")
	}
	return before, err
}

// For returns a person's certificates, the newest first.
func For(rx store.Rx, person string) ([]Certificate, error) {
	return many(rx, "WHERE c.person_id = ? ORDER BY c.issued_at DESC, c.id", person)
}

// ByID returns one of a person's own certificates; problem.NotFound also for
// someone else's.
func ByID(rx store.Rx, person, id string) (Certificate, error) {
	c, found, err := one(rx, "WHERE c.id = ? AND c.person_id = ?", id, person)
	if err == nil && !found {
		err = notFound()
	}
	return c, err
}

// insertIssued writes c unless its enrolment has one of this revision already.
func insertIssued(tx store.Tx, c Certificate) (written bool, err error) {
	objectives, err := json.Marshal(c.Objectives)
	if err != nil {
		return false, err
	}
	r := tx.Exec(`INSERT INTO certificates_issued (id, kind, revision, person_id, enrolment_id, attempt_id, organisation_id,
		holder_name, course_slug, title_en, title_cy, edition, edition_hash, language, minutes, objectives,
		board_id, board_en, board_cy, completed_at, valid_until, reviewed, demonstration, issued_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (enrolment_id, course_slug, kind, revision) DO NOTHING`,
		c.ID, c.Kind, c.Revision, c.Person, c.Enrolment, c.Attempt, c.Organisation,
		c.HolderName, c.Course.Slug, c.Course.Title.EN, c.Course.Title.CY, c.Course.Edition, c.EditionHash,
		string(c.Language), c.Course.Minutes, string(objectives), c.Board.ID, c.Board.Name.EN, c.Board.Name.CY,
		c.Completed, c.ValidUntil, flag(c.Reviewed), flag(c.Demonstration), c.Issued)
	return r.RowsAffected == 1, r.Error
}

func insertRegister(tx store.Tx, board, id string) error {
	return tx.Exec("INSERT INTO certificates_register (board_id, certificate_id, entered_at) VALUES (?, ?, ?)",
		board, id, tx.Now).Error
}

// outsideRegister are the certificates that a person earned for an agency under
// a board and that its register lacks.
func outsideRegister(rx store.Rx, person, organisation, board string) (ids []string, err error) {
	err = rx.Raw(`SELECT i.id FROM certificates_issued i LEFT JOIN certificates_register r ON r.certificate_id = i.id AND r.board_id = i.board_id
		WHERE i.person_id = ? AND i.organisation_id = ? AND i.board_id = ? AND i.board_id <> '' AND r.id IS NULL ORDER BY i.issued_at, i.id`,
		person, organisation, board).Scan(&ids).Error
	return ids, store.Explain(err)
}

// inRegister says whether a certificate has been entered in its board's register.
func inRegister(rx store.Rx, id string) (bool, error) {
	var n int
	err := rx.Raw("SELECT count(*) FROM certificates_register WHERE certificate_id = ?", id).Scan(&n).Error
	return n > 0, store.Explain(err)
}

func insertStatus(tx store.Tx, id string, s Status, successor, reason string) error {
	return tx.Exec("INSERT INTO certificates_status (certificate_id, status, successor_id, reason, at) VALUES (?, ?, NULLIF(?, ''), ?, ?)",
		id, string(s), successor, reason, tx.Now).Error
}

// insertSignature keeps the first signature; a second is the same or too late.
func insertSignature(tx store.Tx, id, kid, token string) (written bool, err error) {
	r := tx.Exec(`INSERT INTO certificates_signatures (certificate_id, kid, token, signed_at) VALUES (?, ?, ?, ?)
		ON CONFLICT (certificate_id) DO NOTHING`, id, kid, token, tx.Now)
	return r.RowsAffected == 1, r.Error
}

// usedKeys returns the names of all keys that have ever signed here.
func usedKeys(rx store.Rx) ([]string, error) {
	var kids []string
	err := rx.Raw("SELECT DISTINCT kid FROM certificates_signatures ORDER BY kid").Scan(&kids).Error
	return kids, store.Explain(err)
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}
