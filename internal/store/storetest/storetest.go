// Package storetest opens a real database for a test, with a clock that moves
// only when told. It knows no room: tests fill the tables through the rooms.
package storetest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"golau/internal/store"
)

// Start is the moment at which every test begins: a working day in Wales.
var Start = time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)

// Clock is a clock for tests.
type Clock struct {
	mu sync.Mutex
	t  time.Time
}

// NewClock returns a clock that stands at t.
func NewClock(t time.Time) *Clock { return &Clock{t: t} }

// Now returns the clock's time.
func (c *Clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.t }

// Advance moves the clock by d, which may be negative.
func (c *Clock) Advance(d time.Duration) { c.mu.Lock(); c.t = c.t.Add(d); c.mu.Unlock() }

// Set moves the clock to t.
func (c *Clock) Set(t time.Time) { c.mu.Lock(); c.t = t; c.mu.Unlock() }

// empty is a database at the newest schema in which nobody has done anything,
// made once in each test process: migrating takes longer than most tests.
var empty = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "golau-empty")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "golau.db")
	db, err := store.Open(context.Background(), store.Options{Path: path, Now: NewClock(Start).Now})
	if err != nil {
		return nil, fmt.Errorf("%w\n(after a new migration: go test ./internal/store -run Schema -update)", err)
	}
	if err := db.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// Copy puts a database in which nobody has done anything at path, for tests that
// open it in a way of their own.
func Copy(t testing.TB, path string) {
	t.Helper()
	content, err := empty()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// Open opens a fresh database in the test's own folder and closes it at the end.
func Open(t testing.TB) (*store.DB, *Clock) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "golau.db")
	Copy(t, path)
	clock := NewClock(Start)
	db, err := store.Open(t.Context(), store.Options{Path: path, Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db, clock
}
