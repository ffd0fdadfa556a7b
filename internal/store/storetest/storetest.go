// Package storetest opens a real database for a test, with a clock that moves
// only when told. It knows no room: tests fill the tables through the rooms.
package storetest

import (
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

// Open opens a fresh database in the test's own folder and closes it at the end.
func Open(t testing.TB) (*store.DB, *Clock) {
	t.Helper()
	clock := NewClock(Start)
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "golau.db"), Now: clock.Now})
	if err != nil {
		t.Fatalf("%v\n(after a new migration: go test ./internal/store -run Schema -update)", err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db, clock
}
