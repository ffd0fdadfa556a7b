package outbox

import (
	"golau/internal/problem"
	"golau/internal/store"
)

// GivenUp returns a job that was given up and not put aside; any other is
// problem.NotFound.
func GivenUp(rx store.Rx, id int64) (e Entry, err error) {
	err = rx.Raw(`SELECT id, kind, key, payload, tries, created_at AS created, due_at AS due, failed_at AS over, reason
		FROM outbox_jobs WHERE id = ? AND failed_at IS NOT NULL AND aside_at IS NULL`, id).Scan(&e).Error
	if err == nil && e.ID == 0 {
		err = problem.New(problem.NotFound, "web.not_found")
	}
	return e, store.Explain(err)
}

// PutAside leaves a job that was given up as it is, so that it calls for nobody any
// more; Again takes it up. Any other job is problem.NotFound.
func PutAside(tx store.Tx, id int64) error {
	r := tx.Exec("UPDATE outbox_jobs SET aside_at = ? WHERE id = ? AND failed_at IS NOT NULL AND aside_at IS NULL", tx.Now, id)
	if r.Error == nil && r.RowsAffected == 0 {
		return problem.New(problem.NotFound, "web.not_found")
	}
	return r.Error
}

// Undone returns, of the keys of one kind, those whose job was given up, put aside
// or not.
func Undone(rx store.Rx, kind string, keys []string) (given map[string]bool, err error) {
	given = map[string]bool{}
	if len(keys) == 0 {
		return given, nil
	}
	var found []string
	err = rx.Raw("SELECT key FROM outbox_jobs WHERE kind = ? AND key IN ? AND failed_at IS NOT NULL", kind, keys).Scan(&found).Error
	for _, key := range found {
		given[key] = true
	}
	return given, store.Explain(err)
}

// KeysGivenUp returns the keys of all jobs of a kind that were given up, put aside or
// not: few, where the post works, so that they are found by that and not by the kind (+),
// of which there may be tens of thousands.
func KeysGivenUp(rx store.Rx, kind string) (keys []string, err error) {
	keys = []string{}
	err = rx.Raw("SELECT key FROM outbox_jobs WHERE failed_at IS NOT NULL AND +kind = ?", kind).Scan(&keys).Error
	return keys, store.Explain(err)
}
