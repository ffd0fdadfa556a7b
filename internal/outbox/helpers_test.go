package outbox_test

import (
	"context"
	"log/slog"
	"testing"

	"golau/internal/outbox"
	"golau/internal/store"
	"golau/internal/store/storetest"
)

const letter = "test.letter"

// office is a database with jobs and what came of them.
type office struct {
	t     *testing.T
	db    *store.DB
	clock *storetest.Clock
	done  []string // keys, in the order of doing
}

func open(t *testing.T) *office {
	t.Helper()
	db, clock := storetest.Open(t)
	return &office{t: t, db: db, clock: clock}
}

func (o *office) write(fn func(tx store.Tx) error) error {
	return o.db.Write(o.t.Context(), store.Actor{Via: "test"}, func(_ context.Context, tx store.Tx) error { return fn(tx) })
}

func (o *office) put(key string) {
	o.t.Helper()
	if err := o.write(func(tx store.Tx) error { return outbox.Put(tx, letter, key, map[string]string{"to": key}) }); err != nil {
		o.t.Fatal(err)
	}
}

// worker does letters with do; without it every letter succeeds.
func (o *office) worker(do outbox.Handler) *outbox.Worker {
	return outbox.NewWorker(o.db, slog.New(slog.DiscardHandler), map[string]outbox.Handler{letter: func(ctx context.Context, j outbox.Job) error {
		o.done = append(o.done, j.Key)
		if do == nil {
			return nil
		}
		return do(ctx, j)
	}})
}

// once lets a worker look once and checks how many jobs it takes up.
func (o *office) once(w *outbox.Worker, want int) {
	o.t.Helper()
	if n, err := w.Once(o.t.Context()); err != nil || n != want {
		o.t.Fatalf("took up %d jobs: %v; want %d", n, err, want)
	}
}

// row is what is kept of a job.
type row struct {
	Tries            int
	DueAt            store.Time
	DoneAt, FailedAt store.Time
	Reason           string
}

func (o *office) row(key string) row {
	o.t.Helper()
	var r row
	err := o.db.Read(o.t.Context()).Raw("SELECT tries, due_at, done_at, failed_at, reason FROM outbox_jobs WHERE kind = ? AND key = ?", letter, key).Scan(&r).Error
	if err != nil {
		o.t.Fatal(err)
	}
	return r
}
