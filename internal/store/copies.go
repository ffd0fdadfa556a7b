package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"
)

// Content says what a database file holds.
type Content struct {
	Version int64 // of its schema
	Tables  []string
	schema  string
}

// querier is a connection or a pool of them.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func uri(path string) string { return "file:" + (&url.URL{Path: path}).EscapedPath() }

// contentOf reads a database's schema and its version.
func contentOf(ctx context.Context, q querier) (c Content, err error) {
	if err := q.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM "+versions).Scan(&c.Version); err != nil {
		return c, fmt.Errorf("it is no database of Golau: %w", err)
	}
	rows, err := q.QueryContext(ctx, "SELECT name, type, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name")
	if err != nil {
		return c, err
	}
	defer rows.Close()
	for rows.Next() {
		var name, kind, text string
		if err := rows.Scan(&name, &kind, &text); err != nil {
			return c, err
		}
		c.schema += text + ";\n"
		if kind == "table" && !strings.HasPrefix(name, "sqlite_") && name != versions {
			c.Tables = append(c.Tables, name)
		}
	}
	return c, rows.Err()
}

// Newest is the version of the schema that this program makes.
func Newest() int64 {
	n, err := newest()
	if err != nil {
		panic(err) // they are compiled in
	}
	return int64(n)
}

// Inspect reads a database file that nobody writes, a backup, from its first
// byte to its last. It returns an error when the file is damaged, is no database
// of Golau, or is of a newer one.
func Inspect(ctx context.Context, path string) (Content, error) {
	s, err := still(path)
	if err != nil {
		return Content{}, err
	}
	defer s.Close()
	if err := sound(ctx, s); err != nil {
		return Content{}, err
	}
	return known(ctx, s)
}

// Glance says what a database file holds that nobody writes, and reads no more of
// it than that needs. It returns an error when it is no database of Golau, or is
// of a newer one.
func Glance(ctx context.Context, path string) (Content, error) {
	s, err := still(path)
	if err != nil {
		return Content{}, err
	}
	defer s.Close()
	return known(ctx, s)
}

func known(ctx context.Context, q querier) (Content, error) {
	c, err := contentOf(ctx, q)
	if err == nil && c.Version > Newest() {
		err = newer(int(c.Version), int(Newest()))
	}
	return c, err
}

// Sound reads the whole database and returns an error when it is damaged, or a row
// belongs to something that is not there.
func (db *DB) Sound(ctx context.Context) error { return sound(ctx, db.rsql) }

func sound(ctx context.Context, s *sql.DB) error {
	for _, check := range []string{"integrity_check", "foreign_key_check"} {
		fault, err := firstFault(ctx, s, check)
		if err != nil {
			return fmt.Errorf("it cannot be read: %w", err)
		}
		if fault != "" {
			return fmt.Errorf("it is damaged: %s", fault)
		}
	}
	return nil
}

// firstFault runs one of SQLite's own checks.
func firstFault(ctx context.Context, s *sql.DB, check string) (string, error) {
	rows, err := s.QueryContext(ctx, "PRAGMA "+check)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil || !rows.Next() {
		return "", errors.Join(err, rows.Err())
	}
	values := make([]sql.NullString, len(columns))
	into := make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	if err := rows.Scan(into...); err != nil || values[0].String == "ok" {
		return "", err
	}
	return strings.Join(slices.Collect(func(yield func(string) bool) {
		for _, v := range values {
			if !yield(v.String) {
				return
			}
		}
	}), " "), nil
}

// still opens a file that nobody writes, and leaves nothing beside it.
func still(path string) (*sql.DB, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	return sql.Open("sqlite", uri(path)+"?mode=ro&immutable=1&_pragma=query_only(1)")
}

// Peek opens a backup for reading, of whichever version. Close it after use.
func Peek(path string) (rx func(ctx context.Context) Rx, closer func() error, err error) {
	s, err := still(path)
	if err != nil {
		return nil, nil, err
	}
	g, err := builder(keep(s))
	if err != nil {
		return nil, nil, errors.Join(err, s.Close())
	}
	return func(ctx context.Context) Rx { return Rx{g.WithContext(ctx), time.Now} }, s.Close, nil
}
