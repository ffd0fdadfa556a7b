package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"modernc.org/sqlite"
)

// ErrThere means that a file would have been written over.
var ErrThere = errors.New("it is there already, and nothing is written over")

// pagesAtOnce is how many pages are copied before the next look at whether to
// stop: two megabytes.
const pagesAtOnce = 512

// Backup writes a consistent copy of the database file at from into a new file,
// while others read and write it, and returns what the copy holds. Nobody waits:
// it reads one snapshot, whatever is written meanwhile. Copying the file itself
// would lose what still lies in the log.
//
// The copy is checked before it gets its name: it is there whole and sound, or
// not at all. Returns ErrThere when there is a file of that name.
func Backup(ctx context.Context, from, to string, progress func(done, of int)) (Content, error) {
	return copyTo(ctx, from, to, progress, Inspect)
}

// Draft is Backup for whoever is going to open the copy and check all of it then:
// it looks at the schema alone, so that the file is read once and not twice.
func Draft(ctx context.Context, from, to string, progress func(done, of int)) (Content, error) {
	return copyTo(ctx, from, to, progress, Glance)
}

func copyTo(ctx context.Context, from, to string, progress func(done, of int), check func(context.Context, string) (Content, error)) (Content, error) {
	if err := free(to); err != nil {
		return Content{}, err
	}
	if _, err := os.Stat(from); err != nil {
		return Content{}, fmt.Errorf("there is no database to copy: %w", err)
	}
	part, err := os.CreateTemp(filepath.Dir(to), "."+filepath.Base(to)+".part-*") // mode 0600
	if err != nil {
		return Content{}, fmt.Errorf("cannot write there: %w", err)
	}
	defer func() {
		os.Remove(part.Name())
		os.Remove(part.Name() + "-journal")
	}()
	if err := part.Close(); err != nil {
		return Content{}, err
	}
	want, err := copyPages(ctx, from, part.Name(), progress)
	if err != nil {
		return Content{}, fmt.Errorf("cannot copy the database: %w", err)
	}
	if err := single(ctx, part.Name()); err != nil {
		return Content{}, err
	}
	got, err := check(ctx, part.Name())
	switch {
	case err != nil:
		return Content{}, fmt.Errorf("the copy is not sound: %w", err)
	case got.Version != want.Version || got.schema != want.schema:
		return Content{}, errors.New("the copy does not hold what was copied")
	}
	return got, publish(part.Name(), to)
}

func free(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s: %w", path, ErrThere)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// copyPages copies one snapshot of a database, and says what it should hold.
func copyPages(ctx context.Context, from, to string, progress func(done, of int)) (want Content, err error) {
	src, err := sql.Open("sqlite", uri(from)+"?mode=rw&_pragma=query_only(1)&_pragma=busy_timeout("+fmt.Sprint(busyTimeout.Milliseconds())+")")
	if err != nil {
		return want, err
	}
	defer src.Close()
	src.SetMaxOpenConns(1)
	conn, err := src.Conn(ctx)
	if err != nil {
		return want, err
	}
	defer conn.Close()
	// While this transaction reads, the snapshot stays; without it every write
	// of somebody else would begin the copy anew.
	if _, err := conn.ExecContext(ctx, "BEGIN"); err != nil {
		return want, err
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
	if want, err = contentOf(ctx, conn); err != nil {
		return want, err
	}
	return want, conn.Raw(func(driver any) (err error) {
		b, err := driver.(interface {
			NewBackup(to string) (*sqlite.Backup, error)
		}).NewBackup(uri(to))
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, b.Finish()) }()
		for more := true; more; {
			if err := ctx.Err(); err != nil {
				return err
			}
			if more, err = b.Step(pagesAtOnce); err != nil {
				return err
			}
			if progress != nil {
				progress(b.PageCount()-b.Remaining(), b.PageCount())
			}
		}
		return nil
	})
}

// Settle makes of a database that nobody has open one file that needs no log
// beside it, and lasts: what a backup is.
func Settle(ctx context.Context, path string) error {
	return errors.Join(single(ctx, path), kept(path))
}

// single makes of a copy one file that needs no log beside it.
func single(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", uri(path)+"?mode=rw&_pragma=synchronous(FULL)")
	if err != nil {
		return err
	}
	defer db.Close()
	var mode string
	if err := db.QueryRowContext(ctx, "PRAGMA journal_mode = DELETE").Scan(&mode); err != nil || mode != "delete" {
		return fmt.Errorf("cannot close the copy (journal mode %s): %w", mode, err)
	}
	return db.Close()
}

// kept has the disk keep what was written to a file.
func kept(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("the disk did not keep the copy: %w", err)
	}
	return nil
}

// publish gives a whole file its name, for good.
func publish(part, to string) error {
	if err := kept(part); err != nil {
		return err
	}
	// A link, unlike a renaming, never writes over a file that came meanwhile.
	// Some disks know no links.
	if err := os.Link(part, to); errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s: %w", to, ErrThere)
	} else if err != nil {
		if err := free(to); err != nil {
			return err
		}
		if err := os.Rename(part, to); err != nil {
			return err
		}
	}
	if dir, err := os.Open(filepath.Dir(to)); err == nil {
		_ = dir.Sync() // some systems cannot, and need not
		dir.Close()
	}
	return nil
}
