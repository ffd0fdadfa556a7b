package steward

import "context"

// asked is the bell by which somebody asks for a check now.
func (s *Steward) asked() chan struct{} {
	s.once.Do(func() { s.bell = make(chan struct{}, 1) })
	return s.bell
}

// Asked is the other end of the bell, for whoever calls Tick.
func (s *Steward) Asked() <-chan struct{} { return s.asked() }

// Tick does what is due by the clock: the record is read once a day. The program
// calls it every few minutes; what it does is kept, so that a restart neither
// skips nor repeats anything.
func (s *Steward) Tick(ctx context.Context) error {
	due, err := s.checkDue(ctx)
	if err != nil || !due {
		return err
	}
	return s.CheckRecord(ctx)
}
