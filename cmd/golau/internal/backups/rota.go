package backups

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"golau/internal/i18n"
)

// Rota makes a backup each night and keeps as many as it was told.
type Rota struct {
	Database string // the file
	Dir      string // where the backups go
	Days     int    // of how many days one is kept; 0: none is made
	Weeks    int    // of how many weeks one is kept besides
	// Every is after how long another is due where something was written, besides
	// the night's; 0: never. The newest of a day takes the place of the one before.
	Every time.Duration
	// Gently waits longer where a backup takes long: see share.
	Gently bool
	Now    func() time.Time
	Log    *slog.Logger

	mu      sync.Mutex
	failure error     // why the last try failed, nil when it did not
	tried   time.Time // when it failed
	told    time.Time // when the log last said so
	took    time.Duration
	state   string // of the file, when the last backup began; "" where none was made yet
}

// hour and minute of the night's backup, in Wales.
const hour, minute = 2, 30

// patience after a failure, and between two lines in the log about failures.
const (
	again = 5 * time.Minute
	quiet = time.Hour
)

// named is how a backup's file is called: the moment it was made, in UTC.
const named = "golau-20060102T150405Z.db"

// State is what health and measurements say of backups.
type State struct {
	On      bool
	Last    time.Time // of the newest backup, zero when there is none
	File    string
	Bytes   int64
	Kept    int
	Dir     string
	Failure string    // what the machine said of the last try, "" when it went well
	Why     Why       // the same as a reason
	Tried   time.Time // when it failed
	Next    time.Time // when one is made, or tried, next
	// Rare is how far apart they are where the database has grown beyond being
	// copied every few minutes; 0 where it has not.
	Rare time.Duration
	// OneDisk says that they lie on the disk of the database.
	OneDisk bool
}

// State looks into the folder, so that it says what is there and not what was.
func (r *Rota) State() State {
	r.mu.Lock()
	failure, tried := r.failure, r.tried
	r.mu.Unlock()
	s := State{On: r.Days > 0, Dir: r.Dir, OneDisk: OneDisk(r.Dir, r.Database)}
	files, err := r.files()
	if err != nil && !errors.Is(err, os.ErrNotExist) && failure == nil {
		failure, tried = fmt.Errorf("the folder of backups cannot be read: %w", err), r.Now()
	}
	if failure != nil {
		s.Failure, s.Why, s.Tried = failure.Error(), whyOf(failure), tried
	}
	if s.Kept = len(files); s.Kept > 0 {
		last := files[s.Kept-1]
		s.Last, s.File = last.at, filepath.Join(r.Dir, last.name)
		if info, err := os.Stat(s.File); err == nil {
			s.Bytes = info.Size()
		}
	}
	if s.On {
		s.Next, s.Rare = r.next(r.Now(), s.Last, failure != nil, tried), r.rare()
	}
	return s
}

// Run makes the backups until ctx ends.
func (r *Rota) Run(ctx context.Context) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		r.Tick(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Tick makes a backup when one is due: the first after last night's hour, so
// that a night on which the program stood still is made up for. A failure is
// tried again soon, and logged once an hour at most.
func (r *Rota) Tick(ctx context.Context) {
	now := r.Now()
	if !r.due(now) {
		return
	}
	before := r.stateOf()
	report, err := r.take(ctx, now)
	if ctx.Err() != nil {
		return // the program stops; the next start makes up for it
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if err != nil {
		r.failure, r.tried = err, now
		if r.told.IsZero() || now.Sub(r.told) >= quiet || now.Before(r.told) {
			r.told = now
			r.Log.Error("backup failed; the site goes on serving", "err", err)
		}
		return
	}
	r.failure, r.told = nil, time.Time{}
	r.took, r.state = r.Now().Sub(now), before
	r.Log.Info("backup", "file", report.File, "bytes", report.Bytes, "lines", report.Head.Lines, "head", report.Head.Hash)
}

// due says whether last night's backup is missing, and whether to try now.
func (r *Rota) due(now time.Time) bool {
	if r.Days <= 0 {
		return false
	}
	r.mu.Lock()
	failed, tried := r.failure != nil, r.tried
	r.mu.Unlock()
	if failed && now.Sub(tried) < again && !now.Before(tried) {
		return false
	}
	files, _ := r.files()
	for _, f := range slices.Backward(files) {
		if !f.at.After(now) { // one from the future says that a clock was wrong
			return f.at.Before(night(now)) || r.Every > 0 && now.Sub(f.at) >= r.pause() && r.written()
		}
	}
	return true
}

// night is the last moment at which a backup should have been made.
func night(now time.Time) time.Time {
	n := now.In(i18n.London())
	at := time.Date(n.Year(), n.Month(), n.Day(), hour, minute, 0, 0, n.Location())
	if at.After(n) {
		at = time.Date(n.Year(), n.Month(), n.Day()-1, hour, minute, 0, 0, n.Location())
	}
	return at
}

func (r *Rota) take(ctx context.Context, now time.Time) (Report, error) {
	if err := os.MkdirAll(r.Dir, 0o700); err != nil {
		return Report{}, fmt.Errorf("cannot make the folder of backups: %w", err)
	}
	report, err := Take(ctx, r.Database, filepath.Join(r.Dir, now.UTC().Format(named)), nil)
	if err != nil {
		return report, err
	}
	return report, r.prune(now)
}
