package outbox

import (
	"time"

	"golau/internal/problem"
	"golau/internal/store"
)

// State is where a job stands.
type State string

// The states. Done forgets nothing by itself; what is listed of it is what was
// done lately.
const (
	Waiting State = "waiting"
	Failed  State = "failed"
	Done    State = "done"
	Aside   State = "aside" // given up, and put aside by an administrator
)

// States lists every state, in the order in which an administrator looks.
var States = []State{Failed, Waiting, Aside, Done}

// Entry is a job as whoever looks after the installation sees it.
type Entry struct {
	Job
	Created store.Time
	Due     store.Time // when it is tried next, while it waits
	Over    store.Time // when it was done or given up
	Reason  string     // what the last try said
}

// lately is how far back what was done is listed.
const lately = 7 * 24 * time.Hour

// conditions choose a state; each has an index of its own. What was done lately
// is sorted, rather than looked for among all that was ever done.
var conditions = map[State]string{
	Waiting: "outbox_jobs WHERE done_at IS NULL AND failed_at IS NULL AND id < ? ORDER BY id DESC LIMIT ?",
	Failed:  "outbox_jobs WHERE failed_at IS NOT NULL AND aside_at IS NULL AND id < ? ORDER BY id DESC LIMIT ?",
	Aside:   "outbox_jobs WHERE failed_at IS NOT NULL AND aside_at IS NOT NULL AND id < ? ORDER BY id DESC LIMIT ?",
	Done:    "outbox_jobs INDEXED BY outbox_jobs_done WHERE done_at > ? AND id < ? ORDER BY id DESC LIMIT ?",
}

// List returns up to n jobs of a state, the newest first, older than the job
// before (0: from the newest). A state that does not exist is problem.NotFound.
func List(rx store.Rx, s State, before int64, n int) ([]Entry, error) {
	where, ok := conditions[s]
	if !ok {
		return nil, problem.New(problem.NotFound, "web.not_found")
	}
	if before <= 0 {
		before = 1 << 62
	}
	args := []any{before, n}
	if s == Done {
		args = []any{store.At(rx.Now().Add(-lately)), before, n}
	}
	var es []Entry
	err := rx.Raw(`SELECT id, kind, key, payload, tries, created_at AS created, due_at AS due,
		coalesce(done_at, failed_at) AS over, reason FROM `+where, args...).Scan(&es).Error
	return es, store.Explain(err)
}

// Tally is how many jobs are in which state, and since when the oldest waits.
type Tally struct {
	Waiting, Failed, Done int // Done: lately
	Oldest                store.Time
}

// TallyOf counts the jobs.
func TallyOf(rx store.Rx) (t Tally, err error) {
	err = rx.Raw(`SELECT (SELECT count(*) FROM outbox_jobs WHERE done_at IS NULL AND failed_at IS NULL) AS waiting,
		(SELECT count(*) FROM outbox_jobs WHERE failed_at IS NOT NULL AND aside_at IS NULL) AS failed,
		(SELECT count(*) FROM outbox_jobs WHERE done_at > ?) AS done`, store.At(rx.Now().Add(-lately))).Scan(&t).Error
	if err != nil {
		return t, store.Explain(err)
	}
	t.Oldest, err = Oldest(rx)
	return t, err
}

// Again lets a job be tried now: one that was given up gets all its tries back,
// one that waits for its next need not wait. It returns the kind. One that is
// not there is problem.NotFound, one that is done problem.Conflict.
func Again(tx store.Tx, id int64) (kind string, err error) {
	var j struct {
		Kind   string
		DoneAt store.Time
	}
	err = tx.Raw("SELECT kind, done_at FROM outbox_jobs WHERE id = ?", id).Scan(&j).Error
	switch {
	case err != nil:
		return "", err
	case j.Kind == "":
		return "", problem.New(problem.NotFound, "web.not_found")
	case !j.DoneAt.IsZero():
		return "", problem.New(problem.Conflict, "steward.job_done")
	}
	return j.Kind, tx.Exec("UPDATE outbox_jobs SET failed_at = NULL, aside_at = NULL, tries = 0, due_at = ? WHERE id = ? AND done_at IS NULL",
		tx.Now, id).Error
}

// Over returns when the job of a kind and key was done or given up, the zero time
// while it waits, and whether there is such a job at all.
func Over(rx store.Rx, kind, key string) (over store.Time, there bool, err error) {
	var row struct {
		ID   int64
		Over store.Time
	}
	err = rx.Raw("SELECT id, coalesce(done_at, failed_at) AS over FROM outbox_jobs WHERE kind = ? AND key = ?", kind, key).Scan(&row).Error
	return row.Over, row.ID != 0, store.Explain(err)
}
