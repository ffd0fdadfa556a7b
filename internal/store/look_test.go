package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Who looks sees what was written, also what still lies in the log of a program
// that runs, and can write nothing.
func TestLook(t *testing.T) {
	path := filepath.Join(t.TempDir(), "golau.db")
	db := opened(t, Options{Path: path})
	look := func(want ...string) {
		t.Helper()
		seen, err := Look(t.Context(), Options{Path: path})
		if err != nil {
			t.Fatal(err)
		}
		defer seen.Close()
		wantRows(t, seen.Read(t.Context()), want...)
		wantUnavailable(t, seen.Write(t.Context(), tester, putting("b")))
		if err := seen.Read(t.Context()).Exec("DELETE FROM outbox_jobs").Error; err == nil {
			t.Error("who looks can delete")
		}
	}
	look()
	if err := db.Write(t.Context(), tester, putting("a")); err != nil {
		t.Fatal(err)
	}
	look("a")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	look("a")
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("looking leaves %v", left)
	}
}

// What cannot be looked at stays as it is, and the reason says what it is.
func TestLookRefuses(t *testing.T) {
	for _, c := range []struct {
		name, says string
		spoil      func(t *testing.T, path string)
	}{
		{"an older schema", "of an older version (schema 1, this program knows", func(t *testing.T, path string) {
			mustExec(t, raw(t, path), "DELETE FROM store_migrations WHERE version_id > 1")
		}},
		{"a newer schema", "made by a newer Golau (schema 99999", func(t *testing.T, path string) {
			mustExec(t, raw(t, path), "INSERT INTO store_migrations (version_id, is_applied) VALUES (99999, 1)")
		}},
		{"a trigger is missing", "are not the ones this program made", func(t *testing.T, path string) {
			mustExec(t, raw(t, path), "DROP TRIGGER audit_events_no_delete")
		}},
		{"an empty file", "no database of Golau, or an empty one", func(t *testing.T, path string) { replace(t, path, "") }},
		{"no database at all", "cannot read the database", func(t *testing.T, path string) { replace(t, path, strings.Repeat("no database ", 1000)) }},
		{"nothing", "no such file", func(t *testing.T, path string) { _ = os.Remove(path) }},
		{"a folder", "is no file", func(t *testing.T, path string) { _ = os.Remove(path); _ = os.Mkdir(path, 0o700) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "golau.db")
			if err := opened(t, Options{Path: path}).Close(); err != nil {
				t.Fatal(err)
			}
			c.spoil(t, path)
			before, _ := os.ReadFile(path)
			there, _ := os.ReadDir(filepath.Dir(path))
			_, err := Look(t.Context(), Options{Path: path})
			if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%v: does not say %q in one line", err, c.says)
			}
			after, _ := os.ReadFile(path)
			left, _ := os.ReadDir(filepath.Dir(path))
			if string(before) != string(after) || len(there) != len(left) {
				t.Errorf("looking changed the file, or left more than the %d there were: %v", len(there), left)
			}
		})
	}
}

func replace(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
