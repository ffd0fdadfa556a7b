package main

import (
	"compress/gzip"
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golau/certificates"
	"golau/internal/audit"
	"golau/internal/store"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
)

// T1-10: the rows of a small installation (testdata/rows-6.sql.gz, two fictional
// people, one of them certified) as each earlier schema held them. An upgrade
// copies them first, keeps every one, and the evidence still verifies.
func TestUpgradeFromEverySchema(t *testing.T) {
	t.Parallel()
	const migrations = "../../internal/store/migrations"
	files, err := os.ReadDir(migrations)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files[:len(files)-1] {
		var v int64
		if _, err := fmt.Sscanf(f.Name(), "%d_", &v); err != nil {
			t.Fatal(err)
		}
		t.Run(fmt.Sprint(v), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			path := filepath.Join(dir, "golau.db")
			before := schemaAt(t, path, migrations, v)
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
		})
	}
}

// upgraded wants the evidence to verify after an upgrade.
func upgraded(t *testing.T, db *store.DB, from int64) {
	t.Helper()
	keys := filepath.Join(t.TempDir(), "keys")
	public, err := os.ReadFile("testdata/rows-6.pem")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(keys, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(keys, "retired-rows.pem"), public, 0o600); err != nil {
		t.Fatal(err)
	}
	k, err := certificates.OpenKeys(keys, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	rx := db.Read(t.Context())
	if n, err := audit.Verify(rx); n != 32 || err != nil {
		t.Errorf("%d lines: %v", n, err)
	}
	if from < 4 {
		return // before there were certificates
	}
	if n, err := certificates.Check(rx, k); n != 1 || err != nil {
		t.Errorf("%d certificates: %v", n, err)
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

// schemaAt makes a database of an older schema and fills the tables it had.
func schemaAt(t *testing.T, path, migrations string, v int64) map[string]held {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=foreign_keys(0)&_pragma=journal_mode(WAL)")
	must(err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	notes, err := database.NewStore(database.DialectSQLite3, "store_migrations")
	must(err)
	p, err := goose.NewProvider("", db, os.DirFS(migrations), goose.WithStore(notes), goose.WithDisableGlobalRegistry(true))
	must(err)
	_, err = p.UpTo(context.Background(), v)
	must(err)
	// The rows come as they were at the end, which the triggers would not let them
	// be at the beginning.
	triggers := map[string]string{}
	guards, err := db.Query("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
	must(err)
	for guards.Next() {
		var name, text string
		must(guards.Scan(&name, &text))
		triggers[name] = text
	}
	guards.Close()
	for name := range triggers {
		_, err := db.Exec("DROP TRIGGER " + name)
		must(err)
	}
	tables := map[string]held{}
	for line := range strings.Lines(unzipped(t, "testdata/rows-6.sql.gz")) {
		table := strings.Fields(line)[2]
		var columns sql.NullString
		must(db.QueryRow("SELECT group_concat(name) FROM pragma_table_info(?)", table).Scan(&columns))
		if columns.String == "" {
			continue // it came later
		}
		if _, err := db.Exec(line); err != nil {
			t.Fatalf("%.100s: %v", line, err)
		}
		tables[table] = held{columns: columns.String}
	}
	if v >= 9 { // the record keeps its head
		_, err := db.Exec("UPDATE audit_head SET (lines, hash) = (SELECT id, hash FROM audit_events ORDER BY id DESC LIMIT 1)")
		must(err)
	}
	for _, text := range triggers {
		_, err := db.Exec(text)
		must(err)
	}
	for table, h := range tables {
		rows, err := db.Query("SELECT " + h.columns + " FROM " + table)
		must(err)
		h.print = printed(t, rows)
		rows.Close()
		tables[table] = h
	}
	if len(tables) < 2 {
		t.Fatalf("only %d tables are filled", len(tables))
	}
	return tables
}

func unzipped(t *testing.T, name string) string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
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
