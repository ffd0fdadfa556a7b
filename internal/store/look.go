package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
)

// errLook answers a Write to a database that was opened by Look.
var errLook = errors.New("store: the database was opened to look, not to write")

// Look opens an existing database for reading and no more: it makes no file,
// changes no schema and needs no right to write in the folder. A database of
// another version than the program's is refused with a reason.
func Look(ctx context.Context, o Options) (*DB, error) {
	o.defaults()
	if info, err := os.Stat(o.Path); err != nil {
		return nil, fmt.Errorf("cannot read the database: %w", err)
	} else if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("cannot read the database: %s is no file", o.Path)
	}
	extra := "mode=ro&_pragma=query_only(1)"
	if _, err := os.Stat(o.Path + "-wal"); errors.Is(err, fs.ErrNotExist) {
		// No log: nobody has it open, and the file is whole by itself. Else the
		// engine would put a log beside it, or fail where it may not.
		extra += "&immutable=1"
	}
	db := newDB(o)
	db.broken.Store(&errLook)
	var err error
	if db.rsql, err = dial(o, o.Readers, extra); err != nil {
		return nil, err
	}
	if err = db.sameVersion(ctx); err == nil {
		db.r, err = builder(keep(db.rsql))
	}
	if err != nil {
		db.rsql.Close()
		return nil, err
	}
	close(db.stopped) // nobody writes
	return db, nil
}

// sameVersion refuses a database whose schema is not this program's.
func (db *DB) sameVersion(ctx context.Context) error {
	var tables, have int
	err := db.rsql.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?", versions).Scan(&tables)
	if err != nil {
		return fmt.Errorf("cannot read the database: %w", err)
	}
	if tables == 0 {
		return errors.New("this is no database of Golau, or an empty one")
	}
	if err := db.rsql.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM "+versions+" WHERE is_applied").Scan(&have); err != nil {
		return fmt.Errorf("cannot read the schema's version: %w", err)
	}
	want, err := newest()
	if err != nil {
		return err
	}
	switch {
	case have > want:
		return newer(have, want)
	case have < want:
		return fmt.Errorf("the database is of an older version (schema %d, this program knows %d): start golau serve once, which brings it up to date after a copy", have, want)
	}
	return sameSchema(ctx, db.rsql)
}

// newest is the number of the last migration that this program knows.
func newest() (int, error) {
	files, err := fs.ReadDir(migrations, "migrations")
	if err != nil {
		return 0, err
	}
	number, _, _ := strings.Cut(files[len(files)-1].Name(), "_") // in order of their names
	return strconv.Atoi(number)
}
