package store

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// A text is prepared once, within transactions too.
func TestStatementsAreKept(t *testing.T) {
	db := opened(t, Options{})
	write := func(i int) {
		t.Helper()
		if err := db.Write(t.Context(), tester, putting(fmt.Sprint(i))); err != nil {
			t.Fatal(err)
		}
	}
	write(0)
	before := len(db.line.kept)
	stmt := db.line.kept["COMMIT"]
	for i := range 20 {
		write(i + 1)
	}
	if after := len(db.line.kept); after != before || stmt == nil || db.line.kept["COMMIT"] != stmt {
		t.Errorf("%d statements, then %d", before, after)
	}
}

// Beyond the bound statements still run.
func TestStatementsAreBounded(t *testing.T) {
	db := opened(t, Options{})
	err := db.Write(t.Context(), tester, func(_ context.Context, tx Tx) error {
		for i := range maxKept + 10 {
			var n int
			if err := tx.Raw(fmt.Sprintf("SELECT %d", i)).Scan(&n).Error; err != nil || n != i {
				return fmt.Errorf("%d: %w", n, err)
			}
			if err := tx.Exec(fmt.Sprintf("UPDATE outbox_jobs SET tries = %d", i)).Error; err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(db.line.kept); n > maxKept {
		t.Errorf("%d statements kept", n)
	}
}

// Rows left open make their text fail, loudly and only until it is dropped: the
// next writer is not made to suffer for ever.
func TestRowsLeftOpen(t *testing.T) {
	db := opened(t, Options{})
	const text = "SELECT key FROM outbox_jobs WHERE kind = ?"
	together(t, db, putting("a"), putting("b"))
	read := func(_ context.Context, tx Tx) error {
		var keys []string
		return tx.Raw(text, "t").Scan(&keys).Error
	}
	var leak interface{ Close() error }
	err := db.Write(t.Context(), tester, func(_ context.Context, tx Tx) error {
		rows, err := tx.Raw(text, "t").Rows()
		if err != nil {
			return err
		}
		leak = rows
		rows.Next()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Write(t.Context(), tester, read); err == nil {
		t.Error("the same text ran while its rows were open")
	}
	if err := db.Write(t.Context(), tester, read); err != nil {
		t.Errorf("%v", err)
	}
	if err := leak.Close(); err != nil {
		t.Error(err)
	}
}

// After a clean stop the database is one file, whatever was prepared before,
// and whatever got stuck: who copies the folder then needs to know nothing of
// logs.
func TestACleanStopLeavesOneFile(t *testing.T) {
	for name, use := range map[string]func(*DB){
		"nothing was done": func(*DB) {},
		"read and written": func(db *DB) {
			together(t, db, putting("a"), putting("b"))
			wantRows(t, db.Read(t.Context()), "a", "b")
		},
		"stuck": func(db *DB) {
			const text = "SELECT key FROM outbox_jobs WHERE kind = ?"
			together(t, db, putting("a"), putting("b"))
			var leak *sql.Rows
			err := db.Write(t.Context(), tester, func(_ context.Context, tx Tx) (err error) {
				leak, err = tx.Raw(text, "t").Rows()
				leak.Next()
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			var keys []string
			_ = db.Write(t.Context(), tester, func(_ context.Context, tx Tx) error { return tx.Raw(text, "t").Scan(&keys).Error })
			if len(db.line.stuck) != 1 {
				t.Errorf("%d statements are stuck, want 1", len(db.line.stuck))
			}
			if err := leak.Close(); err != nil {
				t.Fatal(err)
			}
		},
	} {
		path := filepath.Join(t.TempDir(), "golau.db")
		db := opened(t, Options{Path: path})
		use(db)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		left, err := os.ReadDir(filepath.Dir(path))
		if err != nil {
			t.Fatal(err)
		}
		if len(left) != 1 || left[0].Name() != "golau.db" {
			t.Errorf("%s: left in the folder is %v", name, left)
		}
	}
}
