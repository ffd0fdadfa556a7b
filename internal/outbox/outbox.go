// Package outbox keeps what must follow from a change until it has followed:
// a letter, a signature. A job is put down in the transaction of the change
// and done by the worker, again after a crash if need be.
//
// It does not know what a job does; whoever wires the program says so. Because
// a job may run twice, its handler must be idempotent.
package outbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"sync/atomic"
	"time"

	"golau/internal/store"
)

// Job is something that has yet to be done.
type Job struct {
	ID      int64
	Kind    string
	Key     string
	Payload string
	Tries   int
}

// Into reads the payload into v.
func (j Job) Into(v any) error { return json.Unmarshal([]byte(j.Payload), v) }

// Handler does a job. An error means: again, later.
type Handler func(ctx context.Context, j Job) error

// Refuse marks err as final: trying again cannot help.
func Refuse(err error) error { return refusal{err} }

type refusal struct{ error }

func (r refusal) Unwrap() error { return r.error }

// Put adds a job in the transaction of the change it follows from. A job of the
// same kind and key is put only once.
func Put(tx store.Tx, kind, key string, payload any) error {
	body, err := json.Marshal(payload)
	if err != nil {
		return fmt.Errorf("outbox %s: %w", kind, err)
	}
	return put(tx, kind, key, string(body))
}

// Worker does the jobs, one after the other.
type Worker struct {
	DB       *store.DB
	Handlers map[string]Handler
	Log      *slog.Logger
	Every    time.Duration // how often to look when nobody calls; default 2 s
	kick     chan struct{}
	seen     atomic.Int64 // when the worker was last seen at work, in microseconds
}

// NewWorker returns a worker that does jobs of the kinds it has handlers for.
func NewWorker(db *store.DB, log *slog.Logger, handlers map[string]Handler) *Worker {
	w := &Worker{DB: db, Log: log, Handlers: handlers, Every: 2 * time.Second, kick: make(chan struct{}, 1)}
	w.seen.Store(db.Now().UnixMicro())
	return w
}

// Kick asks the worker to look now.
func (w *Worker) Kick() {
	select {
	case w.kick <- struct{}{}:
	default:
	}
}

// patience is how long the worker may be silent before it counts as stuck: a
// mail server that does not answer holds up a single job for less.
const patience = 2 * time.Minute

// Working returns an error when the worker has not been seen at work lately.
func (w *Worker) Working() error {
	if idle := w.DB.Now().Sub(time.UnixMicro(w.seen.Load())); idle > patience {
		return fmt.Errorf("the background work has stood still for %s", idle.Round(time.Second))
	}
	return nil
}

// Run works until ctx ends.
func (w *Worker) Run(ctx context.Context) {
	w.seen.Store(w.DB.Now().UnixMicro())
	tick := time.NewTicker(w.Every)
	defer tick.Stop()
	for {
		for {
			n, err := w.Once(ctx)
			if err != nil && ctx.Err() == nil {
				w.Log.Warn("outbox", "err", err)
			}
			if n == 0 || err != nil {
				break
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-w.kick:
		}
	}
}

// batch is how many due jobs are read at a time.
const batch = 50

// maxTries is how often a job is tried before it is given up: with the waits of
// backoff that is about a day and a half.
const maxTries = 20

// Once does the jobs that are due now and returns how many it took up.
func (w *Worker) Once(ctx context.Context) (int, error) {
	jobs, err := due(w.DB.Read(ctx), batch)
	if err != nil {
		return 0, err
	}
	w.seen.Store(w.DB.Now().UnixMicro())
	for _, j := range jobs {
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		if err := w.do(ctx, j); err != nil {
			return 0, err
		}
		w.seen.Store(w.DB.Now().UnixMicro())
	}
	return len(jobs), nil
}

func (w *Worker) do(ctx context.Context, j Job) error {
	run := w.Handlers[j.Kind]
	if run == nil {
		run = func(context.Context, Job) error { return Refuse(errors.New("nobody handles jobs of this kind")) }
	}
	var said asked
	failure := attempt(context.WithValue(ctx, askedKey{}, &said), run, j)
	var final refusal
	var wait postponed
	return w.DB.Batch(context.WithoutCancel(ctx), store.Actor{Via: "worker"}, func(_ context.Context, tx store.Tx, _ func() bool) error {
		if err := note(tx, j, said); err != nil {
			return err
		}
		switch {
		case failure == nil:
			return done(tx, j)
		case errors.As(failure, &wait):
			return postpone(tx, j, wait)
		case errors.As(failure, &final) || j.Tries+1 >= maxTries:
			w.Log.Error("job given up", "kind", j.Kind, "job", j.ID, "err", nameless(failure))
			return giveUp(tx, j, failure.Error())
		default:
			w.Log.Warn("job failed, will try again", "kind", j.Kind, "job", j.ID, "tries", j.Tries+1, "err", nameless(failure))
			return later(tx, j, tx.Now.Add(backoff(j.Tries)), failure.Error())
		}
	})
}

var address = regexp.MustCompile(`[^\s<>"']+@[^\s<>"']+`)

// nameless is a failure as the log may hold it: a mail server names whom it
// refuses, the log names nobody. The outbox keeps the whole.
func nameless(failure error) string { return address.ReplaceAllString(failure.Error(), "(address)") }

// attempt turns a handler's panic into a failure, so that one bad job does not
// end the work of all.
func attempt(ctx context.Context, run Handler, j Job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return run(ctx, j)
}

// backoff is how long to wait after the n-th failure: 5 s, 10 s, … at most 3 h.
func backoff(n int) time.Duration {
	return min(5*time.Second<<min(n, 20), 3*time.Hour)
}
