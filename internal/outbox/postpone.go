package outbox

import (
	"time"

	"golau/internal/store"
)

// Postpone says that a job is not for now: it is taken up at a moment, and this was
// no try.
func Postpone(at time.Time, why error) error { return postponed{why, at} }

type postponed struct {
	error
	at time.Time
}

func (p postponed) Unwrap() error { return p.error }

func postpone(tx store.Tx, j Job, p postponed) error {
	return tx.Exec("UPDATE outbox_jobs SET due_at = ?, reason = ? WHERE id = ?", store.At(p.at), p.Error(), j.ID).Error
}
