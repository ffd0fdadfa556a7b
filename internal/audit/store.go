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
	err := tx.Exec(`INSERT INTO audit_events (id, at, actor, via, verb, subject, detail_hash, hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, e.ID, e.At, e.Actor, e.Via, e.Verb, e.Subject, e.DetailHash, e.Hash).Error
	if err != nil {
		return err
	}
	return tx.Exec("INSERT INTO audit_details (event_id, salt, detail) VALUES (?, ?, ?)", e.ID, salt, detail).Error
}

// About returns the lines about subject, oldest first.
func About(rx store.Rx, subject string) ([]Event, error) {
	var es []Event
	err := rx.Raw(`SELECT id, at, actor, via, verb, subject, detail_hash, hash FROM audit_events
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

// Verify reads the whole record and returns how many lines hold. The error is a
// Fault when a line was changed, removed, put in or reordered. A detail that
// erasure emptied is no fault.
func Verify(rx store.Rx) (lines int64, err error) {
	rows, err := rx.Raw(`SELECT e.id, e.at, e.actor, e.via, e.verb, e.subject, e.detail_hash, e.hash, d.salt, d.detail
		FROM audit_events e LEFT JOIN audit_details d ON d.event_id = e.id ORDER BY e.id`).Rows()
	if err != nil {
		return 0, store.Explain(err)
	}
	defer rows.Close()
	before := ""
	for rows.Next() {
		var e Event
		var salt, detail *string
		if err := rows.Scan(&e.ID, &e.At, &e.Actor, &e.Via, &e.Verb, &e.Subject, &e.DetailHash, &e.Hash, &salt, &detail); err != nil {
			return lines, err
		}
		switch {
		case e.ID != lines+1:
			return lines, Fault{lines + 1, "missing"}
		case e.Hash != e.chain(before):
			return lines, Fault{e.ID, "changed, or not in its place"}
		case salt == nil || detail == nil:
			return lines, Fault{e.ID, "its detail was removed"}
		case *salt+*detail != "" && hashDetail(*salt, *detail) != e.DetailHash:
			return lines, Fault{e.ID, "its detail was changed"}
		}
		before = e.Hash
		lines++
	}
	return lines, rows.Err()
}
