package outbox_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golau/internal/outbox"
	"golau/internal/store"
)

func TestJobsAreDoneInOrder(t *testing.T) {
	o := open(t)
	for _, key := range []string{"b", "a", "c"} {
		o.put(key)
	}
	w := o.worker(func(_ context.Context, j outbox.Job) error {
		var to map[string]string
		if err := j.Into(&to); err != nil || to["to"] != j.Key || j.Kind != letter {
			t.Errorf("job %+v with %v: %v", j, to, err)
		}
		return nil
	})
	o.once(w, 3)
	o.once(w, 0)
	if want := []string{"b", "a", "c"}; !slices.Equal(o.done, want) {
		t.Errorf("done %v, want %v", o.done, want)
	}
	if r := o.row("a"); r.DoneAt != store.At(o.clock.Now()) || r.Tries != 1 {
		t.Errorf("row %+v", r)
	}
}

func TestMoreThanABatch(t *testing.T) {
	o := open(t)
	for i := range 120 {
		o.put(strconv.Itoa(i))
	}
	w, sum := o.worker(nil), 0
	for {
		n, err := w.Once(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if sum += n; n == 0 {
			break
		}
	}
	if sum != 120 || len(o.done) != 120 {
		t.Errorf("took up %d, did %d", sum, len(o.done))
	}
}

// A job put again, also after it was done, is the same job.
func TestPutIsIdempotent(t *testing.T) {
	o := open(t)
	o.put("a")
	o.put("a")
	w := o.worker(nil)
	o.once(w, 1)
	o.put("a")
	o.once(w, 0)
	err := o.write(func(tx store.Tx) error { return outbox.Put(tx, "test.other", "a", nil) })
	if err != nil {
		t.Fatal(err)
	}
	o.once(w, 1) // another kind is another job
	if len(o.done) != 1 {
		t.Errorf("done %v", o.done)
	}
}

func TestNothingFollowsFromWhatDidNotHappen(t *testing.T) {
	o := open(t)
	no := errors.New("no")
	err := o.write(func(tx store.Tx) error {
		if err := outbox.Put(tx, letter, "a", nil); err != nil {
			return err
		}
		return no
	})
	if !errors.Is(err, no) {
		t.Fatal(err)
	}
	o.once(o.worker(nil), 0)
	if err := o.write(func(tx store.Tx) error { return outbox.Put(tx, letter, "a", func() {}) }); err == nil {
		t.Error("a payload that is no JSON is taken")
	}
}

func TestStopsBetweenJobs(t *testing.T) {
	o := open(t)
	o.put("a")
	o.put("b")
	ctx, stop := context.WithCancel(t.Context())
	w := o.worker(func(context.Context, outbox.Job) error { stop(); return nil })
	if _, err := w.Once(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if r := o.row("a"); r.DoneAt.IsZero() {
		t.Error("what was done is not noted as done")
	}
	if len(o.done) != 1 {
		t.Errorf("done %v after the stop", o.done)
	}
}

func TestSettle(t *testing.T) {
	o := open(t)
	o.put("a")
	o.put("b")
	settle := func(key string) {
		t.Helper()
		if err := o.write(func(tx store.Tx) error { return outbox.Settle(tx, letter, key) }); err != nil {
			t.Fatal(err)
		}
	}
	settle("a")
	settle("never put down")
	o.once(o.worker(nil), 1)
	if !slices.Equal(o.done, []string{"b"}) {
		t.Errorf("done %v", o.done)
	}
	before := o.row("b")
	o.clock.Advance(time.Hour)
	settle("b")
	if after := o.row("b"); after != before {
		t.Errorf("a job that was over has changed from %+v to %+v", before, after)
	}
	if r := o.row("a"); r.DoneAt.IsZero() || r.Tries != 0 {
		t.Errorf("row %+v", r)
	}
}

func TestOldest(t *testing.T) {
	o := open(t)
	oldest := func() store.Time {
		t.Helper()
		at, err := outbox.Oldest(o.db.Read(t.Context()))
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	if at := oldest(); !at.IsZero() {
		t.Errorf("nothing waits since %v", at)
	}
	first := store.At(o.clock.Now())
	o.put("a")
	o.clock.Advance(time.Minute)
	o.put("b")
	if at := oldest(); at != first {
		t.Errorf("waits since %v, want %v", at, first)
	}
	o.once(o.worker(nil), 2)
	if at := oldest(); !at.IsZero() {
		t.Errorf("nothing waits any more, and yet since %v", at)
	}
}

// Run looks when it is called.
func TestRun(t *testing.T) {
	o := open(t)
	done := make(chan string, 10)
	w := o.worker(func(_ context.Context, j outbox.Job) error { done <- j.Key; return nil })
	w.Every = time.Hour // in this test nobody waits for it
	ctx, stop := context.WithCancel(t.Context())
	over := make(chan struct{})
	go func() { defer close(over); w.Run(ctx) }()
	within := func(c <-chan string, want string) {
		t.Helper()
		select {
		case got := <-c:
			if got != want {
				t.Fatalf("did %s, want %s", got, want)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("%s was not done", want)
		}
	}
	o.put("a")
	w.Kick()
	within(done, "a")
	o.put("b")
	w.Kick()
	within(done, "b")
	stop()
	select {
	case <-over:
	case <-time.After(20 * time.Second):
		t.Fatal("the worker goes on after its end")
	}
}

// Whoever calls is not held up, even when nobody listens.
func TestKickNeverBlocks(t *testing.T) {
	w := open(t).worker(nil)
	over := make(chan struct{})
	go func() {
		defer close(over)
		for range 10 {
			w.Kick()
		}
	}()
	select {
	case <-over:
	case <-time.After(20 * time.Second):
		t.Fatal("a call waits for the worker")
	}
}

// The bubble's clock brings the ticks. The database is closed, so that every
// look fails, which the worker must survive.
func TestRunSurvivesABrokenDatabase(t *testing.T) {
	o := open(t)
	o.db.Close()
	synctest.Test(t, func(t *testing.T) {
		var looks atomic.Int32
		w := outbox.NewWorker(o.db, slog.New(counter{&looks}), nil)
		ctx, stop := context.WithCancel(t.Context())
		go w.Run(ctx)
		time.Sleep(w.Every*3 + time.Millisecond)
		stop()
		synctest.Wait()
		if n := looks.Load(); n != 4 { // at once, and at each of three ticks
			t.Errorf("looked %d times, want 4", n)
		}
	})
}

// counter is a log that counts its lines.
type counter struct{ n *atomic.Int32 }

func (counter) Enabled(context.Context, slog.Level) bool    { return true }
func (c counter) Handle(context.Context, slog.Record) error { c.n.Add(1); return nil }
func (c counter) WithAttrs([]slog.Attr) slog.Handler        { return c }
func (c counter) WithGroup(string) slog.Handler             { return c }
