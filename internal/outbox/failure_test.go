package outbox_test

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"golau/internal/outbox"
	"golau/internal/store"
	"golau/internal/store/storetest"
)

// A failed job waits longer each time, and is given up in the end.
func TestBackOffAndGiveUp(t *testing.T) {
	o := open(t)
	o.put("a")
	w := o.worker(func(context.Context, outbox.Job) error { return errors.New("the server does not answer") })
	wait, total := 5*time.Second, time.Duration(0)
	for try := 1; try <= 20; try++ {
		o.once(w, 1)
		r := o.row("a")
		if r.Tries != try || r.Reason != "the server does not answer" || !r.DoneAt.IsZero() {
			t.Fatalf("try %d: %+v", try, r)
		}
		if try == 20 {
			if r.FailedAt != store.At(o.clock.Now()) {
				t.Fatalf("not given up: %+v", r)
			}
			break
		}
		if !r.FailedAt.IsZero() || r.DueAt != store.At(o.clock.Now().Add(wait)) {
			t.Fatalf("try %d: due %v, want %v later: %+v", try, r.DueAt, wait, r)
		}
		o.clock.Advance(wait - time.Microsecond)
		o.once(w, 0) // not a moment too early
		o.clock.Advance(time.Microsecond)
		total += wait
		wait = min(2*wait, 3*time.Hour)
	}
	o.clock.Advance(1000 * time.Hour)
	o.once(w, 0)
	if len(o.done) != 20 || total < 24*time.Hour || total > 48*time.Hour {
		t.Errorf("%d tries in %v: a mail server may be away for a day", len(o.done), total)
	}
}

func TestRefusedAtOnce(t *testing.T) {
	o := open(t)
	o.put("a")
	cause := errors.New("nobody lives there")
	w := o.worker(func(context.Context, outbox.Job) error {
		return errors.Join(errors.New("letter"), outbox.Refuse(cause))
	})
	o.once(w, 1)
	if r := o.row("a"); r.FailedAt.IsZero() || r.Tries != 1 || r.Reason == "" {
		t.Errorf("row %+v", r)
	}
	o.clock.Advance(100 * time.Hour)
	o.once(w, 0)
	if !errors.Is(outbox.Refuse(cause), cause) {
		t.Error("a refusal hides its cause")
	}
}

func TestNobodyHandlesIt(t *testing.T) {
	o := open(t)
	o.put("a")
	w := outbox.NewWorker(o.db, slog.New(slog.DiscardHandler), nil)
	o.once(w, 1)
	if r := o.row("a"); r.FailedAt.IsZero() {
		t.Errorf("row %+v", r)
	}
}

// One job that panics is tried again; the others are not in its way.
func TestPanic(t *testing.T) {
	o := open(t)
	o.put("bad")
	o.put("good")
	panics := true
	w := o.worker(func(_ context.Context, j outbox.Job) error {
		if j.Key == "bad" && panics {
			panic("a nil map")
		}
		return nil
	})
	o.once(w, 2)
	if r := o.row("good"); r.DoneAt.IsZero() {
		t.Error("the other job was not done")
	}
	if r := o.row("bad"); r.Tries != 1 || r.Reason != "panic: a nil map" || !r.FailedAt.IsZero() {
		t.Errorf("row %+v", r)
	}
	panics = false
	o.clock.Advance(5 * time.Second)
	o.once(w, 1)
	if r := o.row("bad"); r.DoneAt.IsZero() || r.Tries != 2 || r.Reason != "" {
		t.Errorf("row %+v", r)
	}
}

// A job counts as done only after it was: whoever dies in between leaves it to
// the next.
func TestAtLeastOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "golau.db")
	clock := storetest.NewClock(storetest.Start)
	open := func() *office {
		db, err := store.Open(t.Context(), store.Options{Path: path, Now: clock.Now})
		if err != nil {
			t.Fatal(err)
		}
		return &office{t: t, db: db, clock: clock}
	}
	first := open()
	first.put("a")
	// The process ends while the handler has done its work and not yet returned.
	w := first.worker(func(context.Context, outbox.Job) error { return first.db.Close() })
	if _, err := w.Once(t.Context()); err == nil {
		t.Fatal("a job was noted as done in a database that was closed")
	}
	second := open()
	defer second.db.Close()
	second.once(second.worker(nil), 1)
	second.once(second.worker(nil), 0)
	if len(first.done) != 1 || len(second.done) != 1 {
		t.Errorf("done %v and %v: want it once more", first.done, second.done)
	}
}
