package backups

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golau/internal/i18n"
)

// file is one of the backups in the folder.
type file struct {
	name string
	at   time.Time
}

// files lists the backups, the oldest first. What bears another name is somebody
// else's and is left alone.
func (r *Rota) files() ([]file, error) {
	entries, err := os.ReadDir(r.Dir) // in order of names, and so of time
	if err != nil {
		return nil, err
	}
	var files []file
	for _, e := range entries {
		if at, err := time.Parse(named, e.Name()); err == nil && e.Type().IsRegular() {
			files = append(files, file{e.Name(), at})
		}
	}
	return files, nil
}

// prune keeps the newest backup of each of the last Days days on which there was
// one, and of each of the last Weeks weeks, and removes the others. It counts
// what is there and asks no calendar, so that a clock that was wrong, or a
// program that stood still, empties no folder. Copies made before upgrades go as
// backups of their age do.
func (r *Rota) prune(now time.Time) error {
	files, err := r.files()
	if err != nil {
		return fmt.Errorf("cannot look for old backups: %w", err)
	}
	days, weeks := map[string]bool{}, map[string]bool{}
	var failed error
	oldest := now
	for i := len(files) - 1; i >= 0; i-- {
		at := files[i].at.In(i18n.London())
		year, number := at.ISOWeek()
		keep := i == len(files)-1
		keep = first(days, at.Format(time.DateOnly), r.Days) || keep
		keep = first(weeks, fmt.Sprint(year, "-", number), r.Weeks) || keep
		if !keep {
			failed = errors.Join(failed, os.Remove(filepath.Join(r.Dir, files[i].name)))
		} else if files[i].at.Before(oldest) {
			oldest = files[i].at
		}
	}
	if len(days) >= r.Days && len(weeks) >= r.Weeks { // full: what is older would have gone
		failed = errors.Join(failed, r.pruneBefore(oldest))
	}
	return errors.Join(failed, r.sweep(now))
}

// first says whether a day or a week is met for the first time and among the
// newest.
func first(met map[string]bool, name string, most int) bool {
	if met[name] || len(met) >= most {
		return false
	}
	met[name] = true
	return true
}

// sweep removes what a backup left behind that was cut off a day ago.
func (r *Rota) sweep(now time.Time) error {
	entries, err := os.ReadDir(r.Dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".golau-") || !strings.Contains(e.Name(), ".db.part-") {
			continue
		}
		if info, err := e.Info(); err == nil && now.Sub(info.ModTime()) > 24*time.Hour {
			if err := os.Remove(filepath.Join(r.Dir, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}
