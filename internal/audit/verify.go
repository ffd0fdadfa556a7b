package audit

import (
	"fmt"

	"golau/internal/store"
)

// Head is how far the record has come. Whoever keeps one somewhere else can tell
// later whether the record still holds what it held then.
type Head struct {
	Lines int64
	Hash  string
}

// HeadOf returns the head that the record keeps of itself; a Fault when it has
// none.
func HeadOf(rx store.Rx) (Head, error) {
	var h Head
	q := rx.Raw("SELECT lines, hash FROM audit_head WHERE id = 1").Scan(&h)
	if q.Error == nil && q.RowsAffected != 1 {
		return h, Fault{1, "where the record ends is not kept any more"}
	}
	return h, store.Explain(q.Error)
}

// Holds returns a Fault when the record does not hold what it held when its head
// was h: lines are gone, or others stand in their place.
func Holds(rx store.Rx, h Head) error {
	if h.Lines == 0 {
		return nil
	}
	var hash string
	if err := rx.Raw("SELECT hash FROM audit_events WHERE id = ?", h.Lines).Scan(&hash).Error; err != nil {
		return store.Explain(err)
	}
	if hash != h.Hash {
		return Fault{h.Lines, "it is not the line that was there before"}
	}
	return nil
}

// Count says how many lines there are of a verb.
func Count(rx store.Rx, verb string) (n int, err error) {
	err = rx.Raw("SELECT count(*) FROM audit_events WHERE verb = ?", verb).Scan(&n).Error
	return n, store.Explain(err)
}

// Subjects hands the subjects of all lines of a verb to yield, until that
// returns an error.
func Subjects(rx store.Rx, verb string, yield func(subject string) error) error {
	var all []string
	if err := rx.Raw("SELECT subject FROM audit_events WHERE verb = ? ORDER BY id", verb).Scan(&all).Error; err != nil {
		return store.Explain(err)
	}
	for _, subject := range all {
		if err := yield(subject); err != nil {
			return err
		}
	}
	return nil
}

// Verify reads the whole record and returns how many lines hold. The error is a
// Fault when a line was changed, removed, put in, reordered, or cut off at the
// end, or its detail emptied without a line that says so.
func Verify(rx store.Rx) (lines int64, err error) { return VerifyAll(rx, nil) }

// VerifyAll is Verify and tells how far it is.
func VerifyAll(rx store.Rx, progress func(done, of int)) (lines int64, err error) {
	// Whoever writes meanwhile is behind the head that is read first.
	head, err := HeadOf(rx)
	if err != nil {
		return 0, err
	}
	lines, empty, err := chained(rx, head.Lines, progress)
	if err != nil {
		return lines, err
	}
	if err := Holds(rx, head); err != nil {
		return max(head.Lines-1, 0), err
	}
	if err := beyond(rx); err != nil {
		return lines, err
	}
	// What covers an empty detail is read after it, so that one who empties
	// meanwhile is covered too.
	err = uncovered(rx, empty)
	if f, ok := err.(Fault); ok {
		lines = f.ID - 1
	}
	return lines, err
}

// beyond refuses lines behind a head that did not move on for them.
func beyond(rx store.Rx) error {
	var n int64
	err := rx.Raw("SELECT e.id FROM audit_events e, audit_head h WHERE e.id > h.lines ORDER BY e.id LIMIT 1").Scan(&n).Error
	if err != nil || n == 0 {
		return store.Explain(err)
	}
	return Fault{n, "it is behind the end of the record"}
}

// chained follows the chain up to a line, and returns which details are empty.
func chained(rx store.Rx, upTo int64, progress func(done, of int)) (lines int64, empty []span, err error) {
	rows, err := rx.Raw(`SELECT e.id, e.at, e.actor, e.via, e.verb, e.subject, e.detail_hash, e.print, e.hash, d.salt, d.detail
		FROM audit_events e LEFT JOIN audit_details d ON d.event_id = e.id ORDER BY e.id`).Rows()
	if err != nil {
		return 0, nil, store.Explain(err)
	}
	defer rows.Close()
	before := ""
	for rows.Next() {
		var e Event
		var salt, detail *string
		if err := rows.Scan(&e.ID, &e.At, &e.Actor, &e.Via, &e.Verb, &e.Subject, &e.DetailHash, &e.Print, &e.Hash, &salt, &detail); err != nil {
			return lines, nil, fmt.Errorf("audit line %d: %w", lines+1, err)
		}
		switch {
		case e.ID != lines+1:
			return lines, nil, Fault{lines + 1, "missing"}
		case e.Hash != e.chain(before):
			return lines, nil, Fault{e.ID, "changed, or not in its place"}
		case salt == nil || detail == nil:
			return lines, nil, Fault{e.ID, "its detail was removed"}
		case *salt+*detail != "" && hashDetail(*salt, *detail) != e.DetailHash:
			return lines, nil, Fault{e.ID, "its detail was changed"}
		}
		if *salt+*detail == "" {
			empty = add(empty, e.ID)
		}
		before = e.Hash
		lines++
		if progress != nil && lines%1000 == 0 {
			progress(int(min(lines, upTo)), int(upTo))
		}
	}
	if err := rows.Err(); err != nil {
		return lines, nil, err
	}
	if lines < upTo {
		return lines, nil, Fault{lines + 1, "cut off: the record went on to line " + fmt.Sprint(upTo)}
	}
	return lines, empty, nil
}
