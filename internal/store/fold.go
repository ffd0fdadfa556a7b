package store

import "context"

// The log is folded into the file beside the writer, every so many commits: done by
// the writer itself, as SQLite would after a thousand pages, whoever commits at that
// moment waits for all of them. While many write it never comes to the end, and the
// log grows; after so many pages the writer does the little that is left, and the log
// begins anew.
const (
	foldEvery   = 32
	foldByPages = "8000"
)

// folding folds the log until the database is closed.
func (db *DB) folding() {
	defer close(db.folded)
	last := db.groups.Load()
	for {
		select {
		case <-db.quit:
			return
		case <-db.fold:
		}
		if n := db.groups.Load(); n-last >= foldEvery {
			last = n
			// What fails is tried again after the next commits, and by the writer.
			_, _ = db.fsql.ExecContext(context.Background(), "PRAGMA wal_checkpoint(PASSIVE)")
		}
	}
}

// committed says that there is more to fold.
func (db *DB) committed() {
	select {
	case db.fold <- struct{}{}:
	default:
	}
}
