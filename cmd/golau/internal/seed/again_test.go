package seed

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"golau/internal/people"
	"golau/internal/store"

	"github.com/google/go-cmp/cmp"
)

// Started again, a demonstration is found as it was left.
func TestDemoIsMadeOnce(t *testing.T) {
	before := demonstration(t).dump(today)
	path, _ := made()
	if err := demo(t.Context(), path, filepath.Join(scratch, "keys"), today.Add(40*day), taught); err != nil {
		t.Fatal(err)
	}
	if demonstration(t).dump(today) != before {
		t.Error("the second start has changed something")
	}
}

// Another day, another folder, a database that is there already but empty: the
// story is the same, told from its end.
func TestDemoIsTheSameEachTime(t *testing.T) {
	later := today.AddDate(0, 1, 12).Add(7 * 60 * 60 * 1e9)
	path := filepath.Join(t.TempDir(), "golau.db")
	db, err := store.Open(t.Context(), store.Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	keys := filepath.Join(scratch, "keys") // the names of keys stand in the tables
	want := demonstration(t).dump(today.Truncate(day))
	if err := demo(t.Context(), path, keys, later, taught); err != nil {
		t.Fatal(err)
	}
	got := open(t, path, keys, store.Options{}).dump(later.Truncate(day))
	if got != want {
		d := cmp.Diff(want, got)
		t.Error(d[:min(len(d), 2000)])
	}
}

// A demonstration that was stopped half way is not taken for a whole one.
func TestStoppedHalfWay(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "golau.db")
	for _, name := range []string{path + ".part", path + ".part-wal", path + "-wal"} {
		if err := os.WriteFile(name, []byte("left over"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := demo(ctx, path, filepath.Join(dir, "keys"), today, taught); err == nil {
		t.Fatal("made, although it was stopped")
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("half a demonstration was put in its place")
	}
	if _, err := os.Stat(path + "-wal"); err == nil {
		t.Error("the log of a database that is gone was left for the next")
	}
}

func TestDemoSaysWhyNot(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "golau.db")
	if err := os.WriteFile(path, []byte("this is no database, but it lies in its place"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := demo(t.Context(), path, filepath.Join(dir, "keys"), today, taught); err == nil {
		t.Error("made from what is no database")
	}
	keys := filepath.Join(dir, "keys")
	if err := os.WriteFile(keys, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(dir, "other.db")
	if err := demo(t.Context(), other, keys, today, taught); err == nil {
		t.Error("made without keys")
	}
	if _, err := os.Stat(other); err == nil {
		t.Error("a database without cast stands where a whole one should")
	}
}

// What is made in the last step must all be there, or nothing.
func TestNothingIsLeftOver(t *testing.T) {
	demonstration(t)
	files, err := filepath.Glob(filepath.Join(scratch, "*.part*"))
	if err != nil || len(files) != 0 {
		t.Errorf("left over: %v, %v", files, err)
	}
	if cast, err := people.Cast(demonstration(t).read()); err != nil || len(cast) != len(Cast) {
		t.Errorf("%v: %v", cast, err)
	}
}
