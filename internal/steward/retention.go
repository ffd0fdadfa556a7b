package steward

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"golau/course"
	"golau/internal/audit"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/site"
	"golau/internal/store"
)

// passing is everything of a kind that is not kept for ever, in whatever room, as
// it passes at a moment.
func passing(kind string, now store.Time) (all []store.Passing) {
	for _, p := range slices.Concat(people.Passing, course.Passing, outbox.Passing, audit.Passing) {
		if p.Kind == kind {
			all = append(all, p.AsOf(now))
		}
	}
	return all
}

// Kinds are what is kept for how long, in the order of a run.
func Kinds() (kinds []string) {
	for _, k := range site.DefaultSchedule() {
		kinds = append(kinds, k.Kind)
	}
	return kinds
}

// Due is what of a kind would go if tonight's run were now.
type Due struct {
	site.Kept
	N      int
	Oldest store.Time
	// Of people who are told before they go: how many have been, and how many
	// would be by a run now.
	Warned, ToWarn int
}

// DryRun says of each kind how many would go now, and changes nothing. A run at
// the same moment takes away exactly as many.
func (s *Steward) DryRun(ctx context.Context) (all []Due, err error) {
	err = s.DB.Snapshot(ctx, func(rx store.Rx) error {
		kept, err := site.Schedule(rx)
		if err != nil {
			return err
		}
		now := site.Run{Started: rx.Now()}
		for _, k := range kept {
			d := Due{Kept: k}
			for _, p := range passing(k.Kind, now.Started) {
				if k.Days == 0 {
					break
				}
				n, oldest, err := p.Old(rx, now.Before(k.Days))
				if err != nil {
					return err
				}
				d.N += n
				if n > 0 && (d.Oldest.IsZero() || oldest.Before(d.Oldest.Time)) {
					d.Oldest = oldest
				}
			}
			if k.Kind == people.Inactive {
				if d.Warned, d.ToWarn, err = people.Warnings(rx, now.Started, k.Days); err != nil {
					return err
				}
			}
			all = append(all, d)
		}
		return nil
	})
	return all, err
}

// Schedule is DryRun, the last run, and why the next one waits, for whoever runs
// the installation; the others are problem.Forbidden.
func (s *Steward) Schedule(ctx context.Context, v people.Viewer) (all []Due, last site.Run, held Held, err error) {
	if err = mayLook(v); err != nil {
		return nil, last, held, err
	}
	if last, err = site.LastRun(s.DB.Read(ctx)); err != nil {
		return nil, last, held, err
	}
	if held, err = s.Held(ctx); err != nil {
		return nil, last, held, err
	}
	all, err = s.DryRun(ctx)
	return all, last, held, err
}

const (
	atOnce  = 200    // rows that go in one Write: a few milliseconds
	inSight = 10_000 // rows that are looked for at a time
)

var nightShift = store.Actor{Via: "worker"}

// Retain takes away what was kept for long enough, a few rows at a time, records
// how many of each kind went, and warns whoever is to go later. What was cut off goes on where it stopped.
// It asks nobody: whoever calls it has looked, or has asked Held.
func (s *Steward) Retain(ctx context.Context) (run site.Run, err error) {
	err = s.DB.Write(ctx, nightShift, func(_ context.Context, tx store.Tx) (err error) {
		run, err = site.BeginRun(tx)
		return err
	})
	if err != nil {
		return run, err
	}
	kept, err := site.Schedule(s.DB.Read(ctx))
	if err != nil {
		return run, err
	}
	for _, k := range kept {
		for _, p := range passing(k.Kind, run.Started) {
			if run.Days[k.Kind] == 0 { // as it was when the run began
				break
			}
			if err := s.pass(ctx, run, p); err != nil {
				return run, err
			}
		}
	}
	if err := s.warn(ctx, run); err != nil {
		return run, err
	}
	err = s.DB.Write(ctx, nightShift, func(_ context.Context, tx store.Tx) (err error) {
		run, err = site.FinishRun(tx, run.ID)
		return err
	})
	return run, err
}

// pass takes away all that is old enough of one table.
func (s *Steward) pass(ctx context.Context, run site.Run, p store.Passing) error {
	before := run.Before(run.Days[p.Kind])
	for {
		found, err := p.Next(s.DB.Read(ctx), before, inSight)
		if err != nil || len(found) == 0 {
			return err
		}
		for keys := range slices.Chunk(found, atOnce) {
			if p.Remove == "" {
				err = s.erasePassing(ctx, run, p, keys, before)
			} else {
				err = s.DB.Write(ctx, nightShift, func(_ context.Context, tx store.Tx) error { return take(tx, run, p, keys, before) })
			}
			if err != nil {
				return err
			}
		}
	}
}

// take takes rows away and counts them, in one transaction, and says in the
// record which of its details went with them.
func take(tx store.Tx, run site.Run, p store.Passing, keys []string, before store.Time) error {
	var gone, about []string
	for _, key := range keys {
		n, err := p.Take(tx, key, before)
		if err != nil {
			return err
		}
		if n > 0 {
			gone, about = append(gone, key), append(about, p.About+key)
		}
	}
	if p.About != "" {
		if _, err := audit.Empty(tx, nightly, about, nil); err != nil {
			return err
		}
	}
	if p.Table == audit.Passing[0].Table {
		if err := detailsGone(tx, gone); err != nil {
			return err
		}
	}
	return site.CountRun(tx, run.ID, p.Kind, len(gone))
}

// nightly is what a run is recorded under.
const nightly = "site:retention"

// detailsGone records which lines of the record have lost their detail by age.
func detailsGone(tx store.Tx, keys []string) error {
	lines := make([]int64, len(keys))
	for i, key := range keys {
		var err error
		if lines[i], err = strconv.ParseInt(key, 10, 64); err != nil {
			return err
		}
	}
	return audit.Emptied(tx, nightly, lines)
}

// errStays is somebody who is not to go any more.
var errStays = errors.New("they stay")

// erasePassing erases people one by one: each is a Write, with its own count.
// Whoever came back since they were looked for stays.
func (s *Steward) erasePassing(ctx context.Context, run site.Run, p store.Passing, persons []string, before store.Time) error {
	for _, person := range persons {
		stays := func(rx store.Rx) error {
			if still, err := p.Still(rx, person, before); err != nil || still {
				return err
			}
			return errStays
		}
		err := stays(s.DB.Read(ctx))
		if err == nil {
			err = s.erase(ctx, nightShift, person, "retention: "+p.Kind, terms{stays, func(tx store.Tx) error {
				if err := stillAdministered(tx); err != nil {
					return err
				}
				return site.CountRun(tx, run.ID, p.Kind, 1)
			}})
		}
		if err != nil && !errors.Is(err, errStays) {
			return err
		}
	}
	return nil
}
