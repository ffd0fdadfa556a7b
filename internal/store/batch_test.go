package store

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"testing"
	"time"
)

// timeless opens a database in which no time passes.
func timeless(t *testing.T) *DB {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	return opened(t, Options{Now: func() time.Time { return at }})
}

// several are pieces of work.
func several(n int) (all []int64) {
	for i := range n {
		all = append(all, int64(i+1))
	}
	return all
}

// TestEachIsDoneInBatches: all of it is done once, in the order it came, and the disk
// is not flushed for every piece.
func TestEachIsDoneInBatches(t *testing.T) {
	db := timeless(t)
	all := several(3*mostPieces + 7)
	var done []int64
	before := db.groups.Load()
	err := Each(t.Context(), db, tester, all, func(tx Tx, n int64) error {
		done = append(done, n)
		return nil
	})
	if err != nil || !slices.Equal(done, all) {
		t.Errorf("%v: %d of %d pieces", err, len(done), len(all))
	}
	if n := db.groups.Load() - before; n != 4 {
		t.Errorf("%d pieces took %d commits", len(all), n)
	}
}

// TestABatchLetsOthersIn: whoever wants to write waits for a single piece, and not for
// the batch; another batch is nobody.
func TestABatchLetsOthersIn(t *testing.T) {
	db := timeless(t)
	hurried, behind := make(chan error, 1), make(chan error, 1)
	var pieces []int
	for len(pieces) < 2 {
		n := 0
		err := db.Batch(t.Context(), tester, func(ctx context.Context, tx Tx, more func() bool) error {
			for n < 10 && more() {
				n++
				if n == 3 && len(pieces) == 0 {
					go func() {
						behind <- db.Batch(t.Context(), tester, func(context.Context, Tx, func() bool) error { return nil })
					}()
					waitQueued(t, db, 1)
				}
				if n == 6 && len(pieces) == 0 {
					go func() {
						hurried <- db.Write(t.Context(), tester, func(context.Context, Tx) error { return nil })
					}()
					waitQueued(t, db, 2)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if pieces = append(pieces, n); len(pieces) == 1 {
			if err := errors.Join(<-hurried, <-behind); err != nil {
				t.Fatal(err)
			}
		}
	}
	if pieces[0] != 6 || pieces[1] != 10 {
		t.Errorf("%d pieces, then %d", pieces[0], pieces[1])
	}
}

// TestABatchTakesNotTooLong by the clock that the database was given.
func TestABatchTakesNotTooLong(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	db := opened(t, Options{Now: func() time.Time { return now }})
	n := 0
	err := db.Batch(t.Context(), tester, func(_ context.Context, _ Tx, more func() bool) error {
		for more() {
			n++
			now = now.Add(longestBatch / 4)
		}
		return nil
	})
	if err != nil || n != 4 {
		t.Errorf("%v: %d pieces of a quarter of the time", err, n)
	}
}

// TestEachKeepsWhatWasDone: a piece that fails undoes its own batch and nothing before.
func TestEachKeepsWhatWasDone(t *testing.T) {
	db := timeless(t)
	wrong := errors.New("wrong")
	some := 0
	err := Each(t.Context(), db, tester, several(2*mostPieces+5), func(tx Tx, n int64) error {
		some++
		if n == 2*mostPieces+3 {
			return wrong
		}
		return put(tx, strconv.FormatInt(n, 10))
	})
	if kept := len(rows(t, db.Read(t.Context()))); !errors.Is(err, wrong) || kept != 2*mostPieces || some != 2*mostPieces+3 {
		t.Errorf("%v: of %d pieces %d are kept", err, some, kept)
	}
}
