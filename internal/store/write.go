package store

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"golau/internal/problem"
)

// ErrNested is returned by Write inside a Write. With one writing connection
// the inner call could never be served; saying so beats waiting for ever.
var ErrNested = errors.New("store: Write inside Write")

type insideWrite struct{}

// job is one Write waiting for its turn.
type job struct {
	ctx  context.Context
	by   Actor
	fn   func(context.Context, Tx) error
	err  error
	done chan struct{}
}

// maxGroup bounds how many writes share one commit, and so how long the first
// of them waits for the last.
const maxGroup = 256

// Write runs fn in a transaction and returns when it is durable or undone.
//
// Concurrent writers share one commit, each in a savepoint of its own: one
// flush of the disk answers them all, and if it fails nobody is told yes. fn
// must not do anything slow, and its statements cannot be cancelled, since an
// interrupted statement would roll back the others of the group.
//
// Returns problem.Unavailable when the database is locked, full, read-only or
// broken; then nothing was changed.
func (db *DB) Write(ctx context.Context, by Actor, fn func(ctx context.Context, tx Tx) error) error {
	db.hurried.Add(1)
	defer db.hurried.Add(-1)
	return db.write(ctx, by, fn)
}

func (db *DB) write(ctx context.Context, by Actor, fn func(ctx context.Context, tx Tx) error) error {
	if ctx.Value(insideWrite{}) != nil {
		return ErrNested
	}
	if err := ctx.Err(); err != nil {
		return unavailable(err)
	}
	if e := db.broken.Load(); e != nil {
		return unavailable(*e)
	}
	j := &job{ctx: context.WithValue(context.WithoutCancel(ctx), insideWrite{}, true), by: by, fn: fn, done: make(chan struct{})}
	select {
	case db.jobs <- j:
	case <-db.quit:
		return unavailable(errors.New("the server is stopping"))
	case <-ctx.Done():
		return unavailable(ctx.Err())
	}
	// Once queued, the answer is waited for whatever becomes of the request:
	// "it was saved" and "it was not" must never be a guess.
	select {
	case <-j.done:
		return j.err
	case <-db.stopped:
		select {
		case <-j.done:
			return j.err
		default:
			return unavailable(errors.New("the server has stopped"))
		}
	}
}

// run is the one writer.
func (db *DB) run() {
	defer close(db.stopped)
	for {
		select {
		case j := <-db.jobs:
			db.commit(db.gather(j))
		case <-db.quit:
			for {
				select {
				case j := <-db.jobs:
					db.commit(db.gather(j))
				default:
					return
				}
			}
		}
	}
}

// gather takes what is already waiting; it never waits for more.
func (db *DB) gather(j *job) []*job {
	group := []*job{j}
	for len(group) < maxGroup {
		select {
		case k := <-db.jobs:
			group = append(group, k)
		default:
			return group
		}
	}
	return group
}

// commit runs a group in one transaction and tells each what became of it, the
// disk's answer last.
func (db *DB) commit(group []*job) {
	if e := db.broken.Load(); e != nil {
		answer(group, unavailable(*e))
		return
	}
	if err := db.line.begin(); err != nil {
		// Locked or unreadable. Whoever queued meanwhile would only wait as
		// long again for the same answer.
		answer(append(group, db.waiting()...), unavailable(fmt.Errorf("could not begin: %w", err)))
		return
	}
	err := db.each(group)
	if err == nil {
		err = db.line.commit()
	} else {
		db.line.rollback()
	}
	db.groups.Add(1)
	db.writes.Add(int64(len(group)))
	if err == nil {
		answer(group, nil)
		db.committed()
		return
	}
	if isFlush(err) {
		db.broke(err)
	}
	if len(group) > 1 {
		// What one of them met may have been another's change, which is undone
		// now: "you have finished already" would be untrue.
		for _, j := range group {
			j.err = nil
		}
	}
	answer(group, unavailable(err))
}

// each runs the jobs of a group, each in a savepoint of its own. It returns an
// error only for what undoes them all.
func (db *DB) each(group []*job) error {
	if len(group) == 1 { // needs no savepoint: its failure is the group's
		db.one(group[0])
		return group[0].err
	}
	for _, j := range group {
		if err := db.line.exec("SAVEPOINT w"); err != nil {
			return err
		}
		if db.one(j); j.err != nil {
			if err := db.line.exec("ROLLBACK TO w"); err != nil {
				return err
			}
		}
		if err := db.line.exec("RELEASE w"); err != nil {
			return err
		}
	}
	return nil
}

// one runs a job inside the group's transaction and notes its error.
func (db *DB) one(j *job) {
	began := db.now()
	j.err = call(func() error {
		return j.fn(j.ctx, Tx{Rx: Rx{db.w.WithContext(j.ctx), db.now}, By: j.by, Now: At(began), rand: db.rand})
	})
	if j.err != nil {
		j.err = explain(j.err)
	}
	if d := db.now().Sub(began); d > db.slow {
		db.log.Warn("slow write", "ms", d.Milliseconds(), "via", j.by.Via)
	}
}

// call turns a panic of one writer into its own error, so that the others of
// the group are still answered.
func call(fn func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a write: %v\n%s", p, debug.Stack())
		}
	}()
	return fn()
}

// answer tells each of the group what became of it; err is for those that had
// no error of their own.
func answer(group []*job, err error) {
	for _, j := range group {
		if j.err == nil {
			j.err = err
		}
		close(j.done)
	}
}

// waiting takes everything that is queued.
func (db *DB) waiting() []*job {
	var w []*job
	for {
		select {
		case j := <-db.jobs:
			w = append(w, j)
		default:
			return w
		}
	}
}

// broke says, once, that the program should stop and start again from the file.
func (db *DB) broke(err error) {
	if db.broken.CompareAndSwap(nil, &err) {
		db.log.Error("the disk did not keep a commit; stopping", "err", err)
		if db.onBreak != nil {
			db.onBreak(err)
		}
	}
}

func unavailable(err error) error {
	if e, ok := problem.As(err); ok && e.Kind == problem.Unavailable {
		return e
	}
	return problem.New(problem.Unavailable, "store.unavailable").After(5 * time.Second).Because(err)
}
