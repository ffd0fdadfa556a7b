package people

import (
	"golau/internal/i18n"
	"golau/internal/store"
)

// codeRow is a row of people_codes.
type codeRow struct {
	ID, Account, Email, EmailKey, PersonID  string
	Purpose                                 Purpose
	Outcome                                 Outcome
	Language                                i18n.Lang
	NonceHash, CodeHash, LinkHash           string
	Guesses                                 int
	CreatedAt, ExpiresAt, ProvenAt, EndedAt store.Time
}

// opens says whether what the letter carries opens anything.
func (c codeRow) opens() bool { return c.Outcome == HasCode || c.Outcome == IsNewcomer }

// over says whether nothing can come of the row any more.
func (c codeRow) over(now store.Time) bool {
	return c.ID == "" || !c.EndedAt.IsZero() || !now.Before(c.ExpiresAt.Time)
}

// selectCode ends in the column by which a row is found.
var selectCode = func() map[string]string {
	m := map[string]string{}
	for _, column := range []string{"id", "nonce_hash", "link_hash"} {
		m[column] = `SELECT id, account, email, email_key, coalesce(person_id, '') AS person_id, purpose, outcome, language,
			nonce_hash, code_hash, link_hash, guesses, created_at, expires_at, proven_at, ended_at
			FROM people_codes WHERE ` + column + " = ?"
	}
	return m
}()

// codeBy returns a row, the zero row when there is none.
func codeBy(rx store.Rx, column, value string) (c codeRow, err error) {
	err = rx.Raw(selectCode[column], value).Scan(&c).Error
	return c, store.Explain(err)
}

func insertCode(tx store.Tx, c codeRow) error {
	var person *string
	if c.PersonID != "" {
		person = &c.PersonID
	}
	return tx.Exec(`INSERT INTO people_codes (id, purpose, outcome, account, email, email_key, person_id, language,
		nonce_hash, code_hash, link_hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		c.ID, c.Purpose, c.Outcome, c.Account, c.Email, c.EmailKey, person, c.Language,
		c.NonceHash, c.CodeHash, c.LinkHash, tx.Now, store.At(tx.Now.Add(codeLife))).Error
}

// endCode ends a row: what it opened stays opened, nothing more will.
func endCode(tx store.Tx, id string) error {
	return tx.Exec("UPDATE people_codes SET ended_at = ? WHERE id = ?", tx.Now, id).Error
}
