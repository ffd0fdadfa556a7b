package outbox_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"golau/internal/outbox"
	"golau/internal/store"
)

// The newest answer of whoever was asked is kept, be it a yes or a no; a job that
// asked nobody leaves none, and answers are found by their words.
func TestAnswersAreKept(t *testing.T) {
	o := open(t)
	said, ask := "", true
	w := o.worker(func(ctx context.Context, _ outbox.Job) error {
		if ask {
			outbox.Answered(ctx, said)
		}
		if said != "" {
			return errors.New(said)
		}
		return nil
	})
	all := []string{"", "no_answer", "to_refused"}
	wants := func(what string, last, taken outbox.Answer, words ...string) {
		t.Helper()
		rx := o.db.Read(t.Context())
		gotLast, err := outbox.LastAnswer(rx, words...)
		gotTaken, fault := outbox.LastAnswer(rx, "")
		if err != nil || fault != nil || gotLast != last || gotTaken != taken {
			t.Errorf("%s: %+v, %+v, want %+v, %+v; %v, %v", what, gotLast, gotTaken, last, taken, err, fault)
		}
	}
	do := func(key, word string, asks bool) outbox.Answer {
		t.Helper()
		o.clock.Advance(time.Minute)
		o.put(key)
		said, ask = word, asks
		if _, err := w.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := o.write(func(tx store.Tx) error { return outbox.Settle(tx, letter, key) }); err != nil { // it is not tried again
			t.Fatal(err)
		}
		return outbox.Answer{At: o.db.Now(), Word: word}
	}
	none := outbox.Answer{}
	wants("nobody was asked", none, none, all...)
	do("silence", "", false)
	wants("a job that asks nobody", none, none, all...)
	first := do("first", "", true)
	wants("taken", first, first, all...)
	no := do("second", "no_answer", true)
	wants("refused", no, first, all...)
	do("third", "", false)
	wants("silence after a refusal", no, first, all...)
	wrong := do("fourth", "to_refused", true)
	wants("one address", wrong, first, all...)
	wants("one address, left out", no, first, "", "no_answer")
	outbox.Answered(t.Context(), "outside a job")
}
