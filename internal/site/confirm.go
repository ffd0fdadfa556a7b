package site

import (
	"time"

	"golau/internal/audit"
	"golau/internal/store"
)

// How far the clock may have moved since the last run for another to begin by
// itself: a week's standing still is usual, and of what a week too many takes
// away nothing was younger than its time by more. A run from the future says
// that the clock was wrong when it began.
const (
	forward = 7 * 24 * time.Hour
	back    = 25 * time.Hour // an hour more where summer time ends
)

// ClockInDoubt says whether the clock may be wrong: whether it has moved too far
// since the last run, or, before the first, since the first line of the record.
// Lines written since are no witness, since a wrong clock writes lines too.
func ClockInDoubt(rx store.Rx) (doubt bool, since store.Time, err error) {
	last, err := LastRun(rx)
	if since = last.Started; err == nil && since.IsZero() {
		since, err = audit.Began(rx)
	}
	if err != nil || since.IsZero() {
		return false, since, err
	}
	gone := rx.Now().Sub(since.Time)
	return gone > forward || gone < -back, since, nil
}

// ConfirmRun begins a run that waited for somebody, and records why it did. One
// that goes on already is left alone.
func ConfirmRun(tx store.Tx, why string) error {
	last, err := LastRun(tx.Rx)
	if err != nil || last.ID != 0 && last.Finished.IsZero() {
		return err
	}
	run, err := BeginRun(tx)
	if err != nil {
		return err
	}
	return audit.Record(tx, "site.retention_confirmed", "site:retention", map[string]any{"run": run.ID, "why": why})
}
