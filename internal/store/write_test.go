package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golau/internal/problem"

	"pgregory.net/rapid"
)

// Whoever waits while a commit is under way shares the next one.
func TestConcurrentWritersShareACommit(t *testing.T) {
	db := opened(t, Options{})
	const n = 100
	var fns []func(context.Context, Tx) error
	for i := range n {
		fns = append(fns, putting(fmt.Sprintf("%03d", i)))
	}
	before, written := db.groups.Load(), db.writes.Load()
	for i, err := range together(t, db, fns...) {
		if err != nil {
			t.Fatalf("writer %d: %v", i, err)
		}
	}
	if groups := db.groups.Load() - before; groups != 2 { // the one that held them up, and theirs
		t.Errorf("%d writers took %d commits", n, groups)
	}
	if w := db.writes.Load() - written; w != n+1 {
		t.Errorf("%d writes counted", w)
	}
	if got := len(rows(t, db.Read(t.Context()))); got != n {
		t.Errorf("%d rows", got)
	}
}

// A group is bounded, and what is beyond it comes in the next.
func TestGroupIsBounded(t *testing.T) {
	db := opened(t, Options{})
	var fns []func(context.Context, Tx) error
	for i := range maxGroup + 1 {
		fns = append(fns, putting(fmt.Sprint(i)))
	}
	before := db.groups.Load()
	together(t, db, fns...)
	if groups := db.groups.Load() - before; groups != 3 {
		t.Errorf("%d commits", groups)
	}
}

// A writer that fails undoes its own part of the commit and no other.
func TestFailureUndoesOnlyItsOwn(t *testing.T) {
	db := opened(t, Options{})
	errs := together(t, db,
		putting("a"),
		func(_ context.Context, tx Tx) error { return errors.Join(put(tx, "b"), errMine) },
		putting("c"),
		func(_ context.Context, tx Tx) error { _ = put(tx, "d"); panic("oh") },
		func(_ context.Context, tx Tx) error { _ = put(tx, "e"); return put(tx, "a") },
		putting("f"))
	wantRows(t, db.Read(t.Context()), "a", "c", "f")
	for _, i := range []int{0, 2, 5} {
		if errs[i] != nil {
			t.Errorf("writer %d: %v", i, errs[i])
		}
	}
	if !errors.Is(errs[1], errMine) {
		t.Errorf("the writer's own error came back as %v", errs[1])
	}
	if errs[3] == nil || !strings.Contains(errs[3].Error(), "oh") || problem.KindOf(errs[3]) != problem.Internal {
		t.Errorf("the panic came back as %v", errs[3])
	}
	if !IsDuplicate(errs[4]) {
		t.Errorf("the duplicate came back as %v", errs[4])
	}
}

// A writer alone in its commit is undone in the same way.
func TestFailureAlone(t *testing.T) {
	db := opened(t, Options{})
	err := db.Write(t.Context(), tester, func(_ context.Context, tx Tx) error { return errors.Join(put(tx, "a"), errMine) })
	if !errors.Is(err, errMine) {
		t.Errorf("%v", err)
	}
	if err := db.Write(t.Context(), tester, func(_ context.Context, tx Tx) error { _ = put(tx, "b"); panic("oh") }); err == nil {
		t.Error("a panic was told yes")
	}
	if err := db.Write(t.Context(), tester, putting("c")); err != nil {
		t.Error(err)
	}
	wantRows(t, db.Read(t.Context()), "c")
}

// breakCommit lets the commit fail after every statement of it succeeded.
func breakCommit(_ context.Context, tx Tx) error {
	if err := tx.Exec("PRAGMA defer_foreign_keys = 1").Error; err != nil {
		return err
	}
	return tx.Exec("INSERT INTO audit_details (event_id, salt, detail) VALUES (-1, '', '')").Error
}

// If the commit fails, everybody of the group is told that it did, also who had
// a reason of their own: it may rest on what another of them wrote, and is undone
// now. The next group starts clean.
func TestFailedCommitTellsEveryoneNo(t *testing.T) {
	db := opened(t, Options{})
	errs := together(t, db, putting("a"), breakCommit,
		func(context.Context, Tx) error { return errMine }, putting("b"))
	for _, err := range errs {
		wantUnavailable(t, err)
	}
	wantUnavailable(t, db.Write(t.Context(), tester, breakCommit)) // alone
	wantRows(t, db.Read(t.Context()))
	if err := db.Write(t.Context(), tester, putting("c")); err != nil {
		t.Fatal(err)
	}
	wantRows(t, db.Read(t.Context()), "c")
	if err := db.Ready(t.Context()); err != nil {
		t.Errorf("a refused commit is not a broken disk: %v", err)
	}
}

// Whatever becomes of the writers of a group: a row is there if and only if its
// writer was told yes.
func TestAnswersAreTrue(t *testing.T) {
	db := opened(t, Options{})
	run := 0
	rapid.Check(t, func(r *rapid.T) {
		run++
		fates := rapid.SliceOfN(rapid.IntRange(0, 9), 1, 12).Draw(r, "fates")
		var fns []func(context.Context, Tx) error
		key := func(i int) string { return fmt.Sprintf("%d-%d", run, i) }
		for i, fate := range fates {
			fns = append(fns, func(ctx context.Context, tx Tx) error {
				if err := put(tx, key(i)); err != nil {
					return err
				}
				switch fate {
				case 0:
					return errMine
				case 1:
					panic("oh")
				case 2:
					return breakCommit(ctx, tx)
				case 3:
					return put(tx, key(i)) // twice
				case 4:
					_ = put(tx, key(i)) // twice, and thought nothing of it
				}
				return nil
			})
		}
		errs := together(t, db, fns...)
		for i, err := range errs {
			var n int
			if e := db.Read(t.Context()).Raw("SELECT count(*) FROM outbox_jobs WHERE key = ?", key(i)).Scan(&n).Error; e != nil {
				r.Fatal(e)
			}
			if (n == 1) != (err == nil) {
				r.Fatalf("fates %v: writer %d was told %v, and there are %d rows", fates, i, err, n)
			}
		}
	})
}

// A Write inside a Write could never be served; it says so.
func TestNestedWrite(t *testing.T) {
	db := opened(t, Options{})
	err := db.Write(t.Context(), tester, func(ctx context.Context, tx Tx) error {
		return db.Write(ctx, tester, putting("a"))
	})
	if !errors.Is(err, ErrNested) {
		t.Errorf("%v", err)
	}
	wantRows(t, db.Read(t.Context()))
}

// A request that has been given up is not begun. One that is queued is carried
// out and answered as it went, for "saved" must never be a guess.
func TestCancelledRequest(t *testing.T) {
	db := opened(t, Options{})
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	wantUnavailable(t, db.Write(gone, tester, putting("a")))
	wantRows(t, db.Read(t.Context()))

	hold, held := make(chan struct{}), make(chan struct{})
	go db.Write(context.Background(), tester, func(context.Context, Tx) error { close(held); <-hold; return nil })
	<-held
	ctx, cancel := context.WithCancel(t.Context())
	answer := make(chan error, 1)
	go func() {
		answer <- db.Write(ctx, tester, func(ctx context.Context, tx Tx) error {
			if ctx.Err() != nil {
				return ctx.Err() // a statement would be interrupted, and the group undone
			}
			return put(tx, "b")
		})
	}()
	waitQueued(t, db, 1)
	cancel()
	close(hold)
	if err := <-answer; err != nil {
		t.Errorf("carried out, and told %v", err)
	}
	wantRows(t, db.Read(t.Context()), "b")
}

// Close carries out what is queued, and refuses what comes after.
func TestCloseDrains(t *testing.T) {
	path := t.TempDir() + "/golau.db"
	db := opened(t, Options{Path: path})
	hold, held := make(chan struct{}), make(chan struct{})
	go db.Write(context.Background(), tester, func(context.Context, Tx) error { close(held); <-hold; return nil })
	<-held
	answers := make(chan error, 3)
	for i := range cap(answers) {
		go func() { answers <- db.Write(context.Background(), tester, putting(fmt.Sprint(i))) }()
	}
	waitQueued(t, db, cap(answers))
	closed := make(chan error, 1)
	go func() { closed <- db.Close() }()
	<-db.quit
	close(hold)
	for range cap(answers) {
		if err := <-answers; err != nil {
			t.Error(err)
		}
	}
	if err := <-closed; err != nil {
		t.Fatal(err)
	}
	wantUnavailable(t, db.Write(t.Context(), tester, putting("late")))
	if err := db.Close(); err != nil {
		t.Errorf("closing again: %v", err)
	}
	wantRows(t, opened(t, Options{Path: path}).Read(t.Context()), "0", "1", "2")
}

// Readers cannot write: SQLite itself refuses.
func TestReaderCannotWrite(t *testing.T) {
	db := opened(t, Options{})
	rx := db.Read(t.Context())
	if err := put(Tx{Rx: rx}, "a"); err == nil {
		t.Error("a reader has written")
	}
	for _, text := range []string{"DELETE FROM outbox_jobs", "DROP TABLE outbox_jobs", "PRAGMA user_version = 7", "CREATE TABLE x (y)"} {
		if err := rx.Exec(text).Error; err == nil {
			t.Errorf("a reader may %s", text)
		}
	}
	wantRows(t, rx)
}

// Nobody below may open a transaction of their own.
func TestNoTransactionWithin(t *testing.T) {
	db := opened(t, Options{})
	err := db.Write(t.Context(), tester, func(_ context.Context, tx Tx) error {
		return tx.Begin().Error
	})
	if err == nil {
		t.Error("a transaction in a transaction")
	}
}
