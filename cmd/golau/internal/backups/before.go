package backups

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// before is the end of the name of a copy made before an upgrade: the moment, in
// UTC, down to a thousandth, since an upgrade that was killed is done again at
// once.
const before = "-before-20060102T150405.000.db"

// Before is how the copy is called that is made beside a database before an
// upgrade changes it.
func Before(database string, at time.Time) string {
	return strings.TrimSuffix(database, ".db") + at.UTC().Format(before)
}

// pruneBefore removes the copies made before upgrades that are older than the
// oldest backup of a full rota: they hold what backups hold, the names of people
// erased since, so they last no longer.
func (r *Rota) pruneBefore(oldest time.Time) error {
	dir := filepath.Dir(r.Database)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("cannot look for copies made before upgrades: %w", err)
	}
	stem := strings.TrimSuffix(filepath.Base(r.Database), ".db")
	var failed error
	for _, e := range entries {
		end, ours := strings.CutPrefix(e.Name(), stem)
		at, err := time.Parse(before, end)
		if ours && err == nil && e.Type().IsRegular() && at.Before(oldest) {
			failed = errors.Join(failed, os.Remove(filepath.Join(dir, e.Name())))
		}
	}
	return failed
}
