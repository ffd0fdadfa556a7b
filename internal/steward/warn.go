package steward

import (
	"context"

	"golau/internal/people"
	"golau/internal/site"
	"golau/internal/store"
)

// Warned is how the journal of the runs calls those who were warned.
const Warned = "warned"

// warn warns those who will be erased as inactive if they do not come, once the
// run has taken away whoever goes: so that nobody goes by what it writes here,
// and the dry run is right. Warnings that are about nothing any more are
// withdrawn first, and those whose letter is over begin to count.
func (s *Steward) warn(ctx context.Context, run site.Run) error {
	days := run.Days[people.Inactive]
	stale, err := people.StaleWarnings(s.DB.Read(ctx), run.Started, days)
	if err == nil {
		err = store.Each(ctx, s.DB, nightShift, stale, people.WithdrawWarning)
	}
	if err != nil {
		return err
	}
	open, err := people.Uncounted(s.DB.Read(ctx))
	if err == nil {
		err = store.Each(ctx, s.DB, nightShift, open, people.CountWarning)
	}
	for err == nil {
		var found []string
		if found, err = people.ToWarn(s.DB.Read(ctx), run.Started, days, inSight); err != nil || len(found) == 0 {
			break
		}
		err = store.Each(ctx, s.DB, nightShift, found, func(tx store.Tx, person string) error {
			told, err := people.Warn(tx, person, run.Started, days)
			if err != nil || !told {
				return err
			}
			return site.CountRun(tx, run.ID, Warned, 1)
		})
	}
	return err
}
