package main

import (
	"crypto/rand"
	"database/sql"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golau/certificates"
	"golau/internal/audit"
	"golau/internal/store"
)

// T1-10: the rows of a small installation (see schemaAt) as each earlier schema
// held them, in every table that it had. An upgrade copies them first, keeps
// every one, and the evidence still verifies. There is no way down but the copy:
// it is what it was, and goes up again.
func TestUpgradeFromEverySchema(t *testing.T) {
	t.Parallel()
	all := schemas(t)
	for _, v := range all[:len(all)-1] {
		t.Run(fmt.Sprint(v), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			path := filepath.Join(dir, "golau.db")
			before := schemaAt(t, path, migrationsDir, v)
			log := &logBook{}
			db, err := store.Open(t.Context(), store.Options{Path: path, BeforeMigration: backupBefore(path, slog.New(slog.NewTextHandler(log, nil)))})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			copies, _ := filepath.Glob(filepath.Join(dir, "golau-before-*.db"))
			if len(copies) != 1 || !strings.Contains(log.String(), copies[0]) {
				t.Fatalf("copies %v, said %s", copies, log)
			}
			if c, err := store.Inspect(t.Context(), copies[0]); err != nil || c.Version != v {
				t.Errorf("the copy: %+v, %v", c.Version, err)
			}
			saved, done, err := store.Peek(copies[0])
			if err != nil {
				t.Fatal(err)
			}
			defer done()
			for table, was := range before {
				if got := was.of(t, saved(t.Context()), table); got != was.print {
					t.Errorf("table %s is not in the copy as it was", table)
				}
				if got := was.of(t, db.Read(t.Context()), table); got != was.print {
					t.Errorf("the upgrade changed table %s", table)
				}
			}
			upgraded(t, db, v)
			again, err := store.Open(t.Context(), store.Options{Path: copies[0]})
			if err != nil {
				t.Fatal(err)
			}
			defer again.Close()
			for table, was := range before {
				if got := was.of(t, again.Read(t.Context()), table); got != was.print {
					t.Errorf("table %s of the copy did not go up", table)
				}
			}
			upgraded(t, again, v)
		})
	}
}

// upgraded wants the evidence to verify after an upgrade.
func upgraded(t *testing.T, db *store.DB, from int64) {
	t.Helper()
	keys := filepath.Join(t.TempDir(), "keys")
	if err := os.Mkdir(keys, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"6", "later"} {
		public, err := os.ReadFile("testdata/rows-" + name + ".pem")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(keys, "retired-"+name+".pem"), public, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	k, err := certificates.OpenKeys(keys, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	rx := db.Read(t.Context())
	loose, err := rx.Query("PRAGMA foreign_key_check")
	if err != nil {
		t.Fatal(err)
	}
	defer loose.Close()
	if rows := printed(t, loose); rows != "" {
		t.Errorf("rows that belong to nothing: %s", rows)
	}
	var lines, certified int64 = 32, 0
	for _, step := range []struct{ since, lines, certified int64 }{{4, 3, 2}, {9, 2, 0}, {18, 3, 1}} {
		if from >= step.since {
			lines, certified = lines+step.lines, certified+step.certified
		}
	}
	if n, err := audit.Verify(rx); n != lines || err != nil {
		t.Errorf("%d lines of %d: %v", n, lines, err)
	}
	if from < 4 {
		return // before there were certificates
	}
	if n, err := certificates.Check(rx, k); int64(n) != certified || err != nil {
		t.Errorf("%d certificates of %d: %v", n, certified, err)
	}
}

// held is what a table of an older schema held.
type held struct{ columns, print string }

func (h held) of(t *testing.T, rx store.Rx, table string) string {
	t.Helper()
	rows, err := rx.Query("SELECT " + h.columns + " FROM " + table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	return printed(t, rows)
}

func printed(t *testing.T, rows *sql.Rows) string {
	t.Helper()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, fmt.Sprintf("%#v", values))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// A program that is older than the database looks at nothing and changes
// nothing, whichever command is given.
func TestANewerDatabaseIsLeftAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.closeNow()
	meddle(t, h.path(), "INSERT INTO store_migrations (version_id, is_applied) VALUES (99999, 1)")
	for _, args := range [][]string{{"serve", "--addr", "127.0.0.1:0"}, {"certcheck"}, {"seed", "--learners", "1"}, {"verify", strings.Repeat("7", 26)}, {"backup", filepath.Join(t.TempDir(), "b")}} {
		code, _, errs := golau(t, append(args, "--data", h.dir)...)
		if code != exitNo || !strings.Contains(errs, "newer Golau") {
			t.Errorf("%v: %d %s", args, code, errs)
		}
	}
	if copies, _ := filepath.Glob(filepath.Join(h.dir, "golau-before-*")); len(copies) > 0 {
		t.Errorf("copies %v", copies)
	}
}
