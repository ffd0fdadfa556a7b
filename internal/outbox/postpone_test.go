package outbox_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"golau/internal/outbox"
	"golau/internal/store"
)

// What is postponed waits for its moment, and it was no try.
func TestPostponed(t *testing.T) {
	o := open(t)
	o.put("a")
	at := o.clock.Now().Add(60 * time.Hour)
	w := o.worker(func(context.Context, outbox.Job) error {
		if o.clock.Now().Before(at) {
			return outbox.Postpone(at, errors.New("a quiet day"))
		}
		return nil
	})
	o.once(w, 1)
	if r := o.row("a"); r.Tries != 0 || r.DueAt != store.At(at) || r.Reason != "a quiet day" || !r.FailedAt.IsZero() {
		t.Fatalf("%+v", r)
	}
	o.clock.Advance(59 * time.Hour)
	o.once(w, 0)
	o.clock.Advance(time.Hour)
	o.once(w, 1)
	if r := o.row("a"); r.Tries != 1 || r.DoneAt.IsZero() {
		t.Errorf("%+v", r)
	}
}
