package site

import (
	"encoding/json"
	"time"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/store"
)

// Run is a night on which what was old enough was taken away.
type Run struct {
	ID                int64
	Started, Finished store.Time     // Finished is zero while it goes on
	Days              map[string]int // how long each kind was kept, as it began
	Counts            map[string]int // how many of each went
}

// Before is the moment since which a kind that is kept for days was too old when
// the run began.
func (r Run) Before(days int) store.Time { return store.At(r.Started.AddDate(0, 0, -days)) }

// LastRun returns the newest run; the zero Run when there was none.
func LastRun(rx store.Rx) (r Run, err error) {
	var row struct {
		ID                    int64
		StartedAt, FinishedAt store.Time
		Days, Counts          string
	}
	err = rx.Raw("SELECT id, started_at, finished_at, days, counts FROM site_retention_runs ORDER BY id DESC LIMIT 1").Scan(&row).Error
	if err != nil || row.ID == 0 {
		return r, store.Explain(err)
	}
	r = Run{ID: row.ID, Started: row.StartedAt, Finished: row.FinishedAt}
	if err = json.Unmarshal([]byte(row.Days), &r.Days); err == nil {
		err = json.Unmarshal([]byte(row.Counts), &r.Counts)
	}
	return r, err
}

// BeginRun begins a run, or returns the one that was cut off, to go on with.
func BeginRun(tx store.Tx) (Run, error) {
	r, err := LastRun(tx.Rx)
	if err != nil || r.ID != 0 && r.Finished.IsZero() {
		return r, err
	}
	all, err := Schedule(tx.Rx)
	if err != nil {
		return r, err
	}
	r = Run{ID: r.ID + 1, Started: tx.Now, Days: map[string]int{}, Counts: map[string]int{}}
	for _, k := range all {
		r.Days[k.Kind] = k.Days
	}
	days, err := json.Marshal(r.Days)
	if err != nil {
		return r, err
	}
	return r, tx.Exec("INSERT INTO site_retention_runs (id, started_at, days, counts) VALUES (?, ?, ?, '{}')", r.ID, r.Started, string(days)).Error
}

// CountRun notes in the transaction that takes them away that so many of a kind
// went, so that a run that is cut off neither forgets nor counts twice.
func CountRun(tx store.Tx, run int64, kind string, n int) error {
	return tx.Exec(`UPDATE site_retention_runs SET counts = json_set(counts, '$.' || ?, coalesce(json_extract(counts, '$.' || ?), 0) + ?)
		WHERE id = ? AND finished_at IS NULL`, kind, kind, n, run).Error
}

// FinishRun ends a run and records what it came to. Of older runs the last
// hundred are kept.
func FinishRun(tx store.Tx, run int64) (Run, error) {
	err := tx.Exec("UPDATE site_retention_runs SET finished_at = ? WHERE id = ?", tx.Now, run).Error
	if err == nil {
		err = tx.Exec("DELETE FROM site_retention_runs WHERE id <= ?", run-100).Error
	}
	if err != nil {
		return Run{}, err
	}
	r, err := LastRun(tx.Rx)
	if err != nil {
		return r, err
	}
	return r, audit.Record(tx, "site.retention_run", "site:retention", map[string]any{"run": r.ID, "counts": r.Counts})
}

// nightly is the hour of a run in Wales, after the night's backup.
const nightly = 3

// RunDue says whether last night's run is missing, or was cut off.
func RunDue(rx store.Rx) (bool, error) {
	last, err := LastRun(rx)
	if err != nil || last.ID != 0 && last.Finished.IsZero() {
		return true, err
	}
	now := rx.Now().In(i18n.London())
	night := time.Date(now.Year(), now.Month(), now.Day(), nightly, 0, 0, 0, now.Location())
	if night.After(now) {
		night = night.AddDate(0, 0, -1)
	}
	return last.Started.Before(night), nil
}
