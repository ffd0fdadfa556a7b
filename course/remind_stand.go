package course

import (
	"context"

	"golau/course/due"
	"golau/internal/store"
)

// RemindersStand says whether the letters of the day are put down as they should be.
type RemindersStand struct {
	Owed store.Time // the morning whose letters nobody put down; zero = none is owed
	Last store.Time // when letters were put down last; zero = never
}

// RemindersStand looks whether the letters of the newest working day were put down,
// two hours after they might have been. Where none ever were, only what this program
// ran through is owed: a site that was set up today missed nothing before.
func (s *School) RemindersStand(ctx context.Context) (n RemindersStand, err error) {
	rx := s.db.Read(ctx)
	now := rx.Now().Time
	var last struct {
		Day   due.Day
		PutAt store.Time
	}
	// A day to come was written by a clock that was wrong: it says nothing of today.
	err = rx.Raw("SELECT day, put_at FROM course_reminded WHERE day <= ? ORDER BY day DESC LIMIT 1", due.DayOf(now)).Scan(&last).Error
	if err != nil {
		return n, store.Explain(err)
	}
	n.Last = last.PutAt
	owed := due.OwedSince(now)
	if last.Day == "" && s.reminds.since.After(owed) || last.Day >= due.DayOf(owed) {
		return n, nil
	}
	n.Owed = store.At(owed)
	return n, nil
}
