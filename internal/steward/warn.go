package steward

import (
	"context"
	"slices"

	"golau/internal/people"
	"golau/internal/site"
	"golau/internal/store"
)

// Warned is how the journal of the runs calls those who were warned.
const Warned = "warned"

// warnAtOnce is how many are warned in one Write: each is a line of the record
// and a letter.
const warnAtOnce = 50

// warn warns those who will be erased as inactive if they do not come, once the
// run has taken away whoever goes: so that nobody goes by what it writes here,
// and the dry run is right. Warnings that are about nothing any more are
// withdrawn first, and those whose letter is over begin to count.
func (s *Steward) warn(ctx context.Context, run site.Run) error {
	days := run.Days[people.Inactive]
	stale, err := people.StaleWarnings(s.DB.Read(ctx), run.Started, days)
	if err == nil {
		err = s.each(ctx, stale, people.WithdrawWarning)
	}
	if err != nil {
		return err
	}
	open, err := people.Uncounted(s.DB.Read(ctx))
	if err == nil {
		err = s.each(ctx, open, people.CountWarning)
	}
	for err == nil {
		var found []string
		if found, err = people.ToWarn(s.DB.Read(ctx), run.Started, days, inSight); err != nil || len(found) == 0 {
			break
		}
		err = s.each(ctx, found, func(tx store.Tx, person string) error {
			told, err := people.Warn(tx, person, run.Started, days)
			if err != nil || !told {
				return err
			}
			return site.CountRun(tx, run.ID, Warned, 1)
		})
	}
	return err
}

// each does something for people, a few in one Write.
func (s *Steward) each(ctx context.Context, persons []string, do func(store.Tx, string) error) error {
	for some := range slices.Chunk(persons, warnAtOnce) {
		err := s.DB.Write(ctx, nightShift, func(_ context.Context, tx store.Tx) error {
			for _, person := range some {
				if err := do(tx, person); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
