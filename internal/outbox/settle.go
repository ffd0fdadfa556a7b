package outbox

import "golau/internal/store"

// Settle marks a job as done in the transaction of whoever did its work at once,
// or knows that it must never be done: nobody fictional gets a letter. A job
// that is over already, or that was never put down, stays as it is.
func Settle(tx store.Tx, kind, key string) error {
	return tx.Exec(`UPDATE outbox_jobs SET done_at = ?, reason = ''
		WHERE kind = ? AND key = ? AND done_at IS NULL AND failed_at IS NULL`, tx.Now, kind, key).Error
}
