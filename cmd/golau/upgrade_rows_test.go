package main

import (
	"compress/gzip"
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golau/internal/store"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
)

// schemaAt makes a database of an older schema and fills every table it had.
// testdata/rows-6.sql.gz holds what a small installation wrote up to schema 6: two
// fictional people, one of them certified. testdata/rows-later.sql holds, under
// the schema from which on they can be there, rows for the tables that were empty
// or came later, among them a certificate that was withdrawn and one whose holder
// was erased. Whoever adds a table adds a row.
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
	fill := func(rows string) {
		t.Helper()
		since := int64(0)
		for line := range strings.Lines(rows) {
			if _, err := fmt.Sscanf(line, "-- from %d", &since); err == nil || since > v {
				continue
			}
			verb := strings.Fields(line)
			if verb[0] == "INSERT" && since == 0 && !thereIs(t, db, verb[2]) {
				continue // it came later
			}
			if _, err := db.Exec(line); err != nil {
				t.Fatalf("%.100s: %v", line, err)
			}
		}
	}
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
	fill(unzipped(t, "testdata/rows-6.sql.gz"))
	later, err := os.ReadFile("testdata/rows-later.sql")
	must(err)
	fill(string(later))
	if v >= 9 { // the record keeps its head
		_, err := db.Exec("UPDATE audit_head SET (lines, hash) = (SELECT id, hash FROM audit_events ORDER BY id DESC LIMIT 1)")
		must(err)
	}
	for _, text := range triggers {
		_, err := db.Exec(text)
		must(err)
	}
	return heldBy(t, db, v)
}

// heldBy reads what every table holds, and wants a row in each.
func heldBy(t *testing.T, db *sql.DB, v int64) map[string]held {
	t.Helper()
	names, err := db.Query("SELECT m.name, group_concat(c.name) FROM sqlite_schema m, pragma_table_info(m.name) c " +
		"WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'store_migrations' GROUP BY m.name")
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string]held{}
	for names.Next() {
		var name string
		var h held
		if err := names.Scan(&name, &h.columns); err != nil {
			t.Fatal(err)
		}
		tables[name] = h
	}
	names.Close()
	for name, h := range tables {
		rows, err := db.Query("SELECT " + h.columns + " FROM " + name)
		if err != nil {
			t.Fatal(err)
		}
		if h.print = printed(t, rows); h.print == "" {
			t.Errorf("schema %d: no row of %s: add one to testdata/rows-later.sql", v, name)
		}
		rows.Close()
		tables[name] = h
	}
	return tables
}

func thereIs(t *testing.T, db *sql.DB, table string) bool {
	t.Helper()
	var n int
	if err := db.QueryRow("SELECT count(*) FROM pragma_table_info(?)", table).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n > 0
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

// The rows of the newest schema hold, too: a table that a migration adds has its
// row here before that migration is an old one.
func TestRowsOfTheNewestSchema(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "golau.db")
	schemaAt(t, path, migrationsDir, newestMigration(t))
	db, err := store.Open(t.Context(), store.Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	upgraded(t, db, newestMigration(t))
}

const migrationsDir = "../../internal/store/migrations"

// schemas are the numbers of all migrations, in order.
func schemas(t *testing.T) (all []int64) {
	t.Helper()
	files, err := os.ReadDir(migrationsDir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		var v int64
		if _, err := fmt.Sscanf(f.Name(), "%d_", &v); err != nil {
			t.Fatal(err)
		}
		all = append(all, v)
	}
	return all
}

func newestMigration(t *testing.T) int64 {
	all := schemas(t)
	return all[len(all)-1]
}
