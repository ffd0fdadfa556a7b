package audit

import "golau/internal/store"

// Checked is what came of reading the whole record.
type Checked struct {
	At    store.Time
	Lines int64
	Fault string // "" where it is whole
}

// Whole says whether the record was read and no fault was found.
func (c Checked) Whole() bool { return !c.At.IsZero() && c.Fault == "" }

// NoteCheck keeps what came of reading the whole record, and forgets all but the
// hundred newest. It is no line of the record: reading changes nothing.
func NoteCheck(tx store.Tx, lines int64, fault string) error {
	if err := tx.Exec("INSERT INTO audit_checks (at, lines, fault) VALUES (?, ?, ?)", tx.Now, lines, fault).Error; err != nil {
		return err
	}
	return tx.Exec("DELETE FROM audit_checks WHERE id <= (SELECT max(id) FROM audit_checks) - 100").Error
}

// LastCheck returns what came of the last reading; zero when there was none.
func LastCheck(rx store.Rx) (c Checked, err error) {
	err = rx.Raw("SELECT at, lines, fault FROM audit_checks ORDER BY id DESC LIMIT 1").Scan(&c).Error
	return c, store.Explain(err)
}
