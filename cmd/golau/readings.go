package main

import (
	"context"
	"time"

	"golau/cmd/golau/internal/backups"
	"golau/cmd/golau/internal/metrics"
	"golau/internal/outbox"
	"golau/internal/people"
)

// lookFor is how long a reading may wait for the database.
const lookFor = 3 * time.Second

// readings are the numbers that whoever runs the site watches. None tells of a
// person.
func (p *program) readings(data string, now func() time.Time) []metrics.Reading {
	gauge := func(name, help string, value func() (float64, bool)) metrics.Reading {
		return metrics.Reading{Name: name, Help: help, Value: value}
	}
	count := func(name, help string, value func() int64) metrics.Reading {
		return metrics.Reading{Name: name, Help: help, Counts: true, Value: func() (float64, bool) { return float64(value()), true }}
	}
	free := func(dir string) func() (float64, bool) {
		return func() (float64, bool) { n, err := backups.Free(dir); return float64(n), err == nil }
	}
	return []metrics.Reading{
		count("golau_commits_total", "Commits; writers at one time share one.", func() int64 { n, _ := p.db.Work(); return n }),
		count("golau_writes_total", "Writes, each all or nothing.", func() int64 { _, n := p.db.Work(); return n }),
		gauge("golau_outbox_waiting", "Letters and signatures still to be done.", p.jobs(func(waiting, _ int) float64 { return float64(waiting) })),
		gauge("golau_outbox_failed", "Letters and signatures that were given up.", p.jobs(func(_, failed int) float64 { return float64(failed) })),
		gauge("golau_outbox_oldest_seconds", "Age of the oldest that is still to be done; 0 when there is none.", func() (float64, bool) {
			ctx, cancel := context.WithTimeout(context.Background(), lookFor)
			defer cancel()
			at, err := outbox.Oldest(p.db.Read(ctx))
			if err != nil || at.IsZero() {
				return 0, err == nil
			}
			return now().Sub(at.Time).Seconds(), true
		}),
		gauge("golau_sessions", "Sessions that are open.", func() (float64, bool) {
			ctx, cancel := context.WithTimeout(context.Background(), lookFor)
			defer cancel()
			n, err := people.OpenSessions(p.db.Read(ctx))
			return float64(n), err == nil
		}),
		gauge("golau_worker_ok", "1 while the background work goes on.", func() (float64, bool) { return yes(p.worker.Working() == nil), true }),
		gauge("golau_backup_age_seconds", "Age of the newest nightly backup; not there when there is none.", func() (float64, bool) {
			s := p.nightly.State()
			return now().Sub(s.Last).Seconds(), !s.Last.IsZero()
		}),
		gauge("golau_backup_ok", "1 unless the last try at a backup failed.", func() (float64, bool) { return yes(p.nightly.State().Failure == ""), true }),
		gauge("golau_disk_free_bytes", "Room on the disk of the data folder.", free(data)),
		gauge("golau_backup_disk_free_bytes", "Room on the disk of the backups.", free(p.nightly.Dir)),
	}
}

func yes(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func (p *program) jobs(which func(waiting, failed int) float64) func() (float64, bool) {
	return func() (float64, bool) {
		ctx, cancel := context.WithTimeout(context.Background(), lookFor)
		defer cancel()
		waiting, failed, err := outbox.Count(p.db.Read(ctx))
		return which(waiting, failed), err == nil
	}
}
