package course

import (
	"context"
	"fmt"
	"log/slog"
	"testing"

	"golau/certificates"
	"golau/internal/outbox"
	"golau/internal/problem"
	"golau/internal/store"
)

// tells does the jobs that follow from an acceptance.
func (h *house) tells(t *testing.T) {
	t.Helper()
	later := func(context.Context, outbox.Job) error { return nil }
	w := outbox.NewWorker(h.db, slog.New(slog.DiscardHandler), map[string]outbox.Handler{
		Accepted: h.school.TellWaiting, Completed: later, certificates.SignJob: later})
	if _, err := w.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// Whoever had done every module when the acceptance came is told once, and nobody
// else; after a kill in between too, whose job is done again.
func TestWhoWaitedIsTold(t *testing.T) {
	h := open(t)
	letters := fmt.Sprintf("SELECT count(*) FROM outbox_jobs WHERE kind = '%s'", FinalOpened)
	if n := h.count(t, "SELECT count(*) FROM outbox_jobs"); n != 0 {
		t.Errorf("%d jobs, and nobody waited", n)
	}
	c := h.school.courses[0]
	c.Edition = "2027.1"
	h.upTo(t)
	h.accept(t)
	h.tells(t)
	if n := h.count(t, letters+" AND payload LIKE '%"+h.viewer.Person+"%'"); n != 1 {
		t.Fatalf("%d letters", n)
	}
	err := h.db.Write(t.Context(), store.Actor{Via: "test"}, func(_ context.Context, tx store.Tx) error {
		return tx.Exec("UPDATE outbox_jobs SET done_at = NULL WHERE id = (SELECT max(id) FROM outbox_jobs WHERE kind = ?)", Accepted).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	h.tells(t)
	if n := h.count(t, letters); n != 1 {
		t.Errorf("told again: %d letters", n)
	}
	done := func(want bool) {
		t.Helper()
		if got, err := HasCompleted(h.db.Read(t.Context()), h.viewer.Person, slug); err != nil || got != want {
			t.Errorf("completed: %v, %v", got, err)
		}
	}
	done(false)
	if _, err := h.school.Submit(t.Context(), h.viewer, "en", h.sit(t, "")); err != nil {
		t.Fatal(err)
	}
	done(true)
	if _, err := HasCompleted(h.db.Read(t.Context()), "0123456789abcdefghjkmnpqrs", slug); problem.KindOf(err) != problem.NotFound {
		t.Error(err)
	}
}
