package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Schema is the truth about every table: what a fresh database looks like.
//
//go:embed schema.sql
var Schema string

// versions names the table in which goose notes what has been applied.
const versions = "store_migrations"

// migrate brings the schema up to date, and refuses a database that a newer
// program has already changed.
func (db *DB) migrate(ctx context.Context, before func(context.Context, *sql.DB) error) error {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	notes, err := database.NewStore(database.DialectSQLite3, versions)
	if err != nil {
		return err
	}
	p, err := goose.NewProvider("", db.wsql, dir, goose.WithStore(notes), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	have, want, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("cannot read the schema's version: %w", explain(err))
	}
	if have > want {
		return newer(int(have), int(want))
	}
	if have < want {
		if have > 0 && before != nil {
			if err := before(ctx, db.wsql); err != nil {
				return fmt.Errorf("no backup, so no migration: %w", err)
			}
		}
		if _, err := p.Up(ctx); err != nil {
			return fmt.Errorf("migration: %w", err)
		}
	}
	return sameSchema(ctx, db.wsql)
}

func newer(have, want int) error {
	return fmt.Errorf("the database was made by a newer Golau (schema %d, this program knows %d): use that version, or restore a backup", have, want)
}

// sameSchema refuses tables that are not those of the migrations.
func sameSchema(ctx context.Context, s *sql.DB) error {
	live, err := LiveSchema(ctx, s)
	if err != nil {
		return err
	}
	if live != Schema {
		return fmt.Errorf("the database's tables are not the ones this program made: %s", firstDifference(Schema, live))
	}
	return nil
}

// LiveSchema returns the statements that made the tables, indexes, triggers and
// views of a database, in a fixed order. Two tables are not ours and allowed:
// those that Litestream, which copies the database away, puts beside ours.
func LiveSchema(ctx context.Context, s *sql.DB) (string, error) {
	rows, err := s.QueryContext(ctx, `SELECT sql FROM sqlite_schema
		WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND tbl_name NOT IN (?, '_litestream_seq', '_litestream_lock') ORDER BY type, name`, versions)
	if err != nil {
		return "", fmt.Errorf("cannot read the schema: %w", err)
	}
	defer rows.Close()
	var b strings.Builder
	for rows.Next() {
		var q string
		if err := rows.Scan(&q); err != nil {
			return "", err
		}
		b.WriteString(q)
		b.WriteString(";\n\n")
	}
	return b.String(), rows.Err()
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		a, b := "nothing", "nothing"
		if i < len(w) {
			a = w[i]
		}
		if i < len(g) {
			b = g[i]
		}
		if a != b {
			return fmt.Sprintf("expected %q, found %q", strings.TrimSpace(a), strings.TrimSpace(b))
		}
	}
	return "no difference"
}
