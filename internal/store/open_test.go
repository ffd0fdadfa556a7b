package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A database that could lose an answer, or that is not ours, is refused, and
// the reason says what is wrong.
func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		name, says string
		options    Options
		spoil      func(t *testing.T, path string)
	}{
		{"synchronous is off", "synchronous is below FULL", Options{Synchronous: "OFF"}, nil},
		{"synchronous is normal", "synchronous is below FULL", Options{Synchronous: "NORMAL"}, nil},
		{"foreign keys are off", "foreign keys or recursive triggers are off", Options{spoilt: "&_pragma=foreign_keys=0"}, nil},
		{"recursive triggers are off", "foreign keys or recursive triggers are off", Options{spoilt: "&_pragma=recursive_triggers=0"}, nil},
		{"the journal is not WAL", "journal mode is memory, not WAL", Options{spoilt: "&_pragma=journal_mode=memory"}, nil},
		{"an engine that is too old", "is too old: 99.0.0 or newer is needed", Options{atLeast: "99.0.0"}, nil},
		{"a newer schema", "made by a newer Golau (schema 99999", Options{}, func(t *testing.T, path string) {
			mustExec(t, raw(t, path), "INSERT INTO store_migrations (version_id, is_applied) VALUES (99999, 1)")
		}},
		{"a table of someone else's", `found "CREATE TABLE aaa (x)`, Options{}, func(t *testing.T, path string) {
			mustExec(t, raw(t, path), "CREATE TABLE aaa (x)")
		}},
		{"a trigger is missing", "are not the ones this program made", Options{}, func(t *testing.T, path string) {
			mustExec(t, raw(t, path), "DROP TRIGGER audit_events_no_delete")
		}},
		{"no database at all", "cannot read the database", Options{}, func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.options.Path = filepath.Join(t.TempDir(), "golau.db")
			if c.spoil != nil {
				db := opened(t, c.options)
				if err := db.Close(); err != nil {
					t.Fatal(err)
				}
				c.spoil(t, c.options.Path)
			}
			wantRefusal(t, c.options, c.says)
		})
	}
}

func wantRefusal(t *testing.T, o Options, says string) {
	t.Helper()
	db, err := Open(t.Context(), o)
	if err == nil {
		db.Close()
		t.Fatal("opened")
	}
	if !strings.Contains(err.Error(), says) {
		t.Errorf("%v: does not say %q", err, says)
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("%q is more than one line", err)
	}
}

// A folder that is not there, or in which nothing can be written.
func TestFolderNotWritable(t *testing.T) {
	dir := t.TempDir()
	wantRefusal(t, Options{Path: filepath.Join(dir, "absent", "golau.db")}, "unable to open database file")
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	wantRefusal(t, Options{Path: filepath.Join(file, "golau.db")}, "unable to open database file")
	if os.Geteuid() == 0 {
		t.Log("root may write everywhere: the rest is left out")
		return
	}
	shut := filepath.Join(dir, "shut")
	if err := os.Mkdir(shut, 0o500); err != nil {
		t.Fatal(err)
	}
	wantRefusal(t, Options{Path: filepath.Join(shut, "golau.db")}, "unable to open database file")
}

// The engine is new enough, and the comparison of versions is of numbers.
func TestVersions(t *testing.T) {
	for _, c := range []struct {
		a, b string
		less bool
	}{{"3.51.3", "3.51.3", false}, {"3.51.2", "3.51.3", true}, {"3.9.0", "3.51.3", true}, {"4.0.0", "3.51.3", false}, {"", "3.51.3", true}} {
		if got := versionLess(c.a, c.b); got != c.less {
			t.Errorf("%q < %q is %v", c.a, c.b, got)
		}
	}
	if v := opened(t, Options{}).Version(t.Context()); versionLess(v, minSQLite) {
		t.Errorf("SQLite %s", v)
	}
}
