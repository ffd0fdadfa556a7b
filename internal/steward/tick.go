package steward

import (
	"context"
	"errors"

	"golau/internal/site"
)

// asked is the bell by which somebody asks for a check now.
func (s *Steward) asked() chan struct{} {
	s.once.Do(func() { s.bell = make(chan struct{}, 1) })
	return s.bell
}

// Asked is the other end of the bell, for whoever calls Tick.
func (s *Steward) Asked() <-chan struct{} { return s.asked() }

// Tick does what is due by the clock: the record is read once a day, each night
// goes what was kept for long enough, and the lists of who was erased lie where
// they should. The program calls it every few minutes; what it does is kept, so
// that a restart neither skips nor repeats anything. A night's run that would be
// too great a change to make unseen waits: see Held.
func (s *Steward) Tick(ctx context.Context) error {
	return errors.Join(s.WriteLists(ctx), s.checkIfDue(ctx), s.retainIfDue(ctx))
}

func (s *Steward) checkIfDue(ctx context.Context) error {
	due, err := s.checkDue(ctx)
	if err != nil || !due {
		return err
	}
	return s.CheckRecord(ctx)
}

func (s *Steward) retainIfDue(ctx context.Context) error {
	held, err := s.Held(ctx)
	if err != nil {
		return err
	}
	if held.Why == HeldClock { // by which nothing is due, or everything
		s.say(held)
		return nil
	}
	due, err := site.RunDue(s.DB.Read(ctx))
	if err != nil || !due {
		return err
	}
	if held.Why != "" {
		s.say(held)
		return nil
	}
	_, err = s.Retain(ctx)
	return err
}
