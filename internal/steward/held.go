package steward

import (
	"context"
	"time"

	"golau/internal/people"
	"golau/internal/site"
	"golau/internal/store"
)

// Why a run waits for somebody.
const (
	HeldClock  = "clock"  // the clock may be wrong
	HeldPeople = "people" // too many people at once would go
)

// What may go in a run that nobody has looked at: so many people, or so great a
// share of all.
const (
	fewPeople = 10
	oneIn     = 10
)

// Held says why no run begins by itself; the zero Held says that one may.
type Held struct {
	Why        string
	Since      store.Time // with HeldClock: the last moment that is not in doubt
	People, Of int        // with HeldPeople: how many would go, of how many
}

// Held says whether, and why, a run waits until somebody who runs the
// installation confirms it. What has begun goes on.
func (s *Steward) Held(ctx context.Context) (h Held, err error) {
	rx := s.DB.Read(ctx)
	last, err := site.LastRun(rx)
	if err != nil || last.ID != 0 && last.Finished.IsZero() {
		return h, err
	}
	doubt, since, err := site.ClockInDoubt(rx)
	if err != nil {
		return h, err
	}
	if doubt {
		return Held{Why: HeldClock, Since: since}, nil
	}
	return s.crowd(rx)
}

// crowd holds a run in which too many people would go.
func (s *Steward) crowd(rx store.Rx) (h Held, err error) {
	kept, err := site.Schedule(rx)
	if err != nil {
		return h, err
	}
	now := site.Run{Started: rx.Now()}
	for _, k := range kept {
		if k.Days == 0 || k.Kind != people.Left && k.Kind != people.Inactive {
			continue
		}
		for _, p := range passing(k.Kind, now.Started) {
			n, _, err := p.Old(rx, now.Before(k.Days))
			if err != nil {
				return h, err
			}
			h.People += n
		}
	}
	if h.People <= fewPeople {
		return Held{}, nil
	}
	standing, err := people.StandingNow(rx)
	if h.Of = standing.People; err != nil || h.People*oneIn <= h.Of {
		return Held{}, err
	}
	h.Why = HeldPeople
	return h, nil
}

// Confirm begins a run that waits, for somebody who runs the installation;
// whoever calls Tick goes on with it. Where none waits it changes nothing.
// Anybody else is problem.Forbidden.
func (s *Steward) Confirm(ctx context.Context, v people.Viewer) error {
	if err := mayLook(v); err != nil {
		return err
	}
	held, err := s.Held(ctx)
	if err != nil || held.Why == "" {
		return err
	}
	return s.DB.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error { return site.ConfirmRun(tx, held.Why) })
}

// say writes into the log that a run waits, once a day and for each reason.
func (s *Steward) say(h Held) {
	now := s.DB.Now()
	gone := now.Sub(s.told.Time)
	if s.Log == nil || h.Why == s.toldOf && gone >= 0 && gone < 24*time.Hour {
		return
	}
	s.told, s.toldOf = now, h.Why
	switch h.Why {
	case HeldClock:
		s.Log.Warn("nothing was taken away: the clock has moved too far since the last run; if it is right, confirm under Administration, How long things are kept, or by golau retention --apply",
			"clock", now.UTC().Format(time.DateTime), "last", h.Since.UTC().Format(time.DateTime))
	case HeldPeople:
		s.Log.Warn("nothing was taken away: too many people would be erased at once; look at the dry run and confirm under Administration, How long things are kept, or by golau retention --apply",
			"people", h.People, "of", h.Of)
	}
}
