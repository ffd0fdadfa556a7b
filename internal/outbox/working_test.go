package outbox_test

import (
	"log/slog"
	"testing"
	"time"

	"golau/internal/outbox"
	"golau/internal/store/storetest"
)

// A worker that stands still is noticed, and one at work is not.
func TestWorking(t *testing.T) {
	db, clock := storetest.Open(t)
	w := outbox.NewWorker(db, slog.New(slog.DiscardHandler), nil)
	clock.Advance(time.Minute)
	if err := w.Working(); err != nil {
		t.Errorf("after a minute: %v", err)
	}
	clock.Advance(5 * time.Minute)
	if w.Working() == nil {
		t.Error("nobody noticed that the worker has stood still")
	}
	if _, err := w.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := w.Working(); err != nil {
		t.Errorf("just at work: %v", err)
	}
}
