package store

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"golau/internal/problem"
)

// tester is who writes in these tests.
var tester = Actor{Person: "p", Via: "test"}

// opened opens a database in the test's own folder and closes it at the end.
func opened(t *testing.T, o Options) *DB {
	t.Helper()
	if o.Path == "" {
		o.Path = filepath.Join(t.TempDir(), "golau.db")
	}
	db, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// put writes one row that the tests can find again.
func put(tx Tx, key string) error {
	return tx.Exec("INSERT INTO outbox_jobs (kind, key, payload, created_at, due_at) VALUES ('t', ?, '', ?, ?)",
		key, tx.Now, tx.Now).Error
}

// putting is put as a whole Write.
func putting(key string) func(context.Context, Tx) error {
	return func(_ context.Context, tx Tx) error { return put(tx, key) }
}

// rows lists what put has left behind, in order of the keys.
func rows(t *testing.T, rx Rx) []string {
	t.Helper()
	var keys []string
	if err := rx.Raw("SELECT key FROM outbox_jobs ORDER BY key").Scan(&keys).Error; err != nil {
		t.Fatal(err)
	}
	return keys
}

// together holds the writer until all of fns are queued, and so makes them one
// group, whatever the machine's mood. It returns their answers in order.
func together(t *testing.T, db *DB, fns ...func(context.Context, Tx) error) []error {
	t.Helper()
	hold, held := make(chan struct{}), make(chan struct{})
	first := make(chan error, 1)
	go func() {
		first <- db.Write(context.Background(), tester, func(context.Context, Tx) error { close(held); <-hold; return nil })
	}()
	select {
	case <-held:
	case err := <-first:
		t.Fatal(err)
	}
	answers := make([]chan error, len(fns))
	for i, fn := range fns {
		answers[i] = make(chan error, 1)
		go func() { answers[i] <- db.Write(context.Background(), tester, fn) }()
		waitQueued(t, db, i+1)
	}
	close(hold)
	if err := <-first; err != nil {
		t.Fatal(err)
	}
	errs := make([]error, len(fns))
	for i := range fns {
		errs[i] = <-answers[i]
	}
	return errs
}

// waitQueued waits until n writes wait for their turn.
func waitQueued(t *testing.T, db *DB, n int) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); len(db.jobs) != n; time.Sleep(50 * time.Microsecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d writes are queued, not %d", len(db.jobs), n)
		}
	}
}

func wantUnavailable(t *testing.T, err error) {
	t.Helper()
	if p, ok := problem.As(err); !ok || p.Kind != problem.Unavailable || p.RetryAfter == 0 {
		t.Fatalf("%v is not Unavailable with a time to come back", err)
	}
}

func wantRows(t *testing.T, rx Rx, want ...string) {
	t.Helper()
	if got := rows(t, rx); !slices.Equal(got, want) {
		t.Fatalf("rows %q, want %q", got, want)
	}
}

// raw opens the file past the store, as another program would.
func raw(t *testing.T, path string) *sql.DB {
	t.Helper()
	s, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	s.SetMaxOpenConns(1)
	t.Cleanup(func() { s.Close() })
	return s
}

func mustExec(t *testing.T, s *sql.DB, text string, args ...any) {
	t.Helper()
	if _, err := s.Exec(text, args...); err != nil {
		t.Fatal(err)
	}
}

var errMine = errors.New("mine")
