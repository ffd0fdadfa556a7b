package audit

import (
	"fmt"

	"golau/internal/store"
)

// lastLine returns the newest line, or the zero Event when there is none.
func lastLine(rx store.Rx) (Event, error) {
	var e Event
	err := rx.Raw("SELECT id, hash FROM audit_events ORDER BY id DESC LIMIT 1").Scan(&e).Error
	return e, err
}

func insert(tx store.Tx, e Event, salt, detail string) error {
	err := tx.Exec(`INSERT INTO audit_events (id, at, actor, via, verb, subject, detail_hash, print, hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, e.ID, e.At, e.Actor, e.Via, e.Verb, e.Subject, e.DetailHash, e.Print, e.Hash).Error
	if err != nil {
		return err
	}
	return tx.Exec("INSERT INTO audit_details (event_id, salt, detail) VALUES (?, ?, ?)", e.ID, salt, detail).Error
}

// About returns the lines about subject, oldest first.
func About(rx store.Rx, subject string) ([]Event, error) {
	var es []Event
	err := rx.Raw(`SELECT id, at, actor, via, verb, subject, detail_hash, print, hash FROM audit_events
		WHERE subject = ? ORDER BY id`, subject).Scan(&es).Error
	return es, store.Explain(err)
}

// Fault is the first line at which the record no longer holds.
type Fault struct {
	ID     int64
	Reason string
}

// Error says where the record was changed.
func (f Fault) Error() string { return fmt.Sprintf("audit line %d: %s", f.ID, f.Reason) }
