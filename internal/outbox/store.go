package outbox

import (
	"time"

	"golau/internal/store"
)

func put(tx store.Tx, kind, key, payload string) error {
	return tx.Exec(`INSERT INTO outbox_jobs (kind, key, payload, created_at, due_at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (kind, key) DO NOTHING`, kind, key, payload, tx.Now, tx.Now).Error
}

func due(rx store.Rx, n int) ([]Job, error) {
	var jobs []Job
	err := rx.Raw(`SELECT id, kind, key, payload, tries FROM outbox_jobs
		WHERE done_at IS NULL AND failed_at IS NULL AND due_at <= ? ORDER BY due_at, id LIMIT ?`, rx.Now(), n).Scan(&jobs).Error
	return jobs, store.Explain(err)
}

func done(tx store.Tx, j Job) error {
	return tx.Exec("UPDATE outbox_jobs SET done_at = ?, tries = tries + 1, reason = '' WHERE id = ?", tx.Now, j.ID).Error
}

func giveUp(tx store.Tx, j Job, reason string) error {
	return tx.Exec("UPDATE outbox_jobs SET failed_at = ?, tries = tries + 1, reason = ? WHERE id = ?", tx.Now, reason, j.ID).Error
}

func later(tx store.Tx, j Job, at time.Time, reason string) error {
	return tx.Exec("UPDATE outbox_jobs SET due_at = ?, tries = tries + 1, reason = ? WHERE id = ?", store.At(at), reason, j.ID).Error
}

// Oldest returns when the oldest job still to be done was put down; the zero
// time when there is none.
func Oldest(rx store.Rx) (store.Time, error) {
	var t store.Time
	err := rx.Raw("SELECT created_at FROM outbox_jobs WHERE done_at IS NULL AND failed_at IS NULL ORDER BY id LIMIT 1").Row().Scan(&t)
	if err != nil && err.Error() == "sql: no rows in result set" {
		return store.Time{}, nil
	}
	return t, store.Explain(err)
}

// Count says how many jobs are still to be done and how many were given up.
func Count(rx store.Rx) (waiting, failed int, err error) {
	err = rx.Raw(`SELECT count(*) FILTER (WHERE done_at IS NULL AND failed_at IS NULL), count(*) FILTER (WHERE failed_at IS NOT NULL AND aside_at IS NULL)
		FROM outbox_jobs`).Row().Scan(&waiting, &failed)
	return waiting, failed, store.Explain(err)
}
