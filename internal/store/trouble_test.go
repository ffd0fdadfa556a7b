package store

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"golau/internal/problem"
)

// While another program holds the file, everyone who waits is told so after one
// wait together, readers read on, and afterwards all is as before.
func TestLocked(t *testing.T) {
	path := t.TempDir() + "/golau.db"
	db := opened(t, Options{Path: path, busy: 500 * time.Millisecond})
	if err := db.Write(t.Context(), tester, putting("before")); err != nil {
		t.Fatal(err)
	}
	other := raw(t, path)
	mustExec(t, other, "BEGIN EXCLUSIVE")
	const n = 50
	answers := make(chan error, n)
	go func() { answers <- db.Write(context.Background(), tester, putting("x")) }()
	time.Sleep(10 * time.Millisecond) // so that the first waits for the file, and the others for the first
	for range n - 1 {
		go func() { answers <- db.Write(context.Background(), tester, putting("x")) }()
	}
	wantRows(t, db.Read(t.Context()), "before")
	first := <-answers
	wantUnavailable(t, first)
	for range n - 1 {
		// The very same error: they were answered by one wait, not by n.
		if err := <-answers; err != first {
			t.Errorf("another wait: %v", err)
		}
	}
	mustExec(t, other, "ROLLBACK")
	if err := db.Write(t.Context(), tester, putting("after")); err != nil {
		t.Error(err)
	}
	wantRows(t, db.Read(t.Context()), "after", "before")
}

// A full disk refuses what does not fit and everyone beside it in the commit;
// with room again, writing goes on.
func TestFull(t *testing.T) {
	db := opened(t, Options{})
	limit := func(pages string) {
		t.Helper()
		err := db.Write(t.Context(), tester, func(_ context.Context, tx Tx) error { return tx.Exec("PRAGMA max_page_count = " + pages).Error })
		if err != nil {
			t.Fatal(err)
		}
	}
	big := func(key string) func(context.Context, Tx) error {
		return func(_ context.Context, tx Tx) error { return put(tx, key+strings.Repeat("x", 100_000)) }
	}
	limit("1")
	wantUnavailable(t, db.Write(t.Context(), tester, big("a")))
	for i, err := range together(t, db, putting("b"), big("c"), putting("d")) {
		if err == nil {
			t.Errorf("writer %d was told yes", i)
			continue
		}
		wantUnavailable(t, err)
	}
	// One that thinks nothing of the error must not go on outside the commit.
	careless := func(ctx context.Context, tx Tx) error {
		_ = big("e")(ctx, tx)
		_ = put(tx, "f")
		return nil
	}
	wantUnavailable(t, db.Write(t.Context(), tester, careless))
	for _, err := range together(t, db, careless, putting("g")) {
		wantUnavailable(t, err)
	}
	wantRows(t, db.Read(t.Context()))
	if err := db.Ready(t.Context()); err != nil {
		t.Error(err)
	}
	limit("1000000")
	if err := db.Write(t.Context(), tester, putting("h")); err != nil {
		t.Error(err)
	}
	wantRows(t, db.Read(t.Context()), "h")
}

// A file that became read-only takes nothing, and says so.
func TestReadOnly(t *testing.T) {
	db := opened(t, Options{})
	readOnly := func(on string) {
		t.Helper()
		if err := db.line.exec("PRAGMA query_only = " + on); err != nil { // the writer rests
			t.Fatal(err)
		}
	}
	readOnly("1")
	wantUnavailable(t, db.Write(t.Context(), tester, putting("a")))
	wantUnavailable(t, db.Write(t.Context(), tester, putting("b")))
	readOnly("0")
	if err := db.Write(t.Context(), tester, putting("d")); err != nil {
		t.Error(err)
	}
	wantRows(t, db.Read(t.Context()), "d")
}

// A store that has broken takes nothing any more, and is not ready.
func TestBroken(t *testing.T) {
	var told []error
	db := opened(t, Options{Broken: func(err error) { told = append(told, err) }})
	db.broke(errMine)
	db.broke(errors.New("again"))
	if len(told) != 1 || !errors.Is(told[0], errMine) {
		t.Errorf("told %v", told)
	}
	err := db.Write(t.Context(), tester, putting("a"))
	wantUnavailable(t, err)
	if !errors.Is(err, errMine) || !errors.Is(db.Ready(t.Context()), errMine) {
		t.Errorf("%v, %v", err, db.Ready(t.Context()))
	}
	wantRows(t, db.Read(t.Context()))
}

// A problem that a writer found for itself is its own, whatever caused it.
func TestExplainKeepsProblems(t *testing.T) {
	own := problem.New(problem.Conflict, "x")
	if Explain(own) != error(own) || Explain(nil) != nil || Explain(errMine) != errMine {
		t.Error("changed")
	}
}
